"""Where a keyring is kept: a file beside the SQLCipher database, rows on PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, String, Text, Uuid, delete, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from famdesk.data.base import Base
from famdesk.data.failures import in_words
from famdesk.data.keys import keys
from famdesk.data.platform import taking_turns, write_atomically


class KeySlot(Base):
    """One user's slot as JSON; the slot with an empty login holds what is common to the centre's ring."""

    __tablename__ = "key_slot"
    centre_id: Mapped[str] = mapped_column(Uuid(as_uuid=False), primary_key=True)
    login: Mapped[str] = mapped_column(String(40), primary_key=True)
    body: Mapped[str] = mapped_column(Text)


class KeyStore(Protocol):
    def load(self) -> keys.Keyring: ...

    def update(
        self, change: Callable[[keys.Keyring], keys.Keyring], also: Callable[[Connection], None] | None = None
    ) -> None:
        """Replaces the ring by what `change` makes of it, while nobody else does the same.

        `also` is what a server does in the same transaction; a file knows nothing of it.
        """


class KeyFile:
    """`famdesk.keys` with the generation before it in `famdesk.keys.1`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def previous(self) -> Path:
        return self.path.with_name(self.path.name + ".1")

    @property
    def turn(self) -> Path:
        """What a process holds while it changes the ring."""
        return self.path.with_name(self.path.name + ".turn")

    def load(self) -> keys.Keyring:
        """Raises KeysDamaged: not there, or not a key file."""
        try:
            return keys.load(self.path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise keys.KeysDamaged from error

    def save(self, ring: keys.Keyring) -> None:
        """Raises DiskFull, ReadOnly: the ring is as it was."""
        with in_words():
            if self.path.exists():
                write_atomically(self.previous, self.path.read_bytes())
            write_atomically(self.path, keys.dump(ring).encode())

    def update(
        self, change: Callable[[keys.Keyring], keys.Keyring], also: Callable[[Connection], None] | None = None
    ) -> None:
        with in_words(), taking_turns(self.turn):
            self.save(change(self.load()))


class KeyTable:
    """The ring of one centre in `key_slot`; row policies let a person write their own slot and administrators all."""

    def __init__(self, engine: Engine, centre_id: str, login: str | None = None) -> None:
        self._engine, self._centre, self._login = engine, centre_id, login

    def load(self) -> keys.Keyring:
        """Raises KeysDamaged: the centre has no ring."""
        with self._engine.connect() as connection:
            return self._read(connection)

    def save(self, ring: keys.Keyring) -> None:
        with self._engine.begin() as connection:
            self._write(connection, ring)

    def update(
        self, change: Callable[[keys.Keyring], keys.Keyring], also: Callable[[Connection], None] | None = None
    ) -> None:
        with in_words(), self._engine.begin() as connection:
            common = (KeySlot.centre_id == self._centre, KeySlot.login == "")
            connection.execute(select(KeySlot.login).where(*common).with_for_update())
            self._write(connection, change(self._read(connection)))
            if also is not None:
                also(connection)

    def _read(self, connection: Connection) -> keys.Keyring:
        rows = connection.execute(select(KeySlot.login, KeySlot.body).where(KeySlot.centre_id == self._centre))
        try:
            bodies = {row.login: json.loads(row.body) for row in rows}
            common: dict[str, Any] = bodies.pop("")
            return keys.load(json.dumps({**common, "users": list(bodies.values())}))
        except (KeyError, TypeError, ValueError) as error:
            raise keys.KeysDamaged from error

    def _write(self, connection: Connection, ring: keys.Keyring) -> None:
        """Writes the slots that this person may write: their own, or all where `login` is None."""
        body = json.loads(keys.dump(ring))
        users = {user["login"]: user for user in body.pop("users")}
        wanted = users if self._login is None else {self._login: users[self._login]}
        rows = {"": body, **wanted}
        gone = delete(KeySlot).where(KeySlot.centre_id == self._centre)
        connection.execute(gone if self._login is None else gone.where(KeySlot.login.in_(list(rows))))
        connection.execute(
            insert(KeySlot),
            [{"centre_id": self._centre, "login": name, "body": json.dumps(row)} for name, row in rows.items()],
        )
