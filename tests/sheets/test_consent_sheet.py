"""The sheet that is signed: the text that is in use, who has to sign, room for the minor's words."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from famdesk.data.tables.people import ContactPoint
from famdesk.i18n import LANGUAGES, using
from famdesk.sheets.people import consent
from famdesk.usecases.consent import consent_sheet, consent_texts, consenting
from famdesk.usecases.consent.consent_sheet import ConsentSheet, Signer
from famdesk.usecases.consent.consenting import Signing
from famdesk.usecases.people import people
from tests.support.offices import Desk
from tests.support.scenarios import write
from tests.support.scenarios_consents import family


def _text(data: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)


def _words(data: bytes) -> str:
    return " ".join(_text(data).split())


def test_both_parents_are_named_and_the_older_child_has_room(desk: Desk) -> None:
    office = desk.sign_in("social_worker")
    known = family(office, born=date(2009, 5, 20))
    with using("it"):
        sheet = office.fetch(consent_sheet.facts, known.child, "minor_interview")
    assert {one.name for one in sheet.signers} == {"Sessantini Ersilia", "Quarantotti Gaspare"}
    assert (sheet.minor, sheet.hear, sheet.notice, sheet.number) == (True, True, False, None)
    words = _words(consent.render(sheet))
    for wanted in ("Quarantotti Pinuccia, born on 20/05/2009", "Consenso ai colloqui con una persona minorenne",
                   "Sessantini Ersilia", "Quarantotti Gaspare", "own words"):  # fmt: skip
        assert wanted in words


def test_a_line_stays_free_for_whom_one_does_not_know(desk: Desk) -> None:
    office = desk.sign_in("social_worker")
    child = office.run(people.add_person, surname="Trentini", given_name="Aldo", birth_date=date(2018, 1, 1))
    with using("it"):
        sheet = office.fetch(consent_sheet.facts, child, "photo")
    assert sheet.signers == (Signer("", sheet.signers[0].role),) * 2
    assert not sheet.hear


def test_the_version_that_was_asked_for_is_printed(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    office.run(consent_texts.place_proposals)
    known = family(office)
    asked = office.run(consenting.give, known.mother, "referral", (Signing("self"),),
                       recipient_name="Consultorio di via Lunga", withheld="l'indirizzo nuovo")  # fmt: skip
    draft = office.run(consent_texts.write_draft, "referral", "it", "Altro titolo", "Altro testo.")
    office.run(consent_texts.put_in_use, draft, 1)
    with using("it"):
        old = office.fetch(consent_sheet.facts, known.mother, "referral", asked)
        new = office.fetch(consent_sheet.facts, known.mother, "referral")
    assert (old.title, old.number) == ("Consenso alla trasmissione di dati a un altro servizio", 1)
    assert (new.title, new.number, new.recipient) == ("Altro titolo", 2, "")
    words = _words(consent.render(old))
    assert "Consultorio di via Lunga" in words
    assert "l'indirizzo nuovo" in words
    assert "version 1 of this text" in words


def test_a_sheet_that_nobody_may_find_says_so(desk: Desk) -> None:
    office = desk.sign_in("social_worker")
    known = family(office)
    write(office, people.add_person, ContactPoint(person_id=known.mother, kind="mobile", value="333 0000555",
                                                  may_write=False, neutral_name="Biblioteca"))  # fmt: skip
    sheet = office.fetch(consent_sheet.facts, known.mother, "privacy")
    assert sheet.careful
    assert "stays at the centre" in _words(consent.render(sheet))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_proposal_fits_on_few_pages(language: str) -> None:
    for one in consent_texts.proposals(language):
        signers = (Signer("Sessantini Ersilia Maria Antonietta", "Parent"), Signer("", "Parent"))
        sheet = ConsentSheet("Hug – Centro per le Famiglie", one.title, one.body, "D'Angelo Ömer", date(2010, 2, 28),
                             signers, 3, one.purpose == "privacy", hear=True)  # fmt: skip
        with using(language):
            data = consent.render(sheet)
        reader = PdfReader(BytesIO(data))
        assert len(reader.pages) <= 2, one.purpose
        assert "Sessantini" in reader.pages[-1].extract_text(), "the signatures stand where the text ends"
        assert one.body.splitlines()[-1].split()[-1] in reader.pages[-1].extract_text(), "and so does the declaration"
        assert "Sessantini" not in str(reader.metadata)


def test_a_hundred_signers_are_refused_in_words() -> None:
    sheet = ConsentSheet("Hug", "Titolo", "Testo.", "Aldo", None, (Signer("Rosa", "Parent"),) * 100)
    with pytest.raises(consent.TooManySigners):
        consent.render(sheet)


def test_a_very_long_text_goes_over_many_pages() -> None:
    body = "\n".join(["## Titolo", *(["- voce " + "lunga " * 60] * 120)])
    sheet = ConsentSheet("Hug", "Titolo", body, "Aldo", None, (Signer("Rosa", "Parent"),))
    reader = PdfReader(BytesIO(consent.render(sheet)))
    assert 6 < len(reader.pages) < 20
    assert f"page {len(reader.pages)} of {len(reader.pages)}" in reader.pages[-1].extract_text()
