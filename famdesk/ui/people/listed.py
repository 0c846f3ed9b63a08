"""What can be done with everybody who is listed: a file for other programs, address labels, one letter to all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QStandardPaths, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from famdesk.domain.staff import rights
from famdesk.i18n import _, ngettext
from famdesk.ui.kit.buttons import ToolButton, make_action
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import TextField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label
from famdesk.ui.people.many_letters import ManyLettersDialog
from famdesk.usecases.people import person_export
from famdesk.usecases.post import letters, outgoing

if TYPE_CHECKING:
    from famdesk.ui.people.page import PeoplePage

SUFFIXES = {"csv": "csv", "vcard": "vcf"}


class Listed(QObject):
    """The menu beside the title; it can be used while somebody is listed.

    Signals:
        labels_requested(str): address labels for persons, by their ids with blanks between.
    """

    labels_requested = Signal(str)

    def __init__(self, page: PeoplePage) -> None:
        super().__init__(page)
        self._page = page
        self.export = make_action(page, _("Export what is listed…"), self._on_export, icon="download")
        self.labels = make_action(page, _("Address labels for those listed"), self._on_labels, icon="printer")
        self.letters = make_action(page, _("Letters to those listed…"), self._on_letters, icon="mail")
        self.button = ToolButton(_("With all who are listed"), "ellipsis")
        menu = QMenu(self.button)
        menu.addActions([action for action, right in self._offered() if rights.cell(right, page.runner.role)])
        self.button.setMenu(menu)
        self.button.setPopupMode(ToolButton.ToolButtonPopupMode.InstantPopup)
        page.header.add_widget(self.button)
        self.button.setVisible(bool(menu.actions()))
        self.set_listed(somebody=False)

    def set_listed(self, *, somebody: bool) -> None:
        """Whether there is anybody to do it with."""
        for action, _right in self._offered():
            action.setEnabled(somebody and bool(rights.cell(dict(self._offered())[action], self._page.runner.role)))
        self.button.setEnabled(somebody)

    def _offered(self) -> tuple[tuple[QAction, str], ...]:
        return ((self.export, person_export.persons.name), (self.labels, outgoing.masked.name),
                (self.letters, letters.addressed.name))  # fmt: skip

    def _ids(self) -> tuple[str, ...]:
        return tuple(row.id for row in self._page.found.rows)

    @Slot()
    def _on_export(self) -> None:
        dialog = ExportDialog(self._page, self._page.runner, self._ids())
        dialog.finished_with.connect(self._on_written)
        dialog.open()

    @Slot()
    def _on_labels(self) -> None:
        self.labels_requested.emit(" ".join(self._ids()))

    @Slot()
    def _on_letters(self) -> None:
        ManyLettersDialog(self._page, self._page.runner, self._ids()).open()

    @Slot(object)
    def _on_written(self, count: int) -> None:
        told = ngettext("{n} person written into the file", "{n} people written into the file", count)
        self._page.say(told.format(n=count))


class ExportDialog(Dialog):
    """Asks in which form; then for the file. Nothing is read, and nothing noted, before a file is chosen.

    `finished_with` gives how many people stand in it.
    """

    def __init__(self, parent: QWidget, runner: Runner, ids: Sequence[str]) -> None:
        super().__init__(parent, _("Export what is listed"), _("Choose the file…"))
        self._runner, self._ids = runner, tuple(ids)
        self._rows: tuple[Any, ...] = ()
        told = ngettext("{n} person is listed.", "{n} people are listed.", len(ids)).format(n=len(ids))
        explained = _(
            "The file leaves the protection of the program. Who must not be called or written to stands in it without "
            "that number or address and with initials; protected files and hidden contacts are left out. The journal "
            "keeps who was exported."
        )
        self.body.addWidget(Label(told, "strong"))
        self.body.addWidget(Label(explained, "second", wrap=True))
        self.form = Form(labels="top")
        # Translators: forms of a file with people's addresses
        forms = [Choice("csv", _("Table for a spreadsheet (CSV)")), Choice("vcard", _("Address cards (vCard)"))]
        self.form.add("form", _("Form"), ChoiceField(forms, allow_none=False), required=True)
        hint = _("Only if also what the safe-contact rule forbids has to be written: the journal keeps the reason.")
        self.form.add("reason", _("Reason"), TextField(lines=2), hint=hint)
        self.form.set_values({"form": "csv"})
        self.body.addWidget(self.form)

    def save(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        suffix = SUFFIXES[self._form()]
        name = str(Path(folder) / f"{_('people')}.{suffix}")
        chooser = QFileDialog(self, _("Export what is listed"), name, f"{suffix.upper()} (*.{suffix})")
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix(suffix)
        chooser.fileSelected.connect(self.save_to)
        chooser.rejected.connect(self._on_no_file)
        chooser.finished.connect(chooser.deleteLater)
        chooser.open()

    @Slot(str)
    def save_to(self, name: str) -> None:
        """Read the people and write them into a file."""
        assert self.form is not None
        self._file = Path(name)
        self._runner.fetch(person_export.persons, self._ids, self._form(), reason=self.form.value("reason"),
                           then=self._on_rows, failed=self.present)  # fmt: skip

    def _form(self) -> str:
        assert self.form is not None
        return str(self.form.value("form"))

    @Slot()
    def _on_no_file(self) -> None:
        self.set_accept_enabled(True)

    def _on_rows(self, rows: tuple[Any, ...]) -> None:
        self._rows = rows
        self._runner.compute(_written, rows, self._form(), self._file, then=self._on_done, failed=self.present)

    def _on_done(self, _nothing: object) -> None:
        self.finish(len(self._rows))


def _written(rows: tuple[Any, ...], form: str, file: Path) -> None:
    from famdesk.exchange import persons_table
    from famdesk.sheets.paper.page import save

    save(persons_table.made(rows, form), file)
