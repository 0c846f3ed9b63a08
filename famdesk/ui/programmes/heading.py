"""The head of an initiative: name, function, state, and what is known of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from famdesk.domain.codes import FUNCTIONS, INITIATIVE_STATES, label
from famdesk.domain.programmes.initiatives import FUNCTION_WORDS
from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.widgets import Badge, ElidedLabel, Label
from famdesk.ui.programmes import words
from famdesk.ui.programmes.people import heads_only
from famdesk.usecases.programmes.programmes_rows import InitiativeDetail


class Heading(QWidget):
    """Name and badges, places, facts, source."""

    def __init__(self, edit: ActionButton, more: ActionButton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = Label("", "section", wrap=True)
        self._kind = ElidedLabel("", "second")
        self._function = Badge()
        self._state = Badge()
        self._places = Label("", "strong", wrap=True)
        self._source = Label("", "small", wrap=True)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(theme.unit(3))
        self._facts.setVerticalSpacing(theme.unit(1))
        self._facts.setColumnStretch(1, 1)
        self._labels: list[Label] = []
        top = QHBoxLayout()
        top.setSpacing(theme.unit(2))
        top.addWidget(self._name, 1)
        top.addWidget(edit, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(more, 0, Qt.AlignmentFlag.AlignTop)
        badges = QHBoxLayout()
        badges.setSpacing(theme.unit(2))
        badges.addWidget(self._function)
        badges.addWidget(self._state)
        badges.addWidget(self._kind, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.unit(1.5))
        layout.addLayout(top)
        layout.addLayout(badges)
        layout.addWidget(self._places)
        layout.addLayout(self._facts)
        layout.addWidget(self._source)

    def show_detail(self, detail: InitiativeDetail) -> None:
        """Show what is known of an initiative; what is unknown is left out."""
        row = detail.row
        self._name.setText(row.name)
        self._kind.setText(words.kind(row))
        self._function.setVisible(row.function is not None)
        if row.function is not None:
            short = label(FUNCTION_WORDS, row.function)
            self._function.set(short, words.FUNCTION_MEANINGS.get(row.function, Meaning.BUSY))
            self._function.setToolTip(label(FUNCTIONS, row.function))
            self._function.setAccessibleName(f"{row.function}: {label(FUNCTIONS, row.function)}")
        self._state.set(label(INITIATIVE_STATES, row.state), words.STATE_MEANINGS.get(row.state, Meaning.CLOSED))
        self._places.setText(words.heads(detail) if heads_only(detail) else words.places(row))
        self._show_facts(list(words.facts(detail)))
        self._source.setText(words.source_note(detail.source, detail.inferred))
        self._source.setVisible(bool(self._source.text()))
        self.setAccessibleName(_("Initiative {name}").format(name=row.name))
        self.setToolTip(detail.values.description or "")

    def _show_facts(self, facts: list[tuple[str, str]]) -> None:
        while len(self._labels) < 2 * len(facts):
            at = len(self._labels) // 2
            word, text = Label("", "second"), Label("", wrap=True)
            self._facts.addWidget(word, at, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(text, at, 1)
            self._labels += [word, text]
        texts = [text for fact in facts for text in fact]
        for position, one in enumerate(self._labels):
            one.setVisible(position < len(texts))
            one.setText(texts[position] if position < len(texts) else "")
