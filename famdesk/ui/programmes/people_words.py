"""How those who are enrolled read: lines by state, what has to be minded of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from famdesk.domain.codes import ENROLMENT_STATES, label
from famdesk.domain.programmes.enrolment import CHILD_CARE
from famdesk.i18n import _, formats, ngettext
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.lines import Line
from famdesk.usecases.programmes.programmes_rows import EnrolmentRow, InitiativeDetail


def lines(detail: InitiativeDetail) -> Iterator[Line]:
    """Everybody under the heading of the state; those who wait with their place in the list."""
    if detail.participants is None:
        return
    came = Counter(row.enrolment_id for row in detail.participants.attendance if row.present)
    days = {row.id: row.day for row in detail.meetings}
    state = ""
    for row in detail.participants.enrolments:
        if row.state != state:
            state = row.state
            yield Line(f"state:{state}", _heading(detail, state), header=True)
        day = days.get(row.meeting_id or "")
        yield _person_line(row, came[row.id], formats.date_short(day) if day else "")


def _heading(detail: InitiativeDetail, state: str) -> str:
    if state == "enrolled":
        return _enrolled_heading(detail)
    if state == "waiting":
        return _("Waiting list: {n}").format(n=detail.row.waiting)
    return label(ENROLMENT_STATES, state)


def _enrolled_heading(detail: InitiativeDetail) -> str:
    row = detail.row
    if row.capacity is None:
        return _("Enrolled: {n}").format(n=row.enrolled)
    return _("Enrolled: {n} of {places}").format(n=row.enrolled, places=row.capacity)


def _person_line(row: EnrolmentRow, came: int, day: str) -> Line:
    since = _("since {day}").format(day=formats.date_short(row.enrolled_on))
    times = ngettext("present {n} time", "present {n} times", came).format(n=came) if came else ""
    waiting = row.state == "waiting"
    if row.state == "offered" and row.offered_until is not None:
        since = _("until {moment}").format(moment=formats.moment(row.offered_until))
    trail = " · ".join(text for text in (times, since) if text)
    badge, meaning = _badge(row)
    return Line(
        row.id, row.name or _("taken"), detail=" · ".join(_minded(row, day)), trail=trail, badge=badge,
        meaning=meaning, tag=str(row.waits_as) if waiting else "", tag_meaning=Meaning.WARNING if waiting else None,
    )  # fmt: skip


def _badge(row: EnrolmentRow) -> tuple[str, Meaning | None]:
    if row.allergies:
        return _("Allergies"), Meaning.WARNING
    if row.photo_release is False:
        return _("No photos"), Meaning.CLOSED
    return "", None


def _minded(row: EnrolmentRow, day: str) -> Iterator[str]:
    """What is to be minded of somebody, in a few words each."""
    if row.part == CHILD_CARE:
        yield _("looked after meanwhile")
    if row.walk_in:
        yield _("came without being enrolled")
    if row.meeting_id and day:
        yield _("only {day}").format(day=day)
    yield from _of_child(row)
    if row.mismatch_reason:
        yield _("all the same: {reason}").format(reason=row.mismatch_reason)
    if row.picked_reason:
        yield _("before others: {reason}").format(reason=row.picked_reason)
    yield from filter(None, (row.body, row.note))


def _of_child(row: EnrolmentRow) -> Iterator[str]:
    if row.allergies:
        yield _("Allergies: {what}").format(what=row.allergies)
    if row.photo_release is False and row.allergies:
        yield _("no photos")
    collects = [*([row.pick_up] if row.pick_up else []), *row.collects]
    if collects:
        yield _("collected by {names}").format(names=formats.list_text(collects))
