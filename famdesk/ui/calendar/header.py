"""What stands beside the title of the calendar: back, today, on; day, week or list; columns and filters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from famdesk.i18n import _
from famdesk.ui.calendar.place import DAY, LIST, WEEK, Place
from famdesk.ui.kit.buttons import ActionButton, ToolButton, make_action
from famdesk.ui.kit.page import PageHeader
from famdesk.ui.kit.widgets import Segmented


class Controls(QObject):
    """Makes the controls and puts them into the header.

    Signals:
        wanted(object): the person wants to see another `Place`.
    """

    wanted = Signal(object)

    def __init__(self, page: QWidget, header: PageHeader, filter_button: QWidget) -> None:
        super().__init__(page)
        self._place = Place()
        self._shown = date.today()
        self._back, self._on = ToolButton("", "chevron-left"), ToolButton("", "chevron-right")
        self._today = ActionButton(_("Today"))
        self.modes = Segmented([(DAY, _("Day")), (WEEK, _("Week")), (LIST, _("List"))], _("View"))
        self.columns = ToolButton(_("Columns"), "columns-3")
        self.columns.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self.columns)
        self._menu.setAccessibleName(_("Columns"))
        self._choices = _columns_menu(self._menu)
        self.columns.setMenu(self._menu)
        beside: tuple[QWidget, ...] = (self._back, self._today, self._on)
        for widget in beside:
            header.add_beside(widget)
        for widget in (self.modes, self.columns, filter_button):
            header.add_widget(widget)
        self._back.clicked.connect(self._on_back)
        self._today.clicked.connect(self._on_today)
        self._on.clicked.connect(self._on_on)
        self.modes.chosen.connect(self.show_mode)
        self._choices.triggered.connect(self._on_columns)
        self._add_commands(page)

    def show_place(self, place: Place) -> None:
        """Follow the place that is shown."""
        self._place = place
        self.modes.set_current(place.mode)
        self.columns.setVisible(place.mode == DAY)
        for action in self._choices.actions():
            action.setChecked(action.data() == place.columns)
        day = place.mode == DAY
        self._name(self._back, _("Previous day") if day else _("Previous week"))
        self._name(self._on, _("Next day") if day else _("Next week"))

    def _name(self, button: ToolButton, text: str) -> None:
        button.setAccessibleName(text)
        button.setToolTip(text)

    def _add_commands(self, page: QWidget) -> None:
        """The same from the keyboard and from the command box."""
        commands: tuple[tuple[str, Callable[[], object], str], ...] = (
            (_("Calendar: back"), self._on_back, "Alt+PgUp"),
            (_("Calendar: on"), self._on_on, "Alt+PgDown"),
            (_("Calendar: today"), self._on_today, "Alt+Home"),
            (_("Calendar: day"), self._on_day, ""),
            (_("Calendar: week"), self._on_week, ""),
            (_("Calendar: list"), self._on_list, ""),
        )
        for text, slot, shortcut in commands:
            make_action(page, text, slot, icon="calendar", shortcut=shortcut)

    def set_shown(self, day: date) -> None:
        """The first day that is shown now: what back and on count from."""
        self._shown = day

    @Slot(int)
    def step(self, periods: int) -> None:
        """Back (-1) or on (1), to today (0)."""
        day = self._place.stepped(periods, self._shown) if periods else None
        self.wanted.emit(replace(self._place, day=day))

    @Slot(object)
    def show_day(self, day: date) -> None:
        """That day alone."""
        self.wanted.emit(replace(self._place, mode=DAY, day=day))

    @Slot(str)
    def show_mode(self, mode: str) -> None:
        """Day, week or list, around the day that is shown."""
        self.wanted.emit(replace(self._place, mode=mode))

    @Slot()
    def _on_back(self) -> None:
        self.step(-1)

    @Slot()
    def _on_today(self) -> None:
        self.step(0)

    @Slot()
    def _on_on(self) -> None:
        self.step(1)

    @Slot()
    def _on_day(self) -> None:
        self.show_mode(DAY)

    @Slot()
    def _on_week(self) -> None:
        self.show_mode(WEEK)

    @Slot()
    def _on_list(self) -> None:
        self.show_mode(LIST)

    @Slot(QAction)
    def _on_columns(self, action: QAction) -> None:
        self.wanted.emit(replace(self._place, columns=action.data()))


def _columns_menu(menu: QMenu) -> QActionGroup:
    group = QActionGroup(menu)
    # Translators: what the columns of the day view are
    for key, text in (("days", _("One column")), ("staff", _("By colleague")), ("rooms", _("By room")),
                      ("points", _("By access point"))):  # fmt: skip
        action = QAction(text, menu)
        action.setCheckable(True)
        action.setData(key)
        group.addAction(action)
        menu.addAction(action)
    return group
