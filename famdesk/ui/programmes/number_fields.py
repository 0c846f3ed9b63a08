"""Fields of calls: amounts and points, which are kept in hundredths, and rows of fields that grow."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, cast

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from famdesk.i18n import _, formats
from famdesk.ui.kit import theme
from famdesk.ui.kit.fields import LineField
from famdesk.ui.kit.widgets import Label

_NUMBER = re.compile(r"(\d{1,3}(?:[.,\s]\d{3})+|\d+)(?:[.,](\d{1,2}))?")


class HundredthsField(LineField):
    """A number with at most two places behind the comma, such as 1.250,50 or 78.5; its value is in hundredths."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(20, parent=parent)

    def value(self) -> Any:
        """Hundredths; None if nothing or nothing readable is there."""
        return hundredths(self.text())

    def set_value(self, value: Any) -> None:
        """Show a number of hundredths."""
        from decimal import Decimal

        self.setText("" if value is None else formats.number(Decimal(value) / 100))

    def problem(self) -> str:
        """What cannot be read."""
        if self.text().strip() and self.value() is None:
            return _("Write a number, such as {example}.").format(example=formats.number(12.5))
        return ""


def hundredths(text: str) -> int | None:
    """The number that was typed, in hundredths; None if it is none. Points, commas or blanks before three digits part
    thousands; one before one or two digits begins the hundredths."""
    found = _NUMBER.fullmatch(text.strip().removesuffix("€").removeprefix("€").strip().replace("\u00a0", " "))
    if found is None:
        return None
    whole = re.sub(r"[.,\s]", "", found[1])
    return int(whole) * 100 + int((found[2] or "0").ljust(2, "0"))


class RowsField(QWidget):
    """Rows of the same fields, the first of which is a text; a blank row waits at the end, and a row whose text is
    taken away goes.

    Signals:
        edited(): the person changed something.
    """

    edited = Signal()

    def __init__(self, heads: Sequence[str], make: Callable[[], Sequence[QWidget]], name: str) -> None:
        """`make` gives the fields of a row, `heads` say what they are, `name` what a row is."""
        super().__init__()
        self._make, self._heads, self._name = make, tuple(heads), name
        self._rows: list[tuple[str, list[Any]]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.unit(2))
        self._grid.setVerticalSpacing(theme.unit(1))
        self._grid.setColumnStretch(0, 1)
        for place, head in enumerate(self._heads):
            self._grid.addWidget(Label(head, "second"), 0, place)
        self._add("")

    def value(self) -> list[tuple[str, tuple[Any, ...]]]:
        """The rows with a text, each as its id ("" for a new one) and what its fields say."""
        found = [(key, tuple(field.value() for field in fields)) for key, fields in self._rows]
        return [(key, values) for key, values in found if str(values[0]).strip()]

    def set_value(self, rows: Sequence[tuple[str, Sequence[Any]]]) -> None:
        """Show other rows, and a blank one below."""
        for _key, fields in self._rows:
            for field in fields:
                self._grid.removeWidget(field)
                field.deleteLater()
        self._rows = []
        for key, values in rows:
            self._add(key, values)
        self._add("")

    def problem(self) -> str:
        """What cannot be read."""
        return next((told for _key, fields in self._rows for field in fields if (told := field.problem())), "")

    def _add(self, key: str, values: Sequence[Any] = ()) -> None:
        fields: list[Any] = list(self._make())
        line = self._grid.rowCount()
        for place, field in enumerate(fields):
            number = len(self._rows) + 1
            # Translators: what a field of a row is, for the screen reader, as "Document 2, needed"
            told = _("{name} {number}, {what}").format(name=self._name, number=number, what=self._heads[place])
            field.setAccessibleName(told)
            if values:
                field.set_value(values[place])
            cast(Any, field).edited.connect(self._on_edited)
            self._grid.addWidget(field, line, place)
        self._rows.append((key, fields))
        if not self._grid.columnStretch(0):
            self._grid.setColumnStretch(0, 1)
        self.setFocusProxy(self._rows[0][1][0])

    @Slot()
    def _on_edited(self) -> None:
        if str(self._rows[-1][1][0].value()).strip():
            self._add("")
        self.edited.emit()
