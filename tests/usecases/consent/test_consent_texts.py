"""Consent texts: proposals that travel with the program, drafts, versions that stay as they were signed."""

from __future__ import annotations

from datetime import date

import pytest

from famdesk.data.tables.consents import Consent, ConsentText
from famdesk.domain import codes
from famdesk.domain.consent import consents
from famdesk.domain.errors import Forbidden, Required, TextTooLong
from famdesk.i18n import LANGUAGES
from famdesk.usecases.consent import consent_texts, consenting
from famdesk.usecases.consent.consent_texts import TextRow
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from tests.support.offices import Desk
from tests.support.scenarios import version
from tests.support.scenarios_consents import BODY, TITLE, drafted


def _put_in_use(office: Office) -> None:
    text, read = drafted(office)
    office.run(consent_texts.put_in_use, text, read)


def _texts(office: Office, purpose: str = "photo", language: str = "it") -> list[TextRow]:
    return [row for row in office.fetch(consent_texts.texts) if (row.purpose, row.language) == (purpose, language)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_purpose_has_a_proposal_in_every_language(language: str) -> None:
    found = consent_texts.proposals(language)
    assert [one.purpose for one in found] == list(codes.codes(consents.PURPOSES))
    italian = consent_texts.proposals("it")
    for one, other in zip(found, italian, strict=True):
        assert len(one.body) > 300
        assert one.body.count("## ") == other.body.count("## "), one.purpose
        assert consent_texts.blanks(one.body) == consent_texts.blanks(other.body), one.purpose
        assert one.body.count("{centre}") == other.body.count("{centre}") >= 1
        assert set(one.body.format(centre="")) & set("{}") == set()
        assert all(len(line) <= 1200 for line in one.body.splitlines())


def test_notice_and_consents_are_separate_sheets() -> None:
    """Health consent and privacy notice are not one paper."""
    by_purpose = {one.purpose: one.body for one in consent_texts.proposals("it")}
    assert "Non è un consenso" in by_purpose["privacy"]
    assert "acconsent" not in by_purpose["privacy"].casefold()
    for purpose in ("health", "minor_interview"):
        assert "acconsentire ai colloqui" in by_purpose[purpose]
        assert "Titolare" not in by_purpose[purpose]
    assert "tutti e due i genitori" in by_purpose["minor_interview"]


def test_proposals_are_taken_over_where_there_is_nothing(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    _put_in_use(office)
    number = office.run(consent_texts.place_proposals)
    assert number == len(codes.codes(consents.PURPOSES)) * len(LANGUAGES) - 1
    assert [row.title for row in _texts(office)] == [TITLE]
    assert [row.number for row in _texts(office, "privacy", "de")] == [1]
    assert office.run(consent_texts.place_proposals) == 0


def test_a_version_follows_another(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    _put_in_use(office)
    text, read = drafted(office)
    with pytest.raises(consent_texts.DraftThere):
        drafted(office)
    office.run(consent_texts.change_draft, text, read, "Foto 2026", BODY)
    assert [(row.number, row.state) for row in _texts(office)] == [(2, "draft"), (1, "in_use")]
    office.run(consent_texts.put_in_use, text, version(office, ConsentText, text))
    rows = _texts(office)
    assert [(row.number, row.state, row.title) for row in rows] == [(2, "in_use", "Foto 2026"), (1, "retired", TITLE)]
    assert rows[0].valid_from == date(2025, 2, 11)
    assert rows[0].blanks == 1


def test_what_was_signed_stays_as_it_was(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    text, read = drafted(office)
    office.run(consent_texts.put_in_use, text, read)
    person = office.run(people.add_person, surname="Sessantini", birth_date=date(1980, 1, 1))
    consent = office.run(consenting.give, person, "photo", (consenting.Signing("self"),))
    for change in (consent_texts.change_draft, consent_texts.put_in_use, consent_texts.remove_draft):
        rest = (TITLE, "altro") if change is consent_texts.change_draft else ()
        with pytest.raises(consent_texts.NotADraft):
            office.run(change, text, version(office, ConsentText, text), *rest)
    _put_in_use(office)
    rows = office.fetch(lambda tx: [(one.text_id, one.person_id) for one in tx.session.query(Consent)])
    assert rows == [(text, person)]
    assert [(row.body, row.signed) for row in _texts(office)] == [(BODY, 0), (BODY, 1)]
    assert consent


def test_the_text_is_in_the_language_of_the_person(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    office.run(consent_texts.place_proposals)
    titles = {}
    for language in ("de", "uk"):
        person = office.run(people.add_person, surname="Sessantini", language=language)
        consent = office.run(consenting.ask, person, "photo")
        found = office.fetch(lambda tx, one=consent: tx.session.get(Consent, one).text_id)  # type: ignore[misc]
        text = office.fetch(consent_texts.text_of, found, "photo", "it")
        titles[language] = text.language
    assert titles == {"de": "de", "uk": "it"}


def test_what_is_wrong_is_said_at_its_field(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    wrong: tuple[tuple[tuple[str, str, str, str], type[Exception], str], ...] = (
        (("photos", "it", TITLE, BODY), consent_texts.UnknownTextPurpose, "purpose"),
        (("photo", "xx", TITLE, BODY), consent_texts.UnknownLanguage, "language"),
        (("photo", "it", "  ", BODY), Required, "title"),
        (("photo", "it", TITLE, ""), Required, "body"),
        (("photo", "it", TITLE, "x" * 20_001), TextTooLong, "body"),
    )
    for (purpose, language, title, body), error, field in wrong:
        with pytest.raises(error) as caught:
            office.run(consent_texts.write_draft, purpose, language, title, body)
        assert getattr(caught.value, "field", None) == field


def test_only_those_who_lead_the_centre_write_texts(desk: Desk) -> None:
    office = desk.sign_in("reception")
    with pytest.raises(Forbidden):
        office.run(consent_texts.write_draft, "photo", "it", TITLE, BODY)
    assert office.fetch(consent_texts.texts) == ()
    proposal = office.fetch(consent_texts.text_of, None, "photo", "de")
    assert proposal.title == "Einwilligung zu Fotos und Videos"
