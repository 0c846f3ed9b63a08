"""New initiatives out of patterns, own templates and those of last year; people never come along."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from famdesk.data.tables.directory import Partnership
from famdesk.data.tables.programmes import Initiative, Meeting, MeetingParty
from famdesk.data.tx import Tx
from famdesk.domain.calendar.claims import Overlap
from famdesk.domain.errors import RuleError
from famdesk.domain.programmes.initiative_templates import TEMPLATES, Template, template
from famdesk.domain.programmes.meetings import LEADER
from famdesk.i18n import N_, _
from famdesk.i18n.collate import sort_key
from famdesk.usecases.programmes import meeting_checks
from famdesk.usecases.programmes.initiative_checks import check, cleaned
from famdesk.usecases.programmes.programmes_common import bare_text, meetings_of
from famdesk.usecases.programmes.programmes_reading import values_of
from famdesk.usecases.programmes.programmes_rows import InitiativeValues
from famdesk.usecases.registry import query, usecase

YEAR = timedelta(weeks=52)
"""A year later on the same day of the week."""


class NoSuchTemplate(RuleError):
    message = N_("Choose a template from the list.")


class BadNumber(RuleError):
    message = N_("From {least} to {most} meetings.")


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """Something to begin with: a pattern of the program (`id` is its code) or one of the centre's own (`own`).

    `meetings` is how many are made, which can be chosen from `least` to `most`.
    """

    id: str
    name: str
    kind: str
    own: bool
    meetings: int
    least: int
    most: int


@query
def templates(tx: Tx) -> tuple[TemplateRow, ...]:
    """The centre's own templates by name, then the patterns of the program."""
    own = [
        TemplateRow(one.id, one.name, one.kind, True, count := len([*meetings_of(tx, one.id)]), count, count)
        for one in tx.all(Initiative, Initiative.template.is_(True), Initiative.centre_id == tx.centre_id)
    ]
    built_in = [
        TemplateRow(one.code, _(one.name), str(one.values["kind"]), False, one.meetings, one.least, one.most)
        for one in TEMPLATES
    ]
    return (*sorted(own, key=lambda row: sort_key(row.name)), *built_in)


@usecase(N_("Initiative added from a template"))
def add_from(tx: Tx, template_id: str, name: str | None = None, meetings: int | None = None) -> str:
    """A new initiative out of a pattern or an own template, with its meetings, whose days are to be set; gives its id.

    Raises:
        NoSuchTemplate, BadNumber, NotFound.
    """
    pattern = template(template_id)
    if pattern is None:
        record = tx.get(Initiative, template_id)
        if not record.template:
            raise NoSuchTemplate("template")
        return _copy(tx, record, bare_text(name) or record.name, days=None, as_template=False).id
    count = pattern.meetings if meetings is None else meetings
    if not pattern.least <= count <= pattern.most:
        raise BadNumber("meetings", least=pattern.least, most=pattern.most)
    values = _values(pattern, bare_text(name))
    check(tx, values, None)
    made = tx.add(Initiative(**cleaned(values)))
    for number in range(1, count + 1):
        theme = _(pattern.themes[number - 1]) if number <= len(pattern.themes) else None
        tx.add(Meeting(initiative_id=made.id, number=number, minutes=pattern.minutes, theme=theme,
                       child_care=pattern.child_care))  # fmt: skip
    return made.id


@usecase(N_("Initiative copied"))
def copy(tx: Tx, initiative_id: str, name: str | None = None, *, years: int = 1) -> str:
    """The same initiative again, all days `years` later on the same day of the week; gives its id.

    Organisers, places, leaders and themes come along; people, acts, and what became of the meetings do not. Who or what
    is taken on the new day is left to be set.

    Raises:
        NotFound.
    """
    record = tx.get(Initiative, initiative_id)
    days = YEAR * years
    return _copy(tx, record, bare_text(name) or _later(record.name, years), days=days, as_template=False).id


@usecase(N_("Template kept"))
def keep_as_template(tx: Tx, initiative_id: str, name: str | None = None) -> str:
    """Keeps what is usual of an initiative to begin with it again: no days, no people; gives the id.

    Raises:
        NotFound.
    """
    record = tx.get(Initiative, initiative_id)
    return _copy(tx, record, bare_text(name) or record.name, days=None, as_template=True).id


@usecase(N_("Template removed"))
def remove_template(tx: Tx, template_id: str) -> None:
    """Puts an own template into the bin.

    Raises:
        NoSuchTemplate, NotFound.
    """
    record = tx.get(Initiative, template_id)
    if not record.template:
        raise NoSuchTemplate("template")
    for meeting in meetings_of(tx, template_id):
        tx.bin(meeting)
    tx.bin(record)


def _values(pattern: Template, name: str | None) -> InitiativeValues:
    texts: dict[str, Any] = {field: _(text) for field, text in pattern.texts.items()}
    asked = "\n".join(_(question) for question in pattern.questions) or None
    return InitiativeValues(name or _(pattern.name), questions=asked, **pattern.values, **texts)


def _copy(tx: Tx, record: Initiative, name: str, *, days: timedelta | None, as_template: bool) -> Initiative:
    """`days` None: no day comes along."""
    values = replace(
        values_of(record), name=name, state="preparation", alias=None, starts_on=_moved(record.starts_on, days),
        enrol_until=_moved(record.enrol_until, days), season_year=_season_year(record, days),
        season_text=_later(record.season_text, days.days // 364) if days and record.season_text else None,
    )  # fmt: skip
    made = Initiative(**cleaned(values), template=as_template, copied_from_id=None if as_template else record.id)
    tx.add(made)
    for one in sorted(tx.all(Partnership, Partnership.subject_id == record.id), key=lambda one: (one.position, one.id)):
        tx.add(
            Partnership(body_id=one.body_id, subject_id=made.id, role=one.role, position=one.position, note=one.note)
        )
    for meeting in sorted(meetings_of(tx, record.id), key=lambda one: one.number):
        _copy_meeting(tx, meeting, made.id, days)
    return made


def _copy_meeting(tx: Tx, old: Meeting, initiative_id: str, days: timedelta | None) -> None:
    """The day as it was first planned; what a year brought about stays behind."""
    day, starts = (old.moved_from, old.moved_from_starts) if old.moved_from else (old.day, old.starts)
    new = tx.add(Meeting(
        initiative_id=initiative_id, number=old.number, day=_moved(day, days), starts=starts, minutes=old.minutes,
        place_id=old.place_id, room_id=old.room_id, leader=old.leader, leader_staff_id=old.leader_staff_id,
        theme=old.theme, capacity=old.capacity, materials=old.materials, child_care=old.child_care,
        child_care_places=old.child_care_places, interpreter_language=old.interpreter_language,
    ))  # fmt: skip
    tx.session.flush()
    parties = [row for row in tx.all(MeetingParty, MeetingParty.meeting_id == old.id) if row.kind != LEADER]
    added = [
        tx.add(MeetingParty(meeting_id=new.id, kind=row.kind, staff_id=row.staff_id, resource_id=row.resource_id,
                            name=row.name))
        for row in parties
    ]  # fmt: skip
    tx.session.flush()
    try:
        meeting_checks.settle(tx, new, None)
    except Overlap:
        new.room_id = new.leader_staff_id = None
        for row in added:
            tx.bin(row)
        tx.session.flush()


def _moved(day: date | None, days: timedelta | None) -> date | None:
    return None if day is None or days is None else day + days


def _season_year(record: Initiative, days: timedelta | None) -> int | None:
    if record.season_year is None or days is None:
        return None
    return record.season_year + days.days // 364


def _later(text: str, years: int) -> str:
    """The years that a name tells are moved as well: "A.Pe 2025" becomes "A.Pe 2026"."""
    return re.sub(r"\b(20\d\d)\b", lambda found: str(int(found[1]) + years), text)
