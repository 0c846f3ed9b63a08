"""An author is asked about the sealed envelope: what it is, its check number, agree or refuse."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from famdesk.domain.codes import label
from famdesk.domain.notes.envelope import HOLDERS
from famdesk.domain.staff import rights
from famdesk.i18n import _, formats, ngettext
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import IconLabel, Label
from famdesk.ui.put_in import PutIn
from famdesk.usecases.notes import escrow, escrow_consents
from famdesk.usecases.notes.escrow_consents import EnvelopeState

if TYPE_CHECKING:
    from famdesk.usecases.office import Office


class EnvelopeStrip(QFrame):
    """Asks an author who has not answered yet; hidden for everybody else.

    Attributes:
        agree, refuse: the buttons.

    Signals:
        answered(str): what came of it, in a sentence.
        failed(object): an error to present.
    """

    answered = Signal(str)
    failed = Signal(object)

    def __init__(self, runner: Runner, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_kind(self, "card")
        self._runner, self._office = runner, office
        self._state = EnvelopeState()
        self._wanted = False
        self._label = Label("", wrap=True)
        self.agree = ActionButton(_("Look and agree…"), "shield-alert", primary=True)
        self.refuse = ActionButton(_("Refuse…"), kind="flat")
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.unit(2))
        buttons.addWidget(self.agree)
        buttons.addWidget(self.refuse)
        buttons.addStretch(1)
        text = QVBoxLayout()
        text.addWidget(self._label)
        text.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.unit(4), theme.unit(2), theme.unit(4), theme.unit(2))
        row.setSpacing(theme.unit(3))
        row.addWidget(IconLabel("shield-alert", meaning=Meaning.WARNING), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(text, 1)
        self.agree.clicked.connect(self.ask)
        self.refuse.clicked.connect(self._on_refuse)
        self.hide()

    def look(self) -> None:
        """Asks how it stands, by the key file as it is now."""
        if rights.cell(escrow_consents.state.name, self._runner.role):
            work = partial(escrow_consents.look, self._office)
            self._runner.in_turn(work, then=self.show_state, failed=self.failed.emit, owner=self, quiet=True)

    def show_state(self, state: EnvelopeState) -> None:
        """Shows the question, or nothing."""
        self._state = state
        if self._wanted:
            self._wanted = False
            self.ask()
        if state.made_on is None or state.answer != "open":
            self.hide()
            return
        text = _("{by} made a sealed envelope on {day}. Your notes go into it only if you agree.")
        said = [text.format(by=state.by, day=formats.date_long(state.made_on))]
        if state.former:
            said.append(_("Until then they stay in the one before."))
        self._label.setText(" ".join(said))
        self.setAccessibleName(self._label.text())
        self.show()

    def ask_anew(self) -> None:
        """Looks how it stands, and opens the question if there is one."""
        self._wanted = True
        self.look()

    @Slot()
    def ask(self) -> None:
        """Opens what one has to know before one agrees; where there is nothing to agree to, nothing."""
        if self._state.made_on is not None and self._state.answer != "agreed":
            dialog = AgreeDialog(self.window(), self._runner, self._office, self._state)
            dialog.finished_with.connect(self._on_agreed)
            dialog.open()

    @Slot()
    def _on_refuse(self) -> None:
        dialog = RefuseDialog(self.window(), former=self._state.former)
        dialog.finished_with.connect(self._refuse)
        dialog.open()

    @Slot()
    def _refuse(self) -> None:
        work = partial(escrow_consents.answer, self._office, self._state.check, agreed=False)
        self._runner.in_turn(work, then=self._on_refused, failed=self._on_failed, owner=self)

    def _on_refused(self, state: EnvelopeState) -> None:
        self.show_state(state)
        self.answered.emit(_("Your notes stay out of the envelope. You can agree later in the settings."))

    @Slot(object)
    def _on_agreed(self, state: object) -> None:
        if isinstance(state, EnvelopeState):
            self.show_state(state)
            PutIn(self._runner, self._office, self).go()
            self.answered.emit(_("You agreed: your notes go into the sealed envelope."))

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)
        QTimer.singleShot(0, self, self.look)


class RefuseDialog(Dialog):
    """What follows if one's notes stay out; the way back is at hand."""

    def __init__(self, parent: QWidget, *, former: bool) -> None:
        """`former`: there are notes in the envelope before this one."""
        super().__init__(parent, _("Keep your notes out of this envelope?"), _("Keep them out"), danger=True)
        texts = [
            _("Then nobody can take your notes over if you die, fall ill or leave, and if you lose your password they "
              "are lost for you too."),
            _("Article 17 of the code of conduct asks psychologists to see to it that their notes stay protected and "
              "can be taken over by a colleague in such a case: provide for it in another way."),
        ]  # fmt: skip
        if former:
            texts.append(_("What is in the envelope before this one stays there."))
        for text in texts:
            self.body.addWidget(Label(text, wrap=True))
        self.begin_with_cancel(_("Cancel"))


class AgreeDialog(Dialog):
    """Who made it, who holds it, what it can do, and the number to compare."""

    def __init__(self, parent: QWidget, runner: Runner, office: Office, state: EnvelopeState) -> None:
        super().__init__(parent, _("Agree to the sealed envelope"), _("Agree and sign"))
        self._runner, self._office, self._check = runner, office, state.check
        for text in sentences(state):
            self.body.addWidget(Label(text, wrap=True))
        self.body.addWidget(Label(_("Check number"), "second"))
        number = Label(state.check, "title")
        number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard
                                       | Qt.TextInteractionFlag.TextSelectableByMouse)  # fmt: skip
        number.setAccessibleName(state.check)
        self.body.addWidget(number)
        self.body.addWidget(Label(
            _("It must be the number on the sheets of the holders: have one of them read it to you before you agree. "
              "If it is another one, do not agree: somebody could read your notes alone."), "strong", wrap=True)
        )  # fmt: skip

    def save(self) -> None:
        work = partial(escrow_consents.answer, self._office, self._check, agreed=True)
        self._runner.in_turn(work, then=self.finish, failed=self.present, owner=self)


def sentences(state: EnvelopeState) -> list[str]:
    """What an envelope is and who has it."""
    named = [_("{name} ({role})").format(name=name, role=label(HOLDERS, code)) for code, name in state.holders]
    day = formats.date_long(state.made_on) if state.made_on else ""
    return [
        _("{by} made it on {day}. Its key is on paper only, in three parts: {holders}.").format(
            by=state.by, day=day, holders=formats.list_text(named)
        ),
        _("Two of them together can give your notes to a successor, if you die, fall ill or leave, or give them back "
          "to you if you lose your password. Each time it goes into the journal and you are told. One alone opens "
          "nothing."),
    ]  # fmt: skip


def answer_text(state: EnvelopeState) -> str:
    """How it stands with one's own notes."""
    if state.answer == "agreed":
        if state.outside:
            text = ngettext("You agreed. {n} part of your notes is still going in.",
                            "You agreed. {n} parts of your notes are still going in.", state.outside)  # fmt: skip
            return text.format(n=state.outside)
        return _("You agreed: your notes are in it.")
    if state.answer == "refused":
        return _("You keep your notes out of it.")
    return _("You have not answered yet: your notes are not in it.")


def may_answer(runner: Runner) -> bool:
    """Whether this role writes notes that could go in."""
    return bool(rights.cell(escrow.put_in.name, runner.role))
