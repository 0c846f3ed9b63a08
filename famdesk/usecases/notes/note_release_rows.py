"""What windows are told of excerpts, summaries and reports: plain rows without what they say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from famdesk.domain.notes.note_release import BODY, COLLEAGUE, FAMILY, Terms


@dataclass(frozen=True, slots=True)
class Recipient:
    """To whom something goes, one of these: a colleague, a body of the directory or one by its name, or the person
    concerned or who decides for the person (`other_id`)."""

    staff_id: str | None = None
    body_id: str | None = None
    name: str | None = None
    other_id: str | None = None

    @property
    def kind(self) -> str:
        """A code of `RECIPIENTS`, "" for nobody."""
        if self.staff_id:
            return COLLEAGUE
        if self.body_id or self.name:
            return BODY
        return FAMILY if self.other_id else ""


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """An excerpt, a summary or a report. `person` and `to` are what they are called, "" for who is hidden; `terms` as
    they were fixed. `given_on`: given or printed. `ended`: a code of `ENDINGS` if a colleague reads it no more."""

    id: str
    version: int
    note_id: str
    person_id: str
    person: str
    author_id: str
    author: str
    recipient: Recipient
    to: str
    terms: Terms
    signed: bool
    given_on: date | None
    ended: str | None


@dataclass(frozen=True, slots=True)
class Cover:
    """What covers that something goes to somebody. `stops`: the sentence of why nothing may go; "": it may. `told`:
    which consent or lawful ground it is; `withheld`: what the family said must not be told."""

    consent_id: str | None = None
    stops: str = ""
    told: str = ""
    withheld: str = ""


@dataclass(frozen=True, slots=True)
class ReleaseOnPaper:
    """What stands on paper: to whom (`name`, `address`), from whom (`sender`, nothing where nobody may see it), what
    it is (`kind`), its text, by whom it is signed. `neutral`: nothing may tell the centre. `note`: what to mind."""

    name: str
    address: str
    sender: tuple[str, ...]
    kind: str
    text: str
    signed: str
    day: date
    neutral: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class PersonOfFamily:
    """Somebody who may get what is given out about a person: the person, or who decides for the person."""

    id: str
    name: str
