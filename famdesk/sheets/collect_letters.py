"""Letters and envelopes: whom they go to tells the safe-contact gate; the words are those of the desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from famdesk.data.tx import Tx
from famdesk.domain import letters as kinds
from famdesk.domain.letters import LetterWords
from famdesk.i18n.collate import sort_key
from famdesk.sheets.collect import NobodyToWriteTo
from famdesk.sheets.envelope import Envelope, EnvelopeSheet
from famdesk.sheets.labels import broken
from famdesk.sheets.letter import LetterSheet, OneLetter
from famdesk.usecases import letters, prints
from famdesk.usecases.letters import Addressed


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
