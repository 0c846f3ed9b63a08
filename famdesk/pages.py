"""The views of a session, put together: which pages there are, what the search box finds, what the status line says.

Part of the composition root; it loads behind the sign-in page.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot

from famdesk.domain import text
from famdesk.i18n import N_, _, formats
from famdesk.ui.kit.lines import Line
from famdesk.ui.kit.page import PageSpec
from famdesk.ui.kit.popup import Deliver
from famdesk.ui.kit.runner import Runner
from famdesk.ui.main_window import MainWindow
from famdesk.ui.shell.shell import Shell
from famdesk.usecases import directory, search
from famdesk.usecases.office import Office

MINUTE_MS = 60_000

ICONS = {
    "person": "user",
    "access_point": "map-pin",
    "place": "map-pin",
    "body": "building-2",
    "service": "book-open",
    "initiative": "sparkles",
}


def initials(name: str) -> str:
    """Two letters for the round badge of who is signed in."""
    letters = text.initials(name)
    return letters[0] + letters[-1] if len(letters) > 1 else letters


def specs(runner: Runner, office: Office) -> list[PageSpec]:
    """The pages in the order of the rail; each is imported when it is first shown."""

    def page(module: str, name: str, *arguments: Any) -> Callable[[], Any]:
        def make() -> Any:
            from importlib import import_module

            return getattr(import_module(f"famdesk.ui.{module}.page"), name)(runner, *arguments)

        return make

    return [
        PageSpec("today", N_("Today"), "sun", page("today", "TodayPage")),
        PageSpec(
            "intake",
            N_("Intake"),
            "door-open",
            page("intake", "IntakePage"),
            new_text=N_("Access card"),
            opens=frozenset({"access_card", "info_contact"}),
        ),
        PageSpec(
            "calendar",
            N_("Calendar"),
            "calendar-days",
            page("calendar", "CalendarPage"),
            new_text=N_("Appointment"),
            opens=frozenset({"appointment", "appointment_for"}),
        ),
        PageSpec(
            "programmes",
            N_("Programmes"),
            "sparkles",
            page("programmes", "ProgrammesPage"),
            new_text=N_("Initiative"),
            opens=frozenset({"initiative", "meeting"}),
        ),
        PageSpec(
            "people",
            N_("People"),
            "users",
            page("people", "PeoplePage"),
            new_text=N_("Person"),
            opens=frozenset({"person", "household"}),
        ),
        PageSpec(
            "directory",
            N_("Directory"),
            "map-pinned",
            page("directory", "DirectoryPage"),
            opens=frozenset({"access_point", "place", "body", "service"}),
        ),
        PageSpec(
            "sheets",
            N_("Sheets"),
            "printer",
            page("sheets", "SheetsPage"),
            opens=frozenset({"opening-hours", "day-sheet", "appointment-slip"}),
        ),
        PageSpec("settings", N_("Settings"), "settings", page("settings", "SettingsPage", office), bottom=True),
    ]


class Searcher(QObject):
    """Answers the search box with people, services, places and initiatives."""

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self._runner = runner

    def search(self, typed: str, deliver: Deliver) -> None:
        """Asks the office; `deliver` gets the lines, unless newer text was typed meanwhile."""
        answer = _Answer(deliver)
        self._runner.fetch(search.search, typed, then=answer, owner=self, latest="search")


class _Answer:
    """Delivers hits as lines."""

    def __init__(self, deliver: Deliver) -> None:
        self._deliver = deliver

    def __call__(self, hits: tuple[search.Hit, ...]) -> None:
        self._deliver([Line(f"{hit.kind}:{hit.id}", hit.label, detail=hit.detail, icon=ICONS.get(hit.kind, ""))
                       for hit in hits])  # fmt: skip


class OpenState(QObject):
    """Keeps the status line and the neutral page saying what is open, minute by minute."""

    def __init__(self, runner: Runner, window: MainWindow, shell: Shell) -> None:
        super().__init__(shell)
        self._runner, self._window, self._shell = runner, window, shell
        timer = QTimer(self)
        timer.setInterval(MINUTE_MS)
        timer.timeout.connect(self.look)
        timer.start()
        runner.changed.connect(self._on_changed)
        self.look()

    @Slot()
    def look(self) -> None:
        """Asks what is open now."""
        if self._window.cover is None:
            self._runner.fetch(directory.open_now, then=self._show, latest="open")

    @Slot(object)
    def _on_changed(self, changes: frozenset[tuple[str, str]]) -> None:
        if any(table in {"opening_rule", "extra_opening", "closure", "access_point"} for table, _id in changes):
            self.look()

    def _show(self, found: directory.OpenNow) -> None:
        hours = [
            (point.access_point, _("open until {time}").format(time=formats.time_text(point.until.time())))
            for point in found.open
        ]
        hours += [
            (point.access_point, _("opens {moment}").format(moment=formats.moment(point.opens))) for point in found.next
        ]
        hours += [(name, _("on contact")) for name in found.unknown]
        self._window.set_opening_hours(hours)
        self._shell.status.set_open_state(_sentence(found), bool(found.open))


def _sentence(found: directory.OpenNow) -> str:
    if found.open:
        first = found.open[0]
        time = formats.time_text(first.until.time())
        return _("Open until {time} · {point}").format(time=time, point=first.access_point)
    if found.next:
        coming = found.next[0]
        moment = formats.moment(coming.opens)
        return _("Closed. Opens {moment} · {point}").format(moment=moment, point=coming.access_point)
    return _("Opening hours are not known")
