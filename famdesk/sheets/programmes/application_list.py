"""The applications for a call on paper: as they came, or by rank; with names, or with numbers only to be put up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from famdesk.domain import codes
from famdesk.domain.programmes import calls
from famdesk.domain.programmes.calls import Ranked
from famdesk.i18n import _, formats
from famdesk.sheets.paper.columns import Column, Row, TableSheet, build
from famdesk.sheets.paper.naming import naming
from famdesk.sheets.paper.page import Paper


@dataclass(frozen=True, slots=True)
class Applied:
    """An application. `received` is local wall time with milliseconds, `typed` why it was typed, "" if it was not.

    `channel` and `state` are codes; `reason` why it is out, "" if it is not; `cents` what it gets or asks for.
    """

    id: str
    number: int
    received: datetime
    applicant: str
    channel: str = "desk"
    reference: str = ""
    typed: str = ""
    late: bool = False
    state: str = "received"
    reason: str = ""
    points: int | None = None
    cents: int | None = None


@dataclass(frozen=True, slots=True)
class ApplicationList:
    """A call and what came in. `ended` says the end in words; `ranked`: in the order of the ranking, else as they came.

    `named`: with who applied, else with numbers only. `decided`: the ranking is fixed.
    """

    centre: str
    call: str
    ended: str
    applications: tuple[Applied, ...]
    ranking: tuple[Ranked, ...] = ()
    ranked: bool = False
    named: bool = True
    decided: bool = False
    printed: datetime | None = None


@naming
def render(content: ApplicationList) -> bytes:
    """The list as PDF (A4 lying) in the current language.

    Raises:
        DoesNotFit: a text is too long for its column.
        NotInFont: a character cannot be printed.
    """
    kind = _("Ranking") if content.ranked else _("Register of applications")
    warning = _("Contains personal data: keep it under lock.") if content.named else ""
    told = [f"{content.centre} · {content.call}", content.ended]
    if content.ranked:
        told.append(_("The ranking is fixed.") if content.decided else _("Draft: the ranking is not fixed yet."))
        told += tie_sentences(content.ranking)
    sheet = TableSheet(
        kind, tuple(told), _columns(content), _rows(content), _("No application came in."), content.printed, warning,
    )  # fmt: skip
    return build(sheet, kind, Paper.A4_LYING)


def tie_sentences(ranking: tuple[Ranked, ...]) -> list[str]:
    """A sentence for each group of equal points."""
    told = []
    for group in dict.fromkeys(tuple(sorted((one.number, *one.tied))) for one in ranking if one.tied):
        numbers = formats.list_text([formats.number(number) for number in group])
        told.append(_("Applications {numbers} have the same points.").format(numbers=numbers))
    return told


def _columns(content: ApplicationList) -> tuple[Column, ...]:
    first = Column(_("Rank"), 0.7) if content.ranked else Column(_("No."), 0.6)
    second = Column(_("No."), 0.6) if content.ranked else Column(_("Received"), 2.4)
    found = [first, second]
    if content.named:
        found.append(Column(_("Who applied"), 3.6))
    if not content.ranked:
        found.append(Column(_("How, and protocol"), 2.2))
    found += [Column(_("State"), 3.2), Column(_("Points"), 1.1, right=True)]
    if content.ranked:
        found.append(Column(_("Amount"), 1.5, right=True))
    return tuple(found)


def _rows(content: ApplicationList) -> tuple[Row, ...]:
    if not content.ranked:
        return tuple(Row(_register_row(content, one)) for one in content.applications)
    known = {one.id: one for one in content.applications}
    placed = [(known[one.id], one) for one in content.ranking if one.id in known]
    ranked = {one.id for one in content.ranking}
    rows = [Row(_ranked_row(content, *pair), strong=pair[1].outcome == "funded") for pair in placed]
    rest = [one for one in content.applications if one.id not in ranked]
    return (*rows, *(Row(_ranked_row(content, one, None)) for one in rest))


def _register_row(content: ApplicationList, one: Applied) -> tuple[str, ...]:
    stamp = calls.moment_text(one.received)
    if one.late:
        # Translators: after the moment at which an application came
        stamp = f"{stamp}\n{_('late')}"
    if one.typed:
        stamp = f"{stamp}\n{_('typed: {reason}').format(reason=one.typed)}"
    channel = codes.label(calls.APPLICATION_CHANNELS, one.channel)
    how = " · ".join(part for part in (channel, one.reference) if part)
    who = (one.applicant,) if content.named else ()
    return (formats.number(one.number), stamp, *who, how, _state(content, one), _points(one.points))


def _ranked_row(content: ApplicationList, one: Applied, place: Ranked | None) -> tuple[str, ...]:
    rank = formats.number(place.rank) if place and place.rank else "–"
    if place and place.tied and not content.decided:
        rank = f"{rank} ="
    who = (one.applicant,) if content.named else ()
    state = _state(content, one, place)
    points = _points(place.points if place else one.points)
    return (
        rank,
        formats.number(one.number),
        *who,
        state,
        points,
        formats.money(one.cents) if one.cents is not None else "",
    )


def _points(points: int | None) -> str:
    return "" if points is None else calls.points_text(points)


def _state(content: ApplicationList, one: Applied, place: Ranked | None = None) -> str:
    """The state, what a draft of the ranking would make of it, and why somebody is out."""
    code = place.outcome if place and place.outcome in calls.JUDGED else one.state
    state = codes.label(calls.APPLICATION_STATES, code)
    if place and place.outcome == "tie":
        state = _("Equal points at the last place")
    told = one.reason if content.named else ""
    return f"{state}: {told}" if told else state
