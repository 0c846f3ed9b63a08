"""A letter to the person whose file is open.

The gate is asked when the dialog opens. What is written stays while options change; where the person has to be careful,
a text that tells the centre is refused.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from famdesk.domain.errors import FamDeskError, RuleError
from famdesk.domain.post import letters as kinds
from famdesk.domain.post.letters import LetterWords
from famdesk.i18n import _, language
from famdesk.ui.kit.buttons import ActionButton, make_action
from famdesk.ui.kit.dialog import ask_reason
from famdesk.ui.kit.papers import printing
from famdesk.ui.kit.papers.printing import Gathered
from famdesk.ui.kit.runner import Runner
from famdesk.ui.people.letter_texts import EnvelopeOut, OwnTexts
from famdesk.ui.people.letter_view import LetterView, Work, rendered, turn_to
from famdesk.ui.send_dialog import SendDialog
from famdesk.usecases.post import letters, outgoing

if TYPE_CHECKING:
    from famdesk.usecases.people.person_rows import PersonFile
    from famdesk.usecases.post.letters import Addressed, LetterCase


class LetterDialog(LetterView):
    """Writes a letter and prints, saves or mails it."""

    def __init__(self, parent: QWidget, runner: Runner, file: PersonFile) -> None:
        super().__init__(parent, runner, _("Letter"))
        self._person = (file.id, file.label)
        self._case: LetterCase | None = None
        self._begun = LetterWords("", "")
        self._mail = make_action(self, _("Send by mail…"), self._on_mail, icon="mail", shortcut="Ctrl+M")
        self.envelope = EnvelopeOut(self, runner, file.id)
        self.texts = OwnTexts(self, runner)
        self._instead = QVBoxLayout()
        links = QWidget()
        column = QVBoxLayout(links)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._instead)
        for action in self.texts.actions:
            column.addWidget(ActionButton.of(action, kind="link"), 0, Qt.AlignmentFlag.AlignLeft)
        self.lay_out((links,), self.envelope.action, self._mail)
        assert self.form is not None
        for name in ("kind", "language"):
            self.form.field(name).edited.connect(self._on_kind)
        self._ask(None)

    def work(self) -> Work | None:
        from famdesk.sheets.collecting import collect_letters

        if self._case is None or self.form is None:
            return None
        found = self.form.values()
        sheet = collect_letters.one(
            self._case.to, self.words(), found["language"] or language(), self._runner.now().date(),
            envelope=found["envelope"] or kinds.DL, window=found["window"] or kinds.RIGHT,
            large_print=found["large"],
        )  # fmt: skip
        return partial(rendered, sheet)

    def _ask(self, reason: str | None) -> None:
        self._runner.fetch(printing.gathered, letters.case, self._person[0], reason, then=self._begin,
                           failed=self._on_refused, owner=self)  # fmt: skip

    def _begin(self, found: Gathered) -> None:
        self._case, self.out.marks, self.look = found.content, found.marks, found.look
        assert self.form is not None
        self.form.setEnabled(True)
        self.form.field("language").set_value(self._case.to.language)
        told = [self._case.to.note]
        if self._case.to.neutral:
            told.append(_("This person has to be careful: nothing in the letter tells who writes, and why."))
        self.note.setText(" ".join(part for part in told if part))
        self.note.setVisible(any(told))
        self._on_kind()

    @Slot()
    def _on_kind(self) -> None:
        """Another kind or language begins with its own text, unless something was written already."""
        if self._case is None or self.form is None:
            return
        if self.words() in (self._begun, LetterWords("", "")):
            kind, wanted = self.form.value("kind") or kinds.FREE, self.form.value("language") or language()
            self._begun = self._case.words(kind, wanted)
            turn_to(self.form, wanted)
            self.form.field("subject").set_value(self._begun.subject)
            self.form.field("text").set_value(self._begun.text)
        self.make()

    def _on_refused(self, error: Exception) -> None:
        """Without a reason no letter is written to whom the rule forbids it."""
        if isinstance(error, RuleError) and error.field == "reason":
            asked = ask_reason(self, _("Write all the same?"), _("Write"), self._ask, detail=error.sentence())
            asked.rejected.connect(self._close)
        elif isinstance(error, outgoing.NoContact):
            self.refuse_all(error)
            self.preview.say(_("No address is noted in this file: add one among the contacts."))
            self._runner.fetch(letters.instead, self._person[0], then=self._offer, owner=self)
        elif isinstance(error, FamDeskError):
            self.preview.say(error.sentence())
        else:
            self.present(error)

    def _offer(self, found: tuple[Addressed, ...]) -> None:
        """A child has no address: those who decide for it may have one."""
        if not found:
            return
        self.note.setText(_("No address is noted for this child. The letter can go to:"))
        self.note.show()
        for one in found:
            words = _("{name}, {address}").format(name=one.name, address=one.address)
            button = ActionButton(words, "mail", kind="link")
            button.clicked.connect(partial(self._write_to, one.person_id, one.name))
            self._instead.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _write_to(self, person_id: str, name: str) -> None:
        while (item := self._instead.takeAt(0)) is not None:
            button = item.widget()
            if button is not None:
                button.deleteLater()
        self.note.hide()
        self._person = (person_id, name)
        self.envelope.set_person(person_id)
        self._ask(None)

    @Slot()
    def _close(self) -> None:
        self.form = None
        self.reject()

    @Slot()
    def _on_mail(self) -> None:
        self.when_made(self._ask_mail)

    def _ask_mail(self) -> None:
        SendDialog(self, self._runner, self.out.printout(), person=self._person).open()
