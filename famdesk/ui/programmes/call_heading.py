"""The head of a call: name, state, countdown, what has to be handed in and by what it is judged."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from famdesk.domain.centre.profile_codes import CALL_KINDS
from famdesk.domain.codes import label
from famdesk.domain.programmes.calls import CALL_STATES
from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.widgets import Badge, ElidedLabel, Label
from famdesk.ui.programmes import call_words as words
from famdesk.usecases.calls.call_rows import CallDetail


class CallHeading(QWidget):
    """Name and badges, the end, documents and criteria, source."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = Label("", "section", wrap=True)
        self._kind = ElidedLabel("", "second")
        self._state, self._left = Badge(), Badge()
        self._end = Label("", "strong", wrap=True)
        self._facts, self._papers, self._points = (Label("", "second", wrap=True) for _number in range(3))
        self._source = Label("", "small", wrap=True)
        top = QHBoxLayout()
        top.setSpacing(theme.unit(2))
        top.addWidget(self._name, 1)
        for action in actions:
            top.addWidget(ActionButton.of(action), 0, Qt.AlignmentFlag.AlignTop)
        badges = QHBoxLayout()
        badges.setSpacing(theme.unit(2))
        badges.addWidget(self._state)
        badges.addWidget(self._left)
        badges.addWidget(self._kind, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.unit(1.5))
        column.addLayout(top)
        column.addLayout(badges)
        for widget in (self._end, self._facts, self._papers, self._points, self._source):
            column.addWidget(widget)

    def show_detail(self, detail: CallDetail) -> None:
        """Show what is known of a call."""
        row = detail.row
        self._name.setText(row.name)
        self._kind.setText(label(CALL_KINDS, row.kind))
        self._state.set(label(CALL_STATES, row.state), words.STATE_MEANINGS.get(row.state, Meaning.CLOSED))
        self._end.setText(words.end_text(row))
        _say(self._facts, " · ".join(words.facts(detail)))
        _say(self._papers, words.checklist(detail))
        _say(self._points, words.criteria(detail))
        _say(self._source, words.source_text(detail))
        self.setAccessibleName(_("Call for applications {name}").format(name=row.name))
        self.setToolTip(detail.values.description or "")

    def show_countdown(self, text: str, meaning: Meaning) -> None:
        """Show how long the call still runs; "" for nothing."""
        self._left.setVisible(bool(text))
        if text:
            self._left.set(text, meaning)


def _say(found: Label, text: str) -> None:
    found.setText(text)
    found.setVisible(bool(text))
