"""Where the next contact comes in: the access point that is open now, or the one that the person chose."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from famdesk.i18n import _
from famdesk.ui.kit.buttons import ActionButton


class PointButton(ActionButton):
    """Shows the access point and lets another one be chosen from a menu.

    Signals:
        chosen(): the person chose.
    """

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "map-pin", kind="flat", parent=parent)
        self._points: tuple[tuple[str, str], ...] = ()
        self._chosen = False
        self.point_id: str | None = None
        self.clicked.connect(self._on_clicked)
        self._show()

    def set_points(self, points: Sequence[tuple[str, str]], open_now: str | None) -> None:
        """The access points as (id, name), and the one that is open now; a choice of the person's stays."""
        self._points = tuple(points)
        if not self._chosen or self.point_id not in {*dict(points), None}:
            self._chosen, self.point_id = False, open_now
        self._show()

    @Slot()
    def _on_clicked(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for point_id, name in (*self._points, ("", _("Not at an access point"))):
            action = menu.addAction(name)
            action.setData(point_id)
            action.setCheckable(True)
            action.setChecked((point_id or None) == self.point_id)
            action.triggered.connect(self._on_chosen)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    @Slot()
    def _on_chosen(self) -> None:
        action = self.sender()
        assert isinstance(action, QAction)
        self._chosen, self.point_id = True, action.data() or None
        self._show()
        self.chosen.emit()

    def _show(self) -> None:
        name = dict(self._points).get(self.point_id or "", _("Not at an access point"))
        self.setText(name)
        self.setAccessibleName(_("Access point: {name}").format(name=name))
        self.setVisible(bool(self._points))
        self.updateGeometry()
