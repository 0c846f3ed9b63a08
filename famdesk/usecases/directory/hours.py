"""Opening hours as they are entered: weekly rules with validity, extra openings, closures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta

from famdesk.data.tables.directory import AccessPoint, Closure, ExtraOpening, OpeningRule
from famdesk.data.tx import Tx
from famdesk.domain.calendar import hours as rules
from famdesk.domain.calendar.hours import WeeklySlot
from famdesk.domain.errors import Required, RuleError
from famdesk.i18n import N_
from famdesk.usecases.registry import usecase

_DAY = timedelta(days=1)


class HoursOverlap(RuleError):
    message = N_("These hours overlap others of the same place: {weekday} {hours}.")


class ExtraOverlaps(RuleError):
    message = N_("There is already an extra opening on this day: {hours}.")


class ClosedAlready(RuleError):
    message = N_("A closure from {first} to {last} is already entered. Change that one.")


class EndedBefore(RuleError):
    message = N_("These hours end on {day}. Choose an earlier day.")


@usecase(N_("Opening hours of {point} added"))
def add_rules(
    tx: Tx, access_point_id: str, *, weekdays: Sequence[int], opens: time, closes: time,
    valid_from: date | None = None, valid_to: date | None = None,
) -> tuple[str, ...]:  # fmt: skip
    """The same hours on one or more weekdays (1 is Monday); gives the ids of the rules.

    `closes` 00:00 is the end of the day; `valid_to` is the last day, None: until further notice.

    Raises:
        Required: no weekday.
        EndsBeforeStart, LastDayBeforeFirst, BadWeekday.
        HoursOverlap: another rule holds at the same time.
    """
    if not weekdays:
        raise Required("weekdays")
    _about(tx, access_point_id)
    slots = [WeeklySlot(day, opens, closes, valid_from, valid_to) for day in sorted(set(weekdays))]
    _check_overlap(tx, access_point_id, slots)
    return tuple(tx.add(_rule(access_point_id, slot)).id for slot in slots)


@usecase(N_("Opening hours of {point} corrected"))
def change_rule(
    tx: Tx, rule_id: str, version: int, *, weekday: int, opens: time, closes: time, valid_from: date | None,
    valid_to: date | None,
) -> None:  # fmt: skip
    """Corrects a rule for its whole time, past days included; see `change_rule_from` for new hours from a day on.

    Raises:
        EndsBeforeStart, LastDayBeforeFirst, BadWeekday, HoursOverlap, Stale.
    """
    rule = tx.get(OpeningRule, rule_id, version)
    _about(tx, rule.access_point_id)
    slot = WeeklySlot(weekday, opens, closes, valid_from, valid_to)
    _check_overlap(tx, rule.access_point_id, [slot], without=rule_id)
    _put(rule, slot)


@usecase(N_("Opening hours of {point} changed from {day}"))
def change_rule_from(
    tx: Tx, rule_id: str, version: int, *, starts_on: date, weekday: int, opens: time, closes: time,
    valid_to: date | None = None,
) -> str:  # fmt: skip
    """New hours from a day on: the rule ends the day before and another one begins; gives the id of the new one.

    A rule that would not have a single day left is changed itself.

    Raises:
        EndedBefore: the rule ends before `starts_on`.
        EndsBeforeStart, LastDayBeforeFirst, BadWeekday, HoursOverlap, Stale.
    """
    rule = tx.get(OpeningRule, rule_id, version)
    _about(tx, rule.access_point_id)
    tx.describe(day=starts_on)
    if rule.valid_to and rule.valid_to < starts_on:
        raise EndedBefore("starts_on", day=rule.valid_to)
    slot = WeeklySlot(weekday, opens, closes, starts_on, valid_to)
    _check_overlap(tx, rule.access_point_id, [slot], without=rule_id)
    if rule.valid_from and rule.valid_from >= starts_on:
        _put(rule, slot)
        return rule.id
    rule.valid_to = starts_on - _DAY
    return tx.add(_rule(rule.access_point_id, slot)).id


@usecase(N_("Opening hours of {point} removed"))
def remove_rule(tx: Tx, rule_id: str, version: int) -> None:
    """Takes a rule away altogether, as if it had never been entered; to end it, give it a last day.

    Raises:
        Stale.
    """
    rule = tx.get(OpeningRule, rule_id, version)
    _about(tx, rule.access_point_id)
    tx.bin(rule)


@usecase(N_("Extra opening of {day} added"))
def add_extra(tx: Tx, access_point_id: str, *, day: date, opens: time, closes: time, reason: str | None = None) -> str:
    """An opening of one day beside the weekly hours, also on a holiday or in a closure; gives its id.

    Raises:
        EndsBeforeStart, ExtraOverlaps.
    """
    tx.get(AccessPoint, access_point_id)
    _check_extra(tx, access_point_id, rules.ExtraOpening(day, opens, closes))
    tx.describe(day=day)
    return tx.add(ExtraOpening(access_point_id=access_point_id, day=day, opens=opens, closes=closes,
                               reason=reason or None)).id  # fmt: skip


@usecase(N_("Extra opening of {day} changed"))
def change_extra(
    tx: Tx, extra_id: str, version: int, *, day: date, opens: time, closes: time, reason: str | None
) -> None:
    """Changes an extra opening.

    Raises:
        EndsBeforeStart, ExtraOverlaps, Stale.
    """
    extra = tx.get(ExtraOpening, extra_id, version)
    _check_extra(tx, extra.access_point_id, rules.ExtraOpening(day, opens, closes), without=extra_id)
    tx.describe(day=day)
    extra.day, extra.opens, extra.closes, extra.reason = day, opens, closes, reason or None


@usecase(N_("Extra opening of {day} removed"))
def remove_extra(tx: Tx, extra_id: str, version: int) -> None:
    """Takes an extra opening away.

    Raises:
        Stale.
    """
    extra = tx.get(ExtraOpening, extra_id, version)
    tx.describe(day=extra.day)
    tx.bin(extra)


@usecase(N_("Closure from {first} added"))
def add_closure(
    tx: Tx, *, first_day: date, last_day: date, access_point_id: str | None = None, reason: str | None = None
) -> str:
    """Days without opening (both included), of one access point or (None) of the whole centre; gives the id.

    Raises:
        LastDayBeforeFirst.
        ClosedAlready: some of the days are closed already by an entry for the same place.
    """
    if access_point_id:
        tx.get(AccessPoint, access_point_id)
    _check_closure(tx, access_point_id, first_day, last_day)
    tx.describe(first=first_day)
    return tx.add(Closure(access_point_id=access_point_id, first_day=first_day, last_day=last_day,
                          reason=reason or None)).id  # fmt: skip


@usecase(N_("Closure from {first} changed"))
def change_closure(
    tx: Tx, closure_id: str, version: int, *, first_day: date, last_day: date, access_point_id: str | None,
    reason: str | None,
) -> None:  # fmt: skip
    """Changes a closure.

    Raises:
        LastDayBeforeFirst, ClosedAlready, Stale.
    """
    closure = tx.get(Closure, closure_id, version)
    if access_point_id:
        tx.get(AccessPoint, access_point_id)
    _check_closure(tx, access_point_id, first_day, last_day, without=closure_id)
    tx.describe(first=first_day)
    closure.first_day, closure.last_day, closure.reason = first_day, last_day, reason or None
    closure.access_point_id = access_point_id


@usecase(N_("Closure from {first} removed"))
def remove_closure(tx: Tx, closure_id: str, version: int) -> None:
    """Takes a closure away: the weekly hours hold again.

    Raises:
        Stale.
    """
    closure = tx.get(Closure, closure_id, version)
    tx.describe(first=closure.first_day)
    tx.bin(closure)


def _about(tx: Tx, access_point_id: str) -> None:
    """Notes the name of the place for the label of the step."""
    tx.describe(point=tx.get(AccessPoint, access_point_id).name)


def _rule(access_point_id: str, slot: WeeklySlot) -> OpeningRule:
    rule = OpeningRule(access_point_id=access_point_id)
    _put(rule, slot)
    return rule


def _put(rule: OpeningRule, slot: WeeklySlot) -> None:
    """Takes the values over; what a source said of other hours does not back them any more."""
    values = (slot.weekday, slot.opens, slot.closes, slot.valid_from, slot.valid_to)
    rule.weekday, rule.opens, rule.closes, rule.valid_from, rule.valid_to = values
    rule.source = rule.inferred = None


def _slot(rule: OpeningRule) -> WeeklySlot:
    return WeeklySlot(rule.weekday, rule.opens, rule.closes, rule.valid_from, rule.valid_to)


def _check_overlap(tx: Tx, access_point_id: str, slots: Sequence[WeeklySlot], without: str | None = None) -> None:
    """Raises HoursOverlap: one of the slots is open at the same time as another rule of the point."""
    from famdesk.i18n import formats

    others = tx.all(OpeningRule, OpeningRule.access_point_id == access_point_id)
    for other in (rule for rule in others if rule.id != without):
        for slot in slots:
            if rules.overlaps([slot, _slot(other)]):
                raise HoursOverlap("opens", weekday=formats.weekday(other.weekday),
                                   hours=formats.time_range(other.opens, other.closes))  # fmt: skip


def _check_extra(tx: Tx, access_point_id: str, new: rules.ExtraOpening, without: str | None = None) -> None:
    """Raises ExtraOverlaps: another extra opening of the point shares hours with the new one."""
    from famdesk.i18n import formats

    same_day = tx.all(ExtraOpening, ExtraOpening.access_point_id == access_point_id, ExtraOpening.day == new.day)
    for other in same_day:
        pair = [WeeklySlot(1, one.opens, one.closes) for one in (new, other)]
        if other.id != without and rules.overlaps(pair):
            raise ExtraOverlaps("opens", hours=formats.time_range(other.opens, other.closes))


def _check_closure(tx: Tx, access_point_id: str | None, first: date, last: date, without: str | None = None) -> None:
    """Raises LastDayBeforeFirst, ClosedAlready."""
    if last < first:
        raise rules.LastDayBeforeFirst("last_day")
    for other in tx.all(Closure, Closure.first_day <= last, Closure.last_day >= first):
        if other.id != without and other.access_point_id == access_point_id:
            raise ClosedAlready("first_day", first=other.first_day, last=other.last_day)
