"""Words of calls for applications: lines of the list, facts of the heading, sentences about equal points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from famdesk.domain import codes
from famdesk.domain.centre import profile_codes
from famdesk.domain.programmes import calls
from famdesk.domain.programmes.calls import Ranked
from famdesk.i18n import _, formats, ngettext
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.lines import Line
from famdesk.ui.programmes.words import source_note
from famdesk.usecases.calls.call_rows import ApplicationRow, CallDetail, CallRow, CriterionRow

STATE_MEANINGS = {
    "preparation": Meaning.CLOSED,
    "open": Meaning.OPEN,
    "judging": Meaning.WARNING,
    "decided": Meaning.BUSY,
}
APPLICATION_MEANINGS = {
    "received": Meaning.BUSY,
    "asked": Meaning.WARNING,
    "admitted": Meaning.OPEN,
    "excluded": Meaning.CONFLICT,
    "withdrawn": Meaning.CLOSED,
    "funded": Meaning.OPEN,
    "eligible": Meaning.WARNING,
    "unfit": Meaning.CONFLICT,
}


def list_lines(rows: Sequence[CallRow]) -> list[Line]:
    """The calls under their states."""
    found: list[Line] = []
    for state, label in codes.labels(calls.CALL_STATES):
        group = [row for row in rows if row.state == state]
        if group:
            found.append(Line(f"state:{state}", label, header=True))
            found += [_line(row) for row in group]
    return found


def _line(row: CallRow) -> Line:
    kind = codes.label(profile_codes.CALL_KINDS, row.kind)
    received = ""
    if row.received:
        received = ngettext("{n} application", "{n} applications", row.received).format(n=formats.number(row.received))
    detail = " · ".join(part for part in (kind, row.issuer or "", received) if part)
    trail = formats.date_num(row.deadline.date()) if row.deadline else ""
    return Line(row.id, row.name, detail=detail, trail=trail, icon="file-text")


def end_text(row: CallRow) -> str:
    """When the call ends, to the minute, or in the words of the source."""
    if row.deadline is None:
        return row.deadline_text or _("The end is still to be set.")
    day, hour = formats.date_full(row.deadline.date()), formats.time_text(row.deadline.time())
    # Translators: the end of a call for applications
    return _("Until {day}, {hour}").format(day=day, hour=hour)


def countdown(detail: CallDetail, now: int) -> tuple[str, Meaning]:
    """How long the call still runs at a stamp of the clock that counts, "" if it has no end or is decided."""
    deadline = detail.row.deadline
    if deadline is None or detail.row.state == "decided" or detail.row.outcome:
        return "", Meaning.CLOSED
    left = calls.left(now, deadline, detail.zone)
    soon = not left.over and left.days < 2
    return calls.left_text(left), Meaning.CLOSED if left.over else Meaning.WARNING if soon else Meaning.OPEN


def facts(detail: CallDetail) -> Iterator[str]:
    """What is known of a call, one sentence each."""
    values = detail.values
    if values.opens:
        yield _("Opens {moment}").format(moment=formats.moment(values.opens))
    if detail.row.issuer:
        yield _("By {body}").format(body=detail.row.issuer)
    if values.seats is not None:
        yield ngettext("{n} is accepted", "{n} are accepted", values.seats).format(n=formats.number(values.seats))
    if values.amount_cents is not None:
        yield _("{amount} in all").format(amount=formats.money(values.amount_cents))
    if values.min_points is not None:
        yield _("At least {points} points").format(points=calls.points_text(values.min_points))
    if detail.row.outcome:
        yield codes.label(profile_codes.CALL_OUTCOMES, detail.row.outcome)


def why_not_received(detail: CallDetail) -> str:
    """Why no application can be received now."""
    if detail.row.state == "decided":
        return _("The ranking is fixed: to receive another application, open it again.")
    if not detail.may_receive:
        return _("Applications to this call are received by other colleagues.")
    return _("This call is in preparation: to receive applications set its state to “Open for applications” with "
             "“Change”.")  # fmt: skip


def source_text(detail: CallDetail) -> str:
    """Where the call comes from, and what was concluded."""
    return source_note(detail.source, detail.inferred)


def checklist(detail: CallDetail) -> str:
    """The documents, those that are not needed in brackets."""
    names = [row.name if row.required else _("({name})").format(name=row.name) for row in detail.documents]
    return formats.list_text(names) if names else _("No list of documents yet.")


def criteria(detail: CallDetail) -> str:
    """The criteria with their points."""
    told = " · ".join(_criterion(row) for row in detail.criteria)
    return told or _("No criteria: the order of arrival counts.")


def _criterion(row: CriterionRow) -> str:
    most = calls.points_text(row.max_points)
    if row.min_points is None:
        return _("{criterion}: at most {points}").format(criterion=row.name, points=most)
    # Translators: points that can be had for a criterion of a call
    told = _("{criterion}: from {least} to {points}")
    return told.format(criterion=row.name, least=calls.points_text(row.min_points), points=most)


def ranking_note(detail: CallDetail) -> str:
    """What keeps the ranking from being fixed, and who has equal points."""
    from famdesk.sheets.programmes.application_list import tie_sentences

    if detail.row.state == "decided":
        return _("The ranking is fixed.")
    told = []
    unchecked = [row for row in detail.applications or () if row.state in calls.UNCHECKED]
    if unchecked:
        count = len(unchecked)
        told.append(ngettext("{n} application is not checked yet.", "{n} applications are not checked yet.", count)
                    .format(n=formats.number(count)))  # fmt: skip
    lacking = sum(one.outcome == "open" for one in detail.ranking)
    if lacking:
        told.append(ngettext("{n} application lacks points.", "{n} applications lack points.", lacking)
                    .format(n=formats.number(lacking)))  # fmt: skip
    return " ".join([*told, *tie_sentences(detail.ranking)])


def documents_text(row: ApplicationRow) -> str:
    """How many documents are there, of how many."""
    there = sum(one.state == "present" for one in row.documents)
    return f"{there}/{len(row.documents)}" if row.documents else ""


def place_text(place: Ranked) -> str:
    """The rank, with a mark for equal points."""
    if place.rank is None:
        return "–"
    return f"{place.rank} =" if place.tied else str(place.rank)
