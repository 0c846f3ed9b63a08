"""Emergency access: asking for a protected file, and seeing who asked for the one that is open."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain.errors import RuleError
from famdesk.domain.notes.emergency import until
from famdesk.i18n import N_, _, formats
from famdesk.ui.kit import theme
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.dialog import Dialog, confirm
from famdesk.ui.kit.fields import DateField, LineField, TextField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Label
from famdesk.usecases.people import emergency
from famdesk.usecases.people.emergency import EmergencyRow, Wanted
from famdesk.usecases.people.person_rows import PersonFile


class NothingOpened(RuleError):
    message = N_(
        "Nothing was opened. Perhaps there is no such file, the name or the day is written in another way, or it stays"
        " closed to you. Ask the coordinator. Your question stands in the journal."
    )


class EmergencyDialog(Dialog):
    """Asks whose file and why. `finished_with` gives the id of the person whose file is open now."""

    def __init__(self, parent: QWidget, runner: Runner) -> None:
        super().__init__(parent, _("Emergency access"), _("Open the file"))
        self._runner = runner
        self.setMinimumWidth(theme.unit(140))
        explained = _(
            "For a protected file on which you do not work, and an urgent and lawful reason. It is open to you until"
            " midnight, to be read only; session notes and hidden contacts stay closed. Who works on the file and the"
            " coordinator are told at once, with your reason."
        )
        self.body.addWidget(Label(explained, "second", wrap=True))
        self.form = Form()
        self.form.add("surname", _("Surname"), LineField(), hint=_("The whole name, as on the document."))
        self.form.add("given_name", _("Given name"), LineField())
        self.form.add("birth_date", _("Birth date"), DateField(past=True))
        self.form.add("code", _("Tax code"), LineField(), hint=_("Instead of name and birth date."))
        self.form.add("reason", _("Reason"), TextField(lines=3), required=True,
                      hint=_("Why it is urgent, and for whom."))  # fmt: skip
        self.body.addWidget(self.form)
        self.form.field("surname").setFocus()

    def save(self) -> None:
        assert self.form is not None
        values = self.form.values()
        wanted = Wanted(values["surname"] or "", values["given_name"] or "", values["birth_date"], values["code"] or "")
        self._runner.run(emergency.ask, wanted, values["reason"] or "", then=self._on_asked, failed=self.present)

    def _on_asked(self, asked: str) -> None:
        self._runner.fetch(emergency.answer, asked, then=self._on_answer, failed=self.present)

    def _on_answer(self, row: EmergencyRow | None) -> None:
        if row is None:
            self.present(NothingOpened())
        else:
            self.finish(row.person_id)


class AccessesDialog(Dialog):
    """The emergency accesses to a file; Enter ends one that is still open."""

    def __init__(self, parent: QWidget, runner: Runner, file: PersonFile) -> None:
        super().__init__(parent, _("Emergency accesses"))
        self._runner, self._person = runner, file
        self._rows: dict[str, EmergencyRow] = {}
        self.list = LineList(_("Emergency accesses"), _("Nobody opened this file in an emergency."), grow=True)
        self.list.setMinimumHeight(theme.unit(24))
        self.setMinimumWidth(theme.unit(150))
        self._hint = Label(_("Enter on a line that is open now ends it."), "small")
        self.body.addWidget(self.list)
        self.body.addWidget(self._hint)
        self.body.addStretch(1)
        self._hint.hide()
        self.list.activated_id.connect(self._ask_to_end)
        self.read()

    @Slot()
    def read(self) -> None:
        """Ask for the accesses."""
        self._runner.fetch(emergency.of_person, self._person.id, then=self._show, failed=self.present)

    def _show(self, rows: tuple[EmergencyRow, ...]) -> None:
        self._rows = {row.id: row for row in rows}
        self.list.set_lines([_line(row) for row in rows])
        self._hint.setVisible(any(row.open for row in rows))
        self.list.setFocus()
        QTimer.singleShot(0, self, self._make_room)

    @Slot(str)
    def _ask_to_end(self, access_id: str) -> None:
        row = self._rows.get(access_id)
        if row is not None and row.open:
            confirm(self, _("End this emergency access?"), _("End it"), partial(self._end, row),
                    detail=_("{name} can no longer read the file.").format(name=row.by))  # fmt: skip

    def _end(self, row: EmergencyRow) -> None:
        self._runner.run(emergency.end, row.id, row.version, then=self._on_ended, failed=self.present)

    def _on_ended(self, _nothing: object) -> None:
        announce(self.list, _("The emergency access was ended."))
        if any(row.mine and row.open for row in self._rows.values()):
            self.finish(None)  # the file is closed to its reader now
        else:
            self.read()


def _line(row: EmergencyRow) -> Line:
    said = f"{until(row.until)} · {row.reason}"
    return Line(row.id, row.by, lead=formats.moment(row.asked), detail=said, icon="shield-alert",
                badge=_("open now") if row.open else "", meaning=Meaning.WARNING)  # fmt: skip
