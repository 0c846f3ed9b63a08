"""Letters and envelopes: whom they go to tells the safe-contact gate; the words are those of the desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from famdesk.data.tx import Tx
from famdesk.domain.post import letters as kinds
from famdesk.domain.post.letters import LetterWords
from famdesk.domain.text import fold
from famdesk.i18n import formats
from famdesk.i18n.collate import sort_key
from famdesk.sheets.collecting.collect import NobodyToWriteTo
from famdesk.sheets.post.envelope import Envelope, EnvelopeSheet
from famdesk.sheets.post.labels import Label, LabelSheet, broken
from famdesk.sheets.post.letter import LetterSheet, OneLetter
from famdesk.usecases.family.home_addresses import households
from famdesk.usecases.post import letters, prints
from famdesk.usecases.post.letters import Addressed, OwnText

_NAMED = 3
"""So many people of a household are named in an address; a larger one has a name of its own."""


@dataclass(frozen=True, slots=True)
class Addressees:
    """Whom one letter goes to: one entry for each address, in the order of printing, and the centre's own texts.

    `careful`: how many have to be careful and get none, since nothing in their letter may tell the centre; `left_out`:
    how many others may not be written to, or have no address.
    """

    to: tuple[Addressed, ...]
    texts: tuple[OwnText, ...]
    careful: int = 0
    left_out: int = 0


def one(
    to: Addressed, words: LetterWords, language: str, day: date, *, envelope: str = kinds.DL,
    window: str = kinds.RIGHT, large_print: bool = False,
) -> LetterSheet:  # fmt: skip
    """The letter as it was written, if it may go like that.

    Raises:
        GapsLeft, TellsCentre.
    """
    kinds.check(words, neutral=to.neutral, forbidden=to.forbidden)
    address = to.address.replace(", ", "\n")
    letter = OneLetter(to.name, address, to.sender, words.subject, words.text, language, not to.neutral)
    return LetterSheet((letter,), day, envelope, window, large_print)


def many(tx: Tx, person_ids: Sequence[str], sheet: str = "letter") -> Addressees:
    """Those of the persons to whom the same letter may go; who lives together at one address gets one. By name; that
    they stand on a `sheet` (of letters, or of the labels for them) is noted.

    Raises:
        NobodyToWriteTo.
    """
    wanted = list(dict.fromkeys(person_ids))
    told = letters.addressed(tx, wanted)
    free = [one for one in told if not one.neutral]
    if not free:
        raise NobodyToWriteTo
    prints.note(tx, sheet, [("person", one.person_id) for one in free])
    return Addressees(_one_an_address(tx, free), letters.texts(tx), len(told) - len(free), len(wanted) - len(told))


def for_all(
    found: Addressees, words: Mapping[str, LetterWords], main: str, day: date, *, envelope: str = kinds.DL,
    window: str = kinds.RIGHT, large_print: bool = False,
) -> LetterSheet:  # fmt: skip
    """The letter to all of them, to each in the own language if it was written in that, or else in the `main` one.

    Raises:
        GapsLeft.
    """
    made: list[OneLetter] = []
    for to in found.to:
        spoken = to.language if to.language in words else main
        made += one(to, words[spoken], spoken, day).letters
    return LetterSheet(tuple(made), day, envelope, window, large_print)


def labels(found: Addressees) -> LabelSheet:
    """A label for each of the letters, in their order."""
    return LabelSheet(tuple(Label(to.name, to.address) for to in found.to))


def _one_an_address(tx: Tx, found: Sequence[Addressed]) -> tuple[Addressed, ...]:
    """Who lives in one household, at one address, shares a letter; people who only live in one house do not."""
    homes = households(tx, [one.person_id for one in found])
    groups: dict[tuple[str, str], list[Addressed]] = {}
    for to in found:
        home, _name = homes.get(to.person_id, (to.person_id, ""))
        groups.setdefault((home, fold(to.address)), []).append(to)
    shared = []
    for group in groups.values():
        group.sort(key=lambda to: sort_key(to.name))
        first, names = group[0], [to.name for to in group]
        if len(names) > 1:
            home_name = homes[first.person_id][1]
            first = replace(first, name=home_name if len(names) > _NAMED else formats.list_text(names, first.language))
        shared.append(first)
    return tuple(sorted(shared, key=lambda to: sort_key(to.name)))


def envelopes(tx: Tx, person_ids: Sequence[str], size: str = kinds.DL, *, sender: bool = False) -> EnvelopeSheet:
    """Envelopes for those of the persons who may be written to, by name. The print is noted.

    `sender`: with street and town, never with a name, and not for those who have to be careful.

    Raises:
        NobodyToWriteTo.
    """
    found = letters.addressed(tx, person_ids)
    if not found:
        raise NobodyToWriteTo
    prints.note(tx, "envelope", [("person", row.person_id) for row in found])
    made = [Envelope(row.name, broken(row.address), broken(row.street) if sender else "") for row in found]
    made.sort(key=lambda envelope: sort_key(envelope.name))
    return EnvelopeSheet(tuple(made), size, len(set(person_ids)) - len(made))
