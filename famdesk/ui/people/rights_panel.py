"""The tab of a person's rights: requests and their terms, the copy of the data, erasure."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import QStandardPaths, Qt, QTimer, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from famdesk.domain import codes
from famdesk.domain.consent.retention import OPEN
from famdesk.domain.staff import rights
from famdesk.i18n import LANGUAGES, _, formats, language, using
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, make_action
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import DateField, TextField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.papers.sheet_dialog import SheetDialog
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card, Label
from famdesk.ui.people.panel import FilePanel
from famdesk.usecases.people import data_copy, privacy_rights
from famdesk.usecases.people.data_copy import DataCopy
from famdesk.usecases.people.naming_words import Naming
from famdesk.usecases.people.person_rows import PersonFile
from famdesk.usecases.people.privacy_rights import OUTCOMES, REQUESTS, ErasurePlan, RequestRow


class RightsPanel(FilePanel):
    """What a person may ask for, and what was done."""

    watches: ClassVar[frozenset[str]] = frozenset({"rights_request"})

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._rows: dict[str, RequestRow] = {}
        self.list = LineList(_("Requests about personal data"), _("Nothing was asked for yet."), grow=True)
        self.list.activated_id.connect(self._answer)
        asked = Card(_("Requests"), "file-text", note=_("to be answered within a month"))
        self.add = make_action(self, _("Note a request"), self._note, icon="plus")
        asked.tools.addWidget(ActionButton.of(self.add, kind="link"))
        asked.add_wide(self.list)
        self.body.addWidget(asked)
        self.copy = self.erase = None
        if rights.cell("data_copy.copy_of_data", runner.role):
            self.copy = make_action(self, _("Make the copy…"), self._copy, icon="file-text")
            text = _("Everything that is kept of this person, in words; names of other persons are left out.")
            self.body.addWidget(_deed(_("Copy of the data"), "file-text", text, ActionButton.of(self.copy)))
        if rights.cell("privacy_rights.erase", runner.role):
            self.erase = make_action(self, _("What would be erased…"), self._erase, icon="trash-2")
            text = _("The program says first what goes, what stays without names, and until when a file has to stay.")
            self.body.addWidget(_deed(_("Erasure"), "trash-2", text, ActionButton.of(self.erase)))
        self.body.addStretch(1)

    def refresh(self) -> None:
        assert self.file is not None
        self.runner.fetch(privacy_rights.requests, self.file.id, then=self._show, failed=self.failed.emit,
                          latest="requests")  # fmt: skip

    def forget(self) -> None:
        self._rows = {}
        self.list.set_lines([])

    def focus_first(self) -> None:
        self.list.setFocus()

    def _show(self, rows: tuple[RequestRow, ...]) -> None:
        self._rows = {row.id: row for row in rows}
        self.list.set_lines([_line(row) for row in rows])

    @Slot()
    def _note(self) -> None:
        if self.file is not None:
            RequestDialog(self, self.runner, self.file).open()

    @Slot(str)
    def _answer(self, request_id: str) -> None:
        row = self._rows.get(request_id)
        if row is not None and self.file is not None and rights.cell("privacy_rights.answer_request", self.runner.role):
            AnswerDialog(self, self.runner, row, self.file).open()

    @Slot()
    def _copy(self) -> None:
        if self.file is not None:
            CopyDialog(self, self.runner, self.file.id).open()

    @Slot()
    def _erase(self) -> None:
        if self.file is not None:
            ErasureDialog(self, self.runner, self.file).open()


def _deed(title: str, icon: str, text: str, button: QWidget) -> Card:
    card = Card(title, icon)
    card.body.addWidget(Label(text, "second", wrap=True))
    card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
    return card


def _line(row: RequestRow) -> Line:
    received = _("Received on {day}").format(day=formats.date_num(row.received_on))
    if row.answered_on is not None:
        badge, meaning = codes.label(OUTCOMES, row.outcome), Meaning.CLOSED
        due = _("answered on {day}").format(day=formats.date_num(row.answered_on))
    else:
        due = _("answer by {day}").format(day=formats.date_num(row.due_on))
        badge, meaning = (_("too late"), Meaning.CONFLICT) if row.late else (_("open"), Meaning.WARNING)
    detail = "\n".join(part for part in (received, row.note) if part)
    return Line(row.id, codes.label(REQUESTS, row.kind), detail=detail, trail=due, badge=badge, meaning=meaning,
                icon="file-text")  # fmt: skip


class RequestDialog(Dialog):
    """What a person asks for, and since when."""

    def __init__(self, parent: QWidget, runner: Runner, file: PersonFile) -> None:
        super().__init__(parent, _("Request about personal data"), _("Note it"))
        self._runner, self._person_id = runner, file.id
        self.form = Form()
        kinds = [Choice(*pair) for pair in codes.labels(REQUESTS)]
        self.form.add("kind", _("What is asked for"), ChoiceField(kinds, allow_none=False), required=True)
        self.form.add("received_on", _("Received on"), DateField(past=True), required=True)
        self.form.add(
            "note", _("Note"), TextField(lines=3), hint=_("How it came, who answers, what was asked in words.")
        )
        self.body.addWidget(self.form)
        self.form.set_values({"kind": "copy", "received_on": file.today})

    def save(self) -> None:
        assert self.form is not None
        deed = partial(privacy_rights.note_request, **self.form.values())
        self._runner.run(deed, self._person_id, then=self.finish, failed=self.present)


class AnswerDialog(Dialog):
    """What became of a request."""

    def __init__(self, parent: QWidget, runner: Runner, row: RequestRow, file: PersonFile) -> None:
        super().__init__(parent, codes.label(REQUESTS, row.kind), _("Save"))
        self._runner, self._row = runner, row
        self.form = Form()
        outcomes = [Choice(*pair) for pair in codes.labels(OUTCOMES)]
        self.form.add("answered_on", _("Answered on"), DateField(past=True), required=True)
        self.form.add("outcome", _("Outcome"), ChoiceField(outcomes, allow_none=False), required=True)
        self.form.add("note", _("Note"), TextField(lines=3))
        self.body.addWidget(self.form)
        self.form.set_values({"answered_on": row.answered_on or file.today, "outcome": row.outcome or "done",
                              "note": row.note or ""})  # fmt: skip

    def save(self) -> None:
        assert self.form is not None
        deed = partial(privacy_rights.answer_request, **self.form.values())
        self._runner.run(deed, self._row.id, self._row.version, then=self.finish, failed=self.present)


class CopyDialog(SheetDialog):
    """The copy of the data: on paper in the person's language, or as a file that other programs read."""

    def __init__(self, parent: QWidget, runner: Runner, person_id: str) -> None:
        languages = [(code, code.upper()) for code in LANGUAGES]
        note = _("It is given to the person only, after looking at a document.")
        super().__init__(
            parent, runner, _("Copy of the data"), _("copy-of-data"), _gathered, _rendered, languages, _("Language"),
            what=(person_id,), first=language(), note=note,
        )  # fmt: skip
        self._person_id = person_id
        self.as_file = ActionButton(_("Save as data file"), "download")
        self.as_file.clicked.connect(self._choose_data)
        self.body.addWidget(self.as_file, 0, Qt.AlignmentFlag.AlignLeft)

    @Slot(str)
    def save_data(self, name: str) -> None:
        """Write the copy as JSON (GDPR art. 20)."""
        self._runner.fetch(_gathered, self.choice.current(), self._person_id, then=partial(self._write, name),
                           failed=self.present, owner=self)  # fmt: skip

    def _write(self, name: str, content: DataCopy) -> None:
        from famdesk.sheets.paper.page import save

        data = json.dumps(asdict(content), ensure_ascii=False, indent=1, default=str).encode()
        self._runner.compute(save, data, Path(name), then=self.finish, failed=self.present, owner=self)

    @Slot()
    def _choose_data(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name = str(Path(folder) / (_("copy-of-data") + ".json"))
        dialog = QFileDialog(self, _("Save as data file"), name, _("Data files (*.json)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        dialog.fileSelected.connect(self.save_data)
        dialog.open()


def _told(plan: ErasurePlan) -> str:
    """Why a file stays, or what an erasure is."""
    if plan.held:
        return _("There is a legal hold: nothing of this person is erased while it lasts.")
    if plan.until == OPEN:
        return _("A path of care with this person is still open. Close it first: the term begins then.")
    if plan.until is not None:
        text = _(
            "This file has to stay until {until}: the documents of interviews are kept for {years} years. Until then"
            " its processing can be limited (menu of the file, Protection)."
        )
        return text.format(until=formats.date_long(plan.until), years=plan.years)
    return _(
        "This cannot be undone. Name, birth date, contacts and texts go, also from the journal; backups made"
        " before keep them until they are replaced."
    )


def _gathered(tx: Any, wanted: str, person_id: str) -> DataCopy:
    """The copy in the words of a language."""
    with using(wanted):
        return data_copy.copy_of_data(tx, person_id)


def _rendered(content: DataCopy, wanted: str) -> bytes:
    from famdesk.sheets.people import data_copy as sheet

    with using(wanted):
        return sheet.render(content)


class ErasureDialog(Dialog):
    """What an erasure would do, and why something stays; then, with a reason, the erasure itself."""

    def __init__(self, parent: QWidget, runner: Runner, file: PersonFile) -> None:
        super().__init__(parent, _("Erase the data of this person"), _("Erase for good"), danger=True)
        self._runner, self._found = runner, file
        self._told = Label("", wrap=True)
        self.body.addWidget(self._told)
        self.lines = LineList(_("What happens"), grow=True)
        self.lines.setMinimumHeight(theme.unit(50))
        self.body.addWidget(self.lines)
        self.form = Form(labels="top")
        self.form.add("reason", _("Reason"), TextField(lines=2), required=True,
                      hint=_("The journal keeps it: write no name."))  # fmt: skip
        self.body.addWidget(self.form)
        self.set_accept_enabled(False)
        runner.fetch(privacy_rights.erasure_plan, file.id, then=self._show, failed=self.present, owner=self)

    def save(self) -> None:
        assert self.form is not None
        self._runner.run(privacy_rights.erase, self._found.id, self._found.version, self.form.value("reason"),
                         then=self._on_erased, failed=self.present)  # fmt: skip

    def _on_erased(self, named: Naming) -> None:
        """What went without being listed in the file is told."""
        if named.drafts or named.searches:
            text = _("The data were erased. Drafts of colleagues that named the person and went too: {drafts}; saved"
                     " searches: {searches}.")  # fmt: skip
            told = Dialog(self.parentWidget() or self, _("Erased"))
            told.body.addWidget(Label(text.format(drafts=named.drafts, searches=named.searches), wrap=True))
            self.finished.connect(told.open)
        self.finish(named)

    def _show(self, plan: ErasurePlan) -> None:
        assert self.form is not None
        stays = plan.until is not None or plan.held
        self._told.setText(_told(plan))
        self.form.setVisible(not stays)
        self.set_accept_enabled(not stays)
        self.lines.set_lines([
            Line(str(number), line.what, trail=formats.number(line.count), detail=line.why,
                 badge=_("stays") if line.why else _("goes"), meaning=Meaning.BUSY if line.why else Meaning.WARNING)
            for number, line in enumerate(plan.lines)
        ])  # fmt: skip
        QTimer.singleShot(0, self, self._make_room)
