"""What stands beside the title of the calendar: back, today, on; the view and its columns; a day to go to; filters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from famdesk.i18n import N_, _, pgettext
from famdesk.ui.calendar.go_to import GO_TO_KEYS, GoTo
from famdesk.ui.calendar.place import DAY, LIST, MODES, MONTH, WEEK, WEEKS, WORK, Place
from famdesk.ui.kit.buttons import ActionButton, ToolButton, make_action, native, shortcut_text
from famdesk.ui.kit.page import PageHeader

MINI_KEYS = "Ctrl+M"
MODE_KEYS = tuple(f"Ctrl+{number}" for number in range(1, len(MODES) + 1))
COLUMN_KEYS = ("", "Ctrl+7", "Ctrl+8", "Ctrl+9")
"""Once more puts all together again."""
_STEPS = {
    DAY: (N_("Previous day"), N_("Next day")),
    MONTH: (N_("Previous month"), N_("Next month")),
    LIST: (N_("Four weeks back"), N_("Four weeks on")),
}
_WEEK_STEPS = (N_("Previous week"), N_("Next week"))


class Controls(QObject):
    """Makes the controls and puts them into the header.

    Signals:
        wanted(object): the person wants to see another `Place`.
        mini_wanted(bool): the small month is wanted, or not any more.
        left(): the keyboard is wanted in the calendar again.
    """

    wanted = Signal(object)
    mini_wanted = Signal(bool)
    left = Signal()

    def __init__(self, page: QWidget, header: PageHeader, filter_button: QWidget) -> None:
        super().__init__(page)
        self._place = Place()
        self._mini_shown = False
        self._shown = self._now = date.today()
        self._back, self._on = ToolButton("", "chevron-left"), ToolButton("", "chevron-right")
        self._today = ActionButton(_("Today"))
        self.go_to = GoTo(self.today)
        self.modes = ActionButton("", chevron=True)
        self._menu = QMenu(self.modes)
        self._menu.setAccessibleName(_("View"))
        self._modes = _choices(self._menu, _mode_texts(), MODE_KEYS)
        self._menu.addSeparator()
        self._columns = _choices(self._menu, _column_texts(), COLUMN_KEYS)
        self._menu.addSeparator()
        mini = _("Small month")
        self._mini = self._menu.addAction(f"{mini}\t{native(MINI_KEYS)}")
        self._mini.setCheckable(True)
        self.modes.setMenu(self._menu)
        beside: tuple[QWidget, ...] = (self._back, self._today, self._on)
        for widget in beside:
            header.add_beside(widget)
        for widget in (self.go_to, self.modes, filter_button):
            header.add_widget(widget)
        self._connect()
        self._add_commands(page)

    def show_place(self, place: Place) -> None:
        """Follow the place that is shown."""
        self._place = place
        for group, chosen in ((self._modes, place.mode), (self._columns, place.columns)):
            for action in group.actions():
                action.setChecked(action.data() == chosen)
        for action in self._columns.actions():
            action.setVisible(place.parted)
        texts = dict(_mode_texts())
        words = texts[place.mode]
        shown = words if place.by == "days" else dict(_column_texts())[place.by]
        if shown != words:
            # Translators: {view} is "Day" or "Week", {columns} "By colleague" or "By room"
            words = _("{view} · {columns}").format(view=words, columns=shown)
        self.modes.setText(shown)
        self.modes.setAccessibleName(_("View: {name}").format(name=words))
        self.modes.setToolTip(words if shown != words else "")
        self.modes.updateGeometry()
        self.go_to.fit()
        back, on = _STEPS.get(place.mode, _WEEK_STEPS)
        self._name(self._back, _(back))
        self._name(self._on, _(on))

    def show_mini(self, shown: bool) -> None:
        """Whether the small month is seen now."""
        self._mini_shown = shown
        self._mini.setChecked(shown)

    def add_to_menu(self, commands: Sequence[QAction]) -> None:
        """What else is done with the calendar as a whole, for those who look for it with the mouse."""
        self._menu.addSeparator()
        for command in commands:
            entry = self._menu.addAction(f"{command.text()}\t{shortcut_text(command)}")
            entry.triggered.connect(command.trigger)

    def set_shown(self, day: date, today: date) -> None:
        """The day that is shown now, from which back and on count, and today at the centre."""
        self._shown, self._now = day, today

    def today(self) -> date:
        """Today at the centre."""
        return self._now

    @Slot(int)
    def step(self, count: int) -> None:
        """Back (-1) or on (1), to today (0)."""
        day = self._place.stepped(count, self._shown) if count else None
        self.wanted.emit(replace(self._place, day=day))

    @Slot(object)
    def show_day(self, day: date) -> None:
        """That day alone."""
        self.wanted.emit(replace(self._place, mode=DAY, day=day))

    @Slot(object)
    def go(self, day: date) -> None:
        """Around that day."""
        self.wanted.emit(replace(self._place, day=day))

    @Slot(str)
    def show_mode(self, mode: str) -> None:
        """Another view, around the day that is shown."""
        self.wanted.emit(replace(self._place, mode=mode))

    def _name(self, button: ToolButton, text: str) -> None:
        button.setAccessibleName(text)
        button.setToolTip(text)

    def _connect(self) -> None:
        self._back.clicked.connect(self._on_back)
        self._today.clicked.connect(self._on_today)
        self._on.clicked.connect(self._on_on)
        for action in self._modes.actions():
            action.triggered.connect(self._on_command)
        self._columns.triggered.connect(self._on_columns)
        self._mini.triggered.connect(self._on_mini)
        self.go_to.day_wanted.connect(self.go)
        self.go_to.left.connect(self.left)

    def _add_commands(self, page: QWidget) -> None:
        """The same from the keyboard and from the command box."""
        commands: tuple[tuple[str, Callable[[], object], str], ...] = (
            (_("Calendar: back"), self._on_back, "Alt+PgUp"),
            (_("Calendar: on"), self._on_on, "Alt+PgDown"),
            (_("Calendar: today"), self._on_today, "Alt+Home"),
            (_("Calendar: go to date"), self.go_to.begin, GO_TO_KEYS),
            (_("Calendar: small month"), self._on_mini, MINI_KEYS),
        )
        for text, slot, shortcut in commands:
            make_action(page, text, slot, icon="calendar", shortcut=shortcut)
        for texts, keys, do in ((_mode_texts(), MODE_KEYS, self._on_command),
                                (_column_texts(), COLUMN_KEYS, self._on_column_command)):  # fmt: skip
            for (key, name), shortcut in zip(texts, keys, strict=True):
                words = _("Calendar: {view}").format(view=name)
                make_action(page, words, do, icon="calendar", shortcut=shortcut).setData(key)

    @Slot()
    def _on_command(self) -> None:
        action = self.sender()
        assert isinstance(action, QAction)
        self.show_mode(action.data())

    @Slot()
    def _on_column_command(self) -> None:
        """Other columns, or with the same key none; where a view has none, the day that is shown is parted."""
        action = self.sender()
        assert isinstance(action, QAction)
        place = self._place if self._place.parted else replace(self._place, mode=DAY, day=self._shown)
        again = self._place.by == action.data()
        self.wanted.emit(replace(place, columns="days" if again else action.data()))

    @Slot()
    def _on_back(self) -> None:
        self.step(-1)

    @Slot()
    def _on_today(self) -> None:
        self.step(0)

    @Slot()
    def _on_on(self) -> None:
        self.step(1)

    @Slot(QAction)
    def _on_columns(self, action: QAction) -> None:
        self.wanted.emit(replace(self._place, columns=action.data()))

    @Slot()
    def _on_mini(self) -> None:
        self.mini_wanted.emit(not self._mini_shown)


def _mode_texts() -> tuple[tuple[str, str], ...]:
    texts = {
        DAY: pgettext("calendar view", "Day"),
        WORK: pgettext("calendar view", "Working days"),
        WEEK: pgettext("calendar view", "Week"),
        MONTH: pgettext("calendar view", "Month"),
        WEEKS: pgettext("calendar view", "Five weeks"),
        LIST: pgettext("calendar view", "List"),
    }
    return tuple((mode, texts[mode]) for mode in MODES)


def _column_texts() -> tuple[tuple[str, str], ...]:
    # Translators: what the columns of the day view, or the rows of a week, are
    return (("days", _("All together")), ("staff", _("By colleague")), ("rooms", _("By room")),
            ("points", _("By access point")))  # fmt: skip


def _choices(menu: QMenu, texts: tuple[tuple[str, str], ...], keys: Sequence[str]) -> QActionGroup:
    """Choices of which one is ticked, with their shortcuts."""
    group = QActionGroup(menu)
    for (key, text), shortcut in zip(texts, keys, strict=True):
        action = QAction(f"{text}\t{native(shortcut)}" if shortcut else text, menu)
        action.setCheckable(True)
        action.setData(key)
        group.addAction(action)
        menu.addAction(action)
    return group
