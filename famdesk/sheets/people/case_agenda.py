"""The agenda of a team meeting on paper: cases by code, with their question, and room for what comes of them."""

from __future__ import annotations

from datetime import datetime, timedelta

from famdesk.domain.codes import label
from famdesk.domain.notes.paths import PATH_KINDS
from famdesk.i18n import _, formats, ngettext
from famdesk.sheets.paper.columns import Column, Row, TableSheet, build
from famdesk.sheets.paper.naming import naming
from famdesk.sheets.paper.style import enlarged
from famdesk.usecases.paths.case_agenda import AgendaContent, CaseMeetingRow

_ROOM = "\n\n"
"""Below the question, to write by hand what came of it."""


@naming
@enlarged(1.0)
def render(content: AgendaContent) -> bytes:
    """The agenda as PDF (A4) in the current language.

    Raises:
        DoesNotFit: a text is too long for its column.
        NotInFont: a character cannot be printed.
    """
    meeting = content.meeting
    minutes = ngettext("{n} minute", "{n} minutes", meeting.minutes).format(n=formats.number(meeting.minutes))
    table = TableSheet(
        title=_("Agenda of the team meeting"),
        told=(
            content.centre,
            " · ".join(part for part in (_when(meeting), meeting.place, _("led by {name}").format(name=meeting.leads))
                       if part),
            _("Together {minutes}.").format(minutes=minutes) if meeting.cases else "",
        ),
        # Translators: heads of the columns of an agenda
        columns=(Column(_("From"), 9), Column(_("Case"), 18, named=True), Column(_("Question or aim"), 33),
                 Column(_("Outcome"), 26), Column(_("Minutes"), 9, right=True)),
        rows=_rows(meeting),
        nothing=_("No case is on this agenda yet."),
        warning=_("Codes only. Do not add names; destroy it after the meeting."),
    )  # fmt: skip
    return build(table, _("Agenda of the team meeting"))


def _when(meeting: CaseMeetingRow) -> str:
    day = formats.date_full(meeting.day)
    if meeting.starts is None:
        return day
    return _("{day}, {time}").format(day=day, time=formats.time_text(meeting.starts))


def _rows(meeting: CaseMeetingRow) -> tuple[Row, ...]:
    found, gone = [], 0
    for case in meeting.cases:
        begins = ""
        if meeting.starts is not None:
            begins = formats.time_text((datetime.combine(meeting.day, meeting.starts) + timedelta(minutes=gone)).time())
        gone += case.minutes
        kind = label(PATH_KINDS, case.kind)
        found.append(Row((begins, f"{case.code}\n{kind}\n{case.by}", case.question + ("" if case.outcome else _ROOM),
                          case.outcome, formats.number(case.minutes))))  # fmt: skip
    return tuple(found)
