"""Flyers: every initiative that the two sources name, on every paper, in the languages of families; codes that a
telephone reads; texts that do not fit are told by their field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from famdesk import resources
from famdesk.domain import codes
from famdesk.exchange.profiles import read_profile
from famdesk.i18n import FAMILY_LANGUAGES, using
from famdesk.sheets.collecting import collect_after
from famdesk.sheets.paper import qr
from famdesk.sheets.paper.look import looking
from famdesk.sheets.paper.naming import FieldDoesNotFit
from famdesk.sheets.programmes import flyer
from famdesk.sheets.programmes.flyer_words import how_words
from famdesk.usecases.centre import profiles
from famdesk.usecases.directory import places
from famdesk.usecases.directory.places import PlaceData
from famdesk.usecases.programmes import initiatives, meetings, programmes
from famdesk.usecases.programmes.programmes_rows import InitiativeValues, MeetingValues
from tests.support import logos
from tests.support.offices import Desk
from tests.support.pdf_structure import Document, faults
from tests.support.samples_programmes import FLYER

THURSDAYS = [qr.Event(date(2025, 2, 13 + week * 7 if week < 3 else week * 7 - 15).replace(
    month=2 if week < 3 else 3), time(18), time(19, 30)) for week in range(5)]  # fmt: skip


@pytest.mark.parametrize("profile", ["bari", "cremona"])
def test_every_initiative_of_the_sources_is_printed(file_desk: Desk, profile: str) -> None:
    file_desk.office.run(profiles.import_profile, read_profile(resources.path(f"centres/{profile}.toml")))
    office = file_desk.sign_in("coordinator")
    rows = office.fetch(programmes.initiatives)
    assert len(rows) >= 6
    for row in rows:
        for language in ("it", "ar"):
            with using(language):
                data = flyer.render(office.fetch(collect_after.flyer, row.id))
                assert faults(data) == [], row.name
                text = " ".join(Document(data).paragraphs())
                assert row.name.split()[0] in text


def test_the_sources_have_a_sample_of_what_they_name() -> None:
    kinds = {one.kind for name in ("bari", "cremona")
             for one in read_profile(resources.path(f"centres/{name}.toml")).initiative}  # fmt: skip
    assert kinds == set(codes.codes(codes.INITIATIVE_KINDS))


@pytest.mark.parametrize("paper", flyer.PAPERS)
@pytest.mark.parametrize("language", FAMILY_LANGUAGES)
def test_every_paper_in_every_language(paper: str, language: str) -> None:
    content = replace(FLYER, text="Cinque incontri leggeri e conviviali.")
    if paper == flyer.FOUR:
        content = replace(content, dates=tuple(replace(one, theme="") for one in content.dates), interpreters=())
    with using(language):
        data = flyer.render(content, paper)
    assert faults(data) == []
    assert len(PdfReader(BytesIO(data)).pages) == 1


@pytest.mark.parametrize(("field", "told"), [
    ("text", "Text on the flyer"), ("name", "Name"), ("contact", "Enrolment and contact"), ("place", "Place"),
])  # fmt: skip
def test_a_text_that_does_not_fit_is_told_by_its_field(field: str, told: str) -> None:
    too_long: Any = {field: "parole di mezza misura " * 150}
    with pytest.raises(FieldDoesNotFit) as refused, using("en"):
        flyer.render(replace(FLYER, **too_long))
    assert refused.value.told == told


def test_logos_stand_in_the_order_of_the_funders() -> None:
    look = logos.full_look()
    content = replace(FLYER, partners=("Unione europea", "Comune di Cremona"))
    with using("it"), looking(look):
        document = Document(flyer.render(content))
    told = [str(node.about.get("/Alt", "")) for node in document.tree.every()]
    alts = [one for one in told if one.startswith("Stemma: ") and "mani" not in one]
    assert alts == ["Stemma: Unione europea", "Stemma: Comune di Cremona"]


def test_a_hidden_place_is_not_told(file_desk: Desk) -> None:
    office = file_desk.sign_in("coordinator")
    hidden = office.run(places.add_place, PlaceData(name="Rifugio Segreto", kind="hidden", address="via Celata 1"))
    made = office.run(initiatives.add_initiative, InitiativeValues("Gruppo", place_id=hidden))
    office.run(meetings.add_meeting, made, MeetingValues(date(2025, 3, 6), time(18), place_id=hidden))
    content = office.fetch(collect_after.flyer, made)
    assert "Celata" not in repr(content)
    assert "Segreto" not in repr(content)


def test_a_calendar_keeps_the_hour_whatever_the_clocks_do() -> None:
    """Times are those of the wall: five Thursdays over 30 March stay at 18."""
    text = qr.calendar_text("A.Pe", THURSDAYS, uid="ape")
    assert "DTSTART:20250213T180000\r\n" in text
    assert "RRULE:FREQ=WEEKLY;INTERVAL=1;COUNT=5" in text
    assert qr.events_in(text, 5) == 5


def test_meetings_that_are_not_alike_stand_one_by_one_as_far_as_they_fit() -> None:
    events = [qr.Event(date(2025, 2, day), time(17)) for day in (3, 5, 17, 25)]
    text = qr.calendar_text("Laboratorio, giochi; e altro", events, uid="x", most=420)
    assert 1 <= qr.events_in(text, 4) < 4
    assert "SUMMARY:Laboratorio\\, giochi\\; e altro" in text


def test_a_code_is_square_with_its_three_finders() -> None:
    rows = qr.modules(qr.contact_text("Centro per le Famiglie", "0372 1", "a@b.it"))
    size = len(rows)
    assert all(len(row) == size for row in rows)
    finder = [True] * 7
    for row, column in ((0, 0), (0, size - 7), (size - 7, 0)):
        assert list(rows[row][column : column + 7]) == finder
        assert not rows[row + 1][column + 1]


@pytest.mark.parametrize(("language", "words"), [("it", "arabo e francese"), ("de", "Arabisch und Französisch")])
def test_languages_stand_in_the_sentence_as_they_are_written_there(language: str, words: str) -> None:
    with using(language):
        assert words in " ".join(how_words(FLYER))
