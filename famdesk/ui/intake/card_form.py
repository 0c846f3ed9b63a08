"""The form of an access card: the sections and the order of fields of the paper card (`domain.access_card`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from famdesk.domain import codes
from famdesk.domain.errors import RuleError
from famdesk.domain.intake import access_card
from famdesk.domain.intake.access_card import REFERENCES, CardField
from famdesk.i18n import _
from famdesk.ui.intake.card_fields import ListField, MomentField, TieField
from famdesk.ui.intake.card_values import SELF, TEXTS
from famdesk.ui.intake.fields import AnswerField, NeedsField
from famdesk.ui.kit import theme
from famdesk.ui.kit.fields import CheckField, DateField, LineField, TextField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import Choice, ChoiceField, Search, SearchField
from famdesk.ui.kit.widgets import ScrollColumn

PERSONS: Final = ("caller_id", "person_id")
LISTED: Final = ("access_point_id", "sent_by_body_id")
"""Choices that are read from the directory."""
PICK: Final = "pick"
"""The field that adds to the answers; no value of the card."""


@dataclass(frozen=True, slots=True)
class Content:
    """What stands in the form, for the list of what is missing (`domain.intake.CardContent`)."""

    channel: str | None
    caller_is_person: bool
    caller_id: str | None
    caller_relation: str | None
    person_id: str | None
    privacy: str | None
    needs: tuple[str, ...]
    needs_family: str | None
    answers: str | None
    outcome: str | None


class CardForm(ScrollColumn):
    """All fields of a card by the names of `intake.CardFields`.

    Signals:
        edited(): a field was changed.
        person_picked(str, str): name of the field and id of the person that was chosen in it.
        new_person(str, str): name of the field and what was typed: somebody new is to be added.
        unplaced(object): an error that belongs to no field.
    """

    edited = Signal()
    person_picked = Signal(str, str)
    new_person = Signal(str, str)
    unplaced = Signal(object)

    def __init__(
        self, find_persons: Search, find_answers: Search, today: Callable[[], date], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._forms: list[Form] = []
        self._labels: dict[str, str] = {}
        self._listed: dict[str, list[Choice]] = {name: [] for name in LISTED}
        self.pick = AnswerField(find_answers, _("add from the directory…"))
        main = Form()
        self._forms.append(main)
        self.body.addWidget(main)
        self.body.addStretch(1)
        maker = _Maker(find_persons, today)
        for section in access_card.SECTIONS:
            main.section(_(section.title))
            self._forms += _columns(main, section.fields, maker)
            if any(field.name == "answers" for field in section.fields):
                main.add(PICK, _("Add an answer"), self.pick)
        main.field("caller_relation").edited.connect(self._arrange)
        main.field("urgency").edited.connect(self._on_urgency)
        for name in REFERENCES:
            main.field(name).edited.connect(self._arrange)
        ties = [(name, main.field(name).person) for name in REFERENCES]
        for name, search in [*((name, main.field(name)) for name in PERSONS), *ties]:
            search.setProperty("name", name)
            search.chosen.connect(self._on_chosen)
            search.new_requested.connect(self._on_new)
        for form in self._forms:
            form.edited.connect(self.edited)
            form.unplaced.connect(self.unplaced)
        self.pick.chosen.connect(self._on_picked)
        self.pick.returnPressed.connect(self._on_picked)
        self._arrange()

    def field(self, name: str) -> Any:
        """The editor of a field."""
        return self._form(name).field(name)

    def values(self) -> dict[str, Any]:
        """What the use-cases take. A moment that cannot be read is None."""
        given: dict[str, Any] = {}
        for form in self._forms:
            given.update(form.values())
        del given[PICK]
        references = [given.pop(name) for name in REFERENCES]
        given["reference_persons"] = tuple(found for found in references if found is not None)
        for name in TEXTS:
            given[name] = given[name] or None
        own = given["caller_relation"] == SELF
        given["caller_is_person"] = own
        given["caller_id"] = None if own else given["caller_id"]
        return given

    def set_values(self, values: dict[str, Any], labels: dict[str, str]) -> None:
        """Show values by field name; `labels` are the names of persons by id."""
        self._labels.update(labels)
        for name, value in values.items():
            if name != "caller_is_person":
                self._set(name, value)
        self._arrange()

    def set_person(self, name: str, person_id: str, label: str) -> None:
        """Put a person into a field, as if it had been chosen there."""
        self._labels[person_id] = label
        field = self.field(name)
        (field.person if isinstance(field, TieField) else field).set_value((person_id, label))
        self._arrange()
        self.edited.emit()
        self.person_picked.emit(name, person_id)

    def content(self, privacy: str | None) -> Content:
        """What `domain.intake.missing` looks at."""
        given = self.values()
        names = ("channel", "caller_is_person", "caller_id", "caller_relation", "person_id", "needs", "needs_family",
                 "answers", "outcome")  # fmt: skip
        return Content(privacy=privacy, **{name: given[name] for name in names})

    def offer(self, name: str, rows: Sequence[tuple[str, str]]) -> None:
        """What a field can be given that is read from the directory, as (id, name)."""
        choices = [Choice(one, label) for one, label in rows]
        if name not in LISTED:
            self.field(name).set_choices(choices)
            return
        kept = self.field(name).value()
        self._listed[name] = choices
        self._set_listed(name, kept)

    def clear_errors(self) -> None:
        """Take all error sentences away."""
        for form in self._forms:
            form.clear_errors()

    def check(self) -> bool:
        """Show what cannot be read; True if there is nothing."""
        right = [form.check() for form in reversed(self._forms)]  # the first wrong field is shown last
        return all(right)

    def present(self, error: Exception) -> None:
        """Show an error of a use-case at its field; others are passed on by `unplaced`."""
        name = error.field if isinstance(error, RuleError) else None
        form = next((form for form in self._forms if name and form.has(name)), None)
        if name is None or form is None:  # what a colleague saved meanwhile is merged by the card itself
            self.unplaced.emit(error)
            return
        form.present(error)
        self.ensureWidgetVisible(form.field(name), 0, theme.unit(20))

    def begin(self, *, new: bool = True) -> None:
        """The cursor goes into the first field that a new card waits for; a saved card is shown from its top."""
        own = self.field("caller_relation").value() == SELF
        waits = ("channel", "person_id" if own else "caller_id")
        empty = next((name for name in waits if self.field(name).value() is None), "needs_family")
        self.go_to(empty if new else "channel")

    def go_to(self, name: str) -> None:
        """The cursor goes into a field, which is scrolled into view."""
        field = self.field(name)
        field.setFocus(Qt.FocusReason.TabFocusReason)  # as if by Tab: typing replaces what stands in a line
        self.ensureWidgetVisible(field, 0, theme.unit(20))

    def _form(self, name: str) -> Form:
        return next(form for form in self._forms if form.has(name))

    def _set(self, name: str, value: Any) -> None:
        if name == "reference_persons":
            for one, pair in zip_longest(REFERENCES, value[: len(REFERENCES)]):
                self.field(one).set_value((_named(self._labels, pair[0]), pair[1]) if pair else None)
        elif name in PERSONS:
            self.field(name).set_value(_named(self._labels, value) if value else None)
        elif name in LISTED:
            self._set_listed(name, value)
        else:
            self.field(name).set_value(value)

    def _set_listed(self, name: str, value: str | None) -> None:
        """Show an entry of the directory; one that is not offered any more stays on its old card."""
        field, offered = self.field(name), self._listed[name]
        known = value is None or any(choice.code == value for choice in offered)
        field.set_choices([*offered, *([] if known else [Choice(value or "", _("no longer in use"))])])
        field.set_value(value)

    @Slot()
    def _arrange(self) -> None:
        """The caller has a field of their own only when they call for somebody else; room for a further reference
        person is there once the one before is known."""
        own = self.field("caller_relation").value() == SELF
        self._form("caller_id").set_row_visible("caller_id", not own)
        shown = True
        for name in REFERENCES:
            filled = self.field(name).person.text().strip() != ""
            self._form(name).set_row_visible(name, shown or filled)
            shown = filled

    @Slot()
    def _on_urgency(self) -> None:
        """An urgency ends on a day, which can be chosen otherwise."""
        moment = self.field("at").value()
        if moment is not None:
            self.field("urgent_until").set_value(access_card.usual_end(self.field("urgency").value(), moment.date()))

    @Slot()
    def _on_picked(self) -> None:
        picked, field = self.pick.words(), self.field("answers")
        if picked:
            field.set_value("\n".join(part for part in (field.value(), picked) if part))
            self.pick.set_value(None)
            self.edited.emit()

    @Slot(str)
    def _on_chosen(self, person_id: str) -> None:
        search: Any = self.sender()
        self._labels[person_id] = search.text()
        self.person_picked.emit(str(search.property("name")), person_id)

    @Slot(str)
    def _on_new(self, typed: str) -> None:
        self.new_person.emit(str(self.sender().property("name")), typed)


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the editor of each kind of field."""

    find: Search
    today: Callable[[], date]

    def editor(self, field: CardField) -> QWidget:
        words = _("name, phone, alias…")
        makers: dict[str, Callable[[], QWidget]] = {
            "moment": lambda: MomentField(self.today),
            "choice": lambda: ChoiceField(_choices(field.choices)),
            "point": lambda: ChoiceField([]),
            "body": lambda: ChoiceField([]),
            "line": lambda: LineField(500),
            "person": lambda: SearchField(self.find, words, _offer_new),
            "tie": lambda: TieField(self.find, words, _offer_new, _choices(field.choices)),
            "check": lambda: CheckField(_(field.label)),
            "needs": NeedsField,
            "text": lambda: TextField(lines=field.lines),
            "date": lambda: DateField(today=self.today),
            "initiatives": lambda: ListField(_("Add an initiative")),
        }
        return makers[field.kind]()


def _columns(main: Form, fields: Sequence[CardField], maker: _Maker) -> list[Form]:
    """Adds the fields to the form; those beside each other stand in two columns, a form each, which are given."""
    beside = [place for place, field in enumerate(fields) if field.beside]
    if not beside:
        _add(main, fields, maker)
        return []
    first, last = beside[0], beside[-1] + 1
    _add(main, fields[: first - 1], maker)
    parts = [Form(labels="top"), Form(labels="top")]
    _add(parts[0], fields[first - 1 : first], maker)
    _add(parts[1], fields[first:last], maker)
    holder = QWidget()
    columns = QHBoxLayout(holder)
    columns.setContentsMargins(0, 0, 0, 0)
    columns.setSpacing(theme.unit(5))
    for part in parts:
        columns.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)
    main.widget(holder)
    _add(main, fields[last:], maker)
    return parts


def _add(form: Form, fields: Sequence[CardField], maker: _Maker) -> None:
    for field in fields:
        form.add(field.name, _(field.label), maker.editor(field), required=field.required)


def _named(labels: dict[str, str], person_id: str) -> tuple[str, str]:
    return person_id, labels.get(person_id, _("Without a name"))


def _choices(table: codes.Table) -> list[Choice]:
    return [Choice(code, label) for code, label in codes.labels(table)]


def _offer_new(typed: str) -> str:
    return _("New person: {name}").format(name=typed)
