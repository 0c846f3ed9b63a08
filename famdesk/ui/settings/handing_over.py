"""The successor procedure: two holders open the sealed envelope, one after the other, and an author's notes are handed
over."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from famdesk.domain.staff import rights
from famdesk.i18n import N_, _
from famdesk.ui.kit.dialog import Dialog, confirm
from famdesk.ui.kit.fields import LineField, TextField
from famdesk.ui.kit.form import KEEPS_DRAFTS, Form
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Label
from famdesk.usecases.notes import escrow
from famdesk.usecases.staff import staff
from famdesk.usecases.staff.staff import ColleagueRow

if TYPE_CHECKING:
    from famdesk.usecases.office import Office

_WHAT: Final = N_(
    "Two holders are present, each with their own part. First say whose notes they are and who takes them over; then "
    "each holder types their part alone. Everything goes into the journal, and the author is told."
)
_FIRST: Final = N_("First holder: type your part from the paper. The others turn away; what is typed is hidden.")
_SECOND: Final = N_("Second holder: type your part. With it the notes are handed over, and that cannot be undone.")


class HandOverDialog(Dialog):
    """Three steps: who and why, the first part, the second part. Nothing happens before the last one.

    Attributes:
        phase: "who", "first" or "second".
    """

    def __init__(self, parent: QWidget, runner: Runner, office: Office) -> None:
        super().__init__(parent, _("Hand notes over to a successor"), _("Next"), danger=True)
        self._runner, self._office = runner, office
        self.phase = "who"
        self._first, self._public = "", b""
        self._say = Label("", wrap=True)
        self._who = _who_form()
        self._parts = {"first": _part_form("code_1"), "second": _part_form("code_2")}
        self._stack = QStackedWidget()
        for page in (self._who, *self._parts.values()):
            self._stack.addWidget(page)
        self.body.addWidget(self._say)
        self.body.addWidget(self._stack, 1)
        self._go("who")
        runner.fetch(staff.colleagues, False, then=self._take, failed=self.present, owner=self)

    def save(self) -> None:
        """What the button of this step does."""
        if self.phase == "who":
            work = partial(escrow.public_key, self._office, self._who.value("staff_id"))
            self._runner.in_turn(work, then=self._on_known, failed=self.present, owner=self, quiet=True)
        elif self.phase == "first":
            self._take_first()
        else:
            self._hand_over()

    @Slot()
    def reject(self) -> None:
        """Half-way nothing was done, and the first part is forgotten."""
        if self.phase == "who":
            super().reject()
            return
        asked = confirm(self, _("Stop handing over?"), _("Stop"), self._forget, danger=True,
                        detail=_("Nothing was handed over."))  # fmt: skip
        asked.begin_with_cancel(_("Go on"))

    def _forget(self) -> None:
        self._first = ""
        for form in self._parts.values():
            form.set_values(dict.fromkeys(form.values(), ""))
        self.form = None
        super().reject()

    def _on_known(self, public: bytes) -> None:
        self._public = public
        self._go("first")

    def _take_first(self) -> None:
        typed = self._parts["first"].value("code_1")
        try:
            escrow.check_share(typed, field="code_1")
        except escrow.WrongShare as error:
            self.present(error)
            return
        self._first = typed
        self._parts["first"].set_values({"code_1": ""})
        self._go("second")

    def _hand_over(self) -> None:
        found = self._who.values()
        codes = (self._first, self._parts["second"].value("code_2"))
        self._runner.run(escrow.hand_over, codes, found["author_id"], found["staff_id"], self._public, found["reason"],
                         then=self._on_done, failed=self.present, owner=self)  # fmt: skip

    def _on_done(self, count: int) -> None:
        self._first = ""
        self.finish(count)

    def _go(self, phase: str) -> None:
        self.phase = phase
        texts = {"who": (_WHAT, _("Next")), "first": (_FIRST, _("Next")), "second": (_SECOND, _("Hand over"))}
        text, button = texts[phase]
        self._say.setText(_(text))
        self.form = self._parts.get(phase, self._who)
        self._stack.setCurrentIndex(tuple(texts).index(phase))
        self.set_accept_text(button)
        self.set_accept_enabled(True)
        if self.isVisible():
            announce(self, _(text))
            self.form.focus_first()

    def _take(self, rows: tuple[ColleagueRow, ...]) -> None:
        """Authors may have left or have lost their account; a successor needs one."""
        writes = {row.id for row in rows if rights.cell(escrow.put_in.name, row.role)}
        self._who.field("author_id").set_choices([Choice(row.id, row.name) for row in rows if row.id in writes])
        self._who.field("staff_id").set_choices(
            [Choice(row.id, row.name) for row in rows if row.login and row.active and row.id in writes]
        )


def _who_form() -> Form:
    form = Form(labels="top")
    form.add("author_id", _("Notes of"), ChoiceField([]), required=True)
    form.add("staff_id", _("Successor"), ChoiceField([]), required=True,
             hint=_("Who lost the password gets one's own notes back: choose the same colleague."))  # fmt: skip
    form.add("reason", _("Reason"), TextField(lines=2), required=True)
    return form


def _part_form(name: str) -> Form:
    form = Form(labels="top")
    form.setProperty(KEEPS_DRAFTS, True)  # parts exist on paper only
    field = LineField(80)
    field.setEchoMode(QLineEdit.EchoMode.PasswordEchoOnEdit)
    field.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
    form.add(name, _("First part") if name == "code_1" else _("Second part"), field, required=True,
             hint=_("Capital or small letters, blanks and hyphens make no difference."))  # fmt: skip
    return form
