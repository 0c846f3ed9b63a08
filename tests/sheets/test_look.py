"""Sheets in the look of a centre: its colours, header, footer and logos, described, in order, and never on neutral
ones."""

from __future__ import annotations

import re
from contextlib import nullcontext, suppress
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from famdesk.domain.post.looks import COLOUR, PLAIN, Logo, Look, shades
from famdesk.i18n import using
from famdesk.sheets.calendar import appointment_slip
from famdesk.sheets.engine.pictures import BadPicture
from famdesk.sheets.paper import letterhead
from famdesk.sheets.paper.look import looking
from famdesk.sheets.paper.page import together
from famdesk.sheets.paper.style import large_print
from famdesk.sheets.paper.text import DoesNotFit
from famdesk.sheets.post import reminder_letters
from famdesk.usecases.post.reminder_rows import Letter, Message
from tests.support.logos import full_look, logo, picture
from tests.support.pdf_structure import Document, Node, faults
from tests.support.sheet_samples import CENTRE, SAMPLES, SLIP

LOOK = full_look()
WITH_PARTNERS = ("opening_hours", "leaflet")
WITH_HEADER = {*WITH_PARTNERS, "orientation", "consent", "data_copy", "processing", "access_card", "sign_in_sheet",
               "reminder_letters", "letter"}  # fmt: skip
"""What is given away or signed."""
IN_HOUSE = {"day_sheet", "call_list", "calendar_sheet", "genogram", "recovery", "labels", "envelope"}
"""What stays in the house or must not tell whose it is: it takes only the colour."""
SMALL = {"flyer A5", "flyer four"}
"""Where large print leaves no room for all that a look can have: they are refused, with the text that is too long."""
ALL = [name for name in SAMPLES if not name.endswith(" look")]


def _made(name: str, look: Look = LOOK, language: str = "it") -> bytes:
    with using(language), looking(look):
        return SAMPLES[name]()


def _figures(data: bytes) -> list[Node]:
    return [node for node in Document(data).tree.every() if node.role == "/Figure"]


def _said(data: bytes) -> list[str]:
    return [str(node.about["/Alt"]) for node in _figures(data)]


def _inks(data: bytes) -> set[str]:
    """The colours that are painted with, as "#rrggbb"."""
    reader = PdfReader(BytesIO(data))
    text = "\n".join(
        one.get_data().decode("latin-1") for page in reader.pages if (one := page.get_contents()) is not None
    )
    triples = re.findall(r"([\d.]+)\s+([\d.]+)\s+([\d.]+)\s+(?:rg|RG)\b", text)
    return {"#" + "".join(f"{round(float(part) * 255):02x}" for part in triple) for triple in triples}


@pytest.mark.parametrize("language", ["it", *(pytest.param(one, marks=pytest.mark.slow) for one in ("ar", "pa"))])
@pytest.mark.parametrize("name", ALL)
def test_every_sheet_in_a_full_look_can_be_printed_and_read_aloud(name: str, language: str) -> None:
    data = _made(name, language=language)
    assert faults(data) == []
    kind = name.split(" ")[0]
    words = " ".join(Document(data).paragraphs())
    logos = [one for one in _said(data) if one.startswith("Stemma")]
    if kind in WITH_HEADER and " none" not in name:
        assert "Settore Politiche Sociali" in words
        assert "Cod. fisc. 00000000000" in words or kind == "orientation", "on a slip the services come first"
    elif kind in IN_HOUSE:
        assert "Settore" not in words
        assert "Cod. fisc." not in words
        assert not logos
    if kind in WITH_PARTNERS:
        assert sorted(logos) == sorted(one.alt for one in (*LOOK.partners, LOOK.own) if one)
        order = [one for one in logos if one != "Stemma: due mani"]
        assert order == [one.alt for one in LOOK.partners], "in the order of the settings"


@pytest.mark.parametrize("name", ALL)
def test_the_colours_are_those_of_the_centre(name: str) -> None:
    inks, own = _inks(_made(name)), shades("#7a1f5c")
    default = shades(COLOUR)
    assert not inks & {default.primary, default.soft, default.pale, default.tint}
    plain = _inks(_made(name, PLAIN))
    for shade in ("primary", "soft", "pale", "tint"):
        assert (getattr(own, shade) in inks) == (getattr(default, shade) in plain)


def test_the_neutral_slip_tells_nothing_of_the_centre() -> None:
    data = _made("appointment_slip neutral")
    with using("it"):
        assert data == _made("appointment_slip neutral", PLAIN), "to the byte as without a look"
    assert _figures(data) == []


def _letter(*, neutral: bool) -> bytes:
    centre = "" if neutral else CENTRE
    message = Message(datetime(2025, 2, 17, 17), datetime(2025, 2, 17, 18), ("piazza Giovanni XXIII",), "0372 000111",
                      centre, "" if neutral else CENTRE, False, False, "it")  # fmt: skip
    letter = Letter("r", "p", "Annamaria Zanforlin", "via Prova 3, 26100 Cremona", message)
    with using("it"):
        return reminder_letters.render(reminder_letters.LetterSheet((letter,), date(2025, 2, 13), "piazza 1, Cremona"))


def test_letters_to_those_who_have_to_be_careful_tell_nothing_of_the_centre() -> None:
    plain = _letter(neutral=True)
    with looking(LOOK):
        assert _letter(neutral=True) == plain
        assert _said(_letter(neutral=False)) == ["Stemma: due mani"]


def test_the_slip_that_has_room_shows_whose_it_is() -> None:
    roomy = replace(SLIP, bring="", floor="", address=SLIP.address[:1])
    with using("it"), looking(LOOK):
        data = appointment_slip.render(roomy)
        full = appointment_slip.render(SLIP)
    assert _said(data) == ["Stemma: due mani"]
    for words in (SLIP.place, SLIP.bring, SLIP.phone):
        assert words in " ".join(Document(full).paragraphs()), "what must be known comes first"


def test_a_header_that_is_too_broad_for_a_slip_keeps_no_slip_from_being_made() -> None:
    broad = replace(LOOK, header="Amministrazionedistrettuale" * 3, footer="x" * 90)
    for name in ("appointment_slip", "orientation", "orientation four"):
        words = " ".join(Document(_made(name, broad)).paragraphs())
        assert "Amministrazione" not in words
        assert CENTRE in words


def test_logos_are_described_in_the_language_of_the_centre() -> None:
    for language, told in (("it", "it"), ("ar", "it"), ("de", "it")):
        figures = _figures(_made("leaflet", language=language))
        assert {figure.language for figure in figures} == {told}
    unknown = _figures(_made("leaflet", replace(LOOK, language=""), "de"))
    assert {figure.language for figure in unknown} == {"de"}


def _box(node: Node) -> tuple[float, float, float, float]:
    left, bottom, right, top = (float(one) for one in node.about["/A"]["/BBox"])
    return left, bottom, right, top


def test_arabic_pages_are_turned_over_with_their_logos() -> None:
    """Where lines begin on the other side, the own logo stands left, and the partners run from right to left."""
    for language in ("it", "ar"):
        figures = _figures(_made("opening_hours", language=language))
        boxes = {str(node.about["/Alt"]): _box(node) for node in figures}
        own = boxes.pop("Stemma: due mani")
        turned = language == "ar"
        assert (own[2] < 300) == turned
        lefts = [box[0] for box in boxes.values()]
        assert lefts == sorted(lefts, reverse=turned)


def test_logos_are_of_like_weight_and_inside_the_page() -> None:
    figures = [_box(one) for one in _figures(_made("opening_hours large"))]
    for left, bottom, right, top in figures:
        assert 0 < left < right < 596
        assert 0 < bottom < top < 842
        assert right - left <= 240
        assert top - bottom <= 50
    areas = [(right - left) * (top - bottom) for left, bottom, right, top in figures[1:]]
    assert max(areas) < 2.5 * min(areas)


def test_the_picture_in_the_file_is_the_picture_that_is_kept() -> None:
    page = PdfReader(BytesIO(_made("opening_hours"))).pages[0]
    shown = {image.name: image.image for image in page.images if image.image is not None}
    kept = [Image.open(BytesIO(one.image)) for one in (*LOOK.partners, LOOK.own) if one is not None]
    assert sorted(image.convert("RGB").tobytes() for image in shown.values()) == sorted(
        image.convert("RGB").tobytes() for image in kept
    )


def test_a_logo_is_in_the_file_once() -> None:
    with using("it"), looking(LOOK):
        data = together([SAMPLES["consent"], SAMPLES["orientation four"], SAMPLES["data_copy"]])
    reader = PdfReader(BytesIO(data))
    found: dict[int, Any] = {}
    for page in reader.pages:
        resources: Any = page["/Resources"]
        for name in resources.get("/XObject", {}):
            entry = resources["/XObject"].raw_get(name)
            found[entry.idnum] = entry.get_object()
    assert len(found) == 1
    assert len(_figures(data)) == 3, "four slips on a sheet are read once"


def test_what_is_archived_stays_fit_for_the_archive() -> None:
    """PDF/A-2: no transparency, no colours but those of the profile, no smoothing that readers may do or not."""
    for name in ("consent", "data_copy", "processing"):
        data = _made(name)
        root: Any = PdfReader(BytesIO(data)).trailer["/Root"]
        assert "/OutputIntents" in root
        for page in PdfReader(BytesIO(data)).pages:
            resources: Any = page["/Resources"]
            for image in (one.get_object() for one in resources.get("/XObject", {}).values()):
                assert image["/ColorSpace"] == "/DeviceRGB"
                assert not {"/SMask", "/Mask", "/Interpolate", "/Alternates", "/OPI"} & image.keys()


def test_without_partners_nothing_stands_at_the_foot() -> None:
    words = " ".join(Document(_made("opening_hours", replace(LOOK, with_partners=False))).paragraphs())
    assert "Cooperativa Cosper" not in words
    assert "Stemma: Comune di Cremona" not in words
    words = " ".join(Document(_made("opening_hours")).paragraphs())
    assert "Cooperativa Cosper" in words, "who has no logo is named"
    assert "Comune di Cremona (" not in words, "who has one is not named as well"


@pytest.mark.slow
@pytest.mark.parametrize("language", ["it", "ar"])
@pytest.mark.parametrize("name", ALL)
def test_large_print_has_room_for_it_all(name: str, language: str) -> None:
    refused = suppress(DoesNotFit) if name in SMALL else nullcontext()
    with large_print(), refused:
        assert faults(_made(name, language=language)) == []


def test_many_logos_find_room() -> None:
    many = replace(LOOK, partners=tuple(replace(logo(), body=f"Ente {n}", alt=f"Ente {n}") for n in range(11)))
    for name in ("opening_hours", "opening_hours large", "leaflet"):
        assert faults(_made(name, many)) == []
    with looking(many):
        assert letterhead.partners(499).height < 110


@pytest.mark.parametrize("image", [b"", b"\x89PNG\r\n\x1a\n", picture(mode="RGBA"), picture(mode="P"), b"GIF89a"])
def test_a_damaged_logo_is_told(image: bytes) -> None:
    look = replace(LOOK, own=Logo(image, "x", 10, 10))
    with pytest.raises(BadPicture):
        _made("opening_hours", look)
