"""A genogram in words: what stands below a symbol, and what somebody is told who cannot see the drawing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from famdesk.domain import codes
from famdesk.domain.people import families
from famdesk.domain.people.genogram.family import Family, Someone, Tie
from famdesk.domain.people.genogram.homes import main_homes
from famdesk.i18n import N_, _


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text below a symbol; `kind` is name, facts or role."""

    text: str
    kind: str


def label(family: Family, someone: Someone) -> tuple[Words, ...]:
    """What stands below a symbol: name, birth and age, what those at the edge are, and days in a second home."""
    found = [Words(someone.label, "name")]
    facts = " · ".join(part for part in (someone.born, someone.age) if part)
    if facts:
        found.append(Words(facts, "facts"))
    outside = [tie for tie in _ties(family, someone.id) if not is_kin(tie.kind) and tie.person_id == someone.id]
    outside += [tie for tie in _ties(family, someone.id) if not is_kin(tie.kind) and tie.other_id == someone.id
                and not someone.centre and _centre(family) in (tie.person_id, tie.other_id)]  # fmt: skip
    found += [Words(_tie_words(family, someone, tie), "role") for tie in outside]
    return (*found, *(Words(text, "facts") for text in _other_homes(family, someone)))


def is_kin(kind: str) -> bool:
    """Whether a tie of this kind joins relatives or partners."""
    return kind in families.KINDS and families.KINDS[kind].group != families.NETWORK


def ties(family: Family, someone: Someone) -> tuple[str, ...]:
    """What somebody is to the others: "mother of Marco", in the order of the data."""
    return tuple(_tie_words(family, someone, tie, quality=True) for tie in _ties(family, someone.id))


def facts(someone: Someone) -> str:
    """Birth and age, whether somebody has died, and whether a child is not born yet."""
    # Translators: said of a person in a family drawing; used for women and men
    died = _("has died") if someone.died else ""
    expected = _("expected child") if someone.expected else ""
    # Translators: the person whose file is open
    centre = _("centre of the drawing") if someone.centre else ""
    return ", ".join(part for part in (centre, expected, someone.born, someone.age, died) if part)


def homes(family: Family, someone: Someone) -> tuple[str, ...]:
    """Where somebody lives, with the days if there are several homes."""
    found = []
    for home in family.homes:
        days = dict(home.days).get(someone.id)
        if someone.id in home.members:
            lives = _("lives in “{home}”: {days}") if days else _("lives in “{home}”")
            found.append(lives.format(home=home_name(home.name), days=days))
    return tuple(found)


def spoken(family: Family, someone: Someone) -> str:
    """Everything that the drawing shows of somebody, in one sentence."""
    parts = (someone.label, facts(someone), *ties(family, someone), *homes(family, someone))
    return ". ".join(part for part in parts if part)


def home_name(name: str) -> str:
    """The name of a household, or a word for it."""
    return name or _("Household")


def _centre(family: Family) -> str:
    return next((one.id for one in family.people if one.centre), "")


def _ties(family: Family, person_id: str) -> list[Tie]:
    return [tie for tie in family.ties if person_id in (tie.person_id, tie.other_id) and tie.person_id != tie.other_id]


def _tie_words(family: Family, someone: Someone, tie: Tie, *, quality: bool = False) -> str:
    people = {one.id: one for one in family.people}
    mine = tie.person_id == someone.id
    other = people.get(tie.other_id if mine else tie.person_id)
    known = families.KINDS.get(tie.kind)
    kind = tie.kind if mine or known is None else known.back
    name = other.label if other else ""
    if known is None:
        return _decider_words(tie.kind, name, mine=mine)
    # Translators: {kind} is a word such as "mother", "neighbour"; {name} a person
    ended = _("formerly {kind} of {name}") if tie.ended else _("{kind} of {name}")
    text = ended.format(kind=families.noun(kind, (someone.sex or "").upper() or None), name=name)
    if quality and tie.quality:
        word = codes.label(families.QUALITIES, tie.quality)
        text += f" ({word[:1].lower()}{word[1:]})"
    return text


def _decider_words(kind: str, name: str, *, mine: bool) -> str:
    known = {code.code: _(code.label) for code in families.RESPONSIBILITIES}
    word = known.get(kind, kind)
    if mine:
        # Translators: {role} is such as "Volunteer guardian (L. 47/2017)", {name} the child
        return _("{role}: for {name}").format(role=word, name=name)
    # Translators: said of a child; {role} is such as "Volunteer guardian (L. 47/2017)", {name} who it is
    return _("{role}: {name}").format(role=word, name=name)


def _other_homes(family: Family, someone: Someone) -> list[str]:
    """For those who live in several homes: the number of each other home, and the days."""
    main = main_homes(family).get(someone.id)
    found = []
    for number, home in enumerate(family.homes, start=1):
        if someone.id in home.members and home.id != main:
            days = dict(home.days).get(someone.id)
            # Translators: below a child that also lives in the home with this number of the drawing
            found.append((_("also in home {number}: {days}") if days else _("also in home {number}")).format(
                number=number, days=days))  # fmt: skip
    return found


def broken(text: str, width: Callable[[str], float], room: float) -> tuple[str, ...]:
    """A text in lines no wider than `room`: parted between words, and within a word only if it is wider alone."""
    lines, line = list[str](), ""
    for word in text.split():
        tried = f"{line} {word}" if line else word
        if width(tried) <= room:
            line = tried
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, width, room)
        lines += full
    return (*lines, line) if line or not lines else tuple(lines)


def _pieces(word: str, width: Callable[[str], float], room: float) -> Sequence[str]:
    """A word in pieces, of one character at least; only what is about as long as a piece is measured."""
    pieces = []
    while word:
        low = 1
        while low < len(word) and width(word[: 2 * low]) <= room:
            low *= 2
        high = min(2 * low - 1, len(word))
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if width(word[:middle]) <= room else (low, middle - 1)
        pieces.append(word[:low])
        word = word[low:]
    return pieces


# Titles of the lines of the legend, by kind and style of a line.
LEGEND: dict[tuple[str, str], str] = {
    ("couple", "married"): N_("Married or registered"),
    ("couple", "together"): N_("Living together, partners"),
    ("couple", "separated"): N_("Separated"),
    ("couple", "divorced"): N_("Divorced"),
    ("couple", "past"): N_("Former partners"),
    ("couple", "parents"): N_("Parents together"),
    ("children", "birth"): N_("Child by birth"),
    ("children", "adopted"): N_("Adopted child"),
    ("children", "foster"): N_("Foster child"),
    ("children", "step"): N_("Stepchild"),
    ("siblings", "full"): N_("Brothers and sisters"),
    ("siblings", "twin"): N_("Twins"),
    ("siblings", "half"): N_("Half- or stepsiblings"),
    ("tie", "relative"): N_("Other relatives"),
    ("tie", "network"): N_("Support and network"),
    ("quality", "close"): N_("Close to each other"),
    ("quality", "fused"): N_("Very close"),
    ("quality", "distant"): N_("Distant"),
    ("quality", "conflict"): N_("In conflict"),
    ("quality", "cut_off"): N_("Cut off"),
    ("quality", "violence"): N_("Violence or fear"),
}
SYMBOLS: dict[str, str] = {
    "m": N_("Man, boy"),
    "f": N_("Woman, girl"),
    "unknown": N_("Sex not known"),
    "expected": N_("Expected child"),
    "died": N_("Has died"),
    # Translators: the person whose file is open, in the legend of a family drawing
    "centre": N_("Person of this file"),
}
