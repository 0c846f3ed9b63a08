"""The search index: folded keys in one plain B-tree table, the same on both engines.

What is in the directory has a key for every rotation of its words and one with all words joined; a person has keys as
`famdesk.domain.people.name_keys` makes them, so that any order of words is a prefix of some key and a search is a few
short ranges of the tree. The index follows the journal: whatever changes a row, undo included, also changes its keys.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import (
    Connection,
    Index,
    String,
    Subquery,
    Text,
    Uuid,
    bindparam,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from famdesk.data.base import Base
from famdesk.data.prepared import dashed, fetched, said
from famdesk.data.tables.directory import AccessPoint, Body, Place, Service
from famdesk.data.tables.people import ContactPoint, Person, PersonStaff
from famdesk.data.tables.programmes import Initiative
from famdesk.data.words import LONGEST_WORD, count_words, counted_alone
from famdesk.domain.people import contact
from famdesk.domain.people.name_keys import address_keys, is_telling, joined_keys, name_words, pair_keys
from famdesk.domain.text import fold, search_forms

LONGEST_KEY = 120

KEY_TEXT = String(LONGEST_KEY).with_variant(String(LONGEST_KEY, collation="C"), "postgresql")
"""Compared byte by byte on both engines, so that a prefix is a range."""

NAME, ADDRESS, JOINED, NUMBER = "w", "a", "j", "n"
"""Forms of keys: words, an address, a name in one word, a phone number or tax code."""

WITH_WORDS = (NAME, ADDRESS)


class SearchKey(Base):
    """One way to find a record: `key` is folded text, `kind` the table, `record_id` the record, `form` see `NAME`.

    `guarded` says that not everybody of the centre may know of the person; a server keeps it right by itself, whatever
    a client says.
    """

    __tablename__ = "search_key"
    __table_args__ = (Index("ix_search_key_record", "record_id"), {"sqlite_with_rowid": False})
    key: Mapped[str] = mapped_column(KEY_TEXT, primary_key=True)
    record_id: Mapped[str] = mapped_column(Uuid(as_uuid=False), primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    centre_id: Mapped[str] = mapped_column(Uuid(as_uuid=False))
    form: Mapped[str] = mapped_column(String(1), default=NAME)
    guarded: Mapped[bool] = mapped_column(default=False)


KEYS: Any = SearchKey.__table__
Keys = dict[str, str]
"""Keys with their forms."""


def person_keys(names: Iterable[tuple[str | None, str | None, str | None, str | None]], phones: Iterable[str] = (),
                addresses: Iterable[str] = ()) -> Keys:  # fmt: skip
    """The keys of a person: (surname, given name, alias, tax code) now and in files that were made one with this."""
    found: Keys = {}
    for surname, given_name, alias, code in names:
        for words in (name_words(surname, given_name), name_words(alias)):
            found.update(dict.fromkeys(pair_keys(words), NAME))
        found.update(dict.fromkeys((key for key in joined_keys(surname, given_name) if key not in found), JOINED))
        if code:
            found.setdefault(fold(code), NUMBER)
    for address in addresses:
        found.update(dict.fromkeys((key for key in address_keys(address) if key not in found), ADDRESS))
    for phone in phones:
        found.setdefault(contact.digits(phone), NUMBER)
    return {key[:LONGEST_KEY]: form for key, form in found.items() if key}


def _person(session: Session, row: Person) -> Keys:
    if row.merged_into_id:
        return {}
    merged = _merged(session, row.id)
    ids = [row.id, *(one.id for one in merged)]
    point = ContactPoint
    points = session.execute(
        select(point.kind, point.value)
        .where(point.person_id.in_(ids), point.deleted_at.is_(None), point.hidden.is_(False))
    ).all()  # fmt: skip
    names = [(one.surname, one.given_name, one.alias, one.tax_code) for one in (row, *merged)]
    return person_keys(names, [one.value for one in points if one.kind in contact.PHONES],
                       [one.value for one in points if one.kind == "address"])  # fmt: skip


def _merged(session: Session, person_id: str) -> list[Any]:
    """Those whose files were made one with this one, also by way of another."""
    found: dict[str, Any] = {}
    wanted = {person_id}
    while wanted:
        rows = session.execute(
            select(Person.id, Person.surname, Person.given_name, Person.alias, Person.tax_code)
            .where(Person.merged_into_id.in_(wanted))
        ).all()  # fmt: skip
        wanted = {row.id for row in rows} - set(found) - {person_id}
        found.update({row.id: row for row in rows})
    return list(found.values())


def _named(_session: Session, row: Any) -> Keys:
    texts = [row.name, getattr(row, "short_name", None), getattr(row, "alias", None), getattr(row, "address", None),
             getattr(row, "building", None)]  # fmt: skip
    return {key: NAME for words in texts if words for key in keys_of(words)}


SOURCES: dict[str, tuple[type[Any], Callable[[Session, Any], Keys]]] = {
    "person": (Person, _person),
    "access_point": (AccessPoint, _named),
    "place": (Place, _named),
    "body": (Body, _named),
    "service": (Service, _named),
    "initiative": (Initiative, _named),
}


def keys_of(words: str) -> list[str]:
    """The keys under which something in the directory is found: its words in every rotation, and joined."""
    return [key[:LONGEST_KEY] for key in search_forms(words)]


def words_of(keys: Keys) -> set[str]:
    """The words of a person's keys that belong into the vocabulary."""
    found = {word for key, form in keys.items() if form == NAME for word in key.split()}
    found |= {word for key, form in keys.items() if form == ADDRESS for word in key.split() if is_telling(word)}
    return {word for word in found if len(word) <= LONGEST_WORD}


def forget(session: Session, table: str, record_id: str) -> None:
    """Removes the keys of a row that is going to be deleted: once a person is gone, a server hides the person's keys
    and nothing could remove them any more."""
    if table in SOURCES:
        _replace(session, table, record_id, {}, "", guarded=False)


def concerned(changes: Iterable[tuple[str, str, dict[str, Any] | None, dict[str, Any] | None]]) -> set[tuple[str, str]]:
    """The rows whose keys may differ after changes, given as (table, id, before, after)."""
    found: set[tuple[str, str]] = set()
    for table, row_id, before, after in changes:
        rows = [row for row in (before, after) if row]
        found.add((table, row_id))
        if table in {"contact_point", "person_staff"}:
            found |= {("person", row["person_id"]) for row in rows}
        elif table == "person":
            found |= {("person", row["merged_into_id"]) for row in rows if row.get("merged_into_id")}
    return found


def reindex(session: Session, changed: Iterable[tuple[str, str]]) -> None:
    """Rewrites the keys of the changed rows, in the transaction of the change."""
    for table, row_id in sorted({row for row in changed if row[0] in SOURCES}):
        kind, keys = SOURCES[table]
        row = session.get(kind, row_id)
        if row is None:
            forget(session, table, row_id)
            continue
        found = {} if row.deleted_at else keys(session, row)
        guarded = table == "person" and is_guarded(session, row)
        _replace(session, table, row_id, found, row.centre_id, guarded=guarded)


def is_guarded(session: Session, person: Person) -> bool:
    """Whether not everybody of the centre may know of a person."""
    barred = exists().where(PersonStaff.person_id == person.id, PersonStaff.kind == "blocked",
                            PersonStaff.deleted_at.is_(None))  # fmt: skip
    return person.protected or person.restricted or bool(session.scalar(select(barred)))


def _replace(session: Session, table: str, record_id: str, keys: Keys, centre_id: str, *, guarded: bool) -> None:
    connection = session.connection()
    old = connection.execute(
        select(KEYS.c.key, KEYS.c.form, KEYS.c.guarded, KEYS.c.centre_id).where(KEYS.c.record_id == record_id)
    ).all()
    before = {row.key: row.form for row in old}
    person = table == "person"
    as_before = before == keys and all(row.guarded == guarded for row in old)
    if as_before and (not person or not old or counted_alone(session, record_id) == guarded):
        return
    connection.execute(delete(KEYS).where(KEYS.c.record_id == record_id))
    centre_id = centre_id or (old[0].centre_id if old else "")
    if keys:
        connection.execute(insert(KEYS), [
            {"key": key, "record_id": record_id, "kind": table, "centre_id": centre_id, "form": keys[key],
             "guarded": guarded} for key in sorted(keys)
        ])  # fmt: skip
    if person:
        count_words(session, centre_id, record_id, words_of(before), words_of(keys), guarded=guarded)


def first_keys(centre_id: str, most: int, persons: int) -> Subquery:
    """Of the first `most` keys of persons of a centre from the parameter `low` to before `high` the first `persons`
    persons: `record_id`, the first `key` of that person, and whether there are `more` of them or may be.

    The parameters stand in queries of their own: for PostgreSQL one plan is then as good as another, and is made once.
    """
    low, high = (select(bindparam(name, type_=KEYS.c.key.type)).scalar_subquery() for name in ("low", "high"))
    keys = (
        select(KEYS.c.key, KEYS.c.record_id)
        .where(KEYS.c.key >= low, KEYS.c.key < high, KEYS.c.kind == "person", KEYS.c.centre_id == centre_id)
        .order_by(KEYS.c.key).limit(said(most)).subquery("keys")
    )  # fmt: skip
    more = or_(func.sum(func.count()).over() >= most, func.count().over() > persons)
    first = func.min(keys.c.key).label("key")
    found = select(keys.c.record_id, first, more.label("more")).group_by(keys.c.record_id).order_by(first)
    return found.limit(said(persons)).subquery("first")


PARTED = chr(31)
"""Between the texts of a list for the server; no folded text has it."""

_OF_PERSONS = "k.kind = 'person' AND k.centre_id = "
_SQLITE_ONE = f"""
SELECT k.key, k.record_id FROM search_key k
WHERE k.key >= ? AND k.key < ? AND {_OF_PERSONS}? AND instr(k.key, ?) > 0 ORDER BY k.key LIMIT ?
"""  # noqa: S608 - nothing in it comes from outside
_SQLITE = f"""
SELECT r.key AS place, (
    SELECT json_group_array(json_array(key, record_id)) FROM (
        SELECT k.key, k.record_id FROM search_key k
        WHERE k.key >= r.value ->> 0 AND k.key < r.value ->> 1 AND {_OF_PERSONS}?
        AND instr(k.key, r.value ->> 2) > 0 ORDER BY k.key LIMIT ?)
) AS found FROM json_each(?) r
"""  # noqa: S608 - nothing in it comes from outside
_POSTGRES = f"""
SELECT r.place - 1 AS place, k.key, CAST(k.record_id AS text)
FROM unnest(string_to_array(%(low)s, chr(31)), string_to_array(%(high)s, chr(31)), string_to_array(%(part)s, chr(31)))
     WITH ORDINALITY AS r (low, high, part, place)
CROSS JOIN LATERAL (SELECT k.key, k.record_id FROM search_key k
                    WHERE k.key >= r.low COLLATE "C" AND k.key < r.high COLLATE "C"
                          AND {_OF_PERSONS}CAST(%(centre)s AS uuid)
                          AND strpos(k.key, coalesce(r.part, '')) > 0 ORDER BY k.key LIMIT {{each}}) k LIMIT {{most}}
"""  # noqa: S608 - nothing in it comes from outside


def scan(
    session: Session, centre_id: str, ranges: Sequence[tuple[str, str, str]], each: int, most: int
) -> list[tuple[int, str, str]]:
    """The first keys of persons of a centre in ranges: `each` of a range, `most` of all, range by range.

    A range is (first key, key that is no longer in it, what a key must contain); tuples (number of the range, key,
    record) come back. One statement, whatever the number of ranges.
    """
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        return _scan_file(connection, centre_id.replace("-", ""), ranges, each, most)
    low, high, part = (PARTED.join(texts) for texts in zip(*ranges, strict=True))  # lists take the driver long
    values = {"low": low, "high": high, "part": part, "centre": centre_id}
    return sorted(map(tuple, fetched(connection, _POSTGRES.format(each=each, most=most), values)))


def _scan_file(
    connection: Connection, centre: str, ranges: Sequence[tuple[str, str, str]], each: int, most: int
) -> list[tuple[int, str, str]]:
    if len(ranges) == 1:
        (low, high, part), limit = ranges[0], min(each, most)
        rows = fetched(connection, _SQLITE_ONE, (low, high, centre, part, limit))
        return [(0, key, dashed(record_id)) for key, record_id in rows]
    found: list[tuple[int, str, str]] = []
    result = connection.exec_driver_sql(_SQLITE, (centre, each, json.dumps(ranges)))
    cursor: Any = result.cursor
    for place, keys in cursor:  # row by row: the database looks no further than is read
        if keys != "[]":
            found += [(place, key, dashed(record_id)) for key, record_id in json.loads(keys)]
            if len(found) >= most:
                break
    result.close()
    return found[:most]
