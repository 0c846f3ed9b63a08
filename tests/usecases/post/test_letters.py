"""Letters to families: whom they may go to, what they may tell, the centre's own texts."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

import pytest

from famdesk.domain.errors import Forbidden, NotFound, Required
from famdesk.domain.ids import new_id
from famdesk.domain.post import letters as kinds
from famdesk.domain.post.letters import GapsLeft, LetterWords, TellsCentre
from famdesk.i18n import FAMILY_LANGUAGES, using
from famdesk.sheets.collecting import collect_letters
from famdesk.sheets.collecting.collect import NobodyToWriteTo
from famdesk.sheets.post import letter
from famdesk.usecases.family import households
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts, people
from famdesk.usecases.post import letters, outgoing, prints
from tests.support.offices import Desk

DAY = date(2025, 2, 13)


def _person(office: Office, language: str | None = None, **rule: Any) -> str:
    person = office.run(people.add_person, surname="Prova", given_name="Lia", language=language)
    deed: Any = contacts.add_contact_point
    office.run(deed, person, kind="address", value="via Prova 3, 26100 Cremona", **rule)
    return person


def test_a_letter_begins_in_the_language_of_its_reader(desk: Desk) -> None:
    office = desk.sign_in("social_worker")
    case = office.fetch(letters.case, _person(office, "ar"))
    assert (case.to.address, case.to.language, case.to.neutral) == ("via Prova 3, 26100 Cremona", "ar", False)
    assert case.to.sender[0] == case.to.signed != ""
    with using("ar"):
        assert case.words(kinds.INVITATION, "ar") == kinds.own_words(kinds.INVITATION, case.to.phone, case.to.signed)
    assert office.fetch(letters.case, _person(office, "zh")).to.language == "en"


def test_that_a_letter_is_begun_is_noted_before_it_is_shown(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    person = _person(office)
    office.fetch(letters.case, person)
    found = office.fetch(prints.register, date(2025, 1, 1), date(2025, 12, 31), prints.Filters(shown=True))
    assert [(row.sheet, row.how, row.people) for row in found.rows] == [("letter", "shown", ("Prova Lia",))]


def test_who_must_not_be_written_to_gets_no_letter_without_a_reason(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    person = _person(office, may_write=False)
    with pytest.raises(outgoing.NotSafe) as refused:
        office.fetch(letters.case, person)
    assert refused.value.field == "reason"
    assert office.fetch(letters.case, person, "lo chiede lei").to.name == "Prova Lia"
    with pytest.raises(NotFound):
        office.fetch(letters.case, new_id())


def test_nothing_in_a_neutral_letter_tells_the_centre(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    person = _person(office, neutral_name="Biblioteca")
    to = office.fetch(letters.case, person).to
    assert (to.neutral, to.sender, to.street, to.signed) == (True, (), "", "Biblioteca")
    words = LetterWords("Invito", "Buongiorno, venga a trovarci.")
    made = collect_letters.one(to, words, "it", DAY)
    assert not made.letters[0].shown
    assert to.forbidden
    for told in to.forbidden:
        with pytest.raises(TellsCentre) as refused:
            collect_letters.one(to, LetterWords("Invito", f"Venga: {told.upper()}!"), "it", DAY)
        assert refused.value.field == "text"


def test_own_texts_of_a_centre_do_not_reach_those_who_have_to_be_careful(desk: Desk) -> None:
    """They may tell the centre."""
    office = desk.sign_in("coordinator")
    office.run(letters.save_text, kinds.INVITATION, "it", LetterWords(" Invito ", "Il Centro La aspetta."))
    free = office.fetch(letters.case, _person(office, "it"))
    careful = office.fetch(letters.case, _person(office, "it", neutral_name="Biblioteca"))
    assert free.words(kinds.INVITATION, "it") == LetterWords("Invito", "Il Centro La aspetta.")
    assert free.words(kinds.INVITATION, "fr").text != "Il Centro La aspetta."
    assert "Centro" not in careful.words(kinds.INVITATION, "it").text
    office.run(letters.forget_text, kinds.INVITATION, "it")
    assert office.fetch(letters.texts) == ()


def test_texts_are_for_those_who_lead(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        desk.sign_in("reception").run(letters.save_text, kinds.FREE, "it", LetterWords("", "x"))
    lead = desk.sign_in("coordinator")
    with pytest.raises(letters.UnknownKind):
        lead.run(letters.save_text, "poem", "it", LetterWords("", "x"))
    with pytest.raises(Required):
        lead.run(letters.save_text, kinds.FREE, "it", LetterWords("x", "  "))


@pytest.mark.parametrize("kind", [kinds.FREE, kinds.OUTCOME, kinds.DOCUMENTS])
def test_a_letter_with_gaps_does_not_go(kind: str) -> None:
    words = kinds.own_words(kind, "0372 1", "Hug")
    with pytest.raises(GapsLeft):
        kinds.check(words, neutral=False, forbidden=())


@pytest.mark.parametrize("language", FAMILY_LANGUAGES)
@pytest.mark.parametrize("window", [kinds.RIGHT, kinds.LEFT, kinds.NONE])
def test_every_letter_can_be_printed_in_every_language(language: str, window: str) -> None:
    """Large print, too; the number to call stands in it."""
    with using(language):
        words = kinds.own_words(kinds.INVITATION, "0372 407777", "Hug")
    assert "0372 407777" in words.text
    one = letter.OneLetter("Prova Lia", "via Prova 3, 26100 Cremona", ("Hug",), words.subject, words.text, language)
    for large in (False, True):
        assert letter.render(letter.LetterSheet((one,), DAY, kinds.C5, window, large)).startswith(b"%PDF")


def test_envelopes_name_no_centre(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    free, careful = _person(office), _person(office, neutral_name="Biblioteca")
    hidden = office.run(people.add_person, surname="Senza")
    sheet = office.fetch(collect_letters.envelopes, [free, careful, hidden], "C5")
    assert sheet.left_out == 1
    assert [one.sender for one in sheet.envelopes] == ["", ""]


def _living(office: Office, given: str, language: str, address: str = "", **rule: Any) -> str:
    add, deed = cast(Any, people.add_person), cast(Any, contacts.add_contact_point)
    person: str = office.run(add, surname="Prova", given_name=given, language=language, privacy="given")
    if address:
        office.run(deed, person, kind="address", value=address, **rule)
    return person


def test_one_letter_goes_to_many_once_to_an_address(desk: Desk) -> None:
    """Who lives together shares a letter; neighbours do not. Who has to be careful, and who cannot be written to, is
    counted. Labels stand in the same order, and all who stand on them are noted."""
    office = desk.sign_in("coordinator")
    home = "via Lunga 3, 26100 Cremona"
    wife, husband, neighbour = (_living(office, name, lang, home) for name, lang in
                                (("Ada", "it"), ("Bruno", "ar"), ("Carla", "ar")))  # fmt: skip
    office.run(households.add_household, "Famiglia Prova", [(wife, "member"), (husband, "member")])
    careful = _living(office, "Dora", "it", home, neutral_name="Biblioteca")
    nowhere, unwilling = _living(office, "Elsa", "it"), _living(office, "Fede", "it", home, may_write=False)
    everybody = [neighbour, husband, careful, nowhere, unwilling, wife, wife]
    found = office.fetch(collect_letters.many, everybody)
    with using("it"):
        named = [to.name for to in office.fetch(collect_letters.many, everybody).to]
    assert len(found.to) == 2
    assert "Ada" in named[0]
    assert " e " in named[0]
    assert "Bruno" in named[0]
    assert "Carla" in named[1]
    assert (found.careful, found.left_out) == (1, 2)
    words = {"it": LetterWords("Invito", "Venite."), "ar": LetterWords("دعوة", "تعالوا.")}
    sheet = collect_letters.for_all(found, words, "it", DAY)
    assert [(one.language, one.subject) for one in sheet.letters] == [("it", "Invito"), ("ar", "دعوة")]
    only = collect_letters.for_all(found, {"it": words["it"]}, "it", DAY)
    assert {one.language for one in only.letters} == {"it"}
    assert [one.name for one in collect_letters.labels(found).labels] == [one.name for one in sheet.letters]
    rows = office.fetch(prints.register, date(2025, 1, 1), date(2025, 12, 31), prints.Filters(shown=True)).rows
    assert {len(row.people) for row in rows if row.sheet == "letter"} == {3}
    with pytest.raises(GapsLeft):
        collect_letters.for_all(found, {"it": LetterWords("", "Il … alle …")}, "it", DAY)
    with pytest.raises(NobodyToWriteTo):
        office.fetch(collect_letters.many, [careful, nowhere])


def test_a_large_household_is_named_by_its_name(file_desk: Desk) -> None:
    office = file_desk.sign_in("coordinator")
    home = [_living(office, name, "it", "via Lunga 3, Cremona") for name in ("Ada", "Bea", "Cia", "Dea")]
    office.run(households.add_household, "Famiglia Prova", [(one, "member") for one in home])
    (one,) = office.fetch(collect_letters.many, home).to
    assert one.name == "Famiglia Prova"


def test_a_letter_bears_a_name_that_the_postman_finds_also_before_the_privacy_notice(file_desk: Desk) -> None:
    office = file_desk.sign_in("coordinator")
    who = _person(office)
    [told] = office.fetch(letters.addressed, (who,))
    assert told.name == "Prova Lia"
    assert office.fetch(outgoing.masked, (who,), "list")[who].label == "LP"
