"""A person's details, new or changed, with a warning of somebody who is already there."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain import codes
from famdesk.domain.people import contact, tax_code, typed_names
from famdesk.domain.people.birth import Birth
from famdesk.i18n import _, formats
from famdesk.ui.doubles_strip import DoublesStrip
from famdesk.ui.kit import theme
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import ScrollColumn
from famdesk.ui.people.merge_dialog import MergeDialog
from famdesk.ui.people.person_draft import PersonDraft
from famdesk.ui.people.person_form import MORE, NAMES, PersonForm
from famdesk.usecases.people import people
from famdesk.usecases.people.person_rows import Double, PersonFile
from famdesk.usecases.staff import staff
from famdesk.usecases.staff.staff import ColleagueRow

LOOK_AFTER_MS = 250
NEW_DRAFT = "person:new"
ROOM = 0.85
"""The part of the screen's height that the form takes at most."""


class PersonDialog(Dialog):
    """Adds a person (`file` None) or changes one. What is typed is kept as a draft until it is saved.

    Signals:
        person_chosen(str): show this file: the new one, or that of somebody who was already there.
    """

    form: PersonForm
    person_chosen = Signal(str)

    def __init__(self, parent: QWidget, runner: Runner, file: PersonFile | None, typed: str = "") -> None:
        """`typed` is what was searched for before: it fills the field that it seems to be."""
        title = _("New person") if file is None else _("Details of the person")
        super().__init__(parent, title, _("Add person") if file is None else _("Save"))
        self._runner = runner
        self._file = file
        self.form = PersonForm(file, runner.now().date())
        self.doubles = DoublesStrip(runner, file.id if file else None)
        self.doubles.chosen.connect(self._on_double)
        self.doubles.merge_wanted.connect(self._on_merge)
        self.doubles.settled.connect(self._accept.setFocus)
        self.doubles.filled.connect(self._make_room)
        kept = ("phone", "mail") if file is None else ()
        key = f"person:{file.id}" if file else NEW_DRAFT
        self.draft = PersonDraft(runner, self.form, key, (*NAMES, *kept, *MORE))
        self.draft.resumed.connect(self._on_resumed)
        self._column = column = ScrollColumn()
        column.body.addWidget(self.form)
        column.body.addStretch(1)
        column.setMinimumSize(theme.unit(140), theme.unit(50))
        for part in (self.draft, self.doubles):
            self.body.addWidget(part)
        self.body.addWidget(column, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LOOK_AFTER_MS)
        self._timer.timeout.connect(self.look_for_doubles)
        self.form.edited.connect(self._timer.start)
        self.form.code_typed.connect(self._on_code)
        self.form.opened.connect(self._grow)
        if self.form.is_open():
            self._grow()
        if file is None:
            self._start(typed)
        runner.fetch(staff.colleagues, then=self._take_colleagues)
        self.form.field("surname" if file or not typed else "given_name").setFocus()

    def save(self) -> None:
        details = self.form.details()
        if self._file is None and self.doubles.must_answer():
            self.set_accept_enabled(True)
            return
        if self._file is None:
            extra = {name: self.form.value(name) for name in ("phone", "mail")}
            others = tuple(self.doubles.not_same)
            self._runner.run(people.add_person, **details, **extra, not_same=others, then=self._added,
                             failed=self.present)  # fmt: skip
            return
        self._runner.run(
            people.change_person, self._file.id, self._file.version, **details, then=self.finish, failed=self.present
        )

    def present(self, error: Exception) -> None:
        self.form.make_room(error)
        super().present(error)
        if self.form.is_open():
            self._grow()
        QTimer.singleShot(0, self._show_focused)

    @Slot()
    def _show_focused(self) -> None:
        """Scroll to the field that is wrong, once the form has found its new size."""
        focused = self.form.focusWidget()
        if focused is not None:
            self._column.ensureWidgetVisible(focused, 0, theme.unit(36))

    def finish(self, result: object = None) -> None:
        self.draft.drop()
        super().finish(result)

    def _discard(self) -> None:
        self.draft.drop()
        super()._discard()

    @Slot()
    def _grow(self) -> None:
        """Make room for all details, as far as the screen has it."""
        screen = self.screen().availableGeometry()
        height = min(theme.unit(190), round(screen.height() * ROOM))
        self.resize(max(self.width(), self.sizeHint().width()), height)
        if self.isVisible():
            self.move(self.x(), max(screen.top(), min(self.y(), screen.bottom() - height - theme.unit(12))))

    def _start(self, typed: str) -> None:
        found = prefilled(typed)
        self.form.set_values(found)
        if "tax_code" in found:
            self.form.open_all()
        if typed:
            self.look_for_doubles()

    def _added(self, person_id: str) -> None:
        self.person_chosen.emit(person_id)
        self.finish(person_id)

    @Slot()
    def look_for_doubles(self) -> None:
        """Ask for persons who may be the one typed."""
        birth: Birth = self.form.value("birth_date")
        reached = {name: self.form.value(name) for name in ("phone", "mail") if self.form.has(name)}
        told = {name: self.form.value(name) for name in ("surname", "given_name", "alias", "sex")}
        self.doubles.look(
            **told, **reached, birth_date=birth.day, birth_part=birth.part, code=self.form.value("tax_code")
        )

    @Slot(str)
    def _on_code(self, code: str) -> None:
        """Whether somebody whom one may know of bears the tax code too; two persons may."""
        except_id = self._file.id if self._file else None
        self._runner.fetch(people.likely_doubles, code=code, except_id=except_id, then=self._take_bearers,
                           latest="bearers")  # fmt: skip

    def _take_bearers(self, found: tuple[Double, ...]) -> None:
        self.form.set_borne(formats.list_text(one.label for one in found))

    @Slot()
    def _on_resumed(self) -> None:
        self.form.tell()
        if any(self.form.value(name) for name in MORE if name != "town") or self.form.value("town")[0]:
            self.form.open_all()
        self.form.focus_first()
        self.look_for_doubles()

    def _take_colleagues(self, rows: tuple[ColleagueRow, ...]) -> None:
        field: ChoiceField = self.form.field("owner_staff_id")
        chosen = field.value() or (self._file.owner_staff_id if self._file else None)
        detail = {row.id: codes.label(codes.PROFESSIONS, row.profession) for row in rows}
        field.set_choices([Choice(row.id, row.name, detail[row.id]) for row in rows])
        field.set_value(chosen)

    @Slot(str)
    def _on_merge(self, other_id: str) -> None:
        """Put both files side by side; what was typed here and not saved is not taken along."""
        assert self._file is not None
        if self.form.dirty:
            self.bar.warning(_("Save what you typed first, then merge the two files."))
            return
        dialog = MergeDialog(self, self._runner, self._file, other_id)
        dialog.merged.connect(self._on_double)
        dialog.open()

    @Slot(str)
    def _on_double(self, person_id: str) -> None:
        self.draft.drop()
        self.person_chosen.emit(person_id)
        self.accept()


def prefilled(typed: str) -> dict[str, Any]:
    """What was searched for, in the field that it seems to be: number, tax code, or surname and given name."""
    typed = " ".join(typed.split())
    if contact.typed_number(typed):
        return {"phone": typed}
    if "@" in typed:
        return {"mail": typed}
    if tax_code.is_well_formed(tax_code.tidy(typed)):
        return {"tax_code": tax_code.tidy(typed)}
    surname, given_name = typed_names.parted(typed)
    return {"surname": surname, "given_name": given_name}
