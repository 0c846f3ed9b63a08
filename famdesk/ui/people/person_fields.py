"""Fields of the person form: the town with its comune, and what a field holds as plain text for a draft."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from famdesk.domain.people.municipalities import Municipality, municipalities, municipality
from famdesk.domain.text import fold
from famdesk.i18n import _
from famdesk.ui.kit.choices_field import ChoicesField
from famdesk.ui.kit.fields import CheckField
from famdesk.ui.kit.lines import Line
from famdesk.ui.kit.popup import PopupField

MOST = 8
Town = tuple[str, str | None]


class TownField(PopupField):
    """A town in any words; Italian comuni are offered while one types, and one typed whole is recognised."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.textEdited.connect(self.search)

    def value(self) -> Town:  # type: ignore[override]
        """The words, and the ISTAT code of the comune that they name; None: none that is known."""
        words = self.text().strip()
        return words, super().value() or _code(words)

    def set_value(self, value: Town | None) -> None:
        """Show a town."""
        words, code = value or ("", None)
        self.set_chosen(code, words)

    def problem(self) -> str:
        return ""

    def comune(self) -> str:
        """The comune with its province, in words; "" if none was recognised."""
        found = municipality(self.value()[1])
        return _("Comune of {name} ({province})").format(name=found.name, province=found.province) if found else ""

    def search(self, text: str) -> None:
        typed = fold(text)
        found = [one for one in municipalities() if fold(one.name).startswith(typed)] if typed else []
        found.sort(key=lambda one: (len(one.name), one.name))
        self.delivery()([Line(one.code, one.name, trail=one.province) for one in found[:MOST]])

    def _take(self, serial: int, lines: Any) -> None:
        """Offer without choosing: Enter keeps what was typed, an arrow goes into the list."""
        super()._take(serial, lines)
        self.popup_list().set_current_id("")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.setCursorPosition(0)


def _code(words: str) -> str | None:
    """The code of the comune of exactly this name."""
    named: list[Municipality] = [one for one in municipalities() if fold(one.name) == fold(words)] if words else []
    return named[0].code if len(named) == 1 else None


def draft_of(editor: QWidget) -> Any:
    """What stands in a field, also half typed, as JSON can hold it."""
    if isinstance(editor, CheckField):
        return editor.value()
    if isinstance(editor, ChoicesField):
        return list(editor.value())
    if isinstance(editor, TownField):
        return list(editor.value())
    if isinstance(editor, PopupField):
        return editor.value() or ""
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText()
    return editor.text() if isinstance(editor, QLineEdit) else None


def put_draft(editor: QWidget, content: Any) -> None:
    """Puts back what `draft_of` gave."""
    if isinstance(editor, (CheckField, ChoicesField)):
        editor.set_value(content)
    elif isinstance(editor, TownField):
        editor.set_value((str(content[0]), content[1]))
    elif isinstance(editor, PopupField):
        editor.set_value(content or None)  # type: ignore[attr-defined]
    elif isinstance(editor, QPlainTextEdit):
        editor.setPlainText(str(content))
    elif isinstance(editor, QLineEdit):
        editor.setText(str(content))
