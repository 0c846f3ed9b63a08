"""Beside a letter: the envelope that is printed by itself, and the centre's own texts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from famdesk.domain.post import letters as kinds
from famdesk.domain.staff import rights
from famdesk.i18n import _, language, using
from famdesk.ui.kit.buttons import make_action
from famdesk.ui.kit.papers import print_dialog, printing
from famdesk.ui.kit.papers.printing import Gathered
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.speech import announce
from famdesk.usecases.post import letters

if TYPE_CHECKING:
    from famdesk.ui.people.letter_dialog import LetterDialog


class EnvelopeOut(QObject):
    """Prints the envelope for the letter that is open.

    Attributes:
        action: the command.
    """

    def __init__(self, dialog: LetterDialog, runner: Runner, person_id: str) -> None:
        super().__init__(dialog)
        self._dialog, self._runner, self._person = dialog, runner, person_id
        self.action = make_action(dialog, _("Envelope…"), self._on_envelope, icon="mail", shortcut="Ctrl+E")

    def set_person(self, person_id: str) -> None:
        """The letter goes to somebody else."""
        self._person = person_id

    @Slot()
    def _on_envelope(self) -> None:
        form = self._dialog.form
        size = (form.value("envelope") if form else None) or kinds.DL
        self._runner.fetch(printing.gathered, _envelope, self._person, size, then=partial(self._make, size),
                           failed=self._dialog.present, owner=self)  # fmt: skip

    def _make(self, size: str, found: Gathered) -> None:
        form, then = self._dialog.form, partial(self._print, size, found.marks)
        large = bool(form and form.value("large"))
        self._runner.compute(_envelope_pdf, found.content, language(), large, then=then, failed=self._dialog.present,
                             owner=self)  # fmt: skip

    def _print(self, size: str, marks: tuple[str, ...], data: bytes) -> None:
        print_dialog.ask(self._dialog, printing.Printout("envelope", _("Envelope"), data, 1, size, marks), self._runner)


class OwnTexts(QObject):
    """Keeps what is written as the centre's own text for this kind of letter in this language, or gives it up.

    Attributes:
        actions: the commands; none for those who may not change the texts.
    """

    def __init__(self, dialog: LetterDialog, runner: Runner) -> None:
        super().__init__(dialog)
        self._dialog, self._runner = dialog, runner
        self.actions: tuple[QAction, ...] = ()
        if rights.cell(letters.save_text.name, runner.role):
            self.actions = (
                make_action(dialog, _("Keep as our text"), self._on_keep, icon="save"),
                make_action(dialog, _("Back to the program’s text"), self._on_forget, icon="undo-2"),
            )

    def _which(self) -> tuple[str, str]:
        form = self._dialog.form
        assert form is not None
        return form.value("kind") or kinds.FREE, form.value("language") or language()

    @Slot()
    def _on_keep(self) -> None:
        self._runner.run(letters.save_text, *self._which(), self._dialog.words(), then=self._on_done,
                         failed=self._dialog.present)  # fmt: skip

    @Slot()
    def _on_forget(self) -> None:
        self._runner.run(letters.forget_text, *self._which(), then=self._on_done, failed=self._dialog.present)

    def _on_done(self, _nothing: object) -> None:
        self._dialog.bar.ok(_("Saved"))
        announce(self._dialog, _("Saved"))


def _envelope(tx: Any, person_id: str, size: str) -> Any:
    """What stands on the envelope; runs as a query."""
    from famdesk.sheets.collecting import collect_letters

    return collect_letters.envelopes(tx, (person_id,), size, sender=True)


def _envelope_pdf(content: Any, wanted: str, large: bool) -> bytes:
    """The envelope; runs beside the database worker."""
    from famdesk.sheets.paper.style import large_print
    from famdesk.sheets.post import envelope

    with using(wanted), large_print(large):
        return envelope.render(content)
