"""Who changed a file, when, and what; and what was known of the person on a day."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from famdesk.domain.staff import rights
from famdesk.i18n import _, formats
from famdesk.ui import reading_lines
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import DateField
from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Label, Segmented
from famdesk.ui.people import history_words as words
from famdesk.usecases import readings
from famdesk.usecases.people import people, person_history
from famdesk.usecases.people.person_history import Known
from famdesk.usecases.people.person_rows import FileStep, PersonFile
from famdesk.usecases.post import prints
from famdesk.usecases.post.prints import PrintRow
from famdesk.usecases.readings import ReadingRow


class HistoryDialog(Dialog):
    """The steps of a file; with a day above them, what the file said at the end of that day."""

    def __init__(self, parent: QWidget, runner: Runner, file: PersonFile) -> None:
        super().__init__(parent, _("History of the file"))
        self._runner, self._person = runner, file
        self._steps: tuple[FileStep, ...] = ()
        self.day = DateField(past=True, today=self._today)
        label = Label(_("What was known on"))
        label.setBuddy(self.day)
        self.day.setAccessibleName(label.text())
        self._back = ActionButton(_("All changes"), "history", kind="link")
        self._told = Label("", "second", wrap=True)
        self.list = LineList(_("History of the file"))
        self.list.setMinimumHeight(theme.unit(100))
        self.setMinimumWidth(theme.unit(160))
        self.day.setMinimumWidth(theme.unit(36))
        row = QHBoxLayout()
        row.setSpacing(theme.unit(2))
        for part in (label, self.day, self._back):
            row.addWidget(part)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(self._told)
        self.body.addWidget(self.list)
        self._told.hide()
        self._back.hide()
        self.day.editingFinished.connect(self.ask)
        self.day.edited.connect(self._on_edited)
        self._back.clicked.connect(self._on_back)
        parts = [("steps", _("What was changed")), ("looks", _("Who looked at it"))]
        if rights.cell(prints.of_person.name, runner.role):
            parts.append(("prints", _("Who printed it")))
        self.part = Segmented(parts, _("Shown"))
        told = rights.cell(readings.of_file.name, runner.role) and file.open_until is None
        self.part.setVisible(bool(told))
        self.part.chosen.connect(self._on_part)
        self.body.insertWidget(0, self.part)
        runner.fetch(people.file_history, file.id, then=self._take_steps, failed=self.present)

    @Slot()
    def ask(self) -> None:
        """Ask what was known on the day that stands in the field."""
        day = self.day.value()
        if day is None:
            self._say(self.day.problem())
            return
        self._runner.fetch(person_history.known_on, self._person.id, day, then=self._show_known, failed=self.present,
                           latest="known")  # fmt: skip

    def told(self) -> str:
        """The sentence above the list."""
        return self._told.text()

    def _today(self) -> date:
        return self._person.today

    @Slot()
    def _on_edited(self) -> None:
        """A day picked from the calendar, or moved by the arrows, is asked for at once; one being typed is not."""
        if not self.day.isModified():
            self.ask()

    @Slot()
    def _on_back(self) -> None:
        self.day.set_value(None)
        self._say("")
        self._show_steps()
        self.list.setFocus()

    @Slot(str)
    def _on_part(self, part: str) -> None:
        """Changes, or who read, printed, passed on; and where the safe-contact rule was overridden."""
        self.day.setEnabled(part == "steps")
        self._say("")
        if part == "steps":
            self._show_steps()
        elif part == "prints":
            self._back.hide()
            self._runner.fetch(prints.of_person, self._person.id, then=self._show_prints, failed=self.present,
                               latest="known")  # fmt: skip
        else:
            self._back.hide()
            self._runner.fetch(readings.of_file, self._person.id, then=self._show_looks, failed=self.present,
                               latest="known")  # fmt: skip

    def _show_looks(self, rows: tuple[ReadingRow, ...]) -> None:
        self.list.set_lines([reading_lines.line(row) for row in rows])
        self._say("" if rows else _("Nobody has looked at this file."))

    def _show_prints(self, rows: tuple[PrintRow, ...]) -> None:
        self.list.set_lines([words.print_line(row) for row in rows])
        self._say("" if rows else _("No sheet with this person was printed, saved or sent in the last year."))

    def _take_steps(self, steps: tuple[FileStep, ...]) -> None:
        self._steps = steps
        self._show_steps()
        self.list.setFocus()

    def _show_steps(self) -> None:
        self._back.hide()
        self.list.set_lines([words.step_line(step) for step in self._steps])

    def _show_known(self, known: Known | None) -> None:
        self._back.show()
        if known is None:
            self._say(_("There was no file of this person on that day."))
            self.list.set_lines([])
            return
        day = formats.date_long(known.on)
        text = _("The file lay in the bin on {day}.") if known.binned else _("This is what the file said on {day}.")
        self._say(text.format(day=day))
        self.list.set_lines([
            Line(name, words.field_name(name), detail=words.value_words("person", name, value))
            for name, value in known.fields
            if name != "owner_staff_id"
        ])  # fmt: skip

    def _say(self, text: str) -> None:
        self._told.setText(text)
        self._told.setVisible(bool(text))
        if text:
            announce(self._told, text)
