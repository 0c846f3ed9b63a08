"""Letters that a centre writes to families: their kinds, the program's own texts, envelopes and their windows."""

from __future__ import annotations

from dataclasses import dataclass

from famdesk.domain.codes import Code, Table
from famdesk.domain.errors import RuleError
from famdesk.domain.text import fold
from famdesk.i18n import N_, _

FREE, INVITATION, CONFIRMATION, OUTCOME, DOCUMENTS = "free", "invitation", "confirmation", "outcome", "documents"
KINDS: Table = (
    Code(FREE, N_("Free letter")),
    Code(INVITATION, N_("Invitation to a talk")),
    Code(CONFIRMATION, N_("Confirmation of a request")),
    Code(OUTCOME, N_("Outcome of a request")),
    Code(DOCUMENTS, N_("Request for documents")),
)

GAP = "…"
"""Where somebody has to write something before the letter goes."""
LONGEST = 20_000

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


@dataclass(frozen=True, slots=True)
class LetterWords:
    """What a letter says: its subject and its text, with paragraphs between blank lines."""

    subject: str
    text: str


def own_words(kind: str, phone: str, signed: str) -> LetterWords:
    """The program's text of a kind of letter in the current language; `phone` "" and `signed` "" are left out."""
    subject, body = _subject(kind), _body(kind, phone)
    closing = [_("Kind regards"), signed] if signed else [_("Kind regards")]
    return LetterWords(subject, "\n\n".join(part for part in (_("Good morning,"), *body, "\n".join(closing)) if part))


def _subject(kind: str) -> str:
    subjects = {
        # Translators: subject of a letter to a family
        INVITATION: _("Invitation"),
        # Translators: subject of a letter to a family
        CONFIRMATION: _("We have received your request"),
        # Translators: subject of a letter to a family
        OUTCOME: _("Answer to your request"),
        # Translators: subject of a letter to a family
        DOCUMENTS: _("Documents that we need"),
    }
    return subjects.get(kind, "")


def _body(kind: str, phone: str) -> tuple[str, ...]:
    unclear = _("If something is not clear, please call {phone}.").format(phone=phone) if phone else ""
    if kind == INVITATION:
        call = _("Please call {phone}: together we find a day that suits you.").format(phone=phone) if phone else ""
        return _("we would like to meet you."), call
    if kind == CONFIRMATION:
        return _(
            "thank you for turning to us. We have received your request and will answer within a few days."
        ), unclear
    if kind == OUTCOME:
        return _("we have looked at your request. This is the outcome:"), GAP, unclear
    if kind == DOCUMENTS:
        return _("to go on with your request we need these documents:"), f"– {GAP}", unclear
    return (GAP,)


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
