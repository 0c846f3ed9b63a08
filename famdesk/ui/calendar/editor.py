"""The appointment editor."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from famdesk.domain import codes
from famdesk.domain.calendar.calendar import next_states
from famdesk.domain.errors import RuleError, Stale
from famdesk.i18n import _
from famdesk.ui.calendar import editor_form, history
from famdesk.ui.calendar.consent_check import ConsentCheck
from famdesk.ui.calendar.editor_form import Choices, Start
from famdesk.ui.calendar.free_slot_part import FreeSlotPart
from famdesk.ui.calendar.no_show import FIELD, NoShowReason
from famdesk.ui.calendar.notices import ConflictNotice, StaleNotice
from famdesk.ui.calendar.parties_section import PartiesSection
from famdesk.ui.calendar.path_choice import PathChoice
from famdesk.ui.calendar.persons import NewPersonDialog, PersonSearch
from famdesk.ui.calendar.proposed_function import ProposedFunction
from famdesk.ui.calendar.reminder_line import ReminderCard
from famdesk.ui.calendar.series.editor import SeriesPart
from famdesk.ui.calendar.time_check import TimeCheck
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.lines import LineList
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import ScrollColumn, Segmented
from famdesk.ui.session_note import NoteButton
from famdesk.usecases import journal
from famdesk.usecases.calendar import calendar
from famdesk.usecases.calendar.appointment_rows import AppointmentDetail
from famdesk.usecases.consent.consents import ConsentMissing
from famdesk.usecases.journal import HistoryRow


class AppointmentDialog(Dialog):
    """Books an appointment, or changes one. What speaks against the time is told before saving.

    `finished_with` tells the appointment's id.

    Signals:
        slip_requested(str): print the slip of this appointment.
        cancel_requested(str): cancel it.
        note_requested(str): write the note about it.
    """

    slip_requested = Signal(str)
    cancel_requested = Signal(str)
    note_requested = Signal(str)

    def __init__(self, parent: QWidget, runner: Runner, choices: Choices, begin: Start | AppointmentDetail) -> None:
        """A new appointment from a `Start`, or an existing one."""
        new = isinstance(begin, Start)
        super().__init__(parent, _("New appointment") if new else _("Appointment"), _("Book") if new else _("Save"))
        self._runner, self._choices = runner, choices
        self._detail: AppointmentDetail | None = None
        self._theirs: AppointmentDetail | None = None
        self._notice = ConflictNotice()
        self._stale = StaleNotice()
        self._consent = ConsentCheck(runner)
        self.path = PathChoice()
        self.fields = self.form = editor_form.build(PersonSearch(runner, self), choices, self._notice, self._consent,
                                                    self.path)  # fmt: skip
        self._consent.follow(self.fields)
        self._reason = NoShowReason(self.fields, self)
        self._function = ProposedFunction(self.fields, self)
        self.series = SeriesPart(runner, choices, self.fields, self)
        self.parties = PartiesSection(runner, choices, self.fields, self)
        self.series.follow(self.parties)
        self.path.follow(runner, self.fields, self.parties)
        self._check = TimeCheck(runner, self.fields, self._notice, self, self.parties)
        self.slots = FreeSlotPart(runner, choices, self.fields, self.parties, self._check, self)
        self.setMinimumWidth(min(theme.unit(172), round(self.screen().availableGeometry().width() * 0.9)))
        self._grow = QTimer(self)
        self._grow.setSingleShot(True)
        self.reminders = ReminderCard(runner)
        self._lay_out(new=new)
        if isinstance(begin, Start):
            editor_form.fill_new(self.fields, begin)
            self.series.begin()
            self.path.load(None)
        else:
            self._load(begin)
        self._connect()
        self._check.check()
        self._consent.check()
        self.fields.field("person_id").setFocus()

    def save(self) -> None:
        values = editor_form.collected(self.fields)
        repeats = self.series.repeats()
        impossible = "" if repeats else self._notice.impossible()  # of a series each date is looked at apart
        if impossible:
            self.bar.warning(impossible)
        if impossible or not self.parties.check():
            self.set_accept_enabled(True)
            return
        if self._notice.blocking() and not values["overlap_reason"] and not repeats:
            self.fields.show_error("overlap_reason", _("Give a reason, or take another time."))
            self.set_accept_enabled(True)
            return
        if repeats:
            self.series.book(values, self.finish if self._detail is None else self._saved)
        elif self._detail is None:
            del values[FIELD]
            values["extras"] = self.parties.extras()
            self._runner.run(calendar.book, **values, then=self.finish, failed=self.present)
        else:
            found, values["extras"] = self._detail, self.parties.extras()
            alone = partial(self._runner.run, calendar.change, found.id, found.version, **values, then=self._saved,
                            failed=self.present)  # fmt: skip
            self.series.change(values, alone, self._saved)

    def present(self, error: Exception) -> None:
        if isinstance(error, Stale) and self._detail is not None:
            self._stale_error = error
            self._runner.fetch(calendar.appointment, self._detail.id, then=self._on_theirs, failed=super().present)
            return
        if isinstance(error, RuleError) and error.field == "ends":
            error.field = "starts"  # one field here
        if isinstance(error, calendar.Overlap):
            self._check.check()
        if isinstance(error, RuleError) and self.parties.has(error.field):
            self.set_accept_enabled(True)
            self.parties.show_error(str(error.field), error.sentence())
            return
        missing = isinstance(error, ConsentMissing)
        self._consent.stands_at_field(error.sentence() if isinstance(error, ConsentMissing) else "")
        if missing:
            self._consent.check()
        super().present(error)

    @Slot()
    def _fit(self) -> None:
        """Grow until nothing has to be scrolled, as far as the screen has room."""
        if not self.isVisible():
            return
        wanted = self._column.body.totalHeightForWidth(self._column.viewport().width())
        missing = wanted - self._column.viewport().height()
        room = self.screen().availableGeometry().bottom() - self.geometry().bottom() - theme.unit(4)
        if missing > 0 and room > 0:
            self.resize(self.width(), self.height() + min(missing, room))

    def _saved(self, _nothing: object) -> None:
        self.finish(self._detail.id if self._detail else None)

    def _load(self, found: AppointmentDetail) -> None:
        self._detail = found
        self._function.rest()
        self._check.exclude = found.id
        self._stale.hide()
        self._cancel_it.setVisible("cancelled" in next_states(found.state))
        self.note.load(found)
        editor_form.fill(self.fields, self._choices, found)
        self.parties.load(found)
        self.path.load(found.path_id)
        self.series.show_detail(found)
        self.reminders.load(found.id)
        if found.state == "cancelled":
            who = codes.label(codes.CANCELLED_BY, found.cancelled_by)
            # Translators: {who} stands for a sentence such as "By the family"
            text = _("Cancelled. {who}. {reason}") if found.reason else _("Cancelled. {who}.")
            self.bar.info(text.format(who=who, reason=found.reason))

    def _lay_out(self, *, new: bool) -> None:
        self._column = ScrollColumn()
        self._column.body.addWidget(self._stale)
        self._column.body.addWidget(self.series.note)
        self._column.body.addWidget(self.fields)
        self._column.body.addWidget(self.slots.button, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.body.addWidget(self.parties)
        self._column.body.addWidget(self.series)
        self._column.body.addWidget(self.reminders)
        self._column.body.addStretch(1)
        self._history = LineList(_("History"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._column)
        self._stack.addWidget(self._history)
        if not new:
            self.body.addLayout(self._tools())
            self._cancel.setText(_("Close"))
        self.body.addWidget(self._stack, 1)

    def _tools(self) -> QHBoxLayout:
        """What one can do with an appointment beside changing its fields."""
        # Translators: the two sides of an appointment's window
        self._sides = Segmented([("details", _("Details")), ("history", _("History"))], _("View"))
        self._sides.chosen.connect(self._on_side)
        slip = ActionButton(_("Print slip"), "printer")
        self._cancel_it = ActionButton(_("Cancel appointment…"), "calendar-x")
        slip.clicked.connect(self._on_slip)
        self._cancel_it.clicked.connect(self._on_cancel)
        self.note = NoteButton(self._runner, self)
        self.note.wanted.connect(self.note_requested)
        row = QHBoxLayout()
        row.setSpacing(theme.unit(2))
        row.addWidget(self._sides)
        row.addStretch(1)
        row.addWidget(self.note)
        row.addWidget(slip)
        row.addWidget(self._cancel_it)
        return row

    def _connect(self) -> None:
        self.fields.field("kind").chosen.connect(self._on_kind)
        self.fields.field("person_id").new_requested.connect(self._on_new_person)
        self._stale.theirs_chosen.connect(self._on_load_theirs)
        self._stale.mine_chosen.connect(self._on_save_mine)
        self._check.told.connect(self._grow.start)
        self.parties.told.connect(self._grow.start)
        self._consent.told.connect(self._grow.start)
        self.path.told.connect(self._grow.start)
        self.series.told.connect(self._grow.start)
        self._grow.timeout.connect(self._fit)

    @Slot(str)
    def _on_kind(self, kind: str) -> None:
        when = self.fields.field("starts")
        if not when.length_chosen:
            when.set_minutes(calendar.usual_minutes(kind))
            when.edited.emit()

    @Slot(str)
    def _on_new_person(self, typed: str) -> None:
        self._person_dialog = NewPersonDialog(self, self._runner, typed)
        self._person_dialog.finished_with.connect(self._on_person_added)
        self._person_dialog.open()

    @Slot(object)
    def _on_person_added(self, person_id: object) -> None:
        field = self.fields.field("person_id")
        field.set_value((str(person_id), self._person_dialog.called()))
        field.edited.emit()
        field.setFocus()

    def _on_theirs(self, theirs: AppointmentDetail) -> None:
        self._theirs = theirs
        self._on_side("details")
        found = editor_form.differences(self.fields, theirs, self._name_of)
        self._stale.show_versions(self._stale_error, found)
        self.set_accept_enabled(True)
        self._grow.start()

    @Slot()
    def _on_load_theirs(self) -> None:
        if self._theirs is not None:
            self._load(self._theirs)
            self._check.check()
            self._consent.check()

    @Slot()
    def _on_save_mine(self) -> None:
        self._detail = self._theirs
        self._stale.hide()
        self.try_save()

    def _name_of(self, column: str, row_id: str) -> str:
        """The name of what a column points to; "" if it is not known here."""
        choices = self._choices
        known = dict((*choices.colleagues, *choices.rooms, *choices.points))
        for found in (self._detail, self._theirs):
            if found is not None and found.person_id:
                known[found.person_id] = found.person
        field = self.fields.field(column)
        return known.get(row_id) or (field.text() if field.value() == row_id else "")

    @Slot(str)
    def _on_side(self, side: str) -> None:
        if self._detail is None:
            return
        self._sides.set_current(side)
        self._stack.setCurrentIndex(int(side == "history"))
        if side == "history":
            self._runner.fetch(journal.history, "appointment", self._detail.id, then=self._show_history)

    def _show_history(self, rows: Sequence[HistoryRow]) -> None:
        self._history.set_lines(history.lines(rows, self._name_of))

    @Slot()
    def _on_slip(self) -> None:
        if self._detail is not None:
            self.slip_requested.emit(self._detail.id)

    @Slot()
    def _on_cancel(self) -> None:
        if self._detail is not None:
            self.cancel_requested.emit(self._detail.id)
            self.reject()
