"""What can be said of a person, and what is checked before it is kept: with a sentence for each field."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any, TypedDict

from famdesk.data.tables.people import Person
from famdesk.data.tables.staff import Staff
from famdesk.data.tx import Tx
from famdesk.domain import codes
from famdesk.domain.errors import RuleError, TextTooLong
from famdesk.domain.languages import SPOKEN
from famdesk.domain.people import birth, tax_code
from famdesk.domain.people.countries import is_country
from famdesk.domain.people.municipalities import municipality
from famdesk.domain.people.person_details import ABODES
from famdesk.i18n import N_, _, formats

LONGEST_LINE = 200
LONGEST_NOTE = 20_000
MOST_DUE = timedelta(days=301)
LONG_PAST_DUE = timedelta(days=300)

_BREAKS = re.compile(r"[\s\x1c-\x1f\x85\u2028\u2029]+")
_COMPARED = ("tax_code", "surname", "given_name", "birth_date", "birth_part", "sex")
_PARTS = {
    # Translators: "This tax code does not fit {what}": in Italian with the article after "con"
    "surname": N_("the surname"),
    "given_name": N_("the given name"),
    "birth": N_("the birth date"),
    "sex": N_("the sex"),
}


class NoName(RuleError):
    message = N_("Give at least a name or an alias.")


class BirthInFuture(RuleError):
    message = N_("The birth date lies in the future.")


class BirthTooLongAgo(RuleError):
    message = N_("The birth date lies more than {years} years ago. Please check the year.")


class BadBirthPart(RuleError):
    message = N_("This is no year and no month. Type for example 1987 or 5/1987.")


class DiedInFuture(RuleError):
    message = N_("The day of death lies in the future.")


class DiedBeforeBirth(RuleError):
    message = N_("The day of death lies before the birth.")


class DueTooFar(RuleError):
    message = N_("A due date lies within the next ten months. Please check it.")


class BadTaxCode(RuleError):
    message = N_("This tax code is not right: please check its letters and digits, or leave it empty.")


class TaxCodeOfAnother(RuleError):
    """`parts` says in what it differs: "surname", "given_name", "birth", "sex"."""

    message = N_("This tax code does not fit {what}. Please check, or keep it on purpose below.")

    def sentence(self) -> str:
        what = formats.list_text(_(_PARTS[part]) for part in self.params["parts"])
        return _(self.message).format(what=what)


class UnknownSex(RuleError):
    message = N_("Choose from the list, or leave this empty.")


class UnknownCountry(RuleError):
    message = N_("This is no country of the list. Choose one, or leave this empty.")


class UnknownLanguage(RuleError):
    message = N_("Choose languages from the list, or leave this empty.")


class UnknownAbode(RuleError):
    message = N_("Choose from the list, or leave this empty.")


class UnknownMunicipality(RuleError):
    message = N_("This municipality is not in the list. Write it as a town.")


class PersonDetails(TypedDict, total=False):
    """What can be said of a person; what is not given stays as it is, None empties it.

    `birth_part` is a birth date known in part, "1987" or "1987-05"; `birth_text` keeps the words when the date is not
    known ("2019?"); `due_on` when a child is expected; `language` is an ISO 639 code or a word, `languages` further
    codes parted by blanks; citizenships are codes of `famdesk.domain.people.countries`; `abode` is one of `ABODES`;
    `municipality` the ISTAT code of the comune; `owner_staff_id` the colleague in charge.

    `keep_tax_code` is no detail: it says that a tax code is kept on purpose although it does not fit the person.
    """

    surname: str | None
    given_name: str | None
    alias: str | None
    sex: str | None
    birth_date: date | None
    birth_part: str | None
    birth_text: str | None
    birth_place: str | None
    died_on: date | None
    due_on: date | None
    tax_code: str | None
    keep_tax_code: bool
    language: str | None
    languages: str | None
    needs_mediator: bool
    citizenship: str | None
    second_citizenship: str | None
    abode: str | None
    municipality: str | None
    town: str | None
    note: str | None
    fictional: bool
    owner_staff_id: str | None


def fill(tx: Tx, found: Person, details: PersonDetails) -> None:
    """Writes the details into a person, checked.

    Raises:
        NoName, BirthInFuture, BirthTooLongAgo, BadBirthPart, DiedInFuture, DiedBeforeBirth, DueTooFar, BadTaxCode,
        TaxCodeOfAnother, UnknownSex, UnknownCountry, UnknownLanguage, UnknownAbode, UnknownMunicipality, TextTooLong;
        NotFound: no such colleague.
    """
    given: dict[str, Any] = {**details}
    keep_tax_code = bool(given.pop("keep_tax_code", False))
    before = {name: getattr(found, name) for name in {*given, *_COMPARED}}
    with tx.session.no_autoflush:
        for name, value in given.items():
            setattr(found, name, _tidied(name, value) if isinstance(value, str) else value)
        if found.birth_date is not None:
            found.birth_part = None
        changed = {name for name, value in before.items() if getattr(found, name) != value}
        _check(found, changed, tx.today())
        _check_tax_code(found, changed, keep=keep_tax_code)
        if found.owner_staff_id and "owner_staff_id" in changed:
            tx.get(Staff, found.owner_staff_id)


def _tidied(name: str, value: str) -> str | None:
    """The text as it is stored: one line without breaks, notes with theirs; letters stay as they were typed.

    Raises:
        TextTooLong.
    """
    value = value.strip() if name == "note" else _BREAKS.sub(" ", value).strip()
    limit = LONGEST_NOTE if name == "note" else LONGEST_LINE
    if len(value) > limit:
        raise TextTooLong(name, limit=limit)
    return (tax_code.tidy(value) if name == "tax_code" else value) or None


def _check(found: Person, changed: set[str], today: date) -> None:
    """What cannot be; only what was changed is held against the person who saves."""
    if not (found.surname or found.given_name or found.alias):
        raise NoName("surname")
    if changed & {"birth_date", "birth_part", "died_on"}:
        _check_life(found, today)
    if found.due_on and "due_on" in changed and not -LONG_PAST_DUE <= found.due_on - today <= MOST_DUE:
        raise DueTooFar("due_on")
    if found.sex and found.sex not in codes.codes(codes.SEXES):
        raise UnknownSex("sex")
    _check_lists(found, changed)


def _check_life(found: Person, today: date) -> None:
    bounds = birth.part_bounds(found.birth_part)
    if found.birth_part and bounds is None:
        raise BadBirthPart("birth_part")
    born = found.birth_date or (bounds[0] if bounds else None)
    field = "birth_date" if found.birth_date else "birth_part"
    if born is not None and born > today:
        raise BirthInFuture(field)
    if born is not None and today.year - born.year > birth.OLDEST_YEARS:
        raise BirthTooLongAgo(field, years=birth.OLDEST_YEARS)
    if found.died_on is not None and found.died_on > today:
        raise DiedInFuture("died_on")
    if found.died_on is not None and born is not None and found.died_on < born:
        raise DiedBeforeBirth("died_on")


def _check_lists(found: Person, changed: set[str]) -> None:
    for name in ("citizenship", "second_citizenship"):
        value = getattr(found, name)
        if value and name in changed and not is_country(value):
            raise UnknownCountry(name)
    if found.languages and "languages" in changed and not set(found.languages.split()) <= set(SPOKEN):
        raise UnknownLanguage("languages")
    if found.abode and "abode" in changed and found.abode not in codes.codes(ABODES):
        raise UnknownAbode("abode")
    if found.municipality and "municipality" in changed and municipality(found.municipality) is None:
        raise UnknownMunicipality("municipality")


def _check_tax_code(found: Person, changed: set[str], *, keep: bool) -> None:
    code = found.tax_code
    if not code or not changed & set(_COMPARED):
        return
    if "tax_code" in changed and not tax_code.is_well_formed(code):
        raise BadTaxCode("tax_code")
    parts = tax_code.differences(
        code, found.surname, found.given_name, found.birth_date, found.birth_part, found.sex
    )  # fmt: skip
    if parts and not keep:
        raise TaxCodeOfAnother("tax_code", parts=parts)
