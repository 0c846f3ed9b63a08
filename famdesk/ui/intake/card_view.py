"""The access card on the screen: form, what is missing, drafts, saving, and what other desks do meanwhile."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from famdesk.domain.errors import NotFound, Stale
from famdesk.domain.ids import new_id
from famdesk.domain.intake import missing
from famdesk.i18n import _, formats
from famdesk.ui.intake.card_form import CardForm, contact_values, empty_values, to_lines, values_of
from famdesk.ui.intake.card_side import CardSide
from famdesk.ui.intake.contact_line import offer_answers
from famdesk.ui.intake.keeper import DraftKeeper
from famdesk.ui.intake.person_dialog import NewPersonDialog
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, ToolButton, make_action
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.messages import Message
from famdesk.ui.kit.page import PageHeader
from famdesk.ui.kit.popup import Deliver
from famdesk.ui.kit.runner import Changes, Runner
from famdesk.ui.kit.widgets import Card
from famdesk.usecases import drafts, intake, people

DRAFTS: Final = "access_card:"


@dataclass(slots=True)
class _Open:
    """The card that is open. `card_id` None: not saved yet. `initial`: the values of the last saved state."""

    initial: dict[str, Any]
    card_id: str | None = None
    version: int = 0
    contact_id: str | None = None
    key: str = field(default_factory=lambda: f"{DRAFTS}new:{new_id()}")
    saving: bool = False
    book_after: bool = False


class CardView(QWidget):
    """One access card, new or saved.

    Signals:
        closed(): the person goes back to the list; what is not saved stays as a draft.
        booking_wanted(str): an appointment is to be taken for the card with this id.
        person_opened(str): the file of a person is to be shown.
        told(object): a `Message`.
        failed(object): an error that belongs to no field.
    """

    closed = Signal()
    booking_wanted = Signal(str)
    person_opened = Signal(str)
    told = Signal(object)
    failed = Signal(object)

    def __init__(self, runner: Runner, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner, self._now = runner, now
        self._open = _Open(empty_values(now(), None))
        self._person_id: str | None = None
        self._privacy: str | None = None
        self._keeper = DraftKeeper(runner, self)
        self.form = CardForm(self._find_persons, self._find_answers)
        self.side = CardSide()
        self.header = PageHeader(_("Access card"))
        self.save_action = make_action(self, _("Save"), self.try_save, icon="save", shortcut="Ctrl+Return")
        self._enter = make_action(self, "", self.try_save, shortcut="Ctrl+Enter")
        self.back_action = make_action(self, _("Back to the accesses"), self.leave, icon="arrow-left", shortcut="Esc")
        self.book_action = make_action(self, _("Book an appointment"), self.book, icon="calendar-plus",
                                       shortcut="Ctrl+B")  # fmt: skip
        self._lay_out()
        self._connect()

    @property
    def card_id(self) -> str | None:
        """The id of the open card; None while it is not saved."""
        return self._open.card_id

    def dirty(self) -> bool:
        """Whether something stands here that is not saved."""
        return self.form.values() != self._open.initial

    def open_new(self, point_id: str | None) -> None:
        """An empty card of this moment."""
        self._start(_Open(empty_values(self._now().replace(second=0, microsecond=0), point_id)))

    def open_contact(self, row: intake.AccessRow) -> None:
        """A new card that takes over a contact; the contact becomes the card when it is saved."""
        self._start(_Open(contact_values(row), contact_id=row.id))

    def open_saved(self, card_id: str) -> None:
        """A card that exists."""
        self._keeper.flush()
        self._runner.fetch(intake.access_card, card_id, then=self._show_saved, failed=self._refused, latest="card")

    def open_draft(self, draft: drafts.DraftRow) -> None:
        """Go on where somebody stopped typing."""
        kept = _decoded(draft.body)
        if kept is None:
            self._runner.run(drafts.drop, draft.key, owner=self)
            return
        wanted = [one for one in (kept["values"]["person_id"], kept["values"]["caller_id"]) if one]
        then = partial(_resume, self, draft.key, kept)
        self._runner.fetch(intake.who, wanted, then=then, failed=self._refused, owner=self)

    def set_points(self, points: Sequence[tuple[str, str]]) -> None:
        """The access points to choose from, as (id, name)."""
        before = self.dirty()
        self.form.set_points(points)
        if not before:
            self.form.set_values({"access_point_id": self._open.initial["access_point_id"]}, {})

    def set_counts(self, counts: Sequence[tuple[str, int]]) -> None:
        """How often each need came lately."""
        self.form.set_counts(counts)

    def take_changes(self, changes: Changes) -> None:
        """Somebody, perhaps oneself or undo, changed rows: if it was this card, take over what was not touched here."""
        if self._open.card_id is not None and ("access_card", self._open.card_id) in changes and not self._open.saving:
            self._reload()

    @Slot()
    def try_save(self) -> None:
        """Save, whatever is missing."""
        opened = self._open
        if opened.saving or not self.form.check():
            return
        values = self.form.values()
        changed = {name: value for name, value in values.items() if value != opened.initial[name]}
        if opened.card_id is not None and not changed:
            self._saved(values, None)
            return
        self._keeper.rest()
        opened.saving = True
        then = partial(_saved, self, values)
        if opened.card_id is None:
            given = {name: value for name, value in values.items() if name != "at" or "at" in changed}
            self._runner.run(intake.open_card, from_contact_id=opened.contact_id, draft=opened.key, then=then,
                             failed=self._refused, owner=self, **given)  # fmt: skip
        else:
            self._runner.run(intake.save_card, opened.card_id, opened.version, draft=opened.key, then=then,
                             failed=self._refused, owner=self, **changed)  # fmt: skip

    @Slot()
    def leave(self) -> None:
        """Back to the list; what is not saved is kept as a draft."""
        self._keep()
        self.closed.emit()

    @Slot()
    def book(self) -> None:
        """Take an appointment for this card, which is saved first."""
        if self._open.card_id is not None and not self.dirty():
            self.booking_wanted.emit(self._open.card_id)
            return
        self._open.book_after = True
        self.try_save()

    def keep_now(self) -> None:
        """Keep at once what waits to be kept."""
        self._keeper.flush()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.form.begin()

    def _start(self, opened: _Open, labels: dict[str, str] | None = None) -> None:
        """Show another card; what stood here is kept as a draft."""
        self._keeper.flush()
        self._open = opened
        self.form.hide_caller(False)
        self.form.set_values(opened.initial, labels or {})
        opened.initial = self.form.values()
        self.form.verticalScrollBar().setValue(0)
        self._describe()
        self._look_at_person(again=True)
        if self.isVisible():
            self.form.begin()

    def _show_saved(self, row: intake.CardRow) -> None:
        self._start(_Open(values_of(row), row.id, row.version, row.contact_id, f"{DRAFTS}{row.id}"), _labels(row))
        self.form.hide_caller(row.caller_hidden)
        self._describe(row)

    def _resume(self, key: str, kept: dict[str, Any], persons: Sequence[intake.PersonBrief]) -> None:
        labels = {one.id: one.label for one in persons}
        values = kept["values"]
        for name in ("person_id", "caller_id"):
            values[name] = values[name] if values[name] in labels else None
        opened = _Open(kept["initial"], kept["card_id"], kept["version"], kept["contact_id"], key)
        self._start(opened, labels)
        self.form.set_values(values, labels)
        self._on_edited()
        if opened.card_id is not None:
            self._reload()

    def _reload(self) -> None:
        self._runner.fetch(intake.access_card, self._open.card_id, then=self._merge, failed=self._gone, latest="card")

    def _merge(self, row: intake.CardRow) -> None:
        """Take over a saved state: fields that were changed here stay as they are here."""
        opened = self._open
        if row.id != opened.card_id:
            return
        here, saved = self.form.values(), values_of(row)
        news = {name: value for name, value in saved.items()
                if here[name] == opened.initial.get(name) and here[name] != value}  # fmt: skip
        self.form.set_values(news, _labels(row))
        opened.initial, opened.version = saved, row.version
        self._describe(row)
        self._look_at_person()

    def _gone(self, error: Exception) -> None:
        """The card was removed, perhaps by undo: what stands here can be saved as a new one."""
        if not isinstance(error, NotFound):
            self.failed.emit(error)
            return
        opened = self._open
        opened.card_id, opened.version, opened.key = None, 0, f"{DRAFTS}new:{new_id()}"
        self._describe()
        self.told.emit(Message(_("This card was removed. Saving makes it anew."), Meaning.WARNING))

    def _saved(self, values: dict[str, Any], card_id: str | None) -> None:
        opened = self._open
        opened.saving = False
        if card_id is not None:
            opened.card_id, opened.key = card_id, f"{DRAFTS}{card_id}"
        opened.initial = values
        self._reload()
        if opened.book_after and opened.card_id is not None:
            opened.book_after = False
            self.booking_wanted.emit(opened.card_id)
        else:
            self.told.emit(Message(_("Access card saved."), Meaning.OPEN))

    def _refused(self, error: Exception) -> None:
        self._open.saving = self._open.book_after = False
        if isinstance(error, Stale):
            self._reload()
        if self.dirty():
            self._keeper.touch()
        self.form.present(error)

    @Slot()
    def _keep(self) -> None:
        """Keep what is not saved as a draft, or forget the draft if there is nothing."""
        self._keeper.rest()
        opened = self._open
        if opened.saving:
            return
        if not self.dirty():
            self._keeper.drop(opened.key)
            return
        values = self.form.values()
        values["at"] = values["at"] or opened.initial["at"]
        content = {"card_id": opened.card_id, "version": opened.version, "contact_id": opened.contact_id,
                   "initial": opened.initial, "values": values}  # fmt: skip
        self._keeper.keep(opened.key, content)

    @Slot()
    def _on_edited(self) -> None:
        self._keeper.touch()
        self._look_at_person()
        self._tell_missing()

    def _tell_missing(self) -> None:
        self.side.show_missing(missing(self.form.content(self._privacy)))

    def _describe(self, row: intake.CardRow | None = None) -> None:
        at = self._open.initial["at"]
        parts = [formats.moment(at)] if at else []
        parts.append(row.operator if row else _("not saved yet"))
        self.header.set_subtitle(" · ".join(parts))
        self._tell_missing()

    def _look_at_person(self, *, again: bool = False) -> None:
        """Show who the card is about and the earlier accesses, when that person changes."""
        values = self.form.values()
        person_id = values["person_id"] or values["caller_id"]
        if person_id == self._person_id and not again:
            return
        self._person_id, self._privacy = person_id, None
        self.side.show_person(None, self._now().date())
        self.side.show_earlier(None)
        if person_id is not None:
            self._runner.fetch(intake.who, [person_id], then=self._show_person, latest="who")
            self._runner.fetch(
                intake.earlier_accesses, person_id, then=self._show_earlier, failed=self._no_earlier, latest="earlier"
            )

    def _show_person(self, found: Sequence[intake.PersonBrief]) -> None:
        person = next((one for one in found if one.id == self._person_id), None)
        self._privacy = person.privacy if person is not None and self.form.values()["person_id"] else None
        self.side.show_person(person, self._now().date())
        self._tell_missing()

    def _show_earlier(self, rows: Sequence[intake.EarlierRow]) -> None:
        self.side.show_earlier([row for row in rows if row.id != self._open.card_id])

    def _no_earlier(self, _error: Exception) -> None:
        self.side.show_earlier(None)

    def _find_persons(self, text: str, deliver: Deliver) -> None:
        self._runner.fetch(people.find_persons, text, then=to_lines(deliver), owner=self, latest="persons")

    def _find_answers(self, text: str, deliver: Deliver) -> None:
        needs = self.form.values()["needs"]
        then = partial(offer_answers, deliver)
        self._runner.fetch(intake.answers, text, needs[0] if needs else None, then=then, owner=self, latest="answers")

    @Slot(str, str)
    def _on_new_person(self, name: str, typed: str) -> None:
        dialog = NewPersonDialog(self._runner, typed, self)
        dialog.setProperty("field", name)
        dialog.finished_with.connect(self._on_person_added)
        dialog.open()

    @Slot(object)
    def _on_person_added(self, person_id: str) -> None:
        then = partial(_put_person, self, str(self.sender().property("field")))
        self._runner.fetch(intake.who, [person_id], then=then, owner=self)

    @Slot(str)
    def _on_field_wanted(self, code: str) -> None:
        if code == "privacy":
            self._on_file_wanted(self._person_id or "")
        elif code:
            names = {"caller": "caller_relation", "person": "person_id"}
            self.form.field(names.get(code, code)).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _on_file_wanted(self, person_id: str) -> None:
        self._keep()
        self.person_opened.emit(person_id)

    @Slot(str)
    def _on_earlier_wanted(self, card_id: str) -> None:
        self._keep()
        self.open_saved(card_id)

    def _lay_out(self) -> None:
        back = ToolButton(self.back_action.text(), "arrow-left", shortcut="Esc", flat=True)
        back.clicked.connect(self.leave)
        top = QHBoxLayout()
        top.setSpacing(theme.unit(2))
        top.addWidget(back)
        top.addWidget(self.header, 1)
        self.header.add_widget(ActionButton.of(self.save_action, primary=True, hint=True))
        paper = Card()
        paper.setAccessibleName(_("Access card"))
        paper.body.addWidget(self.form)
        columns = QHBoxLayout()
        columns.setSpacing(theme.unit(3.5))
        columns.addWidget(paper, 5)
        columns.addWidget(self.side, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.unit(3))
        column.addLayout(top)
        column.addLayout(columns, 1)

    def _connect(self) -> None:
        self.form.edited.connect(self._on_edited)
        self.form.new_person.connect(self._on_new_person)
        self.form.unplaced.connect(self.failed)
        self.side.field_wanted.connect(self._on_field_wanted)
        self.side.file_wanted.connect(self._on_file_wanted)
        self.side.earlier_wanted.connect(self._on_earlier_wanted)
        self.side.booking_wanted.connect(self.book)
        self._keeper.due.connect(self._keep)


def _saved(view: CardView, values: dict[str, Any], card_id: str | None) -> None:
    view._saved(values, card_id)


def _resume(view: CardView, key: str, kept: dict[str, Any], persons: Sequence[intake.PersonBrief]) -> None:
    view._resume(key, kept, persons)


def _put_person(view: CardView, name: str, found: Sequence[intake.PersonBrief]) -> None:
    for person in found:
        view.form.set_person(name, person.id, person.label)


def _labels(row: intake.CardRow) -> dict[str, str]:
    """The names of the persons of a card by id."""
    pairs = ((row.person_id, row.person), (row.caller_id, row.caller))
    return {person_id: label for person_id, label in pairs if person_id and label}


def _decoded(body: str) -> dict[str, Any] | None:
    """A draft as it was kept; None if another version of the program wrote it."""
    try:
        kept: dict[str, Any] = json.loads(body)
        known = set(empty_values(datetime.min, None))
        for part in (kept["initial"], kept["values"]):
            part["at"], part["needs"] = datetime.fromisoformat(part["at"]), tuple(part["needs"])
            if set(part) != known:
                return None
        return kept if {"card_id", "version", "contact_id"} <= set(kept) else None
    except (ValueError, KeyError, TypeError):
        return None
