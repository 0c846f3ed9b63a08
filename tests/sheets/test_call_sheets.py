"""Registers, rankings and letters of calls: who may not be named is not; what is printed is noted in the register."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from famdesk.data.journal import AuditEntry
from famdesk.domain.errors import Forbidden
from famdesk.i18n import using
from famdesk.sheets.collecting import collect_calls
from famdesk.sheets.programmes import application_letters, application_list
from famdesk.sheets.programmes.application_letters import OutcomeLetter, OutcomeLetters
from famdesk.usecases.calls import applications, rankings
from famdesk.usecases.office import Office
from tests.support.offices import Desk
from tests.support.scenarios_calls import admitted, new_call, received, row, version


@pytest.fixture
def office(file_desk: Desk) -> Office:
    return file_desk.sign_in("coordinator")


def words(data: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)


def decided(office: Office, kind: str = "funding") -> str:
    """A call with one accepted, one without a place and one excluded."""
    made = new_call(office, kind=kind, seats=1)
    admitted(office, made, (6000, 2000), name="Cooperativa Alfa", address="via Prova 1, 26100 Cremona")
    admitted(office, made, (5000, 2000), name="Associazione Beta")
    out = received(office, made, name="Comitato Gamma")
    office.run(applications.check, out, row(office, made, out).version, "excluded", "manca la sede")
    office.run(rankings.decide, made, version(office, made))
    return made


def printed(office: Office) -> list[str]:
    """Which sheets the register has."""
    return [one.subjects for one in office.fetch(lambda tx: tx.rows(select(AuditEntry.subjects).where(
        AuditEntry.kind == "print")))]  # fmt: skip


def test_the_register_has_stamps_names_and_pages(office: Office) -> None:
    made = decided(office)
    with using("en"):
        text = words(application_list.render(office.fetch(collect_calls.applied, made)))
    assert "11/02/2025, 12:41:00.000" in text
    assert "Cooperativa Alfa" in text
    assert "page 1 of 1" in text
    assert "manca la sede" in text
    assert any("application-list" in one for one in printed(office))


def test_the_ranking_with_numbers_only_names_nobody(office: Office) -> None:
    made = decided(office)
    with using("en"):
        content = office.fetch(lambda tx: collect_calls.applied(tx, made, ranked=True, names=False))
        text = words(application_list.render(content))
    assert "Alfa" not in text
    assert "Beta" not in text
    assert "manca la sede" not in text
    assert "80" in text
    assert not printed(office)


def test_letters_say_what_came_of_it(office: Office) -> None:
    made = decided(office)
    with using("en"):
        pages = PdfReader(BytesIO(application_letters.render(office.fetch(collect_calls.letters, made)))).pages
        told = [page.extract_text() for page in pages]
    assert len(told) == 3
    assert "It was accepted." in told[0]
    assert "26100 Cremona" in told[0]
    assert "Place in the ranking: 2" in told[1]
    assert "Reason: manca la sede" in told[2]
    assert all("Centro di prova" in one for one in told)


def test_a_long_reason_goes_over_to_a_second_page(office: Office) -> None:
    reason = " ".join(f"Punto {number}: manca il documento richiesto dal bando." for number in range(120))
    letter = OutcomeLetter("Ada Prova", "via Prova 3, 26100 Cremona", 7, datetime(2025, 7, 8, 9), "excluded", reason)
    content = OutcomeLetters("Centro di prova", "Bando di prova", date(2025, 7, 9), (letter, letter))
    with using("en"):
        pages = [page.extract_text() for page in PdfReader(BytesIO(application_letters.render(content))).pages]
    told = " ".join("\n".join(pages).split())
    assert told.count(" ".join(reason.split()[-20:])) == 2
    half = len(pages) // 2
    assert half >= 2
    assert f"page {half} of {half}" in pages[half - 1]
    assert ["Signature" in page for page in pages[:half]] == [False] * (half - 1) + [True]
    assert "Ada Prova" in pages[half]


def test_letters_to_people_do_not_tell_who_writes(office: Office) -> None:
    """Of a call for participants nobody at home learns from the head of the letter who sends it, nor which call."""
    made = decided(office, "participants")
    with using("en"):
        text = words(application_letters.render(office.fetch(collect_calls.letters, made)))
    assert "Centro di prova" not in text
    assert "Bando di prova" not in text


def test_nothing_is_written_before_the_decision(office: Office) -> None:
    made = new_call(office)
    received(office, made)
    assert office.fetch(collect_calls.letters, made).letters == ()


def test_who_may_not_know_who_applied_gets_no_list(file_desk: Desk, office: Office) -> None:
    made = decided(office)
    with pytest.raises(Forbidden):
        file_desk.office.fetch(collect_calls.applied, made)
    with pytest.raises(collect_calls.NoCallChosen):
        office.fetch(collect_calls.letters, "")
