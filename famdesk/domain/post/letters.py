"""Letters that a centre writes to families: their kinds, envelopes and their windows, what may not stand in them."""

from __future__ import annotations

from famdesk.domain.codes import Code, Table
from famdesk.domain.errors import RuleError
from famdesk.domain.post.letter_words import CONFIRMATION as CONFIRMATION
from famdesk.domain.post.letter_words import DOCUMENTS as DOCUMENTS
from famdesk.domain.post.letter_words import FREE as FREE
from famdesk.domain.post.letter_words import GAP as GAP
from famdesk.domain.post.letter_words import INVITATION as INVITATION
from famdesk.domain.post.letter_words import OUTCOME as OUTCOME
from famdesk.domain.post.letter_words import LetterWords as LetterWords
from famdesk.domain.post.letter_words import own_words as own_words
from famdesk.domain.text import fold
from famdesk.i18n import N_

KINDS: Table = (
    Code(FREE, N_("Free letter")),
    Code(INVITATION, N_("Invitation to a talk")),
    Code(CONFIRMATION, N_("Confirmation of a request")),
    Code(OUTCOME, N_("Outcome of a request")),
    Code(DOCUMENTS, N_("Request for documents")),
)

DL, C5 = "DL", "C5"
ENVELOPES: Table = (
    # Translators: a size of envelopes, in Italian "busta commerciale"
    Code(DL, N_("DL, folded twice")),
    Code(C5, N_("C5, folded once")),
)
RIGHT, LEFT, NONE = "right", "left", "none"
WINDOWS: Table = (
    # Translators: where the window of an envelope is
    Code(RIGHT, N_("Window on the right")),
    Code(LEFT, N_("Window on the left")),
    Code(NONE, N_("Without a window")),
)


class GapsLeft(RuleError):
    message = N_("Write something in the places marked with “…” first.")


class TellsCentre(RuleError):
    message = N_(
        "This person has to be careful: nothing in the letter may tell who writes. Take “{words}” out of the text."
    )


def check(words: LetterWords, *, neutral: bool, forbidden: tuple[str, ...]) -> None:
    """Whether the letter may go as it is; where it must be neutral, none of the `forbidden` words stands in it.

    Raises:
        GapsLeft, TellsCentre.
    """
    if GAP in words.text or GAP in words.subject:
        raise GapsLeft("text")
    if neutral:
        written = fold(f"{words.subject} {words.text}")
        told = next((one for one in forbidden if one and fold(one) in written), None)
        if told:
            raise TellsCentre("text", words=told)
