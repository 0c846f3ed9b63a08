"""Enrolling where something has to be asked: the family, what speaks against it, questions, what children need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from famdesk.domain.codes import labels
from famdesk.domain.programmes.enrolment import PARTICIPANT, PARTS, Answer, answers
from famdesk.i18n import _, formats, ngettext
from famdesk.ui.kit import theme
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import LineField, TextField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label, ScrollColumn
from famdesk.ui.programmes.told import Told
from famdesk.usecases.directory import directory
from famdesk.usecases.directory.directory_rows import BodyRow
from famdesk.usecases.enrolling import enrolment
from famdesk.usecases.enrolling.enrolment import EnrolmentValues, Member
from famdesk.usecases.enrolling.enrolment_preview import Family, MemberRow, Preview
from famdesk.usecases.programmes.programmes_rows import EnrolmentRow, InitiativeDetail, MeetingRow

_NOBODY = "-"
_ALL = ""
_LOW = 60
"""The least height of the fields, in units."""


def yes_or_no() -> ChoiceField:
    """A question that has to be answered; nothing is answered beforehand."""
    return ChoiceField([Choice("yes", _("yes")), Choice("no", _("no"))])


def photo_field() -> ChoiceField:
    """Whether photos may be taken; empty: not asked."""
    return ChoiceField(
        [Choice("yes", _("Photos are allowed")), Choice("no", _("No photos"))], placeholder=_("not asked")
    )


def meeting_choices(meetings: Sequence[MeetingRow]) -> list[Choice]:
    """All meetings, or one of those that take place."""
    every = Choice(_ALL, _("All meetings"))
    return [every, *(Choice(row.id, meeting_text(row)) for row in meetings if row.state != "cancelled")]


def meeting_text(row: MeetingRow) -> str:
    """A meeting by number and day."""
    day = formats.date_short(row.day) if row.day else _("no date")
    return _("{number}: {day}").format(number=row.number, day=day)


class EnrolDialog(Dialog):
    """A person, or some of a family, with everything that has to be asked."""

    def __init__(self, parent: QWidget, runner: Runner, detail: InitiativeDetail, preview: Preview) -> None:
        title = _("Enrol {name}").format(name=preview.person.name)
        super().__init__(parent, title, _("Ask for approval") if preview.approval else _("Enrol"), named=True)
        self.setMinimumWidth(theme.unit(150))
        self._runner, self._detail, self._preview = runner, detail, preview
        self._family: Family | None = next((one for one in preview.families if len(one.members) > 1), None)
        self.fields = Form()
        self.form = self.fields
        self.body.addWidget(Label(self._places(), "second", wrap=True))
        self._against: list[tuple[MemberRow, _Against]] = []
        for member in self.members():
            for found in member.against:
                told = _Against(member, found.sentence, unknown=found.unknown)
                self._against.append((member, told))
                self.body.addWidget(told)
        self._fill()
        column = ScrollColumn()
        column.body.addWidget(self.fields)
        column.body.addStretch(1)
        column.setMinimumHeight(min(self.fields.sizeHint().height() + theme.unit(4), theme.unit(_LOW)))
        self.body.addWidget(column, 1)
        self.fields.edited.connect(self._look)
        self._look()
        if preview.bodies:
            self._runner.fetch(directory.bodies, then=self._take_bodies)

    def members(self) -> tuple[MemberRow, ...]:
        """Who can be chosen: the family, or the person alone; the person stands first."""
        own = self._preview.person
        if self._family is None:
            return (own,)
        return (own, *(one for one in self._family.members if one.person_id != own.person_id))

    def save(self) -> None:
        """Enrols whoever was chosen."""
        chosen = [one for one in self.members() if self._part(one) != _NOBODY]
        made = [Member(one.person_id, self._values(one)) for one in chosen]
        row = self._detail.row
        if self._family is None or (len(made) == 1 and made[0].values.part == PARTICIPANT):
            one = made[0] if made else Member(self._preview.person.person_id)
            self._runner.run(enrolment.enrol, row.id, one.person_id, one.values, then=self.finish, failed=self.present)
            return
        home = self._family.household_id
        self._runner.run(enrolment.enrol_family, row.id, home, tuple(made), then=self.finish, failed=self.present)

    def _places(self) -> str:
        left, waiting = self._preview.left, self._preview.waiting
        if left is None:
            return _("Places are not limited.")
        if waiting or left <= 0:
            told = ngettext("{n} waits already.", "{n} wait already.", waiting).format(n=waiting)
            return _("No place is free: who enrols now waits. {waiting}").format(waiting=told if waiting else "")
        return ngettext("{n} place is free.", "{n} places are free.", left).format(n=left)

    def _fill(self) -> None:
        form, found = self.fields, self._preview
        if self._family is not None:
            form.section(_("Who of the family"))
            for member in self.members():
                form.add(_key("part", member), _named(member), ChoiceField(self._parts(member), allow_none=False))
                own = member.person_id == found.person.person_id
                form.field(_key("part", member)).set_value(PARTICIPANT if own else _NOBODY)
        if found.per_meeting:
            form.add("meeting_id", _("Meeting"), ChoiceField(meeting_choices(self._detail.meetings), allow_none=False))
            form.field("meeting_id").set_value(_ALL)
        if found.bodies:
            form.add("body_id", _("Works for"), ChoiceField([]))
        if found.questions:
            form.section(_("Questions before enrolment"))
            for number, question in enumerate(found.questions):
                form.add(f"question:{number}", question, yes_or_no(), required=True)
        form.add("mismatch_reason", _("Why all the same"), LineField(500))
        self._children = {member.person_id: _add_child(form, member) for member in self.members() if member.minor}
        form.section(_("More"))
        form.add("note", _("Note"), LineField(500))
        form.set_values({})

    def _parts(self, member: MemberRow) -> list[Choice]:
        offered = [(code, text) for code, text in labels(PARTS) if code == PARTICIPANT or self._care(member)]
        return [*(Choice(code, text) for code, text in offered), Choice(_NOBODY, _("Does not come"))]

    def _care(self, member: MemberRow) -> bool:
        return self._preview.child_care and member.minor

    def _part(self, member: MemberRow) -> str:
        if self._family is None:
            return PARTICIPANT
        return str(self.fields.value(_key("part", member)) or _NOBODY)

    def _look(self) -> None:
        """The reason is asked only where it is needed; a child's fields only where the child comes."""
        against = any(not one.unknown for member in self.members() if self._part(member) == PARTICIPANT
                      for one in member.against)  # fmt: skip
        yes = any(one.yes for one in self._answers())
        self.fields.set_row_visible("mismatch_reason", against or yes)
        for member, told in self._against:
            told.setVisible(self._part(member) == PARTICIPANT)
        for member in self.members():
            if member.minor:
                comes = self._part(member) != _NOBODY
                self._children[member.person_id].setVisible(comes)
                for name in ("allergies", "pick_up", "photo"):
                    self.fields.set_row_visible(_key(name, member), comes)

    def _answers(self) -> tuple[Answer, ...]:
        found = []
        for number, question in enumerate(self._preview.questions):
            value = self.fields.value(f"question:{number}")
            if value is not None:
                found.append(Answer(question, value == "yes"))
        return tuple(found)

    def _values(self, member: MemberRow) -> EnrolmentValues:
        form, part = self.fields, self._part(member)
        meeting = form.value("meeting_id") if form.has("meeting_id") else None
        takes_part = part == PARTICIPANT
        return EnrolmentValues(
            note=form.value("note") if member is self._preview.person else None, meeting_id=meeting or None, part=part,
            body_id=form.value("body_id") if form.has("body_id") and takes_part else None,
            answers=self._answers() if takes_part else (),
            mismatch_reason=form.value("mismatch_reason") if takes_part else None,
            **dict(_of_child(form, member)),
        )  # fmt: skip

    def _take_bodies(self, rows: tuple[BodyRow, ...]) -> None:
        self.fields.field("body_id").set_choices([Choice(row.id, row.name) for row in rows])


class DetailsDialog(Dialog):
    """What has to be minded of somebody who is enrolled."""

    def __init__(self, parent: QWidget, runner: Runner, row: EnrolmentRow) -> None:
        super().__init__(parent, row.name or "", _("Save"), named=True)
        self.setMinimumWidth(theme.unit(130))
        self._runner, self._row = runner, row
        self.fields = Form()
        self.form = self.fields
        for text in _facts(row):
            self.body.addWidget(Label(text, "second", wrap=True))
        self.fields.add("allergies", _("Allergies"), LineField(500))
        self.fields.add("pick_up", _("Who collects the child"), LineField(500), hint=_collects(row.collects))
        self.fields.add("photo", _("Photos"), photo_field())
        self.fields.add("note", _("Note"), TextField(lines=2))
        photo = None if row.photo_release is None else "yes" if row.photo_release else "no"
        self.fields.set_values({"allergies": row.allergies, "pick_up": row.pick_up, "photo": photo, "note": row.note})
        self.body.addWidget(self.fields)

    def save(self) -> None:
        """Notes the details."""
        form, row = self.fields, self._row
        values = EnrolmentValues(
            form.value("note"), row.meeting_id, row.part, row.body_id, (), form.value("allergies"),
            form.value("pick_up"), _photo(form.value("photo")), row.mismatch_reason,
        )  # fmt: skip
        self._runner.run(enrolment.change, row.id, row.version, values, then=self.finish, failed=self.present)


class _Against(Told):
    """Something that speaks against a place, with a sign and in words."""

    def __init__(self, member: MemberRow, sentence: str, *, unknown: bool) -> None:
        text = _("{name}: {sentence}").format(name=member.name, sentence=sentence)
        meaning = Meaning.ACCENT if unknown else Meaning.WARNING
        super().__init__("circle-question-mark" if unknown else "triangle-alert", text, meaning)


def _facts(row: EnrolmentRow) -> Iterator[str]:
    if row.mismatch_reason:
        yield _("Enrolled all the same: {reason}").format(reason=row.mismatch_reason)
    if row.picked_reason:
        yield _("Taken before others: {reason}").format(reason=row.picked_reason)
    for answer in answers(row.answers):
        yield f"{answer.question} {_('yes') if answer.yes else _('no')}"


def _key(name: str, member: MemberRow) -> str:
    return f"{name}:{member.person_id}"


def _named(member: MemberRow) -> str:
    return _("{name} ({age})").format(name=member.name, age=member.age) if member.age else member.name


def _collects(names: Sequence[str]) -> str:
    return _("May collect, by the file: {names}").format(names=formats.list_text(list(names))) if names else ""


def _add_child(form: Form, member: MemberRow) -> QWidget:
    """What has to be minded of a child; gives the heading."""
    heading = form.section(member.name)
    form.add(_key("allergies", member), _("Allergies"), LineField(500))
    form.add(_key("pick_up", member), _("Who collects the child"), LineField(500), hint=_collects(member.collects))
    form.add(_key("photo", member), _("Photos"), photo_field())
    if member.photos is not None:
        form.field(_key("photo", member)).set_value("yes" if member.photos else "no")
    return heading


def _of_child(form: Form, member: MemberRow) -> Iterator[tuple[str, Any]]:
    if not member.minor:
        return
    yield "allergies", form.value(_key("allergies", member))
    yield "pick_up", form.value(_key("pick_up", member))
    yield "photo_release", _photo(form.value(_key("photo", member)))


def _photo(value: str | None) -> bool | None:
    return None if value is None else value == "yes"
