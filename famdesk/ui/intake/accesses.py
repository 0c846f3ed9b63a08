"""The accesses of a day as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from famdesk.domain import codes
from famdesk.domain.intake.intake import MISSING
from famdesk.domain.intake.needs import need_label
from famdesk.i18n import _, formats, ngettext
from famdesk.ui.intake.fields import FUNCTION_TONES
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.rows import Column, RowModel, Tag
from famdesk.ui.kit.table import Table
from famdesk.usecases.intake import intake


@dataclass(frozen=True, slots=True)
class AccessLine:
    """An access in words. `tip` says what has no room in the row."""

    id: str
    row: intake.AccessRow
    time: str
    how: str
    who: str
    need: str
    answer: str
    outcome: str
    outcome_meaning: Meaning | None

    @property
    def tag(self) -> Tag | None:
        """The function of the need as a letter on its tint."""
        function = self.row.function
        return (function, FUNCTION_TONES[function]) if function in FUNCTION_TONES else None


def line_of(row: intake.AccessRow, usual_point: str | None) -> AccessLine:
    """An access in words; `usual_point` is the access point that goes without saying."""
    outcome, meaning = outcome_words(row)
    return AccessLine(
        row.id, row, formats.time_text(row.at.time()), _how(row, usual_point), row.who or "—", need_words(row),
        _answer(row), outcome, meaning,
    )  # fmt: skip


def need_words(row: intake.AccessRow) -> str:
    """The needs by name, or the words that were used."""
    named = ", ".join(need_label(code) for code in row.needs)
    return named or (row.need_text or "").partition("\n")[0] or "—"


def outcome_words(row: intake.AccessRow) -> tuple[str, Meaning | None]:
    """What came of an access, or what its card lacks."""
    if row.kind == "contact":
        return _("Information"), None
    if len(row.missing) == 1 and row.missing != ("outcome",):
        return _("Missing: {what}").format(what=codes.label(MISSING, row.missing[0])), Meaning.WARNING
    if row.missing:
        count = len(row.missing)
        return ngettext("{n} entry missing", "{n} entries missing", count).format(n=count), Meaning.WARNING
    return codes.label(codes.OUTCOMES, row.outcome), None


def access_table(empty: str) -> tuple[Table[AccessLine], RowModel[AccessLine]]:
    """An empty table of accesses and its model."""
    columns: tuple[Column[AccessLine], ...] = (
        Column(_("Time"), _time, width=6),
        Column(_("How"), _how_text, width=13, tip=_point),
        Column(_("Who"), _who, width=19, icon=_care_icon, tip=_care_tip, spoken=_who_spoken),
        Column(_("Need"), _need, width=0, tag=_tag, tip=_need_tip),
        Column(_("Answer"), _answer_text, width=26, icon=_appointment_icon),
        Column(_("Outcome"), _outcome, width=20, meaning=_meaning, tip=_missing_tip),
    )
    model = RowModel(columns)
    return Table(model, _("Accesses of the day"), empty=empty), model


def _how(row: intake.AccessRow, usual_point: str | None) -> str:
    if row.channel == "door" and row.access_point and row.access_point_id != usual_point:
        return row.access_point
    return codes.label(codes.CHANNELS, row.channel) or "—"


def _answer(row: intake.AccessRow) -> str:
    given = (row.answer or "").partition("\n")[0]
    when = formats.moment(row.appointment) if row.appointment is not None else ""
    return " · ".join(part for part in (when, given) if part)


def _time(line: AccessLine) -> str:
    return line.time


def _how_text(line: AccessLine) -> str:
    return line.how


def _point(line: AccessLine) -> str:
    return line.row.access_point or ""


def _who(line: AccessLine) -> str:
    return line.who


def _care_icon(line: AccessLine) -> str:
    return "triangle-alert" if line.row.careful else ""


def _care_tip(line: AccessLine) -> str:
    return _("Protected contact: look into the file before you call or write.") if line.row.careful else ""


def _who_spoken(line: AccessLine) -> str:
    return _("{name}, protected contact").format(name=line.who) if line.row.careful else line.who


def _need(line: AccessLine) -> str:
    return line.need


def _need_tip(line: AccessLine) -> str:
    return line.row.need_text or ""


def _tag(line: AccessLine) -> Tag | None:
    return line.tag


def _answer_text(line: AccessLine) -> str:
    return line.answer


def _appointment_icon(line: AccessLine) -> str:
    return "calendar-check" if line.row.appointment is not None else ""


def _outcome(line: AccessLine) -> str:
    return line.outcome


def _meaning(line: AccessLine) -> Meaning | None:
    return line.outcome_meaning


def _missing_tip(line: AccessLine) -> str:
    return "\n".join(missing_words(line.row.missing))


def missing_words(missing: Sequence[str]) -> list[str]:
    """What a card lacks, in words."""
    return [codes.label(MISSING, code) for code in missing]
