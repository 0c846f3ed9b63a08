"""The family tab in words: lines of relations, who decides, placements, delegates, the two homes of a child."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from famdesk.domain import codes
from famdesk.domain.people import families
from famdesk.domain.text import age_text
from famdesk.i18n import _, formats
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.lines import Line
from famdesk.ui.kit.popup import Choice
from famdesk.ui.people.words import household_line, joined, membership_days
from famdesk.usecases.family.delegates import DelegateRow
from famdesk.usecases.family.families import Decider
from famdesk.usecases.family.family_file import FamilyFile, PlacementRow, RelationRow, ResponsibilityRow
from famdesk.usecases.people.measures import MeasureRow
from famdesk.usecases.people.person_rows import HouseholdRow, MemberRow, PersonFile

SOON_DAYS = 60
QUALITY_MEANINGS = {"conflict": Meaning.WARNING, "cut_off": Meaning.CLOSED, "violence": Meaning.CONFLICT}
STATE_MEANINGS = {"limited": Meaning.WARNING, "suspended": Meaning.WARNING, "ended": Meaning.CLOSED}


def kind_choices(network: bool) -> list[Choice]:
    """What somebody can be to the person; codes are "kind:F", "kind:M" where the word tells the sex, else "kind:"."""
    found: list[Choice] = []
    for kind in families.RELATIONS:
        if (kind.group == families.NETWORK) == network:
            words = {sex: families.title(kind.code, sex) for sex in ("F", "M", "")}
            telling = words["F"] != words["M"]
            found += [Choice(f"{kind.code}:{sex}", word) for sex, word in words.items() if telling or not sex]
    return found


def relation_choices(sex: str | None) -> list[Choice]:
    """All kinds of relation in the words for one sex."""
    return [Choice(kind.code, families.title(kind.code, sex)) for kind in families.RELATIONS]


def relation_line(row: RelationRow) -> Line:
    """Somebody with what they are to the person."""
    quality = codes.label(families.QUALITIES, row.quality)
    badge = _("no longer") if row.ended else quality
    meaning = Meaning.CLOSED if row.ended else QUALITY_MEANINGS.get(row.quality or "", Meaning.OPEN)
    days = membership_days(row.valid_from, row.valid_to)
    return Line(
        f"relation:{row.id}",
        row.label,
        detail=joined(families.title(row.kind, row.sex), row.born, days, quality if row.ended else "", row.note),
        icon="user" if families.KINDS[row.kind].group != families.NETWORK else "heart-handshake",
        badge=badge,
        meaning=meaning if badge else None,
    )


def of_group(rows: Iterable[RelationRow], network: bool) -> list[RelationRow]:
    """The relatives, or the network."""
    return [row for row in rows if (families.KINDS[row.kind].group == families.NETWORK) == network]


def household_lines(file: PersonFile, on: date) -> list[Line]:
    """The households on a day with their members then; whoever left before is told as such, who came later is not."""
    lines: list[Line] = []
    for home in file.households:
        begun = [one for one in home.members if one.valid_from is None or one.valid_from <= on]
        if any(one.person_id == file.id for one in begun):
            lines.append(household_line(home))
            here = sorted(begun, key=lambda one: not _lives_there(one, on))
            lines.extend(_member_line(one, file.id, on) for one in here)
    return lines


def _lives_there(member: MemberRow, on: date) -> bool:
    return families.holds(member.valid_from, member.valid_to, on)


def _member_line(member: MemberRow, own_id: str, on: date) -> Line:
    age = age_text(member.birth_date, on) if member.birth_date else ""
    own, here = member.person_id == own_id, _lives_there(member, on)
    badge = _("no longer") if not here else _("this file") if own else ""
    role = families.role_words(member.role, member.sex)
    days = _("here: {days}").format(days=member.days) if member.days else ""
    return Line(
        f"member:{member.membership_id}",
        member.label,
        detail=joined(role, age, membership_days(member.valid_from, member.valid_to), days),
        icon="user-check" if own else "user",
        badge=badge,
        meaning=Meaning.ACCENT if own and here else Meaning.CLOSED if badge else None,
    )


def homes_on(file: PersonFile, on: date) -> list[tuple[HouseholdRow, MemberRow]]:
    """The households in which the person lives on a day, each with the person's place in it."""
    pairs = ((home, one) for home in file.households for one in home.members if one.person_id == file.id)
    return [pair for pair in pairs if _lives_there(pair[1], on)]


def two_homes_lines(file: PersonFile, family: FamilyFile) -> list[Line]:
    """The card of a child with more than one home: who is there, which days, who collects, who may be told what."""
    homes = homes_on(file, family.on)
    if len(homes) < 2:
        return []
    lines = [_home_line(home, place, family.on) for home, place in homes]
    collects = [_delegate_name(row) for row in family.delegates if row.may_collect and _holds(row, family.on)]
    lines.append(Line("card:collects", _("May collect"), icon="user-check",
                      detail=formats.list_text(collects) if collects else _("Nobody is written down.")))  # fmt: skip
    told = [
        _("{name}: {what}").format(name=row.label, what=codes.label(families.MAY_BE_TOLD, row.may_be_told))
        for row in family.delegates
        if row.may_be_told != "nothing" and _holds(row, family.on)
    ]
    lines.append(Line("card:told", _("May be told"), icon="message-square",
                      detail="\n".join(told) if told else _("Nobody beside those who decide.")))  # fmt: skip
    names = [_("{name} ({state})").format(name=one.name, state=state) if (state := _state(one.state)) else one.name
             for one in family.deciders]  # fmt: skip
    lines.append(Line("card:decide", _("Who decides"), icon="signature",
                      detail=formats.list_text(names) if names else _("Not known.")))  # fmt: skip
    return lines


def _home_line(home: HouseholdRow, place: MemberRow, on: date) -> Line:
    others = [one.label for one in home.members if one.person_id != place.person_id and _lives_there(one, on)]
    there = _("with {names}").format(names=formats.list_text(others)) if others else ""
    days = place.days or _("days not known")
    return Line(f"home:{home.id}", home.name, lead="", detail=joined(days, there, home.address, home.town),
                icon="house", strong=True)  # fmt: skip


def _delegate_name(row: DelegateRow) -> str:
    if not row.relation:
        return row.label
    # Translators: a name with what the person is to the child, as in "Piera (grandmother)"
    return _("{name} ({relation})").format(name=row.label, relation=row.relation)


def _state(state: str) -> str:
    return "" if state == "full" else codes.label(families.STATES, state)


def decider_lines(family: FamilyFile) -> list[Line]:
    """Who decides: parents of whom nothing is written down yet, then what is, what no longer holds at the end."""
    presumed = [one for one in family.deciders if one.presumed]
    return [*(_presumed_line(one) for one in presumed),
            *(responsibility_line(row, family) for row in family.responsibilities)]  # fmt: skip


def _presumed_line(one: Decider) -> Line:
    return Line(
        f"presumed:{one.person_id}",
        one.name,
        detail=_("Parental responsibility, because a parent. Not confirmed yet: no act was looked at."),
        icon="circle-question-mark",
        badge=_("to confirm"),
        meaning=Meaning.WARNING,
    )


def responsibility_line(row: ResponsibilityRow, family: FamilyFile) -> Line:
    """Somebody who decides, with the act and the end."""
    kind = codes.label(families.RESPONSIBILITIES, row.kind)
    badge, meaning = codes.label(families.STATES, row.state), STATE_MEANINGS.get(row.state, Meaning.OPEN)
    if not row.holds:
        badge, meaning = _("no longer"), Meaning.CLOSED
    elif row.kind != "parental" and ends_soon(row.last_day, family.on):
        badge, meaning = _("ends soon"), Meaning.WARNING
    return Line(
        f"responsibility:{row.id}",
        row.label,
        detail=joined(kind, act_words(row.act_authority, row.act_number, row.act_on), _term(row), row.note),
        icon="signature",
        badge=badge,
        meaning=meaning,
    )


def ends_soon(last: date | None, on: date) -> bool:
    """Whether something ends within the next weeks."""
    return last is not None and 0 <= (last - on).days <= SOON_DAYS


def _term(row: ResponsibilityRow) -> str:
    since = membership_days(row.valid_from, row.valid_to)
    if row.last_day is None or row.last_day == row.valid_to or row.kind == "parental":
        return since
    first = _("since {day}").format(day=formats.date_num(row.valid_from)) if row.valid_from else ""
    return joined(first, _("until the 18th birthday: last day {day}").format(day=formats.date_num(row.last_day)))


def act_words(authority: str | None, number: str | None, on: date | None) -> str:
    """An act as far as it is known: "Tribunale per i minorenni · no. 12/2024 · 03/05/2024"."""
    # Translators: the number of an act of a court
    told = _("no. {number}").format(number=number) if number else ""
    return joined(authority, told, _("of {day}").format(day=formats.date_num(on)) if on else "")


def placement_line(row: PlacementRow) -> Line:
    """Where a child lives by an act."""
    kind = codes.label(families.PLACEMENTS, row.kind)
    visits = _("visits: {visits}").format(visits=row.visits) if row.visits else ""
    partial = _("some hours or days") if row.partial else ""
    act = act_words(row.act_authority, row.act_number, row.act_on)
    days = membership_days(row.valid_from, row.valid_to)
    return Line(
        f"placement:{row.id}",
        joined(kind, row.home or row.body),
        detail=joined(partial, days, act, visits, row.note),
        icon="house",
        badge="" if row.holds else _("no longer"),
        meaning=None if row.holds else Meaning.CLOSED,
    )


def delegate_line(row: DelegateRow, on: date) -> Line:
    """Who may collect or be told."""
    collects = _("may collect") if row.may_collect else _("may not collect")
    told = _("may be told: {what}").format(what=codes.label(families.MAY_BE_TOLD, row.may_be_told))
    seen = _("document seen") if row.seen_document else ""
    over = row.valid_to is not None and row.valid_to < on
    return Line(
        f"delegate:{row.id}",
        _delegate_name(row),
        detail=joined(collects, told, seen, membership_days(row.valid_from, row.valid_to), row.note),
        icon="user-check" if row.may_collect else "ban",
        badge=_("no longer") if over else "",
        meaning=Meaning.CLOSED if over else None,
    )


def measure_line(row: MeasureRow, on: date) -> Line:
    """A measure of a court."""
    over = row.valid_to is not None and row.valid_to < on
    until = _("until {day}").format(day=formats.date_num(row.valid_to)) if row.valid_to else ""
    act = act_words(row.authority, row.number, row.taken_on)
    return Line(
        f"measure:{row.id}",
        joined(codes.label(families.MEASURE_FIELDS, row.field), act, until),
        detail=row.text,
        icon="lock",
        badge=_("no longer") if over else "",
        meaning=Meaning.CLOSED if over else None,
    )


def spoken_file(family: FamilyFile) -> str:
    """What the screen reader says when another day is shown."""
    return joined(formats.date_full(family.on), *(row.label for row in family.relations if not row.ended))


def _holds(row: DelegateRow, on: date) -> bool:
    return families.holds(row.valid_from, row.valid_to, on)


def home_choices(file: PersonFile, new: str, others: Sequence[Choice] = ()) -> list[Choice]:
    """The households in which both could live: those of the person, those of the other one, a new one."""
    own = [Choice(home.id, home.name, joined(home.address, home.town)) for home, _place in homes_on(file, file.today)]
    known = {choice.code for choice in own}
    return [*own, *(one for one in others if one.code not in known), Choice(new, _("A new household"))]
