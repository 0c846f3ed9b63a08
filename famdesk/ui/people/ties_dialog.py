"""Who works on a file, and who is kept from it because of a conflict of interest."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain.staff import rights
from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.dialog import Dialog, confirm
from famdesk.ui.kit.fields import TextField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label
from famdesk.usecases.people import people
from famdesk.usecases.people.person_rows import PersonFile, TieRow
from famdesk.usecases.staff import staff

ASSIGNED, BLOCKED = "assigned", "blocked"


class TiesDialog(Dialog):
    """The colleagues tied to a file; one is added at a time, and Delete ends a tie."""

    def __init__(self, parent: QWidget, runner: Runner, file: PersonFile) -> None:
        super().__init__(parent, _("Who works on this file"), _("Add"))
        self._runner, self._found = runner, file
        self._ties: dict[str, TieRow] = {}
        explained = _(
            "A colleague who works on a file sees it also when it is protected. One who is kept from it, as a relative"
            " of the family, sees nothing of it at all."
        )
        self.body.addWidget(Label(explained, "second", wrap=True))
        self.list = LineList(_("Colleagues of this file"), _("Nobody is tied to this file yet."), grow=True)
        self.list.setMinimumHeight(theme.unit(24))
        self.body.addWidget(self.list)
        self._may_end = bool(rights.cell("people.end_tie", runner.role))
        if self._may_end:
            self.body.addWidget(Label(_("Enter on a line ends it."), "small"))
        self.form = Form()
        self._staff: ChoiceField = self.form.add("staff_id", _("Colleague"), ChoiceField([]), required=True)
        kinds = [Choice(ASSIGNED, _("Works on the file"))]
        if rights.cell("people.block", runner.role):
            kinds.append(Choice(BLOCKED, _("Is kept from it")))
        self._kind: ChoiceField = self.form.add("kind", "", ChoiceField(kinds, allow_none=False))
        self._kind.setAccessibleName(_("What the colleague does"))
        self.form.add("reason", _("Reason"), TextField(lines=2), hint=_("Needed where somebody is kept from a file."))
        self._kind.edited.connect(self._on_kind)
        self.body.addWidget(self.form)
        self.list.activated_id.connect(self._ask_to_end)
        self._start_anew(file)
        runner.fetch(staff.colleagues, then=self._take_colleagues, failed=self.present)

    def save(self) -> None:
        assert self.form is not None
        values = self.form.values()
        ids = (self._found.id, values["staff_id"])
        if values["kind"] == BLOCKED:
            self._runner.run(people.block, *ids, values["reason"], then=self._on_done, failed=self.present)
        else:
            self._runner.run(people.assign, *ids, then=self._on_done, failed=self.present)

    def _start_anew(self, file: PersonFile) -> None:
        assert self.form is not None
        self._found, self._ties = file, {tie.id: tie for tie in file.ties}
        charge = [Line("", file.owner, badge=_("in charge"), meaning=Meaning.ACCENT)] if file.owner else []
        self.list.set_lines([*charge, *map(_line, file.ties)])
        self.form.set_values({"staff_id": None, "kind": ASSIGNED, "reason": ""})
        self._on_kind()
        self.set_accept_enabled(True)

    def _take_colleagues(self, rows: tuple[staff.ColleagueRow, ...]) -> None:
        roles = rights.ROLE_LABELS
        self._staff.set_choices([Choice(row.id, row.name, row.profession or _(roles.get(row.role, row.role)))
                                 for row in rows])  # fmt: skip

    def _on_done(self, _result: object) -> None:
        """Shows the file as it is now; the next colleague can be added."""
        self._runner.fetch(people.person, self._found.id, then=self._start_anew, failed=self._on_gone)

    def _on_gone(self, _error: Exception) -> None:
        """Who has kept himself from the file sees it no more."""
        self.finish()

    @Slot()
    def _on_kind(self) -> None:
        assert self.form is not None
        self.form.set_row_visible("reason", self._kind.value() == BLOCKED)

    @Slot(str)
    def _ask_to_end(self, tie_id: str) -> None:
        tie = self._ties.get(tie_id)
        if tie is None or not self._may_end:
            return
        if tie.kind == BLOCKED:
            question = _("Shall {name} no longer be kept from this file?").format(name=tie.name)
        else:
            question = _("Does {name} no longer work on this file?").format(name=tie.name)
        confirm(self, question, _("End it"), partial(self._end, tie_id), named=True)

    def _end(self, tie_id: str) -> None:
        tie = self._ties[tie_id]
        self._runner.run(people.end_tie, tie.id, tie.version, then=self._on_done, failed=self.present)


def _line(tie: TieRow) -> Line:
    if tie.kind == BLOCKED:
        return Line(tie.id, tie.name, detail=tie.reason or "", badge=_("kept from it"), meaning=Meaning.CONFLICT,
                    icon="ban")  # fmt: skip
    return Line(tie.id, tie.name, badge=_("works on it"), meaning=Meaning.OPEN, icon="user-round")
