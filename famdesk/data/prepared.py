"""Selects for the moments that are counted in milliseconds: put into SQL once, then only asked.

To build and compile a select takes SQLAlchemy longer than the database needs to answer it. What changes from one time
to the next are the values of its named parameters; everything else, the rights of who asks included, stays in it.
"""

from __future__ import annotations

import json
from collections import OrderedDict, namedtuple
from collections.abc import Callable, Hashable, Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Dialect,
    Integer,
    Select,
    Text,
    Uuid,
    any_,
    bindparam,
    cast,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import TypeDecorator, TypeEngine

from famdesk.data.engine import READ_ONLY

MOST_KEPT = 60


class Ids(TypeDecorator[Sequence[str]]):
    """A list of ids as one text, see `among`: a list as such takes PostgreSQL's driver longer than the query."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> str | None:
        if value is None or dialect.name == "postgresql":
            return value if value is None else ",".join(value)
        return json.dumps([one.replace("-", "") for one in value])


def among(column: Any, name: str, dialect: Dialect) -> ColumnElement[bool]:
    """The condition that a column of ids has one of a list of them: the parameter `name`."""
    ids = bindparam(name, type_=Ids())
    if dialect.name == "postgresql":
        return column == any_(cast(func.string_to_array(ids, ","), ARRAY(Uuid)))  # type: ignore[no-any-return]
    return column.in_(select(func.json_each(ids).table_valued("value").c.value))  # type: ignore[no-any-return]


def said(number: int) -> ColumnElement[int]:
    """A number that stands in the select itself. PostgreSQL keeps no plan for a limit that is a parameter: it would
    have to be one for any number of rows."""
    return literal_column(str(number), Integer)


def dashed(digits: str) -> str:
    """An id as it is written, from its 32 hexadecimal digits."""
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


class Prepared:
    """A select of columns with named parameters, for the connections of one dialect."""

    def __init__(self, statement: Select[*tuple[Any, ...]], dialect: Dialect) -> None:
        compiled: Any = statement.compile(dialect=dialect)
        self._sql = str(compiled)
        self._order: list[str] | None = compiled.positiontup
        self._to: dict[str, Callable[[Any], Any]] = {
            name: convert for bind, name in compiled.bind_names.items()
            if (convert := bind.type.dialect_impl(dialect).bind_processor(dialect))
        }  # fmt: skip
        self._constants = {name: self._bound(name, value) for name, value in compiled.params.items()
                           if value is not None}  # fmt: skip
        columns = list(statement.selected_columns)
        self._row = _row_of([str(column.key) for column in columns])
        self._from = [(place, convert) for place, column in enumerate(columns)
                      if (convert := _reader(column.type, dialect))]  # fmt: skip

    def rows(self, connection: Connection, **values: Any) -> list[Any]:
        """The rows, as named tuples; `values` are the parameters that were left open."""
        return [self._converted(row) for row in self.bare(connection, **values)]

    def bare(self, connection: Connection, **values: Any) -> list[Any]:
        """The rows as the driver gives them: ids and truth values as it writes them."""
        bound = self._constants | {name: self._bound(name, value) for name, value in values.items()}
        given: Any = bound if self._order is None else tuple([bound[name] for name in self._order])
        return fetched(connection, self._sql, given)

    def _bound(self, name: str, value: Any) -> Any:
        convert = self._to.get(name)
        return value if convert is None else convert(value)

    def _converted(self, row: Sequence[Any]) -> Any:
        values = list(row)
        for place, convert in self._from:
            if values[place] is not None:
                values[place] = convert(values[place])
        return self._row._make(values)


class PreparedOnes:
    """The prepared selects of a store; those that were not asked for long are forgotten."""

    def __init__(self) -> None:
        self._known: OrderedDict[Hashable, Prepared] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Select[*tuple[Any, ...]]], dialect: Dialect) -> Prepared:
        """The select of that key; `make` builds it the first time."""
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = Prepared(make(), dialect)
            while len(self._known) > MOST_KEPT:
                self._known.popitem(last=False)
        return found


def fetched(connection: Connection, sql: str, values: Any) -> list[Any]:
    """The bare rows of a statement in the driver's own words, past SQLAlchemy where nothing can be spoilt: it takes
    longer for what surrounds a key's few statements than the database for their answer."""
    dialect: Any = connection.dialect
    alone = dialect.name == "sqlite" or connection.get_execution_options().get(READ_ONLY)
    if alone and not connection.dispatch.before_cursor_execute:
        driver: Any = connection.connection.driver_connection
        with suppress(dialect.dbapi.Error):  # asked again, the error comes in the words that others know
            return list(driver.execute(sql, values).fetchall())
    result = connection.exec_driver_sql(sql, values)
    rows = list(result.cursor.fetchall())
    result.close()
    return rows


def _row_of(names: Sequence[str]) -> Any:
    return namedtuple("Row", names)


def _reader(kind: TypeEngine[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    if isinstance(kind, Uuid):
        return dashed if dialect.name == "sqlite" else str
    return kind.dialect_impl(dialect).result_processor(dialect, None)
