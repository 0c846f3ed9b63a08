"""The form of an access card: the sections and the order of fields of the paper card."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from famdesk.domain import codes
from famdesk.domain.errors import RuleError
from famdesk.i18n import _
from famdesk.ui.intake.card_values import SELF, TEXTS
from famdesk.ui.intake.fields import AnswerField, NeedsField
from famdesk.ui.kit import theme
from famdesk.ui.kit.fields import CheckField, DateField, LineField, TextField, TimeField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import Choice, ChoiceField, Search, SearchField
from famdesk.ui.kit.widgets import ScrollColumn

PERSONS: Final = ("caller_id", "person_id")
PICK: Final = "pick"
"""The field that adds to the answers; no value of the card."""


class MomentField(QWidget):
    """A day and a time of day beside each other.

    Signals:
        edited(): the person changed one of them.
    """

    edited = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day, self.time = DateField(past=True, today=today), TimeField()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.unit(2))
        row.addWidget(self.day)
        row.addWidget(self.time)
        row.addStretch(1)
        self.setFocusProxy(self.day)
        self.day.edited.connect(self.edited)
        self.time.edited.connect(self.edited)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.day.setAccessibleName(_("Day"))
        self.time.setAccessibleName(_("Time"))

    def value(self) -> datetime | None:
        """The moment, or None if the day is empty or one of them is not understood; without a time 0:00."""
        day: date | None = self.day.value()
        moment: time | None = self.time.value()
        return None if day is None or self.problem() else datetime.combine(day, moment or time())

    def set_value(self, value: datetime | None) -> None:
        """Show a moment."""
        self.day.set_value(value.date() if value else None)
        self.time.set_value(value.time() if value else None)

    def problem(self) -> str:
        return self.day.problem() or self.time.problem() or ("" if self.day.text().strip() else _("Give the day."))


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
        self._points: list[Choice] = []
        self.pick = AnswerField(find_answers, _("add from the directory…"))
        main = Form()
        self._forms.append(main)
        self.body.addWidget(main)
        self.body.addStretch(1)
        _access(main, today)
        _persons(main, find_persons)
        self._forms += _needs(main)
        _answers(main, self.pick)
        _outcome(main)
        main.field("caller_relation").edited.connect(self._arrange)
        for name in PERSONS:
            main.field(name).setProperty("name", name)
            main.field(name).chosen.connect(self._on_chosen)
            main.field(name).new_requested.connect(self._on_new)
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
        self.field(name).set_value((person_id, label))
        self.edited.emit()
        self.person_picked.emit(name, person_id)

    def content(self, privacy: str | None) -> Content:
        """What `domain.intake.missing` looks at."""
        given = self.values()
        names = ("channel", "caller_is_person", "caller_id", "caller_relation", "person_id", "needs", "needs_family",
                 "answers", "outcome")  # fmt: skip
        return Content(privacy=privacy, **{name: given[name] for name in names})

    def set_points(self, points: Sequence[tuple[str, str]]) -> None:
        """The access points to choose from, as (id, name)."""
        kept = self.field("access_point_id").value()
        self._points = [Choice(point_id, name) for point_id, name in points]
        self._set_point(kept)

    @Slot(object)
    def set_counts(self, counts: Sequence[tuple[str, int]]) -> None:
        """How often each need came lately."""
        self.field("needs").adder.set_counts(counts)

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
        form = next((form for form in self._forms if name and form.has(name)), self._forms[0])
        form.present(error)
        if name and form.has(name):
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
        field = self.field(name)
        if name in PERSONS:
            field.set_value((value, self._labels.get(value, _("Without a name"))) if value else None)
        elif name == "access_point_id":
            self._set_point(value)
        else:
            field.set_value(value)

    def _set_point(self, point_id: str | None) -> None:
        """Show an access point; one that is not offered any more stays on its old card."""
        field = self.field("access_point_id")
        known = point_id is None or any(choice.code == point_id for choice in self._points)
        field.set_choices([*self._points, *([] if known else [Choice(point_id or "", _("no longer in use"))])])
        field.set_value(point_id)

    @Slot()
    def _arrange(self) -> None:
        """The caller has a field of their own only when they call for somebody else."""
        own = self.field("caller_relation").value() == SELF
        self._form("caller_id").set_row_visible("caller_id", not own)

    @Slot()
    def _on_picked(self) -> None:
        picked, field = self.pick.words(), self.field("answers")
        if picked:
            field.set_value("\n".join(part for part in (field.value(), picked) if part))
            self.pick.set_value(None)
            self.edited.emit()

    @Slot(str)
    def _on_chosen(self, person_id: str) -> None:
        name = str(self.sender().property("name"))
        self._labels[person_id] = self.field(name).text()
        self.person_picked.emit(name, person_id)

    @Slot(str)
    def _on_new(self, typed: str) -> None:
        self.new_person.emit(str(self.sender().property("name")), typed)


def _access(form: Form, today: Callable[[], date]) -> None:
    form.section(_("Access"))
    form.add("at", _("Day and time"), MomentField(today), required=True)
    form.add("channel", _("How"), ChoiceField(_choices(codes.CHANNELS)))
    form.add("access_point_id", _("Access point"), ChoiceField([]))
    form.add("sent_by", _("Sent by"), LineField(500))


def _persons(form: Form, find: Search) -> None:
    words = _("name, phone, alias…")
    form.section(_("Who calls"))
    form.add("caller_relation", _("Who it is"), ChoiceField(_choices(codes.CALLER_RELATIONS)))
    form.add("caller_id", _("Caller"), SearchField(find, words, _offer_new))
    form.section(_("For whom"))
    form.add("person_id", _("Person concerned"), SearchField(find, words, _offer_new))
    form.add("present", _("Is present"), CheckField(_("Is present")))
    form.add("informed", _("Knows of this access"), CheckField(_("Knows of this access")))
    form.add("accompanied_by", _("Accompanied by"), LineField(500))
    form.section(_("Reference persons"))
    form.add("references", _("Name, tie, phone"), TextField(lines=2))


def _needs(form: Form) -> list[Form]:
    """Two columns, a form each: what the family says, and how the operator reads it."""
    form.section(_("Needs"))
    family, operator = Form(labels="top"), Form(labels="top")
    family.add("needs_family", _("In the family's words"), TextField(lines=5))
    operator.add("needs", _("As the operator reads them"), NeedsField())
    operator.add("needs_operator", _("Operator's remarks"), TextField(lines=2))
    holder = QWidget()
    columns = QHBoxLayout(holder)
    columns.setContentsMargins(0, 0, 0, 0)
    columns.setSpacing(theme.unit(5))
    for part in (family, operator):
        columns.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)
    form.widget(holder)
    form.add("urgency", _("Urgency"), ChoiceField(_choices(codes.URGENCIES)))
    return [family, operator]


def _answers(form: Form, pick: AnswerField) -> None:
    form.section(_("Answers"))
    form.add("answers", _("Answers given"), TextField(lines=3))
    form.add(PICK, _("Add an answer"), pick)


def _outcome(form: Form) -> None:
    form.section(_("Outcome"))
    form.add("outcome", _("Outcome"), ChoiceField(_choices(codes.OUTCOMES)))
    form.add("note", _("Remarks"), TextField(lines=2))


def _choices(table: codes.Table) -> list[Choice]:
    return [Choice(code, label) for code, label in codes.labels(table)]


def _offer_new(typed: str) -> str:
    return _("New person: {name}").format(name=typed)
