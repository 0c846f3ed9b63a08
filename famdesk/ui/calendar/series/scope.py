"""The question how far a change of a date of a series goes: only this one, this and the following, all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from famdesk.i18n import _, pgettext
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.widgets import Label
from famdesk.usecases.calendar.series_rows import ALL, FOLLOWING

ONE: Final = "one"


class ScopeDialog(Dialog):
    """Three answers, one below the other; Enter takes "Only this one", arrows go to the others."""

    def __init__(self, parent: QWidget, question: str, chosen: Callable[[str], object], note: str = "") -> None:
        """`note` is what else to know before."""
        super().__init__(parent, question)
        self._chosen = chosen
        self._cancel.setText(_("Cancel"))
        self.body.addWidget(Label(_("This appointment belongs to a series."), "second", wrap=True))
        if note:
            self.body.addWidget(Label(note, wrap=True))
        self.buttons: dict[str, ActionButton] = {}
        every = pgettext("dates of a series", "All")
        for key, text in ((ONE, _("Only this one")), (FOLLOWING, _("This and the following")), (ALL, every)):
            button = ActionButton(text, primary=key == ONE)
            button.setProperty("scope", key)
            button.clicked.connect(self._on_clicked)
            self.buttons[key] = button
            self.body.addWidget(button)
        self.buttons[ONE].setFocus()

    @Slot()
    def _on_clicked(self) -> None:
        button = self.sender()
        assert button is not None
        scope, chosen = str(button.property("scope")), self._chosen
        self.finish(scope)
        chosen(scope)


def ask_scope(parent: QWidget, question: str, chosen: Callable[[str], object], note: str = "") -> ScopeDialog:
    """Ask; `chosen` is called with "one", "following" or "all", or not at all."""
    dialog = ScopeDialog(parent, question, chosen, note)
    dialog.open()
    return dialog
