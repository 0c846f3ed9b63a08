"""Orientation slip, sign-in sheet and leaflet: what they say, that nothing is cut, and who is not named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from functools import partial

import pytest

from famdesk import resources
from famdesk.exchange.profiles import read_profile
from famdesk.i18n import FAMILY_LANGUAGES, using
from famdesk.sheets.collecting import collect_programmes, collect_services
from famdesk.sheets.hours import orientation
from famdesk.sheets.hours.opening_hours import DayHours, Span
from famdesk.sheets.hours.orientation import Destination, OrientationOptions, OrientationSlip
from famdesk.sheets.paper.text import DoesNotFit
from famdesk.sheets.programmes import leaflet, sign_in_sheet
from famdesk.sheets.programmes.leaflet import Date, Leaflet, Offer
from famdesk.sheets.programmes.sign_in_sheet import SignInOptions, SignInSheet
from famdesk.usecases.centre import profiles
from famdesk.usecases.directory import directory
from famdesk.usecases.enrolling import enrolment
from famdesk.usecases.enrolling.enrolment import EnrolmentValues
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from famdesk.usecases.programmes import initiatives, meetings
from famdesk.usecases.programmes.programmes_rows import InitiativeValues, MeetingValues
from tests.sheets.conftest import LineReader, Poppler, Reader
from tests.support.offices import Desk

MORNING, AFTERNOON = Span(time(9), time(12)), Span(time(14), time(17))
WEEK = tuple(DayHours(day, (MORNING, AFTERNOON) if day == 3 else (MORNING,)) for day in range(1, 6))
CLINIC = Destination("Consultorio", "Ascolto per genitori.", WEEK, ("via Lunga 3, Cremona",), "Bus 3", "0372 497790")
SLIP = OrientationSlip((CLINIC, replace(CLINIC, name="Spazio neutro", hours=())), "Centro di prova", "0372 407777",
                       date(2025, 2, 11), "it")  # fmt: skip
EVENING = tuple(Date(date(2025, 2, day), time(17), time(19)) for day in (13, 20, 27))
SEASON = Leaflet("Centro di prova", (Offer("Cucito", "Si cuce.", "Families", EVENING, "Sala grande", 12),
                                     Offer("Nonni e nipoti")), "primavera", phone="0372 407777",
                 mail="famiglie@example.it", partners=("Comune di Cremona",), language="it")  # fmt: skip
SIGN_IN = SignInSheet("Cucito", 2, 8, "Centro di prova", date(2025, 2, 13), time(17), time(19), "Sala grande", "Orlo",
                      names=("Rossi Anna", "", "Verdi Ugo"), enrolled=3)  # fmt: skip


@pytest.fixture
def office(file_desk: Desk) -> Office:
    file_desk.office.run(profiles.import_profile, read_profile(resources.path("centres/cremona.toml")))
    return file_desk.sign_in("coordinator")


def test_days_with_the_same_hours_share_a_line() -> None:
    assert orientation.hours_words(WEEK) == ["Mon, Tue, Thu, Fri 9:00–12:00", "Wed 9:00–12:00 · 14:00–17:00"]
    assert orientation.hours_words(WEEK[:2] + WEEK[3:4]) == ["Mon, Tue, Thu 9:00–12:00"]


def test_slip_says_all_of_each_service(words: Reader) -> None:
    text = words(orientation.render(SLIP))
    for told in ("Consultorio", "Ascolto per genitori.", "Mon, Tue, Thu, Fri 9:00–12:00", "via Lunga 3, Cremona",
                 "Bus 3", "0372 497790", "Spazio neutro", "Opening hours on request", "0372 407777"):  # fmt: skip
        assert told in text, told


def test_four_slips_on_a_sheet(words: Reader, poppler: Poppler) -> None:
    four = orientation.render(SLIP, OrientationOptions(four=True))
    assert "A4" in poppler("pdfinfo", four)
    assert words(four).count("Consultorio") == 4


def test_what_does_not_fit_on_the_slip_is_refused_by_name() -> None:
    long = replace(CLINIC, name="Consultorio lungo", what="Ascolto e sostegno. " * 80)
    with pytest.raises(DoesNotFit) as refused:
        orientation.render(replace(SLIP, services=(CLINIC, long)))
    assert refused.value.sentence().startswith("What it does (Consultorio lungo): “Ascolto")


def _numbers(text: list[str]) -> list[str]:
    """The numbers of the rows, below the names of the columns."""
    below = next(place for place, line in enumerate(text) if "Signature" in line) + 1
    return [line.split()[0] for line in text[below:] if line and line.split()[0].isdigit()]


def test_blank_rows_follow_those_of_the_enrolled(lines: LineReader) -> None:
    text = lines(sign_in_sheet.render(SIGN_IN, SignInOptions(blank=4)))
    assert _numbers(text) == [str(n) for n in range(1, 8)]
    assert "Contains personal data" in " ".join(text)


def test_sheet_without_names_has_a_row_for_each(words: Reader, lines: LineReader) -> None:
    nameless = sign_in_sheet.render(replace(SIGN_IN, names=None), SignInOptions(blank=0))
    assert "Rossi" not in words(nameless)
    assert "Contains personal data" not in words(nameless)
    assert _numbers(lines(nameless)) == ["1", "2", "3"]


def test_blank_rows_are_those_of_the_screen_in_both_versions(lines: LineReader) -> None:
    for content in (SIGN_IN, replace(SIGN_IN, names=None)):
        text = lines(sign_in_sheet.render(replace(content, blank=7)))
        assert _numbers(text) == [str(n) for n in range(1, 11)]


def test_signs_stand_on_the_version_with_names_and_are_explained_there(words: Reader) -> None:
    marked = replace(SIGN_IN, marks=(("allergies", "no_photos"), (), ()))
    staff = words(sign_in_sheet.render(marked))
    assert "Allergies: ask before anything is eaten" in staff
    assert "No photos" in staff
    assert "Is looked after" not in staff, "only what stands on the sheet is explained"
    nameless = words(sign_in_sheet.render(replace(marked, names=None)))
    assert "Allergies" not in nameless
    assert "No photos" not in nameless


def test_many_rows_go_on_with_their_heading(poppler: Poppler) -> None:
    data = sign_in_sheet.render(SIGN_IN, SignInOptions(blank=60, large_print=True))
    pages = poppler("pdftotext", data, "-layout").rstrip("\f").split("\f")
    assert len(pages) == 7
    assert all("Signature" in page and "Cucito" in page for page in pages)


def test_leaflet_has_its_pages_where_the_fold_wants_them(poppler: Poppler) -> None:
    data = leaflet.render(SEASON)
    half = ("-x", "421", "-y", "0", "-W", "421", "-H", "596")
    cover = poppler("pdftotext", data, "-f", "1", "-l", "1", *half)
    assert "primavera" in cover
    assert "How to enrol" not in cover
    assert "Cucito" in poppler("pdftotext", data, "-f", "2", "-l", "2", "-x", "0", *half[2:])
    inside = " ".join(poppler("pdftotext", data, "-f", "2", "-l", "2").split())
    for told in ("Thu 13 Feb", "17:00–19:00", "Sala grande", "12 places", "Dates to be set"):
        assert told in inside.replace("\u00a0", " "), told


def test_leaflet_that_is_too_full_is_refused_by_name() -> None:
    full = tuple(Offer(f"Corso {n}", "Una frase che dice qualcosa. " * 9, "Families", EVENING) for n in range(30))
    with pytest.raises(DoesNotFit) as refused:
        leaflet.render(replace(SEASON, offers=full))
    assert "Corso" in refused.value.sentence()


@pytest.mark.parametrize("wanted", FAMILY_LANGUAGES)
def test_every_language_of_families(wanted: str) -> None:
    with using(wanted):
        for data in (orientation.render(SLIP), sign_in_sheet.render(SIGN_IN), leaflet.render(SEASON)):
            assert data.startswith(b"%PDF")


def test_services_come_from_the_directory(office: Office) -> None:
    rows = [row for row in office.fetch(directory.services) if row.state != "past"][:3]
    found = office.fetch(collect_services.orientation, [row.id for row in rows])
    assert [one.name for one in found.services] == [row.name for row in rows]
    by_word = office.fetch(collect_services.orientation, [rows[0].name])
    assert by_word.services[0].name == rows[0].name
    for data in (found, by_word):
        orientation.render(data)


def test_a_slip_of_no_unknown_or_too_many_services_is_refused(office: Office) -> None:
    ids = [row.id for row in office.fetch(directory.services)]
    for wanted, error in (
        ([], collect_services.NoServiceChosen), (["Xylophon"], collect_services.NoSuchService),
        (ids[:4], collect_services.TooManyServices),
    ):  # fmt: skip
        with pytest.raises(error):
            office.fetch(collect_services.orientation, wanted)


def test_nobodys_row_is_missing(office: Office) -> None:
    initiative = office.run(initiatives.add_initiative, InitiativeValues(name="Cucito", season_text="inverno"))
    office.run(meetings.add_meeting, initiative, MeetingValues(date(2025, 2, 20), time(17), 90, theme="Orlo"))
    for name in ("Rossi", "Verdi"):
        person = office.run(people.add_person, surname=name, given_name="Anna", birth_date=date(1990, 1, 1))
        if name == "Rossi":
            office.run(people.set_privacy, person, 1, "signed", date(2025, 2, 1))
        else:
            office.run(people.set_protection, person, 1, protected=True, restricted=False, reason="lo chiede")
        office.run(enrolment.enrol, initiative, person)
    asked = partial(collect_programmes.sign_in, names=True)
    found = office.fetch(asked, initiative)
    assert found.names is not None
    assert len(found.names) == 2
    assert found.names[1] == ""
    assert "Verdi" not in repr(found)
    assert (found.day, found.ends, found.theme) == (date(2025, 2, 20), time(18, 30), "Orlo")
    assert found.centre == "", "somebody may not be named beside the centre"
    assert office.fetch(collect_programmes.sign_in, initiative).names is None


def test_rows_of_a_meeting_are_those_of_the_screen(office: Office) -> None:
    initiative = office.run(initiatives.add_initiative, InitiativeValues(name="Cucito", blank_rows=4))
    meeting = office.run(meetings.add_meeting, initiative, MeetingValues(date(2025, 2, 20), time(17)))
    other = office.run(meetings.add_meeting, initiative, MeetingValues(date(2025, 2, 27), time(17)))
    for name, only, allergies in (("Rossi", None, "noci"), ("Verdi", meeting, None), ("Neri", other, None)):
        person = office.run(people.add_person, surname=name, given_name="Anna")
        office.run(enrolment.enrol, initiative, person, EnrolmentValues(meeting_id=only, allergies=allergies))
    found = office.fetch(partial(collect_programmes.sign_in, names=True), initiative, meeting)
    assert (len(found.names or ()), found.blank, found.marks) == (2, 4, (("allergies",), ()))
    assert office.fetch(collect_programmes.sign_in, initiative, meeting).enrolled == 2
    assert office.fetch(collect_programmes.sign_in, initiative, meeting).marks == ()


def test_leaflet_has_what_is_ahead(office: Office) -> None:
    initiative = office.run(
        initiatives.add_initiative, InitiativeValues(name="Cucito", season_text="inverno", capacity=8)
    )
    office.run(meetings.add_meeting, initiative, MeetingValues(date(2025, 2, 20), time(17), 90))
    office.run(meetings.add_meeting, initiative, MeetingValues(date(2025, 2, 6), time(17), 90))
    office.run(initiatives.add_initiative, InitiativeValues(name="Finito", season_text="inverno", state="closed"))
    found = office.fetch(collect_programmes.leaflet, "inverno")
    assert [(one.name, one.dates) for one in found.offers] == [
        ("Cucito", (Date(date(2025, 2, 20), time(17), time(18, 30)),))
    ]
    assert len(office.fetch(collect_programmes.leaflet).offers) > 1
    with pytest.raises(collect_programmes.NothingInSeason):
        office.fetch(collect_programmes.leaflet, "autunno")
