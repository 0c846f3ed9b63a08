"""The field for a birth: whole, in part, in words, and what it says it understood."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from famdesk.domain.people.birth import Birth
from famdesk.ui.kit.birth_field import BirthField
from famdesk.ui.kit.typed_birth import birth_text, parse_birth, understood

TODAY = date(2025, 2, 11)


@pytest.mark.parametrize(
    ("text", "birth", "said"),
    [
        ("14/3/21", Birth(date(2021, 3, 14)), "14 March 2021: 3 years"),
        ("20.6.2023", Birth(date(2023, 6, 20)), "20 June 2023: 19 months"),
        ("13.2.87", Birth(date(1987, 2, 13)), "13 February 1987: 37 years"),
        ("1987-05-03", Birth(date(1987, 5, 3)), "3 May 1987: 37 years"),
        ("12/2/2025", Birth(date(2025, 2, 12)), "12 February 2025"),
        ("3/1987", Birth(part="1987-03"), "Only March 1987 is known: 37 years"),
        ("3/87", Birth(part="1987-03"), "Only March 1987 is known: 37 years"),
        ("1987-05", Birth(part="1987-05"), "Only May 1987 is known: 37 years"),
        ("maggio 1987", Birth(part="1987-05"), "Only May 1987 is known: 37 years"),
        ("März 2024", Birth(part="2024-03"), "Only March 2024 is known: about 11 months"),
        ("1987", Birth(part="1987"), "Only 1987 is known: 37–38 years"),
        ("2012", Birth(part="2012"), "Only 2012 is known: 12–13 years"),
        ("2019?", Birth(part="2019", words="2019?"), "Kept in these words; counted as 2019: 5–6 years"),
        ("circa 2019", Birth(part="2019", words="circa 2019"), "Kept in these words; counted as 2019: 5–6 years"),
        ("about 5/2019", Birth(part="2019-05", words="about 5/2019"),
         "Kept in these words; counted as May 2019: 5 years"),
        ("spring 2021", Birth(words="spring 2021"), "Kept in these words; no age is known."),
        ("31/2/1987", Birth(words="31/2/1987"), "Kept in these words; no age is known."),
        ("mercoledì", Birth(words="mercoledì"), "Kept in these words; no age is known."),
        ("", Birth(), ""),
    ],
)  # fmt: skip
def test_what_is_typed_and_what_is_understood(text: str, birth: Birth, said: str) -> None:
    assert parse_birth(text, TODAY) == birth
    assert understood(birth, TODAY) == said


@given(st.text(max_size=40))
def test_nothing_is_lost_whatever_is_typed(text: str) -> None:
    found = parse_birth(text, TODAY)
    shown = " ".join(text.split())
    assert (found == Birth()) == (not shown)
    assert found.day or found.part or (found.words or "") == shown
    assert understood(found, TODAY) or not shown


@given(st.dates(date(1900, 1, 1), TODAY))
def test_what_is_shown_is_understood_again(day: date) -> None:
    for birth in (Birth(day), Birth(part=f"{day.year}"), Birth(part=f"{day.year}-{day.month:02d}")):
        assert parse_birth(birth_text(birth), TODAY) == birth


def test_the_field_keeps_what_it_was_given_and_tidies_dates(qtbot: QtBot) -> None:
    field = BirthField(today=lambda: TODAY)
    qtbot.addWidget(field)
    given = Birth(date(1987, 5, 3), words="dice la nonna")
    field.set_value(given)
    assert field.value() == given
    field.clear()
    assert field.value() == Birth()
    qtbot.keyClicks(field, "14/3/21")
    field.editingFinished.emit()
    assert field.text() == "14/03/2021"
    assert field.understood() == "14 March 2021: 3 years"
    field.set_value("3/1987")
    assert field.value() == Birth(part="1987-03")
