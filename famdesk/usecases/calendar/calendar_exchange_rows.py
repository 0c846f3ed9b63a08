"""Events of a calendar file beside what the calendar has of them: which rows are new, which change, and how."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Text, Uuid, cast, column, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from famdesk.data.base import WallTime
from famdesk.data.tables.calendar import Appointment, Series
from famdesk.data.tables.programmes import Meeting
from famdesk.data.tx import Tx
from famdesk.domain import codes
from famdesk.domain.calendar import recurrence
from famdesk.domain.calendar.calendar import OCCUPYING
from famdesk.domain.calendar.calendar_file import CANCELLED, FileEvent, Occurrence
from famdesk.domain.errors import RuleError
from famdesk.usecases.calendar.series import add_rows
from famdesk.usecases.calendar.taken import present
from famdesk.usecases.calendar.unsaid import kept_by_server

FEW = 500
KINDS = ("other", "absence")
"""What an event of another program can become."""
LONGEST_LABEL = 200
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
OPEN = ("planned", "confirmed", "skipped")
"""States of dates that a change in the file reaches; what took place or was cancelled here stays."""
PASSING = ("DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE")
"""Properties that other programs write anew although nothing has changed."""
OURS = "@famdesk"


@dataclass(frozen=True, slots=True)
class Target:
    """What the events become and whose they are: `kind` is a code of appointments, the others ids or None."""

    kind: str = "other"
    staff_id: str | None = None
    room_id: str | None = None
    access_point_id: str | None = None


@dataclass(slots=True)
class Known:
    """What the calendar has of the UIDs of a file; `closed`: who imports may not change it; `ours`: comes from here;
    `attended`: the ids of dates at which a person is received here; `unseen`: the starts by their rule of dates of a
    series that who imports may not know, and that are left alone."""

    single: dict[str, Appointment] = field(default_factory=dict)
    series: dict[str, Series] = field(default_factory=dict)
    dates: dict[str, list[Appointment]] = field(default_factory=dict)
    ours: set[str] = field(default_factory=set)
    closed: set[str] = field(default_factory=set)
    attended: set[str] = field(default_factory=set)
    unseen: dict[str, set[datetime]] = field(default_factory=dict)


@dataclass(slots=True)
class Change:
    """A date that is added (`record` None) or changed: the values of its columns."""

    values: dict[str, Any]
    record: Appointment | None = None

    def _value(self, name: str) -> Any:
        return self.values[name] if name in self.values else getattr(self.record, name, None)

    @property
    def starts(self) -> datetime:
        found: datetime = self._value("starts")
        return found

    @property
    def ends(self) -> datetime:
        found: datetime = self._value("ends")
        return found

    @property
    def staff_id(self) -> str | None:
        found: str | None = self._value("staff_id")
        return found

    @property
    def room_id(self) -> str | None:
        found: str | None = self._value("room_id")
        return found

    @property
    def subjects(self) -> frozenset[str]:
        return frozenset(one for one in (self.staff_id, self.room_id) if one)

    @property
    def key(self) -> str:
        return self.record.id if self.record is not None else ""

    @property
    def occupies(self) -> bool:
        """Whether it takes a time that it has not taken before."""
        timed = self.record is None or {"starts", "ends", "state"} & self.values.keys()
        return bool(timed) and self._value("state") in OCCUPYING


@dataclass(slots=True)
class Work:
    """What is to be done for an event: the series that is made or changed, and the dates."""

    rows: list[Change]
    new: bool
    series: Series | None = None
    series_values: dict[str, Any] | None = None


def known(tx: Tx, uids: Iterable[str]) -> Known:
    """What is there of these UIDs, as far as the person who acts may touch it."""
    found = Known()
    wanted = list(dict.fromkeys(uids))
    for start in range(0, len(wanted), FEW):
        _look_up(tx, wanted[start : start + FEW], found)
    by_id = {one.id: uid for uid, one in found.series.items()}
    ids = list(by_id)
    for start in range(0, len(ids), FEW):
        for row in tx.all(Appointment, Appointment.series_id.in_(ids[start : start + FEW])):
            found.dates.setdefault(by_id[row.series_id or ""], []).append(row)
    _unseen(tx, found, by_id, wanted)
    rows = [*found.single.values(), *(row for rows in found.dates.values() for row in rows)]
    found.attended = {row.id for row in rows if row.person_id} | present(tx, [row.id for row in rows]).keys()
    return found


def _unseen(tx: Tx, found: Known, by_id: Mapping[str, str], uids: list[str]) -> None:
    """Notes what is there and may not be known: those dates are neither added once more nor changed."""
    if tx.session.get_bind().dialect.name == "postgresql":
        columns: tuple[Any, ...] = (
            column("series_id", Uuid(as_uuid=False)),
            column("original", WallTime()),
            column("uid"),
        )
        told = func.fd_unseen_dates(cast(list(by_id), ARRAY(Uuid)), cast(uids, ARRAY(Text))).table_valued(*columns)
        rows = tx.rows(select(told))
        found.closed |= {row.uid for row in rows if row.uid}
        news = [(row.series_id, row.original) for row in rows if row.series_id]
    else:
        date_, known = Appointment, {row.id for rows in found.dates.values() for row in rows}
        news = []
        for start in range(0, len(by_id), FEW):
            some = date_.series_id.in_(list(by_id)[start : start + FEW])
            rows = tx.rows(select(date_.id, date_.series_id, date_.original, date_.starts)
                           .where(some, date_.deleted_at.is_(None)))  # fmt: skip
            news += [(row.series_id, row.original or row.starts) for row in rows if row.id not in known]
    for series_id, original in news:
        if series_id in by_id:
            found.unseen.setdefault(by_id[series_id], set()).add(original)


def _look_up(tx: Tx, uids: list[str], found: Known) -> None:
    kinds: tuple[type[Appointment | Series], ...] = (Appointment, Series)
    for kind in kinds:
        there = tx.rows(select(kind.uid).where(kind.uid.in_(uids), kind.deleted_at.is_(None),
                                               kind.centre_id == tx.centre_id))  # fmt: skip
        mine: dict[str, Any] = {str(one.uid): one for one in tx.all(kind, kind.uid.in_(uids))}
        found.closed |= {row.uid for row in there} - mine.keys()
        target: dict[str, Any] = found.single if kind is Appointment else found.series
        target.update(mine)
    own = {uid.removesuffix(OURS): uid for uid in uids if uid.endswith(OURS) and len(uid) == 36 + len(OURS)}
    for given_out in (*kinds, Meeting):
        rows = tx.rows(select(given_out.id).where(given_out.id.in_(_ids(own)), given_out.deleted_at.is_(None)))
        found.ours |= {own[row.id] for row in rows}


def _ids(texts: Iterable[str]) -> list[str]:
    """Those texts that have the form of an id."""
    from uuid import UUID

    found = []
    for text in texts:
        try:
            if str(UUID(text)) == text:
                found.append(text)
        except ValueError:
            continue
    return found


def work(event: FileEvent, there: Known, target: Target) -> Work | None:
    """What an event asks for; None if nothing."""
    if event.uid in there.ours:  # it went out from here: here is where it is changed
        return None
    series, single = there.series.get(event.uid), there.single.get(event.uid)
    if series is None and single is None:
        return _new(event, target)
    rows = there.dates.get(event.uid, []) if series is not None else [single] if single is not None else []
    if _same(event, series, rows, there.unseen.get(event.uid, set())):
        return None
    changes = _changes(event, rows, target, there)
    values = _series_values(event) if series is not None or event.repeats else None
    if series is not None and values is not None:
        values = {name: value for name, value in values.items() if getattr(series, name) != value} or None
    if single is not None and not event.repeats and series is None:
        text = event.told.source
        if single.source_text != text and not any(change.record is single for change in changes):
            changes.append(Change({"source_text": text}, single))
    if not changes and values is None:
        return None
    return Work(changes, False, series, values)


def _new(event: FileEvent, target: Target) -> Work:
    common = {"kind": target.kind, "access_point_id": target.access_point_id}
    rows = []
    for one in once(event):
        values = {**common, **_values(one), "state": _state(one)}
        values["original"] = one.original if event.repeats else None
        if not one.told.transparent:  # what takes nobody's time takes no colleague and no room
            values.update(staff_id=target.staff_id, room_id=target.room_id)
        if not event.repeats:
            values.update(uid=event.uid, source_text=event.told.source)
        rows.append(Change(values))
    return Work(rows, True, None, _series_values(event) if event.repeats else None)


def once(event: FileEvent) -> list[Occurrence]:
    """Its dates, each start of the rule once."""
    found: dict[datetime, Occurrence] = {}
    for one in event.dates:
        key = minute(one.original)
        if key not in found or one.apart:
            found[key] = one
    return list(found.values())


def _state(one: Occurrence) -> str:
    return "skipped" if one.told.status == CANCELLED else "planned"


def minute(moment: datetime) -> datetime:
    """A time as it is kept."""
    return moment.replace(second=0, microsecond=0)


def _label(summary: str) -> str | None:
    """The text beside the appointment. One without a text is given out under its kind, which comes back as none."""
    kinds = {codes.label(codes.APPOINTMENT_KINDS, kind) for kind in KINDS}
    return None if summary in kinds else summary[:LONGEST_LABEL] or None


def _values(one: Occurrence) -> dict[str, Any]:
    """The columns that a file decides about."""
    starts = recurrence.existing(minute(one.starts))
    ends = max(recurrence.existing(minute(one.ends)), starts + (DAY if one.all_day else MINUTE))
    told = one.told
    return {
        "starts": starts, "ends": ends, "all_day": one.all_day, "label": _label(told.summary),
        "where_text": told.location or None, "note": told.description or None,
        "source_text": told.source if one.apart else None,
    }  # fmt: skip


def _series_values(event: FileEvent) -> dict[str, Any]:
    rule = None
    if event.rule is not None:
        try:
            rule = recurrence.text(recurrence.parse(event.rule))
        except RuleError:  # a rule that FamDesk has no words for: its dates are there all the same
            rule = None
    whole_days = bool(event.dates) and event.dates[0].all_day
    minutes = max(DAY // MINUTE if whole_days else 1, (event.ends - event.starts) // MINUTE)
    return {
        "uid": event.uid,
        "rule": rule,
        "starts": minute(event.starts),
        "minutes": minutes,
        "source_text": event.told.source,
    }


def _same(event: FileEvent, series: Series | None, rows: list[Appointment], unseen: set[datetime]) -> bool:
    """Whether the file says of the event what it said when it was taken."""
    if series is None:
        return not event.repeats and len(rows) == 1 and _lasting(rows[0].source_text) == _lasting(event.told.source)
    if not event.repeats or _lasting(series.source_text) != _lasting(event.told.source):
        return False
    by_original = {row.original: row for row in rows}
    dates = once(event)
    for one in dates:
        row = by_original.get(minute(one.original))
        if row is None and minute(one.original) in unseen:
            continue
        if row is None or _lasting(row.source_text) != (_lasting(one.told.source) if one.apart else ""):
            return False
    originals = {minute(one.original) for one in dates}
    first = min(originals, default=datetime.max)
    rest = [row for row in rows if row.state != "skipped" and (row.original or row.starts) >= first]
    return all(row.original in originals for row in rest)


def _lasting(source: str | None) -> str:
    return "\n".join(line for line in (source or "").split("\n") if not line.upper().startswith(PASSING))


def _changes(event: FileEvent, rows: list[Appointment], target: Target, there: Known) -> list[Change]:
    """What has to change in the dates that are there, and those that have come in addition."""
    by_original = {row.original or row.starts: row for row in rows}
    alone = not event.repeats and len(rows) == 1
    like = rows[0] if rows else None
    found = []
    wanted: set[datetime] = set()
    for one in once(event):
        key = minute(one.original)
        wanted.add(key)
        row = rows[0] if alone else by_original.get(key)
        if row is None:
            if key not in there.unseen.get(event.uid, ()):
                found.append(Change(_added(one, target, like)))
            continue
        change = _changed(one, event, row) if row.id not in there.attended else {}
        if change:
            found.append(Change(change, row))
    first = min(wanted, default=datetime.max)
    for key, row in by_original.items():
        gone = not alone and key >= first and key not in wanted
        if gone and row.state in ("planned", "confirmed") and row.id not in there.attended:
            found.append(Change({"state": "skipped"}, row))
    return found


def _added(one: Occurrence, target: Target, like: Appointment | None) -> dict[str, Any]:
    links: Mapping[str, Any] = {
        name: getattr(like if like is not None else target, name)
        for name in ("kind", "staff_id", "room_id", "access_point_id")
    }
    return {**links, **_values(one), "state": _state(one), "original": minute(one.original)}


def _changed(one: Occurrence, event: FileEvent, row: Appointment) -> dict[str, Any]:
    if row.state not in OPEN:
        return {}
    values = _values(one)
    if not event.repeats:
        values["source_text"] = one.told.source
        if one.told.status == CANCELLED:
            values.update(state="cancelled", cancelled_by="centre")
    elif one.told.status == CANCELLED:
        values["state"] = "skipped"
    return {name: value for name, value in values.items() if getattr(row, name) != value}


def settle(row: Change, reason: str | None) -> None:
    """A date whose colleague or room is taken: booked with the reason, or struck out, or left as it was."""
    if reason is not None:
        row.values["overlap_reason"] = reason
    elif row.record is None:
        row.values["state"] = "skipped"
    else:
        for name in ("starts", "ends", "all_day", "state"):
            row.values.pop(name, None)


def put_down(tx: Tx, work: Work, last: date, asked: set[str | None]) -> int:
    """Saves what has to be done for an event; how many events that makes, 0 or 1. `asked`: colleagues for whom the
    rights have been asked for already, since an import may have ten thousand dates of one of them."""
    if work.series is None and work.series_values is None:
        return sum(_save(tx, row, asked) for row in work.rows)
    series = _series(work, last)
    if work.series is None and kept_by_server(tx):
        tx.add(series)
        tx.session.flush()  # or its dates were to be like each other, see the revision 0006
    added = []
    for row in work.rows:
        if row.record is None:
            added.append(Appointment(**row.values))
        else:
            _save(tx, row, asked)
            if row.record.series_id is None:  # it was a date of its own
                row.record.series_id, row.record.uid = series.id, None
                row.record.original = row.record.original or row.record.starts
    add_rows(tx, series, added)
    return 1


def _series(work: Work, last: date) -> Series:
    values = dict(work.series_values or {})
    rule = values.get("rule", work.series.rule if work.series is not None else None)
    endless = rule is not None and recurrence.parse(rule).endless
    if work.series is None:
        return Series(**values, made_until=last if endless else None)
    for name, value in values.items():
        setattr(work.series, name, value)
    wanted = (work.series.made_until or last) if endless else None
    if work.series.made_until != wanted:
        work.series.made_until = wanted
    return work.series


def _save(tx: Tx, row: Change, asked: set[str | None]) -> int:
    """A date of its own, or one that changes. A new one that would only be struck out is left out."""
    if row.record is not None:
        timed = {"starts", "ends"} & row.values.keys()
        if timed and "overlap_reason" not in row.values and row.record.overlap_reason is not None:
            row.record.overlap_reason = None
        for name, value in row.values.items():
            setattr(row.record, name, value)
        return int(bool(row.values))
    if row.values.get("state") == "skipped":
        return 0
    record = Appointment(**row.values)
    if row.staff_id in asked:
        record.centre_id = tx.centre_id
        tx.session.add(record)
    else:
        tx.add(record)
        asked.add(row.staff_id)
    return 1
