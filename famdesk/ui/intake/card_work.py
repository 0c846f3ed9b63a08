"""The card that is being worked on: read, saved, kept as a draft, and brought together with what other desks save."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain.errors import NotFound, Stale
from famdesk.domain.ids import new_id
from famdesk.ui.intake.card_values import (
    contact_values,
    empty_values,
    only_known,
    persons_of,
    read_back,
    values_of,
)
from famdesk.ui.intake.keeper import DraftKeeper
from famdesk.ui.kit.runner import Changes, Runner
from famdesk.usecases.intake import drafts, intake

DRAFTS: Final = "access_card:"

Values = dict[str, Any]
Labels = dict[str, str]


@dataclass(slots=True)
class OpenCard:
    """The state of the open card.

    `initial` are the values of the last saved state; `card_id` None: not saved yet; `key` names its draft; `operator`
    wrote it, "" for a new one; `kept`: there is a draft.
    """

    initial: Values
    card_id: str | None = None
    version: int = 0
    contact_id: str | None = None
    key: str = field(default_factory=lambda: f"{DRAFTS}new:{new_id()}")
    operator: str = ""
    saving: bool = False
    kept: bool = False


class CardWork(QObject):
    """Works on one card at a time. The form shows what it is told and is asked for its values.

    Signals:
        started(object, object): show another card: values, and names of persons by id.
        merged(object, object): put these values into fields that the person did not touch.
        described(): id, version or author are others now.
        saved(str): the card with this id is saved.
        gone(): the card was removed; what stands in the form can be saved anew.
        absent(object): the card cannot be read: the error.
        refused(object): what was typed cannot be saved: the error.
    """

    started = Signal(object, object)
    merged = Signal(object, object)
    described = Signal()
    saved = Signal(str)
    gone = Signal()
    absent = Signal(object)
    refused = Signal(object)

    def __init__(self, runner: Runner, values: Callable[[], Values], at: datetime, parent: QWidget) -> None:
        super().__init__(parent)
        self._runner = runner
        self._values = values
        self._keeper = DraftKeeper(runner, self, parent)
        self.card = OpenCard(empty_values(at, None))
        self._keeper.due.connect(self.keep)

    def dirty(self) -> bool:
        """Whether something stands in the form that is not saved."""
        return self._values() != self.card.initial

    def new(self, at: datetime, point_id: str | None) -> None:
        """An empty card."""
        self._start(OpenCard(empty_values(at, point_id)), {})

    def new_from(self, row: intake.AccessRow) -> None:
        """A new card that takes over a contact; the contact becomes the card when it is saved."""
        self._start(OpenCard(contact_values(row), contact_id=row.id), {})

    @Slot(str)
    def load(self, card_id: str) -> None:
        """A card that exists."""
        self._runner.fetch(intake.access_card, card_id, then=self._loaded, failed=self._not_there, latest="card")

    def resume(self, draft: drafts.DraftRow) -> None:
        """Go on where somebody stopped typing."""
        kept = _decoded(draft.body)
        if kept is None:
            self._keeper.drop(draft.key)
            return
        wanted = persons_of(kept["values"])
        then = partial(_resume, self, draft.key, kept)
        self._runner.fetch(intake.who, wanted, then=then, failed=self._not_there, owner=self)

    def touch(self) -> None:
        """Something was typed: it is kept within a second."""
        self._keeper.touch()

    @Slot()
    def keep(self) -> None:
        """Keep what is not saved as a draft now, or forget the draft if there is nothing."""
        self._keeper.rest()
        card = self.card
        if card.saving:
            return
        values = self._values()
        if values == card.initial:
            if card.kept:
                card.kept = False
                self._keeper.drop(card.key)
            return
        values["at"] = values["at"] or card.initial["at"]
        content = {"card_id": card.card_id, "version": card.version, "contact_id": card.contact_id,
                   "initial": card.initial, "values": values}  # fmt: skip
        card.kept = True
        self._keeper.keep(card.key, content)

    def save(self) -> None:
        """Save what was changed, whatever is missing."""
        card, values = self.card, self._values()
        if card.saving:
            return
        changed = {name: value for name, value in values.items() if value != card.initial[name]}
        if card.card_id is not None and not changed:
            self.saved.emit(card.card_id)
            return
        self._keeper.rest()
        card.saving = True
        how: Values = {"draft": card.key, "then": partial(_saved, self, values), "failed": self._refuse, "owner": self}
        if card.card_id is None:
            given = {name: value for name, value in values.items() if name != "at" or "at" in changed}
            self._runner.run(intake.open_card, from_contact_id=card.contact_id, **how, **given)
        else:
            self._runner.run(intake.save_card, card.card_id, card.version, **how, **changed)

    def take_changes(self, changes: Changes) -> None:
        """Somebody, perhaps oneself or undo, changed rows: if it was this card, look at it again."""
        if self.card.card_id is not None and ("access_card", self.card.card_id) in changes and not self.card.saving:
            self.reload()

    def reload(self) -> None:
        """Take over the saved state where nothing was touched here."""
        self._runner.fetch(intake.access_card, self.card.card_id, then=self._merge, failed=self._lost, latest="card")

    def finish_resume(self, key: str, kept: Values, persons: Sequence[intake.PersonBrief]) -> None:
        """Show a draft, without the persons whom this role may not know any more."""
        labels = {one.id: one.label for one in persons}
        values = only_known(kept["values"], labels)
        self._start(OpenCard(kept["initial"], kept["card_id"], kept["version"], kept["contact_id"], key), labels)
        self.card.kept = True
        self.merged.emit(values, labels)
        if self.card.card_id is not None:
            self.reload()

    def finish_save(self, values: Values, card_id: str | None) -> None:
        """The database has it."""
        card = self.card
        card.saving = card.kept = False
        card.initial = values
        if card_id is not None:
            card.card_id, card.key = card_id, f"{DRAFTS}{card_id}"
        self.reload()
        self.saved.emit(card.card_id)

    def _start(self, card: OpenCard, labels: Labels) -> None:
        self._keeper.flush()
        self.card = card
        self.started.emit(card.initial, labels)
        card.initial = self._values()

    def _loaded(self, row: intake.CardRow) -> None:
        card = OpenCard(values_of(row), row.id, row.version, row.contact_id, f"{DRAFTS}{row.id}", row.operator)
        self._start(card, _labels(row))

    def _not_there(self, error: Exception) -> None:
        self.absent.emit(error)

    def _merge(self, row: intake.CardRow) -> None:
        card = self.card
        if row.id != card.card_id:
            return
        here, saved = self._values(), values_of(row)
        news = {name: value for name, value in saved.items()
                if here[name] == card.initial.get(name) and here[name] != value}  # fmt: skip
        card.initial, card.version, card.operator = saved, row.version, row.operator
        self.merged.emit(news, _labels(row))
        self.described.emit()

    def _lost(self, error: Exception) -> None:
        if not isinstance(error, NotFound):
            self.absent.emit(error)
            return
        card = self.card
        card.card_id, card.version, card.key, card.operator = None, 0, f"{DRAFTS}new:{new_id()}", ""
        self.described.emit()
        self.gone.emit()

    def _refuse(self, error: Exception) -> None:
        self.card.saving = False
        if isinstance(error, Stale):
            self.reload()
        if self.dirty():
            self._keeper.touch()
        self.refused.emit(error)


def _saved(work: CardWork, values: Values, card_id: str | None) -> None:
    work.finish_save(values, card_id)


def _resume(work: CardWork, key: str, kept: Values, persons: Sequence[intake.PersonBrief]) -> None:
    work.finish_resume(key, kept, persons)


def _labels(row: intake.CardRow) -> Labels:
    """The names of the persons of a card by id."""
    references = ((person_id, name) for person_id, name, _relation in row.reference_persons)
    pairs = ((row.person_id, row.person), (row.caller_id, row.caller), *references)
    return {person_id: label for person_id, label in pairs if person_id and label}


def _decoded(body: str) -> Values | None:
    """A draft as it was kept; None if another version of the program wrote it."""
    try:
        kept: Values = json.loads(body)
        for part in ("initial", "values"):
            kept[part] = read_back(kept[part])
        return kept if {"card_id", "version", "contact_id"} <= set(kept) else None
    except (ValueError, KeyError, TypeError):
        return None
