"""The recovery sheet: seen, printed, and proved by typing two of its groups back."""

from __future__ import annotations

import random
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from famdesk.domain.errors import RuleError
from famdesk.i18n import _
from famdesk.ui.first_start import deeds
from famdesk.ui.first_start.answers import Answers
from famdesk.ui.first_start.step import Step
from famdesk.ui.kit import theme
from famdesk.ui.kit.background import InBackground
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.fields import LineField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.papers import print_dialog, printing
from famdesk.ui.kit.papers.pdf_preview import PdfPreview
from famdesk.ui.kit.password import Notice
from famdesk.ui.kit.widgets import Label

GROUPS = 7


class RecoveryStep(Step):
    """Nobody goes on without the sheet in hand: without it, a forgotten password would lose everything."""

    card_width = 230

    def __init__(self, answers: Answers, in_background: InBackground) -> None:
        super().__init__(answers, in_background, _("The recovery sheet"), "")
        self.asked = tuple(sorted(random.SystemRandom().sample(range(1, GROUPS + 1), 2)))
        self.preview = PdfPreview()
        self.preview.setMinimumSize(theme.unit(90), theme.unit(105))
        self.notice = Notice()
        self.print_button = ActionButton(_("Print"), "printer")
        self.save_button = ActionButton(_("Save as PDF"), "download")
        form = Form(labels="top")
        for number in self.asked:
            form.add(f"group{number}", _("Group {number}").format(number=number), LineField(12), required=True)
        row = QHBoxLayout()
        row.setSpacing(theme.unit(6))
        row.addWidget(self.preview, 1)
        right = QVBoxLayout()
        right.setSpacing(theme.unit(3))
        row.addLayout(right, 1)
        self.body.addLayout(row, 1)
        self._fill(right, form)
        self.print_button.clicked.connect(self._on_print)
        self.save_button.clicked.connect(self._on_save)
        self.setFocusProxy(self.print_button)

    def go_text(self) -> str:
        return _("Make the centre")

    def enter(self) -> None:
        self.preview.say(_("The sheet is being made …"))
        centre, code = self.answers.centre, self.answers.recovery
        self.in_background(lambda: deeds.recovery_sheet(centre, code), self._show, self._on_failed)

    def take(self) -> bool:
        assert self.form is not None
        if not self.answers.recovery or not self.form.check():
            return False
        from famdesk.usecases import setup

        for number in self.asked:
            try:
                setup.check_group(self.answers.recovery, number, self.form.value(f"group{number}"))
            except RuleError as error:
                self.form.show_error(f"group{number}", error.sentence())
                return False
        return True

    @Slot(str)
    def save_to(self, name: str) -> None:
        """Write the sheet into a file, to be printed elsewhere."""
        try:
            Path(name).write_bytes(self.preview.data)
        except OSError:
            self.notice.tell(_("The file could not be written there. Choose another place."))
        else:
            self.notice.rest()

    def _fill(self, right: QVBoxLayout, form: Form) -> None:
        text = _("If nobody can sign in any more, this code opens the data again. It exists on this paper only: "
                 "print it now and keep it in a safe or a locked cabinet.")  # fmt: skip
        right.addWidget(Label(text, wrap=True))
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.unit(2))
        buttons.addWidget(self.print_button)
        buttons.addWidget(self.save_button)
        buttons.addStretch(1)
        right.addLayout(buttons)
        right.addWidget(self.notice)
        right.addSpacing(theme.unit(2))
        right.addWidget(Label(_("Then type these two groups from the sheet:"), "strong", wrap=True))
        self.add_form(form)
        right.addWidget(form)
        right.addStretch(1)

    def _show(self, made: tuple[str, bytes]) -> None:
        self.answers.recovery, data = made
        self.preview.show_pdf(data)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, RuleError):
            raise error
        self.preview.say(error.sentence())

    @Slot()
    def _on_print(self) -> None:
        if self.preview.data:
            sheet = printing.printout("recovery", _("Recovery sheet"), self.preview.data, self.preview.document)
            print_dialog.ask(self, sheet, printed=self.notice.rest)

    @Slot()
    def _on_save(self) -> None:
        if not self.preview.data:
            return
        printing.ask_file(self, "famdesk-recovery", self.save_to)
