"""Paths, holds, talks and what is due, in lines."""

from __future__ import annotations

from famdesk.domain.codes import label
from famdesk.domain.notes.paths import CLOSING_REASONS, PATH_KINDS
from famdesk.i18n import _, formats, ngettext
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.lines import Line
from famdesk.usecases.paths.case_agenda import CaseMeetingRow, CaseRow
from famdesk.usecases.paths.holds import HoldRow
from famdesk.usecases.paths.path_rows import PathRow
from famdesk.usecases.paths.retention_due import DueRow, RegisterRow


def path_title(row: PathRow) -> str:
    """ "P-0042 · Family mediation"."""
    return _("{code} · {kind}").format(code=row.code, kind=label(PATH_KINDS, row.kind))


def path_line(row: PathRow, *, people: bool = True) -> Line:
    """A path; with `people` also with whom it is walked, where the list is not that of one person."""
    since = _("since {day}").format(day=formats.date_num(row.opened_on))
    if row.closed_on is not None:
        since = _("{first} – {last}").format(
            first=formats.date_num(row.opened_on), last=formats.date_num(row.closed_on)
        )
    parts = [formats.list_text([one or _("a protected file") for one in row.people]) if people else "", since]
    parts += [row.in_charge, _counted(row)]
    if row.closed_on is not None and row.closing_reason:
        parts.append(label(CLOSING_REASONS, row.closing_reason))
    badge, meaning = (_("closed"), Meaning.CLOSED) if row.closed_on else (_("open"), Meaning.OPEN)
    if row.held:
        badge, meaning = _("legal hold"), Meaning.CONFLICT
    detail = " · ".join(part for part in parts if part)
    return Line(row.id, path_title(row), detail=detail, icon="route", badge=badge, meaning=meaning)


def _counted(row: PathRow) -> str:
    notes = ngettext("{n} signed note", "{n} signed notes", row.notes).format(n=row.notes) if row.notes else ""
    booked = ""
    if row.appointments:
        booked = ngettext("{n} appointment", "{n} appointments", row.appointments).format(n=row.appointments)
    return " · ".join(part for part in (booked, notes) if part)


def hold_line(row: HoldRow) -> Line:
    """A hold: on what, why, by whom and since when."""
    set_by = _("set by {name} on {day}").format(name=row.by, day=formats.date_num(row.since))
    badge, meaning = _("in force"), Meaning.CONFLICT
    if row.ended_on is not None:
        badge, meaning = _("lifted"), Meaning.CLOSED
        set_by = _("{set}, lifted by {name} on {day}").format(
            set=set_by, name=row.ended_by, day=formats.date_num(row.ended_on)
        )
    detail = " · ".join(part for part in (row.reason, set_by, row.end_reason) if part)
    title = row.code or row.person or _("a protected file")
    return Line(row.id, title, detail=detail, icon="shield-alert", badge=badge, meaning=meaning)


def due_key(row: DueRow) -> str:
    """A line of the due list."""
    return f"{row.path_id or ''}:{row.author_id or ''}:{'held' if row.held else ''}"


def due_line(row: DueRow) -> Line:
    """What is due, by code: no names of families."""
    title = row.code if row.path_id else _("Notes without a path")
    notes = ngettext("{n} note", "{n} notes", row.notes).format(n=row.notes)
    if row.unsigned:
        drafts = _("of them drafts or working notes: {n}").format(n=row.unsigned)
        notes = f"{notes} ({drafts})"
    term = _("term over since {day}").format(day=formats.date_num(row.until))
    badge, meaning = _("due"), Meaning.WARNING
    detail = f"{row.who} · {notes} · {term}"
    if row.held:
        badge, meaning = _("legal hold"), Meaning.CONFLICT
    elif row.destruction_id:
        badge, meaning = _("proposed"), Meaning.ACCENT
        proposed = _("proposed by {name}").format(name=row.proposed_by)
        detail = f"{detail} · {proposed}"
    return Line(due_key(row), title, detail=detail, icon="hourglass", badge=badge, meaning=meaning)


def register_line(row: RegisterRow, *, on_server: bool = False) -> Line:
    """A destruction that was carried out."""
    title = _("No. {number}/{year}").format(number=row.number, year=row.year)
    notes = ngettext("{n} note", "{n} notes", row.notes).format(n=row.notes)
    detail = " · ".join(part for part in (row.code or _("Notes without a path"), notes) if part)
    badge, meaning = ("", None) if row.cleaned_on or on_server else (_("file to be cleaned"), Meaning.WARNING)
    return Line(row.id, title, detail=detail, trail=formats.date_num(row.done_on), icon="file-text", badge=badge,
                meaning=meaning)  # fmt: skip


def meeting_line(row: CaseMeetingRow) -> Line:
    """A meeting of the team."""
    day = formats.date_full(row.day)
    title = day[:1].upper() + day[1:]
    cases = ngettext("{n} case", "{n} cases", len(row.cases)).format(n=len(row.cases))
    detail = " · ".join(part for part in (cases, row.place, row.leads) if part)
    lead = formats.time_text(row.starts) if row.starts else ""
    return Line(row.id, title, lead=lead, detail=detail, icon="users")


def case_line(row: CaseRow) -> Line:
    """A case on an agenda."""
    title = _("{code} · {question}").format(code=row.code, question=row.question)
    minutes = ngettext("{n} minute", "{n} minutes", row.minutes).format(n=row.minutes)
    detail = " · ".join(part for part in (label(PATH_KINDS, row.kind), row.by) if part)
    if row.outcome:
        outcome = _("Outcome: {outcome}").format(outcome=row.outcome)
        detail = f"{detail}\n{outcome}"
    return Line(row.id, title, detail=detail, trail=minutes, icon="route")
