"""One field for a birth date, whole, in part or in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain.people.birth import Birth
from famdesk.i18n import _
from famdesk.ui.kit.fields import LineField
from famdesk.ui.kit.typed_birth import birth_text, parse_birth, understood

LONGEST = 32_767
"""What is too long is refused with a sentence, not cut off while it is pasted."""


class BirthField(LineField):
    """A birth as people tell it; `understood()` says what was made of it."""

    def __init__(self, *, today: Callable[[], date] = date.today, parent: QWidget | None = None) -> None:
        super().__init__(limit=LONGEST, parent=parent)
        self._today = today
        self._shown = Birth()
        self.setPlaceholderText(_("14/3/1987, 3/1987, 1987, about 1987"))
        self.editingFinished.connect(self._tidy)

    def value(self) -> Birth:  # type: ignore[override]
        """What is known of the birth; all None if the field is empty."""
        if self.text() == birth_text(self._shown):
            return self._shown
        return parse_birth(self.text(), self._today())

    def set_value(self, value: Birth | str | None) -> None:
        """Show a birth, or a text as if it had been typed."""
        if isinstance(value, str):
            self.setText(value)
            return
        self._shown = value or Birth()
        self.setText(birth_text(self._shown))
        self.setCursorPosition(0)

    def understood(self) -> str:
        """What was understood, in words; "" for an empty field."""
        return understood(self.value(), self._today())

    @Slot()
    def _tidy(self) -> None:
        """Show a whole date whole."""
        found = self.value()
        if found.day is not None and self.text() != birth_text(found):
            self.setText(birth_text(found))
