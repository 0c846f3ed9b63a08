"""Finding persons by fragments of names, numbers and codes, and warning of somebody who is already there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select

from famdesk.data.people import ContactPoint, Person
from famdesk.data.search import SearchKey
from famdesk.data.tx import Tx
from famdesk.domain import contact, tax_code
from famdesk.domain.contact import Rule
from famdesk.domain.text import age_text, fold, tokens
from famdesk.i18n import _, formats
from famdesk.usecases import lookup, person_filters
from famdesk.usecases.contact_rights import known_point
from famdesk.usecases.lookup import Found, Question
from famdesk.usecases.name_search import NameSearch, vocabulary
from famdesk.usecases.person_filters import NO_FILTER, PersonFilter
from famdesk.usecases.person_names import full_name
from famdesk.usecases.person_rows import Double, PersonHit, PersonRow
from famdesk.usecases.registry import query

MOST_DOUBLES = 5
LISTED = (
    Person.id, Person.surname, Person.given_name, Person.alias, Person.birth_date, Person.birth_text, Person.town,
    Person.language, Person.needs_mediator, Person.privacy, Person.protected, Person.fictional, Person.tax_code,
)  # fmt: skip


@query
def find_persons(tx: Tx, text: str, limit: int = 30) -> tuple[PersonHit, ...]:
    """Persons by fragments of words in any order, phone number, address or tax code; those that fit exactly first,
    those who were perhaps meant (misspelt, heard otherwise) last."""
    return tuple(_hit(tx, one) for one in found_rows(tx, text, limit))


@query
def list_persons(
    tx: Tx, text: str, limit: int = 100, wanted: PersonFilter = NO_FILTER
) -> tuple[PersonRow, ...]:  # fmt: skip
    """As `find_persons`, with what a table shows of each; without a text all who pass the filter, by name.

    Without both nobody is listed, and the words of names are made ready for the first search.
    """
    if text.strip():
        return _listed(tx, found_rows(tx, text, limit, *person_filters.conditions(tx, wanted)))
    vocabulary(tx)
    if wanted == NO_FILTER:
        return ()
    by_name = (Person.surname, Person.given_name, Person.alias, Person.id)
    chosen = select(*LISTED).where(tx.visible_person(), *person_filters.conditions(tx, wanted))
    return _listed(tx, [FoundRow(row) for row in tx.rows(chosen.order_by(*by_name).limit(limit))])


@query
def person_hits(tx: Tx, text: str, limit: int = 30) -> tuple[tuple[PersonHit, bool], ...]:
    """As `find_persons`, each with whether it fits exactly; for searches over everything."""
    return tuple((_hit(tx, one), one.exact) for one in found_rows(tx, text, limit))


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row of `LISTED`. `exact`: the name is just what was typed; `similar`: it only resembles that."""

    row: Any
    exact: bool = False
    similar: bool = False


def found_rows(tx: Tx, text: str, limit: int, *where: ColumnElement[bool]) -> list[FoundRow]:
    """Who fits, as far as the running query may show them."""
    asked = lookup.question(text)
    if asked is None:
        return []
    rows: dict[str, Any] = {}

    def keep(ids: Sequence[str]) -> set[str]:
        rows.update({row.id: row for row in _persons(tx, Person.id.in_(ids), *where)})
        return {one for one in ids if one in rows}

    search = NameSearch(tx, asked.words, limit, keep)
    search.fitting()
    if not asked.number and len(search.found) < limit:
        search.similar()
    found = [FoundRow(rows[one.id], is_name(asked.words, rows[one.id]), one.penalty > 0)
             for one in search.found.values()]  # fmt: skip
    return sorted(found, key=lambda one: not one.exact)


def is_name(words: tuple[str, ...], row: Any) -> bool:
    """Whether the words are the whole name or alias, in any order, or the tax code."""
    name, alias = tokens(f"{row.surname or ''} {row.given_name or ''}"), tokens(row.alias or "")
    whole = "".join(words)
    return sorted(words) in (sorted(name), sorted(alias)) or whole in {"".join(name), fold(row.tax_code or "")} - {""}


class _Visible:
    """Keeps those persons whom the running query may show, and remembers their rows."""

    def __init__(self, tx: Tx, *where: ColumnElement[bool]) -> None:
        self._tx = tx
        self._where = where
        self.rows: dict[str, Any] = {}

    def __call__(self, found: Sequence[Found]) -> list[Found]:
        if found:
            condition = Person.id.in_([one.id for one in found])
            self.rows.update({row.id: row for row in _persons(self._tx, condition, *self._where)})
        return [one for one in found if one.id in self.rows]


def _persons(tx: Tx, *where: ColumnElement[bool]) -> Sequence[Any]:
    return tx.rows(select(*LISTED).where(tx.visible_person(), *where))


def _hit(tx: Tx, found: FoundRow) -> PersonHit:
    row = found.row
    label = full_name(row.surname, row.given_name, row.alias)
    return PersonHit(row.id, label, detail_of(row, tx.today()), similar=found.similar)


def detail_of(row: Any, today: date) -> str:
    """What tells persons of one name apart, in one line: alias, birth, town."""
    named = bool(row.surname or row.given_name)
    parts = [
        _("called {alias}").format(alias=row.alias) if named and row.alias else "",
        birth_words(row, today),
        row.town,
    ]
    return " · ".join(part for part in parts if part)


def birth_words(row: Any, today: date) -> str:
    """Birth date with age, or what is known of it in words."""
    if row.birth_date is None:
        return row.birth_text or ""
    age = age_text(row.birth_date, today)
    # Translators: a birth date with the age, as in "14/03/2021 (3 years)"
    return _("{date} ({age})").format(date=formats.date_num(row.birth_date), age=age)


def _listed(tx: Tx, found: Sequence[FoundRow]) -> tuple[PersonRow, ...]:
    phones = _first_phones(tx, [one.row.id for one in found])
    return tuple(_row(one, tx.today(), *phones.get(one.row.id, (None, None))) for one in found)


def _row(found: FoundRow, today: date, phone: str | None, rule: Rule | None) -> PersonRow:
    row = found.row
    return PersonRow(
        row.id, full_name(row.surname, row.given_name, row.alias), row.alias, birth_words(row, today), row.town,
        row.language, row.needs_mediator, phone, rule, row.privacy, row.protected, row.fictional,
        similar=found.similar,
    )  # fmt: skip


def _first_phones(tx: Tx, ids: list[str]) -> dict[str, tuple[str, Rule]]:
    """The first number of each person; one that may be called goes before one that may not."""
    point = ContactPoint
    rows = tx.rows(
        select(point.person_id, point.value, point.may_call, point.may_leave_message, point.may_write, point.safe_from,
               point.safe_to, point.neutral_name)
        .where(point.person_id.in_(ids), point.kind.in_(contact.PHONES), point.deleted_at.is_(None), known_point(tx))
        .order_by(point.may_call, point.id.desc())
    )  # fmt: skip
    return {row.person_id: (row.value, Rule(*row[2:])) for row in rows}


@query
def likely_doubles(
    tx: Tx, *, surname: str | None = None, given_name: str | None = None, birth_date: date | None = None,
    phone: str | None = None, code: str | None = None, except_id: str | None = None,
) -> tuple[Double, ...]:  # fmt: skip
    """Persons who may be the one that is being typed, with the reason in words; never brothers and sisters.

    `code` is the tax code; `except_id` the person that is being changed.
    """
    typed = _Typed(surname, given_name, birth_date, phone, code)
    candidates = {row.id: row for row in [*_by_name(tx, typed), *_by_number(tx, typed)] if row.id != except_id}
    numbers = _numbers(tx, list(candidates)) if typed.number else {}
    found = [(row, typed.reason(row, numbers.get(row.id, frozenset()))) for row in candidates.values()]
    likely = sorted(((row, reason) for row, reason in found if reason), key=lambda pair: pair[1][0])
    return tuple(
        Double(row.id, full_name(row.surname, row.given_name, row.alias), detail_of(row, tx.today()), reason[1])
        for row, reason in likely[:MOST_DOUBLES]
    )


class _Typed:
    """What was typed of a new person, folded for comparing."""

    def __init__(
        self, surname: str | None, given_name: str | None, birth: date | None, phone: str | None, code: str | None
    ) -> None:
        self.surname, self.given = tokens(surname or ""), tokens(given_name or "")
        self.birth = birth
        self.number = contact.typed_number(phone or "")
        self.code = tax_code.tidy(code or "")

    @property
    def words(self) -> tuple[str, ...]:
        return self.surname + self.given

    def reason(self, row: Any, numbers: frozenset[str]) -> tuple[int, str] | None:
        """How likely (0 most) and why; None if it is somebody else."""
        surname, given = tokens(row.surname or row.alias or ""), tokens(row.given_name or "")
        same_name = bool(self.words) and (
            sorted(self.words) == sorted(surname + given) or "".join(self.words) == "".join(surname + given)
        )
        born = _compare(self.birth, row.birth_date)
        if self.code and fold(row.tax_code or "") == fold(self.code):
            return 0, _("The same tax code")
        if same_name and born == "same":
            return 1, _("The same name and birth date")
        if self.number in numbers and (same_name or not (self.given and given) or _alike(self.given, given)):
            return 2, _("The same phone number")
        if same_name and born == "near":
            return 3, _("The same name, nearly the same birth date")
        if same_name and born == "unknown":
            return 4, _("The same name; a birth date is missing")
        if born == "same" and self.given and self.given == given and set(self.surname) & set(surname):
            return 5, _("The same given name and birth date, a similar surname")
        return None


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two given names share a word: "Anna" and "Anna Maria" do, brothers and sisters do not."""
    return bool(set(one) & set(other))


def _compare(one: date | None, other: date | None) -> str:
    if one is None or other is None:
        return "unknown"
    if one == other:
        return "same"
    swapped = (one.year, one.day, one.month) == (other.year, other.month, other.day)
    differing = sum((one.year != other.year, one.month != other.month, one.day != other.day))
    return "near" if swapped or (differing == 1 and abs(one.year - other.year) <= 10) else "other"


def _by_name(tx: Tx, typed: _Typed) -> Iterable[Any]:
    """Persons with the words typed, in any order or joined, and those of the same given name and birth date."""
    if not typed.words:
        return
    mine = (SearchKey.kind == "person", SearchKey.centre_id == tx.centre_id)
    asked: list[tuple[Question, tuple[ColumnElement[bool], ...]]] = [
        (Question(max(typed.words, key=len), typed.words), ()),
        (_joined(typed.words), ()),
    ]
    if typed.birth is not None and typed.given:
        asked.append((Question(typed.given[0], typed.given), (Person.birth_date == typed.birth,)))
    for one, where in asked:
        visible = _Visible(tx, *where)
        lookup.find(tx, one, lookup.CHUNK, visible, *mine)
        yield from visible.rows.values()


def _joined(words: tuple[str, ...]) -> Question:
    joined = "".join(words)
    return Question(joined, (joined,))


def _by_number(tx: Tx, typed: _Typed) -> Iterable[Any]:
    for key in {typed.number, fold(typed.code)} - {""}:
        visible = _Visible(tx)
        mine = (SearchKey.kind == "person", SearchKey.centre_id == tx.centre_id)
        lookup.find(tx, Question(key, (key,), number=True), lookup.CHUNK, visible, *mine)
        yield from visible.rows.values()


def _numbers(tx: Tx, ids: list[str]) -> dict[str, frozenset[str]]:
    rows = tx.rows(
        select(ContactPoint.person_id, ContactPoint.value)
        .where(ContactPoint.person_id.in_(ids), ContactPoint.kind.in_(contact.PHONES),
               ContactPoint.deleted_at.is_(None))
    )  # fmt: skip
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row.person_id, set()).add(contact.digits(row.value))
    return {person_id: frozenset(values) for person_id, values in found.items()}
