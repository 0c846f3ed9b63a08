"""The waiting list: who is next, an offer that stands for a day or two, then the next; and what is said on the phone.

The order is that of asking. Whoever is taken before others needs a reason, which stays with the place. An offer takes
its place while it stands; when nobody answers in time it goes to the next by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from famdesk.data.tables.centre import Centre
from famdesk.data.tables.programmes import Enrolment, Initiative
from famdesk.data.tx import Tx
from famdesk.domain.errors import Forbidden, RuleError
from famdesk.domain.programmes.enrolment import CHILD_CARE, HOLDING, OPEN, PARTICIPANT, stands_until
from famdesk.domain.staff import rights
from famdesk.i18n import N_
from famdesk.usecases.enrolling import place_news
from famdesk.usecases.enrolling.enrolment import approve, asked_now, check_care, family_of
from famdesk.usecases.enrolling.enrolment_checks import InitiativeClosed, NoPlaceLeft, former_of
from famdesk.usecases.enrolling.enrolment_counts import InLine, Seats, line, seats
from famdesk.usecases.people.person_names import labels
from famdesk.usecases.post import outgoing
from famdesk.usecases.programmes.programmes_common import bare_text, lock_initiative, wall_now
from famdesk.usecases.registry import query, usecase

SOON = timedelta(hours=24)
"""Offers that end within this time are among the things to do."""
APPROVE = approve.name
APPROVED = frozenset({"waiting", "offered", "expired", "declined", "enrolled"})
"""States that nobody is in whose enrolment was not approved, where that is needed."""


class NotNext(RuleError):
    message = N_("Others have waited longer. To take this person first, write the reason: it stays with the place.")


class NotOffered(RuleError):
    message = N_("This place is not offered any more.")


class NobodyWaits(RuleError):
    message = N_("Nobody waits for whom there is a place.")


class NextNotShown(RuleError):
    """The next one is in a guarded file."""

    message = N_("You may not know who is next. Ask the coordinator to go on with this list.")


@dataclass(frozen=True, slots=True)
class OfferRow:
    """A place that is offered: to whom, in what, until when (local wall time). `late`: the time is over."""

    enrolment_id: str
    initiative_id: str
    initiative: str
    person_id: str
    who: str
    until: datetime
    late: bool


@dataclass(frozen=True, slots=True)
class Script:
    """What is needed for the call: `who`, the number that may be called (None: none), whose it is, what to mind.

    `neutral`: neither the centre nor the initiative may be named before the person is on the phone; `neutral_name` is
    what to say instead (None: just the first name of who calls). `until` None: the place is given, not offered.
    """

    enrolment_id: str
    version: int
    who: str
    number: str | None
    owner: str | None
    note: str
    neutral: bool
    neutral_name: str | None
    initiative: str
    until: datetime | None
    state: str
    places: int
    children: int
    centre: str = ""


@query
def offers(tx: Tx) -> tuple[OfferRow, ...]:
    """The places that are offered now, those whose time ends soonest first."""
    rows = tx.rows(
        select(Enrolment.id, Enrolment.initiative_id, Initiative.name, Enrolment.person_id, Enrolment.offered_until)
        .join(Initiative, Initiative.id == Enrolment.initiative_id)
        .where(Enrolment.centre_id == tx.centre_id, Enrolment.deleted_at.is_(None), Enrolment.state == "offered",
               Enrolment.part == PARTICIPANT, Enrolment.offered_until.is_not(None))
        .order_by(Enrolment.offered_until, Enrolment.id)
    )  # fmt: skip
    names, now = labels(tx, [row.person_id for row in rows]), wall_now(tx)
    return tuple(
        OfferRow(row.id, row.initiative_id, row.name, row.person_id, names[row.person_id], row.offered_until,
                 row.offered_until <= now)
        for row in rows if row.person_id in names
    )  # fmt: skip


@query
def due(tx: Tx) -> tuple[str, ...]:
    """The initiatives in which an offer's time is over: for the round that goes on to the next."""
    rows = tx.rows(
        select(Enrolment.initiative_id)
        .where(Enrolment.centre_id == tx.centre_id, Enrolment.deleted_at.is_(None), Enrolment.state == "offered",
               Enrolment.offered_until <= wall_now(tx))
        .distinct().order_by(Enrolment.initiative_id)
    )  # fmt: skip
    return tuple(row.initiative_id for row in rows)


@query
def script(tx: Tx, enrolment_id: str) -> Script:
    """What to say on the phone to somebody who waits or to whom a place is offered, and which number is safe now.

    Raises:
        NotFound.
    """
    record = tx.get(Enrolment, enrolment_id)
    shown = outgoing.masked(tx, [record.person_id], "call").get(record.person_id)
    name = tx.rows(select(Initiative.name).where(Initiative.id == record.initiative_id))[0].name
    together, centre = family_of(tx, record), tx.session.get(Centre, tx.centre_id)
    return Script(
        record.id, record.version, shown.label if shown else "", shown.value if shown else None,
        shown.contacts[0].owner if shown and shown.contacts else None, shown.note if shown else "",
        shown.neutral if shown else True, shown.neutral_name if shown else None, name, record.offered_until,
        record.state, sum(one.part == PARTICIPANT for one in together),
        sum(one.part == CHILD_CARE for one in together), centre.name if centre else "",
    )  # fmt: skip


@usecase(N_("Place given to somebody on the waiting list"))
def admit(tx: Tx, enrolment_id: str, version: int, reason: str | None = None) -> None:
    """Gives a free place to somebody who waits, with the family that asked together.

    Raises:
        NoPlaceLeft, ChildCareFull, InitiativeClosed, Stale, NotFound; Forbidden: it was not approved.
        EnrolledAlready: the person has a place or waits otherwise by now.
        NotNext: others have waited longer and there is no reason; the sentence belongs to the field "reason".
    """
    _give(tx, tx.get(Enrolment, enrolment_id, version), "enrolled", reason)


@usecase(N_("Place offered"))
def offer(tx: Tx, enrolment_id: str, version: int, reason: str | None = None) -> None:
    """Keeps a free place for somebody who waits, for as long as the initiative says.

    Raises:
        As `admit`.
    """
    _give(tx, tx.get(Enrolment, enrolment_id, version), "offered", reason)


@usecase(N_("Place offered to the next on the waiting list"))
def offer_next(tx: Tx, initiative_id: str) -> str:
    """Offers a free place to whoever is next; gives the enrolment's id.

    Raises:
        NobodyWaits, NextNotShown, InitiativeClosed, NotFound.
    """
    initiative = _locked(tx, initiative_id)
    group = _next(line(tx, initiative_id), seats(tx, initiative))
    if group is None:
        raise NobodyWaits
    found = [record for one in group.ids if (record := tx.find(Enrolment, one)) is not None]
    if len(found) < len(group.ids):
        raise NextNotShown
    _offer_to(tx, initiative, found)
    return found[0].id


@usecase(N_("Offered place accepted"))
def accept(tx: Tx, enrolment_id: str, version: int) -> None:
    """Notes that the place is taken; also after its time, while nobody else has got it.

    Raises:
        NotOffered, Stale, NotFound.
    """
    record = tx.get(Enrolment, enrolment_id, version)
    _locked(tx, record.initiative_id)
    if record.state != "offered":
        raise NotOffered
    for one in family_of(tx, record):
        one.state, one.offered_until = "enrolled", None


@usecase(N_("Offered place declined"))
def decline(tx: Tx, enrolment_id: str, version: int, reason: str | None = None) -> None:
    """Notes that somebody does not want the place, or waits no longer; a place that was kept goes to the next.

    Raises:
        NotOffered, Stale, NotFound.
    """
    record = tx.get(Enrolment, enrolment_id, version)
    initiative = _locked(tx, record.initiative_id)
    if record.state not in {"offered", "waiting"}:
        raise NotOffered
    freed = _leave(family_of(tx, record), "declined")
    tx.because(bare_text(reason))
    _go_on(tx, initiative, freed)


@usecase(N_("Put on the waiting list again"))
def wait_again(tx: Tx, enrolment_id: str, version: int) -> None:
    """Puts somebody who had not answered, declined or withdrawn at the end of the waiting list.

    Raises:
        EnrolledAlready: the person has a place or waits otherwise by now.
        Forbidden: it was not approved; InitiativeClosed, Stale, NotFound.
    """
    record = tx.get(Enrolment, enrolment_id, version)
    initiative = _locked(tx, record.initiative_id)
    if record.state in OPEN:
        return
    _check_approved(tx, initiative, record)
    asked, together = asked_now(tx), family_of(tx, record)
    for one in together:
        former_of(tx, initiative.id, one.person_id, one.meeting_id)
        one.state, one.asked_at, one.offered_until, one.picked_reason = "waiting", asked, None, None
        one.walk_in = False  # whoever came by once and wants a place takes one


@usecase(N_("Waiting list moved on: {count}"))
def go_on(tx: Tx, initiative_id: str) -> int:
    """Ends the offers whose time is over and offers their places to the next; gives how many were ended.

    Raises:
        NotFound.
    """
    lock_initiative(tx, initiative_id)
    initiative = tx.get(Initiative, initiative_id)
    late = tx.all(Enrolment, Enrolment.initiative_id == initiative_id, Enrolment.state == "offered",
                  Enrolment.offered_until <= wall_now(tx))  # fmt: skip
    freed = _leave(late, "expired")
    if initiative.state != "closed":
        _go_on(tx, initiative, freed)
    tx.describe(count=len(late))
    return len(late)


def _locked(tx: Tx, initiative_id: str) -> Initiative:
    lock_initiative(tx, initiative_id)
    initiative = tx.get(Initiative, initiative_id)
    if initiative.state == "closed":
        raise InitiativeClosed
    return initiative


def _leave(records: Sequence[Enrolment], state: str) -> int:
    """Takes back what was kept for them; gives the number of places."""
    freed = sum(one.state == "offered" and one.part == PARTICIPANT for one in records)
    for one in records:
        one.state, one.offered_until = state, None
    return freed


def _go_on(tx: Tx, initiative: Initiative, places: int) -> None:
    """Offers so many places to those who are next, as far as they are known here."""
    while places > 0:
        tx.session.flush()
        group = _next(line(tx, initiative.id), seats(tx, initiative))
        if group is None:
            return
        found = [record for one in group.ids if (record := tx.find(Enrolment, one)) is not None]
        if len(found) < len(group.ids):
            return
        _offer_to(tx, initiative, found)
        place_news.put_down(tx, found)  # nobody may be at the desk; who has no mail stands among the calls to make
        places -= group.wanted


def _offer_to(tx: Tx, initiative: Initiative, records: Sequence[Enrolment]) -> None:
    until = stands_until(wall_now(tx), initiative.offer_hours)
    for one in records:
        one.state, one.offered_until = "offered", until


def _next(waiting: Sequence[InLine], found: Seats) -> InLine | None:
    """The first for whom there is a place, unless somebody before them wants the same and has to wait for more."""
    held: set[str | None] = set()
    for group in waiting:
        if None in held or group.meeting_id in held or (group.meeting_id is None and held):
            continue
        if found.fits(group):
            return group
        held.add(group.meeting_id)
    return None


def _give(tx: Tx, record: Enrolment, state: str, reason: str | None) -> None:
    initiative = _locked(tx, record.initiative_id)
    if record.state in HOLDING:
        if record.state == "offered" and state == "enrolled":
            for one in family_of(tx, record):
                one.state, one.offered_until = "enrolled", None
        return
    _check_approved(tx, initiative, record)
    if record.state not in OPEN:
        former_of(tx, initiative.id, record.person_id, record.meeting_id)
    found, waiting, together = seats(tx, initiative), line(tx, initiative.id), family_of(tx, record)
    left, wanted = found.left(record.meeting_id), sum(one.part == PARTICIPANT for one in together)
    if left is not None and left < wanted:
        raise NoPlaceLeft(places=found.limits.get(record.meeting_id or "", initiative.capacity or 0))
    check_care(tx, initiative.id, record.meeting_id, sum(one.part == CHILD_CARE for one in together))
    why = bare_text(reason)
    if _has_waited_less(record, waiting):
        if why is None:
            raise NotNext("reason")
        tx.because(why)
    until = stands_until(wall_now(tx), initiative.offer_hours) if state == "offered" else None
    for one in together:
        one.state, one.offered_until, one.picked_reason = state, until, why


def _check_approved(tx: Tx, initiative: Initiative, record: Enrolment) -> None:
    """Where enrolments are approved nobody gets in past those who approve.

    Raises:
        Forbidden: it is not this colleague who says yes or no.
    """
    said_yes = record.state in APPROVED or (record.state == "withdrawn" and not initiative.approval)
    if not said_yes and not rights.cell(APPROVE, tx.actor.role):
        raise Forbidden(who=rights.roles_for(APPROVE))


def _has_waited_less(record: Enrolment, waiting: Sequence[InLine]) -> bool:
    """Whether somebody else who wants the same place stands before, or is in line at all if this one is not."""
    for group in waiting:
        if record.id in group.ids:
            return False
        if group.meeting_id is None or record.meeting_id in {None, group.meeting_id}:
            return True
    return False
