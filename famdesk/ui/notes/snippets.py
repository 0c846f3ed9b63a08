"""The dialog of ready texts for notes: templates and shortcuts, one's own and the centre's."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from famdesk.domain.notes.note_texts import EXPANSION, LONGEST_NAME, TEMPLATE
from famdesk.domain.staff import rights
from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import LineField, TextField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Label, Segmented
from famdesk.usecases.notes import note_snippets
from famdesk.usecases.notes.note_snippets import SnippetRow

OWN, CENTRE = "own", "centre"


class SnippetsDialog(Dialog):
    """Lists ready texts at the left, the one that is changed at the right.

    Attributes:
        kind: templates or shortcuts. list: those there are. new, keep, away: the buttons.
    """

    def __init__(self, parent: QWidget, runner: Runner, kind: str = TEMPLATE) -> None:
        super().__init__(parent, _("Ready texts for notes"))
        self._runner = runner
        self._rows: dict[str, SnippetRow] = {}
        self._row: SnippetRow | None = None
        self._wanted = ""
        self.kind = Segmented([(TEMPLATE, _("Templates")), (EXPANSION, _("Abbreviations"))], _("Kind of ready text"))
        self.kind.set_current(kind)
        self.list = LineList(_("Ready texts"), _("There are none yet."))
        self.new = ActionButton(_("New text"), "plus")
        self.keep = ActionButton(_("Save text"), "save", primary=True)
        self.away = ActionButton(_("Remove text"), "trash-2")
        self._hint = Label("", "second", wrap=True)
        self.form = self._make_form()
        self._lay_out()
        self.kind.chosen.connect(self._on_kind)
        self.list.current_changed.connect(self._on_chosen)
        self.new.clicked.connect(self._on_new)
        self.keep.clicked.connect(self.try_save)
        self.away.clicked.connect(self._on_away)
        self._on_kind()

    def save(self) -> None:
        """Save what stands in the form; the dialog stays open for the next one."""
        found = self.form.values() if self.form else {}
        row = self._row
        same = row is not None and row.id and row.editable and row.own == (found["who"] == OWN)
        self._runner.run(
            note_snippets.save, self.kind.current(), found["name"], found["body"], own=found["who"] == OWN,
            snippet_id=row.id if row is not None and same else "",
            version=row.version if row is not None and same else None,
            origin=row.origin if row is not None else "", then=self._on_saved, failed=self.present, owner=self,
        )  # fmt: skip

    @Slot()
    def _on_kind(self, _kind: str = "") -> None:
        self._row, self._wanted = None, ""
        shortcut = self.kind.current() == EXPANSION
        self._hint.setText(
            _("While you write a note: type the shortcut, then a blank or Tab. Ctrl+Z takes it back.")
            if shortcut else _("A note can begin with a template: its headings stand there, you write below them.")
        )  # fmt: skip
        self._clear()
        self._ask()

    def _ask(self) -> None:
        self._runner.fetch(note_snippets.snippets, self.kind.current(), then=self._show, failed=self.present,
                           owner=self, latest="snippets")  # fmt: skip

    def _show(self, rows: tuple[SnippetRow, ...]) -> None:
        self._rows = {row.id or row.origin: row for row in rows}
        self.list.set_lines([_line(key, row) for key, row in self._rows.items()])
        if self._wanted and self.list.set_current_id(self._wanted):
            self._on_chosen()
        self._wanted = ""

    @Slot()
    def _on_chosen(self) -> None:
        row = self._rows.get(self.list.current_id())
        if row is None or self.form is None:
            return
        self._row = row
        self.form.set_values({"name": row.name, "body": row.body, "who": OWN if row.own or not row.id else CENTRE})
        self.away.setEnabled(bool(row.id) and row.editable)

    @Slot()
    def _on_new(self) -> None:
        self._row = None
        self._clear()
        self.form.field("name").setFocus() if self.form else None

    def _clear(self) -> None:
        if self.form is not None:
            self.form.set_values({"name": "", "body": "", "who": OWN})
        self.away.setEnabled(False)

    def _on_saved(self, snippet_id: str) -> None:
        self._wanted = snippet_id
        if self.form is not None:
            self.form.set_values(self.form.values())
        self._done()

    @Slot()
    def _on_away(self) -> None:
        if self._row is not None and self._row.id:
            self._runner.run(note_snippets.remove, self._row.id, self._row.version, then=self._on_gone,
                             failed=self.present, owner=self)  # fmt: skip

    def _on_gone(self, _nothing: object) -> None:
        self._row, self._wanted = None, ""
        self._clear()
        self._done()

    def _done(self) -> None:
        self.set_accept_enabled(True)
        self.bar.ok(_("Saved"))
        announce(self, _("Saved"))
        self._ask()

    def _make_form(self) -> Form:
        form = Form(labels="top")
        form.add("name", _("Name or shortcut"), LineField(LONGEST_NAME), required=True)
        form.add("body", _("Text"), TextField(lines=8, most=10), required=True)
        who = [Choice(OWN, _("For me alone: sealed with my key"))]
        if rights.cell(note_snippets.for_all.name, self._runner.role):
            who.append(Choice(CENTRE, _("For the whole centre")))
        told = _(
            "What is for the centre is read by all who write notes: no names, nothing of a person. Texts of your own "
            "are gone for good if you lose your password: the sealed envelope brings back notes, not these."
        )
        form.add("who", _("For whom"), ChoiceField(who, allow_none=False), hint=told)
        return form

    def _lay_out(self) -> None:
        assert self.form is not None
        left = QVBoxLayout()
        left.setSpacing(theme.unit(2))
        left.addWidget(self.kind)
        left.addWidget(self.list, 1)
        left.addWidget(self.new)
        right = QVBoxLayout()
        right.setSpacing(theme.unit(2))
        right.addWidget(self._hint)
        right.addWidget(self.form)
        right.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.away)
        buttons.addStretch(1)
        buttons.addWidget(self.keep)
        right.addLayout(buttons)
        row = QHBoxLayout()
        row.setSpacing(theme.unit(4))
        row.addLayout(left, 4)
        row.addLayout(right, 6)
        self.body.addLayout(row, 1)
        self.setMinimumWidth(theme.unit(190))
        self.list.setMinimumHeight(theme.unit(110))


def _line(key: str, row: SnippetRow) -> Line:
    whose = _("mine") if row.own else _("of the centre") if row.id else _("of FamDesk")
    return Line(key, row.name, detail=whose, icon="user-round" if row.own else "users" if row.id else "sparkles")


def chosen(rows: tuple[SnippetRow, ...], key: str) -> SnippetRow | None:
    """The ready text of a list that has this id, or this code of the program."""
    return next((row for row in rows if (row.id or row.origin) == key), None)


def listed(rows: tuple[SnippetRow, ...]) -> list[Choice]:
    """Ready texts as the choices of a field."""
    return [Choice(row.id or row.origin, row.name) for row in rows]
