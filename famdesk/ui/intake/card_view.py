"""The access card on the screen: the form, and beside it what is missing and who the person is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from famdesk.i18n import _, formats
from famdesk.ui.intake.advice import Advice
from famdesk.ui.intake.card_form import CardForm
from famdesk.ui.intake.card_side import CardSide
from famdesk.ui.intake.card_work import CardWork
from famdesk.ui.intake.finder import Finder
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, ToolButton, make_action
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.messages import Message
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card, ElidedLabel, Label
from famdesk.usecases.directory import directory
from famdesk.usecases.directory.directory_rows import BodyRow
from famdesk.usecases.intake import intake
from famdesk.usecases.programmes import programmes
from famdesk.usecases.programmes.programmes_rows import InitiativeRow

NARROW: Final = 175
"""In units of 4 px."""


class CardView(QWidget):
    """One access card, new or saved.

    Attributes:
        work: the card that is open.
        advice: what it lacks, and what can be done beside it.

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
        self._finder = Finder(runner, self, with_hours=True)
        self.form = CardForm(self._finder.persons, self._finder.answers, partial(_day_of, now))
        self.side = CardSide(runner, now)
        self.work = CardWork(runner, self.form.values, now(), self)
        self.advice = Advice(runner, self.form, self.side, self._finder, self)
        self._subtitle = ElidedLabel("", "second")
        self._save = make_action(self, _("Save"), self.try_save, icon="save", shortcut="Ctrl+Return")
        self._save_too = make_action(self, _("Save"), self.try_save, shortcut="Ctrl+Enter")
        self._back = make_action(self, _("Back to the accesses"), self.leave, icon="arrow-left", shortcut="Esc")
        self._book = make_action(self, _("Book an appointment"), self.book, icon="calendar-plus", shortcut="Ctrl+B")
        self._assemble()
        self.open_new(None)

    def open_new(self, point_id: str | None) -> None:
        """An empty card of this moment."""
        self.work.new(self._now().replace(second=0, microsecond=0), point_id)

    def open_for(self, person: intake.PersonBrief, point_id: str | None) -> None:
        """A new card about somebody whose file was open."""
        self.open_new(point_id)
        self.form.set_values({"person_id": person.id}, {person.id: person.label})
        self.work.touch()
        self.advice.look(None)

    @Slot(object)
    def set_points(self, points: Sequence[tuple[str, str]]) -> None:
        """The access points to choose from, as (id, name)."""
        untouched = not self.work.dirty()
        self.form.offer("access_point_id", points)
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
        self.closed.emit()

    @Slot()
    def book(self) -> None:
        """Take an appointment for this card, which is saved first."""
        self._book_after = True
        self.try_save()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        offer = partial(_offer, self.form)
        self._runner.fetch(directory.bodies, then=partial(offer, "sent_by_body_id"), owner=self, latest="bodies")
        self._runner.fetch(programmes.initiatives, then=partial(offer, "interests"), owner=self, latest="initiatives")
        self.begin()

    def hideEvent(self, event: QHideEvent) -> None:
        """Whatever takes the card's place, what is not saved is kept."""
        self.work.keep()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, what is missing stands under the form and not beside it."""
        super().resizeEvent(event)
        beside = event.size().width() >= theme.unit(NARROW)
        directions = QBoxLayout.Direction
        self._columns.setDirection(directions.LeftToRight if beside else directions.TopToBottom)

    def begin(self) -> None:
        """The cursor goes to where writing begins."""
        self.form.begin(new=self.work.card.card_id is None)

    @Slot(object, object)
    def _on_started(self, values: dict[str, Any], labels: dict[str, str]) -> None:
        self._book_after = False
        self.form.clear_errors()
        self.form.set_values(values, labels)
        self.form.verticalScrollBar().setValue(0)
        self.advice.look(self.work.card.card_id, again=True)
        self._describe()
        if self.isVisible():
            self.begin()

    @Slot(object, object)
    def _on_merged(self, values: dict[str, Any], labels: dict[str, str]) -> None:
        self.form.set_values(values, labels)
        self.advice.look(self.work.card.card_id)

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
        self.advice.look(self.work.card.card_id)

    @Slot()
    def _describe(self) -> None:
        card = self.work.card
        moment = formats.moment(card.initial["at"])
        author = card.operator or _("not saved yet")
        self._subtitle.setText(f"{moment} · {author}")

    def _assemble(self) -> None:
        back = ToolButton(self._back.text(), "arrow-left", shortcut="Esc", flat=True)
        back.clicked.connect(self.leave)
        top = QHBoxLayout()
        top.setSpacing(theme.unit(2))
        for widget, stretch in ((back, 0), (Label(_("Access card"), "title"), 0), (self._subtitle, 1)):
            top.addWidget(widget, stretch, Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(ActionButton.of(self._save, primary=True, hint=True))
        paper = Card()
        paper.setAccessibleName(_("Access card"))
        paper.body.addWidget(self.form)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(theme.unit(3.5))
        self._columns.addWidget(paper, 5)
        self._columns.addWidget(self.side, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.unit(4), 0, 0)
        column.setSpacing(theme.unit(3))
        column.addLayout(top)
        column.addLayout(self._columns, 1)
        work, form, side = self.work, self.form, self.side
        work.started.connect(self._on_started)
        work.merged.connect(self._on_merged)
        work.described.connect(self._describe)
        work.saved.connect(self._on_saved)
        work.gone.connect(self._on_gone)
        work.absent.connect(self._on_absent)
        work.refused.connect(self._on_refused)
        form.edited.connect(self._on_edited)
        form.unplaced.connect(self.failed)
        side.file_wanted.connect(self.person_opened)
        side.earlier_wanted.connect(work.load)
        side.booking_wanted.connect(self.book)


def _day_of(now: Callable[[], datetime]) -> date:
    return now().date()


def _offer(form: CardForm, name: str, rows: Sequence[BodyRow | InitiativeRow]) -> None:
    """Bodies, or initiatives that are not over."""
    form.offer(name, [(row.id, row.name) for row in rows if getattr(row, "state", "") != "closed"])
