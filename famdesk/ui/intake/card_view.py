"""The access card on the screen: the form, and beside it what is missing and who the person is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from famdesk.domain.intake import missing
from famdesk.i18n import _, formats
from famdesk.ui.intake.card_form import CardForm
from famdesk.ui.intake.card_side import CardSide
from famdesk.ui.intake.card_work import CardWork
from famdesk.ui.intake.finder import Finder
from famdesk.ui.intake.person_dialog import NewPersonDialog
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, ToolButton, make_action
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.messages import Message
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card, Label
from famdesk.usecases import intake

FIELD_OF = {"caller": "caller_relation", "person": "person_id"}
"""The fields of those codes of `domain.intake.MISSING` that are called otherwise."""


class CardView(QWidget):
    """One access card, new or saved.

    Attributes:
        work: the card that is open.

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
        self._book_after = False
        self._finder = Finder(runner, self)
        self.form = CardForm(self._finder.persons, self._finder.answers, partial(_day_of, now))
        self.side = CardSide(runner, now)
        self.work = CardWork(runner, self.form.values, now(), self)
        self._subtitle = Label("", "second")
        self._save = make_action(self, _("Save"), self.try_save, icon="save", shortcut="Ctrl+Return")
        self._save_too = make_action(self, _("Save"), self.try_save, shortcut="Ctrl+Enter")
        self._back = make_action(self, _("Back to the accesses"), self.leave, icon="arrow-left", shortcut="Esc")
        self._book = make_action(self, _("Book an appointment"), self.book, icon="calendar-plus", shortcut="Ctrl+B")
        self._lay_out()
        self._connect()

    def open_new(self, point_id: str | None) -> None:
        """An empty card of this moment."""
        self.work.new(self._now().replace(second=0, microsecond=0), point_id)

    def set_points(self, points: Sequence[tuple[str, str]]) -> None:
        """The access points to choose from, as (id, name)."""
        untouched = not self.work.dirty()
        self.form.set_points(points)
        if untouched:
            self.form.set_values({"access_point_id": self.work.card.initial["access_point_id"]}, {})

    @Slot()
    def try_save(self) -> None:
        """Save, whatever is missing; only what cannot be read is refused."""
        if self.form.check():
            self.work.save()

    @Slot()
    def leave(self) -> None:
        """Back to the list; what is not saved is kept as a draft."""
        self.work.keep()
        self.closed.emit()

    @Slot()
    def book(self) -> None:
        """Take an appointment for this card, which is saved first."""
        self._book_after = True
        self.try_save()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.begin()

    def begin(self) -> None:
        """The cursor goes to where writing begins."""
        self.form.begin(new=self.work.card.card_id is None)

    @Slot(object, object)
    def _on_started(self, values: dict[str, Any], labels: dict[str, str]) -> None:
        self._book_after = False
        self.form.clear_errors()
        self.form.set_values(values, labels)
        self.form.verticalScrollBar().setValue(0)
        self._look(again=True)
        self._describe()
        if self.isVisible():
            self.begin()

    @Slot(object, object)
    def _on_merged(self, values: dict[str, Any], labels: dict[str, str]) -> None:
        self.form.set_values(values, labels)
        self._look()

    @Slot(str)
    def _on_saved(self, card_id: str) -> None:
        if self._book_after:
            self._book_after = False
            self.booking_wanted.emit(card_id)
        else:
            self.told.emit(Message(_("Access card saved."), Meaning.OPEN))

    @Slot()
    def _on_gone(self) -> None:
        self.told.emit(Message(_("This card was removed. Saving makes it anew."), Meaning.WARNING))

    @Slot(object)
    def _on_absent(self, error: Exception) -> None:
        self.failed.emit(error)
        self.closed.emit()

    @Slot(object)
    def _on_refused(self, error: Exception) -> None:
        self._book_after = False
        self.form.present(error)

    @Slot()
    def _on_edited(self) -> None:
        self.work.touch()
        self._look()

    @Slot()
    def _look(self, *, again: bool = False) -> None:
        """Say who the card is about and what it lacks."""
        values = self.form.values()
        self._finder.need = values["needs"][0] if values["needs"] else None
        self.side.about(values["person_id"] or values["caller_id"], self.work.card.card_id, again=again)
        self._tell_missing()

    @Slot()
    def _tell_missing(self) -> None:
        person, concerned = self.side.person, self.form.values()["person_id"]
        privacy = person.privacy if person is not None and person.id == concerned else None
        self.side.show_missing(missing(self.form.content(privacy)))

    @Slot()
    def _describe(self) -> None:
        card = self.work.card
        moment = formats.moment(card.initial["at"])
        self._subtitle.setText(f"{moment} · {card.operator or _('not saved yet')}")

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
        if code == "privacy" and self.side.person is not None:
            self._on_file_wanted(self.side.person.id)
        elif code:
            self.form.go_to(FIELD_OF.get(code, code))

    @Slot(str)
    def _on_file_wanted(self, person_id: str) -> None:
        self.work.keep()
        self.person_opened.emit(person_id)

    @Slot(str)
    def _on_earlier_wanted(self, card_id: str) -> None:
        self.work.keep()
        self.work.load(card_id)

    def _lay_out(self) -> None:
        back = ToolButton(self._back.text(), "arrow-left", shortcut="Esc", flat=True)
        back.clicked.connect(self.leave)
        top = QHBoxLayout()
        top.setSpacing(theme.unit(2))
        for widget in (back, Label(_("Access card"), "title"), self._subtitle):
            top.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        top.addStretch(1)
        top.addWidget(ActionButton.of(self._save, primary=True, hint=True))
        paper = Card()
        paper.setAccessibleName(_("Access card"))
        paper.body.addWidget(self.form)
        columns = QHBoxLayout()
        columns.setSpacing(theme.unit(3.5))
        columns.addWidget(paper, 5)
        columns.addWidget(self.side, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.unit(4), 0, 0)
        column.setSpacing(theme.unit(3))
        column.addLayout(top)
        column.addLayout(columns, 1)

    def _connect(self) -> None:
        work, form, side = self.work, self.form, self.side
        work.started.connect(self._on_started)
        work.merged.connect(self._on_merged)
        work.described.connect(self._describe)
        work.saved.connect(self._on_saved)
        work.gone.connect(self._on_gone)
        work.absent.connect(self._on_absent)
        work.refused.connect(self._on_refused)
        form.edited.connect(self._on_edited)
        form.new_person.connect(self._on_new_person)
        form.unplaced.connect(self.failed)
        side.field_wanted.connect(self._on_field_wanted)
        side.file_wanted.connect(self._on_file_wanted)
        side.earlier_wanted.connect(self._on_earlier_wanted)
        side.booking_wanted.connect(self.book)
        side.learnt.connect(self._tell_missing)


def _day_of(now: Callable[[], datetime]) -> date:
    return now().date()


def _put_person(view: CardView, name: str, found: Sequence[intake.PersonBrief]) -> None:
    for person in found:
        view.form.set_person(name, person.id, person.label)
