"""A colleague leaves, in steps: what is open goes to a successor, then the access ends, at once and for good."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from famdesk.domain.errors import RuleError
from famdesk.domain.staff import rights
from famdesk.i18n import _, ngettext
from famdesk.ui.first_start.answers import Answers
from famdesk.ui.first_start.recovery import RecoveryStep
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import CheckField, LineField
from famdesk.ui.kit.form import KEEPS_DRAFTS, Form
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label, Segmented
from famdesk.ui.settings.perform import perform
from famdesk.usecases.staff import leaving, staff
from famdesk.usecases.staff.leaving import HandedOver, OpenWork
from famdesk.usecases.staff.staff import ColleagueRow

if TYPE_CHECKING:
    from famdesk.usecases.office import Office

TYPED, NEW = "typed", "new"


class LeavingDialog(Dialog):
    """Shows what is open, hands it over, and ends the access.

    Attributes:
        counts: what is still open, in words.
        hand_over: gives it to the successor who is chosen.
        sheet: whether the recovery sheet is at hand or a new one is printed; on a server nothing of it is asked.
    """

    def __init__(self, parent: QWidget, runner: Runner, office: Office, row: ColleagueRow) -> None:
        super().__init__(parent, _("{name} leaves").format(name=row.name), _("End the access"), danger=True,
                         named=True)  # fmt: skip
        self.setProperty(KEEPS_DRAFTS, True)  # the recovery code exists on paper only
        self._runner, self._office, self._row = runner, office, row
        self._file = office.home.settings().server is None
        self._answers = Answers(centre=office.home.settings().centre_name)
        self._new: RecoveryStep | None = None
        self._warned = False
        self._before = QWidget()
        self.counts = Label("", wrap=True)
        self._notes = Label("", wrap=True)
        self._successor = Form()
        self.hand_over = ActionButton(_("Hand over"), "users")
        self.sheet = Segmented([(TYPED, _("I have the recovery sheet")), (NEW, _("Print a new sheet"))],
                               _("Recovery sheet"))  # fmt: skip
        self.form = Form(labels="top")
        self._place = QVBoxLayout()
        self._lay_out()
        self.hand_over.clicked.connect(self._on_hand_over)
        self.sheet.chosen.connect(self._on_sheet)
        self._on_sheet(TYPED)
        self._read()

    def save(self) -> None:
        """Ends the access; of a new sheet two groups are typed back first."""
        assert self.form is not None
        new = self.sheet.current() == NEW and self._file
        if not self._ready(new=new):
            self.set_accept_enabled(True)
            return
        code = self._answers.recovery if new else self.form.value("recovery") if self._file else ""
        perform(self._runner, self._office, partial(_end, new_sheet=new), self._row.id, code,
                then=self.finish, failed=self.present, owner=self)  # fmt: skip

    def _ready(self, *, new: bool) -> bool:
        """Whether everything is there; says what is missing."""
        assert self.form is not None
        if self._warned and not self.form.value("sure"):
            self.form.show_error("sure", _("Confirm that this is so."))
            return False
        if not self._file:
            return True
        if new:
            return self._new is not None and self._new.take()
        if not self.form.value("recovery"):
            self.form.show_error("recovery", _("This field is needed."))
            return False
        return True

    def _lay_out(self) -> None:
        self._successor.add("successor_id", _("Successor"), ChoiceField([]))
        first = QVBoxLayout(self._before)
        first.setContentsMargins(0, 0, 0, 0)
        first.setSpacing(theme.unit(3))
        for widget in (Label(_("1. What is still open"), "section"), self.counts, self._successor, self.hand_over,
                       Label(_("2. Session notes"), "section"), self._notes):  # fmt: skip
            first.addWidget(widget)
        body = self.body
        body.addWidget(self._before)
        body.addWidget(Label(_("3. The access"), "section"))
        if self._file:
            text = _("From then on the account does not open anything any more, and the whole file gets a new key, so "
                     "that nothing the colleague may have kept opens it. Backups of before still open with the "
                     "passwords of then: keep them locked away and make a new one afterwards.")  # fmt: skip
        else:
            text = _("From then on the login is closed and the server shows nothing to whoever is still signed in.")
        body.addWidget(Label(text, "second", wrap=True))
        assert self.form is not None
        if self._file:
            body.addWidget(self.sheet)
            self.form.add("recovery", _("Recovery key"), LineField(80),
                          hint=_("It stands on the recovery sheet, which stays good. Choose a new sheet if the "
                                 "colleague may have seen the old one, or if it is lost."))  # fmt: skip
        body.addWidget(self.form)
        body.addLayout(self._place)
        self.form.add("sure", _("Notes"), CheckField(_("What was to be signed is signed, or cannot be any more")))
        self.form.set_row_visible("sure", visible=False)
        body.addStretch(0)  # what is done goes, and the rest stays on top

    def _read(self) -> None:
        if rights.cell(leaving.open_work.name, self._office.role):
            self._runner.fetch(leaving.open_work, self._row.id, then=self._show, failed=self.present, owner=self)
            self._runner.fetch(staff.colleagues, then=self._take, failed=self.present, owner=self)
        else:
            roles = rights.roles_for(leaving.open_work.name)
            self.counts.setText(_("What is open is seen and handed over by: {roles}.").format(roles=", ".join(roles)))
            self._notes.setText(_("The sealed envelope gives signed notes to a successor, now or later."))
            for one in (self._successor, self.hand_over):
                one.hide()
            self._warned = True  # what was never signed, or is in no envelope, is lost with the keys
            assert self.form is not None
            self.form.set_row_visible("sure", visible=True)

    def _take(self, rows: tuple[ColleagueRow, ...]) -> None:
        others = [Choice(one.id, one.name) for one in rows if one.id != self._row.id]
        self._successor.field("successor_id").set_choices(others)

    def _show(self, found: OpenWork) -> None:
        self.counts.setText(open_words(found))
        self._notes.setText(note_words(found))
        for one in (self._successor, self.hand_over):
            one.setVisible(bool(found.to_hand_over))
        assert self.form is not None
        self._warned = bool(found.drafts or found.unsealed)
        self.form.set_row_visible("sure", self._warned)
        if found.to_hand_over:
            self._successor.focus_first()
        self._make_room()

    @Slot()
    def _on_hand_over(self) -> None:
        chosen = self._successor.value("successor_id")
        if not chosen:
            self._successor.show_error("successor_id", _("Choose who takes over."))
            return
        self.hand_over.setEnabled(False)
        self._runner.run(leaving.hand_over, self._row.id, chosen, then=self._on_handed_over,
                         failed=self._on_refused, owner=self)  # fmt: skip

    def _on_handed_over(self, done: HandedOver) -> None:
        self.hand_over.setEnabled(True)
        self.bar.ok(handed_words(done))
        self._runner.fetch(leaving.open_work, self._row.id, then=self._show, failed=self.present, owner=self)

    def _on_refused(self, error: Exception) -> None:
        self.hand_over.setEnabled(True)
        if isinstance(error, RuleError) and error.field == "successor_id":
            self._successor.present(error)
        else:
            self.present(error)

    @Slot(str)
    def _on_sheet(self, chosen: str) -> None:
        if not self._file:
            return
        assert self.form is not None
        typed = chosen == TYPED
        self.sheet.set_current(chosen)
        self._before.setVisible(typed)  # a low screen has no room for both
        self.form.set_row_visible("recovery", typed)
        if not typed and self._new is None:
            self._new = RecoveryStep(self._answers, self._in_background)
            self._new.preview.setMinimumSize(theme.unit(80), theme.unit(80))
            self._new.preview.setMaximumHeight(theme.unit(85))  # the whole fits on a low screen
            self._place.addWidget(self._new)
            self._new.enter()
        if self._new is not None:
            self._new.setVisible(not typed)
        self._make_room()

    def _in_background(self, work: object, then: object = None, failed: object = None) -> None:
        self._runner.compute(work, then=then, failed=failed, owner=self)  # type: ignore[arg-type]


def open_words(found: OpenWork) -> str:
    """What is open, one line for each kind."""
    lines = [
        (found.appointments, ngettext("{n} appointment ahead", "{n} appointments ahead", found.appointments)),
        (found.meetings, ngettext("{n} meeting ahead to lead", "{n} meetings ahead to lead", found.meetings)),
        (found.files, ngettext("{n} file in charge", "{n} files in charge", found.files)),
        (found.paths, ngettext("{n} open path", "{n} open paths", found.paths)),
        (found.follow_ups, ngettext("{n} thing to do", "{n} things to do", found.follow_ups)),
        (found.referrals, ngettext("{n} open referral", "{n} open referrals", found.referrals)),
    ]
    text = "\n".join(line.format(n=count) for count, line in lines if count)
    return text or _("Nothing is open: there is nothing to hand over.")


def note_words(found: OpenWork) -> str:
    """How it stands with the notes."""
    lines = []
    if found.drafts:
        text = ngettext(
            "{n} note was never signed: let the colleague sign it now if possible.",
            "{n} notes were never signed: let the colleague sign them now if possible.",
            found.drafts,
        )
        lines.append(text.format(n=found.drafts))  # fmt: skip
    if found.unsealed:
        text = ngettext("{n} part of notes is not in the sealed envelope: nobody will be able to read it any more.",
                        "{n} parts of notes are not in the sealed envelope: nobody will be able to read them any more.",
                        found.unsealed)  # fmt: skip
        lines.append(text.format(n=found.unsealed))
    if found.sealed:
        text = ngettext("{n} part of notes is in the sealed envelope, which gives it to a successor, now or later.",
                        "{n} parts of notes are in the sealed envelope, which gives them to a successor, now or later.",
                        found.sealed)  # fmt: skip
        lines.append(text.format(n=found.sealed))
    return "\n".join(lines) or _("There are no session notes of this colleague.")


def handed_words(done: HandedOver) -> str:
    """What became of it."""
    text = ngettext("{n} thing was handed over.", "{n} things were handed over.", done.given).format(n=done.given)
    if done.left:
        more = ngettext("{n} stays, since the successor is taken at that time: settle it in the calendar.",
                        "{n} stay, since the successor is taken at that time: settle them in the calendar.",
                        done.left)  # fmt: skip
        text = f"{text} {more.format(n=done.left)}"
    return text


def _end(office: Office, staff_id: str, code: str, *, new_sheet: bool) -> None:
    leaving.end_access(office, staff_id, code, new_sheet=new_sheet)
