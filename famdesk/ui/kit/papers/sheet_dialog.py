"""A sheet over the view it belongs to: the real PDF, printed or saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from famdesk.domain.errors import FamDeskError
from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, make_action
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.papers.live_sheet import LiveSheet, Made
from famdesk.ui.kit.papers.pdf_preview import PdfPreview
from famdesk.ui.kit.papers.sheet_out import SheetOut
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label, Segmented

Gather = Callable[..., Any]
"""A query: `gather(tx, choice, *what)` gives the content of the sheet."""

Render = Callable[[Any, str], bytes]
"""Makes the PDF of a content for a choice, beside the database worker."""


class SheetDialog(Dialog):
    """Shows a sheet and prints or saves it; `choices` are its variants, such as languages or papers.

    Attributes:
        preview: the PDF that is shown.
        choice: the variants, hidden where there is one only. out: what prints and saves it.
        tools: the row above the preview.
    """

    def __init__(
        self, parent: QWidget, runner: Runner, title: str, file_name: str, gather: Gather, render: Render,
        choices: Sequence[tuple[str, str]], name: str, *, what: Sequence[object] = (), first: str = "", note: str = "",
        key: str = "", person_id: str = "",
    ) -> None:  # fmt: skip
        """`title` is the kind of sheet, as the printer's queue shows it, never a person's name; `file_name` without
        its ending; `name` says what is chosen among the `choices`, `first` the one to begin with; `key` is that of the
        sheet, by which the machine remembers its printer ("": the name of its file). With a `person_id` it can be
        mailed to that person, as the safe-contact rule allows."""
        super().__init__(parent, title, _("Print"))
        self._runner, self._title, self._gather, self._what = runner, title, gather, tuple(what)
        self.preview = PdfPreview()
        self.out = SheetOut(self, runner, self.preview)
        self.out.name(key or file_name, title, file_name)
        self.preview.setMinimumSize(theme.unit(120), theme.unit(80))
        self.choice = Segmented(choices, name)
        self.choice.set_current(first or choices[0][0])
        self.choice.setVisible(len(choices) > 1)
        self._save_action = make_action(self, _("Save as PDF"), self.out.ask_file, icon="download", shortcut="Ctrl+S")
        self.tools = row = QHBoxLayout()
        row.setSpacing(theme.unit(3))
        row.addWidget(self.choice)
        row.addWidget(Label(note, "second", wrap=True), 1)
        self._person = person_id
        self._mail_action = make_action(self, _("Send by mail…"), self._on_mail, icon="mail", shortcut="Ctrl+M")
        self._mail_action.setVisible(bool(person_id))
        if person_id:
            row.addWidget(ActionButton.of(self._mail_action))
        row.addWidget(ActionButton.of(self._save_action, hint=True))
        self.body.addLayout(row)
        self.body.addWidget(self.preview, 1)
        self.resize(parent.window().size() * 0.85)
        self.out.printed.connect(self._on_out)
        self.out.saved.connect(self._on_out)
        self.out.refused.connect(self.present)
        self._live = LiveSheet(runner, self._gathered, render, self)
        self._live.made.connect(self._show)
        self._live.refused.connect(self._say)
        self.choice.chosen.connect(self._make)
        self._make()

    def save(self) -> None:
        """Ask for printer and copies, then print what the preview shows."""
        self.set_accept_enabled(True)
        self.out.ask_printer()

    @Slot()
    def _on_out(self) -> None:
        self.finish()

    @Slot()
    def _on_mail(self) -> None:
        from famdesk.ui.send_dialog import SendDialog

        if self.preview.data and self._person:
            SendDialog(self, self._runner, self.out.printout(), person=(self._person, "")).open()

    @Slot()
    def _make(self) -> None:
        self._ready(ready=False)
        self._live.make(self.choice.current())

    def _gathered(self, tx: Any, wanted: str) -> Any:
        return self._gather(tx, wanted, *self._what)

    @Slot(object)
    def _show(self, made: Made) -> None:
        self.out.marks = made.marks
        self.preview.show_pdf(made.data, self._title)
        self._ready(ready=True)

    @Slot(object)
    def _say(self, error: Exception) -> None:
        self._ready(ready=False)
        if isinstance(error, FamDeskError):
            self.preview.say(error.sentence())
        else:
            self.present(error)

    def _ready(self, *, ready: bool) -> None:
        self.set_accept_enabled(ready)
        self._save_action.setEnabled(ready)
        self._mail_action.setEnabled(ready and bool(self._person))
