"""The program's own texts of letters and mails to families, in the language of their reader."""

from __future__ import annotations

from dataclasses import dataclass

from famdesk.i18n import _

FREE, INVITATION, CONFIRMATION, OUTCOME, DOCUMENTS = "free", "invitation", "confirmation", "outcome", "documents"
GAP = "…"
"""Where somebody has to write something before the letter goes."""


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
        call = _("Please call {phone}: together we will find a day that suits you.")
        return _("we would like to meet you."), call.format(phone=phone) if phone else ""
    if kind == CONFIRMATION:
        return _(
            "thank you for contacting us. We have received your request and will answer within a few days."
        ), unclear
    if kind == OUTCOME:
        return _("we have looked at your request. This is the outcome:"), GAP, unclear
    if kind == DOCUMENTS:
        return _("to continue with your request we need these documents:"), f"– {GAP}", unclear
    return (GAP,)


def mail_text(signed: str) -> str:
    """What a mail says to which a sheet is attached; it tells nothing of the sheet. `signed` "" is left out."""
    parts = (_("Good morning,"), _("the document is attached to this mail."), signed)
    return "\n\n".join(part for part in parts if part)


def mail_subject() -> str:
    """A few words that anybody may read."""
    # Translators: subject of a mail; it tells nothing of what is in it
    return _("Document")


def mail_file() -> str:
    """The name of the file that is attached."""
    # Translators: name of a file that is attached to a mail; it tells nothing of what is in it
    return _("document") + ".pdf"
