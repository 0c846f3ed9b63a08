"""The consents tab of a file: what has to be signed, how it stands, who signed, and what was written down about it."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from famdesk.i18n import _
from famdesk.ui.consents import words
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, ToolButton
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.lines import LineList
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card, Label
from famdesk.ui.people.consent_deeds import ConsentDeeds
from famdesk.ui.people.panel import FilePanel
from famdesk.ui.people.parts import Notice
from famdesk.ui.people.words import privacy
from famdesk.usecases.consent import consents as usecases
from famdesk.usecases.consent.consent_rows import ConsentFile, ConsentRow, ConsentState

TWO_COLUMNS_FROM = 170
"""Width of the tab, in units, from which purposes and details stand side by side."""


class ConsentsPanel(FilePanel):
    """What the person, or those who decide for a minor, have signed.

    Attributes:
        shown: what the office told, or None.
        deeds: what can be done with the consent that is chosen.
        purposes: the list of purposes with their state; history: the consents of the purpose that is chosen.
    """

    watches: ClassVar[frozenset[str]] = frozenset(
        {"consent", "consent_signature", "consent_text", "responsibility", "relation", "person"}
    )

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self.shown: ConsentFile | None = None
        self.purposes = LineList(_("What has to be signed"), grow=True)
        self.history = LineList(_("Signatures"), _("Nobody has been asked yet."), grow=True)
        self._sentence = Notice("shield-alert", Meaning.WARNING)
        self._good = Label("", "second", wrap=True)
        self._chosen = Card(_("Consent"), "signature")
        self.deeds = ConsentDeeds(self)
        self._columns = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._lay_out()
        self.purposes.current_changed.connect(self._on_purpose)
        self.purposes.activated_id.connect(self.deeds.open_signing)
        self.history.menu_requested.connect(self.deeds.show_menu)
        self._show_chosen()

    def refresh(self) -> None:
        if self.file is not None:
            self.runner.fetch(usecases.consents_of, self.file.id, then=self._take, failed=self.failed.emit,
                              latest="consents")  # fmt: skip

    def forget(self) -> None:
        self.shown = None
        self.purposes.set_lines([])
        self._show_chosen()

    def focus_first(self) -> None:
        if not self.purposes.current_id():
            self.purposes.step(1)
        self.purposes.setFocus()

    def choose(self, purpose: str) -> None:
        """Show the details of a purpose."""
        self.purposes.set_current_id(purpose)

    def state(self) -> ConsentState | None:
        """How the purpose that is chosen stands."""
        return next((one for one in self._states() if one.purpose == self.purposes.current_id()), None)

    def row(self) -> ConsentRow | None:
        """The consent that counts for the purpose that is chosen, if one was asked for."""
        state = self.state()
        rows = self.shown.rows if self.shown else ()
        return next((row for row in rows if state is not None and row.id == state.consent_id), None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= theme.unit(TWO_COLUMNS_FROM)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._columns.direction() != direction:
            self._columns.setDirection(direction)

    def _take(self, shown: ConsentFile) -> None:
        if self.file is None or shown.person_id != self.file.id:
            return
        self.shown = shown
        told = self.file.privacy
        self.purposes.set_lines([words.noted_line(state, told) if self._is_noted(state) else words.purpose_line(state)
                                 for state in self._states()])  # fmt: skip
        if not self.purposes.current_id():
            self.purposes.step(1)
        self._show_chosen()

    def _states(self) -> tuple[ConsentState, ...]:
        """Every purpose that is for the person's age, then those of which there is a consent all the same."""
        if self.shown is None:
            return ()
        known = {state.purpose for state in self.shown.purposes}
        newest = {row.state.purpose: row.state for row in reversed(self.shown.rows)}
        return (*self.shown.purposes, *(state for code, state in newest.items() if code not in known))

    def _is_noted(self, state: ConsentState) -> bool:
        """Whether the file says what was done with the privacy notice, and no receipt is here."""
        return (
            state.purpose == "privacy"
            and state.status == "none"
            and self.file is not None
            and self.file.privacy != "none"
        )

    def _show_chosen(self) -> None:
        state, row = self.state(), self.row()
        self._chosen.setVisible(state is not None)
        self._chosen.set_title(words.purpose(state.purpose) if state else "")
        said = words.sentence(state) if state else ""
        calm = state is not None and state.covers
        if state is not None and self.file is not None and self._is_noted(state) and self.file.privacy != "refused":
            calm, said = True, words.joined(privacy(self.file), _("its receipt is not here"))
        self._sentence.set_text("" if calm else said)
        self._good.setText(said if calm else "")
        self._good.setVisible(bool(self._good.text()))
        file = self.shown
        self.history.set_lines(words.history_lines(file, state.purpose) if file and state else [])
        self.deeds.offer(file, state, row)

    def _lay_out(self) -> None:
        left = Card(_("What has to be signed"), "list-checks")
        left.add_list(self.purposes)
        row = QHBoxLayout()
        row.setSpacing(theme.unit(2))
        row.addWidget(ActionButton.of(self.deeds.sign))
        row.addWidget(ActionButton.of(self.deeds.print_sheet))
        more = ToolButton(_("More about this consent"), "ellipsis")
        more.setPopupMode(ToolButton.ToolButtonPopupMode.InstantPopup)
        more.setMenu(self.deeds.menu)
        row.addWidget(more)
        row.addStretch(1)
        self._chosen.body.addWidget(self._sentence)
        self._chosen.body.addWidget(self._good)
        self._chosen.body.addLayout(row)
        self._chosen.add_wide(self.history)
        self._columns.setSpacing(theme.unit(3.5))
        for part, stretch in ((left, 5), (self._chosen, 6)):
            column = QVBoxLayout()
            column.addWidget(part)
            column.addStretch(1)
            self._columns.addLayout(column, stretch)
        self.body.addLayout(self._columns)

    @Slot(str)
    def _on_purpose(self, _purpose: str) -> None:
        self._show_chosen()
