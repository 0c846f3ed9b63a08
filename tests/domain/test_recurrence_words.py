"""Rules as sentences."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given

from famdesk.domain.calendar import recurrence, recurrence_words
from famdesk.domain.calendar.recurrence import Rule, parse
from famdesk.i18n import LANGUAGES, using
from tests.domain.test_recurrence import rules

THURSDAY = datetime(2025, 2, 13, 18)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("FREQ=DAILY;COUNT=3", "every day at 18:00, 3 times"),
        ("FREQ=DAILY;INTERVAL=10", "every 10 days at 18:00, without an end"),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=5", "every 2 weeks on Thursdays at 18:00, 5 times"),
        ("FREQ=WEEKLY;BYDAY=TH,MO;UNTIL=20250630",
         "every week on Mondays and on Thursdays at 18:00, until 30 June 2025"),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;COUNT=1", "every week from Monday to Friday at 18:00, once"),
        ("FREQ=MONTHLY;COUNT=2", "every month on day 13 at 18:00, 2 times"),
        ("FREQ=MONTHLY;BYDAY=2TH;COUNT=2", "every month on the second Thursday at 18:00, 2 times"),
        ("FREQ=MONTHLY;BYDAY=-1SU;INTERVAL=3;COUNT=2", "every 3 months on the last Sunday at 18:00, 2 times"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2", "every month on the last day at 18:00, 2 times"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15;COUNT=2", "every month on day 1 and 15 at 18:00, 2 times"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2",
         "every month on the last working day (Monday to Friday) at 18:00, 2 times"),
        ("FREQ=YEARLY;COUNT=2", "every year on 13 February at 18:00, 2 times"),
        ("FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=13", "every 2 years on 13 February at 18:00, without an end"),
        ("FREQ=YEARLY;BYWEEKNO=20;COUNT=2",
         "by a rule of its own (FREQ=YEARLY;BYWEEKNO=20) at 18:00, 2 times"),
        ("FREQ=WEEKLY;BYMONTH=1;COUNT=2", "by a rule of its own (FREQ=WEEKLY;BYMONTH=1) at 18:00, 2 times"),
        ("FREQ=DAILY;BYHOUR=9,17;COUNT=2", "by a rule of its own (FREQ=DAILY;BYHOUR=9,17), 2 times"),
    ],
)  # fmt: skip
def test_sentence(text: str, said: str) -> None:
    assert recurrence_words.sentence(parse(text), THURSDAY) == said


def test_days_taken_out_are_told() -> None:
    rule = parse("FREQ=WEEKLY;COUNT=20")
    days = [date(2025, 5, 1), date(2025, 5, 8)]
    assert recurrence_words.sentence(rule, THURSDAY, skipped=days).endswith(", leaving out 1 May and 8 May")
    assert recurrence_words.sentence(rule, THURSDAY, skipped=days * 2).endswith(", leaving out 4 dates")
    assert recurrence_words.sentence(rule, THURSDAY, all_day=True, ends=False) == "every week on Thursdays"
    assert recurrence_words.by_hand(1) == "1 date chosen by hand"
    assert recurrence_words.by_hand(3, days[:1]) == "3 dates chosen by hand, leaving out 1 May"


@given(rules())
def test_every_rule_has_words_in_every_language(rule: Rule) -> None:
    for language in LANGUAGES:
        with using(language):
            said = recurrence_words.sentence(rule, THURSDAY)
        assert said
        assert "{" not in said
    assert recurrence.text(rule)
