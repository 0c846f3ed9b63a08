"""A letter to the person whose file is open: kind, language and envelope above, the text to write, the real PDF right.

The gate is asked when the dialog opens. What is written stays while options change; where the person has to be careful,
a text that tells the centre is refused.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from famdesk.domain import letters as kinds
from famdesk.domain.codes import labels
from famdesk.domain.errors import FamDeskError, RuleError
from famdesk.domain.languages import language_title
from famdesk.domain.letters import LetterWords
from famdesk.i18n import FAMILY_LANGUAGES, _, from_right, language, using
from famdesk.ui.kit import plain, theme
from famdesk.ui.kit.buttons import ActionButton, make_action
from famdesk.ui.kit.dialog import Dialog, ask_reason
from famdesk.ui.kit.fields import CheckField, LineField, TextField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.papers import printing
from famdesk.ui.kit.papers.pdf_preview import PdfPreview
from famdesk.ui.kit.papers.printing import Gathered
from famdesk.ui.kit.papers.sheet_out import SheetOut
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label, ScrollColumn
from famdesk.ui.people.letter_texts import EnvelopeOut, OwnTexts
from famdesk.ui.send_dialog import SendDialog
from famdesk.usecases.post import letters, outgoing

if TYPE_CHECKING:
    from famdesk.usecases.people.person_rows import PersonFile
    from famdesk.usecases.post.letters import Addressed, LetterCase

PAUSE_MS = 300


class LetterDialog(Dialog):
    """Writes a letter and prints, saves or mails it.

    Attributes:
        preview: the letter as it is printed.
        out: prints and saves it.
    """

    def __init__(self, parent: QWidget, runner: Runner, file: PersonFile) -> None:
        super().__init__(parent, _("Letter"), _("Print"))
        self._runner, self._person = runner, (file.id, file.label)
        self._case: LetterCase | None = None
        self._look: Any = None
        self._begun = LetterWords("", "")
        self.preview = PdfPreview()
        self.preview.setMinimumSize(theme.unit(70), theme.unit(80))
        self.out = SheetOut(self, runner, self.preview)
        self.out.name("letter", _("Letter"), _("letter"))
        self.out.printed.connect(self._on_printed)
        self.out.saved.connect(self._on_printed)
        self.out.refused.connect(self.present)
        self.form = letter_form()
        self._note = Label("", "second", wrap=True)
        self._save = make_action(self, _("Save as PDF"), self.out.ask_file, icon="download", shortcut="Ctrl+S")
        self._mail = make_action(self, _("Send by mail…"), self._on_mail, icon="mail", shortcut="Ctrl+M")
        self.envelope = EnvelopeOut(self, runner, file.id)
        self.texts = OwnTexts(self, runner)
        self._lay_out()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.make)
        self.form.edited.connect(self._pause.start)
        for name in ("kind", "language"):
            self.form.field(name).edited.connect(self._on_kind)
        self.resize(parent.window().size() * 0.9)
        self._ready(ready=False)
        self._ask(None)

    def save(self) -> None:
        """Ask for printer and copies, then print the letter."""
        self.set_accept_enabled(True)
        self.out.ask_printer()

    def words(self) -> LetterWords:
        """What stands in the fields."""
        assert self.form is not None
        return LetterWords(self.form.value("subject"), self.form.value("text"))

    @Slot()
    def make(self) -> None:
        """Show the letter as it stands there now."""
        from famdesk.sheets import collect_letters

        if self._case is None or self.form is None:
            return
        found = self.form.values()
        try:
            sheet = collect_letters.one(
                self._case.to, self.words(), found["language"] or language(), self._runner.now().date(),
                envelope=found["envelope"] or kinds.DL, window=found["window"] or kinds.RIGHT,
                large_print=found["large"],
            )  # fmt: skip
        except RuleError as error:
            self._refuse(error)
            return
        self._runner.compute(rendered, self._look, sheet, language(), then=self._show, failed=self._refuse, owner=self,
                             latest="letter")  # fmt: skip

    def _ask(self, reason: str | None) -> None:
        self._runner.fetch(printing.gathered, letters.case, self._person[0], reason, then=self._begin,
                           failed=self._on_refused, owner=self)  # fmt: skip

    def _begin(self, found: Gathered) -> None:
        self._case, self.out.marks, self._look = found.content, found.marks, found.look
        assert self.form is not None
        self.form.field("language").set_value(self._case.to.language)
        told = [self._case.to.note]
        if self._case.to.neutral:
            told.append(_("This person has to be careful: nothing in the letter tells who writes, and why."))
        self._note.setText(" ".join(part for part in told if part))
        self._note.setVisible(any(told))
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
        self._note.setText(_("No address is noted for this child. The letter can go to:"))
        self._note.show()
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
        self._note.hide()
        self._person = (person_id, name)
        self.envelope.set_person(person_id)
        self._ask(None)

    @Slot()
    def _close(self) -> None:
        self.form = None
        self.reject()

    def _refuse(self, error: Exception) -> None:
        self._ready(ready=False)
        if isinstance(error, FamDeskError):
            self.preview.say(error.sentence())
        else:
            self.present(error)

    def _show(self, data: bytes) -> None:
        self.preview.show_pdf(data, _("Letter"))
        self._ready(ready=True)

    @Slot()
    def _on_mail(self) -> None:
        if self.preview.data:
            SendDialog(self, self._runner, self.out.printout(), person=self._person).open()

    @Slot(object)
    @Slot()
    def _on_printed(self, _content: object = None) -> None:
        """It is on paper: what was typed needs no question any more."""
        self.finish()

    def _lay_out(self) -> None:
        assert self.form is not None
        left = ScrollColumn()
        left.body.addWidget(self._note)
        self._instead = QVBoxLayout()
        left.body.addLayout(self._instead)
        left.body.addWidget(self.form)
        for action in self.texts.actions:
            left.body.addWidget(ActionButton.of(action, kind="link"), 0, Qt.AlignmentFlag.AlignLeft)
        left.body.addStretch(1)
        left.setMinimumWidth(theme.unit(85))
        self._note.hide()
        right = QVBoxLayout()
        above = QHBoxLayout()
        above.addStretch(1)
        for action in (self.envelope.action, self._mail, self._save):
            above.addWidget(ActionButton.of(action))
        right.addLayout(above)
        right.addWidget(self.preview, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.unit(4))
        row.addWidget(left, 4)
        row.addLayout(right, 5)
        self.body.addLayout(row, 1)

    def _ready(self, *, ready: bool) -> None:
        self.set_accept_enabled(ready)
        for action in (self._save, self._mail):
            action.setEnabled(ready)


def letter_form() -> Form:
    """Kind, language, text and envelope of a letter."""
    form = Form(labels="top")
    form.add("kind", _("Kind of letter"), ChoiceField([Choice(*pair) for pair in labels(kinds.KINDS)],
                                                      allow_none=False))  # fmt: skip
    tongues = [Choice(code, language_title(code)) for code in FAMILY_LANGUAGES]
    form.add("language", _("Language"), ChoiceField(tongues, allow_none=False))
    form.add("subject", _("Subject"), LineField(200))
    form.add("text", _("Text"), TextField(lines=12, most=24))
    form.add("envelope", _("Envelope"), ChoiceField([Choice(*pair) for pair in labels(kinds.ENVELOPES)],
                                                    allow_none=False))  # fmt: skip
    form.add("window", _("Window"), ChoiceField([Choice(*pair) for pair in labels(kinds.WINDOWS)],
                                                allow_none=False))  # fmt: skip
    form.add("large", "", CheckField(_("Large print")))
    form.set_values({"kind": kinds.INVITATION, "language": language(), "envelope": kinds.DL,
                     "window": kinds.RIGHT})  # fmt: skip
    plain.advise(form, "text", hint=_("A blank line begins a new paragraph."))
    return form


def turn_to(form: Form, wanted: str) -> None:
    """Subject and text are typed from the side on which the language begins."""
    with using(wanted):
        turned = from_right()
    direction = Qt.LayoutDirection.RightToLeft if turned else Qt.LayoutDirection.LeftToRight
    form.field("subject").setLayoutDirection(direction)
    document = form.field("text").document()
    option = document.defaultTextOption()
    option.setTextDirection(direction)
    side = Qt.AlignmentFlag.AlignRight if turned else Qt.AlignmentFlag.AlignLeft
    option.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
    document.setDefaultTextOption(option)


def rendered(look: Any, sheet: Any, wanted: str) -> bytes:
    """The PDF in the look of the centre; runs beside the database worker."""
    from famdesk.sheets import letter
    from famdesk.sheets.look import drawn

    with using(wanted):
        return drawn(look, letter.render, sheet)
