"""Finding persons by fragments of names, numbers and codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, or_, select

from famdesk.data.prepared import among, said
from famdesk.data.search import first_keys
from famdesk.data.tables.people import ContactPoint, Person
from famdesk.data.tx import Tx
from famdesk.domain.people import contact
from famdesk.domain.people.contact import Rule
from famdesk.domain.people.vocabulary import LAST
from famdesk.domain.text import fold, tokens
from famdesk.i18n import _
from famdesk.usecases import lookup
from famdesk.usecases.consent import consents
from famdesk.usecases.people import person_filters
from famdesk.usecases.people.contact_rights import known_point
from famdesk.usecases.people.name_search import A_PERSONS_KEYS, Match, NameSearch, vocabulary
from famdesk.usecases.people.person_filters import NO_FILTER, PersonFilter, by_name
from famdesk.usecases.people.person_names import born_words, full_name
from famdesk.usecases.people.person_rows import PersonHit, PersonRow
from famdesk.usecases.registry import query

LISTED = (
    Person.id, Person.surname, Person.given_name, Person.alias, Person.birth_date, Person.birth_part,
    Person.birth_text, Person.town, Person.language, Person.needs_mediator, Person.privacy, Person.protected,
    Person.fictional, Person.tax_code,
)  # fmt: skip

NOT_SHOWN = 4
"""Looked at beside as many as are listed: some may not be known to who asks."""

_NO_SIGNS = str.maketrans("", "", "".join(sign for sign in map(chr, range(128)) if not sign.isalnum()))
"""Leaves of plain text just what its folded words are made of."""


@query
def find_persons(tx: Tx, text: str, limit: int = 30) -> tuple[PersonHit, ...]:
    """Persons by fragments of words in any order, phone number, address or tax code; those that fit exactly first,
    those who were perhaps meant (misspelt, heard otherwise) last."""
    return tuple(hit for hit, _exact in _hits(tx, found_rows(tx, text, limit)))


@query
def list_persons(
    tx: Tx, text: str, limit: int = 100, wanted: PersonFilter = NO_FILTER
) -> tuple[PersonRow, ...]:  # fmt: skip
    """As `find_persons`, with what a table shows of each; without a text all who pass the filter, by name.

    Without both nobody is listed, and the words of names are made ready for the first search.
    """
    if text.strip():
        return _listed(tx, found_rows(tx, text, limit, wanted))
    vocabulary(tx)
    if wanted == NO_FILTER:
        return ()
    return _listed(tx, [FoundRow(row) for row in tx.rows(by_name(_all_chosen(tx, wanted), wanted).limit(limit))])


@query
def person_hits(tx: Tx, text: str, limit: int = 30) -> tuple[tuple[PersonHit, bool], ...]:
    """As `find_persons`, each with whether it fits exactly; for searches over everything."""
    return tuple(_hits(tx, found_rows(tx, text, limit)))


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row of `LISTED`. `exact`: the name is just what was typed; `similar`: it only resembles that."""

    row: Any
    exact: bool = False
    similar: bool = False


def found_rows(tx: Tx, text: str, limit: int, wanted: PersonFilter = NO_FILTER) -> list[FoundRow]:
    """Who fits, as far as the running query may show them."""
    asked = lookup.question(text)
    if asked is None:
        return []
    rows: dict[str, Any] = {}

    def keep(ids: Sequence[str]) -> set[str]:
        rows.update({row.id: row for row in _persons(tx, ids, wanted)})
        return {one for one in ids if one in rows}

    search = NameSearch(tx, asked.words, limit, keep)
    first = _first(tx, asked.head, limit, wanted) if len(asked.words) == 1 else ()
    rows.update((row.id, row) for row in first)
    search.found.update((row.id, Match(row.id, 0.0)) for row in first)
    if not first or (len(first) < limit and first[0].more):
        search.fitting()
    if not asked.number and len(search.found) < limit:
        search.similar()
    found = [FoundRow(rows[one.id], is_name(asked.words, rows[one.id]), one.penalty > 0)
             for one in search.found.values()]  # fmt: skip
    return sorted(found, key=lambda one: not one.exact)


def is_name(words: tuple[str, ...], row: Any) -> bool:
    """Whether the words are the whole name or alias, in any order, or the tax code."""
    length = sum(map(len, words))
    texts = (f"{row.surname or ''}{row.given_name or ''}", row.alias or "", row.tax_code or "")
    if not any(text and (not text.isascii() or len(text.translate(_NO_SIGNS)) == length) for text in texts):
        return False  # most of what a short word finds is longer: folding takes its time
    name, alias = tokens(f"{row.surname or ''} {row.given_name or ''}"), tokens(row.alias or "")
    whole = "".join(words)
    return sorted(words) in (sorted(name), sorted(alias)) or whole in {"".join(name), fold(row.tax_code or "")} - {""}


def _first(tx: Tx, word: str, limit: int, wanted: PersonFilter) -> Sequence[Any]:
    """Whom the first keys that begin with a word lead to: what nearly every key typed needs, in one question."""

    def made() -> Select[*tuple[Any, ...]]:
        keys = first_keys(tx.centre_id, A_PERSONS_KEYS * limit, limit + NOT_SHOWN)
        chosen = _chosen(tx, wanted).add_columns(keys.c.more)
        return chosen.join(keys, keys.c.record_id == Person.id).order_by(keys.c.key).limit(said(limit))

    return tx.asked(("first", wanted, tx.today(), limit), made, low=word, high=word + LAST)


def _persons(tx: Tx, ids: Sequence[str], wanted: PersonFilter) -> Sequence[Any]:
    """Those of some persons who may be shown and pass the filter."""

    def made() -> Select[*tuple[Any, ...]]:
        return _chosen(tx, wanted).where(among(Person.id, "ids", tx.session.connection().dialect))

    return tx.asked(("persons", wanted, tx.today()), made, ids=ids)


def _chosen(tx: Tx, wanted: PersonFilter) -> Select[*tuple[Any, ...]]:
    """The columns of `LISTED` and whether there may be something to mind of the consents."""
    minded = consents.may_need_minding(tx.today()).label("minded")
    return select(*LISTED, minded).where(tx.visible_person(), *person_filters.conditions(tx, wanted))


def _all_chosen(tx: Tx, wanted: PersonFilter) -> Select[*tuple[Any, ...]]:
    """As `_chosen`, for a list of all who pass the filter."""
    left, conditions = person_filters.by_indexes(tx, wanted)
    return _chosen(tx, left).where(*conditions)


def _hits(tx: Tx, found: Sequence[FoundRow]) -> list[tuple[PersonHit, bool]]:
    """Each with whether it fits exactly; what is missing of their consents stands at the end of the line."""
    waiting, today = _waiting(tx, found), tx.today()
    hits = []
    for one in found:
        label = full_name(one.row.surname, one.row.given_name, one.row.alias)
        detail = " · ".join(part for part in (detail_of(one.row, today), *waiting.get(one.row.id, ())) if part)
        hits.append((PersonHit(one.row.id, label, detail, similar=one.similar), one.exact))
    return hits


def _waiting(tx: Tx, found: Sequence[FoundRow]) -> dict[str, tuple[str, ...]]:
    return consents.states(tx, (one.row.id for one in found if one.row.minded), tx.today())


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
    """Birth date with age, or what is known of it."""
    return born_words(row.birth_date, row.birth_part, row.birth_text, today)


def _listed(tx: Tx, found: Sequence[FoundRow]) -> tuple[PersonRow, ...]:
    phones, waiting, today = _first_phones(tx, [one.row.id for one in found]), _waiting(tx, found), tx.today()
    return tuple(_row(one, today, phones.get(one.row.id, (None, None)), waiting.get(one.row.id, ())) for one in found)


def _row(
    found: FoundRow, today: date, phone: tuple[str | None, Rule | None], waiting: tuple[str, ...]
) -> PersonRow:  # fmt: skip
    row = found.row
    return PersonRow(
        row.id, full_name(row.surname, row.given_name, row.alias), row.alias, birth_words(row, today), row.town,
        row.language, row.needs_mediator, *phone, row.privacy, row.protected, row.fictional,
        similar=found.similar, consents=waiting,
    )  # fmt: skip


def _first_phones(tx: Tx, ids: list[str]) -> dict[str, tuple[str, Rule]]:
    """The first number of each person; one that may be called goes before one that may not."""
    point = ContactPoint

    def made() -> Select[*tuple[Any, ...]]:
        return (
            select(point.person_id, point.value, point.may_call, point.may_leave_message, point.may_write,
                   point.safe_from, point.safe_to, point.neutral_name)
            .where(among(point.person_id, "ids", tx.session.connection().dialect), point.deleted_at.is_(None),
                   or_(*(point.kind == kind for kind in contact.PHONES)), known_point(tx))
            .order_by(point.may_call, point.id.desc())
        )  # fmt: skip

    rows = tx.asked("phones", made, ids=ids) if ids else ()
    return {row.person_id: (row.value, Rule(*row[2:])) for row in rows}
