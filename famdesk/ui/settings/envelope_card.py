"""The sealed envelope of the session notes in the settings: how it stands, who agreed, made anew, opened."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain.staff import rights
from famdesk.i18n import _, formats, ngettext
from famdesk.ui.envelope_answer import EnvelopeStrip, answer_text, may_answer, sentences
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card, Label
from famdesk.ui.settings.envelope_making import MakeDialog
from famdesk.ui.settings.handing_over import HandOverDialog
from famdesk.ui.settings.section import button, reason_text
from famdesk.usecases.notes import escrow, escrow_consents
from famdesk.usecases.notes.escrow_consents import ConsentRow, EnvelopeState

if TYPE_CHECKING:
    from famdesk.usecases.office import Office

_MEANINGS: Final = {"agreed": Meaning.OPEN, "refused": Meaning.WARNING, "open": Meaning.CLOSED}


class EnvelopeCard(Card):
    """Whether there is an envelope, what one has said to it, and for who makes envelopes who agreed.

    Attributes:
        make, open: the buttons of who makes envelopes. answer: the button of an author who has not agreed.
        strip: what asks authors; it is not shown here, its questions are.
        list: who agreed.

    Signals:
        told(str): a sentence for the message bar.
        failed(object): an error to present.
    """

    told = Signal(str)
    failed = Signal(object)

    def __init__(self, runner: Runner, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(_("Sealed envelope of the session notes"), "shield-alert", parent)
        self._runner, self._office = runner, office
        self._made = Label("", wrap=True)
        self._check = Label("", "strong", wrap=True)
        self._mine = Label("", wrap=True)
        self.make = button(_("Make the envelope…"), "key-round", self._on_make)
        self.open = button(_("Hand notes over to a successor…"), "users", self._on_open)
        self.strip = EnvelopeStrip(runner, office, self)
        self.answer = button(_("Look and agree…"), "signature", self.strip.ask)
        self.list = LineList(_("Who agreed to the envelope"), grow=True)
        self._none = Label(reason_text(escrow.note_made.name), "second", wrap=True)
        what = Label(
            _("Without it, the notes of somebody who dies, falls ill or loses the password are lost: nobody else has a "
              "key. Its own key is printed in three parts for three holders, and two of them are needed. Notes go in "
              "only if their author agrees."), "second", wrap=True)  # fmt: skip
        left = Qt.AlignmentFlag.AlignLeft
        for widget in (self._made, self._check, what, self._mine):
            self.body.addWidget(widget)
        self.body.addWidget(self.answer, 0, left)
        self.add_wide(self.list)
        self.body.addWidget(self._none)
        self.body.addWidget(self.make, 0, left)
        self.body.addWidget(self.open, 0, left)
        self.strip.answered.connect(self._on_answered)
        self.strip.failed.connect(self.failed)
        for part in (self.list, self.answer, self.open, self._check, self._mine):
            part.hide()
        self.look()

    def look(self) -> None:
        """Asks how it stands now."""
        makes, writes = self._makes(), may_answer(self._runner)
        if self.parentWidget() is not None or not (makes or writes):
            self.setVisible(makes or writes)
        self.make.setVisible(makes)
        self._none.setVisible(not makes)
        if writes:
            work = partial(escrow_consents.look, self._office)
            self._runner.in_turn(work, then=self._show, failed=self.failed.emit, owner=self, quiet=True)
        if makes:
            every = partial(escrow_consents.all_answers, self._office)
            self._runner.in_turn(every, then=self._show_answers, failed=self.failed.emit, owner=self, quiet=True)

    def _makes(self) -> bool:
        return bool(rights.cell(escrow.note_made.name, self._runner.role))

    def _show(self, state: EnvelopeState) -> None:
        made = state.made_on is not None
        self._made.setText(sentences(state)[0] if made else _("No envelope was made yet."))
        self._check.setText(_("Check number {number}").format(number=state.check))
        self._check.setVisible(made)
        self._mine.setText(answer_text(state))
        self._mine.setVisible(made)
        self.answer.setVisible(made and state.answer != "agreed")
        self.make.setText(_("Make a new envelope…") if made else _("Make the envelope…"))
        self.open.setVisible(made and bool(rights.cell(escrow.hand_over.name, self._runner.role)))
        self.list.setVisible(made and self._makes())
        self.strip.show_state(state)
        self.strip.hide()

    def _show_answers(self, rows: tuple[ConsentRow, ...]) -> None:
        self.list.set_lines([_line(row) for row in rows])

    @Slot()
    def _on_make(self) -> None:
        dialog = MakeDialog(self.window(), self._runner, self._office, again=self._office.actor.envelope is not None)
        dialog.finished_with.connect(self._on_made)
        dialog.open()

    @Slot(object)
    def _on_made(self, check: object) -> None:
        self.look()
        self.told.emit(_("The envelope was made; its check number is {number}. Every author is asked now.").format(
            number=check))  # fmt: skip

    @Slot()
    def _on_open(self) -> None:
        dialog = HandOverDialog(self.window(), self._runner, self._office)
        dialog.finished_with.connect(self._on_handed_over)
        dialog.open()

    @Slot(object)
    def _on_handed_over(self, count: object) -> None:
        number = int(str(count))
        text = ngettext("{n} part of notes was handed over.", "{n} parts of notes were handed over.", number)
        self.told.emit(text.format(n=number))

    @Slot(str)
    def _on_answered(self, sentence: str) -> None:
        self.told.emit(sentence)
        self.look()


def _line(row: ConsentRow) -> Line:
    badge = {"agreed": _("agreed"), "refused": _("refused"), "open": _("not answered")}[row.answer]
    inside = ngettext("{n} part of notes inside", "{n} parts of notes inside", row.inside).format(n=row.inside)
    outside = ngettext("{n} outside", "{n} outside", row.outside).format(n=row.outside)
    return Line(row.staff_id, row.name, detail=formats.list_text([inside, outside]), badge=badge,
                meaning=_MEANINGS[row.answer])  # fmt: skip
