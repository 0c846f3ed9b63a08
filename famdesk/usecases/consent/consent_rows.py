"""What windows and sheets are told of consents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from famdesk.domain import codes
from famdesk.domain.consent import consents
from famdesk.domain.consent.consents import COVERS, Status
from famdesk.i18n import _, ngettext


@dataclass(frozen=True, slots=True)
class ConsentState:
    """How a consent stands on a day.

    `purpose` is the one that holds at the person's age; `minor` None: the birth is not known. `missing` are the names
    of known holders who have not signed. `refused_on`, `withdrawn_on`, `valid_to` as in the consent. `hear`: a minor
    who is to be heard and was not yet.
    """

    purpose: str
    status: Status
    signed: int
    needed: int
    missing: tuple[str, ...] = ()
    consent_id: str | None = None
    minor: bool | None = None
    hear: bool = False
    refused_on: date | None = None
    withdrawn_on: date | None = None
    valid_to: date | None = None

    @property
    def covers(self) -> bool:
        """Whether the thing may be done."""
        return self.status in COVERS

    @property
    def badge(self) -> str:
        """A few words for lists and badges, in the current language; "" where nothing has to be minded."""
        return badge(self.purpose, self.status, self.signed, self.needed)


def badge(purpose: str, status: Status, signed: int, needed: int) -> str:
    """ "Interviews with a minor: 1 of 2 signatures" """
    name = codes.label(consents.PURPOSES, purpose)
    if status in {"asked", "partial"}:
        text = ngettext(
            "{purpose}: {signed} of {needed} signature", "{purpose}: {signed} of {needed} signatures", needed
        )
        return text.format(purpose=name, signed=signed, needed=needed)
    if status in {"refused", "withdrawn", "expired"}:
        words = {"refused": _("{purpose}: refused"), "withdrawn": _("{purpose}: withdrawn"),
                 "expired": _("{purpose}: no longer valid")}  # fmt: skip
        return words[status].format(purpose=name)
    return ""


@dataclass(frozen=True, slots=True)
class MissingSignature:
    """A consent that waits for signatures; `who` is the person concerned, `badge` what is missing in words."""

    consent_id: str
    person_id: str
    who: str
    purpose: str
    signed: int
    needed: int
    asked_on: date

    @property
    def badge(self) -> str:
        return badge(self.purpose, "partial", self.signed, self.needed)


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """A signature: who, as what, how, when."""

    id: str
    version: int
    name: str
    person_id: str | None
    signs_as: str
    how: str
    signed_on: date


@dataclass(frozen=True, slots=True)
class HolderRow:
    """Somebody who has to sign and has not: for the signing dialog and the sheet."""

    name: str
    person_id: str | None
    signs_as: str


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """A consent with its signatures. `text`: title and number of the version, None: no text of the centre.

    `recipient`: the body or name to whom something may be passed on. `state` says how it stands today.
    """

    id: str
    version: int
    state: ConsentState
    asked_on: date
    text_id: str | None
    text: str | None
    recipient_body_id: str | None
    recipient: str | None
    withheld: str | None
    valid_to: date | None
    withdrawn_by: str | None
    ground: str | None
    ground_act: str | None
    ground_number: str | None
    ground_on: date | None
    heard_on: date | None
    heard_words: str | None
    note: str | None
    signatures: tuple[SignatureRow, ...]
    to_sign: tuple[HolderRow, ...]


@dataclass(frozen=True, slots=True)
class ConsentFile:
    """All consents of a person. `purposes`: how each purpose that is for somebody of that age stands today;
    `rows`: every consent, the newest first; `holders`: who may decide today; `hear`: old enough to be heard."""

    today: date
    person_id: str
    name: str
    minor: bool | None
    hear: bool
    purposes: tuple[ConsentState, ...]
    rows: tuple[ConsentRow, ...]
    holders: tuple[HolderRow, ...]
