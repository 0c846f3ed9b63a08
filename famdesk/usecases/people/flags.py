"""What makes a person vulnerable: marks with a review date. Sensitive ones are not for everybody; none prints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from famdesk.data.tables.people import Person
from famdesk.data.tables.person_details import Flag
from famdesk.data.tx import Tx
from famdesk.domain import codes
from famdesk.domain.errors import Forbidden, NotFound, RuleError, TextTooLong
from famdesk.domain.people.person_details import FLAG_KINDS
from famdesk.domain.staff import rights
from famdesk.i18n import N_, _, formats
from famdesk.usecases.people.person_names import labels
from famdesk.usecases.people.person_rows import FileBadge
from famdesk.usecases.registry import query, usecase

LONGEST_NOTE = 2_000


class UnknownFlag(RuleError):
    message = N_("Choose what is to be minded.")


class SinceInFuture(RuleError):
    message = N_("Since when? Not later than today.")


class ReviewPast(RuleError):
    message = N_("The day of the review lies in the past.")


@dataclass(frozen=True, slots=True)
class FlagRow:
    """A mark. `review_due`: its review date has come, it may no longer hold."""

    id: str
    version: int
    kind: str
    sensitive: bool
    since: date | None
    review_on: date | None
    review_due: bool
    note: str | None


@query
def flags(tx: Tx, person_id: str) -> tuple[FlagRow, ...]:
    """The marks of a person that this colleague may see, those to be reviewed first.

    Raises:
        NotFound.
    """
    return _rows(tx, tx.get(Person, person_id).id)


@query
def sensitive_flags(tx: Tx, person_id: str) -> tuple[FlagRow, ...]:
    """The sensitive marks alone: its row in the rights table says who may see and set them at all.

    Raises:
        NotFound.
    """
    return tuple(row for row in _rows(tx, tx.get(Person, person_id).id) if row.sensitive)


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A mark (`kind`, a code; "" for a sensitive one, which no list names) of a person, to be reviewed by a day."""

    person_id: str
    label: str
    kind: str
    review_on: date


@usecase(N_("Something to be minded added"))
def add_flag(
    tx: Tx, person_id: str, kind: str, *, sensitive: bool = False, since: date | None = None,
    review_on: date | None = None, note: str | None = None,
) -> str:  # fmt: skip
    """Marks a person; gives the id.

    Raises:
        UnknownFlag, SinceInFuture, ReviewPast, TextTooLong, NotFound.
        Forbidden: sensitive marks are not for this role.
    """
    flag = Flag(person_id=tx.get(Person, person_id).id, kind="", sensitive=False)
    _fill(tx, flag, kind, sensitive, since, review_on, note)
    return tx.add(flag).id


@usecase(N_("Something to be minded changed"))
def change_flag(
    tx: Tx, flag_id: str, version: int, kind: str, *, sensitive: bool, since: date | None, review_on: date | None,
    note: str | None,
) -> None:  # fmt: skip
    """Changes a mark.

    Raises:
        UnknownFlag, SinceInFuture, ReviewPast, TextTooLong, NotFound, Stale, Forbidden.
    """
    _fill(tx, _get(tx, flag_id, version), kind, sensitive, since, review_on, note)


@usecase(N_("Something to be minded removed"))
def remove_flag(tx: Tx, flag_id: str, version: int) -> None:
    """Takes a mark away; it goes into the bin.

    Raises:
        NotFound, Stale.
    """
    tx.bin(_get(tx, flag_id, version))


@query
def reviews(tx: Tx) -> tuple[ReviewRow, ...]:
    """The marks whose review date has come, the oldest first; of persons and sensitive marks only those that one may
    know."""
    due = [flag for flag in tx.all(Flag, Flag.review_on <= tx.today()) if _shown(tx, flag)]
    names = labels(tx, {flag.person_id for flag in due})
    rows = [ReviewRow(one.person_id, names[one.person_id], "" if one.sensitive else one.kind, one.review_on)
            for one in due if one.person_id in names and one.review_on is not None]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (row.review_on, row.label, not row.kind)))


def _shown(tx: Tx, flag: Flag) -> bool:
    return not flag.sensitive or may_see_sensitive(tx.actor.role)


def may_see_sensitive(role: str) -> bool:
    """Whether sensitive marks exist for a role."""
    return bool(rights.cell(sensitive_flags.name, role))


def file_badges(tx: Tx, person: Person) -> Iterable[FileBadge]:
    """The marks as words for the identity strip: what is overdue says so, what is sensitive has a lock."""
    for row in _rows(tx, person.id):
        words = codes.label(FLAG_KINDS, row.kind)
        if row.review_due and row.review_on is not None:
            # Translators: a mark such as "Housing emergency" whose review date has come
            words = _("{what}, to be reviewed since {day}").format(what=words, day=formats.date_num(row.review_on))
        yield FileBadge("flag", words, "lock" if row.sensitive else "triangle-alert", "warning")


def _rows(tx: Tx, person_id: str) -> tuple[FlagRow, ...]:
    shown = may_see_sensitive(tx.actor.role)
    order = codes.codes(FLAG_KINDS)
    found = [flag for flag in tx.all(Flag, Flag.person_id == person_id) if shown or not flag.sensitive]
    rows = [
        FlagRow(one.id, one.version, one.kind, one.sensitive, one.since, one.review_on,
                one.review_on is not None and one.review_on <= tx.today(), one.note)
        for one in found
    ]  # fmt: skip
    known = {kind: place for place, kind in enumerate(order)}
    return tuple(sorted(rows, key=lambda row: (not row.review_due, known.get(row.kind, len(order)), row.id)))


def _get(tx: Tx, flag_id: str, version: int) -> Flag:
    """A mark that this colleague may see; a sensitive one does not exist for the others."""
    found = tx.find(Flag, flag_id)
    if found is None or (found.sensitive and not may_see_sensitive(tx.actor.role)):
        raise NotFound
    return tx.get(Flag, flag_id, version)


def _fill(
    tx: Tx, flag: Flag, kind: str, sensitive: bool, since: date | None, review_on: date | None, note: str | None
) -> None:
    if kind not in codes.codes(FLAG_KINDS):
        raise UnknownFlag("kind")
    if sensitive and not may_see_sensitive(tx.actor.role):
        raise Forbidden(who=rights.roles_for(sensitive_flags.name))
    if since is not None and since > tx.today():
        raise SinceInFuture("since")
    if review_on is not None and review_on < tx.today() and review_on != flag.review_on:
        raise ReviewPast("review_on")
    note = (note or "").strip() or None
    if note and len(note) > LONGEST_NOTE:
        raise TextTooLong("note", limit=LONGEST_NOTE)
    flag.kind, flag.sensitive, flag.since, flag.review_on, flag.note = kind, sensitive, since, review_on, note
