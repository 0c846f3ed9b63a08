"""How long those who work at a meeting were there, and how long they prepared it."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from famdesk.domain.codes import label
from famdesk.domain.programmes.meetings import MEETING_PARTS
from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import NumberField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label
from famdesk.usecases.enrolling import attendance
from famdesk.usecases.enrolling.attendance import LEADER, LONGEST_PRESENCE, HoursRow, Worked
from famdesk.usecases.programmes.programmes_rows import MeetingRow


class HoursDialog(Dialog):
    """Two fields for each, in minutes; the length of the meeting is offered where nothing is noted."""

    def __init__(self, parent: QWidget, runner: Runner, row: MeetingRow) -> None:
        super().__init__(parent, _("Hours at meeting {number}").format(number=row.number), _("Save"))
        self.setMinimumWidth(theme.unit(120))
        self._runner, self._row = runner, row
        self._rows: tuple[HoursRow, ...] = ()
        self.fields = Form()
        self.form = self.fields
        self.body.addWidget(Label(_("In minutes; empty: not noted."), "second"))
        self.body.addWidget(self.fields)
        self.set_accept_enabled(False)
        self._runner.fetch(attendance.hours, row.id, then=self._take)

    def save(self) -> None:
        """Notes the minutes."""
        worked = tuple(
            Worked(one.party_id, self.fields.value(f"minutes:{number}"), self.fields.value(f"prepared:{number}"))
            for number, one in enumerate(self._rows)
        )
        self._runner.run(attendance.note_hours, self._row.id, worked, then=self.finish, failed=self.present)

    def _take(self, rows: tuple[HoursRow, ...]) -> None:
        self._rows = rows
        if not rows:
            self.fields.widget(Label(_("Nobody is noted as working there: add a leader or colleagues to the meeting."),
                                     wrap=True))  # fmt: skip
        shown = {}
        for number, one in enumerate(rows):
            self.fields.section(f"{one.name} ({_('leader') if one.kind == LEADER else label(MEETING_PARTS, one.kind)})")
            self.fields.add(f"minutes:{number}", _("At the meeting"), NumberField(0, LONGEST_PRESENCE))
            # Translators: minutes that a colleague worked for a meeting before or after it
            self.fields.add(f"prepared:{number}", _("Beside it"), NumberField(0, LONGEST_PRESENCE))
            shown[f"minutes:{number}"] = one.minutes if one.minutes is not None else self._row.minutes
            shown[f"prepared:{number}"] = one.prepared
        self.fields.set_values(shown)
        self.set_accept_enabled(bool(rows))
        self.fields.focus_first()
        QTimer.singleShot(0, self, self._make_room)
