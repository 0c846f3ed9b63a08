"""Any text in any field of any sheet is printed whole, or refused with the name of its field before anything is.

The fields are found by looking at what the samples say, so that nobody has to think of new ones.
"""

from __future__ import annotations

import functools
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from famdesk.domain.errors import RuleError
from famdesk.i18n import using
from famdesk.sheets.paper import page
from famdesk.sheets.paper.field_names import is_code, label
from famdesk.sheets.paper.naming import Field, FieldDoesNotFit, FieldNotInFont, changed, texts
from famdesk.sheets.paper.page import Pen
from famdesk.sheets.paper.text import clean
from tests.support.pdf_structure import Document
from tests.support.sheet_fields import Told, one_of_each, told
from tests.support.sheet_modules import sheet_module
from tests.support.sheet_samples import SAMPLES
from tests.support.thorough import THOROUGH

MARKS = dict.fromkeys(map(ord, "\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069"))
LENGTHS = (1, 3, 12, 40, 160, 700, 3_000, 20_000)
PIECES = (
    "Una storia qualsiasi, con 12 segni (e più) – «così» ", "parola", "Öffnungszeiten ", "مركز الأسرة، ",
    "اتصل +39 0522 1 ", "ਪਰਿਵਾਰ ਕੇਂਦਰ ", "পরিবার কেন্দ্র ", "Центр для сімей ", "șțâîă ", "e\u0301", "a\u0308\u0323 ",
    "\u200d", "\u200b", "\u2066", "\u202e", "\u00ad", " ", "\n", "\t", "\r\n", "\x00", "\x1b", "\u2028", "0123456789",
    "333 3317332 ", "a@b.it ", "😀", "漢字", "שלום ", "\ufffd", "…", "•", "%s {n} ", "## ", "- ", "____", "<b>&amp;",
    "\\n(", "i" * 30, "W" * 30,
)  # fmt: skip
NOT_PRINTED = {
    "Hours.name": "the calendar shows the hours, not the name of the place",
    "Flyer.address": "it stands in the square code for the address book",
    "Logo.alt": "it is read aloud in place of the picture",
}


@functools.cache
def _told(sample: str) -> Told:
    with using("it"):
        return told(sample)


def _fields() -> dict[str, list[tuple[str, Field]]]:
    """Every field of every sheet, by the module of the sheet, with the first sample that fills it, or else has it."""
    found: dict[str, dict[str, tuple[str, Field]]] = {}
    for sample in SAMPLES:
        of = found.setdefault(sample.partition(" ")[0], {})
        for field in one_of_each(_told(sample).content):
            name = f"{field.owner}.{field.name}"
            if name not in NOT_PRINTED and (name not in of or (field.text and not of[name][1].text)):
                of[name] = sample, field
    return {sheet: list(of.values()) for sheet, of in found.items() if of}


FIELDS = _fields()


@st.composite
def any_text(draw: st.DrawFn) -> str:
    """Pieces of everything, again and again up to a length."""
    length = draw(st.sampled_from(LENGTHS))
    pieces = draw(st.lists(st.one_of(st.sampled_from(PIECES), st.text(min_size=1, max_size=8)), min_size=1, max_size=6))
    whole = "".join(pieces)
    return (whole * (length // len(whole) + 1))[:length]


def bare(text: str) -> str:
    """Without blanks and marks of direction, which paper does not show; accents in one way of writing them."""
    return unicodedata.normalize("NFC", "".join(text.translate(MARKS).split()))


def outcome(sample: str, field: Field, text: str) -> str:
    """What is wrong with how the text is printed; "" if it is whole, or refused by the name of its field."""
    one = _told(sample)
    with using("it"):
        try:
            data = one.printed(changed(one.content, field.way, text))
        except (FieldDoesNotFit, FieldNotInFont) as refused:
            return "" if refused.told == field.told else f"refused as {refused.told}"
        except RuleError as refused:
            return f"refused without a name: {refused.sentence()}"
    said = bare("".join(Document(data).paragraphs()))
    return "" if bare(clean(text)) in said else "not whole"


def _examples(sheet: str, count: int) -> None:
    @settings(max_examples=count, derandomize=True, deadline=None)
    @given(st.sampled_from(FIELDS[sheet]), any_text())
    def tried(where: tuple[str, Field], text: str) -> None:
        assert outcome(*where, text) == ""

    tried()


@pytest.mark.timeout(900)
@pytest.mark.parametrize("sheet", FIELDS)
def test_any_text_is_printed_whole_or_its_field_is_named(sheet: str) -> None:
    _examples(sheet, 150 if THOROUGH else 6)


def _everywhere(text: str, only: str = "", *, every: int = 1) -> dict[str, str]:
    """What is wrong with the text, for every field of every sheet (or of one), or for one in so many."""
    first = len(text) % every  # others of them for another text
    found = {
        f"{where[0]}: {where[1].owner}.{where[1].name}": outcome(*where, text)
        for sheet, fields in FIELDS.items()
        if only in {"", sheet}
        for where in fields[first % len(fields) :: every]
    }
    return {field: wrong for field, wrong in found.items() if wrong}


@pytest.mark.slow
def test_a_short_text_is_printed_in_every_field_of_every_sheet() -> None:
    assert _everywhere("Già 5!") == {}
    assert len([one for fields in FIELDS.values() for one in fields]) > 100


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("text", [
    "Una storia, con 12 segni. " * 770, "abcdefghij" * 2000, "parole di mezza misura " * 20,
    "مركز الأسرة +39 0522 1 (Hug) " * 5, "a漢b", "a\nb\n" * 200,
])  # fmt: skip
def test_a_long_text_in_every_field_of_every_sheet(text: str) -> None:
    assert _everywhere(text, every=1 if THOROUGH else 6) == {}


def test_every_text_of_every_sheet_has_a_name() -> None:
    held = {(field.owner, field.name, field.way) for sample in SAMPLES for field in texts(_told(sample).content)}
    nameless = {
        f"{owner}.{name}" for owner, name, way in held if not is_code(owner, name, way) and not label(owner, name)
    }
    assert nameless == set()


@pytest.mark.parametrize("sheet", FIELDS)
def test_every_sheet_names_its_fields(sheet: str) -> None:
    assert hasattr(sheet_module(sheet).render, "__wrapped__")


def test_the_field_is_named_also_in_a_file_of_several_sheets() -> None:
    slip = _told("appointment_slip")
    too_long = changed(slip.content, ("bring",), "il libretto " * 200)
    with pytest.raises(FieldDoesNotFit) as refused, using("it"):
        page.together([lambda: slip.printed(slip.content), lambda: slip.printed(too_long)])
    assert refused.value.told == "What to bring"
    sheet = _told("consent")
    with pytest.raises(FieldNotInFont) as unknown, using("it"):  # painted only when all are there
        page.together(
            [lambda: slip.printed(slip.content), lambda: sheet.printed(changed(sheet.content, ("centre",), "漢"))]
        )
    assert unknown.value.told == "Name of the centre"


def test_the_sentence_names_field_and_entry_in_the_language_of_the_moment() -> None:
    sheet = _told("orientation")
    with pytest.raises(FieldDoesNotFit) as refused:
        sheet.printed(changed(sheet.content, ("services", 0, "directions"), "in fondo a destra " * 90))
    assert refused.value.sentence().startswith("How to get there (Consultorio): “in fondo a destra")


def test_who_is_too_many_is_not_blamed_on_one_text() -> None:
    """A leaflet of thirty initiatives: no single text is too long."""
    sheet = _told("leaflet")
    with pytest.raises(RuleError) as refused:
        sheet.printed(replace(sheet.content, offers=sheet.content.offers * 8))
    assert not isinstance(refused.value, FieldDoesNotFit)


def test_a_text_that_is_cut_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Pen.lines
    monkeypatch.setattr(Pen, "lines", lambda pen, lines, *rest, **more: whole(pen, lines.part(0, 1), *rest, **more))
    assert _everywhere("parole di mezza misura " * 8, "orientation")


def test_a_sheet_that_does_not_name_the_field_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    [where] = [one for one in FIELDS["appointment_slip"] if one[1].name == "bring"]
    told = _told(where[0])
    monkeypatch.setitem(globals(), "_told", lambda _sample: replace(told, render=told.render.__wrapped__))  # type: ignore[attr-defined]
    assert outcome(*where, "x " * 900).startswith("refused without a name")
