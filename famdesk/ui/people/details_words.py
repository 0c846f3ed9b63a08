"""School years, marks and own fields as lines."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from famdesk.domain import codes
from famdesk.domain.people.person_details import FLAG_KINDS, SCHOOL_KINDS, school_year_label
from famdesk.i18n import _, formats
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.lines import Line
from famdesk.ui.people.words import joined
from famdesk.usecases.people.custom_fields import ValueRow
from famdesk.usecases.people.flags import FlagRow
from famdesk.usecases.people.schooling import SchoolRow


def school_name(row: SchoolRow) -> str:
    """The school in words, or what is known of it."""
    return row.school or row.body or codes.label(SCHOOL_KINDS, row.kind)


def school_line(row: SchoolRow, this_year: int) -> Line:
    """A school year with what is known of it; that of today is marked."""
    name, kind = school_name(row), codes.label(SCHOOL_KINDS, row.kind)
    now = row.year == this_year
    return Line(
        row.id,
        # Translators: a school year with the school, as in "2024/25: Nido Sole"
        _("{year}: {school}").format(year=school_year_label(row.year), school=name),
        detail=joined(kind if kind != name else "", row.grade, row.note),
        icon="book-open",
        badge=_("this year") if now else _("next year") if row.year > this_year else "",
        meaning=Meaning.ACCENT if now else Meaning.CLOSED,
    )


def flag_line(row: FlagRow) -> Line:
    """A mark; what is to be reviewed says so, what is sensitive has a lock."""
    since = _("since {day}").format(day=formats.date_num(row.since)) if row.since else ""
    return Line(
        row.id,
        codes.label(FLAG_KINDS, row.kind),
        detail=joined(since, review_words(row), _("sensitive: not for reception") if row.sensitive else "", row.note),
        icon="lock" if row.sensitive else "triangle-alert",
        badge=_("Review") if row.review_due else "",
        meaning=Meaning.WARNING,
    )


def review_words(row: FlagRow) -> str:
    """When a mark is to be looked at again."""
    if row.review_on is None:
        return ""
    day = formats.date_num(row.review_on)
    if row.review_due:
        return _("to be reviewed since {day}").format(day=day)
    return _("to be reviewed on {day}").format(day=day)


def value_line(row: ValueRow) -> Line:
    """A field of the centre's own with this person's value."""
    return Line(
        row.field.id,
        row.field.name,
        detail=value_words(row) or _("not known"),
        icon="tag",
        badge=_("no longer asked") if row.field.retired else "",
        meaning=Meaning.CLOSED,
    )


def value_words(row: ValueRow) -> str:
    """A value as people read it; "" for none."""
    if row.value is None:
        return ""
    if row.field.kind == "yes_no":
        return _("yes") if row.value == "yes" else _("no")
    if row.field.kind == "date":
        return formats.date_num(date.fromisoformat(row.value))
    return formats.number(Decimal(row.value)) if row.field.kind == "number" else row.value
