"""What a person is called: on the screen for those who may see the file, and on paper that others may see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select

from famdesk.data.tables.people import Person
from famdesk.data.tx import Tx
from famdesk.domain.people.birth import part_age_text
from famdesk.domain.text import age_text, initials
from famdesk.i18n import _, formats

NAMED = (Person.surname, Person.given_name, Person.alias)


def full_name(surname: str | None, given_name: str | None, alias: str | None) -> str:
    """The name that colleagues see: surname and given name as far as they are known, else the alias."""
    if surname and given_name:
        return f"{surname} {given_name}"
    return surname or given_name or alias or _("Without a name")


def public_name(surname: str | None, given_name: str | None, alias: str | None, privacy: str) -> str:
    """The name for slips and lists that others may see.

    Who has an alias is called by it until the privacy notice is signed. Who has none is called by initials until it is
    given.
    """
    name = " ".join(part for part in (surname, given_name) if part)
    if name and (privacy == "signed" or (privacy == "given" and not alias)):
        return name
    return alias or initials(" ".join(part for part in (given_name, surname) if part)) or _("Without a name")


def born_words(day: date | None, part: str | None, words: str | None, on: date) -> str:
    """Birth date with the age on a day, in months for the small; else what is known of it, with the age told by it."""
    if day is not None:
        known, age = formats.date_num(day), age_text(day, on)
    else:
        known, age = words or part_words(part), part_age_text(part, on)
    if not age:
        return known
    # Translators: a birth date with the age, as in "14/03/2021 (3 years)"
    return _("{date} ({age})").format(date=known, age=age)


def part_words(part: str | None) -> str:
    """A part of a birth date as people write it: "1987", "05/1987"."""
    year, _dash, month = (part or "").partition("-")
    return f"{month}/{year}" if month else year


def labels(tx: Tx, ids: Iterable[str | None]) -> dict[str, str]:
    """The names of those persons whom the running query may show; the others are missing."""
    return {row.id: full_name(row.surname, row.given_name, row.alias) for row in _named(tx, ids)}


def public_labels(tx: Tx, ids: Iterable[str | None]) -> dict[str, str]:
    """As `labels`, but as slips and lists on the wall name them."""
    rows = _named(tx, ids)
    return {row.id: public_name(row.surname, row.given_name, row.alias, row.privacy) for row in rows}


def _named(tx: Tx, ids: Iterable[str | None]) -> list[Person]:
    wanted = sorted({one for one in ids if one})
    if not wanted:
        return []
    statement = select(Person.id, *NAMED, Person.privacy).where(Person.id.in_(wanted), tx.visible_person())
    return list(tx.rows(statement))
