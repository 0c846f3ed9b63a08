"""Colours of sheets: what can be read on what, whatever colour a centre has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from famdesk.domain.post.looks import COLOUR, ENOUGH, WHITE, clean_colour, contrast, readable, shades

colours = st.tuples(*[st.integers(0, 255)] * 3).map(lambda parts: "#" + "".join(f"{one:02x}" for one in parts))


def test_contrast_is_that_of_the_guidelines() -> None:
    """Values of the examples that the W3C gives for the criterion."""
    assert contrast("#000000", WHITE) == pytest.approx(21)
    assert contrast("#ffffff", WHITE) == pytest.approx(1)
    assert contrast("#767676", WHITE) == pytest.approx(4.54, abs=0.01)
    assert contrast("#777777", WHITE) == pytest.approx(4.48, abs=0.01)
    assert contrast(COLOUR, WHITE) == contrast(WHITE, COLOUR) > 7


@given(colours)
def test_the_proposal_can_be_read_and_is_near(colour: str) -> None:
    found = readable(colour)
    assert contrast(found, WHITE) >= ENOUGH
    if contrast(colour, WHITE) >= ENOUGH:
        assert found == colour
    else:
        assert contrast(found, WHITE) < ENOUGH + 0.5, "no darker than needed"


@given(colours.map(readable))
def test_whatever_the_colour_all_letters_can_be_read(colour: str) -> None:
    found = shades(colour)
    pairs = ((found.primary, WHITE), (found.soft, WHITE), (found.primary, found.tint), (found.pale, found.primary),
             (found.pale, found.soft))  # fmt: skip
    assert [(one, other) for one, other in pairs if contrast(one, other) < ENOUGH] == []
    assert found.soft != found.primary


def test_without_a_choice_the_colours_are_those_of_the_program() -> None:
    found = shades(COLOUR)
    assert (found.soft, found.pale, found.tint) == ("#1c6872", "#cfe5e7", "#e8f2f3")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("#0F5C66", "#0f5c66"), (" 0f5c66 ", "#0f5c66"), ("#a3c", "#aa33cc"), ("", None), ("blue", None), ("#12345", None),
     ("#0f5c66ff", None), ("#٠١٢٣٤٥", None)],
)  # fmt: skip
def test_what_is_a_colour(typed: str, kept: str | None) -> None:
    assert clean_colour(typed) == kept
