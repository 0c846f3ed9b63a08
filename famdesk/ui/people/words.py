"""Rows of a file as words and lines: what is shown, and what the screen reader says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from famdesk.domain import codes
from famdesk.domain.calendar.no_shows import NoShows
from famdesk.domain.languages import language_label
from famdesk.domain.people import contact, families
from famdesk.domain.people.birth import weeks_of_pregnancy
from famdesk.domain.people.countries import country_label
from famdesk.domain.people.person_details import ABODES
from famdesk.domain.text import age_in_months, age_text
from famdesk.i18n import _, formats, ngettext
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.lines import Line
from famdesk.usecases.people.person_names import born_words
from famdesk.usecases.people.person_rows import ContactRow, HouseholdRow, MemberRow, PersonFile, PersonRow, TimelineRow

DOT = " · "
SMALL_MONTHS = 36
CONTACT_ICONS = {"mobile": "phone", "phone": "phone", "mail": "mail", "certified_mail": "mail", "address": "map-pin"}
TIMELINE_ICONS = {
    "access": "door-open",
    "appointment": "calendar",
    "enrolment": "user-check",
    "meeting": "users",
    "emergency": "shield-alert",
    "reading": "eye",
}
STATE_TABLES = {
    "access": codes.OUTCOMES,
    "appointment": codes.APPOINTMENT_STATES,
    "enrolment": codes.ENROLMENT_STATES,
}
STATE_MEANINGS = {
    "done": Meaning.OPEN,
    "present": Meaning.OPEN,
    "solved": Meaning.OPEN,
    "arrived": Meaning.OPEN,
    "no_show": Meaning.WARNING,
    "absent": Meaning.WARNING,
    "pending": Meaning.WARNING,
    "open": Meaning.WARNING,
    "called_back": Meaning.WARNING,
    "waiting": Meaning.WARNING,
}


def joined(*words: str | None) -> str:
    """The words that are there, with dots between them."""
    return DOT.join(word for word in words if word)


def birth(file: PersonFile) -> str:
    """Birth date and age, in months for the small; else what is known of it, with the age that follows."""
    return born_words(file.birth_date, file.birth_part, file.birth_text, file.died_on or file.today)


def small_age(file: PersonFile) -> str:
    """The age in months of a child up to the third birthday; "" for everybody else."""
    if file.birth_date is None or file.died_on is not None:
        return ""
    months = age_in_months(file.birth_date, file.today)
    return age_text(file.birth_date, file.today) if months is not None and months < SMALL_MONTHS else ""


def expected(due_on: date | None, today: date) -> str:
    """When a child is expected and how far the pregnancy is; "" without a date."""
    if due_on is None:
        return ""
    day, weeks = formats.date_num(due_on), weeks_of_pregnancy(due_on, today)
    if due_on < today:
        return _("child was expected on {day}").format(day=day)
    if weeks is None:
        return _("child expected on {day}").format(day=day)
    # Translators: a pregnancy, as in "child expected on 12/06/2025, week 22"
    return _("child expected on {day}, week {week}").format(day=day, week=weeks)


def citizenships(file: PersonFile) -> str:
    """The names of the countries."""
    return ", ".join(country_label(code) for code in (file.citizenship, file.second_citizenship) if code)


def home_town(file: PersonFile) -> str:
    """The town with the district in which it lies, and what kind of abode it is, if it is not the ordinary one."""
    town = file.town or ""
    if town and file.district:
        # Translators: a town and the social district in which it lies, as in "Soresina (Ambito di Cremona)"
        town = _("{town} ({district})").format(town=town, district=file.district)
    abode = codes.label(ABODES, file.abode) if file.abode not in {None, "residence"} else ""
    return joined(town, abode)


def language(code: str | None, needs_mediator: bool, others: str | None = None) -> str:
    """The languages, and whether a mediator is needed."""
    name = ", ".join(language_label(one) for one in [code, *(others or "").split()] if one)
    if not needs_mediator:
        return name
    return _("{language}, mediator needed").format(language=name) if name else _("Mediator needed")


def row_phone(row: PersonRow) -> str:
    """The number in a list: never as a bare number when it may not be called."""
    if row.phone is None or row.rule is None:
        return ""
    if not row.rule.may_call:
        return _("do not call")
    return row.phone


def row_phone_tip(row: PersonRow) -> str:
    """The number with all that has to be minded."""
    if row.phone is None or row.rule is None or row.rule.free:
        return ""
    return joined(row_phone(row), *contact.warnings("phone", row.rule))


def contact_title(row: ContactRow) -> str:
    """The number, mail or address; a number that may not be called begins with these words."""
    if row.kind in contact.PHONES and not row.rule.may_call:
        return _("Do not call {number}").format(number=row.value)
    return row.value


def contact_line(row: ContactRow) -> Line:
    """A contact point with its owner and rule."""
    warnings = list(contact.warnings(row.kind, row.rule))
    forbidden = row.kind in contact.PHONES and not row.rule.may_call
    owner = _("belongs to: {owner}").format(owner=row.owner) if row.owner else ""
    if forbidden:
        warnings = warnings[1:]
    return Line(
        row.id,
        contact_title(row),
        detail=joined(codes.label(codes.CONTACT_KINDS, row.kind), owner, *warnings),
        icon="ban" if forbidden else CONTACT_ICONS.get(row.kind, "message-square"),
        badge=_contact_badge(row, forbidden=forbidden, warned=bool(warnings)),
        meaning=Meaning.CONFLICT if forbidden or row.hidden else Meaning.WARNING if warnings else None,
    )


def _contact_badge(row: ContactRow, *, forbidden: bool, warned: bool) -> str:
    if row.hidden:
        # Translators: a phone number or address that never leaves the program
        return _("Hidden")
    return _("Do not call") if forbidden else _("Safe contact") if warned else ""


def safe_contact(file: PersonFile) -> str:
    """What must be known before anybody reaches for the phone; "" if everything is free to use."""
    never = [_("Never contact this person: nobody calls or writes.")] if file.no_contact else []
    minded = [_spelled_out(row) for row in file.contacts if row.hidden or contact.warnings(row.kind, row.rule)]
    return "\n".join([*never, *minded])


def _spelled_out(row: ContactRow) -> str:
    """A contact point in a sentence, what is forbidden before the number."""
    rules = list(contact.warnings(row.kind, row.rule))
    name = contact_title(row)
    if name != row.value:
        rules = rules[1:]
    if row.hidden:
        name = codes.label(codes.CONTACT_KINDS, row.kind)  # what is hidden does not stand in large letters
    if row.owner:
        # Translators: a phone number with whose it is, as in "0372 407788 (mother)"
        name = _("{number} ({owner})").format(number=name, owner=row.owner)
    return joined(name, *rules, _("hidden: never printed, sent or exported") if row.hidden else "")


def privacy(file: PersonFile) -> str:
    """The state of the privacy notice, with its day."""
    words = codes.label(codes.PRIVACY, file.privacy)
    if file.privacy_on is None:
        return words
    return _("{state} on {day}").format(state=words, day=formats.date_num(file.privacy_on))


def household_lines(file: PersonFile, today: date) -> list[Line]:
    """Each household with its members; ids are "home:…" and "member:…"."""
    lines: list[Line] = []
    for home in file.households:
        lines.append(household_line(home))
        lines.extend(member_line(member, file.id, today) for member in home.members)
    return lines


def household_line(home: HouseholdRow) -> Line:
    """A household as a heading that can be chosen."""
    return Line(f"home:{home.id}", home.name, detail=joined(home.address, home.town), icon="house", strong=True)


def member_line(member: MemberRow, own_id: str, today: date) -> Line:
    """A member with role, age and since when."""
    age = age_text(member.birth_date, today) if member.birth_date else ""
    role = families.role_words(member.role, member.sex)
    return Line(
        f"member:{member.membership_id}",
        member.label,
        detail=joined(role, age, membership_days(member.valid_from, member.valid_to), *_member_phone(member)),
        icon="user-check" if member.person_id == own_id else "user",
        badge=_("this file") if member.person_id == own_id else _("no longer") if member.valid_to else "",
        meaning=Meaning.ACCENT if member.person_id == own_id else Meaning.CLOSED,
    )


def _member_phone(member: MemberRow) -> tuple[str, ...]:
    """The number of who brings up the child, with its rule; one that may not be called is not shown."""
    if member.phone is None or member.rule is None:
        return ()
    minded = contact.warnings("phone", member.rule)
    return (member.phone, *minded) if member.rule.may_call else minded[:1]


def membership_days(first: date | None, last: date | None) -> str:
    """From when to when somebody belongs to a household."""
    if first and last:
        return _("from {first} to {last}").format(first=formats.date_num(first), last=formats.date_num(last))
    if first:
        return _("since {day}").format(day=formats.date_num(first))
    return _("until {day}").format(day=formats.date_num(last)) if last else ""


def timeline_lines(rows: Sequence[TimelineRow], today: date) -> list[Line]:
    """What is to come, then what was, the newest first, under the year; ids are "kind:number:id"."""
    lines: list[Line] = []
    group = ""
    for number, row in enumerate(rows):
        title = _("To come") if row.day > today else str(row.day.year)
        if title != group:
            lines.append(Line(f"group:{number}", title, header=True))
            group = title
        lines.append(_timeline_line(f"{row.kind}:{number}:{row.target_id}", row))
    return lines


def open_until(file: PersonFile) -> str:
    """That a file is open by an emergency access only; "" for any other."""
    if file.open_until is None:
        return ""
    if file.open_until.time() == time():
        return _("Emergency access until midnight, read only")
    return _("Emergency access until {when}, read only").format(when=formats.moment(file.open_until))


def missed_words(missed: NoShows) -> str:
    """How often somebody did not come; "" if never. What does not count is told apart."""
    parts: list[str] = []
    if missed.counted:
        times = ngettext("Did not come {n} time", "Did not come {n} times", missed.counted)
        parts.append(times.format(n=missed.counted))
    if missed.excused:
        more = ngettext("{n} absence that does not count", "{n} absences that do not count", missed.excused)
        parts.append(more.format(n=missed.excused))
    return joined(*parts)


def _timeline_line(line_id: str, row: TimelineRow) -> Line:
    hour = formats.time_text(row.starts) if row.starts else ""
    state = state_words(row)
    kinds = {"access": _("Access"), "enrolment": _("Enrolment"), "meeting": _("Meeting"), "emergency": "",
             "reading": _("Session note")}  # fmt: skip
    kind = kinds.get(row.kind, _("Appointment"))
    day = formats.date_num(row.day)
    return Line(
        line_id,
        row.what,
        lead=day,
        detail=joined(kind, hour, *row.details),
        icon=TIMELINE_ICONS[row.kind],
        badge=state,
        meaning=STATE_MEANINGS.get(row.state or "", Meaning.CLOSED),
    )


def state_words(row: TimelineRow) -> str:
    """The state of something in the timeline, in words."""
    if row.kind == "meeting":
        return {"present": _("came"), "absent": _("did not come")}.get(row.state or "", "")
    if row.kind in {"emergency", "reading"}:
        # Translators: of an emergency access to a file: it is still open
        return _("open now") if row.state == "open" else ""
    return codes.label(STATE_TABLES[row.kind], row.state)
