"""Facts on a card: labelled rows, and small print that says where a fact comes from."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from famdesk.i18n import N_, _, formats
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.widgets import Badge, Card, IconLabel, Label

FIELD_NAMES = {
    "alias": N_("Also called"),
    "audience": N_("For whom"),
    "function": N_("Function"),
    "kind": N_("Kind"),
    "municipality": N_("Comune"),
    "name": N_("Name"),
    "owner_body": N_("Owner"),
    "manager_body": N_("Run by"),
    "parent": N_("Part of"),
    "place": N_("Place"),
    "starts_on": N_("Start"),
    "state": N_("State"),
    "town": N_("Town"),
    "valid_from": N_("Valid from"),
}
INFERRED = re.compile(r"(?:^|; )([a-z_]+): ")
"""Where the reason for the next inferred field begins."""
FUNCTION_MEANINGS = {"A": Meaning.A, "B": Meaning.B, "C": Meaning.C}


class Facts(QWidget):
    """Rows of a quiet label and a text that can be marked and copied; unknown ones are left out."""

    def __init__(self, rows: Sequence[tuple[str, str | None]]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.unit(4))
        grid.setVerticalSpacing(theme.unit(1.5))
        grid.setColumnStretch(1, 1)
        known = [(label, text) for label, text in rows if text]
        self.empty = not known
        top = Qt.AlignmentFlag.AlignTop
        for number, (label, text) in enumerate(known):
            grid.addWidget(Label(label, "second"), number, 0, top)
            grid.addWidget(selectable(text), number, 1, top)


def selectable(text: str, kind: str = "") -> Label:
    """A text of several lines that can be copied with the mouse."""
    label = Label(text, kind, wrap=True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return label


class Heading(QWidget):
    """The head of a card column: name, badges, and at the right the buttons of the record."""

    def __init__(self, name: str, badges: Sequence[tuple[str, Meaning]], buttons: Sequence[ActionButton]) -> None:
        super().__init__()
        title = Label(name, "title", wrap=True)
        marks = QHBoxLayout()
        marks.setSpacing(theme.unit(2))
        for text, meaning in badges:
            marks.addWidget(Badge(text, meaning), 0, Qt.AlignmentFlag.AlignVCenter)
        marks.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(theme.unit(1))
        left.addWidget(title)
        if badges:
            left.addLayout(marks)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.unit(2))
        row.addLayout(left, 1)
        for button in buttons:
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)


class LinkedLines(Card):
    """A card with records that open on Enter, click or double click.

    Signals:
        opened(str): the id of the line.
    """

    opened = Signal(str)

    def __init__(self, title: str, icon: str, lines: Sequence[Line]) -> None:
        super().__init__(title, icon)
        self.list = LineList(title, grow=True)
        self.list.set_lines(lines)
        self.add_wide(self.list)
        self.list.activated_id.connect(self.opened)
        self.list.clicked.connect(self._on_clicked)

    @Slot()
    def _on_clicked(self) -> None:
        self.opened.emit(self.list.current_id())


class Note(QWidget):
    """An icon and a sentence that explains a state, such as hours that are not known."""

    def __init__(self, icon: str, text: str, meaning: Meaning, detail: str = "") -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.unit(1), 0, theme.unit(1))
        row.setSpacing(theme.unit(3))
        row.addWidget(IconLabel(icon, scale=6, meaning=meaning), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(theme.unit(0.5))
        column.addWidget(Label(text, "strong", wrap=True))
        if detail:
            column.addWidget(selectable(detail))
        row.addLayout(column, 1)


def source_note(source: str | None, inferred: str | None) -> QLabel | None:
    """Small print: which document says it, and which fields are inferred and how; None if entered by hand."""
    texts = []
    if source:
        texts.append(_("Source: {source}").format(source=source))
    parts = INFERRED.split(inferred or "")[1:]
    for field, how in zip(parts[::2], parts[1::2], strict=True):
        name = _(FIELD_NAMES[field]) if field in FIELD_NAMES else field
        # Translators: a field that the source does not say in so many words, and how it was found
        texts.append(_("Inferred – {field}: {how}").format(field=name, how=how))
    return selectable("\n".join(texts), "small") if texts else None


def range_text(first: object, last: object) -> str:
    """Validity in words: "since …", "until …", "from … to …" or ""."""
    from datetime import date

    begin = formats.date_long(first) if isinstance(first, date) else ""
    end = formats.date_long(last) if isinstance(last, date) else ""
    if begin and end:
        return _("from {first} to {last}").format(first=begin, last=end)
    if end:
        return _("until {day}").format(day=end)
    return _("since {day}").format(day=begin) if begin else ""
