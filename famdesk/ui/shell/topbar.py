"""The bar at the top: where one is, the command box, new things, lock, and oneself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, ToolButton, pressed_by_enter
from famdesk.ui.kit.fitting import Fitting
from famdesk.ui.kit.widgets import Label
from famdesk.ui.shell.command_box import CommandBox
from famdesk.ui.shell.own_menu import OwnMenu


class TopBar(Fitting):
    """Centre and access point, command box, "New", lock, menu of the person.

    Attributes:
        box: the command box.
        new_menu: what can be begun; filled by the shell.
        own_menu: the menu behind the initials; filled by the shell.

    Signals:
        access_point_chosen(str): the id of the access point where the person works.
        lock_requested(): the lock button.
    """

    access_point_chosen = Signal(str)
    lock_requested = Signal()

    def __init__(
        self, centre: str, user_name: str, initials: str, box: CommandBox, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        theme.set_kind(self, "topbar")
        self.box = box
        self._centre = Label(centre, "strong")
        self._point = ActionButton("", "map-pin", kind="flat", chevron=True)
        self._point.hide()
        self._points = QMenu(self)
        self._group = QActionGroup(self)
        self.new_menu = QMenu(self)
        self.own_menu = OwnMenu(self)
        self._new = ActionButton(_("New"), "plus")
        self._lock = ToolButton(_("Lock"), "lock", shortcut="Ctrl+L")
        self._own = _Avatar(initials, user_name)
        self._point.setMenu(self._points)
        self._new.setMenu(self.new_menu)
        self._own.setMenu(self.own_menu)
        self._lock.clicked.connect(self.lock_requested)
        self._group.triggered.connect(self._on_point)
        self._lay_out()

    def set_access_points(self, points: Sequence[tuple[str, str]], current: str) -> None:
        """Offer the access points (id, name); `current` is the id of the one worked at."""
        self._points.clear()
        for point_id, name in points:
            action = QAction(name, self._group)
            action.setCheckable(True)
            action.setData(point_id)
            action.setChecked(point_id == current)
            self._points.addAction(action)
            if point_id == current:
                self._show_point(name)
        self._point.setVisible(bool(points))

    def offer_new(self, offered: bool) -> None:
        """Whether there is anything that can be begun: else there is no button for it."""
        self._new.setVisible(offered)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.unit(4), theme.unit(2), theme.unit(4), theme.unit(2))
        row.setSpacing(theme.unit(2))
        row.addWidget(self._centre)
        row.addWidget(self._point)
        row.addStretch(1)
        row.addWidget(self.box, 6)
        row.addStretch(2)
        for widget in (self._new, self._lock, self._own):
            row.addWidget(widget)
            row.addSpacing(theme.unit(1))
        self.box.setMaximumWidth(theme.unit(110))
        self.box.setMinimumWidth(theme.unit(32))

    def fit(self) -> None:
        others = (self._point, self._new, self._lock, self._own)
        room = self.width() - self.box.minimumWidth() - theme.unit(28)
        wanted = self._centre.sizeHint().width() + sum(one.sizeHint().width() for one in others if not one.isHidden())
        self._centre.setVisible(wanted <= room)

    def _show_point(self, name: str) -> None:
        self._point.setText(name)
        self._point.setAccessibleName(_("Access point: {name}").format(name=name))

    @Slot(QAction)
    def _on_point(self, action: QAction) -> None:
        self._show_point(action.text())
        self.access_point_chosen.emit(action.data())


class _Avatar(QPushButton):
    """The initials of who is signed in, in a circle."""

    def __init__(self, initials: str, user_name: str) -> None:
        super().__init__(initials)
        theme.set_kind(self, "avatar")
        self.setAccessibleName(_("Signed in: {name}").format(name=user_name))
        self.setToolTip(user_name)
        self.setFixedSize(self.sizeHint())
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        side = theme.unit(8)
        return QSize(side, side)
