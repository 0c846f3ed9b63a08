"""What is given out of session notes: on which terms, until when, and what its heading says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from famdesk.domain.codes import codes
from famdesk.domain.errors import RuleError
from famdesk.domain.notes import note_release as rules
from famdesk.domain.notes.note_release import Terms, check, over
from famdesk.domain.notes.notes import OUT_KINDS

TODAY, BEFORE, FIRST = date(2025, 3, 10), date(2025, 3, 9), date(2025, 1, 7)
KIND = codes(OUT_KINDS)[0]
GOOD = Terms(KIND, "care", FIRST, TODAY, TODAY)


@pytest.mark.parametrize(("terms", "error", "field"), [
    (replace(GOOD, kind="note"), rules.UnknownKind, "kind"),
    (replace(GOOD, purpose="gossip"), rules.UnknownPurpose, "purpose"),
    (replace(GOOD, first=None), rules.DaysMissing, "first"),
    (replace(GOOD, last=None), rules.DaysMissing, "last"),
    (replace(GOOD, last=date(2025, 1, 6)), rules.WrongDays, "last"),
    (replace(GOOD, last=date(2025, 3, 11)), rules.DaysToCome, "last"),
    (replace(GOOD, until=None), rules.UntilMissing, "until"),
    (replace(GOOD, until=BEFORE), rules.UntilOver, "until"),
])  # fmt: skip
def test_terms_that_are_refused(terms: Terms, error: type[RuleError], field: str) -> None:
    with pytest.raises(error) as caught:
        check(terms, TODAY, colleague=True)
    assert caught.value.field == field


def test_terms_that_are_taken() -> None:
    check(GOOD, TODAY, colleague=True)
    check(replace(GOOD, last=FIRST), TODAY, colleague=True)
    for until in (None, BEFORE):  # who is outside has it on paper: no day ends that
        check(replace(GOOD, until=until), TODAY, colleague=False)


@pytest.mark.parametrize(("until", "ended", "covered", "why"), [
    (None, None, True, None),
    (TODAY, None, True, None),
    (BEFORE, None, True, "expired"),
    (BEFORE, None, False, "expired"),
    (TODAY, None, False, "withdrawn"),
    (None, None, False, "withdrawn"),
    (TODAY, "taken_back", True, "taken_back"),
    (BEFORE, "withdrawn", True, "withdrawn"),
])  # fmt: skip
def test_until_when_a_colleague_reads_it(until: date | None, ended: str | None, covered: bool, why: str | None) -> None:
    assert over(TODAY, until=until, ended_why=ended, covered=covered) == why
    assert why is None or why in codes(rules.ENDINGS)


def test_the_heading_says_about_whom_and_of_which_days_and_no_more() -> None:
    report = codes(OUT_KINDS)[-1]
    title = rules.label(OUT_KINDS, report)
    begun = rules.begun(report, "Ada Rossi", FIRST, TODAY, ())
    assert begun == f"{title}: Ada Rossi\nSessions from 07/01/2025 to 10/03/2025\n\n"
    one = rules.begun(report, "Ada Rossi", FIRST, TODAY, (FIRST,))
    assert one.splitlines()[2:] == ["1 session: 07/01/2025", ""]
    two = rules.begun(report, "Ada Rossi", FIRST, TODAY, (FIRST, TODAY))
    assert two.splitlines()[2:] == ["2 sessions: 07/01/2025 and 10/03/2025", ""]
