"""The screen for the families: who is called, and when the centre is open; nothing else, and no way to anything."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from famdesk.i18n import _, formats
from famdesk.ui.kit import theme
from famdesk.ui.kit.runner import Changes, Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Card, Label
from famdesk.usecases.directory.directory_rows import PointRow
from famdesk.usecases.intake import waiting
from famdesk.usecases.intake.waiting import PublicBoard as Board
from famdesk.usecases.intake.waiting import PublicCall

EVERY_MS: Final = 20_000
MOST: Final = 4
_SCALES: Final = (7.0, 3.6, 2.8, 2.2)
"""The size of the newest call and of those before it, in sizes of the text."""


class PublicBoard(QWidget):
    """A window of its own, without a frame, in large type.

    Signals:
        closed(): a key or a click ended it; whoever opened it asks for the password where it stood before the work.
    """

    closed = Signal()

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("public", True)  # names nobody: it stays when everything else is hidden
        self.setWindowTitle(_("Opening hours"))
        self.setAccessibleName(_("Screen for the families"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._runner = runner
        self._seen: frozenset[tuple[str, datetime]] = frozenset()
        self._over = False
        self.centre = _big("", 1.6)
        self.sentence = _big("", 1.8)
        self.calls = tuple(_big("", scale) for scale in _SCALES)
        self._hours = QGridLayout()
        self._lay_out()
        timer = QTimer(self)
        timer.setInterval(EVERY_MS)
        timer.timeout.connect(self.look)
        timer.start()
        runner.changed.connect(self._on_changed)
        self.look()

    @Slot()
    def look(self) -> None:
        """Read who is called."""
        self._runner.fetch(waiting.public, then=self.show_board, failed=self._lost, owner=self, latest="public")

    def show_board(self, board: Board) -> None:
        """Show the calls, the newest in the largest type, and the hours."""
        self.centre.setText(board.centre)
        fresh = frozenset((call.ticket, call.called_at) for call in board.calls)
        shown = board.calls[:MOST]
        for label, call in zip(self.calls, [*shown, *[None] * (MOST - len(shown))], strict=True):
            label.setText(_words(call) if call else "")
            label.setVisible(call is not None)
        self.sentence.setText(_("It is your turn:") if shown else _("Please take a seat. You will be called."))
        if shown and fresh - self._seen:
            QApplication.beep()
            announce(self, _words(shown[0]), urgent=True)
        self._seen = fresh
        self._show_hours(board.points)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._end()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self._tell()

    def _end(self) -> None:
        self._tell()
        self.close()

    def _tell(self) -> None:
        if not self._over:
            self._over = True
            self.closed.emit()

    def _lost(self, _error: Exception) -> None:
        """The desk is locked or gone: nobody is named any more, the hours stay."""
        for label in self.calls:
            label.setText("")
            label.hide()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if any(
            table in {"visit", "opening_rule", "closure", "extra_opening", "access_point"} for table, _id in changes
        ):
            self.look()

    def _show_hours(self, points: Sequence[PointRow]) -> None:
        while (item := self._hours.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, point in enumerate(points):
            self._hours.addWidget(_big(point.name, 1.25, bold=True), row, 0, Qt.AlignmentFlag.AlignTop)
            self._hours.addWidget(_big(_when(point), 1.25, bold=False), row, 1, Qt.AlignmentFlag.AlignTop)

    def _lay_out(self) -> None:
        page = QVBoxLayout(self)
        side = theme.unit(12)
        page.setContentsMargins(side, theme.unit(8), side, theme.unit(8))
        page.setSpacing(theme.unit(4))
        page.addWidget(self.centre)
        page.addStretch(2)
        page.addWidget(self.sentence)
        for label in self.calls:
            page.addWidget(label)
        page.addStretch(3)
        card = Card(_("Opening hours"), "clock")
        self._hours.setHorizontalSpacing(theme.unit(8))
        self._hours.setVerticalSpacing(theme.unit(2))
        for column in (0, 1):
            self._hours.setColumnStretch(column, 1)
        card.body.addLayout(self._hours)
        page.addWidget(card)
        page.addWidget(Label(_("Any key or a click ends this screen."), "second"), 0, Qt.AlignmentFlag.AlignRight)


def _big(text: str, scale: float, *, bold: bool | None = None) -> QLabel:
    label = Label(text, wrap=True)
    label.setFont(theme.font(scale, bold=scale > 2 if bold is None else bold))
    label.setStyleSheet(f"font-size: {theme.font(scale).pointSizeF():.1f}pt")
    if bold is None:
        label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return label


def _words(call: PublicCall) -> str:
    return " · ".join(part for part in (call.ticket, call.name) if part)


def _when(point: PointRow) -> str:
    if point.unknown:
        return _("on contact")
    if point.open_until is not None:
        return _("open until {time}").format(time=formats.time_text(point.open_until.time()))
    if point.next_opening is not None:
        return _("opens {moment}").format(moment=formats.moment(point.next_opening))
    return _("closed")


def open_board(runner: Runner, desk: QWidget) -> PublicBoard:
    """Show the screen: on a second monitor, or over the only one; then the desk's window is hidden meanwhile."""
    board = PublicBoard(runner)
    others = [screen for screen in QGuiApplication.screens() if screen is not desk.screen()]
    if others:
        board.setGeometry(others[0].geometry())
    else:
        board.setGeometry(desk.screen().geometry())
        desk.hide()
    board.showFullScreen()
    return board
