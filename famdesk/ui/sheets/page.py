"""The view of the sheets: the list left, the options below it, the real PDF right."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QVBoxLayout, QWidget

from famdesk.domain.errors import FamDeskError
from famdesk.i18n import N_, _
from famdesk.sheets.names import sheet_name
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.form import KEEPS_DRAFTS
from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.page import Page
from famdesk.ui.kit.papers.live_sheet import LiveSheet, Made
from famdesk.ui.kit.papers.pdf_preview import PdfPreview
from famdesk.ui.kit.papers.sheet_out import SheetOut
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card, ScrollColumn
from famdesk.ui.sheets import making
from famdesk.ui.sheets.going_out import GoingOut
from famdesk.ui.sheets.making import Wish
from famdesk.ui.sheets.options import Options
from famdesk.ui.sheets.paper_options import meetings_around
from famdesk.ui.sheets.posted import printed
from famdesk.ui.sheets.programme_options import OF_CALLS, OF_INITIATIVES
from famdesk.usecases.calls import calls
from famdesk.usecases.directory import directory
from famdesk.usecases.directory.directory_rows import PointRow
from famdesk.usecases.programmes import programmes
from famdesk.usecases.staff import staff

SHEETS = (
    ("opening-hours", N_("Opening hours"), N_("Poster for the door, A4 or A3"), "clock"),
    ("day-sheet", N_("Day sheet"), N_("Appointments of a day, for the desk"), "calendar-days"),
    ("calendar", N_("Calendar"), N_("Month, week, day or list, with or without names"), "calendar"),
    ("access-card", N_("Access card"), N_("Blank, in the order of the form, or one that is open"), "file-pen"),
    ("call-list", N_("Call list"), N_("Who is to be called today, in their safe hours"), "phone"),
    ("reminder-letters", N_("Reminder letters"), N_("For appointments of those who get no mail"), "mail"),
    ("labels", N_("Address labels"), N_("For envelopes: 3 × 8 on A4, without the centre's name"), "map-pin"),
    ("orientation-slip", N_("Orientation slip"), N_("Up to three services, to hand out: A6"), "map-pinned"),
    ("sign-in-sheet", N_("Sign-in sheet"), N_("Of a meeting, with names or without"), "list-checks"),
    ("leaflet", N_("Leaflet of a season"), N_("Initiatives on a folded A4"), "sparkles"),
    ("flyer", N_("Flyer"), N_("Of an initiative, with picture and square codes"), "sparkles"),
    ("certificate", N_("Certificates of attendance"), N_("With hours, to be signed"), "signature"),
    ("feedback-form", N_("Feedback form"), N_("With faces, also for those who do not read"), "message-square"),
    ("cycle-summary", N_("Summary of a cycle"), N_("Meetings, figures, hours, feedback"), "chart-column"),
    ("certificate-register", N_("Register of certificates"), N_("Numbers, names and hours of a year"), "list-checks"),
    ("statistics", N_("Statistics"), N_("Accesses of a year, by month, function and place"), "chart-column"),
    ("application-list", N_("Applications for a call"), N_("As they came, or by rank"), "list-checks"),
    ("application-letters", N_("Letters about a call"), N_("What came of each application"), "mail"),
    ("appointment-slip", N_("Appointment slip"), N_("For the family, from the calendar"), "ticket"),
)


class SheetsPage(Page):
    """Choose a sheet, see it, print or save it."""

    watches = frozenset(
        {"opening_rule", "extra_opening", "closure", "access_point", "place", "centre", "partnership", "body",
         "appointment", "meeting", "person", "staff", "contact_point", "household", "membership", "enrolment",
         "initiative", "service", "access_card", "follow_up", "reminder", "room", "sheet_look", "sheet_logo",
         "attendance", "certificate", "feedback_question", "feedback_count", "initiative_picture", "call",
         "call_document", "call_criterion", "application", "application_document", "application_score"}
    )  # fmt: skip

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Sheets"), parent)
        self.appointment = ""
        self._people: tuple[str, ...] = ()
        self._told_left_out = False
        self.places: list[tuple[str, str]] = []
        self.list = LineList(_("Sheets"))
        self.options = Options()
        self.options.setProperty(KEEPS_DRAFTS, True)  # choices for one print
        self.preview = PdfPreview()
        self.live = LiveSheet(runner, making.gather, making.render, self)
        self.out = SheetOut(self, runner, self.preview)
        self.going_out = GoingOut(self)
        self.add_action(_("Save as PDF"), self.save, icon="download", shortcut="Ctrl+S")
        self.add_action(_("Print"), self.print_now, icon="printer", primary=True)
        self._lay_out()
        self._fill_list()
        self.list.current_changed.connect(self._on_sheet)
        self.options.edited.connect(self._ask)
        self.out.printed.connect(self._on_printed)
        self.out.saved.connect(self._on_saved)
        self.out.refused.connect(self.failed)
        self.live.made.connect(self._show)
        self.live.refused.connect(self._on_failed)
        self.options.show_for(self.sheet())
        self.start_at(self.list)

    def sheet(self) -> str:
        """Which sheet is chosen."""
        return self.list.current_id() or SHEETS[0][0]

    def refresh(self) -> None:
        self.runner.fetch(programmes.initiatives, then=self.options.show_initiatives, latest="initiatives")
        self.runner.fetch(meetings_around, then=self.options.papers.set_meetings, latest="meetings")
        self.runner.fetch(staff.colleagues, then=self.options.calendar.set_colleagues, latest="colleagues")
        self.runner.fetch(directory.rooms, then=self.options.calendar.set_rooms, latest="rooms")
        self.runner.fetch(directory.services, then=self.options.papers.set_services, latest="services")
        self.runner.fetch(calls.calls, then=self.options.papers.programmes.set_calls, latest="calls")
        self.runner.fetch(directory.points, then=self._show_points, latest="points")

    def open_item(self, kind: str, item_id: str) -> None:
        """Show a sheet: a poster of one access point (or "" for all), the day sheet of an ISO day, the slip of an
        appointment, labels of persons by their ids with blanks between, an access card by its id ("": blank), the
        calendar as its view was kept, what is of an initiative or call by its id."""
        sheet = kind.replace("_", "-")
        if sheet == "appointment-slip":
            self.appointment = item_id
            self._fill_list()
        elif sheet == "access-card":
            self.options.card_id = item_id
        elif sheet == "calendar":
            self.options.calendar.show_seen(item_id)
        elif sheet == "orientation-slip":
            self.options.papers.choose_service(item_id)
        elif sheet in (*OF_INITIATIVES, *OF_CALLS):
            self.options.papers.programmes.choose(sheet, item_id)
        elif sheet == "labels":
            self._people = tuple(item_id.split())
            self.options.choose_nobody()
        elif sheet == "opening-hours":
            self.options.places.choose([item_id] if item_id else [])
        elif item_id:
            self.options.choose_day(date.fromisoformat(item_id))
        self.list.set_current_id(sheet)
        self.list.scrollTo(self.list.currentIndex(), QAbstractItemView.ScrollHint.PositionAtTop)
        self.options.show_for(sheet)
        if sheet == "appointment-slip":
            choose = self.options.languages.choose
            self.runner.fetch(making.own_language, item_id, then=choose, failed=_keep_quiet, latest="language")
        self._ask()

    def print_now(self) -> None:
        """Ask for printer, copies and tray, then print the sheet as its options are."""
        self.live.when_made(self.out.ask_printer)

    def save(self) -> None:
        """Ask for a file, then write the sheet as its options are."""
        self.live.when_made(self.out.ask_file)

    @Slot(object)
    def _on_printed(self, content: Any) -> None:
        self.message.emit(printed(content, self.runner))

    def help_text(self) -> str:
        return _("Choose a sheet and its options; what you see is what is printed. Ctrl+P prints, Ctrl+S saves a PDF.")

    def save_view(self) -> str:
        return self.sheet() if self.sheet() != "appointment-slip" else ""

    def restore_view(self, state: str) -> None:
        if self.list.set_current_id(state):
            self.options.show_for(state)

    def _lay_out(self) -> None:
        self._left = left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.unit(3.5))
        sheets = Card(_("Sheet"), "file-text")
        sheets.add_list(self.list, 1)
        sheets.setMinimumHeight(theme.unit(60))
        options = Card(_("Options"), "settings")
        scroll = ScrollColumn()
        scroll.body.addWidget(self.options)
        for action in self.going_out.actions:
            scroll.body.addWidget(ActionButton.of(action, kind="link"), 0, Qt.AlignmentFlag.AlignLeft)
        options.body.addWidget(scroll, 1)
        column.addWidget(sheets, 1)
        column.addWidget(options, 1)
        left.setMinimumWidth(theme.unit(70))
        right = Card()
        right.body.addWidget(self.preview, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.unit(3.5))
        row.addWidget(left, 1)
        row.addWidget(right, 3)
        self.body.addLayout(row, 1)

    def _fill_list(self) -> None:
        role = self.runner.role
        offered = [row for row in SHEETS if making.offered(row[0], role, self.appointment)]
        self.list.set_lines([Line(key, _(name), detail=_(text), icon=icon) for key, name, text, icon in offered])
        if not self.list.current_id():
            self.list.set_current_id(SHEETS[0][0])

    def _show_points(self, points: tuple[PointRow, ...]) -> None:
        self.options.calendar.set_points(points)
        self.places = [(point.id, point.name) for point in points]
        self.options.places.set_places(self.places)
        self._left.setMinimumWidth(self.options.places.room() + theme.unit(18))  # names of places are never cut
        self._make()

    @Slot(str)
    def _on_sheet(self, sheet: str) -> None:
        self.options.show_for(sheet or SHEETS[0][0])
        self._ask()

    def _wished(self) -> Wish:
        return self.options.wish(self.sheet(), self.appointment, self._people)

    @Slot()
    def _make(self) -> None:
        self.live.make(self._wished())

    @Slot()
    def _ask(self) -> None:
        self.live.ask(self._wished())

    @Slot(object)
    def _show(self, made: Made) -> None:
        self.out.name(made.wish.sheet, sheet_name(made.wish.sheet))
        self.out.marks, self.out.content = made.marks, made.content
        left_out = getattr(made.content, "left_out", 0)
        if left_out or self._told_left_out:  # an empty one takes the last one away
            self.say(making.left_out_words(made.wish.sheet, left_out) if left_out else "", Meaning.ACCENT)
        self._told_left_out = bool(left_out)
        self.preview.show_pdf(made.data, sheet_name(made.wish.sheet))

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, FamDeskError):
            self.failed.emit(error)
            return
        self.preview.say(error.sentence())

    @Slot()
    def _on_saved(self) -> None:
        self.say(_("Saved"))


def _keep_quiet(_error: Exception) -> None:
    """What keeps the language from being known keeps the sheet from being made, which is told there."""
