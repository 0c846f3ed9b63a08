"""The details tab of a file: school or nursery by year, what is to be minded, the centre's own fields."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from famdesk.domain.people.person_details import school_year_label
from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.lines import LineList
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card, Label
from famdesk.ui.people import details_words as words
from famdesk.ui.people.details_dialogs import FlagDialog, SchoolDialog, ValuesDialog
from famdesk.ui.people.panel import FilePanel
from famdesk.usecases.people import custom_fields, flags, schooling
from famdesk.usecases.people.custom_fields import ValueRow
from famdesk.usecases.people.flags import FlagRow
from famdesk.usecases.people.schooling import Schooling

TWO_COLUMNS_FROM = 170
"""Width of the tab, in units, from which its cards stand in two columns."""


class DetailsPanel(FilePanel):
    """What is known beside the identity; Enter on a line changes it."""

    watches: ClassVar[frozenset[str]] = frozenset({"school_year", "flag", "custom_field", "custom_value", "body"})

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._school = Schooling(0, (), None)
        self._flags: tuple[FlagRow, ...] = ()
        self._values: tuple[ValueRow, ...] = ()
        self.school = LineList(_("School or nursery"), _("No school or nursery is known."), grow=True)
        self.flags = LineList(_("To be minded"), _("Nothing is marked."), grow=True)
        self.values = LineList(_("Own fields of the centre"), grow=True)
        self.copy = ActionButton("", "copy", kind="link")
        self._no_fields = Label(_("Who leads the centre adds fields of its own in the settings."), "second", wrap=True)
        self.add_school = _button(_("Add school year"), "plus")
        self.add_flag = _button(_("Add"), "plus")
        self.fill_in = _button(_("Fill in"), "pencil")
        self._columns = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        if self.file is None:
            return
        fetch, failed = self.runner.fetch, self.failed.emit
        fetch(schooling.school, self.file.id, then=self._take_school, failed=failed, latest="school")
        fetch(flags.flags, self.file.id, then=self._take_flags, failed=failed, latest="flags")
        fetch(custom_fields.values, self.file.id, then=self._take_values, failed=failed, latest="values")

    def forget(self) -> None:
        self._school, self._flags, self._values = Schooling(0, (), None), (), ()
        for one in (self.school, self.flags, self.values):
            one.set_lines([])
        self.copy.hide()

    def focus_first(self) -> None:
        filled = [one for one in (self.flags, self.school, self.values) if one.lines()]
        if not filled:
            self.add_flag.setFocus()
            return
        if not filled[0].current_id():
            filled[0].step(1)
        filled[0].setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= theme.unit(TWO_COLUMNS_FROM)
        self._columns.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    def _lay_out(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(_card(_("To be minded"), "triangle-alert", self.add_flag, self.flags))
        left.addWidget(_card(_("Own fields of the centre"), "tag", self.fill_in, self.values, self._no_fields))
        right.addWidget(_card(_("School or nursery"), "book-open", self.add_school, self.school, self.copy))
        for column in (left, right):
            column.setSpacing(theme.unit(3.5))
            column.addStretch(1)
            self._columns.addLayout(column, 1)
        self._columns.setSpacing(theme.unit(3.5))
        self.body.addLayout(self._columns)
        self.copy.hide()

    def _connect(self) -> None:
        self.school.activated_id.connect(self._on_school)
        self.flags.activated_id.connect(self._on_flag)
        self.values.activated_id.connect(self._on_value)
        self.add_school.clicked.connect(self._on_add_school)
        self.add_flag.clicked.connect(self._on_add_flag)
        self.fill_in.clicked.connect(self._on_fill_in)
        self.copy.clicked.connect(self._on_copy)

    def _take_school(self, found: Schooling) -> None:
        self._school = found
        self.school.set_lines([words.school_line(row, found.this_year) for row in found.years])
        last = found.proposed
        self.copy.setVisible(last is not None)
        if last is not None:
            # Translators: a button that copies last year's school into this year: "Also 2025/26: Nido Sole"
            text = _("Also {year}: {school}")
            self.copy.setText(text.format(year=school_year_label(found.this_year), school=words.school_name(last)))

    def _take_flags(self, rows: tuple[FlagRow, ...]) -> None:
        self._flags = rows
        self.flags.set_lines([words.flag_line(row) for row in rows])

    def _take_values(self, rows: tuple[ValueRow, ...]) -> None:
        self._values = rows
        self.values.set_lines([words.value_line(row) for row in rows])
        self.values.setVisible(bool(rows))
        self._no_fields.setVisible(not rows)
        self.fill_in.setEnabled(any(not row.field.retired for row in rows))

    @Slot(str)
    def _on_school(self, row_id: str) -> None:
        row = next((row for row in self._school.years if row.id == row_id), None)
        if self.file is not None and row is not None:
            SchoolDialog(self.window(), self.runner, self.file, row, self._school.this_year).open()

    @Slot(str)
    def _on_flag(self, row_id: str) -> None:
        row = next((row for row in self._flags if row.id == row_id), None)
        if self.file is not None and row is not None:
            FlagDialog(self.window(), self.runner, self.file, row).open()

    @Slot(str)
    def _on_value(self, field_id: str) -> None:
        dialog = self._fill_in()
        if dialog is not None and dialog.form is not None and dialog.form.has(field_id):
            dialog.form.field(field_id).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_add_school(self) -> None:
        if self.file is not None:
            SchoolDialog(self.window(), self.runner, self.file, None, self._school.this_year).open()

    @Slot()
    def _on_copy(self) -> None:
        if self.file is not None:
            SchoolDialog(
                self.window(), self.runner, self.file, None, self._school.this_year, self._school.proposed
            ).open()

    @Slot()
    def _on_add_flag(self) -> None:
        if self.file is not None:
            FlagDialog(self.window(), self.runner, self.file, None).open()

    @Slot()
    def _on_fill_in(self) -> None:
        self._fill_in()

    def _fill_in(self) -> ValuesDialog | None:
        if self.file is None or not self.fill_in.isEnabled():
            return None
        dialog = ValuesDialog(self.window(), self.runner, self.file, self._values)
        dialog.open()
        return dialog


def _button(text: str, icon: str) -> ActionButton:
    return ActionButton(text, icon, kind="link")


def _card(title: str, icon: str, tool: QWidget, *content: QWidget) -> Card:
    card = Card(title, icon)
    card.tools.addWidget(tool)
    for one in content:
        if isinstance(one, LineList):
            card.add_wide(one)
        else:
            card.body.addWidget(one)
    return card
