"""Forms: labelled fields, errors in words under the field they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Literal, cast

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from famdesk.domain.errors import RuleError, Stale
from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.fields import CheckField, LineField
from famdesk.ui.kit.password import PasswordField
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import IconLabel, Label, SectionTitle


@dataclass(frozen=True, slots=True)
class _Row:
    """A field of a form with the widgets around it."""

    editor: Any
    label: Label
    problem: _Problem
    required: bool


KEEPS_DRAFTS: Final = "keeps_drafts"
"""A form, or something around it, with this property looks itself after what is typed and not saved, or holds what
exists on paper only and is kept nowhere."""
NARROW: Final = 60
"""Below this width, in units, labels stand above their fields."""
FIELD: Final = 36
"""The room, in units, that a field has beside its label."""


class Form(QWidget):
    """Labelled fields in the order in which they are added, which is also the Tab order.

    Signals:
        edited(): the person changed a field.
        unplaced(object): an error given to `present` that belongs to no field here.
        given_up(): in a view: what a colleague saved meanwhile is wanted instead; to be read and shown.
    """

    edited = Signal()
    unplaced = Signal(object)
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None, *, labels: Literal["left", "top"] = "left") -> None:
        super().__init__(parent)
        self._rows: dict[str, _Row] = {}
        self._dirty = False
        self._beside, self._wrapped = labels == "left", False
        self._layout = QFormLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setHorizontalSpacing(theme.unit(4))
        self._layout.setVerticalSpacing(theme.unit(2 if labels == "left" else 1))
        self._layout.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        wrap = QFormLayout.RowWrapPolicy.WrapAllRows if labels == "top" else QFormLayout.RowWrapPolicy.WrapLongRows
        self._layout.setRowWrapPolicy(wrap)

    @property
    def dirty(self) -> bool:
        """Whether the person changed something since the values were set."""
        return self._dirty

    def section(self, title: str) -> SectionTitle:
        """Start a section with a heading, which is given back."""
        heading = SectionTitle(title)
        top = theme.unit(4) if self._layout.rowCount() else 0
        heading.setContentsMargins(0, top, 0, theme.unit())
        self._layout.addRow(heading)
        return heading

    def add(self, name: str, text: str, editor: QWidget, *, required: bool = False, hint: str = "") -> Any:
        """Add a field and give its editor back; `name` is the use-case's parameter, `hint` a quiet line under it.

        An editor is a QWidget with `value()`, `set_value()`, `problem()` and a signal `edited`.
        """
        label = Label("" if isinstance(editor, CheckField) else f"{text} *" if required else text)
        if self._beside:
            label.setFixedHeight(LineField().sizeHint().height())  # beside the first line of a tall editor
        elif self._layout.rowCount():
            label.setContentsMargins(0, theme.unit(1.5), 0, 0)  # nearer to its own field than to the one above
        editor.setAccessibleName(text)
        if hasattr(editor, "needed"):
            cast(Any, editor).needed = required
        problem = _Problem(hint)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.unit(0.5))
        column.addWidget(editor)
        column.addWidget(problem)
        holder.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        if self._beside or label.text():
            self._layout.addRow(label, holder)
        else:
            self._layout.addRow(holder)
        row = self._rows[name] = _Row(editor, label, problem, required)
        editor.setAccessibleDescription(_spoken(row))
        cast(Any, editor).edited.connect(self.touch)
        return editor

    def set_hint(self, name: str, hint: str) -> None:
        """Say something else, or nothing, in the quiet line under a field; a sentence about an error stays."""
        row = self._rows[name]
        if row.problem.hint == hint:
            return
        row.problem.hint = hint
        if not row.problem.wrong:
            row.problem.rest()
            row.editor.setAccessibleDescription(_spoken(row))

    def widget(self, widget: QWidget) -> None:
        """Add something that is no field, over the whole width."""
        self._layout.addRow(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room beside them, as with very large text, labels stand above their fields."""
        super().resizeEvent(event)
        if self._beside and self._wrapped != _cramped(self):
            QTimer.singleShot(0, self, self._wrap)  # later: the layouts around are at work now

    @Slot()
    def _wrap(self) -> None:
        self._wrapped = _cramped(self)
        policy = QFormLayout.RowWrapPolicy
        self._layout.setRowWrapPolicy(policy.WrapAllRows if self._wrapped else policy.WrapLongRows)

    def has(self, name: str) -> bool:
        """Whether there is a field of this name."""
        return name in self._rows

    def field(self, name: str) -> Any:
        """The editor of a field."""
        return self._rows[name].editor

    def set_row_visible(self, name: str, visible: bool) -> None:
        """Show or hide a field with its label; a hidden field keeps its value."""
        self._layout.setRowVisible(self._rows[name].editor.parentWidget(), visible)

    def value(self, name: str) -> Any:
        """The value of one field."""
        return self._rows[name].editor.value()

    def values(self) -> dict[str, Any]:
        """All values by field name."""
        return {name: row.editor.value() for name, row in self._rows.items()}

    def set_values(self, values: dict[str, Any]) -> None:
        """Fill fields; the form is not dirty afterwards and shows no errors."""
        for name, value in values.items():
            self._rows[name].editor.set_value(value)
        self._dirty = False
        self.clear_errors()

    def check(self) -> bool:
        """Show what cannot be read or is missing; True if there is nothing."""
        self.clear_errors()
        for name, row in reversed(list(self._rows.items())):
            sentence = row.editor.problem()
            if not sentence and row.required and row.editor.value() in (None, ""):
                sentence = _("This field is needed.")
            if sentence:
                self.show_error(name, sentence)
        return not any(row.problem.wrong for row in self._rows.values())

    def show_error(self, name: str, sentence: str) -> None:
        """Say what is wrong under a field, and go there; the first of several wrong fields has the focus."""
        row = self._rows[name]
        row.problem.show_sentence(sentence)
        row.editor.setAccessibleDescription(sentence)
        row.editor.setProperty("wrong", True)
        theme.restyle(row.editor)
        announce(row.editor, sentence, urgent=True)
        first = next(one for one in self._rows.values() if one.problem.wrong)
        first.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def present(self, error: Exception) -> None:
        """Show an error of a use-case at its field; others are passed on by `unplaced`."""
        if isinstance(error, RuleError) and error.field is not None and self.has(error.field):
            self.show_error(error.field, error.sentence())
        elif isinstance(error, Stale):
            from famdesk.ui.kit.stale import StaleQuestion

            StaleQuestion(self.window(), error, typed_in(self), partial(_give_up, self)).open()
        else:
            self.unplaced.emit(error)

    def focus_first(self) -> None:
        """Put the cursor into the first field, or into the first wrong one."""
        rows = list(self._rows.values())
        wrong = [row for row in rows if row.problem.wrong]
        if rows:
            (wrong or rows)[0].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear_errors(self) -> None:
        """Take all error sentences away."""
        for row in self._rows.values():
            _clear(row)

    @Slot()
    def touch(self) -> None:
        """A field was changed, or something beside the form that belongs to it."""
        self._dirty = True
        sender = self.sender()
        for row in self._rows.values():
            if row.editor is sender:
                _clear(row)
        self.edited.emit()


def _cramped(form: Form) -> bool:
    """Whether labels beside their fields would leave these no room."""
    widest = max((row.label.sizeHint().width() for row in form._rows.values()), default=0)
    return form.width() < max(theme.unit(NARROW), widest + theme.unit(FIELD))


class _Problem(QWidget):
    """The line under a field: a quiet hint, or what is wrong with an icon."""

    def __init__(self, hint: str) -> None:
        super().__init__()
        self.hint = hint
        self.wrong = False
        self._icon = IconLabel("circle-alert", scale=4, meaning=Meaning.CONFLICT)
        self._label = Label(wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, theme.unit(0.5))
        row.setSpacing(theme.unit(1.5))
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._label, 1)
        self.rest()

    def show_sentence(self, sentence: str) -> None:
        """Say what is wrong."""
        self.wrong = True
        theme.set_kind(self._label, "problem")
        self._label.setText(sentence)
        self._icon.show()
        self.show()

    def rest(self) -> None:
        """Show the hint again, or nothing."""
        self.wrong = False
        theme.set_kind(self._label, "small")
        self._label.setText(self.hint)
        self._icon.hide()
        if not self.hint or self.parentWidget() is not None:  # shown without one, it would flash up as a window
            self.setVisible(bool(self.hint))


def _give_up(form: Form) -> None:
    form.set_values({})
    form.given_up.emit()


def typed_in(form: Form) -> tuple[tuple[str, str], ...]:
    """Label and text of the fields that have one, as they stand on the screen; no passwords."""
    texts = ((row.label.text().removesuffix(" *"), text_in(row.editor)) for row in form._rows.values())
    return tuple((label, text) for label, text in texts if text)


def text_in(editor: QWidget) -> str:
    """What a person typed into an editor, or into the lines that it is made of."""
    if isinstance(editor, QLineEdit):
        hidden = isinstance(editor, PasswordField) or editor.echoMode() != QLineEdit.EchoMode.Normal
        return "" if hidden else editor.text().strip()
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText().strip()
    lines = [*editor.findChildren(QLineEdit), *editor.findChildren(QPlainTextEdit)]
    return "\n".join(text for line in lines if (text := text_in(line)))


def _clear(row: _Row) -> None:
    if not row.problem.wrong:
        return
    row.problem.rest()
    row.editor.setAccessibleDescription(_spoken(row))
    row.editor.setProperty("wrong", False)
    theme.restyle(row.editor)


def _spoken(row: _Row) -> str:
    """What a screen reader says of a field beside its name."""
    return ". ".join(part for part in (_("needed") if row.required else "", row.problem.hint) if part)
