"""Tells in the editor whether the interview may be held: with a minor not before all have signed who have to."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from famdesk.i18n import _
from famdesk.ui.consents import words
from famdesk.ui.consents.dialogs import GroundDialog, SignDialog
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import IconLabel, Label
from famdesk.usecases.consent import consents
from famdesk.usecases.consent.consent_rows import ConsentFile, ConsentState

_AFTER_MS = 200
PURPOSE = "minor_interview"


class ConsentCheck(QWidget):
    """The sentence to read aloud, with what can be done about it. Hidden while nothing is missing.

    Signals:
        told(): it says something else now.
    """

    told = Signal()

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._form: Form | None = None
        self._ground = False
        self._at_field = ""
        self._icon = IconLabel("shield-alert", meaning=Meaning.CONFLICT)
        self._label = Label("", "problem", wrap=True)
        self.sign = ActionButton(_("Signatures…"), "signature")
        self.ground = ActionButton(_("Lawful ground…"), "book-open", kind="link")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_AFTER_MS)
        self._timer.timeout.connect(self.check)
        self._lay_out()
        self.sign.clicked.connect(self._on_sign)
        self.ground.clicked.connect(self._on_ground)
        self.hide()

    def follow(self, form: Form) -> None:
        """Look at the person, kind and day of a form, now and whenever they change."""
        self._form = form
        for name in ("person_id", "kind", "starts"):
            form.field(name).edited.connect(self._on_edited)

    def stands_at_field(self, sentence: str) -> None:
        """The person's field says a sentence: the same one does not stand here as well. "" for none."""
        self._at_field = sentence
        twice = sentence == self._label.text()
        self._label.setVisible(not twice)
        self._icon.setVisible(not twice)

    def text(self) -> str:
        """What is told; "" while nothing is missing."""
        return self._label.text()

    @Slot()
    def check(self) -> None:
        """Ask now."""
        self._timer.stop()
        if self._form is None:
            return
        person_id, kind, span = (self._form.value(name) for name in ("person_id", "kind", "starts"))
        if person_id and kind in consents.INTERVIEWS and span is not None:
            self._runner.fetch(consents.interview_state, person_id, span[0].date(), then=self._show,
                               failed=self._hide, owner=self, latest="consent")  # fmt: skip
        else:
            self._show(None)

    def _show(self, state: ConsentState | None) -> None:
        missing = state is not None and not state.covers
        said = words.sentence(state) if state is not None and missing else ""
        if self._at_field and said != self._at_field:
            self._rest_field()
        if said == self._label.text():
            return
        self._label.setText(said)
        self.stands_at_field(self._at_field)
        self.setVisible(missing)
        if said and not self._at_field:
            announce(self, said)
        self.told.emit()

    def _rest_field(self) -> None:
        """What the field says of the consent no longer holds."""
        if self._form is not None and self._at_field:
            self._form.clear_errors()  # it stands alone there: all others were taken away before saving
        self.stands_at_field("")

    def _hide(self, _error: Exception) -> None:
        """Somebody whom this role may not know: saving tells."""
        self._show(None)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(theme.unit(2))
        top.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self._label, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.unit(2))
        row.addWidget(self.sign)
        row.addWidget(self.ground)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.unit(), 0, theme.unit())
        layout.setSpacing(theme.unit(2))
        layout.addLayout(top)
        layout.addLayout(row)

    @Slot()
    def _on_edited(self) -> None:
        self._rest_field()
        self._timer.start()

    @Slot()
    def _on_sign(self) -> None:
        self._ask_for(ground=False)

    @Slot()
    def _on_ground(self) -> None:
        self._ask_for(ground=True)

    def _ask_for(self, *, ground: bool) -> None:
        self._ground = ground
        person_id = self._form.value("person_id") if self._form is not None else None
        if person_id:
            self._runner.fetch(consents.consents_of, person_id, then=self._open, failed=self._hide, owner=self)

    def _open(self, file: ConsentFile) -> None:
        """The dialog of the file, over the editor: what was typed there stays."""
        state = next((one for one in file.purposes if one.purpose == PURPOSE), None)
        if state is None:
            return
        row = next((one for one in file.rows if one.id == state.consent_id), None)
        waits = row if row is not None and state.status in {"asked", "partial"} else None
        kind = GroundDialog if self._ground else SignDialog
        dialog = kind(self.window(), self._runner, file, state, waits)
        dialog.finished_with.connect(self._on_done)
        dialog.open()

    @Slot(object)
    def _on_done(self, _result: object) -> None:
        self.check()
