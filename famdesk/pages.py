"""A session in the window: who is signed in, which views there are, and how they reach each other.

Part of the composition root; it loads behind the sign-in page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSettings, QStandardPaths, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QFileDialog

from famdesk.data.tx import Tx
from famdesk.domain import text
from famdesk.domain.errors import FamDeskError
from famdesk.domain.staff import powers, rights
from famdesk.i18n import N_, _, formats
from famdesk.ui.calendar.commands import COMMANDS
from famdesk.ui.kept_texts import KeptTexts
from famdesk.ui.kit import settings as store
from famdesk.ui.kit.idle import IdleWatch
from famdesk.ui.kit.lines import Line
from famdesk.ui.kit.messages import Offer
from famdesk.ui.kit.page import Page, PageSpec
from famdesk.ui.kit.popup import Deliver
from famdesk.ui.kit.runner import Runner
from famdesk.ui.main_window import MainWindow
from famdesk.ui.people import commands as of_people
from famdesk.ui.rounds import Rounds
from famdesk.ui.shell.shell import SessionInfo, Shell
from famdesk.ui.today import commands as of_today
from famdesk.usecases import care, public_search, readings, search
from famdesk.usecases.calendar import calendar
from famdesk.usecases.directory import directory
from famdesk.usecases.office import LOCKED_STORE, Office

if TYPE_CHECKING:
    from famdesk.ui.settings.page import SettingsPage
    from famdesk.ui.waiting.public_board import PublicBoard

MINUTE_MS = 60_000
POLL_MS = 2000
"""How often other desks' changes are looked for."""
AHEAD = timedelta(days=365)

READS = {
    "today": "today.board",
    "intake": "intake.accesses",
    "calendar": "calendar_board.board",
    "programmes": "programmes.initiatives",
    "people": "person_search.list_persons",
    "notes": "note_reading.mine",
    "sheets": "prints.note",
    "paths": "paths.open_paths",
}
"""What a page shows first, or does; a role that may not has no use for the page."""
MAKES = {
    "intake": "intake.open_card",
    "calendar": "calendar.book",
    "programmes": "initiatives.add_initiative",
    "people": "people.add_person",
    "notes": "notes.start",
}
"""What is made by "New"; a role that may not is not offered it."""

ICONS = {
    "person": "user",
    "access_point": "map-pin",
    "place": "map-pin",
    "body": "building-2",
    "service": "book-open",
    "initiative": "sparkles",
    "call": "file-text",
    "path": "route",
}


AUDIT, TODAY = "audit", "today"


def only_checks(role: str) -> bool:
    """Whether a role reads the journal and has nothing to do with families: its day is not that of the centre."""
    return bool(rights.cell(readings.journal.name, role)) and not rights.holds(role, powers.NAMES)


class Session(QObject):
    """One person's time at the desk, from sign-in to sign-out, locked or not.

    Attributes:
        office: what the person works with.
        runner: the way to it.
        kept: what stands unsaved in forms.

    Signals:
        language_chosen(str): in the settings; answer with `show`.
    """

    language_chosen = Signal(str)

    def __init__(
        self, application: QApplication, window: MainWindow, settings: QSettings, office: Office, centre: str
    ) -> None:
        """`centre` is the name on the frame, with the mark of a demo."""
        super().__init__(window)
        self.office = office
        self.runner = Runner(office, self)
        self.runner.machine = settings
        self._window = window
        actor = office.actor
        self._info = SessionInfo(centre, actor.staff_id, actor.name, initials(actor.name))
        self._poll = QTimer(self)
        self._poll.setInterval(POLL_MS)
        self._poll.timeout.connect(self.runner.poll)
        self._poll.start()
        self._rounds = Rounds(self.runner, office, self)
        self._rounds.start()
        self._idle = IdleWatch(application, store.read(settings, store.IDLE_MINUTES))
        self._idle.idle.connect(window.lock)
        self.kept = KeptTexts(self.runner, office, window, self)
        self.kept.unkept.connect(self._on_unkept)
        self.kept.put_off.connect(self._on_put_off)
        self.show()
        self.kept.offer()

    def speak_anew(self) -> None:
        """The views in the language of now; what stood unsaved in them is not lost."""
        self.kept.carry_over(self.show)

    def show(self) -> None:
        """Make the frame and its views."""
        pages = Pages(self.runner, self.office)
        pages.language_chosen.connect(self.language_chosen, Qt.ConnectionType.QueuedConnection)
        searcher = Searcher(self.runner)
        shell = self._window.open_session(
            self.runner, self._info, self.office.actor.login, pages.specs(), searcher.search
        )
        shell.public.changed.connect(searcher.set_public)
        pages.setParent(shell)
        pages.shell = shell
        OpenState(self.runner, self._window, shell)

    def rest(self) -> None:
        """Keys and connections go, after all that was asked for; the views stay behind the cover as they were."""
        self._poll.stop()
        self._rounds.stop()
        self.kept.keep()
        self.runner.in_turn(_PutAway(self.office), quiet=True)

    def come_back(self, fresh: Office) -> None:
        """Go on with what the same person's new sign-in opened."""
        office = self.office
        self.runner.in_turn(lambda: office.come_back(fresh), then=self._on_back, quiet=True)

    def end(self) -> Callable[[], None]:
        """Take the views away; what is still to be done may take long and belongs off the GUI thread."""
        self._poll.stop()
        self._rounds.stop()
        self._idle.setParent(None)
        self._idle.deleteLater()
        self.kept.end()
        put_away = _PutAway(self.office)
        self._window.close_session()
        self.runner.close()
        self.deleteLater()
        return put_away

    def _on_back(self, _nothing: object) -> None:
        self._window.uncover()
        self._poll.start()
        self._rounds.start()
        shell = self._window.shell
        if shell is not None:
            shell.bar.clear()  # what could not be read while the office was locked is read now

    @Slot(object)
    def _on_unkept(self, error: Exception) -> None:
        """Whoever types is told at once, not when they leave."""
        shell = self._window.shell
        if shell is not None and self._window.cover is None:
            shell.presenter.present(error)

    @Slot()
    def _on_put_off(self) -> None:
        if self._window.shell is not None:
            text = _("What you were typing is kept, and offered again when you sign in next.")
            self._window.shell.bar.info(text, Offer(_("Show it now"), self.kept.offer))


class _PutAway:
    """Notes the end of the journal and forgets the keys, also if nothing of that can be written."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def __call__(self) -> None:
        if self._office.store is LOCKED_STORE:
            return
        try:
            self._office.close()
        except FamDeskError:
            self._office.lock()


def initials(name: str) -> str:
    """Two letters for the round badge of who is signed in."""
    letters = text.initials(name)
    return letters[0] + letters[-1] if len(letters) > 1 else letters


class Pages(QObject):
    """Makes the pages when they are first shown, and leads their wishes to the page that can fulfil them.

    Attributes:
        shell: the frame that they are shown in.

    Signals:
        language_chosen(str): in the settings.
    """

    language_chosen = Signal(str)

    def __init__(self, runner: Runner, office: Office) -> None:
        super().__init__()
        self._runner, self._office = runner, office
        self.shell: Shell | None = None
        self._board: PublicBoard | None = None

    def specs(self) -> list[PageSpec]:
        """The pages in the order of the rail, without those whose content this role may not read."""
        role = self._office.role
        found = [spec for spec in self._all() if spec.key not in READS or rights.cell(READS[spec.key], role)]
        found = [spec for spec in found if spec.key != (TODAY if only_checks(role) else AUDIT)]
        return [
            replace(spec, new_text="") if spec.key in MAKES and not rights.cell(MAKES[spec.key], role) else spec
            for spec in found
        ]

    def _all(self) -> list[PageSpec]:
        return [
            PageSpec(AUDIT, N_("Checking"), "clipboard-check", self._page("AuditPage", "auditing", self._office)),
            PageSpec(TODAY, N_("Today"), "sun", self._page("TodayPage", "today"),
                     commands=of_today.commands_for(self._office.role)),
            PageSpec("intake", N_("Intake"), "door-open", self._page("IntakePage", "intake"),
                     new_text=N_("Access card"),
                     opens=frozenset({"access_card", "access_card_for", "info_contact", "follow_up", "follow_up_for",
                                      "unfinished"})),
            PageSpec("calendar", N_("Calendar"), "calendar-days", self._page("CalendarPage", "calendar"),
                     new_text=N_("Appointment"), opens=frozenset({"appointment", "appointment_for", "day"}),
                     commands=COMMANDS),
            PageSpec("programmes", N_("Programmes"), "sparkles", self._page("ProgrammesPage", "programmes"),
                     new_text=N_("Initiative"), opens=frozenset({"initiative", "call"})),
            PageSpec("people", N_("People"), "users", self._page("PeoplePage", "people"), new_text=N_("Person"),
                     opens=frozenset({"person", "household", "consents", "referrals", "family", "rights"}),
                     commands=of_people.commands_for(self._office.role)),
            PageSpec("notes", N_("Notes"), "notebook-pen", self._page("NotesPage", "notes", self._office),
                     new_text=N_("Note"),
                     opens=frozenset({"note", "note_about", "note_for", "note_given", "envelope"})),
            PageSpec("paths", N_("Paths"), "route", self._page("PathsPage", "paths", self._office),
                     new_text=N_("Path of care"),
                     opens=frozenset({"path", "destruction", "case_meeting"})),
            PageSpec("directory", N_("Directory"), "map-pinned", self._page("DirectoryPage", "directory"),
                     opens=frozenset({"access_point", "place", "body", "service"})),
            PageSpec("sheets", N_("Sheets"), "printer", self._page("SheetsPage", "sheets"),
                     opens=frozenset({"opening-hours", "day-sheet", "day_sheet", "appointment-slip", "labels",
                                      "access-card", "call-list", "calendar", "reminder-letters",
                                      "orientation-slip", "sign-in-sheet", "leaflet", "flyer", "certificate",
                                      "feedback-form", "cycle-summary", "certificate-register", "statistics",
                                      "application-list",
                                      "application-letters"})),
            PageSpec("settings", N_("Settings"), "settings", self._settings, bottom=True,
                     opens=frozenset({"settings"})),
        ]  # fmt: skip

    def _page(self, name: str, module: str, *arguments: Any) -> Callable[[], Page]:
        """A factory for a page that lives in a module of that name."""
        return _Factory(self, name, module, *arguments)

    def make(self, name: str, module: str, *arguments: Any) -> Page:
        """Make a page and connect what it asks of other pages."""
        page: Page = getattr(import_module(f"famdesk.ui.{module}.page"), name)(self._runner, *arguments)
        wishes = {
            "labels_requested": self._on_labels,
            "public_requested": self._on_public,
            "slip_requested": self._on_slip_of_person if module == "people" else self._on_slip,
            "print_requested": self._on_print_of_calendar,
            "appointment_requested": self._on_appointment,
            "card_requested": self._on_card,
        }
        for signal, slot in wishes.items():
            if hasattr(page, signal):
                getattr(page, signal).connect(slot)
        return page

    def _settings(self) -> Page:
        page: SettingsPage = self.make("SettingsPage", "settings", self._office)  # type: ignore[assignment]
        page.backup_requested.connect(self._on_backup)
        page.look.languages.chosen.connect(self.language_chosen)
        return page

    def _open(self, kind: str, record_id: str) -> None:
        if self.shell is not None:
            self.shell.open_item(kind, record_id)

    @Slot()
    def _on_public(self) -> None:
        """Show the screen for the families. Where there is only one monitor it hides the desk, and whoever ends it has
        to give the password."""
        from famdesk.ui.waiting.public_board import open_board

        if self.shell is None or self._board is not None:
            return
        self._board = open_board(self._runner, self.shell.window())
        self._board.closed.connect(self._on_public_closed)

    @Slot()
    def _on_public_closed(self) -> None:
        self._board = None
        window = self.shell.window() if self.shell is not None else None
        if isinstance(window, MainWindow) and not window.isVisible():
            window.lock()
            window.show()

    @Slot(str)
    def _on_labels(self, person_ids: str) -> None:
        self._open("labels", person_ids)

    @Slot(object)
    def _on_print_of_calendar(self, printed: Any) -> None:
        """The sheet of what the calendar shows."""
        self._open("calendar", printed.place.saved())

    @Slot(str)
    def _on_slip(self, appointment_id: str) -> None:
        self._open("appointment-slip", appointment_id)

    @Slot(str)
    def _on_slip_of_person(self, person_id: str) -> None:
        self._runner.fetch(next_appointment, person_id, then=self._on_next)

    def _on_next(self, appointment_id: str | None) -> None:
        if appointment_id is not None:
            self._open("appointment-slip", appointment_id)
        elif self.shell is not None:
            self.shell.bar.info(_("There is no appointment ahead to print a slip for."))

    @Slot(str)
    def _on_appointment(self, person_id: str) -> None:
        self._open("appointment_for", person_id)

    @Slot(str)
    def _on_card(self, person_id: str) -> None:
        self._open("access_card_for", person_id)

    @Slot()
    def _on_backup(self) -> None:
        """Asks where the backup shall go; it is made by the office's own worker."""
        if self.shell is None:
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name = care.backup_name(self.shell.runner.now())
        dialog = QFileDialog(self.shell, _("Backup"), str(Path(folder) / name), _("FamDesk backups (*.fdbackup)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("fdbackup")
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # a backup never replaces another one
        dialog.fileSelected.connect(self.back_up)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def back_up(self, name: str) -> None:
        """Make a backup in a new file."""
        office = self._office
        self._runner.in_turn(lambda: care.back_up(office, Path(name)), then=self._on_backed_up)

    def _on_backed_up(self, _nothing: object) -> None:
        if self.shell is not None:
            self.shell.bar.ok(_("The backup was made and verified."))
            page = self.shell.page()
            if page is not None:
                page.refresh()


class _Factory:
    """Makes one page."""

    def __init__(self, pages: Pages, name: str, module: str, *arguments: Any) -> None:
        self._pages, self._name, self._module, self._arguments = pages, name, module, arguments

    def __call__(self) -> Page:
        return self._pages.make(self._name, self._module, *self._arguments)


def next_appointment(tx: Tx, person_id: str) -> str | None:
    """The id of a person's next appointment within a year, or None."""
    now = tx.now()
    rows = calendar.appointments(tx, now.date(), (now + AHEAD).date())
    ahead = [row for row in rows if row.person_id == person_id and row.ends > now and row.state != "cancelled"]
    return min(ahead, key=lambda row: row.starts).id if ahead else None


class Searcher(QObject):
    """Answers the search box with people, services, places and initiatives."""

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self._runner = runner
        self._ask = search.search

    @Slot(bool)
    def set_public(self, public: bool) -> None:
        """Whether others can see the screen."""
        self._ask = public_search.public_hits if public else search.search

    def search(self, typed: str, deliver: Deliver) -> None:
        """Asks the office; `deliver` gets the lines, unless newer text was typed meanwhile."""
        self._runner.fetch(self._ask, typed, then=_Answer(deliver), owner=self, latest="search")


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
