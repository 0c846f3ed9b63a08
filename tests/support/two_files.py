"""Two files of one person, with a row of each in every table, on either engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, create_engine, delete, insert, select, update

from famdesk.data.base import Base
from famdesk.data.tables.people import Person
from famdesk.domain.ids import new_id
from famdesk.usecases.office import Office
from famdesk.usecases.people import merging, people
from tests.security.town import fill, row_values
from tests.support.offices import Desk
from tests.support.postgres import Server
from tests.support.scenarios import version
from tests.usecases.test_undo import Dump, dump


@dataclass
class Two:
    """Two files with a row of each in every table; `ids[person][table]` is the row."""

    desk: Desk
    engine: Engine
    office: Office
    kept: str = ""
    other: str = ""
    ids: dict[str, dict[str, str]] = field(default_factory=dict)

    def merge(self, **choices: str) -> str:
        read = [version(self.office, Person, one) for one in (self.kept, self.other)]
        return self.office.run(merging.merge, self.kept, read[0], self.other, read[1], choices)

    def rows(self) -> Dump:
        """Everything but the merge itself."""
        return {key: values for key, values in dump(self.engine).items() if key[0] != "merge"}

    def add(self, table: str, person: str, **given: Any) -> str:
        """A row written past the program."""
        ids = {**self.ids[person], table: new_id()}
        values = row_values(table, ids, self.office.actor.centre_id, given)
        with self.engine.begin() as connection:
            connection.execute(insert(Base.metadata.tables[table]), values)
        return ids[table]

    def value(self, table: str, row_id: str, column: str) -> Any:
        """What stands in a row now."""
        found = Base.metadata.tables[table]
        with self.engine.connect() as connection:
            return connection.execute(select(found.c[column]).where(found.c.id == row_id)).scalar_one()

    def reindex(self) -> None:
        """Makes the keys of what was written past the program."""
        for name, person in (("kept", self.kept), ("other", self.other)):
            read = version(self.office, Person, person)
            self.office.run(people.change_person, person, read, note=f"Nota {name} {read}")

    def gone(self, table: str, row_id: str) -> bool:
        return self.value(table, row_id, "deleted_at") is not None


@contextmanager
def two_files(desk: Desk, server: Server | None) -> Iterator[Two]:
    """The files, seen by a coordinator; `server` is where the desk's database is, None: in a file."""
    where = desk.home.settings().server
    engine = create_engine(server.url(where.database)) if server and where else desk.office.store.engine
    made = Two(desk, engine, desk.sign_in("coordinator"))
    for name in ("kept", "other"):
        given = "Muhammad" if name == "kept" else "Mohamed"
        ids = fill(engine, desk.office, surname="Hossain", given_name=given, privacy="none")
        with engine.begin() as connection:
            points = Base.metadata.tables["contact_point"]
            connection.execute(update(points).where(points.c.id == ids["contact_point"]).values(kind="address"))
            changes = Base.metadata.tables["change"]
            connection.execute(delete(changes).where(changes.c.row_id == ids["person"]))  # no change of the program's
            ties = Base.metadata.tables["person_staff"]
            connection.execute(update(ties).where(ties.c.id == ids["person_staff"]).values(kind="assigned"))
        setattr(made, name, ids["person"])
        made.ids[ids["person"]] = ids
    made.reindex()
    yield made
    if server:
        engine.dispose()
