"""The bidirectional algorithm against Unicode's own cases, and what sheets lean on."""

from __future__ import annotations

from pathlib import Path

import pytest

from famdesk.sheets.engine import bidi

CASES = Path("/usr/share/unicode/BidiCharacterTest.txt")
"""Of Debian's package unicode-data, which the set-up of the tests installs."""


def _order(text: str, base: int | None = None) -> str:
    found = bidi.levels(text, base)
    return "".join(text[place] for place in bidi.visual(bidi.line_levels(text, found, 0, len(text))))


@pytest.mark.slow
def test_all_cases_of_unicode() -> None:
    wrong, count = [], 0
    for line in CASES.read_text(encoding="utf-8").splitlines():
        case = line.partition("#")[0].strip()
        if not case:
            continue
        count += 1
        codes, direction, base, wanted, order = case.split(";")
        text = "".join(chr(int(code, 16)) for code in codes.split())
        found = bidi.levels(text, {"0": 0, "1": 1, "2": None}[direction])
        levels = bidi.line_levels(text, found, 0, len(text))
        kept = [place for place, level in enumerate(wanted.split()) if level != "x"]
        told = [levels[place] for place in kept]
        visual = [str(kept[place]) for place in bidi.visual(told)]
        asked = [int(level) for level in wanted.split() if level != "x"]
        if (found.base, told, visual) != (int(base), asked, order.split()):
            wrong.append(case)
    assert count > 91_000
    assert wrong == []


@pytest.mark.parametrize("text", ["", "abc 12", "Lunedì 9:00–12:30 (su contatto)", "Центр"])
def test_a_text_from_left_to_right_stays_as_it_is(text: str) -> None:
    assert bidi.levels(text).plain
    assert _order(text) == text


def test_an_isolated_phone_number_stays_in_one_piece() -> None:
    number = "+39 0522 123456"
    assert number in _order(f"اتصل على \u2066{number}\u2069 مجانا")
    assert number not in _order(f"اتصل على {number} مجانا")


def test_blanks_at_the_end_of_a_line_take_the_side_of_the_paragraph() -> None:
    text = "abc אבג   "
    assert bidi.line_levels(text, bidi.levels(text), 0, len(text))[-3:] == [0, 0, 0]
