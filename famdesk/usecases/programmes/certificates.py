"""Certificates of attendance: who was present long enough, a number without gaps for each year, printed again as often
as somebody asks.

The hours are those of the meetings that took place so far. Where the length of one of them is not known, meetings are
counted instead of hours.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from famdesk.data.tables.programmes import Attendance, Certificate, Enrolment, Initiative, Meeting
from famdesk.data.tx import Tx
from famdesk.domain.errors import NotFound, RuleError
from famdesk.i18n import N_
from famdesk.i18n.collate import sort_key
from famdesk.usecases.people.person_names import labels
from famdesk.usecases.registry import query, usecase

OFF = ("cancelled", "postponed")
"""States of meetings that nobody could come to."""
_HERE = ("enrolled", "offered")


class BadShare(RuleError):
    message = N_("The share of presence goes from 1 to 100 percent.")


class NotEnoughPresence(RuleError):
    message = N_("Present for {share} percent of the time: the certificate needs {least} percent.")


class NoMeetingsYet(RuleError):
    message = N_("No meeting took place yet.")


@dataclass(frozen=True, slots=True)
class Standing:
    """How long somebody was present. `minutes` of `whole`; both 0 where lengths are not known. `share` in percent.

    `number` of `year` of the certificate that was issued, 0 for none. `name` None: this role may not know.
    """

    enrolment_id: str
    name: str | None
    came: int
    meetings: int
    minutes: int
    whole: int
    share: int
    enough: bool
    certificate_id: str = ""
    number: int = 0
    year: int = 0


@dataclass(frozen=True, slots=True)
class Standings:
    """Everybody enrolled in an initiative, by name. `least`: the share in percent that a certificate needs."""

    initiative_id: str
    version: int
    least: int
    rows: tuple[Standing, ...]
    timed: bool


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """A line of the register of a year. `name` None: this role may not know who it is.

    `attended` are the ids of the meetings that the person came to.
    """

    id: str
    number: int
    year: int
    issued_on: date
    name: str | None
    initiative: str
    minutes: int
    meetings: int
    person_id: str = ""
    initiative_id: str = ""
    attended: tuple[str, ...] = ()


@query
def standings(tx: Tx, initiative_id: str) -> Standings:
    """How long everybody enrolled was present so far.

    Raises:
        NotFound.
    """
    record = tx.get(Initiative, initiative_id)
    meetings = _held(tx, initiative_id)
    timed = bool(meetings) and all(meeting.minutes for meeting in meetings)
    people = tx.rows(
        select(Enrolment.id, Enrolment.person_id).where(
            Enrolment.initiative_id == initiative_id, Enrolment.centre_id == tx.centre_id,
            Enrolment.deleted_at.is_(None), Enrolment.state.in_(_HERE), Enrolment.part == "participant",
        )
    )  # fmt: skip
    marks = _marks(tx, [meeting.id for meeting in meetings])
    issued = {row.enrolment_id: row for row in tx.all(Certificate)}
    names = labels(tx, [row.person_id for row in people])
    rows = [
        _standing(record, row.id, names.get(row.person_id), meetings, marks.get(row.id, {}), issued.get(row.id),
                  timed=timed)
        for row in people
    ]  # fmt: skip
    rows.sort(key=lambda row: (row.name is None, sort_key(row.name or ""), row.enrolment_id))
    return Standings(record.id, record.version, record.certificate_share, tuple(rows), timed)


def _held(tx: Tx, initiative_id: str) -> list[Meeting]:
    """The meetings that took place so far."""
    found = tx.all(Meeting, Meeting.initiative_id == initiative_id)
    return [one for one in found if one.state not in OFF and one.day is not None and one.day <= tx.today()]


def _marks(tx: Tx, meetings: Iterable[str]) -> dict[str, dict[str, int | None]]:
    """Who came: minutes (None: the whole meeting) by enrolment and meeting."""
    found: dict[str, dict[str, int | None]] = {}
    rows = select(Attendance.enrolment_id, Attendance.meeting_id, Attendance.minutes).where(
        Attendance.centre_id == tx.centre_id, Attendance.deleted_at.is_(None), Attendance.present,
        Attendance.meeting_id.in_(list(meetings)),
    )  # fmt: skip
    for row in tx.rows(rows):
        found.setdefault(row.enrolment_id, {})[row.meeting_id] = row.minutes
    return found


def _standing(record: Initiative, enrolment_id: str, name: str | None, meetings: list[Meeting],
              marks: dict[str, int | None], issued: Certificate | None, *, timed: bool) -> Standing:  # fmt: skip
    whole = sum(meeting.minutes or 0 for meeting in meetings) if timed else 0
    minutes = 0
    if timed:
        for meeting in meetings:
            if meeting.id in marks:
                minutes += min(marks[meeting.id] or meeting.minutes or 0, meeting.minutes or 0)
    share = 100 * minutes // whole if whole else 100 * len(marks) // len(meetings) if meetings else 0
    return Standing(
        enrolment_id, name, len(marks), len(meetings), minutes, whole, share,
        bool(meetings) and share >= record.certificate_share, issued.id if issued else "",
        issued.number if issued else 0, issued.year if issued else 0,
    )  # fmt: skip


@usecase(N_("Presence that a certificate needs changed"))
def set_share(tx: Tx, initiative_id: str, version: int, share: int) -> None:
    """How much of the time somebody has to be present for a certificate, in percent.

    Raises:
        BadShare, NotFound, Stale.
    """
    record = tx.get(Initiative, initiative_id, version)
    if record.centre_id != tx.centre_id:
        raise NotFound
    if not 1 <= share <= 100:
        raise BadShare("share")
    record.certificate_share = share


@usecase(N_("Certificates issued: {count}"))
def issue(tx: Tx, initiative_id: str, enrolment_ids: Iterable[str]) -> tuple[str, ...]:
    """Issues certificates in the order of the names; who has one keeps it. Gives the ids of all of them.

    Raises:
        NotEnoughPresence, NoMeetingsYet, NotFound.
    """
    tx.take_turn()  # before it is looked up who has one
    wanted = set(enrolment_ids)
    found = standings(tx, initiative_id)
    rows = [row for row in found.rows if row.enrolment_id in wanted and row.name is not None]
    if len(rows) != len(wanted):
        raise NotFound
    for row in rows:
        if not row.meetings:
            raise NoMeetingsYet
        if not row.enough:
            raise NotEnoughPresence(share=row.share, least=found.least)
    fresh = [row for row in rows if not row.certificate_id]
    year, number = tx.today().year, last_number(tx, tx.today().year)
    made = {row.enrolment_id: row.certificate_id for row in rows}
    for place, row in enumerate(fresh, start=1):
        enrolment = tx.get(Enrolment, row.enrolment_id)
        certificate = Certificate(
            enrolment_id=enrolment.id, person_id=enrolment.person_id, year=year, number=number + place,
            minutes=row.minutes, meetings=row.came, issued_on=tx.today(),
        )  # fmt: skip
        made[row.enrolment_id] = tx.add(certificate).id
    tx.describe(count=len(fresh))
    return tuple(made[row.enrolment_id] for row in rows)


def last_number(tx: Tx, year: int) -> int:
    """The last number of a year, also where one may not know whose it is."""
    if tx.session.get_bind().dialect.name == "postgresql":
        return int(tx.session.scalars(select(func.fd_last_certificate(year))).one())
    where = (Certificate.centre_id == tx.centre_id, Certificate.year == year)
    return int(tx.session.scalars(select(func.coalesce(func.max(Certificate.number), 0)).where(*where)).one())


@query
def register(tx: Tx, year: int) -> tuple[CertificateRow, ...]:
    """The certificates of a year by their number."""
    return _rows(tx, tx.all(Certificate, Certificate.year == year))


@query
def of_initiative(tx: Tx, initiative_id: str) -> tuple[CertificateRow, ...]:
    """The certificates that were issued for an initiative, by their number.

    Raises:
        NotFound.
    """
    tx.get(Initiative, initiative_id)
    own = select(Enrolment.id).where(Enrolment.initiative_id == initiative_id)
    return _rows(tx, tx.all(Certificate, Certificate.enrolment_id.in_(own)))


@query
def certificates(tx: Tx, certificate_ids: Iterable[str]) -> tuple[CertificateRow, ...]:
    """Certificates to be printed, by their number.

    Raises:
        NotFound.
    """
    return _rows(tx, [tx.get(Certificate, one) for one in certificate_ids])


def _rows(tx: Tx, records: Iterable[Certificate]) -> tuple[CertificateRow, ...]:
    records = sorted(records, key=lambda one: (one.year, one.number))
    names = labels(tx, [one.person_id for one in records])
    of: dict[str, Any] = {
        row[0]: row
        for row in tx.rows(
            select(Enrolment.id, Initiative.name, Initiative.id.label("initiative_id"))
            .join(Initiative, Initiative.id == Enrolment.initiative_id)
            .where(Enrolment.id.in_([one.enrolment_id for one in records]))
        )
    }
    came: dict[str, list[str]] = {}
    marks = select(Attendance.enrolment_id, Attendance.meeting_id).where(
        Attendance.deleted_at.is_(None), Attendance.present, Attendance.enrolment_id.in_([*of])
    )
    for enrolment_id, meeting_id in tx.rows(marks):
        came.setdefault(enrolment_id, []).append(meeting_id)
    return tuple(
        CertificateRow(one.id, one.number, one.year, one.issued_on, names.get(one.person_id),
                       of[one.enrolment_id].name, one.minutes, one.meetings, one.person_id,
                       of[one.enrolment_id].initiative_id, tuple(came.get(one.enrolment_id, ())))
        for one in records if one.enrolment_id in of
    )  # fmt: skip
