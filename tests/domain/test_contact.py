"""Safe contact in words, numbers as people write them, languages by name."""

from __future__ import annotations

from datetime import time

import pytest

from famdesk import i18n
from famdesk.domain import languages
from famdesk.domain.people import contact
from famdesk.domain.people.contact import Rule


@pytest.mark.parametrize(
    ("kind", "rule", "words"),
    [
        ("phone", Rule(), ()),
        ("phone", Rule(may_call=False, may_leave_message=False), ("Do not call",)),
        ("mobile", Rule(may_call=False, may_write=False), ("Do not call", "Do not write")),
        ("phone", Rule(may_leave_message=False), ("Leave no message",)),
        ("phone", Rule(safe_from=time(9), safe_to=time(11, 30)), ("Call only 9:00–11:30",)),
        ("mail", Rule(may_call=False), ()),
        ("address", Rule(may_write=False), ("Do not write",)),
        ("phone", Rule(neutral_name="Anna"), ("Say only “Anna”",)),
    ],
)
def test_what_has_to_be_minded(kind: str, rule: Rule, words: tuple[str, ...]) -> None:
    assert contact.warnings(kind, rule) == words


@pytest.mark.parametrize(
    ("rule", "moment", "safe"),
    [
        (Rule(), time(3), True),
        (Rule(may_call=False), time(10), False),
        (Rule(safe_from=time(9), safe_to=time(12)), time(9), True),
        (Rule(safe_from=time(9), safe_to=time(12)), time(12), False),
        (Rule(safe_from=time(22), safe_to=time(6)), time(23), True),
        (Rule(safe_from=time(22), safe_to=time(6)), time(5, 59), True),
        (Rule(safe_from=time(22), safe_to=time(6)), time(6), False),
        (Rule(may_call=False, safe_from=time(9), safe_to=time(12)), time(10), False),
    ],
)
def test_safe_hours(rule: Rule, moment: time, safe: bool) -> None:
    assert rule.safe_at(moment) is safe


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("+39 0372 407788", "0372407788"),
        ("0039-333.1234567", "3331234567"),
        ("0372/407.788", "0372407788"),
        ("+40 21 123456", "4021123456"),
        ("39123", "39123"),
        ("(0372) 40", "037240"),
        ("12", ""),
        ("via Roma 12", ""),
        ("", ""),
    ],
)
def test_typed_numbers(typed: str, digits: str) -> None:
    assert contact.typed_number(typed) == digits


def test_numbers_are_kept_as_typed_without_the_prefix_of_italy() -> None:
    assert contact.tidy_number("+39  0372  407788") == "0372 407788"
    assert contact.tidy_number("+40 21 123456") == "+40 21 123456"


@pytest.mark.parametrize(("value", "kind"), [("a@b.it", "mail"), ("+39 333 1", "mobile"), ("0372 1", "phone")])
def test_the_likely_kind(value: str, kind: str) -> None:
    assert contact.kind_of(value) == kind


@pytest.mark.parametrize(("text", "good"), [("a@b.it", True), ("a b@c.it", False), ("a@b", False), ("a@b.", False)])
def test_mail(text: str, good: bool) -> None:
    assert contact.is_mail(text) is good


def test_languages_have_names_in_each_language() -> None:
    assert languages.language_label("sq") == "Albanian"
    with i18n.using("it"):
        assert languages.language_label("sq") == "Albanese"
    assert languages.language_label("sq", "de") == "Albanisch"
    assert languages.language_label("Bari dialect") == "Bari dialect"
    assert languages.language_label(None) == ""
    names = [name for _code, name in languages.language_choices()]
    assert names[0] == "Italian"
    assert len(set(names)) == len(names)
    assert "LIS" in names


@pytest.mark.parametrize(("way", "kind", "rule", "why"), [
    ("call", "phone", contact.Rule(), None),
    ("call", "phone", contact.Rule(may_call=False), "call"),
    ("call", "phone", contact.Rule(safe_from=time(9), safe_to=time(12)), "hours"),
    ("message", "mobile", contact.Rule(may_leave_message=False), "message"),
    ("message", "mobile", contact.Rule(may_call=False), "message"),
    ("mail", "mail", contact.Rule(may_call=False), None),
    ("mail", "mail", contact.Rule(may_write=False), "write"),
    ("letter", "address", contact.Rule(may_write=False), "write"),
    ("list", "phone", contact.Rule(safe_from=time(9), safe_to=time(12)), None),
    ("list", "phone", contact.Rule(may_call=False), "call"),
    ("export", "phone", contact.Rule(may_write=False), None),
    ("export", "other", contact.Rule(may_write=False), "write"),
    ("paper", "phone", contact.Rule(), "nowhere"),
    ("screen", "mail", contact.Rule(), "nowhere"),
])  # fmt: skip
def test_what_a_rule_forbids_on_each_way(way: str, kind: str, rule: contact.Rule, why: str | None) -> None:
    """It is one o'clock. A hidden contact may be called by those who see it; it goes no other way."""
    assert contact.refusal(way, kind, rule, time(13)) == why
    hidden = contact.refusal(way, kind, rule, time(13), hidden=True)
    assert hidden == (why if way in {"call", "message"} else "hidden")


@pytest.mark.parametrize(("rule", "discreet"), [
    (contact.Rule(), False), (contact.Rule(safe_from=time(9), safe_to=time(12)), False),
    (contact.Rule(may_leave_message=False), False), (contact.Rule(may_call=False), True),
    (contact.Rule(may_write=False), True), (contact.Rule(neutral_name="Anna"), True),
])  # fmt: skip
def test_who_is_named_only_discreetly(rule: contact.Rule, discreet: bool) -> None:
    assert rule.discreet is discreet
