"""The summary of a cycle: its meetings, how many came, the hours of those who worked, and what people said of it.

It names nobody who took part. Answers of few are not told (`domain.suppression`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from famdesk.domain.consent.suppression import DEFAULT
from famdesk.domain.programmes import feedback
from famdesk.i18n import _, formats, ngettext
from famdesk.sheets.paper import columns
from famdesk.sheets.paper.columns import Column, Row, TableSheet, build
from famdesk.sheets.paper.faces import face
from famdesk.sheets.paper.layout import Block
from famdesk.sheets.paper.naming import naming
from famdesk.sheets.paper.page import Pen
from famdesk.sheets.paper.style import BODY, HAIRLINE, PRIMARY, SECOND, SMALL, Style
from famdesk.sheets.paper.text import Lines, wrap
from famdesk.sheets.programmes.certificate import hours_text
from famdesk.usecases.programmes.feedback import Answers

_ROOM = columns.width()
_FACE = 16.0
_BAR = 13.0


@dataclass(frozen=True, slots=True)
class SummaryMeeting:
    """A meeting; what is None is not known. `came`: people, or heads where nobody is named; beside them so many
    children were looked after meanwhile (`looked_after`)."""

    number: int
    day: date | None
    theme: str
    leader: str
    place: str
    came: int | None
    minutes: int | None
    state: str = ""
    looked_after: int = 0


@dataclass(frozen=True, slots=True)
class CycleSummary:
    """A cycle as it was. `figures` are sentences, `worked` the hours of those who worked: name or part, minutes.

    `certificates` how many were issued; answers of fewer than `least` are not told.
    """

    centre: str
    initiative: str
    meetings: tuple[SummaryMeeting, ...]
    enrolled: int = 0
    withdrawn: int = 0
    waiting: int = 0
    partners: tuple[str, ...] = ()
    worked: tuple[tuple[str, int], ...] = ()
    certificates: int = 0
    answers: tuple[Answers, ...] = ()
    printed: datetime | None = None
    least: int = DEFAULT


@naming
def render(content: CycleSummary) -> bytes:
    """The summary as PDF (A4) in the current language, made to be kept.

    Raises:
        DoesNotFit: a text is too long for its column.
        NotInFont: a character cannot be printed.
    """
    kind = _("Summary of a cycle")
    heads = (
        Column(_("No."), 0.6), Column(_("Date"), 1.7), Column(_("Theme"), 3.2),
        # Translators: head of a column: who led a meeting, and where it was
        Column(_("With whom, where"), 3.0),
        Column(_("Minutes"), 1.2, right=True), Column(_("Presences"), 1.4, right=True),
    )  # fmt: skip
    rows = tuple(Row(_cells(one)) for one in content.meetings)
    sheet = TableSheet(
        content.initiative, figures(content), heads, rows, _("This cycle has no meetings."), content.printed,
        after=tuple(_after(content)),
    )  # fmt: skip
    return build(sheet, kind, archived=True)


def figures(content: CycleSummary) -> tuple[str, ...]:
    """What the cycle was in numbers, one sentence each."""
    held = [one for one in content.meetings if one.came is not None]
    came, minutes = sum(one.came or 0 for one in held), sum(one.minutes or 0 for one in held)
    told = [content.centre, ", ".join(content.partners)]
    if content.enrolled or content.withdrawn or content.waiting:
        told.append(_("Enrolled: {enrolled} · withdrawn: {withdrawn} · waiting list: {waiting}").format(
            enrolled=formats.number(content.enrolled), withdrawn=formats.number(content.withdrawn),
            waiting=formats.number(content.waiting)))  # fmt: skip
    if held:
        meetings = ngettext("{n} meeting", "{n} meetings", len(held)).format(n=formats.number(len(held)))
        average = formats.number(round(came / len(held), 1))
        told.append(_("Held: {meetings}, {came} presences, {average} on average").format(
            meetings=meetings, came=formats.number(came), average=average))  # fmt: skip
    if children := sum(one.looked_after for one in held):
        told.append(_("Children looked after meanwhile, all meetings together: {count}").format(
            count=formats.number(children)))  # fmt: skip
    if minutes:
        told.append(_("Hours with families: {hours}").format(hours=hours_text(minutes)))
    if content.certificates:
        told.append(_("Certificates issued: {count}").format(count=formats.number(content.certificates)))
    return tuple(part for part in told if part)


def _cells(one: SummaryMeeting) -> tuple[str, ...]:
    day = formats.date_num(one.day) if one.day else _("to be set")
    theme = f"{one.theme} ({one.state})" if one.state and one.theme else one.state or one.theme
    length = formats.number(one.minutes) if one.minutes else ""
    who = "\n".join(part for part in (one.leader, one.place) if part)
    came = formats.number(one.came) if one.came is not None else ""
    return (formats.number(one.number), day, theme, who, length, came)


def _after(content: CycleSummary) -> list[tuple[Block, ...]]:
    found = []
    if content.worked:
        lines = [_line(name, hours_text(minutes)) for name, minutes in content.worked]
        found.append((_heading(_("Hours of those who worked")), *lines))
    if content.answers:
        told = _("Answers of fewer than {least} sheets are not told, so that nobody is recognised.")
        note = _note(told.format(least=formats.number(content.least)))
        found.append((_heading(_("What people said")), *(_answer(one) for one in content.answers), note))
    return found


def _heading(text: str) -> Block:
    lines = wrap(text, Style(14, bold=True, colour=PRIMARY, leading=1.3, role="H2"), _ROOM)
    return Block(lines.height + 16, lambda pen, y: pen.lines(lines, columns.LEFT, y + 12), text)


def _note(text: str) -> Block:
    lines = wrap(text, SMALL, _ROOM)
    return Block(lines.height + 8, lambda pen, y: pen.lines(lines, columns.LEFT, y + 4), text)


def _line(name: str, value: str) -> Block:
    left, right = wrap(name, BODY, _ROOM * 0.6), wrap(value, BODY, _ROOM * 0.38)

    def paint(pen: Pen, y: float) -> None:
        with pen.items(_line), pen.item():
            with pen.label():
                pen.lines(left, columns.LEFT, y)
            with pen.body():
                pen.lines(right, columns.LEFT + _ROOM, y, align="right")
        pen.rule(columns.LEFT, y + left.height + 2, _ROOM, HAIRLINE)

    return Block(max(left.height, right.height) + 5, paint, name)


def _answer(one: Answers) -> Block:
    """A question with a bar for each face, or the remarks; numbers stand beside the bars."""
    text = wrap(feedback.question_text(one.question.text), Style(11, bold=True, leading=1.35), _ROOM)
    faces = len(one.cells)
    most = max([cell for cell in one.cells if cell is not None], default=0)
    words = feedback.face_words(faces)
    style = Style(9.5, leading=1.35, floor=0.8)
    rows: list[tuple[Lines, int | None]] = []
    for cell, word in zip(one.cells, words, strict=False):
        told = _("too few to be told") if cell is None else formats.number(cell)
        rows.append((wrap(f"{word}: {told}", style, 150), cell))
    remarks = [wrap(f"– {remark}", style, _ROOM) for remark in one.remarks]
    pitch = max([_FACE + 4, *(lines.height + 2 for lines, _cell in rows)])
    tall = text.height + 4 + len(rows) * pitch + sum(lines.height for lines in remarks) + 8

    def paint(pen: Pen, y: float) -> None:
        pen.lines(text, columns.LEFT, y)
        y += text.height + 4
        with pen.items():
            for place, (lines, cell) in enumerate(rows):
                face(pen, place + 1, faces, columns.LEFT, y + (pitch - _FACE) / 2, _FACE, SECOND)
                with pen.item(), pen.body():
                    pen.lines(lines, columns.LEFT + _FACE + 8, y + (pitch - lines.height) / 2)
                if cell and most:
                    long = (_ROOM - 190) * cell / most
                    pen.fill(columns.LEFT + 190, y + (pitch - _BAR) / 2, long, _BAR, PRIMARY, radius=2)
                y += pitch
            for lines in remarks:
                with pen.item(), pen.body():
                    pen.lines(lines, columns.LEFT, y)
                y += lines.height

    return Block(tall, paint, feedback.question_text(one.question.text))
