"""Anything in any field of a person, on both engines: kept to the letter, or refused at its field and nothing saved."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from famdesk.domain.errors import RuleError, TextTooLong
from famdesk.domain.people import tax_code
from famdesk.usecases.office import Office
from famdesk.usecases.people import people, person_checks
from tests.support.offices import Desk

LINES = ("surname", "given_name", "alias", "birth_text", "birth_place", "town", "language")
LISTED = ("sex", "citizenship", "second_citizenship", "abode", "municipality", "birth_part", "languages", "tax_code")
FIELDS = (*LINES, *LISTED, "note")
EVERY = st.characters(exclude_categories=())
"""Every character of Unicode, lone surrogates and NUL with them."""
TEXTS = st.text(EVERY, max_size=60) | st.sampled_from([
    "D’Angelo-De Luca", "محمد", "👨‍👩‍👧", "\u202eAnna", "n\u0303", "ﬁ", "İ", "\x00", "a\x00b", "\ud800", " ", "\u2028",
    "N" * 201, "N" * 10_000, "'; DROP TABLE person; --", "\x1c", "Å", "１９８７",
])  # fmt: skip


@pytest.fixture
def office(desk: Desk) -> Office:
    return desk.sign_in("reception")


def _refused(deed: Callable[[], object]) -> RuleError | None:
    """The sentence with which something was refused; None if it was done. Any other error is a fault."""
    try:
        deed()
    except RuleError as error:
        return error
    return None


def _kept(name: str, value: str) -> str | None:
    """What is to be kept of a text: one line, in Unicode normal form."""
    text = value.strip() if name == "note" else re.sub(r"[\s\x1c-\x1f\x85\u2028\u2029]+", " ", value).strip()
    if name == "tax_code":
        text = tax_code.tidy(text)
    return unicodedata.normalize("NFC", text) or None


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(FIELDS), TEXTS, max_size=4))
@example({"surname": "Ro\0ssi"})
@example({"alias": "\ud800"})
@example({"note": "N" * 10_000})
@example({"birth_part": "１９８７"})
def test_any_text_is_kept_or_refused_at_its_field(office: Office, typed: dict[str, str]) -> None:
    added = office.run(people.add_person, alias="Stella")
    refused = _refused(lambda: office.run(people.change_person, added, 1, **typed))  # type: ignore[arg-type]
    found = office.fetch(people.person, added)
    if refused is not None:
        assert refused.field in {*typed, "surname"}
        assert refused.sentence()
        assert (found.version, found.alias, found.surname) == (1, "Stella", None)
        return
    assert {name: getattr(found, name) for name in typed} == {name: _kept(name, text) for name, text in typed.items()}
    assert found.label
    assert found.public_label
    if found.version > 1:
        office.undo()
    back = office.fetch(people.person, added)
    assert (back.alias, back.surname, back.note) == ("Stella", None, None)


@settings(max_examples=30)
@given(
    st.none() | st.dates(), st.none() | st.dates(), st.none() | st.dates(),
    st.sampled_from([None, "1987", "1987-13", "2025-02", "2025-03", "2098", "0001", "9999", "x"]),
)  # fmt: skip
def test_any_days_are_kept_or_refused(
    office: Office, born: date | None, died: date | None, due: date | None, part: str | None
) -> None:
    typed: dict[str, Any] = {"birth_date": born, "died_on": died, "due_on": due, "birth_part": part}
    added: list[str] = []
    refused = _refused(lambda: added.append(office.run(people.add_person, alias="Stella", **typed)))
    if refused is not None:
        assert refused.field in typed
        assert refused.sentence()
        return
    found = office.fetch(people.person, added[0])
    today = found.today
    assert found.birth_part == (None if born else part)
    assert all(day is None or day <= today for day in (found.birth_date, found.died_on))
    assert not (found.birth_date and found.died_on and found.died_on < found.birth_date)


@pytest.mark.parametrize(
    ("details", "error", "field"),
    [
        ({"birth_part": "2025-03"}, person_checks.BirthInFuture, "birth_part"),
        ({"birth_part": "1899"}, person_checks.BirthTooLongAgo, "birth_part"),
        ({"birth_part": "1987-13"}, person_checks.BadBirthPart, "birth_part"),
        ({"died_on": date(2025, 2, 12)}, person_checks.DiedInFuture, "died_on"),
        ({"birth_date": date(2000, 5, 4), "died_on": date(2000, 5, 3)}, person_checks.DiedBeforeBirth, "died_on"),
        ({"birth_part": "2001", "died_on": date(2000, 12, 31)}, person_checks.DiedBeforeBirth, "died_on"),
        ({"due_on": date(2026, 1, 1)}, person_checks.DueTooFar, "due_on"),
        ({"citizenship": "italiana"}, person_checks.UnknownCountry, "citizenship"),
        ({"second_citizenship": "EU"}, person_checks.UnknownCountry, "second_citizenship"),
        ({"languages": "it klingon"}, person_checks.UnknownLanguage, "languages"),
        ({"abode": "castle"}, person_checks.UnknownAbode, "abode"),
        ({"municipality": "999999"}, person_checks.UnknownMunicipality, "municipality"),
        ({"note": "n" * 20_001}, TextTooLong, "note"),
        ({"birth_text": "n" * 201}, TextTooLong, "birth_text"),
    ],
)
def test_what_cannot_be(office: Office, details: dict[str, Any], error: type[RuleError], field: str) -> None:
    with pytest.raises(error) as caught:
        office.run(people.add_person, surname="Rossi", **details)
    assert caught.value.field == field


def test_what_was_kept_before_a_list_changed_does_not_stand_in_the_way(office: Office) -> None:
    """An old file may hold words where a code is asked today: other fields can still be changed."""
    from famdesk.data.tables.people import Person
    from tests.support.scenarios import write

    old = Person(surname="Rossi", citizenship="italiana", abode="castle", tax_code="MRTMTT91D08F205J")
    write(office, people.add_person, old)
    office.run(people.change_person, old.id, 1, town="Crema", citizenship="italiana", tax_code="MRTMTT91D08F205J")
    assert office.fetch(people.person, old.id).town == "Crema"


def test_names_keep_their_letters(office: Office) -> None:
    for surname, given_name in (("D'Amico", "DE'"), ("De Luca Di Stefano", "maria"), ("O’Neill-Pérez", None),
                                (None, "Suharto"), ("Ҡодрәтов", "ⵎⵓⵃⵎⵎⴰⴷ"), ("van der Berg", "ANNA")):  # fmt: skip
        added = office.run(people.add_person, surname=surname, given_name=given_name)
        found = office.fetch(people.person, added)
        assert (found.surname, found.given_name) == (surname, given_name)
        assert found.label == " ".join(part for part in (surname, given_name) if part)


def test_a_code_kept_on_purpose_is_asked_again_only_when_it_matters(office: Office) -> None:
    code = "MRTMTT91D08F205J"
    with pytest.raises(people.TaxCodeOfAnother) as caught:
        office.run(people.add_person, surname="Verdi", sex="F", birth_part="1990", tax_code=code)
    assert caught.value.params["parts"] == ("surname", "birth", "sex")
    assert "the surname, the birth date, and the sex" in caught.value.sentence().replace("date and", "date, and")
    added = office.run(people.add_person, surname="Verdi", tax_code=code, keep_tax_code=True)
    office.run(people.change_person, added, 1, town="Crema")
    with pytest.raises(people.TaxCodeOfAnother):
        office.run(people.change_person, added, 2, sex="F")
    office.run(people.change_person, added, 2, sex="F", keep_tax_code=True)
    for good in ("STP0301234567890", "00743110157"):
        office.run(people.change_person, added, office.fetch(people.person, added).version, tax_code=good)


def test_the_district_of_a_municipality(office: Office, desk: Desk) -> None:
    from famdesk.exchange.profiles import read_profile
    from famdesk.resources import path
    from famdesk.usecases.centre import profiles

    desk.office.run(profiles.import_profile, read_profile(path("centres/cremona.toml")))
    added = office.run(people.add_person, surname="Rossi", town="Cremona", municipality="019036")
    assert office.fetch(people.person, added).district == "Cremona e comuni limitrofi"
    other = office.run(people.add_person, surname="Rossi", town="Crema", municipality="019035")
    assert office.fetch(people.person, other).district is None
