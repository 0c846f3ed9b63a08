"""The waiting room as a block: who is there, the next number, the next call; worked with two keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QBoxLayout, QMenu, QSizePolicy, QWidget

from famdesk.domain import codes
from famdesk.domain.intake.waiting import NEXT_VISIT_STATES, VISIT_STATES
from famdesk.i18n import _, formats, ngettext
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, ToolButton, make_action
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.fitting import Fitting
from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Card
from famdesk.ui.waiting.visit_dialog import VisitDialog
from famdesk.usecases.intake import waiting
from famdesk.usecases.intake.waiting import VisitRow

_MEANINGS: Final = {"called": Meaning.WARNING, "inside": Meaning.OPEN}
_STEPS: Final[dict[str, Any]] = {
    "called": waiting.call, "inside": waiting.take_in, "done": waiting.done, "left": waiting.left,
    "waiting": waiting.wait_again,
}  # fmt: skip
_ENTER: Final = {"waiting": "called", "called": "inside", "inside": "done"}
"""The next step of a family, which Enter takes."""


class WaitingRoom(Card):
    """Shows who waits and does what has to be done with them.

    Attributes:
        list: the families.
        ways: the commands with their keys, for the page to take over.

    Signals:
        public_wanted(): the screen for the families is to be shown.
    """

    public_wanted = Signal()

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(_("Waiting room"), "armchair", parent)
        self._runner = runner
        self._rows: tuple[VisitRow, ...] = ()
        self._points: tuple[tuple[str, str], ...] = ()
        self._point: str | None = None
        self.list = LineList(_("Waiting room"), empty=_("Nobody is waiting."))
        self.add_list(self.list)
        self.new = make_action(self, _("New number"), self.give_number, icon="ticket", shortcut="F7")
        self.next = make_action(self, _("Call the next one"), self.call_next, shortcut="F8")
        self.change = make_action(self.list, _("Change"), self._change_current, icon="pencil", shortcut="F2")
        self.leave = make_action(self.list, _("Left"), self._leave_current, icon="x", shortcut="Del")
        self.ways = (self.new, self.next)
        public = ToolButton(_("Screen for the families"), "monitor", flat=True)
        public.clicked.connect(self.public_wanted)
        self.tools.addWidget(public)
        self.body.addWidget(_Buttons((ActionButton.of(self.next, hint=True), ActionButton.of(self.new, hint=True))))
        self.list.activated_id.connect(self.go_on)
        self.list.menu_requested.connect(self._offer)

    def set_points(self, points: Sequence[tuple[str, str]], usual: str | None) -> None:
        """The access points, as (id, name), and the one where numbers are given unless somebody says otherwise."""
        self._points = tuple(points)
        self._point = usual

    def set_rows(self, rows: Sequence[VisitRow]) -> None:
        """Show who is there."""
        self._rows = tuple(rows)
        self.list.set_lines([visit_line(row) for row in rows])
        self.set_count(sum(row.state != "inside" for row in rows))
        first = self._next()
        self.next.setEnabled(first is not None)
        self.next.setText(
            _("Call {ticket}").format(ticket=first.ticket) if first is not None else _("Call the next one")
        )

    @Slot()
    def give_number(self) -> None:
        """Ask how somebody wants to be called, and give the next number."""
        VisitDialog(self._runner, self._points, self._point, self.window()).open()

    @Slot()
    def call_next(self) -> None:
        """Call whose turn it is, at the access point of the line that is current."""
        first = self._next()
        if first is not None:
            self._runner.run(waiting.call_next, first.access_point_id, then=self._on_called)

    @Slot(str)
    def go_on(self, visit_id: str) -> None:
        """The next step of a family: called, taken in, received."""
        row = self._row(visit_id)
        if row is not None:
            self._go(row, _ENTER[row.state])

    def _next(self) -> VisitRow | None:
        current = self._row(self.list.current_id())
        here = [row for row in self._rows if row.state == "waiting"]
        same = [row for row in here if current is not None and row.access_point_id == current.access_point_id]
        return next(iter(same or here), None)

    def _row(self, visit_id: str) -> VisitRow | None:
        return next((row for row in self._rows if row.id == visit_id), None)

    def _go(self, row: VisitRow, state: str) -> None:
        self._runner.run(_STEPS[state], row.id, row.version)

    def _on_called(self, ticket: str) -> None:
        announce(self.list, _("{ticket} was called").format(ticket=ticket))

    @Slot()
    def _change_current(self) -> None:
        row = self._row(self.list.current_id())
        if row is not None:
            VisitDialog(self._runner, self._points, row.access_point_id, self.window(), row).open()

    @Slot()
    def _leave_current(self) -> None:
        row = self._row(self.list.current_id())
        if row is not None:
            self._go(row, "left")

    @Slot(str, QPoint)
    def _offer(self, visit_id: str, at: QPoint) -> None:
        row = self._row(visit_id)
        if row is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for state in NEXT_VISIT_STATES[row.state]:
            menu.addAction(_step_words(row.state, state)).setData((visit_id, state))
        menu.addSeparator()
        menu.addAction(self.change)
        menu.triggered.connect(self._on_offered)
        menu.popup(at)

    @Slot(QAction)
    def _on_offered(self, action: QAction) -> None:
        data = action.data()
        row = self._row(data[0]) if data else None
        if row is not None:
            self._go(row, data[1])


_WIDE: Final = 2
"""Where there is so many times the room that buttons need, they do not fill it."""


class _Buttons(Fitting):
    """Buttons beside each other, or one under the other where there is no room; they ask for the width of one."""

    def __init__(self, buttons: Sequence[QWidget]) -> None:
        super().__init__()
        self._all = tuple(buttons)
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.unit(2))
        for button in self._all:
            self._row.addWidget(button)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def minimumSizeHint(self) -> QSize:
        widest = max(button.sizeHint().width() for button in self._all)
        return QSize(widest, self._row.minimumSize().height())

    def fit(self) -> None:
        needed = sum(button.sizeHint().width() for button in self._all) + self._row.spacing()
        directions = QBoxLayout.Direction
        wanted = directions.LeftToRight if needed <= self.width() else directions.TopToBottom
        wide = self.width() > _WIDE * needed
        self._row.setContentsMargins(0, 0, self.width() - needed if wide else 0, 0)
        if self._row.direction() != wanted:
            self._row.setDirection(wanted)
            self.updateGeometry()


def _step_words(now: str, then: str) -> str:
    if now == then:
        return _("Call again")
    words = {"called": _("Call in"), "inside": _("Take in"), "done": _("Received"), "left": _("Left"),
             "waiting": _("Waits again")}  # fmt: skip
    return words[then]


def visit_line(row: VisitRow) -> Line:
    """A family of the waiting room: its number, how it is called, what for, how long it has been there."""
    kind = codes.label(codes.APPOINTMENT_KINDS, row.appointment_kind)
    if row.appointment_at is not None:
        kind = _("{kind} {time}").format(kind=kind, time=formats.time_text(row.appointment_at.time()))
    people = ngettext("{n} person", "{n} people", row.people).format(n=row.people) if row.people > 1 else ""
    parts = [part for part in (row.name, row.what, kind, people) if part]
    title, details = (parts[0], parts[1:]) if parts else (_("without appointment"), [])
    staff = row.staff if row.state in _MEANINGS and row.staff else ""
    badge = codes.label(VISIT_STATES, row.state).lower() if row.state in _MEANINGS else ""
    return Line(
        row.id, title, lead=row.ticket, detail=" · ".join([*details, *([staff] if staff else [])]), badge=badge,
        meaning=_MEANINGS.get(row.state),
        # Translators: how long somebody has been waiting, in minutes
        trail=_("{n} min").format(n=row.minutes) if row.state == "waiting" else "",
    )  # fmt: skip
