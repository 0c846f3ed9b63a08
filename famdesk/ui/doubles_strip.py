"""The warning of doubles over a form of a person: who may be meant and why, "it is this one", "it is somebody else"."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from famdesk.domain.staff import rights
from famdesk.i18n import _, ngettext
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import IconLabel, Label
from famdesk.usecases.people import doubles, merging
from famdesk.usecases.people.person_rows import Double

_MOST_SHOWN = 3


class DoublesStrip(QWidget):
    """Who may be the person that is typed. Hidden as long as there is nobody.

    Attributes:
        list: who may be meant; Enter says "it is this one", Delete "it is somebody else".
        not_same: the ids of those who were said to be somebody else, for `people.add_person`.

    Signals:
        chosen(str): it is this one.
        settled(): an answer was asked for before saving, and nobody who is named is left without one.
        filled(): there is more or less to see, and the dialog may need more room.
        merge_wanted(str): the file that is changed and this one are to be merged.
    """

    chosen = Signal(str)
    settled = Signal()
    filled = Signal()
    merge_wanted = Signal(str)

    def __init__(self, runner: Runner, person_id: str | None = None, parent: QWidget | None = None) -> None:
        """`person_id` is the file that is being changed; None while a new person is typed."""
        super().__init__(parent)
        self._runner, self._person_id = runner, person_id
        self._found: tuple[Double, ...] = ()
        self._typed: dict[str, Any] = {}
        self.not_same: list[str] = []
        self._notice = Label("", "strong", wrap=True)
        self._demand = Label(_("Say first whether it is this person or somebody else."), "problem", wrap=True)
        self._demand.hide()
        self.list = LineList(_("Perhaps already here"), grow=True)
        self.this_one = ActionButton(_("It is this one"))
        self.another = ActionButton(_("It is somebody else"))
        self.merge = ActionButton(_("Compare and merge…"))
        may = person_id is not None and bool(rights.cell(merging.merge.name, runner.role))
        self.merge.setVisible(may)
        self._lay_out()
        self.list.activated_id.connect(self.chosen)
        self.this_one.clicked.connect(self._on_this_one)
        self.another.clicked.connect(self._on_another)
        self.merge.clicked.connect(self._on_merge)
        self.hide()

    def look(self, **typed: Any) -> None:
        """Ask for persons who may be the one typed; the names are those of `doubles.likely_doubles`."""
        self._typed = typed
        self._runner.fetch(
            doubles.likely_doubles, **typed, except_id=self._person_id, not_same=tuple(self.not_same),
            then=self.show_doubles, latest="doubles",
        )  # fmt: skip

    def show_doubles(self, found: tuple[Double, ...]) -> None:
        """Show who may be meant; nobody hides the warning."""
        self._found = tuple(one for one in found if one.id not in self.not_same)[:_MOST_SHOWN]
        count = len(self._found)
        text = ngettext("Perhaps this person is already here:", "Perhaps one of these {n} is the person:", count)
        self._notice.setText(text.format(n=count) if count else "")
        self.list.set_lines([_line(one) for one in self._found])
        if count and not self.list.current_id():
            self.list.step(1)
        if count and self.isHidden():
            first = self._found[0]
            announce(self, f"{self._notice.text()} {first.label}, {first.reason}")
        if not count and not self.isHidden():
            QTimer.singleShot(0, self, partial(self._give_back, self.height()))
        self.setVisible(bool(count))
        if not count and not self._demand.isHidden():
            self._demand.hide()
            self.settled.emit()
        QTimer.singleShot(0, self, self.filled.emit)

    def must_answer(self) -> bool:
        """Whether somebody is named and no answer was given yet; then it asks for one and takes the keyboard there."""
        if not self._found:
            return False
        self._demand.show()
        announce(self, self._demand.text(), urgent=True)
        self.this_one.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, self.filled.emit)
        return True

    def text(self) -> str:
        """What is said, for the whole of it."""
        return self._notice.text()

    def demand(self) -> str:
        """The sentence that asks for an answer; "" while none was asked for."""
        return "" if self._demand.isHidden() else self._demand.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.list.hasFocus():
            self._on_another()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.unit(2))
        top.addWidget(IconLabel("users", scale=5, meaning=Meaning.WARNING), 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self._notice, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.unit(2))
        for button in (self.this_one, self.another, self.merge):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.unit(1.5))
        column.addLayout(top)
        column.addWidget(self.list)
        column.addWidget(self._demand)
        column.addLayout(buttons)

    def _give_back(self, room: int) -> None:
        """Make the dialog smaller again by the room that the warning took, as far as its content allows."""
        window, layout = self.window(), self.window().layout()
        if layout is None:
            return
        layout.activate()
        least = layout.totalHeightForWidth(window.width())
        window.resize(window.width(), max(window.height() - room, min(window.height(), least)))

    @Slot()
    def _on_this_one(self) -> None:
        if self.list.current_id():
            self.chosen.emit(self.list.current_id())

    @Slot()
    def _on_merge(self) -> None:
        if self.list.current_id():
            self.merge_wanted.emit(self.list.current_id())

    @Slot()
    def _on_another(self) -> None:
        """Forget this one, for good if there is a file to keep it with."""
        other_id = self.list.current_id()
        if not other_id:
            return
        self.not_same.append(other_id)
        if self._person_id is not None:
            self._runner.run(doubles.tell_apart, self._person_id, other_id)
        self.show_doubles(self._found)
        if self._typed:
            self.look(**self._typed)


def _line(one: Double) -> Line:
    detail = "\n".join(part for part in (one.reason, one.detail) if part)
    return Line(one.id, one.label, detail=detail, icon="user-round")
