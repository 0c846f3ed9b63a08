"""Sheets in two languages: both say everything, each in its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from famdesk.i18n import FAMILY_LANGUAGES, formats, using
from famdesk.sheets.calendar import appointment_slip
from famdesk.sheets.calendar.appointment_slip import AppointmentSlip, SlipOptions
from famdesk.sheets.hours import opening_hours
from famdesk.sheets.hours.opening_hours import (
    ClosedDays,
    Contacts,
    DayHours,
    OpeningHours,
    PlaceHours,
    PosterOptions,
    Span,
)
from famdesk.sheets.paper.beside import other, pair
from famdesk.sheets.paper.style import Style
from famdesk.sheets.programmes import application_letters, certificate
from famdesk.sheets.programmes.application_letters import OutcomeLetter, OutcomeLetters
from famdesk.sheets.programmes.certificate import CertificatePage, Certificates, Held
from tests.sheets.conftest import Reader

OTHERS = [code for code in FAMILY_LANGUAGES if code != "it"]
MORNING = Span(time(8, 30), time(12))


def poster(also: str = "", places: int = 2) -> OpeningHours:
    hours = (DayHours(1, (MORNING,)), DayHours(3, (MORNING, Span(time(14), time(17)))), DayHours(4, (MORNING,)))
    told = tuple(PlaceHours(f"Sede {n}", ("via Roma 1",), hours if n != 2 else ()) for n in range(1, places + 1))

    def content(reason: str) -> OpeningHours:
        return OpeningHours("Centro Prova", told, contacts=Contacts(("0372 000000",), "a@example.org"),
                            closed=(ClosedDays(date(2025, 4, 21), date(2025, 4, 21), reason),),
                            valid_from=date(2025, 2, 4))  # fmt: skip

    return replace(content("Lunedì dell'Angelo"), also=also, again=content("…") if also else None)


def structure(data: bytes) -> list[tuple[str, str | None]]:
    """The role and language of every node, in reading order."""
    found: list[tuple[str, str | None]] = []

    def walk(node: Any) -> None:
        node = node.get_object()
        if not isinstance(node, dict):
            return
        if "/S" in node:
            found.append((str(node["/S"]), str(node["/Lang"]) if "/Lang" in node else None))
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            walk(kid)

    walk(PdfReader(BytesIO(data)).trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found


@pytest.mark.parametrize("also", OTHERS)
def test_the_poster_says_everything_twice(also: str) -> None:
    with using("it"):
        data = opening_hours.render(poster(also))
    marked = [role for role, language in structure(data) if language == also]
    # Heading, two ways to reach the centre, three days, "on request", the box and its entry, "valid from".
    assert len(marked) >= 9
    assert {language for _role, language in structure(data)} == {None, also}


def test_since_when_hours_hold_stands_in_both_languages(words: Reader) -> None:
    """The remark of a place whose hours begin later than those of the others."""
    one = poster("de")
    assert one.again is not None
    noted = [
        replace(content, places=(replace(content.places[0], note=note), *content.places[1:]))
        for content, note in ((one, "dal 1 marzo 2025"), (one.again, "ab 1. März 2025"))
    ]
    with using("it"):
        text = words(opening_hours.render(replace(noted[0], again=noted[1])))
    assert "dal 1 marzo 2025" in text
    assert "ab 1. März 2025" in text


def test_one_language_alone_marks_nothing() -> None:
    with using("it"):
        found = structure(opening_hours.render(poster()))
    assert {language for _role, language in found} == {None}


def test_days_stand_in_both_languages(words: Reader) -> None:
    with using("it"):
        text = words(opening_hours.render(poster("de")))
    for day in ("lunedì", "Montag", "mercoledì", "Mittwoch", "lunedì 21 aprile", "Montag, 21. April"):
        assert day in text
    assert "Lunedì dell'Angelo" in text


@pytest.mark.parametrize("also", OTHERS)
@pytest.mark.parametrize("places", [1, 3, 6, 20])
@pytest.mark.parametrize("large", [False, True])
def test_both_fit_whatever_the_number_of_places(also: str, places: int, large: bool) -> None:
    with using("it"):
        assert opening_hours.render(poster(also, places), PosterOptions(large_print=large)).startswith(b"%PDF")


def slip() -> AppointmentSlip:
    return AppointmentSlip(datetime(2025, 2, 13, 17), "Centro Prova", "Sede 1", ("via Roma 1", "Cremona"), "piano 2",
                           "psicologa", "Anna Prova", "0372 000000", "il documento",
                           profession_again="Psychologin")  # fmt: skip


@pytest.mark.parametrize("also", OTHERS)
@pytest.mark.parametrize("neutral", [False, True])
def test_the_slip_says_everything_twice(also: str, neutral: bool) -> None:
    with using("it"):
        data = appointment_slip.render(slip(), SlipOptions(neutral=neutral, also=also))
    assert len(PdfReader(BytesIO(data)).pages) == 1
    assert len([role for role, language in structure(data) if language == also]) >= (
        4 if neutral else 6
    )  # Spanish says "Con" too


def test_the_slip_has_the_day_and_the_profession_in_both(words: Reader) -> None:
    with using("it"):
        text = words(appointment_slip.render(slip(), SlipOptions(also="de")))
    for part in ("giovedì 13 febbraio", "Donnerstag, 13. Februar", "psicologa", "Psychologin"):
        assert part in text
    assert text.count("17:00") == 1


def test_a_neutral_slip_stays_neutral_in_both(words: Reader) -> None:
    with using("it"):
        text = words(appointment_slip.render(slip(), SlipOptions(neutral=True, also="de")))
    for told in ("Centro Prova", "psicologa", "Psychologin", "Anna Prova", "Sede 1"):
        assert told not in text


def test_what_is_the_same_is_said_once() -> None:
    assert other(lambda: "Cremona", "ar") == ""
    assert other(lambda: formats.weekday(1), "") == ""
    with using("it"):
        assert other(lambda: formats.weekday(1), "ar") == formats.weekday(1, "ar")


def test_the_second_stands_beside_the_first_or_below_it() -> None:
    style = Style(12)
    with using("it"):
        wide, narrow = (pair(lambda: formats.weekday(3), style, room, "uk") for room in (300, 70))
        assert pair(lambda: formats.weekday(3), style, 300, "").second is None
    assert wide.beside
    assert not narrow.beside
    assert wide.width > wide.first.width
    assert wide.height < narrow.height


def test_lines_of_a_high_script_do_not_touch() -> None:
    for code in ("ar", "bn", "pa"):
        with using("it"):
            made = pair(lambda: formats.date_full(date(2025, 2, 13)), Style(12), 100, code)
        assert made.second is not None
        assert made.second.pitch >= made.second.style.line
        assert made.height >= made.first.height + len(made.second.lines) * made.second.style.line


PAGE = CertificatePage(12, 2025, "Lia Prova", "Genitori in gioco", date(2025, 2, 13), 630, 5,
                       (Held(date(2025, 2, 4), "Il sonno"),), date(1987, 5, 3))  # fmt: skip


@pytest.mark.parametrize("also", OTHERS)
def test_a_certificate_says_everything_twice(also: str, words: Reader) -> None:
    with using("it"):
        data = certificate.render(Certificates("Centro Prova", (PAGE,), "Cremona", also=also))
        assert "Lia Prova" in words(data)
    # Title, number, who certifies, born on, took part in, presence, place and day, signature.
    assert [language for _role, language in structure(data) if language] == [also] * 8


@pytest.mark.parametrize("also", OTHERS)
def test_a_letter_about_a_call_says_the_same_again(also: str) -> None:
    one = OutcomeLetter("Lia Prova", "via Lunga 3, 26100 Cremona", 4, datetime(2025, 2, 3, 8, 59, 59), "admitted",
                        points=7850)  # fmt: skip
    content = OutcomeLetters("Centro Prova", "Bando Prova", date(2025, 2, 13), (one,), "333 3317332", also=also)
    with using("it"):
        plain, told = (application_letters.render(one) for one in (replace(content, also=""), content))
        said = len(application_letters.paragraphs(one, content))
    assert [language for _role, language in structure(plain) if language] == []
    assert [language for _role, language in structure(told) if language] == [also] * said
