"""Heads without names: adults, children and who is new, counted at the door with one key each."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from famdesk.i18n import _, formats
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import NumberField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Label
from famdesk.ui.programmes.enrol_dialog import meeting_text
from famdesk.usecases.enrolling import attendance
from famdesk.usecases.programmes.programmes_rows import InitiativeDetail, MeetingRow

SAVE_AFTER_MS: Final = 300
_MOST: Final = 100_000
_LARGE: Final = 4.0
_WORDS: Final = 1.5
"""Sizes of the number and of the words, in sizes of the text: they are read at arm's length, standing."""
_MORE: Final = (Qt.Key.Key_Plus, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Up)
_LESS: Final = (Qt.Key.Key_Minus, Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Down)
_NAMES: Final = ("adults", "children", "newcomers")


class Tile(QWidget):
    """A large number that a key or a click makes larger; the left third of it is the minus.

    Signals:
        counted(int): one more or one less.
    """

    counted = Signal(int)

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._number = text, 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_number(0)

    def number(self) -> int:
        """What is shown."""
        return self._number

    def set_number(self, number: int) -> None:
        """Show a number."""
        self._number = number
        self.setAccessibleName(_("{what}: {n}").format(what=self._text, n=number))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.unit(45), theme.unit(40))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.unit(24), theme.unit(26))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _MORE:
            self.counted.emit(1)
        elif event.key() in _LESS:
            self.counted.emit(-1)
        elif event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.counted.emit(-1 if event.position().x() < self.width() / 3 else 1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours = QPainter(self), theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        painter.setPen(
            QPen(QColor(colours.primary if self.hasFocus() else colours.hairline), 3 if self.hasFocus() else 1)
        )
        painter.setBrush(QColor(colours.card))
        painter.drawRoundedRect(box, 8, 8)
        painter.setPen(QColor(colours.text))
        large = theme.font(_LARGE)
        large.setBold(True)
        painter.setFont(large)
        painter.drawText(box.adjusted(0, 0, 0, -theme.unit(8)), int(Qt.AlignmentFlag.AlignCenter),
                         formats.number(self._number))  # fmt: skip
        painter.setFont(theme.font(_WORDS))
        painter.setPen(QColor(colours.second))
        low = box.adjusted(theme.unit(3), 0, -theme.unit(3), -theme.unit(3))
        painter.drawText(low, int(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignHCenter), self._text)
        painter.drawText(low, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), "−")
        painter.drawText(low, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), "+")


class HeadsPanel(QWidget):
    """The counter of one meeting. What was counted is shown at once and saved a moment later, several at a time.

    Attributes:
        tiles: adults, children, new people.
    """

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._detail: InitiativeDetail | None = None
        self._typed = [0, 0, 0]
        self._which = ChoiceField([], allow_none=False)
        self._which.setAccessibleName(_("Meeting"))
        self._all = Label("", "second")
        # Translators: people at an open evening who are there for the first time
        self.tiles = (Tile(_("Adults")), Tile(_("Children")), Tile(_("New people")))
        self._type = ActionButton(_("Type the numbers"))
        self._saving = QTimer(self)
        self._saving.setSingleShot(True)
        self._saving.setInterval(SAVE_AFTER_MS)
        top, row, layout = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for one in (self._which, self._all, self._type):
            top.addWidget(one)
        for number, tile in enumerate(self.tiles):
            row.addWidget(tile)
            tile.counted.connect(partial(self.count, number))
        layout.addLayout(top)
        layout.addLayout(row, 1)
        self._saving.timeout.connect(self.save_now)
        self._which.edited.connect(self._on_chosen)
        self._type.clicked.connect(self.type_numbers)

    def show_detail(self, detail: InitiativeDetail) -> None:
        """Show the counter of the meeting of today, or of the last one before."""
        before = self.meeting()
        same = self._detail is not None and self._detail.row.id == detail.row.id
        self._detail = detail
        held = [row for row in detail.meetings if row.state != "cancelled"]
        self._which.set_choices([Choice(row.id, meeting_text(row)) for row in held])
        begun = [row for row in held if row.day is not None and row.day <= detail.today] or held
        wanted = before.id if same and before is not None else begun[-1].id if begun else None
        self._which.set_value(wanted)
        self.setEnabled(detail.may_enrol and bool(held))
        self._show()

    def meeting(self) -> MeetingRow | None:
        """The meeting that is counted."""
        rows = self._detail.meetings if self._detail else ()
        return next((row for row in rows if row.id == self._which.value()), None)

    def count(self, which: int, step: int) -> None:
        """One more or one less; never below nobody, and no more new people than people."""
        numbers = [tile.number() for tile in self.tiles]
        numbers[which] += step
        if self.meeting() is None or numbers[which] < 0 or numbers[2] > numbers[0] + numbers[1]:
            return
        self._typed[which] += step
        self._show()
        announce(self.tiles[which], self.tiles[which].accessibleName())
        self._saving.start()

    @Slot()
    def save_now(self) -> None:
        """Save what was counted."""
        self._saving.stop()
        row, typed = self.meeting(), tuple(self._typed)
        if row is None or not any(typed):
            return
        self._runner.run(attendance.count_heads, row.id, *typed, then=partial(self._saved, typed), owner=self)

    @Slot()
    def type_numbers(self) -> None:
        """Numbers that were counted on paper, also long after."""
        self.save_now()
        row = self.meeting()
        if row is not None:
            HeadsDialog(self.window(), self._runner, row).open()

    def hideEvent(self, event: QHideEvent) -> None:
        self.save_now()
        super().hideEvent(event)

    def _saved(self, typed: tuple[int, ...], told: tuple[int, ...]) -> None:
        self._typed = [now - one for now, one in zip(self._typed, typed, strict=True)]
        for tile, number, more in zip(self.tiles, told, self._typed, strict=True):
            tile.set_number(number + more)

    @Slot()
    def _on_chosen(self) -> None:
        self._typed = [0, 0, 0]
        self._show()

    def _show(self) -> None:
        row = self.meeting()
        for name, tile, typed in zip(_NAMES, self.tiles, self._typed, strict=True):
            tile.set_number(((getattr(row, name) or 0) if row else 0) + typed)
        everybody = self.tiles[0].number() + self.tiles[1].number()
        self._all.setText(_("People: {n}").format(n=formats.number(everybody)))


class HeadsDialog(Dialog):
    """Numbers that were counted otherwise; empty: not counted."""

    def __init__(self, parent: QWidget, runner: Runner, row: MeetingRow) -> None:
        super().__init__(parent, _("Heads at meeting {number}").format(number=row.number), _("Save"))
        self._runner, self._row = runner, row
        self.fields = Form()
        self.form = self.fields
        for name, text in zip(_NAMES, (_("Adults"), _("Children"), _("Of these new")), strict=True):
            self.fields.add(name, text, NumberField(0, _MOST))
        self.fields.set_values({name: getattr(row, name) for name in _NAMES})
        self.body.addWidget(self.fields)

    def save(self) -> None:
        """Notes the numbers."""
        numbers = [self.fields.value(name) for name in _NAMES]
        self._runner.run(attendance.set_heads, self._row.id, self._row.version, *numbers, then=self.finish,
                         failed=self.present)  # fmt: skip
