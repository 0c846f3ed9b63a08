from __future__ import annotations

from collections import Counter

import pytest

from famdesk.domain.intake import needs as needs_list
from famdesk.domain.intake.needs import Need, find_needs, need, need_label, needs
from famdesk.i18n import LANGUAGES, using


def test_the_list_is_complete_in_every_language_and_in_the_order_of_the_functions() -> None:
    assert len(needs()) >= 40
    assert [one.function for one in needs()] == sorted(one.function for one in needs())
    assert set(Counter(one.function for one in needs())) == {"A", "B", "C"}
    assert len({one.code for one in needs()}) == len(needs())
    assert not any(" " in one.code for one in needs())
    for lang in LANGUAGES:
        names = [dict(one.names)[lang] for one in needs()]
        assert all(names)
        assert len(set(names)) == len(names)


def test_labels_follow_the_language() -> None:
    with using("it"):
        assert need_label("fatherhood") == "Paternità"
    with using("de"):
        assert need_label("fatherhood") == "Vaterschaft"
    assert need_label("gone") == "gone"
    assert need_label(None) == ""
    assert need(None) is None


def test_a_need_added_in_italian_only_is_shown_in_italian() -> None:
    with using("en"):
        assert Need("x", "A", (("it", "Solo italiano"),)).label == "Solo italiano"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("asilo", "nursery"),
        ("papà", "fatherhood"),
        ("PAPA'", "fatherhood"),
        ("1522", "violence"),
        ("affi", "foster_care"),
        ("centro per l'imp", "work"),
        ("medi", "mediation_language"),
    ],
)
def test_typing_finds_a_need(typed: str, code: str) -> None:
    with using("it"):
        assert code in [one.code for one in find_needs(typed)]


def test_names_come_before_further_words_and_nothing_typed_gives_the_list() -> None:
    with using("it"):
        found = [one.code for one in find_needs("scuola", limit=99)]
        assert found.index("school") < found.index("parents_meetings")
        assert find_needs("", limit=99) == needs()
        assert len(find_needs("")) == 8
        assert find_needs("zzz") == ()


def test_a_name_is_told_from_other_words() -> None:
    with using("it"):
        found = {one.code: needs_list.is_named(one, "nido") for one in find_needs("nido")}
    assert found["nursery"] is True
    assert found["benefits"] is False
