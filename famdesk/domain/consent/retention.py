"""What becomes of each kind of record when a person asks to be forgotten, and what has to stay until when.

Source: GDPR art. 17, with para. 3 b), d) and e) for what stays; art. 17 of the psychologists' code of conduct
(documents of interviews are kept for five years at least); art. 2946 c.c. (ten years) for proofs of consent.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from famdesk.i18n import N_

INTERVIEW_YEARS = 5
FULL_AGE = 18

DELETE, BLANK = "delete", "blank"


@dataclass(frozen=True, slots=True)
class Fate:
    """What is done with the rows of a table that point at a person.

    Attributes:
        deed: `DELETE` the row, or `BLANK` its texts so that the figures stay right.
        what: msgid of what the rows are, in the plural.
        why: msgid of why something stays; "" if nothing does.
        empty: the columns that are emptied, with the value they get.
        only: the columns by which the fate is meant; None: any that points at a person.
    """

    deed: str
    what: str
    why: str = ""
    empty: tuple[tuple[str, str | None], ...] = ()
    only: frozenset[str] | None = None


_FIGURES = N_("stays without names, for the figures of past months")
_PROOF = N_("stays without texts as a proof, for ten years")


def _emptied(*columns: str, **others: str) -> tuple[tuple[str, str | None], ...]:
    return (*((column, None) for column in columns), *others.items())


FATES: dict[str, tuple[Fate, ...]] = {
    "contact_point": (Fate(DELETE, N_("phone numbers, mail and addresses")),),
    "membership": (Fate(DELETE, N_("places in households")),),
    "person_staff": (Fate(DELETE, N_("colleagues of the file")),),
    "relation": (Fate(DELETE, N_("relations")),),
    "responsibility": (Fate(DELETE, N_("who decides for a minor")),),
    "placement": (Fate(DELETE, N_("foster care and other placements")),),
    "measure": (Fate(DELETE, N_("measures of courts")),),
    "delegate": (Fate(DELETE, N_("who may collect a child")),),
    "school_year": (Fate(DELETE, N_("schools")),),
    "flag": (Fate(DELETE, N_("marks of vulnerability")),),
    "custom_value": (Fate(DELETE, N_("values of the centre's own fields")),),
    "not_same": (Fate(DELETE, N_("answers to warnings of doubles")),),
    "merge": (Fate(DELETE, N_("records of merged files")),),
    "follow_up": (Fate(DELETE, N_("calls and follow-ups")),),
    "card_person": (Fate(DELETE, N_("mentions as a reference person")),),
    "access_card": (
        Fate(BLANK, N_("access cards"), _FIGURES,
             _emptied("caller_relation", "sent_by", "accompanied_by", "references", "needs_family", "needs_operator",
                      "answers", "note"), frozenset({"person_id"})),
        Fate(BLANK, N_("access cards of others that the person asked for"), _FIGURES,
             _emptied("caller_relation", "accompanied_by"), frozenset({"caller_id"})),
    ),
    "appointment": (
        Fate(BLANK, N_("appointments"), _FIGURES,
             _emptied("label", "reason", "overlap_reason", "where_text", "note", "uid", "source_text")),
    ),
    "appointment_party": (Fate(DELETE, N_("appointments of others at which the person was to be present")),),
    "reminder": (Fate(DELETE, N_("reminders of appointments")),),
    "enrolment": (Fate(BLANK, N_("enrolments and attendance"), _FIGURES,
                       _emptied("note", "picked_reason", "mismatch_reason", "answers", "allergies", "pick_up")),),
    "sheet_mail": (Fate(DELETE, N_("sheets sent by mail")),),
    "meeting_notice": (Fate(DELETE, N_("notices about meetings")),),
    "certificate": (Fate(BLANK, N_("certificates of attendance"), _PROOF),),
    "legal_hold": (Fate(BLANK, N_("legal holds that were lifted"), _PROOF, _emptied("end_reason", reason="–")),),
    "path_person": (Fate(BLANK, N_("paths of care"), _FIGURES),),
    "note_person": (Fate(BLANK, N_("session notes that were destroyed"), _PROOF),),
    "note_release": (Fate(BLANK, N_("excerpts and reports that were given out"), _PROOF,
                          _emptied("recipient_name", "ended_why")),),
    "emergency": (Fate(BLANK, N_("emergency accesses"), _PROOF, _emptied(reason="–")),),
    "visit": (Fate(BLANK, N_("visits to the waiting room"), _FIGURES, _emptied("first_name", "what")),),
    "referral": (Fate(BLANK, N_("referrals"), _FIGURES, _emptied("answer", why="–")),),
    "consent": (
        Fate(BLANK, N_("consents"), _PROOF,
             _emptied("recipient_name", "withheld", "heard_words", "withdrawn_by", "note")),
    ),
    "consent_signature": (Fate(BLANK, N_("signatures"), _PROOF, _emptied("signer_name")),),
    "rights_request": (Fate(BLANK, N_("requests about the person's own data"), _PROOF, _emptied("note")),),
}  # fmt: skip
"""By table; every table that points at a person has its fate."""

FIRST_CONTACT = Fate(
    BLANK, N_("info contacts from which access cards were made"), _FIGURES, _emptied("need_text", "answer")
)
"""They point at a card, and by it at a person."""

KEPT_OF_A_PERSON = frozenset({
    "id", "version", "centre_id", "deleted_at", "sex", "language", "municipality", "fictional", "protected",
    "no_contact", "merged_into_id", "erased_on", "birth_part", "privacy", "needs_mediator", "restricted",
})  # fmt: skip
"""What stays of an erased person: nothing that names anybody; of the birth date the year."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How long a centre keeps the documents of interviews: `years` after the relationship has ended, five at least.

    `from_age`: for who was a minor the term begins at the eighteenth birthday at the earliest. No law that we know asks
    for it; but before that day nobody could ask for the documents in the own name.
    """

    years: int = INTERVIEW_YEARS
    from_age: bool = True


OPEN = date.max
"""The end of a term that has not begun, since the relationship goes on."""


def kept_until(
    sessions: Iterable[date], rule: Rule | None = None, *, closings: Iterable[date | None] = (),
    births: Iterable[date] = (),
) -> date | None:  # fmt: skip
    """The last day on which the documents of a relationship have to be there; None if there are none.

    It ended with the last of its `sessions` or `closings` of paths, whichever came later; `OPEN` while a path is not
    closed (None). `births` are the birthdays of those concerned, as far as they are known.

    Source: art. 17 of the psychologists' code of conduct; art. 2963 c.c. for how a term in years runs.
    """
    rule, ends = rule or Rule(), [*sessions]
    for closed in closings:
        if closed is None:
            return OPEN
        ends.append(closed)
    if not ends:
        return None
    begins = max(ends)
    if rule.from_age:
        begins = max([begins, *(years_after(born, FULL_AGE) for born in births)])
    return years_after(begins, max(rule.years, INTERVIEW_YEARS))


def is_due(until: date | None, today: date) -> bool:
    """Whether the term is over: its last day still belongs to it."""
    return until is not None and until < today


def years_after(day: date, years: int) -> date:
    """The same day some years later; for 29 February the last day of that month, where it is shorter."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 2, 28)


def answer_due(received: date) -> date:
    """The last day for the answer to a request: one month later, or the last day of a shorter month.

    Source: GDPR art. 12 para. 3; Reg. (EEC) 1182/71 art. 3 for how a term in months runs.
    """
    year, month = (received.year + 1, 1) if received.month == 12 else (received.year, received.month + 1)
    return date(year, month, min(received.day, monthrange(year, month)[1]))
