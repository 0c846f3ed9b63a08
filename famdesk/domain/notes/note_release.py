"""What is given out of session notes: an excerpt, a summary or a report, never a note.

It is written for one recipient, about one person, for the sessions of some days, with what covers it. A colleague reads
it inside the program until a day; who is outside gets it on paper.

Source: art. 12, 15, 17, 31 Codice deontologico degli psicologi; GDPR art. 6, 9, 15.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from famdesk.domain.codes import Code, Table, codes, label
from famdesk.domain.errors import RuleError
from famdesk.domain.notes.notes import OUT_KINDS
from famdesk.i18n import N_, _, formats, ngettext

COLLEAGUE, BODY, FAMILY = "colleague", "body", "family"
RECIPIENTS: Table = (
    Code(COLLEAGUE, N_("A colleague of the centre")),
    Code(BODY, N_("A body: service, school, court")),
    # Translators: the recipient of a report
    Code(FAMILY, N_("The person concerned, or who decides for the person")),
)

PURPOSES: Table = (
    Code("care", N_("So that care goes on with somebody else")),
    Code("together", N_("To work together on the same case")),
    Code("authority", N_("Asked for by a court or another authority")),
    Code("school", N_("For the school")),
    Code("own_request", N_("Asked for by the person or the parents")),
    Code("other", N_("For something else, which the text says")),
)

ENDINGS: Table = (
    # Translators: why a colleague no longer reads an excerpt
    Code("withdrawn", N_("the consent no longer stands")),
    # Translators: why a colleague no longer reads an excerpt
    Code("expired", N_("the time is over")),
    # Translators: why a colleague no longer reads an excerpt
    Code("taken_back", N_("taken back by its author")),
)
LONGEST_NAME = 200


class UnknownKind(RuleError):
    message = N_("Choose from the list what you want to write.")


class UnknownPurpose(RuleError):
    message = N_("Say what it is for.")


class RecipientMissing(RuleError):
    message = N_("Say to whom it goes.")


class OneRecipient(RuleError):
    message = N_("It goes to one recipient. For another one write another.")


class DaysMissing(RuleError):
    message = N_("Say from which day to which day the sessions are of which it speaks.")


class WrongDays(RuleError):
    message = N_("The last day cannot lie before the first.")


class DaysToCome(RuleError):
    message = N_("It speaks of sessions that took place: the last day cannot be later than today.")


class UntilMissing(RuleError):
    message = N_("Say until which day the colleague may read it.")


class UntilOver(RuleError):
    message = N_("This day is over. Choose a later one.")


@dataclass(frozen=True, slots=True)
class Terms:
    """What is fixed before a word is written: `kind` a code of `OUT_KINDS`, `purpose` one of `PURPOSES`; the days of
    the sessions of which it speaks, both among them; the last day on which a colleague may read it (None: others)."""

    kind: str
    purpose: str
    first: date | None
    last: date | None
    until: date | None = None


def check(terms: Terms, today: date, *, colleague: bool) -> None:
    """Whether something may be begun on these terms.

    Raises:
        UnknownKind, UnknownPurpose, DaysMissing, WrongDays, DaysToCome, UntilMissing, UntilOver.
    """
    if terms.kind not in codes(OUT_KINDS):
        raise UnknownKind("kind")
    if terms.purpose not in codes(PURPOSES):
        raise UnknownPurpose("purpose")
    if terms.first is None or terms.last is None:
        raise DaysMissing("first" if terms.first is None else "last")
    if terms.last < terms.first:
        raise WrongDays("last")
    if terms.last > today:
        raise DaysToCome("last")
    if not colleague:
        return
    if terms.until is None:
        raise UntilMissing("until")
    if terms.until < today:
        raise UntilOver("until")


def over(today: date, *, until: date | None, ended_why: str | None, covered: bool) -> str | None:
    """Why somebody reads it no more on a day, as a code of `ENDINGS`; None: it is still read."""
    if ended_why is not None:
        return ended_why
    if until is not None and until < today:
        return "expired"
    return None if covered else "withdrawn"


def begun(kind: str, who: str, first: date, last: date, days: Sequence[date]) -> str:
    """The heading with which it begins, in the current language: about whom and of which sessions. Nothing of what the
    notes say."""
    title = label(OUT_KINDS, kind)
    between = {"first": formats.date_num(first), "last": formats.date_num(last)}
    lines = [_("{title}: {name}").format(title=title, name=who),
             _("Sessions from {first} to {last}").format(**between)]  # fmt: skip
    if days:
        told = ngettext("{n} session: {days}", "{n} sessions: {days}", len(days))
        lines.append(told.format(n=len(days), days=formats.list_text([formats.date_num(day) for day in days])))
    return "\n".join(lines) + "\n\n"
