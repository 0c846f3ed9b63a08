"""Invented persons straight into the tables of a new database: for measuring only.

A million through the journal would take hours, and what a save takes is measured elsewhere. The rows are those that
use-cases would leave; the journal stays empty.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import Engine

from famdesk.cli.invented import SEED, Invented, Inventor
from famdesk.data.base import Base
from famdesk.data.search import SearchKey, person_keys, words_of
from famdesk.data.tables.people import ContactPoint, Person
from famdesk.data.words import NOBODY, SearchWord
from famdesk.domain.people.phonetics import sound

AT_ONCE = 20_000
FIRST_ID = 0x0190B6A0_0000_7000_8000_000000000000
"""An id as of version 7; the others count on from it."""

PROTECTED_OF = 500
"""One of so many is a protected file."""

Row = tuple[Any, ...]


def fill(engine: Engine, centre_id: str, number: int, seed: int = SEED) -> None:
    """Adds invented persons with phones, addresses and all that the search needs.

    `engine` is that of the file, or one that owns the tables of the server: row policies are passed over.
    """
    if engine.dialect.name == "sqlite":
        _File(engine, centre_id).fill(number, seed)
    else:
        _Server(engine, centre_id).fill(number, seed)


class _Tables:
    """What both engines need: rows as tuples, in the order of the columns of their table."""

    def __init__(self, engine: Engine, centre_id: str) -> None:
        self._engine = engine
        self._centre = self._id(centre_id)
        self._words: Counter[tuple[str, str]] = Counter()
        self._templates: dict[type[Base], list[tuple[str, Any]]] = {}

    def fill(self, number: int, seed: int) -> None:
        """Writes them all."""
        raise NotImplementedError

    def _id(self, text: str) -> str:
        return text

    def _columns(self, kind: type[Base]) -> list[str]:
        return [column.name for column in Base.metadata.tables[kind.__tablename__].columns]

    def _persons(self, number: int, seed: int) -> Iterator[tuple[list[Row], list[Row], list[Row]]]:
        """Persons, contact points and keys, some thousands at a time."""
        people: list[Row] = []
        points: list[Row] = []
        keys: list[Row] = []
        for place, one in enumerate(Inventor(seed).persons(number)):
            person_id = self._number(2 * place)
            guarded = place % PROTECTED_OF == PROTECTED_OF - 1
            people.append(self._row(Person, id=person_id, surname=one.surname, given_name=one.given_name, sex=one.sex,
                                    birth_date=self._date(one.born), tax_code=one.tax_code, language=one.language,
                                    town=one.town, privacy="signed", fictional=True, protected=guarded))  # fmt: skip
            for offset, kind, value in ((0, "mobile", one.phone), (1, "address", one.address)):
                if value:
                    point_id = self._number(2 * number + 2 * place + offset)
                    points.append(self._row(ContactPoint, id=point_id, person_id=person_id, kind=kind, value=value))
            keys += self._keys(one, person_id, guarded=guarded)
            if len(people) == AT_ONCE:
                yield people, points, keys
                people, points, keys = [], [], []
        yield people, points, keys

    def _keys(self, one: Invented, person_id: str, *, guarded: bool) -> Iterable[Row]:
        found = person_keys([(one.surname, one.given_name, None, one.tax_code)], [one.phone] if one.phone else [],
                            [one.address] if one.address else [])  # fmt: skip
        whose = person_id if guarded else self._id(NOBODY)
        self._words.update((word, whose) for word in words_of(found))
        values = {"record_id": person_id, "kind": "person", "guarded": guarded}
        return [self._row(SearchKey, key=key, form=form, **values) for key, form in found.items()]

    def _vocabulary(self) -> list[Row]:
        return [self._row(SearchWord, word=word, record_id=whose, sound=sound(word), bearers=count, seq=1)
                for (word, whose), count in sorted(self._words.items())]  # fmt: skip

    def _number(self, number: int) -> str:
        text = f"{FIRST_ID + number:032x}"
        return self._id(f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}")

    def _date(self, day: date) -> Any:
        return day

    def _row(self, of: type[Base], /, **values: Any) -> Row:
        values["centre_id"] = self._centre
        template = self._templates.get(of)
        if template is None:
            template = self._templates[of] = _template(of)
        return tuple(values.get(name, default) for name, default in template)


def _template(kind: type[Base]) -> list[tuple[str, Any]]:
    found = []
    for column in Base.metadata.tables[kind.__tablename__].columns:
        default = getattr(column.default, "arg", None) if getattr(column.default, "is_scalar", False) else None
        found.append((column.name, 1 if column.name == "version" else default))
    return found


class _File(_Tables):
    """The encrypted file. Keys are sorted first: pages then fill one after the other."""

    def fill(self, number: int, seed: int) -> None:
        handle = self._engine.raw_connection()
        connection: Any = handle.driver_connection
        try:
            self._write(connection, number, seed)
        finally:
            connection.execute("PRAGMA temp_store = MEMORY")
            connection.execute("PRAGMA synchronous = FULL")
            handle.close()

    def _write(self, connection: Any, number: int, seed: int) -> None:
        names = ", ".join(self._columns(SearchKey))
        names_of = {"person": ", ".join(self._columns(Person)), "contact_point": ", ".join(self._columns(ContactPoint)),
                    "unsorted": names}  # fmt: skip
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA temp_store = FILE")
        connection.execute("DROP INDEX ix_search_key_record")
        connection.execute(f"CREATE TEMP TABLE unsorted ({names})")
        for people, points, keys in self._persons(number, seed):
            connection.execute("BEGIN IMMEDIATE")
            for table, rows in (("person", people), ("contact_point", points), ("unsorted", keys)):
                if rows:
                    connection.executemany(_insert(table, names_of[table]), rows)
            connection.execute("COMMIT")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(f"INSERT INTO search_key SELECT {names} FROM unsorted ORDER BY key, record_id")  # noqa: S608
        connection.execute("DROP TABLE unsorted")
        connection.execute("CREATE INDEX ix_search_key_record ON search_key (record_id)")
        connection.executemany(_insert("search_word", ", ".join(self._columns(SearchWord))), self._vocabulary())
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def _id(self, text: str) -> str:
        return text.replace("-", "")

    def _date(self, day: date) -> Any:
        return day.isoformat()


def _insert(table: str, names: str) -> str:
    return f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * (names.count(',') + 1))})"  # noqa: S608


class _Server(_Tables):
    """PostgreSQL: rows are copied, indexes made afterwards."""

    def fill(self, number: int, seed: int) -> None:
        handle = self._engine.raw_connection()
        connection: Any = handle.driver_connection
        try:
            with connection.cursor() as cursor:
                self._write(cursor, number, seed)
            connection.commit()
        finally:
            handle.close()
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as plain:
            plain.exec_driver_sql("VACUUM ANALYZE person, contact_point, search_key, search_word")

    def _write(self, cursor: Any, number: int, seed: int) -> None:
        cursor.execute("SET LOCAL session_replication_role = replica")  # no triggers, no foreign keys
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        cursor.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'pk_search_key'")
        ((key,),) = cursor.fetchall()
        cursor.execute("ALTER TABLE search_key DROP CONSTRAINT pk_search_key")
        cursor.execute("DROP INDEX ix_search_key_record")
        for people, points, keys in self._persons(number, seed):
            self._copy(cursor, Person, people)
            self._copy(cursor, ContactPoint, points)
            self._copy(cursor, SearchKey, keys)
        self._copy(cursor, SearchWord, self._vocabulary())
        cursor.execute(f"ALTER TABLE search_key ADD CONSTRAINT pk_search_key {key}")
        cursor.execute("CREATE INDEX ix_search_key_record ON search_key (record_id)")

    def _copy(self, cursor: Any, kind: type[Base], rows: list[Row]) -> None:
        columns = ", ".join(self._columns(kind))
        with cursor.copy(f"COPY {kind.__tablename__} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
