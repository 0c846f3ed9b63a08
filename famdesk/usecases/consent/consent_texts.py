"""The texts that people sign: versions by purpose and language. One that was in use is never changed, only followed.

Proposed texts travel with the program (`resources/consents`); a new centre gets them, and so does one that has none.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from famdesk.data.tables.consents import Consent, ConsentText
from famdesk.data.tx import Tx
from famdesk.domain import codes
from famdesk.domain.consent import consents
from famdesk.domain.errors import Required, RuleError, TextTooLong
from famdesk.i18n import LANGUAGES, N_
from famdesk.resources import text as resource_text
from famdesk.usecases.registry import query, usecase

LONGEST_TITLE = 200
LONGEST_BODY = 20_000
BLANK = "____"
"""Underlines stand for what only the centre can write, or what is filled in by hand."""


class UnknownTextPurpose(RuleError):
    message = N_("Choose from the list what the text is for.")


class UnknownLanguage(RuleError):
    message = N_("Choose the language of the text from the list.")


class NotADraft(RuleError):
    message = N_("This version has been in use, so it stays as it was signed. Write a new version.")


class DraftThere(RuleError):
    message = N_("There is already a draft of this text. Change that one.")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed text of the program."""

    purpose: str
    language: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class TextRow:
    """A version of a text. `state` is a code of `TEXT_STATES`; `valid_from` the day on which it came into use.

    `signed`: how many consents were asked for with it; `blanks`: how many places in it are still to be filled in.
    """

    id: str
    version: int
    purpose: str
    language: str
    number: int
    title: str
    body: str
    state: str
    valid_from: date | None
    signed: int

    @property
    def blanks(self) -> int:
        return blanks(self.body)


def blanks(body: str) -> int:
    """How many underlined places a text has."""
    return sum(1 for word in body.replace("(", " ").replace(")", " ").split() if word.startswith(BLANK))


def proposals(language: str) -> tuple[Proposal, ...]:
    """The proposed texts in a language, in the order of the purposes."""
    found = tomllib.loads(resource_text(f"consents/{language}.toml"))
    return tuple(
        Proposal(code, language, found[code]["title"], found[code]["body"].strip())
        for code in codes.codes(consents.PURPOSES)
    )


@query
def texts(tx: Tx) -> tuple[TextRow, ...]:
    """All versions of all texts, by purpose and language, the newest first."""
    asked = select(Consent.text_id, func.count()).where(Consent.text_id.is_not(None)).group_by(Consent.text_id)
    used: dict[str, int] = dict(tx.rows(asked))
    order, languages = codes.codes(consents.PURPOSES), list(LANGUAGES)
    rows = [_row(one, used.get(one.id, 0)) for one in tx.all(ConsentText)]
    return tuple(sorted(rows, key=lambda row: (order.index(row.purpose), languages.index(row.language), -row.number)))


@query
def text_of(tx: Tx, text_id: str | None, purpose: str, language: str) -> TextRow | Proposal:
    """A version by its id; without one, the text in use in a language, else the proposed one.

    Raises:
        NotFound.
    """
    if text_id is not None:
        return _row(tx.get(ConsentText, text_id), 0)
    found = tx.all(ConsentText, ConsentText.purpose == purpose, ConsentText.language == language,
                   ConsentText.state == "in_use")  # fmt: skip
    if found:
        return _row(found[0], 0)
    return next(one for one in proposals(language) if one.purpose == purpose)


def _row(one: ConsentText, signed: int) -> TextRow:
    return TextRow(one.id, one.version, one.purpose, one.language, one.number, one.title, one.body, one.state,
                   one.valid_from, signed)  # fmt: skip


@usecase(N_("Draft of a consent text written"))
def write_draft(tx: Tx, purpose: str, language: str, title: str, body: str) -> str:
    """A new version that nobody gets yet; gives its id.

    Raises:
        UnknownTextPurpose, UnknownLanguage, DraftThere, Required, TextTooLong.
    """
    if purpose not in codes.codes(consents.PURPOSES):
        raise UnknownTextPurpose("purpose")
    if language not in LANGUAGES:
        raise UnknownLanguage("language")
    others = tx.all(ConsentText, ConsentText.purpose == purpose, ConsentText.language == language)
    if any(one.state == "draft" for one in others):
        raise DraftThere
    new = ConsentText(purpose=purpose, language=language, number=1 + max((one.number for one in others), default=0))
    _fill(new, title, body)
    return tx.add(new).id


@usecase(N_("Draft of a consent text changed"))
def change_draft(tx: Tx, text_id: str, version: int, title: str, body: str) -> None:
    """Changes a draft.

    Raises:
        NotADraft, Required, TextTooLong, NotFound, Stale.
    """
    _fill(_draft(tx, text_id, version), title, body)


@usecase(N_("Draft of a consent text removed"))
def remove_draft(tx: Tx, text_id: str, version: int) -> None:
    """Puts a draft into the bin.

    Raises:
        NotADraft, NotFound, Stale.
    """
    tx.bin(_draft(tx, text_id, version))


@usecase(N_("Consent text put into use"))
def put_in_use(tx: Tx, text_id: str, version: int) -> None:
    """From today this version is signed; the one before is kept and no longer used. Consents given with it hold.

    Raises:
        NotADraft, NotFound, Stale.
    """
    new = _draft(tx, text_id, version)
    for one in tx.all(ConsentText, ConsentText.purpose == new.purpose, ConsentText.language == new.language,
                      ConsentText.state == "in_use"):  # fmt: skip
        one.state = "retired"
    new.state, new.valid_from = "in_use", tx.today()


@usecase(N_("Proposed consent texts taken over"))
def place_proposals(tx: Tx) -> int:
    """Puts the proposed texts into use where the centre has none; gives how many those were."""
    known = {(one.purpose, one.language) for one in tx.all(ConsentText)}
    missing = [one for lang in LANGUAGES for one in proposals(lang) if (one.purpose, lang) not in known]
    for one in missing:
        tx.add(ConsentText(purpose=one.purpose, language=one.language, number=1, title=one.title, body=one.body,
                           state="in_use", valid_from=tx.today()))  # fmt: skip
    return len(missing)


def _draft(tx: Tx, text_id: str, version: int) -> ConsentText:
    found = tx.get(ConsentText, text_id, version)
    if found.state != "draft":
        raise NotADraft
    return found


def _fill(found: ConsentText, title: str, body: str) -> None:
    for field, value, limit in (("title", title, LONGEST_TITLE), ("body", body, LONGEST_BODY)):
        if not value.strip():
            raise Required(field)
        if len(value.strip()) > limit:
            raise TextTooLong(field, limit=limit)
    found.title, found.body = title.strip(), body.strip()
