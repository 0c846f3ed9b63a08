"""A person's details, new or changed, with a warning of somebody who is already there."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from famdesk.domain import codes, contact, tax_code
from famdesk.domain.languages import language_choices, language_label
from famdesk.i18n import _, ngettext
from famdesk.ui.kit import theme
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import CheckField, DateField, LineField, TextField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.lines import LineList
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Label, ScrollColumn
from famdesk.ui.people import words
from famdesk.ui.people.parts import Notice
from famdesk.usecases import people, staff
from famdesk.usecases.person_rows import Double, PersonFile
from famdesk.usecases.staff import ColleagueRow

LOOK_AFTER_MS = 250
TOLD_BY = ("surname", "given_name", "birth_date", "phone", "tax_code")
DETAILS = (
    "surname", "given_name", "alias", "sex", "birth_date", "birth_text", "tax_code", "language", "needs_mediator",
    "citizenship", "town", "owner_staff_id", "note",
)  # fmt: skip


class PersonDialog(Dialog):
    """Adds a person (`file` None) or changes one.

    Signals:
        person_chosen(str): show this file: the new one, or that of somebody who was already there.
    """

    person_chosen = Signal(str)

    def __init__(self, parent: QWidget, runner: Runner, file: PersonFile | None, typed: str = "") -> None:
        """`typed` is what was searched for before: it fills the field that it seems to be."""
        title = _("New person") if file is None else _("Details of the person")
        super().__init__(parent, title, _("Add person") if file is None else _("Save"))
        self._runner = runner
        self._file = file
        self.form = _form(file)
        self.doubles = _Doubles()
        self.doubles.chosen.connect(self._on_double)
        column = ScrollColumn()
        column.body.addWidget(self.form)
        column.body.addStretch(1)
        column.setMinimumSize(theme.unit(140), theme.unit(75))
        self.body.addWidget(self.doubles)
        self.body.addWidget(column, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LOOK_AFTER_MS)
        self._timer.timeout.connect(self.look_for_doubles)
        self.form.edited.connect(self._timer.start)
        if file is None:
            self.form.set_values(prefilled(typed))
        runner.fetch(staff.colleagues, then=self._take_colleagues)
        if typed:
            self.look_for_doubles()
        self.form.field("surname" if file or not typed else "given_name").setFocus()

    def save(self) -> None:
        values = {name: self.form.value(name) for name in DETAILS} if self.form is not None else {}
        values["language"] = values["language"] or None
        if self._file is None:
            assert self.form is not None
            extra = {name: self.form.value(name) for name in ("phone", "mail")}
            self._runner.run(people.add_person, **values, **extra, then=self._added, failed=self.present)
            return
        self._runner.run(
            people.change_person, self._file.id, self._file.version, **values, then=self.finish, failed=self.present
        )

    def _added(self, person_id: str) -> None:
        self.person_chosen.emit(person_id)
        self.finish(person_id)

    @Slot()
    def look_for_doubles(self) -> None:
        """Ask for persons who may be the one typed."""
        assert self.form is not None
        typed = {name: self.form.value(name) for name in TOLD_BY if self.form.has(name)}
        self._runner.fetch(
            people.likely_doubles,
            surname=typed["surname"],
            given_name=typed["given_name"],
            birth_date=typed["birth_date"],
            phone=typed.get("phone"),
            code=typed["tax_code"],
            except_id=self._file.id if self._file else None,
            then=self.doubles.show_doubles,
            latest="doubles",
        )

    def _take_colleagues(self, rows: tuple[ColleagueRow, ...]) -> None:
        assert self.form is not None
        field: ChoiceField = self.form.field("owner_staff_id")
        chosen = field.value() or (self._file.owner_staff_id if self._file else None)
        detail = {row.id: codes.label(codes.PROFESSIONS, row.profession) for row in rows}
        field.set_choices([Choice(row.id, row.name, detail[row.id]) for row in rows])
        field.set_value(chosen)

    @Slot(str)
    def _on_double(self, person_id: str) -> None:
        self.person_chosen.emit(person_id)
        self.accept()


class _Doubles(QWidget):
    """Who may be meant, with the reason; Enter on somebody opens that file instead."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._notice = Notice("users", Meaning.WARNING)
        self.list = LineList(_("Perhaps already here"), grow=True)
        self._hint = Label(_("Enter or a double click opens that file instead."), "small", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (self._notice, self.list, self._hint):
            column.addWidget(part)
        self.list.activated_id.connect(self.chosen)
        self.hide()

    def show_doubles(self, doubles: tuple[Double, ...]) -> None:
        """Show who may be meant; nobody hides the warning."""
        count = len(doubles)
        text = ngettext("Perhaps this person is already here:", "Perhaps one of these {n} is the person:", count)
        self._notice.set_text(text.format(n=count) if count else "")
        self.list.set_lines([words.double_line(double) for double in doubles])
        if count and self.isHidden():
            announce(self, words.joined(self._notice.text(), doubles[0].label, doubles[0].reason))
        self.setVisible(bool(count))

    def text(self) -> str:
        """What is said, for the whole of it."""
        return self._notice.text()


def prefilled(typed: str) -> dict[str, Any]:
    """What was searched for, in the field that it seems to be: number, tax code, or surname and given name."""
    typed = " ".join(typed.split())
    if contact.typed_number(typed):
        return {"phone": typed}
    if "@" in typed:
        return {"mail": typed}
    if tax_code.is_well_formed(tax_code.tidy(typed)):
        return {"tax_code": tax_code.tidy(typed)}
    names = [word[:1].upper() + word[1:] for word in typed.split()]
    return {"surname": " ".join(names[:-1] or names), "given_name": names[-1] if len(names) > 1 else ""}


def _form(file: PersonFile | None) -> Form:
    form = Form()
    form.add("surname", _("Surname"), LineField())
    form.add("given_name", _("Given name"), LineField())
    form.add("birth_date", _("Birth date"), DateField(past=True))
    form.add("birth_text", _("Birth, as far as known"), LineField(placeholder=_("for example: spring 2021")))
    form.add("alias", _("Alias"), LineField(), hint=_("Used on paper until the privacy notice is given."))
    if file is None:
        form.add("phone", _("Phone"), LineField(limit=60))
        form.add("mail", _("E-mail"), LineField())
    form.add("language", _("Language"), ChoiceField(_languages(file.language if file else None)))
    form.add("needs_mediator", "", CheckField(_("A language mediator is needed")))
    form.add("town", _("Town"), LineField())
    form.add("citizenship", _("Citizenship"), LineField())
    form.add("sex", _("Sex"), ChoiceField([Choice(*pair) for pair in codes.labels(codes.SEXES)]))
    form.add("tax_code", _("Tax code"), LineField(), hint=_("May stay empty."))
    form.add("owner_staff_id", _("In charge"), ChoiceField([]))
    form.add("note", _("Note"), TextField(lines=2))
    if file is not None:
        names = (name for name in DETAILS if name != "owner_staff_id")
        form.set_values({name: getattr(file, name) for name in names})
    return form


def _languages(current: str | None) -> list[Choice]:
    known = [Choice(code, name) for code, name in language_choices()]
    if current and all(choice.code != current for choice in known):
        known.append(Choice(current, language_label(current)))
    return known
