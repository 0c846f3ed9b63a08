"""Two files of one person side by side: which one stays, which values are kept, what comes along."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from famdesk.i18n import _, formats, ngettext
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.dialog import Dialog, confirm
from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.popup import Deliver, SearchField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Card, Hairline, Label, ScrollColumn
from famdesk.ui.people import history_words
from famdesk.ui.person_lines import person_line
from famdesk.usecases.people import merging, people
from famdesk.usecases.people.merging import Apart, LinkedRow, MergeField, MergePreview
from famdesk.usecases.people.person_rows import MergeRow, PersonFile, PersonHit

_LONGEST: Final = 400
_COLUMNS: Final = {"kept": 1, "other": 2}
_ROOM: Final = 0.85
"""The part of the screen's height that the dialog takes at most."""


class MergeDialog(Dialog):
    """Merges the file with another one.

    Signals:
        merged(str): the file that was kept.
    """

    merged = Signal(str)

    def __init__(self, parent: QWidget, runner: Runner, file: PersonFile, other_id: str = "") -> None:
        """Without `other_id` it begins with a search for the other file."""
        super().__init__(parent, _("Merge two files of one person"), _("Merge"))
        self._runner, self._first, self._second = runner, file.id, other_id
        self._preview: MergePreview | None = None
        self.search = SearchField(self._find, _("Name, phone or tax code of the other file"))
        self.search.setAccessibleName(_("The other file"))
        self.fields = FieldTable()
        self.linked = LineList(_("What comes along"), _("Nothing else is linked to that file."), grow=True)
        self.swap = ActionButton(_("Keep the other file instead"))
        self.told = Label("", wrap=True)
        self._lay_out()
        self.search.edited.connect(self._on_found)
        self.swap.clicked.connect(self._on_swap)
        self.set_accept_enabled(False)
        self._show(None)
        if other_id:
            self.search.hide()
            self._ask()
        else:
            self.search.setFocus()

    def choices(self) -> dict[str, str]:
        """What was chosen of the fields that differ."""
        return self.fields.choices()

    def save(self) -> None:
        found = self._preview
        if found is None:
            return
        kept, other = found.kept, found.other
        self._runner.run(merging.merge, kept.id, kept.version, other.id, other.version, self.choices(),
                         then=self._merged, failed=self.present)  # fmt: skip

    def _merged(self, _merge_id: str) -> None:
        self.merged.emit(self._first)
        self.finish(self._first)

    def _find(self, text: str, deliver: Deliver) -> None:
        """Persons for the search field; never the file itself."""

        def give(hits: tuple[PersonHit, ...]) -> None:
            others = [hit for hit in hits if hit.id != self._first]
            deliver([person_line(hit) for hit in others])

        self._runner.fetch(people.find_persons, text, 12, then=give, owner=self, latest="persons")

    def _lay_out(self) -> None:
        self.setMinimumWidth(theme.unit(190))
        self._fields_card = Card(_("Field by field"), "user-round")
        self._fields_card.body.addWidget(self.fields)
        self._linked_card = Card(_("What comes along"), "clipboard-list")
        self._linked_card.body.addWidget(self.linked)
        column = ScrollColumn()
        for part in (self._fields_card, self._linked_card):
            column.body.addWidget(part)
        column.body.addStretch(1)
        column.setMinimumHeight(theme.unit(70))
        self._column = column
        self.body.addWidget(self.search)
        self.body.addWidget(self.told)
        self.body.addWidget(self.swap, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(column, 1)

    def _ask(self) -> None:
        self.bar.clear()
        self._runner.fetch(merging.preview, self._first, self._second, then=self._show, failed=self._on_failed,
                           latest="merge")  # fmt: skip

    def _on_failed(self, error: Exception) -> None:
        self._show(None)
        self.present(error)
        self.set_accept_enabled(False)

    def _show(self, found: MergePreview | None) -> None:
        """Show both files beside each other; None: there is only one yet."""
        self._preview = found
        for part in (self.told, self.swap, self._column):
            part.setVisible(found is not None)
        if found is None:
            self.told.setText(_("Search for the other file of the same person."))
            self.told.show()
            return
        self.fields.show_fields(found)
        self.linked.set_lines([_linked_line(number, row) for number, row in enumerate(found.linked)])
        self.told.setText(_told(found))
        self.set_accept_enabled(True)
        self.fields.focus_first()
        announce(self, self.told.text())
        self._grow()

    def _grow(self) -> None:
        """Make room for both files, as far as the screen has it."""
        height = min(theme.unit(185), round(self.screen().availableGeometry().height() * _ROOM))
        self.resize(max(self.width(), theme.unit(190)), max(self.height(), height))

    @Slot()
    def _on_found(self) -> None:
        """Another file was chosen, or the choice is being typed anew."""
        self._second = str(self.search.value() or "")
        if self._second:
            self._ask()
        else:
            self.set_accept_enabled(False)
            self._show(None)

    @Slot()
    def _on_swap(self) -> None:
        self._first, self._second = self._second, self._first
        self._ask()


class _Value(QWidget):
    """A value that can be chosen; long ones wrap, and a click on the words chooses too."""

    def __init__(self, text: str, *, strong: bool) -> None:
        super().__init__()
        theme.set_kind(self, "plain")
        self.button = QRadioButton()
        self._label = Label(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…", wrap=True)
        self._label.setToolTip(text if len(text) > _LONGEST else "")
        if strong:
            theme.set_kind(self._label, "strong")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.unit(1))
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._label, 1)

    def text(self) -> str:
        """The words shown."""
        return self._label.text()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.button.setChecked(True)
        self.button.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)


class FieldTable(QWidget):
    """The fields of both files; between values that differ one chooses with the arrow keys."""

    def __init__(self) -> None:
        super().__init__()
        self._holder = QVBoxLayout(self)
        self._holder.setContentsMargins(0, 0, 0, 0)
        self._table: QWidget | None = None
        self._groups: dict[str, tuple[QButtonGroup, dict[str, QRadioButton]]] = {}

    def show_fields(self, found: MergePreview) -> None:
        """Show the fields of two files; what was chosen before is forgotten."""
        if self._table is not None:
            self._holder.removeWidget(self._table)
            self._table.deleteLater()
        self._table, self._groups = QWidget(), {}
        theme.set_kind(self._table, "plain")
        grid = QGridLayout(self._table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.unit(4))
        grid.setVerticalSpacing(theme.unit(1))
        for column in (1, 2):
            grid.setColumnStretch(column, 1)
        self._heading(grid, found)
        for number, one in enumerate(_in_order(found.fields), start=1):
            self._row(grid, 2 * number, one)
        self._holder.addWidget(self._table)

    def choices(self) -> dict[str, str]:
        """The choice of each field that differs."""
        return {name: self.chosen(name) for name in self._groups}

    def chosen(self, name: str) -> str:
        """The choice of a field: "kept", "other" or "both"."""
        return next(key for key, button in self._groups[name][1].items() if button.isChecked())

    def names(self) -> list[str]:
        """The fields that can be chosen."""
        return list(self._groups)

    def texts(self, name: str) -> dict[str, str]:
        """What stands beside each other for a field."""
        parts = {key: button.parentWidget() for key, button in self._groups[name][1].items()}
        return {key: part.text() for key, part in parts.items() if isinstance(part, _Value)}

    def button(self, name: str, choice: str) -> QRadioButton:
        """The button of a value."""
        return self._groups[name][1][choice]

    def focus_first(self) -> None:
        """Put the keyboard on the first field that differs."""
        for _group, buttons in self._groups.values():
            next(button for button in buttons.values() if button.isChecked()).setFocus()
            return

    def _heading(self, grid: QGridLayout, found: MergePreview) -> None:
        for column, title, side in ((1, _("This file stays"), found.kept), (2, _("This one joins it"), found.other)):
            told = QWidget()
            theme.set_kind(told, "plain")
            lines = QVBoxLayout(told)
            lines.setContentsMargins(0, 0, 0, theme.unit(1))
            lines.setSpacing(0)
            lines.addWidget(Label(title, "small"))
            lines.addWidget(Label(side.label, "strong", wrap=True))
            lines.addWidget(Label(side.detail, "second", wrap=True))
            grid.addWidget(told, 0, column, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Hairline(), 1, 0, 1, 3)

    def _row(self, grid: QGridLayout, row: int, one: MergeField) -> None:
        title = history_words.field_name(one.name)
        differs = one.kept != one.other
        name = Label(title, "strong" if one.differs else "second")
        name.setContentsMargins(0, theme.unit(0.75) if differs else 0, 0, 0)
        grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
        texts = {"kept": _value(one, one.kept), "other": _value(one, one.other), "both": _("Keep both")}
        if not differs:
            grid.addWidget(Label(texts["kept"][:_LONGEST], "second", wrap=True), row, 1, 1, 2)
            return
        group, buttons = QButtonGroup(self), {}
        for choice in one.choices:
            value = _Value(texts[choice], strong=one.differs)
            button = value.button
            button.setAccessibleName(_("{field}: {value}").format(field=title, value=texts[choice]))
            button.setChecked(choice == one.choice)
            group.addButton(button)
            buttons[choice] = button
            place = (row + 1, 1, 1, 2) if choice == "both" else (row, _COLUMNS[choice], 1, 1)
            grid.addWidget(value, *place, Qt.AlignmentFlag.AlignTop)
        self._groups[one.name] = (group, buttons)


def ask_to_take_apart(parent: QWidget, runner: Runner, row: MergeRow) -> Dialog:
    """Ask whether a merged file is to be one of its own again, and do it."""
    detail = _(
        "Everything goes back to where it was before the merge. What somebody changed or added since stays in this"
        " file."
    )
    question = _("Take “{name}” out of this file again?").format(name=row.label)
    return confirm(parent, question, _("Take apart"), lambda: _take_apart(parent, runner, row), detail=detail,
                   named=True)  # fmt: skip


def _take_apart(parent: QWidget, runner: Runner, row: MergeRow) -> None:
    def tell(apart: Apart) -> None:
        if apart.stayed:
            stayed = formats.list_text(_counted(one) for one in apart.stayed)
            text = _("Taken apart. Changed since the merge, and therefore left in this file: {what}.")
            _Told(parent, text.format(what=stayed)).open()

    runner.run(merging.unmerge, row.id, then=tell)


class _Told(Dialog):
    """Says what came of it."""

    def __init__(self, parent: QWidget, text: str) -> None:
        super().__init__(parent, _("Two files again"))
        self.body.addWidget(Label(text, wrap=True))


def banner(row: MergeRow) -> str:
    """What the file says of one that is part of it."""
    text = _("Contains the file “{name}”, merged on {day}.").format(name=row.label, day=formats.date_num(row.merged_on))
    if not row.left:
        return text
    rest = ngettext("{n} record has stayed there.", "{n} records have stayed there.", row.left).format(n=row.left)
    return f"{text} {rest}"


def _told(found: MergePreview) -> str:
    return _(
        "“{other}” becomes a part of “{kept}”: all that is linked to it comes along, it can still be found by its name,"
        " and for 30 days the two can be taken apart again. Other people of its household stay as they are."
    ).format(other=found.other.label, kept=found.kept.label)


def _linked_line(number: int, row: LinkedRow) -> Line:
    both = ""
    if row.both:
        both = ngettext("{n} of them is in both files and becomes one", "{n} of them are in both files and become one",
                        row.both).format(n=row.both)  # fmt: skip
    return Line(str(number), row.label, detail=both, trail=formats.number(row.count))


def _counted(row: LinkedRow) -> str:
    # Translators: a kind of records with their number, as in "Appointments: 3"
    return _("{kind}: {n}").format(kind=row.label, n=row.count)


def _in_order(fields: tuple[MergeField, ...]) -> list[MergeField]:
    """What both files say differently first, then what one says, then what is the same."""
    return sorted(fields, key=lambda one: (not one.differs, one.kept == one.other))


def _value(one: MergeField, value: str | None) -> str:
    if value is None:
        # Translators: in a table, for a field that is empty
        return _("nothing")
    if one.name == "birth_date":
        return value
    return history_words.value_words("person", one.name, value)
