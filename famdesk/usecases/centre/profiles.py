"""Filling a new centre from a profile: its network, partners, places, hours, services, initiatives, sources and all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from famdesk.data import records
from famdesk.data.base import Record
from famdesk.data.tables.centre import Centre
from famdesk.data.tx import Tx
from famdesk.domain.centre.profile import (
    ALL_CENTRES,
    CentreEntry,
    Entry,
    Istat,
    Profile,
    To,
    inner_entries,
    rules_of,
    tables,
)
from famdesk.domain.errors import RuleError
from famdesk.domain.ids import new_id
from famdesk.i18n import N_
from famdesk.usecases.registry import usecase

_HOLDERS = {"opening_rule": "access_point_id", "service_link": "service_id", "meeting": "initiative_id"}
_IN_ORDER = frozenset({"access_point", "service", "partnership", "statement"})


class AlreadyFilled(RuleError):
    message = N_("This centre has entries already. A profile can only be imported into a new centre.")


class NotInProfile(RuleError):
    message = N_("The profile has no centre “{key}”. Possible: {known}.")


@usecase(N_("Centre profile imported"))
def import_profile(tx: Tx, profile: Profile, centre_key: str | None = None, whole: bool = True) -> str:
    """Makes the centre that is signed in the centre `centre_key` of the profile (None: the first); gives its id.

    Entries of another centre of the network belong to that centre, which is made too; what the profile gives to no
    centre belongs to the one that imports. With `whole` False only this centre's own entries are written, and those of
    the network if nobody has imported them yet: on a server no person may write for another centre, so each imports
    its own.

    Raises:
        AlreadyFilled: the centre has entries; there is no second import.
        NotInProfile: there is no such centre.
    """
    known = [centre.key for centre in profile.centre]
    key = centre_key or known[0]
    if key not in known:
        raise NotInProfile("centre_key", key=key, known=known)
    if _is_filled(tx):
        raise AlreadyFilled
    _Import(tx, profile, key, whole).run()
    return tx.centre_id


def _is_filled(tx: Tx) -> bool:
    models = [records.BY_TABLE[table] for table in tables() if table not in {"document", "network", "centre"}]
    return any(
        tx.rows(select(model.id).where(model.centre_id == tx.centre_id, model.deleted_at.is_(None)).limit(1))
        for model in models
    )


@dataclass(slots=True)
class _Import:
    """One import: `ids` are those of the records by key, `centres` those of the centres to write for."""

    tx: Tx
    profile: Profile
    key: str
    whole: bool
    ids: dict[str, str] = field(default_factory=dict)
    joins: bool = False

    def run(self) -> None:
        self._name_all()
        for entry in self._writable():
            self._write(entry)

    def _name_all(self) -> None:
        """Gives every key its id first, since entries refer to each other in any order."""
        for network in self.profile.network:
            there = None if self.whole else self._by_name(network)
            self.joins = there is not None
            self.ids[network.key] = there or new_id()
        for entry in self._top():
            key = getattr(entry, "key", None)
            found = new_id() if self._is_ours(entry) else self._by_name(entry)
            if key is not None and found is not None:
                self.ids.setdefault(key, found)
        self.ids[self.key] = self.tx.centre_id

    def _writable(self) -> list[Entry]:
        """Our entries without those that speak of what is not there: things of centres that have not imported yet."""
        kept = [entry for entry in self._top() if self._is_ours(entry)]
        while lost := [entry for entry in kept if not self._has_its_references(entry)]:
            for entry in lost:
                kept.remove(entry)
                self.ids.pop(getattr(entry, "key", ""), None)
        return kept

    def _has_its_references(self, entry: Entry) -> bool:
        return all(
            getattr(one, name) is None or getattr(one, name) in self.ids
            for one in (entry, *inner_entries(entry))
            for name, rule in rules_of(one.table).items()
            if isinstance(rule, To) and name != "centre"
        )

    def _by_name(self, entry: Entry) -> str | None:
        """The id of the record of that name that another centre of the network has imported."""
        model: Any = records.BY_TABLE[entry.table]
        if not hasattr(entry, "key"):
            return None
        column = "name" if hasattr(model, "name") else "title"
        rows = self.tx.rows(
            select(model.id).where(getattr(model, column) == getattr(entry, column), model.deleted_at.is_(None))
            .order_by(model.id).limit(1)
        )  # fmt: skip
        return str(rows[0].id) if rows else None

    def _top(self) -> Iterator[Entry]:
        for table in tables():
            if table != "document":
                yield from getattr(self.profile, table)

    def _is_ours(self, entry: Entry) -> bool:
        """Whether this import writes the entry."""
        if isinstance(entry, CentreEntry):
            return self.whole or entry.key == self.key
        if entry.centre is None:
            return not self.joins
        return self.whole or entry.centre in {self.key, ALL_CENTRES}

    def _owners(self, entry: Entry) -> Iterable[str]:
        """The keys of the centres for which the entry is written, once each."""
        if entry.centre != ALL_CENTRES:
            return [entry.centre or self.key]
        return [centre.key for centre in self.profile.centre if self.whole or centre.key == self.key]

    def _write(self, entry: Entry) -> None:
        if isinstance(entry, CentreEntry) and entry.key == self.key:
            self._fill_own(entry)
            return
        for owner in self._owners(entry):
            single = entry.centre != ALL_CENTRES
            values = self._values(entry)
            values["id"] = self.ids[values.pop("key")] if single and "key" in values else new_id()
            values.pop("key", None)
            self._add(entry, values, owner)
            for inner in inner_entries(entry):
                held = {**self._values(inner), _HOLDERS[inner.table]: values["id"]}
                self._add(inner, held, owner)

    def _add(self, entry: Entry, values: dict[str, Any], owner: str) -> None:
        model: type[Record] = records.BY_TABLE[entry.table]
        values["centre_id"] = values["id"] if model is Centre else self.ids[owner]
        self.tx.add(model(**values))

    def _fill_own(self, entry: CentreEntry) -> None:
        """The centre's record was made with the data; its language and zone were chosen then."""
        centre = self.tx.get(Centre, self.tx.centre_id)
        for name, value in self._values(entry).items():
            if name not in {"key", "language"} and value is not None:
                setattr(centre, name, value)

    def _values(self, entry: Entry) -> dict[str, Any]:
        """The columns of an entry's record, with ids instead of keys; `key` stays for the caller."""
        values: dict[str, Any] = {}
        for name, rule in rules_of(entry.table).items():
            value = getattr(entry, name)
            match rule:
                case To() if name != "centre":
                    values[f"{name}_id"] = None if value is None else self.ids[value]
                case Istat(many=True):
                    values[name] = " ".join(value)
                case _ if name != "centre" and not isinstance(value, tuple):
                    values[name] = value
        if entry.table in _IN_ORDER:
            values["position"] = getattr(self.profile, entry.table).index(entry)
        if isinstance(entry, CentreEntry) and self.profile.network:
            values["network_id"] = self.ids[self.profile.network[0].key]
        return values
