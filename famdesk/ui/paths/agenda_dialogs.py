"""Dialogs of the team's talks: a meeting, and a case on its agenda."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from famdesk.i18n import _
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import DateField, LineField, NumberField, TextField, TimeField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.paths.dialogs import colleagues
from famdesk.usecases.paths import case_agenda
from famdesk.usecases.paths.case_agenda import LONGEST, CaseMeetingRow, CaseRow


class _WithColleague(Dialog):
    """A form with a field for a colleague, oneself at first."""

    staff_id = ""

    def read_colleagues(self, runner: Runner) -> None:
        """Fill the field."""
        runner.fetch(colleagues, then=self._take, failed=self.present, owner=self)

    def _take(self, found: tuple[str, list[Choice]]) -> None:
        me, choices = found
        if self.form is not None:
            field = self.form.field("staff_id")
            field.set_choices(choices)
            field.set_value(self.staff_id or me)


class MeetingDialog(_WithColleague):
    """A meeting of the team; `finished_with` gives the id of a new one."""

    def __init__(self, parent: QWidget, runner: Runner, row: CaseMeetingRow | None = None) -> None:
        super().__init__(parent, _("Team meeting") if row else _("New team meeting"), _("Save"))
        self._runner, self._row = runner, row
        self.form = Form()
        self.form.add("day", _("Day"), DateField(), required=True)
        self.form.add("starts", _("Time"), TimeField())
        self.form.add("place", _("Where"), LineField(120))
        self.form.add("staff_id", _("Led by"), ChoiceField([], allow_none=False))
        self.body.addWidget(self.form)
        if row is not None:
            self.staff_id = row.staff_id
            self.form.set_values({"day": row.day, "starts": row.starts, "place": row.place})
        else:
            self.form.set_values({"day": runner.now().date()})
        self.read_colleagues(runner)

    def save(self) -> None:
        assert self.form is not None
        values = self.form.values()
        if self._row is None:
            deed: Any = partial(case_agenda.add_meeting, **values)
            self._runner.run(deed, then=self.finish, failed=self.present)
        else:
            deed = partial(case_agenda.change_meeting, **values)
            self._runner.run(deed, self._row.id, self._row.version, then=self.finish, failed=self.present)


class CaseDialog(_WithColleague):
    """A case on an agenda: by its code, never by a name."""

    def __init__(self, parent: QWidget, runner: Runner, meeting_id: str, row: CaseRow | None = None) -> None:
        title = _("Case {code}").format(code=row.code) if row else _("New case on the agenda")
        super().__init__(parent, title, _("Save"))
        self._runner, self._meeting_id, self._row = runner, meeting_id, row
        self.form = Form()
        if row is None:
            self.form.add("code", _("Code of the path"), LineField(20, _("Code, such as P-0042")), required=True)
        self.form.add("question", _("Question or aim"), TextField(lines=3), required=True,
                      hint=_("Without names: the agenda lies on the table."))  # fmt: skip
        self.form.add("staff_id", _("Brought by"), ChoiceField([], allow_none=False))
        self.form.add("minutes", _("Minutes"), NumberField(1, LONGEST), required=True)
        if row is not None:
            self.form.add("outcome", _("Outcome"), TextField(lines=2))
        self.body.addWidget(self.form)
        if row is not None:
            self.staff_id = row.staff_id
            self.form.set_values({"question": row.question, "minutes": row.minutes, "outcome": row.outcome})
        else:
            self.form.set_values({"minutes": 20})
        self.read_colleagues(runner)

    def save(self) -> None:
        assert self.form is not None
        values = self.form.values()
        if self._row is None:
            deed: Any = partial(case_agenda.add_case, **values)
            self._runner.run(deed, self._meeting_id, then=self.finish, failed=self.present)
        else:
            deed = partial(case_agenda.change_case, **values)
            self._runner.run(deed, self._row.id, self._row.version, then=self.finish, failed=self.present)
