"""What writing letters has in common: kind, language, text and envelope left, the real PDF right, print and save.

The PDF is made beside the database worker after every pause in typing. What takes long shows how far it is and can be
stopped; printing and saving wait for the letter as it stands in the fields.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from famdesk.domain.codes import labels
from famdesk.domain.errors import FamDeskError, RuleError
from famdesk.domain.languages import language_title
from famdesk.domain.post import letters as kinds
from famdesk.domain.post.letters import LetterWords
from famdesk.domain.progress import Progress, Stopped
from famdesk.i18n import FAMILY_LANGUAGES, _, from_right, language, using
from famdesk.ui.kit import plain, theme
from famdesk.ui.kit.buttons import ActionButton, make_action
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import CheckField, LineField, TextField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.papers.pdf_preview import PdfPreview
from famdesk.ui.kit.papers.sheet_out import SheetOut
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.progress_line import ProgressLine
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label, ScrollColumn

if TYPE_CHECKING:
    from famdesk.sheets.post.letter import LetterSheet

PAUSE_MS: Final = 300
Work = Callable[[Progress], bytes]
"""Makes the PDF in a thread of its own, and tells how far it is."""


class LetterView(Dialog):
    """Writes a letter and prints or saves it. Subclasses give `work`, and set `look` and `out.marks` when they know
    whom it goes to.

    Attributes:
        preview: the letter as it is printed.
        out: prints and saves it.
        note: above the fields, whom the letter goes to.
        look: how sheets of the centre look; None: nobody is known yet.
    """

    def __init__(self, parent: QWidget, runner: Runner, title: str) -> None:
        super().__init__(parent, title, _("Print"))
        self._runner, self._title = runner, title
        self.look: Any = None
        self._progress = Progress()
        self._waiting: Callable[[], object] | None = None
        self.preview = PdfPreview()
        self.preview.setMinimumSize(theme.unit(70), theme.unit(80))
        self.out = SheetOut(self, runner, self.preview)
        self.out.name("letter", title, _("letter"))
        self.out.printed.connect(self._on_out)
        self.out.saved.connect(self._on_out)
        self.out.refused.connect(self.present)
        self.form = letter_form()
        self.note = Label("", "second", wrap=True)
        self.note.hide()
        self._save = make_action(self, _("Save as PDF"), self._on_save, icon="download", shortcut="Ctrl+S")
        self._line = ProgressLine()
        self._stop = ActionButton(_("Stop"), "x")
        self._stop.hide()
        self._stop.clicked.connect(self._line.stop)
        self._line.seen.connect(self._stop.setVisible)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.make)
        self.form.edited.connect(self._pause.start)
        self.finished.connect(self._line.stop)
        self.resize(parent.window().size() * 0.9)

    def work(self) -> Work | None:
        """What makes the letter as it stands in the fields now; None: nothing is known yet.

        Raises:
            RuleError: it may not go like that.
        """
        raise NotImplementedError

    def words(self) -> LetterWords:
        """What stands in the fields."""
        assert self.form is not None
        return LetterWords(self.form.value("subject"), self.form.value("text"))

    def save(self) -> None:
        """Ask for printer and copies, then print the letter as it stands in the fields."""
        self.set_accept_enabled(True)
        self.when_made(self.out.ask_printer)

    def when_made(self, deed: Callable[[], object]) -> None:
        """Do something with the letter as it stands in the fields, once it is made."""
        if self.preview.data and not self._pause.isActive() and not self._line.running:
            deed()
            return
        self._waiting = deed
        if not self._line.running or self._pause.isActive():
            self.make()

    @Slot()
    def make(self) -> None:
        """Make the letter as it stands there now; an older one is not wanted any more."""
        self._pause.stop()
        self._progress.stop()
        self._progress = Progress()
        try:
            work = self.work()
        except RuleError as error:
            self.refuse(error)
            return
        if work is not None:
            self._line.follow(self._progress)
            self._runner.compute(_drawn, self.look, work, language(), self._progress, then=self._show,
                                 failed=self.refuse, owner=self, latest="letter")  # fmt: skip

    def refuse(self, error: Exception) -> None:
        """There is no letter, for this reason."""
        self._line.end()
        self._waiting = None
        self._ready(ready=isinstance(error, Stopped))
        if isinstance(error, Stopped):
            self.preview.say(_("Stopped. Printing or saving makes the letters after all."))
        elif isinstance(error, FamDeskError):
            self.preview.say(error.sentence())
        else:
            self.present(error)

    def refuse_all(self, error: Exception) -> None:
        """Nobody can be written to: nothing is typed that would go nowhere."""
        self.refuse(error)
        if self.form is not None:
            self.form.setEnabled(False)
        self._cancel.setFocus()

    def lay_out(self, below: tuple[QWidget, ...], *actions: QAction) -> None:
        """Put everything in its place: `below` the fields, and `actions` above the preview, before that of saving."""
        assert self.form is not None
        left = ScrollColumn()
        left.body.addWidget(self.note)
        left.body.addWidget(self.form)
        for widget in below:
            left.body.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        left.body.addStretch(1)
        left.setMinimumWidth(theme.unit(85))
        above, right = QHBoxLayout(), QVBoxLayout()
        above.addWidget(self._line, 1)
        above.addWidget(self._stop)
        above.addStretch(1)
        self._ready_with = (*actions, self._save)
        for action in self._ready_with:
            above.addWidget(ActionButton.of(action))
        right.addLayout(above)
        right.addWidget(self.preview, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.unit(4))
        row.addWidget(left, 4)
        row.addLayout(right, 5)
        self.body.addLayout(row, 1)
        self._ready(ready=False)

    def _show(self, data: bytes) -> None:
        self._line.end()
        self.preview.show_pdf(data, self._title)
        self._ready(ready=True)
        deed, self._waiting = self._waiting, None
        if deed is not None:
            deed()

    @Slot()
    def _on_save(self) -> None:
        self.when_made(self.out.ask_file)

    @Slot(object)
    @Slot()
    def _on_out(self, _content: object = None) -> None:
        """It is on paper, or in a file: what was typed needs no question any more."""
        self.finish()

    def _ready(self, *, ready: bool) -> None:
        self.set_accept_enabled(ready)
        for action in self._ready_with:
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


def rendered(sheet: LetterSheet, progress: Progress) -> bytes:
    """The PDF; runs beside the database worker."""
    from famdesk.sheets.post import letter

    return letter.render(sheet, progress)


def _drawn(look: Any, work: Work, wanted: str, progress: Progress) -> bytes:
    from famdesk.sheets.paper.look import drawn

    with using(wanted):
        return drawn(look, work, progress)
