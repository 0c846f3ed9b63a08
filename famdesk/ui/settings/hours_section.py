"""Settings: the hours of all access points at a glance, closures, and the holidays of a year."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain.calendar.hours import ClosedDays
from famdesk.i18n import _, formats
from famdesk.ui.hours import words
from famdesk.ui.hours.dialogs import ClosureDialog
from famdesk.ui.kit.buttons import ToolButton
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card, Label
from famdesk.ui.settings.section import Section, button, reason_label
from famdesk.usecases.centre.centre import MeRow
from famdesk.usecases.directory import directory, hours
from famdesk.usecases.directory.directory_rows import ClosureRow, PointHours, PointRow

CHANGE = "hours.add_closure"


class HoursSection(Section):
    """What the poster is made of.

    Signals:
        point_opened(str): show the card of an access point, where its hours are changed.
    """

    point_opened = Signal(str)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._me: MeRow | None = None
        self._closures: tuple[ClosureRow, ...] = ()
        self._points: tuple[PointRow, ...] = ()
        self._year = runner.now().year
        self.points = LineList(_("Access points"), _("No access points yet."), grow=True)
        self.closures = LineList(_("Closures"), grow=True)
        self._none = Label(_("No closures are entered."), "second")
        self.holidays = LineList(_("Public holidays"), grow=True)
        self._add = button(_("Add closure"), "plus", self._on_add)
        self._remove = button(_("Remove"), "trash-2", self._on_remove)
        self._reason = reason_label(CHANGE)
        self._holiday_card = Card(_("Public holidays"), "calendar")
        self._build()
        self.points.activated_id.connect(self.point_opened)
        self.closures.activated_id.connect(self._on_change)
        self.closures.current_changed.connect(self._on_current)

    def read(self, me: MeRow) -> None:
        first = self._me is None
        self._me = me
        may = CHANGE in me.may
        self._add.setVisible(may)
        self._remove.setVisible(may)
        self._reason.setVisible(not may)
        self._year = me.today.year if first else self._year
        self.runner.fetch(directory.points, then=self._take_points)
        self.runner.fetch(directory.timetables, me.today, me.today, then=self._show_points, latest="hours")
        self.runner.fetch(directory.closures, then=self._show_closures, latest="closures")
        self._read_holidays()

    def _build(self) -> None:
        points = Card(_("Weekly hours"), "clock")
        points.body.addWidget(Label(_("Enter opens the access point, where its hours are changed."), "small"))
        points.add_wide(self.points)
        closures = Card(_("Closures"), "calendar-x")
        closures.tools.addWidget(self._remove)
        closures.tools.addWidget(self._add)
        closures.body.addWidget(self._reason)
        closures.body.addWidget(self._none)
        closures.add_wide(self.closures)
        before = ToolButton(_("Year before"), "chevron-left", flat=True)
        after = ToolButton(_("Year after"), "chevron-right", flat=True)
        before.clicked.connect(self._on_before)
        after.clicked.connect(self._on_after)
        self._holiday_card.tools.addWidget(before)
        self._holiday_card.tools.addWidget(after)
        self._holiday_card.add_wide(self.holidays)
        for card in (points, closures, self._holiday_card):
            self.body.addWidget(card)
        self.body.addStretch(1)

    def _take_points(self, rows: tuple[PointRow, ...]) -> None:
        self._points = rows

    def _show_points(self, rows: tuple[PointHours, ...]) -> None:
        assert self._me is not None
        known = {row.id: words.week_text(row.timetable, self._me.today) for row in rows}
        self.points.set_lines([_point_line(row, known.get(row.id, "")) for row in self._points])

    def _show_closures(self, rows: tuple[ClosureRow, ...]) -> None:
        assert self._me is not None
        today = self._me.today
        self._closures = rows
        coming = [words.closure_line(row) for row in rows if row.last_day >= today]
        past = [words.closure_line(row) for row in reversed(rows) if row.last_day < today]
        heading = [Line("past", _("Past"), header=True)] if past else []
        self.closures.set_lines([*coming, *heading, *past])
        self.closures.setVisible(bool(rows))
        self._none.setVisible(not rows)
        self._on_current()

    def _read_holidays(self) -> None:
        self._holiday_card.set_note(str(self._year))
        self.runner.fetch(directory.holidays, self._year, then=self._show_holidays, latest="holidays")

    def _show_holidays(self, days: tuple[ClosedDays, ...]) -> None:
        self.holidays.set_lines([_holiday_line(one) for one in days])

    def _current(self) -> ClosureRow | None:
        wanted = self.closures.current_id()
        return next((row for row in self._closures if words.CLOSURE + row.id == wanted), None)

    @Slot()
    def _on_current(self) -> None:
        self._remove.setEnabled(self._current() is not None)

    @Slot()
    def _on_add(self) -> None:
        ClosureDialog(self.window(), self.runner, [(row.id, row.name) for row in self._points]).open()

    @Slot()
    def _on_change(self) -> None:
        row = self._current()
        if row is not None and self._me is not None and CHANGE in self._me.may:
            ClosureDialog(self.window(), self.runner, [(one.id, one.name) for one in self._points], row).open()

    @Slot()
    def _on_remove(self) -> None:
        row = self._current()
        if row is not None:
            self.runner.run(hours.remove_closure, row.id, row.version)

    @Slot()
    def _on_before(self) -> None:
        self._year -= 1
        self._read_holidays()

    @Slot()
    def _on_after(self) -> None:
        self._year += 1
        self._read_holidays()


def _point_line(row: PointRow, week: str) -> Line:
    badge, meaning = words.badge_of(row)
    if row.unknown:
        week = words.outlook(row)
    return Line(row.id, row.name, detail=week or _("No hours are in force now."), badge=badge, meaning=meaning,
                icon="map-pin")  # fmt: skip


def _holiday_line(one: ClosedDays) -> Line:
    patron = one.kind == "patron"
    return Line(f"{one.first}", one.reason or "", trail=formats.date_day(one.first),
                badge=_("Patron saint") if patron else "", meaning=Meaning.ACCENT if patron else None)  # fmt: skip
