"""The form of an access card: the sections and the order of fields of the paper card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from famdesk.domain import codes
from famdesk.domain.errors import RuleError
from famdesk.i18n import _
from famdesk.ui.intake.fields import AnswerField, NeedsField
from famdesk.ui.kit import theme
from famdesk.ui.kit.fields import CheckField, DateField, LineField, TextField, TimeField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.lines import Line
from famdesk.ui.kit.popup import Choice, ChoiceField, Deliver, Search, SearchField
from famdesk.ui.kit.widgets import ScrollColumn, SectionTitle
from famdesk.usecases import intake

SELF: Final = "self"
TEXTS: Final = frozenset(
    {"sent_by", "accompanied_by", "references", "needs_family", "needs_operator", "answers", "note"}
)


class MomentField(QWidget):
    """A day and a time of day beside each other.

    Signals:
        edited(): the person changed one of them.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day, self.time = DateField(past=True), TimeField()
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

    def __init__(self, find_persons: Search, find_answers: Search, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._forms: list[Form] = []
        self._labels: dict[str, str] = {}
        self._find = find_persons
        self.pick = AnswerField(find_answers, _("add from the directory…"))
        self._access()
        self._caller()
        self._person()
        self._needs()
        self._outcome()
        self.body.setSpacing(theme.unit(2))
        self.body.addStretch(1)
        for form in self._forms:
            form.edited.connect(self._on_edited)
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
        field, kept = self.field("access_point_id"), self.field("access_point_id").value()
        field.set_choices([Choice(point_id, name) for point_id, name in points])
        if kept is not None:
            field.set_value(kept)

    def set_counts(self, counts: Sequence[tuple[str, int]]) -> None:
        """How often each need came lately."""
        self.field("needs").adder.set_counts(counts)

    def hide_caller(self, hidden: bool) -> None:
        """With True somebody is noted as caller whom this role may not know: the field is left alone."""
        field = self.field("caller_id")
        field.setEnabled(not hidden)
        field.setPlaceholderText(_("not for your role") if hidden else _("name, phone, alias…"))

    def check(self) -> bool:
        """Show what cannot be read; True if there is nothing."""
        right = [form.check() for form in reversed(self._forms)]  # the first wrong field is shown last
        return all(right)

    def present(self, error: Exception) -> None:
        """Show an error of a use-case at its field; others are passed on by `unplaced`."""
        name = error.field if isinstance(error, RuleError) else None
        form = next((form for form in self._forms if name and form.has(name)), self._forms[0])
        form.present(error)

    def begin(self) -> None:
        """The cursor goes into the first field that a new card is waiting for."""
        empty = ("channel", "person_id") if self.field("caller_relation").value() == SELF else ("channel", "caller_id")
        name = next((name for name in empty if self.field(name).value() is None), "needs_family")
        self.field(name).setFocus(Qt.FocusReason.OtherFocusReason)

    def _form(self, name: str) -> Form:
        return next(form for form in self._forms if form.has(name))

    def _set(self, name: str, value: Any) -> None:
        field = self.field(name)
        if name in {"caller_id", "person_id"}:
            field.set_value((value, self._labels.get(value, _("Without a name"))) if value else None)
        else:
            field.set_value(value)

    def _add(self, form: Form) -> Form:
        self._forms.append(form)
        self.body.addWidget(form)
        return form

    def _access(self) -> None:
        form = self._add(Form())
        form.section(_("Access"))
        form.add("at", _("Day and time"), MomentField(), required=True)
        form.add("channel", _("How"), ChoiceField(_choices(codes.CHANNELS)))
        form.add("access_point_id", _("Access point"), ChoiceField([]))
        form.add("sent_by", _("Sent by"), LineField(500))

    def _caller(self) -> None:
        form = self._add(Form())
        form.section(_("Who calls"))
        form.add("caller_relation", _("Who it is"), ChoiceField(_choices(codes.CALLER_RELATIONS)))
        form.add("caller_id", _("Caller"), SearchField(self._find, _("name, phone, alias…"), _offer_new))
        form.field("caller_relation").edited.connect(self._arrange)
        form.field("caller_id").chosen.connect(self._on_caller)
        form.field("caller_id").new_requested.connect(self._on_new_caller)

    def _person(self) -> None:
        form = self._add(Form())
        form.section(_("For whom"))
        form.add("person_id", _("Person concerned"), SearchField(self._find, _("name, phone, alias…"), _offer_new))
        form.add("present", _("Is present"), CheckField(_("Is present")))
        form.add("informed", _("Knows of this access"), CheckField(_("Knows of this access")))
        form.add("accompanied_by", _("Accompanied by"), LineField(500))
        form.section(_("Reference persons"))
        form.add("references", _("Reference persons"), TextField(lines=2))
        form.field("person_id").chosen.connect(self._on_person)
        form.field("person_id").new_requested.connect(self._on_new_person)

    def _needs(self) -> None:
        self.body.addWidget(_heading(_("Needs")))
        family, operator = Form(labels="top"), Form(labels="top")
        family.add("needs_family", _("In the family's words"), TextField(lines=5))
        operator.add("needs", _("As the operator reads them"), NeedsField())
        operator.add("needs_operator", _("Remarks"), TextField(lines=2))
        columns = QHBoxLayout()
        columns.setSpacing(theme.unit(5))
        for form in (family, operator):
            self._forms.append(form)
            columns.addWidget(form, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(columns)

    def _outcome(self) -> None:
        urgency = self._add(Form())
        urgency.add("urgency", _("Urgency"), ChoiceField(_choices(codes.URGENCIES)))
        self.body.addWidget(_heading(_("Answers")))
        answers = self._add(Form())
        answers.add("answers", _("Answers given"), TextField(lines=3))
        self.pick.setAccessibleName(_("Add an answer from the directory"))
        answers.widget(_indented(self.pick))
        outcome = self._add(Form())
        outcome.section(_("Outcome"))
        outcome.add("outcome", _("Outcome"), ChoiceField(_choices(codes.OUTCOMES)))
        outcome.add("note", _("Remarks"), TextField(lines=2))

    @Slot()
    def _arrange(self) -> None:
        """The caller has a field of their own only when they call for somebody else."""
        own = self.field("caller_relation").value() == SELF
        self._form("caller_id").set_row_visible("caller_id", not own)

    @Slot()
    def _on_edited(self) -> None:
        self.edited.emit()

    @Slot()
    def _on_picked(self) -> None:
        picked, field = self.pick.words(), self.field("answers")
        if picked:
            field.set_value("\n".join(part for part in (field.value(), picked) if part))
            self.pick.set_value(None)
            self.edited.emit()

    @Slot(str)
    def _on_caller(self, person_id: str) -> None:
        self._labels[person_id] = self.field("caller_id").text()
        self.person_picked.emit("caller_id", person_id)

    @Slot(str)
    def _on_person(self, person_id: str) -> None:
        self._labels[person_id] = self.field("person_id").text()
        self.person_picked.emit("person_id", person_id)

    @Slot(str)
    def _on_new_caller(self, typed: str) -> None:
        self.new_person.emit("caller_id", typed)

    @Slot(str)
    def _on_new_person(self, typed: str) -> None:
        self.new_person.emit("person_id", typed)


def deliver_persons(deliver: Deliver, hits: Sequence[Any]) -> None:
    """Persons found, as lines of a search field."""
    deliver([Line(hit.id, hit.label, detail=hit.detail, icon="user") for hit in hits])


def to_lines(deliver: Deliver) -> partial[None]:
    """What takes the answer of `people.find_persons`."""
    return partial(deliver_persons, deliver)


def values_of(card: intake.CardRow) -> dict[str, Any]:
    """A saved card as the form holds it."""
    relation = card.caller_relation or (SELF if card.caller_is_person else None)
    names = ("at", "channel", "access_point_id", "sent_by", "caller_id", "person_id", "present", "informed",
             "accompanied_by", "references", "needs_family", "needs", "needs_operator", "urgency", "answers", "outcome",
             "note")  # fmt: skip
    values = {name: getattr(card, name) for name in names}
    return {**values, "caller_relation": relation, "caller_is_person": relation == SELF}


def empty_values(at: datetime, point_id: str | None) -> dict[str, Any]:
    """A new card."""
    blank = dict.fromkeys((*TEXTS, "channel", "caller_id", "person_id", "urgency", "outcome"))
    return {**blank, "at": at, "access_point_id": point_id, "caller_relation": SELF, "caller_is_person": True,
            "present": True, "informed": True, "needs": ()}  # fmt: skip


def contact_values(row: intake.AccessRow) -> dict[str, Any]:
    """A new card that takes over a contact."""
    taken = {"channel": row.channel, "needs": row.needs, "needs_family": row.need_text, "answers": row.answer}
    return {**empty_values(row.at, row.access_point_id), **taken}


def _choices(table: codes.Table) -> list[Choice]:
    return [Choice(code, label) for code, label in codes.labels(table)]


def _heading(text: str) -> SectionTitle:
    title = SectionTitle(text)
    title.setContentsMargins(0, theme.unit(4), 0, theme.unit())
    return title


def _indented(field: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(field)
    return holder


def _offer_new(typed: str) -> str:
    return _("New person: {name}").format(name=typed)
