"""Whom to call now, whom later, whom not at all: the follow-ups in the order of the safe hours, through the gate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from famdesk.data.tables.intake import AccessCard
from famdesk.data.tables.people import ContactPoint, Person
from famdesk.data.tables.staff import Staff
from famdesk.data.tables.waiting import FollowUp
from famdesk.data.tx import Tx
from famdesk.domain.intake.waiting import CALLS, Window, best, window
from famdesk.domain.people.contact import Rule
from famdesk.usecases.intake.intake_rows import shown_card
from famdesk.usecases.people.contact_rights import known_point
from famdesk.usecases.people.person_names import labels
from famdesk.usecases.post import outgoing
from famdesk.usecases.post.outgoing import Outgoing, SafeContact
from famdesk.usecases.registry import query

DONE_DAYS = 7
DONE_MOST = 20
ORDER = ("call", "write", "wait", "other")
"""Ways, in the order of the list."""


@dataclass(frozen=True, slots=True)
class CallRow:
    """Something to be done for a family: one row per person for all that one call is about.

    `items` are its follow-ups, each as id and version, `id` that of the first. `way`: "call" (`value` is the number),
    "write" (`value` is the mail or postal address; also for somebody who must not be called), "wait" (nothing may be
    used: they will get in touch) or "other". `who` None: nobody is named. `owner`: whose number it is, if not theirs.
    `neutral_name`: what to say instead of the centre's name. `note`: what else has to be minded, in words.

    `now`: within the safe hours, until `until` (None: any time); else they begin at `opens`. `ready`: it is due and not
    put off to a later day. `quiet`: leave no message. `what` are the words of each follow-up, `needs` those of its
    card. Local wall times.
    """

    id: str
    items: tuple[tuple[str, int], ...]
    kind: str
    way: str
    who: str | None
    person_id: str | None
    value: str | None
    owner: str | None
    neutral_name: str | None
    note: str
    now: bool
    until: time | None
    opens: datetime | None
    what: tuple[str, ...]
    needs: tuple[str, ...]
    due_on: date | None
    ready: bool
    tries: int
    last_try_at: datetime | None
    staff_id: str | None
    staff: str | None
    access_card_id: str | None
    referral_id: str | None
    quiet: bool


@dataclass(frozen=True, slots=True)
class DoneRow:
    """A follow-up that is over; `state` is done or dropped, `result` what came of it in words."""

    id: str
    kind: str
    state: str
    who: str | None
    person_id: str | None
    what: str
    result: str | None
    done_on: date


@dataclass(frozen=True, slots=True)
class FollowUpDetail:
    """A follow-up for its form; `who` None: about nobody that is named. `numbers` are (id, number) to choose from."""

    id: str
    version: int
    kind: str
    what: str
    who: str | None
    due_on: date | None
    staff_id: str | None
    contact_point_id: str | None
    numbers: tuple[tuple[str, str], ...]


@query
def call_list(tx: Tx, at: datetime | None = None) -> tuple[CallRow, ...]:
    """All that is still to be done, at a moment of local wall time (None: now).

    First the calls whose safe hours are now, those that end soonest first; then the others by when their hours begin;
    then what is written, what is waited for, and the rest; last what was put off to a later day. Nobody stands in it
    twice for a call, and who must not be called stands in it as somebody to write to or to wait for.
    """
    moment = at or tx.now()
    entries = tx.all(FollowUp, FollowUp.state == "open")
    cards = _cards(tx, entries)
    entries = [one for one in entries if one.access_card_id is None or one.access_card_id in cards]
    persons = {one.person_id for one in entries if one.person_id}
    known = _Known(tx, persons, moment)
    colleagues = _colleagues(tx)
    rows = [
        _row(known, group, cards, colleagues) for group in _groups(entries, moment.date())
        if group[0].person_id is None or group[0].person_id in known.calls
    ]  # fmt: skip
    return tuple(sorted(rows, key=_rank))


@query
def done_lately(tx: Tx) -> tuple[DoneRow, ...]:
    """What was done or dropped in the last days, the newest first; undo takes it back."""
    since = tx.today() - timedelta(days=DONE_DAYS)
    entries = tx.all(FollowUp, FollowUp.state != "open", FollowUp.done_on >= since)
    cards = _cards(tx, entries)
    entries = [one for one in entries if one.access_card_id is None or one.access_card_id in cards]
    names = labels(tx, [one.person_id for one in entries])
    rows = [
        DoneRow(one.id, one.kind, one.state, names.get(one.person_id or ""), one.person_id, one.what, one.result,
                one.done_on or since)
        for one in entries
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (row.done_on, row.id), reverse=True)[:DONE_MOST])


@query
def follow_up(tx: Tx, follow_up_id: str) -> FollowUpDetail:
    """One follow-up, to change it.

    Raises:
        NotFound.
    """
    entry = tx.get(FollowUp, follow_up_id)
    shown = outgoing.masked(tx, [entry.person_id], "call").get(entry.person_id or "")
    numbers = tuple((one.id, one.value) for one in shown.contacts) if shown else ()
    return FollowUpDetail(entry.id, entry.version, entry.kind, entry.what, shown.label if shown else None,
                          entry.due_on, entry.staff_id, entry.contact_point_id, numbers)  # fmt: skip


class _Known:
    """What may be known and used of the persons of a list."""

    def __init__(self, tx: Tx, persons: set[str], moment: datetime) -> None:
        self.moment = moment
        self.calls = outgoing.masked(tx, persons, "call")
        self.mails = outgoing.masked(tx, persons, "mail")
        self.letters = outgoing.masked(tx, persons, "letter")
        ids = [one.id for shown in self.calls.values() for one in shown.contacts]
        rows = tx.rows(
            select(ContactPoint.id, ContactPoint.may_call, ContactPoint.may_leave_message, ContactPoint.may_write,
                   ContactPoint.safe_from, ContactPoint.safe_to, ContactPoint.neutral_name)
            .join(Person, Person.id == ContactPoint.person_id)
            .where(ContactPoint.id.in_(ids), known_point(tx))
        ) if ids else ()  # fmt: skip
        self._rules = {point_id: Rule(*rule) for point_id, *rule in rows}

    def number(self, person_id: str, wanted: str | None) -> tuple[SafeContact, Window] | None:
        """The number to call: the one that was asked for, if it may be called, else the one that may be called
        soonest."""
        points = [one for one in self.calls[person_id].contacts if one.id in self._rules]
        asked = [one for one in points if one.id == wanted] or points
        chosen = best([self._rules[one.id] for one in asked], self.moment)
        if chosen is None:
            return None
        return asked[chosen], window(self._rules[asked[chosen].id], self.moment)

    def quiet(self, point_id: str) -> bool:
        """Whether no message may be left at a number."""
        return point_id in self._rules and not self._rules[point_id].may_leave_message

    def written(self, person_id: str) -> tuple[SafeContact, Outgoing] | None:
        """The mail address that may be used, or else the postal one."""
        for shown in (self.mails.get(person_id), self.letters.get(person_id)):
            if shown and shown.contacts:
                return shown.contacts[0], shown
        return None


def _groups(entries: Sequence[FollowUp], today: date) -> list[list[FollowUp]]:
    """The calls to one person are one; what was put off to another day waits for that day by itself."""
    groups: dict[tuple[str | None, bool, str], list[FollowUp]] = {}
    for one in sorted(entries, key=lambda entry: (entry.due_on or date.max, entry.id)):
        together = one.kind in CALLS and one.person_id is not None
        ready = one.due_on is None or one.due_on <= today
        groups.setdefault((one.person_id, ready, "call" if together else one.id), []).append(one)
    called = {person for person, ready, way in groups if ready and way == "call"}
    for (person, ready, way), group in list(groups.items()):
        if way == "call" and not ready and person in called:
            groups[person, True, "call"] += groups.pop((person, ready, way), group)
    return list(groups.values())


def _row(
    known: _Known, group: list[FollowUp], cards: dict[str, Any], colleagues: dict[str, str]
) -> CallRow:  # fmt: skip
    first = group[0]
    way, point, hours, note, name = _way(known, first)
    shown = known.calls.get(first.person_id or "")
    days = [one.due_on for one in group if one.due_on]
    needs = [code for one in group if one.access_card_id for code in cards[one.access_card_id].needs.split()]
    return CallRow(
        first.id, tuple((one.id, one.version) for one in group), first.kind, way, shown.label if shown else None,
        first.person_id, point.value if point else None, point.owner if point else None, name, note, hours.now,
        hours.until, hours.opens, tuple(one.what for one in group if one.what), tuple(dict.fromkeys(needs)),
        min(days, default=None), min(days, default=date.min) <= known.moment.date(), max(one.tries for one in group),
        max((one.last_try_at for one in group if one.last_try_at), default=None), first.staff_id,
        colleagues.get(first.staff_id or ""), next((one.access_card_id for one in group if one.access_card_id), None),
        next((one.referral_id for one in group if one.referral_id), None),
        point is not None and known.quiet(point.id),
    )  # fmt: skip


def _way(known: _Known, entry: FollowUp) -> tuple[str, SafeContact | None, Window, str, str | None]:
    """How it is done, with the contact that is used for it, when, what is to be minded, and the name to give."""
    person, always = entry.person_id, Window(True)
    if person is None:
        return ("call" if entry.kind in CALLS else entry.kind), None, always, "", None
    found = known.number(person, entry.contact_point_id) if entry.kind in CALLS else None
    if found is not None:
        point, hours = found
        return "call", point, hours, point.note, point.neutral_name
    if entry.kind in {*CALLS, "write"}:
        mail = known.written(person)
        if mail is not None:
            return "write", mail[0], always, mail[0].note, mail[1].neutral_name
        return "wait", None, always, known.calls[person].note, known.calls[person].neutral_name
    return entry.kind, None, always, known.calls[person].note, known.calls[person].neutral_name


def _rank(row: CallRow) -> tuple[Any, ...]:
    hours = Window(row.now, row.until, row.opens)
    return (not row.ready, ORDER.index(row.way), *hours.rank(), row.due_on or date.max, row.id)


def _cards(tx: Tx, entries: Sequence[FollowUp]) -> dict[str, Any]:
    """The cards that the follow-ups come from, as far as all whom they name may be known."""
    ids = [one.access_card_id for one in entries if one.access_card_id]
    rows = tx.rows(
        select(AccessCard.id, AccessCard.needs)
        .where(AccessCard.id.in_(ids), AccessCard.deleted_at.is_(None), shown_card(tx))
    ) if ids else ()  # fmt: skip
    return {row.id: row for row in rows}


def _colleagues(tx: Tx) -> dict[str, str]:
    rows = tx.rows(select(Staff.id, Staff.name).where(Staff.centre_id == tx.centre_id))
    return {row.id: row.name for row in rows}
