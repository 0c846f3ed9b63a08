"""F1: what one does in this view, and all shortcuts that work now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import shortcut_text
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.widgets import Card, Label


class HelpDialog(Dialog):
    """A view's help text and the shortcuts."""

    def __init__(self, parent: QWidget, view: str, text: str, actions: Sequence[QAction]) -> None:
        super().__init__(parent, _("Help: {view}").format(view=view))
        if text:
            self.body.addWidget(Label(text, wrap=True))
        shortcuts = LineList(_("Shortcuts"))
        shortcuts.set_lines(
            [
                Line(str(place), action.text().replace("&", ""), shortcut=shortcut_text(action))
                for place, action in enumerate(actions)
                if shortcut_text(action)
            ]
        )
        shortcuts.setMinimumHeight(theme.unit(80))
        card = Card()
        card.add_list(shortcuts)
        self.body.addWidget(card, 1)
        shortcuts.setFocus()
