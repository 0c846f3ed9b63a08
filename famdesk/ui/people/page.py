"""People: search first, then the file; a new person only after one has looked."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from famdesk.domain.errors import NotFound
from famdesk.domain.staff import rights
from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.page import SIDE, Page
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.scrolling import GutterRow
from famdesk.ui.kit.speech import announce
from famdesk.ui.people.deeds import Deeds
from famdesk.ui.people.emergencies import Emergencies
from famdesk.ui.people.entries import Entries
from famdesk.ui.people.file_view import FileView, IdentityCard, Overview
from famdesk.ui.people.finding import Finding
from famdesk.ui.people.listed import Listed
from famdesk.ui.people.panels import PANELS, panels_for
from famdesk.ui.people.person_dialog import PersonDialog
from famdesk.ui.people.referral_files import ReferralFiles, taken_in
from famdesk.usecases.intake import referral_exchange
from famdesk.usecases.people import people
from famdesk.usecases.people.person_rows import PersonFile

TABS = frozenset({"consents", "referrals", "family", "rights"})
"""Tabs of a file that other views ask for."""

BESIDE_FROM = 215
"""Width of the view, in units, from which list and file stand side by side."""
LIST_SHARE, FILE_SHARE, GAP = 2, 5, 3.5


class PeoplePage(Page):
    """Finds persons and shows their files.

    Signals:
        appointment_requested(str), card_requested(str), slip_requested(str): an appointment, an access card or the
            slip of the next appointment for a person, by id.
        labels_requested(str): address labels for persons, by their ids with blanks between.
    """

    watches: ClassVar[frozenset[str]] = frozenset(
        {"person", "contact_point", "household", "membership", "person_staff", "access_card", "appointment",
         "enrolment", "attendance", "meeting", "saved_search"}
    ).union(*(spec.watches for spec in PANELS))  # fmt: skip

    appointment_requested = Signal(str)
    card_requested = Signal(str)
    slip_requested = Signal(str)
    labels_requested = Signal(str)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("People"), parent)
        self.found = Finding(runner)
        self._wanted = ""
        self._opened = ""
        self._hinted = False
        self.listed = Listed(self)
        self.listed.labels_requested.connect(self.labels_requested)
        self.files = ReferralFiles(self, runner, self.shown_file)
        self.files.failed.connect(self.failed)
        self.files.taken.connect(lambda _id: self.say(taken_in(), Meaning.OPEN))
        if rights.cell(referral_exchange.receive.name, runner.role):
            self.add_action(_("Open a received referral…"), self.files.ask_for_file, icon="download")
        self.add_person = self.add_action(_("New person…"), self.new_item, icon="user-plus")
        self.deeds = Deeds(self)
        self.entries = Entries(self)
        self.emergencies = Emergencies(self)
        identity = IdentityCard(self.deeds.frequent, self.deeds.rare)
        overview = Overview(self.deeds.add_contact, self.deeds.add_household)
        self.file = FileView(identity, overview, panels_for(runner.role), runner)
        self._lay_out()
        self._connect()
        self._on_answered("")

    def refresh(self) -> None:
        self.found.ask_again()
        if self._opened:
            self.open_person(self._wanted or self._opened)  # a file on its way is not called back

    @Slot()
    def new_item(self) -> None:
        typed = self.found.search.words()
        if not typed:
            self.found.search.setFocus()
            self._hinted = True
            self.say(_("Search first: perhaps the person is already here."), Meaning.ACCENT)
            return
        dialog = PersonDialog(self, self.runner, None, typed)
        dialog.person_chosen.connect(self.open_person)
        dialog.open()

    def print_now(self) -> None:
        if self._opened:
            self.slip_requested.emit(self._opened)

    def open_item(self, kind: str, item_id: str) -> None:
        if kind == "person" or kind in TABS:
            if item_id not in {row.id for row in self.found.rows}:
                self.found.clear()  # an old search beside the file of somebody else misleads
            self.open_person(item_id)
        if kind in TABS:
            self.file.choose(kind)

    def help_text(self) -> str:
        return _(
            "Type a few letters of a name in any order, a phone number or a tax code. Enter opens the file, Esc goes"
            " back. A new person can be added after a search. What must be minded before calling or writing stands on"
            " top of the file."
        )

    def save_view(self) -> str:
        return self.found.table.save_state()

    def restore_view(self, state: str) -> None:
        self.found.table.restore_state(state)

    @Slot(str)
    def open_person(self, person_id: str) -> None:
        """Show a file beside the list; reading it is written down."""
        self._wanted = person_id
        self.runner.fetch(people.person, person_id, then=self._take_file, failed=self._on_no_file, latest="file")

    @Slot()
    def close_file(self) -> None:
        """Go back to the list; nothing of the file stays on the screen."""
        self._opened = self._wanted = ""
        self.file.hide()
        self.file.clear()
        self.deeds.set_file(None)
        self.found.set_narrow(False)
        self.found.focus_list()

    def shown_file(self) -> PersonFile | None:
        """The file that is open."""
        return self.file.file if self._opened else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._opened:
            self.close_file()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        _fit(self)

    def _lay_out(self) -> None:
        row = GutterRow()
        row.setSpacing(theme.unit(GAP))
        row.addWidget(self.found, LIST_SHARE)
        row.addWidget(self.file, FILE_SHARE)
        self.file.hide()
        self.body.addLayout(self.found.top)
        self.body.addWidget(self.emergencies.hint)
        self.body.addLayout(row, 1)
        self.start_at(self.found.search)

    def _connect(self) -> None:
        self.found.chosen.connect(self.open_person)
        self.found.escaped.connect(self._on_back)
        self.found.answered.connect(self._on_answered)
        self.found.searched.connect(self._on_searched)
        self.file.contact_chosen.connect(self.entries.edit_contact)
        self.file.household_chosen.connect(self.entries.edit_household)
        self.file.member_chosen.connect(self.entries.choose_member)
        self.file.timeline_chosen.connect(self.entries.show_event)
        self.file.menu_requested.connect(self.entries.show_menu)
        self.file.person_opened.connect(self.open_person)
        self.file.appointment_opened.connect(self.appointment_opened)
        self.file.item_opened.connect(self.item_opened)
        self.file.failed.connect(self.failed)
        self.deeds.appointment_requested.connect(self.appointment_requested)
        self.deeds.card_requested.connect(self.card_requested)
        self.deeds.slip_requested.connect(self.slip_requested)
        self.deeds.removed.connect(self.close_file)

    def _take_file(self, file: PersonFile) -> None:
        if self._wanted not in (file.id, file.asked_id):  # a file that was merged leads to the one that was kept
            return
        news = file.id != self._opened
        self._opened = file.id
        self.deeds.set_file(file)
        self.emergencies.watch(file)
        self.file.show_file(file)
        self.file.show()
        _fit(self)
        self.found.set_narrow(True)
        self.found.mark(file.id)
        if news:
            self.file.focus_first()
            announce(self.file, self.file.identity.spoken())

    def _on_no_file(self, error: Exception) -> None:
        """The person is gone, or may not be known any more: nothing of the file stays on the screen."""
        if isinstance(error, NotFound) and self._opened:
            self.close_file()
        self.failed.emit(error)

    @Slot(str)
    def _on_answered(self, told: str) -> None:
        """A new person can be added once somebody has looked."""
        self.header.set_subtitle(told)
        self.add_person.setEnabled(bool(told))
        self.listed.set_listed(somebody=bool(self.found.rows))
        self.add_person.setToolTip("" if told else _("Search first: perhaps the person is already here."))

    @Slot()
    def _on_searched(self) -> None:
        """Somebody else is looked for: a file that does not fit is closed, and so is the hint to search first."""
        if self._hinted:
            self._hinted = False
            self.say("")
        if self._opened and not {self._opened, self._wanted} & {row.id for row in self.found.rows}:
            typing = self.found.search.hasFocus()
            self.close_file()
            if typing:
                self.found.search.setFocus()

    @Slot()
    def _on_back(self) -> None:
        if self._opened:
            self.close_file()
        else:
            self.found.search.setFocus()
            self.found.search.selectAll()


def _fit(page: PeoplePage) -> None:
    """List and file stand side by side where there is room, also for a file whose tabs have long names."""
    share = (page.width() - theme.unit(2 * SIDE + GAP)) * FILE_SHARE // (LIST_SHARE + FILE_SHARE)
    inner = page.file.widget()
    fits = inner is None or inner.minimumSizeHint().width() <= share
    page.found.set_roomy(fits and page.width() >= theme.unit(BESIDE_FROM))
