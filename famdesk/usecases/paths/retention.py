"""How long session notes and the documents of interviews stay: one clock for destruction and for erasure.

It runs from the end of the relationship: the last session, or the closing of the last path, whichever came later.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select

from famdesk.data.destroying import last_noted
from famdesk.data.tables.calendar import Appointment, AppointmentParty
from famdesk.data.tables.notes import Path, PathPerson
from famdesk.data.tables.paths import RetentionRule
from famdesk.data.tables.people import Person
from famdesk.data.tx import Tx
from famdesk.domain.consent import retention
from famdesk.domain.consent.retention import INTERVIEW_YEARS, Rule
from famdesk.domain.errors import RuleError
from famdesk.domain.people.birth import latest
from famdesk.i18n import N_
from famdesk.usecases.notes.note_people import standing
from famdesk.usecases.registry import query, usecase

INTERVIEWS = ("first_interview", "interview", "consultation", "psychology", "couple", "mediation")
"""Appointments with documents of a psychologist or mediator."""
HELD = ("arrived", "done")
LONGEST = 100
AT_ONCE = 400


class TooFewYears(RuleError):
    message = N_("Session notes are kept for {least} years at least (art. 17 of the psychologists' code of conduct).")


class TooManyYears(RuleError):
    message = N_("At most {most} years.")


@dataclass(frozen=True, slots=True)
class RuleRow:
    """The centre's rule; `version` 0 while it is the one that the program comes with."""

    id: str
    version: int
    years: int
    from_age: bool


@dataclass(slots=True)
class Facts:
    """What the clock needs to know of persons, each by the id of the file that stands for them today."""

    sessions: dict[str, list[date]] = field(default_factory=lambda: defaultdict(list))
    closings: dict[str, list[date | None]] = field(default_factory=lambda: defaultdict(list))
    births: dict[str, date] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    def until(self, people: Collection[str], rule: Rule, *days: date) -> date | None:
        """The last day on which what speaks of these people has to be there; `days`: of sessions beside."""
        files = {self.files.get(one, one) for one in people}
        return retention.kept_until(
            [*days, *(day for one in files for day in self.sessions.get(one, ()))], rule,
            closings=[day for one in files for day in self.closings.get(one, ())],
            births=self.births_of(people),
        )  # fmt: skip

    def births_of(self, people: Collection[str]) -> list[date]:
        """The birthdays of these people, as far as they are known."""
        files = {self.files.get(one, one) for one in people}
        return [self.births[one] for one in files if one in self.births]


@query
def rule(tx: Tx) -> RuleRow:
    """The centre's rule."""
    return _row(tx)


@usecase(N_("Term for keeping session notes changed"))
def set_rule(tx: Tx, version: int, *, years: int, from_age: bool) -> None:
    """Another term for the notes of this centre, in years; `version` 0: there was none of its own before.

    Raises:
        TooFewYears, TooManyYears, Stale.
    """
    if years < INTERVIEW_YEARS:
        raise TooFewYears("years", least=INTERVIEW_YEARS)
    if years > LONGEST:
        raise TooManyYears("years", most=LONGEST)
    found = _row(tx)
    if not found.version:
        tx.add(RetentionRule(years=years, from_age=from_age))
        return
    record = tx.get(RetentionRule, found.id, version)
    record.years, record.from_age = years, from_age


def in_force(tx: Tx) -> Rule:
    """The rule to reckon with."""
    found = _row(tx)
    return Rule(found.years, found.from_age)


def facts(tx: Tx, people: Collection[str]) -> Facts:
    """Everything that the clock asks about these persons, and about the files that became one with theirs."""
    files = standing(tx, people)
    found = Facts(files=files)
    kept = sorted(set(files.values()))
    for first in range(0, len(kept), AT_ONCE):
        _add_facts(tx, found, kept[first : first + AT_ONCE])
    return found


def _add_facts(tx: Tx, found: Facts, kept: list[str]) -> None:
    parts = {row.id: row.merged_into_id for row in tx.rows(
        select(Person.id, Person.merged_into_id).where(Person.merged_into_id.in_(kept)))}  # fmt: skip
    found.files.update(parts)
    everybody = sorted({*kept, *parts})
    for person_id, day in last_noted(tx.session, everybody).items():
        found.sessions[found.files.get(person_id, person_id)].append(day)
    for column in (Appointment.person_id, AppointmentParty.person_id):
        statement = select(column, func.max(Appointment.starts)).select_from(Appointment)
        if column is AppointmentParty.person_id:
            statement = statement.join(AppointmentParty, AppointmentParty.appointment_id == Appointment.id).where(
                AppointmentParty.deleted_at.is_(None))  # fmt: skip
        statement = statement.where(
            column.in_(everybody), Appointment.kind.in_(INTERVIEWS), Appointment.state.in_(HELD),
            Appointment.deleted_at.is_(None),
        ).group_by(column)  # fmt: skip
        for person_id, starts in tx.rows(statement):
            found.sessions[found.files.get(person_id, person_id)].append(starts.date())
    walked = select(PathPerson.person_id, Path.closed_on).join(Path, Path.id == PathPerson.path_id).where(
        PathPerson.person_id.in_(everybody), PathPerson.deleted_at.is_(None), Path.deleted_at.is_(None)
    )  # fmt: skip
    for person_id, closed_on in tx.rows(walked):
        found.closings[found.files.get(person_id, person_id)].append(closed_on)
    born = select(Person.id, Person.birth_date, Person.birth_part).where(Person.id.in_(kept))
    for row in tx.rows(born):
        birth = latest(row.birth_date, row.birth_part)
        if birth is not None:
            found.births[row.id] = birth


def _row(tx: Tx) -> RuleRow:
    found = tx.rows(
        select(RetentionRule.id, RetentionRule.version, RetentionRule.years, RetentionRule.from_age).where(
            RetentionRule.centre_id == tx.centre_id, RetentionRule.deleted_at.is_(None)
        )
    )
    if not found:
        return RuleRow("", 0, INTERVIEW_YEARS, from_age=True)
    return RuleRow(found[0].id, found[0].version, found[0].years, found[0].from_age)
