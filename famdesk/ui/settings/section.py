"""What all sections of the settings share."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from famdesk.domain.staff import rights
from famdesk.i18n import _, formats
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.messages import Message
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label, ScrollColumn
from famdesk.usecases.centre.centre import MeRow


class Section(ScrollColumn):
    """A column of cards that reads its own data.

    Signals:
        failed(object): an error to present.
        told(object): a `Message` for the message bar.
    """

    failed = Signal(object)
    told = Signal(object)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent, steady=True)
        self.runner = runner

    def read(self, me: MeRow) -> None:
        """Fetch the data and show it for the person who is signed in."""

    def say(self, text: str) -> None:
        """Tell that something is done."""
        self.told.emit(Message(text, Meaning.OPEN))


def reason_text(action: str) -> str:
    """Why one may only look: the roles that may do it."""
    return _("You can look at this; {roles} can change it.").format(roles=formats.list_text(rights.roles_for(action)))


def reason_label(action: str) -> Label:
    """The reason as a quiet line."""
    return Label(reason_text(action), "second", wrap=True)


def button(text: str, icon: str, slot: object) -> ActionButton:
    """A button that calls a bound method or emits a signal."""
    found = ActionButton(text, icon)
    found.clicked.connect(slot)
    return found
