"""What lists and the file of a person hold: plain rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from famdesk.domain.calendar.no_shows import NoShows
from famdesk.domain.people.contact import Rule

NOTHING_MISSED = NoShows()


@dataclass(frozen=True, slots=True)
class PersonHit:
    """A person who fits what was typed: name, and in one line what tells people of one name apart.

    `similar`: the name only resembles what was typed.
    """

    id: str
    label: str
    detail: str
    similar: bool = False


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person as lists show them. `born` is the birth date with the age, or what is known of it in words.

    `phone` is the first number, with its `rule`; both None: no number is known. `similar`: the name only resembles
    what was searched for. `consents`: what has to be minded of them, in words ("Photos: 1 of 2 signatures").
    """

    id: str
    label: str
    alias: str | None
    born: str
    town: str | None
    language: str | None
    needs_mediator: bool
    phone: str | None
    rule: Rule | None
    privacy: str
    protected: bool
    fictional: bool
    similar: bool = False
    consents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Double:
    """Somebody who may be the same person, with the reason in words."""

    id: str
    label: str
    detail: str
    reason: str


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A contact point; see `famdesk.domain.people.contact.Rule` for what may be done with it. `hidden`: it never leaves
    the
    program."""

    id: str
    version: int
    kind: str
    value: str
    owner: str | None
    rule: Rule
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Somebody in a household; `membership_id` and `version` are those of the membership. Dates None: not known.

    `days`: when somebody with two homes is here, in words. `sex` as in the file: it changes the word for the role.
    `phone` with its `rule`: the number of somebody who brings up the child whose file it is; None: not looked for.
    """

    membership_id: str
    version: int
    person_id: str
    label: str
    role: str
    birth_date: date | None
    valid_from: date | None
    valid_to: date | None
    days: str | None = None
    sex: str | None = None
    phone: str | None = None
    rule: Rule | None = None


@dataclass(frozen=True, slots=True)
class HouseholdRow:
    """A household with the members whom this person may know of, present ones first."""

    id: str
    version: int
    name: str
    address: str | None
    town: str | None
    municipality: str | None
    note: str | None
    members: tuple[MemberRow, ...]


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """Something that happened or is to come: kind access, appointment, enrolment, meeting, emergency (that somebody
    opened the file in an emergency) or reading (that somebody opened a note of the reader's own).

    `starts` None: only the day is known. `what` is the title in words, `details` quiet words (who, where, for whom),
    `state` a code of the kind's table, or "present"/"absent" for a meeting. `target_id` is the record to open.
    """

    kind: str
    target_id: str
    day: date
    starts: time | None
    what: str
    details: tuple[str, ...]
    state: str | None


@dataclass(frozen=True, slots=True)
class TieRow:
    """A colleague's tie to the person: kind assigned or blocked."""

    id: str
    version: int
    staff_id: str
    name: str
    kind: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class FileBadge:
    """Something that must be seen at once in a file, in words.

    `key` is stable ("flag", "consent"…), `icon` a name of resources/icons or "", `tone` one of "calm", "good",
    "warning", "danger". See `famdesk.usecases.people.person_badges` for how a feature adds its own.
    """

    key: str
    text: str
    icon: str = ""
    tone: str = "calm"


@dataclass(frozen=True, slots=True)
class MergeRow:
    """A file that is part of another one. `until` is the last day to take it apart (None: it cannot be any more, or not
    by whoever asks); `left` how many of its records did not come along yet."""

    id: str
    label: str
    merged_on: date
    until: date | None
    left: int


@dataclass(frozen=True, slots=True)
class PersonFile:
    """A person's file as it is `today`. `label` is for the screen, `public_label` for paper that others may see.

    The details are those of `person_checks.PersonDetails`. `district` names the Ambito or catchment of the centre in
    which the municipality lies (None: not known); `badges` are what features add to the identity strip.
    `missed`: appointments to which the person did not come.
    `merged` are the files that are part of this one; `asked_id` is the id that was asked for, which may be one of them.
    `open_until`: it is open to the reader by an emergency access only, until then (local time), and read only.
    """

    today: date
    id: str
    version: int
    label: str
    public_label: str
    surname: str | None
    given_name: str | None
    alias: str | None
    sex: str | None
    birth_date: date | None
    birth_part: str | None
    birth_text: str | None
    birth_place: str | None
    died_on: date | None
    due_on: date | None
    tax_code: str | None
    language: str | None
    languages: str | None
    needs_mediator: bool
    citizenship: str | None
    second_citizenship: str | None
    abode: str | None
    municipality: str | None
    town: str | None
    district: str | None
    note: str | None
    privacy: str
    privacy_on: date | None
    fictional: bool
    protected: bool
    restricted: bool
    owner_staff_id: str | None
    owner: str | None
    badges: tuple[FileBadge, ...]
    contacts: tuple[ContactRow, ...]
    households: tuple[HouseholdRow, ...]
    timeline: tuple[TimelineRow, ...]
    ties: tuple[TieRow, ...]
    no_contact: bool = False
    merged: tuple[MergeRow, ...] = ()
    missed: NoShows = NOTHING_MISSED
    asked_id: str = ""
    open_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class FileStep:
    """A step in the life of a file: who, when (local), what; `fields` are (table, column, before, after) as text."""

    seq: int
    at: datetime
    by: str
    label: str
    reason: str | None
    fields: tuple[tuple[str, str, str | None, str | None], ...]
