"""Whether nothing was changed behind the program's back: looked into at a press, and told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from famdesk.i18n import _, formats, ngettext
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Card, IconLabel, Label
from famdesk.usecases import care

if TYPE_CHECKING:
    from famdesk.usecases.office import Office

MOST: Final = 8
"""So many findings are told; after them only how many more there are."""


class ProofCard(Card):
    """The button, and what was found.

    Signals:
        failed(object): an error to present.
    """

    failed = Signal(object)

    def __init__(self, runner: Runner, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(_("Are the data whole?"), "shield-alert", parent)
        self._runner, self._office = runner, office
        about = _(
            "The program reads everything anew: the file, the chain and the signatures of the journal, the seals of "
            "the notes. What somebody changed without it comes to light. No content is shown."
        )
        self.button = ActionButton(_("Check now"), "check")
        self._icon = IconLabel("check", meaning=Meaning.OPEN)
        self._found = Label("", wrap=True)
        self._found.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        told = QHBoxLayout()
        told.setSpacing(theme.unit(2))
        told.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        told.addWidget(self._found, 1)
        self.body.addWidget(Label(about, "second", wrap=True))
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addLayout(told)
        self._icon.hide()
        self._found.hide()
        self.button.clicked.connect(self.check)

    def text(self) -> str:
        """What was found, "" before anybody looked."""
        return self._found.text()

    @Slot()
    def check(self) -> None:
        """Look now; the button waits for the answer."""
        self.button.setEnabled(False)
        self._runner.in_turn(self._prove, then=self._show, failed=self._on_failed, owner=self)

    def _prove(self) -> tuple[str, ...]:
        return care.prove(self._office)

    def _show(self, findings: tuple[str, ...]) -> None:
        self.button.setEnabled(True)
        at = formats.time_text(self._runner.now().time())
        if findings:
            count = ngettext("Checked at {time}: one thing is not as it was written.",
                             "Checked at {time}: {n} things are not as they were written.",
                             len(findings)).format(n=len(findings), time=at)  # fmt: skip
            more = len(findings) - MOST
            rest = [ngettext("and {n} more", "and {n} more", more).format(n=more)] if more > 0 else []
            said = "\n".join([count, *findings[:MOST], *rest])
        else:
            said = _("Checked at {time}: all is whole, nothing was changed.").format(time=at)
        self._icon.set_icon("x" if findings else "check", Meaning.CONFLICT if findings else Meaning.OPEN)
        self._found.setText(said)
        for part in (self._icon, self._found):
            part.show()
        announce(self, said)

    def _on_failed(self, error: Exception) -> None:
        self.button.setEnabled(True)
        self.failed.emit(error)
