"""Texts that somebody typed and that are not saved: to be read and copied."""

from __future__ import annotations

from typing import Final

from famdesk.ui.kit.fields import TextField
from famdesk.ui.kit.widgets import Label, ScrollColumn

MOST_LINES: Final = 8


def add_typed(column: ScrollColumn, label: str, text: str) -> None:
    """Puts the text of a field with its label at the end of a column."""
    field = TextField(lines=min(text.count("\n") + 1 + len(text) // 90, MOST_LINES))
    field.setAccessibleName(label)
    field.set_value(text)
    field.setReadOnly(True)
    column.body.addWidget(Label(label, "small"))
    column.body.addWidget(field)
