from __future__ import annotations

import pytest

from famdesk.ui.kit.colours import DARK, LIGHT, Colours, Meaning, contrast, mixed

THEMES = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
LEGIBLE = 4.5


def test_contrast_of_known_pairs() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_mixing() -> None:
    assert mixed("#000000", "#ffffff", 0.25) == "#bfbfbf"
    assert mixed("#123456", "#ffffff", 1) == "#123456"


@THEMES
@pytest.mark.parametrize("ground", ["window", "rail", "card", "selection", "hover"])
@pytest.mark.parametrize("ink", ["text", "second"])
def test_text_is_legible_everywhere(colours: Colours, ink: str, ground: str) -> None:
    assert contrast(getattr(colours, ink), getattr(colours, ground)) >= LEGIBLE


@THEMES
@pytest.mark.parametrize("meaning", list(Meaning))
def test_meanings_are_legible_on_their_tint_and_on_cards(colours: Colours, meaning: Meaning) -> None:
    tone = colours.tone(meaning)
    for ground in (tone.tint, colours.card, colours.window):
        assert contrast(tone.text, ground) >= LEGIBLE
    assert contrast(colours.text, tone.tint) >= LEGIBLE


@THEMES
def test_the_primary_button_is_legible(colours: Colours) -> None:
    assert contrast(colours.on_primary, colours.primary) >= LEGIBLE
    assert contrast(colours.primary, colours.window) >= LEGIBLE
    assert contrast(colours.second, colours.hairline) >= LEGIBLE, "a primary button that waits"
