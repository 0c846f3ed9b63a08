"""The steps of a file's history as lines, and stored values as people read them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from famdesk.domain import codes
from famdesk.domain.languages import language_label
from famdesk.domain.people import families
from famdesk.domain.people.birth import Birth
from famdesk.domain.people.countries import country_label
from famdesk.domain.people.municipalities import municipality
from famdesk.domain.people.person_details import ABODES, FLAG_KINDS, SCHOOL_KINDS, school_year_label
from famdesk.i18n import _, formats, ngettext
from famdesk.sheets.names import how_words, sheet_name
from famdesk.ui.kit.lines import Line
from famdesk.ui.kit.typed_birth import birth_text
from famdesk.ui.people.words import joined
from famdesk.usecases.people.person_rows import FileStep
from famdesk.usecases.post.prints import PrintRow


def _coded(table: codes.Table) -> Callable[[str], str]:
    return lambda value: codes.label(table, value)


def _day(value: str) -> str:
    return formats.date_num(date.fromisoformat(value))


def _languages(value: str) -> str:
    return ", ".join(language_label(code) for code in value.split())


def _comune(value: str) -> str:
    found = municipality(value)
    return found.name if found else value


def _tie(value: str) -> str:
    return {"assigned": _("assigned"), "blocked": _("kept away")}.get(value, value)


def _hour(value: str) -> str:
    return value[:5]


def _binned(_value: str) -> str:
    return _("yes")


_DAYS: Final = ("birth_date", "died_on", "due_on", "privacy_on", "valid_from", "valid_to", "erased_on", "since",
                "review_on", "act_on")  # fmt: skip
_OF_TABLES: Final[dict[tuple[str, str], Callable[[str], str]]] = {
    ("person_staff", "kind"): _tie,
    ("relation", "kind"): families.title,
    ("relation", "quality"): _coded(families.QUALITIES),
    ("responsibility", "kind"): _coded(families.RESPONSIBILITIES),
    ("responsibility", "state"): _coded(families.STATES),
    ("placement", "kind"): _coded(families.PLACEMENTS),
    ("delegate", "may_be_told"): _coded(families.MAY_BE_TOLD),
    ("flag", "kind"): _coded(FLAG_KINDS),
    ("school_year", "kind"): _coded(SCHOOL_KINDS),
    ("school_year", "year"): lambda value: school_year_label(int(value)),
}
_OF_COLUMNS: Final[dict[str, Callable[[str], str]]] = {
    "kind": _coded(codes.CONTACT_KINDS),
    "privacy": _coded(codes.PRIVACY),
    "role": _coded(codes.MEMBER_ROLES),
    "sex": _coded(codes.SEXES),
    "abode": _coded(ABODES),
    "language": _languages,
    "languages": _languages,
    "citizenship": country_label,
    "second_citizenship": country_label,
    "municipality": _comune,
    "birth_part": lambda value: birth_text(Birth(part=value)),
    "safe_from": _hour,
    "safe_to": _hour,
    "deleted_at": _binned,
    **dict.fromkeys(_DAYS, _day),
}


def print_line(row: PrintRow) -> Line:
    """A sheet with the person on it: which, who, what became of it, what for."""
    copies = ngettext("{n} copy", "{n} copies", row.copies).format(n=row.copies) if row.copies > 1 else ""
    purpose = _("Purpose: {purpose}").format(purpose=row.purpose) if row.purpose else ""
    detail = " · ".join(part for part in (row.by, how_words(row.how), copies, purpose) if part)
    return Line(str(row.seq), sheet_name(row.sheet), detail=detail, lead=formats.date_num(row.at.date()),
                icon="printer")  # fmt: skip


def step_line(step: FileStep) -> Line:
    """A step of the history with what it changed."""
    fields = [_field_words(*field) for field in step.fields]
    reason = _("Reason: {reason}").format(reason=step.reason) if step.reason else ""
    return Line(
        str(step.seq),
        step.label,
        detail="\n".join(part for part in (joined(formats.moment(step.at), step.by), *fields, reason) if part),
        icon="history",
    )


def _field_words(table: str, column: str, before: str | None, after: str | None) -> str:
    name = field_name(column)
    if column.endswith("_id"):
        return name if column == "owner_staff_id" else ""
    old, new = value_words(table, column, before), value_words(table, column, after)
    if old and new:
        return _("{field}: {before} → {after}").format(field=name, before=old, after=new)
    if new:
        return _("{field}: {value}").format(field=name, value=new)
    return _("{field}: {value} taken away").format(field=name, value=old)


def value_words(table: str, column: str, value: str | None) -> str:
    """A stored value as people read it: codes as words, dates in the reader's form."""
    if value is None:
        return ""
    if (table, column) in _OF_TABLES:
        return _OF_TABLES[table, column](value)
    return _OF_COLUMNS[column](value) if column in _OF_COLUMNS else value


def field_name(column: str) -> str:
    """What a column is called on the screen."""
    names = {
        "surname": _("Surname"), "given_name": _("Given name"), "alias": _("Alias"), "sex": _("Sex"),
        "birth_date": _("Birth date"), "birth_part": _("Birth, in part"), "birth_text": _("Birth, as far as known"),
        "birth_place": _("Birth place"), "died_on": _("Died on"), "due_on": _("Child expected on"),
        "languages": _("Also speaks"), "second_citizenship": _("Second citizenship"), "abode": _("Kind of abode"),
        "tax_code": _("Tax code"),
        "language": _("Language"), "needs_mediator": _("Mediator needed"), "citizenship": _("Citizenship"),
        "municipality": _("Municipality"), "town": _("Town"), "note": _("Note"), "privacy": _("Privacy notice"),
        "privacy_on": _("Privacy notice, day"), "fictional": _("Fictional"), "protected": _("Protected"),
        "restricted": _("Processing limited"), "owner_staff_id": _("In charge"), "deleted_at": _("In the bin"),
        "kind": _("Kind"), "value": _("Number or address"), "owner": _("Belongs to"), "may_call": _("May be called"),
        "may_leave_message": _("Message may be left"), "may_write": _("May be written to"),
        "safe_from": _("Safe from"), "safe_to": _("Safe until"), "neutral_name": _("Neutral name"),
        "hidden": _("Hidden"), "no_contact": _("Never contact"),
        "role": _("Role"), "valid_from": _("From"), "valid_to": _("Until"), "household_id": _("Household"),
        "staff_id": _("Colleague"), "reason": _("Reason"), "year": _("School year"), "school": _("School or nursery"),
        "grade": _("Class or section"), "sensitive": _("Sensitive"), "since": _("Since"),
        "review_on": _("To be reviewed on"),
        "quality": _("They get on"), "state": _("State"), "holder_name": _("Name"), "name": _("Name"),
        "act_authority": _("Authority"), "act_number": _("Number"), "act_on": _("Dated"), "days": _("Days here"),
        "partial": _("Only some hours or days"), "visits": _("Visits"), "relation": _("Is to the child"),
        "may_collect": _("May collect"), "may_be_told": _("May be told"),
        "seen_document": _("An identity document was looked at"),
    }  # fmt: skip
    return names.get(column, column)
