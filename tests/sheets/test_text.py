"""Text is printed whole or refused: no word is cut and no character becomes a box."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from famdesk.domain.errors import RuleError
from famdesk.sheets.engine.faces import missing
from famdesk.sheets.paper.style import Style
from famdesk.sheets.paper.text import DoesNotFit, NotInFont, balanced, clean, fit, isolated, one_line, width, wrap

BODY = Style(11, floor=0.7)

LATIN = st.text(
    st.sampled_from("abcdefghijklmnopqrstuvwxyzàèéìòùäöüßâșțăżčABCXYZÄÖÜ0123456789 .,;:–-'’«»()/@\n\t"), max_size=300
)


@given(LATIN, st.floats(20, 400), st.sampled_from(["wrap", "balanced"]))
def test_a_wrapped_text_is_whole_and_inside_or_it_is_refused(text: str, room: float, how: str) -> None:
    try:
        lines = (wrap if how == "wrap" else balanced)(text, BODY, room)
    except DoesNotFit:
        widest = max(width(word, BODY) for word in clean(text).split())
        assert widest * BODY.floor > room - 0.1
        return
    assert " ".join(" ".join(lines.texts).split()) == " ".join(unicodedata.normalize("NFC", text).split())
    assert all(width(line, lines.style) <= room + 0.1 for line in lines.texts)
    assert BODY.size * BODY.floor - 0.01 <= lines.style.size <= BODY.size


@given(LATIN, st.floats(20, 300), st.floats(10, 200))
def test_a_fitted_text_is_whole_and_not_taller_than_its_place(text: str, room: float, height: float) -> None:
    try:
        lines = fit(text, BODY, room, height)
    except DoesNotFit:
        return
    assert lines.height <= height + 0.1
    assert "".join("".join(lines.texts).split()) == "".join(unicodedata.normalize("NFC", text).split())


@given(st.text(max_size=40))
def test_any_text_at_all_is_set_or_refused_by_name(text: str) -> None:
    try:
        lines = wrap(text, BODY, 200)
    except RuleError as problem:
        refusal = problem.sentence()
    else:
        refusal = ""
        assert all(missing(line, bold=False) is None for line in lines.texts)
    assert not refusal or "“" in refusal


def test_shrinking_goes_in_steps_and_stops_at_the_floor() -> None:
    word = "Donaudampfschifffahrtsgesellschaft"
    natural = width(word, BODY)
    assert one_line(word, BODY, natural).style.size == 11
    assert one_line(word, BODY, natural * 0.96).style.size == pytest.approx(11 * 0.95)
    assert one_line(word, BODY, natural * 0.7).style.size == pytest.approx(11 * 0.7)
    with pytest.raises(DoesNotFit):
        one_line(word, BODY, natural * 0.69)


def test_the_refusal_names_the_text_and_only_its_beginning() -> None:
    with pytest.raises(DoesNotFit) as refused:
        one_line("Centro " * 30, BODY, 100)
    assert refused.value.sentence().startswith("“Centro Centro")
    assert len(refused.value.params["text"]) <= 40
    assert str(refused.value) == "DoesNotFit"


@pytest.mark.parametrize("text", ["漢字", "שלום", "😀", "\ud800"])
def test_what_the_font_cannot_show_is_refused(text: str) -> None:
    with pytest.raises(NotInFont):
        wrap(f"Hug {text}", BODY, 200)


def test_invisible_marks_are_dropped_and_decomposed_letters_composed() -> None:
    assert clean("perche\u0301 \u200blun\u00adgo\x00 \t due  ") == "perché lungo due"


def test_balanced_headings_have_no_lonely_last_word() -> None:
    lines = balanced("Azienda Sociale del Cremonese", Style(18, bold=True), 230)
    assert lines.texts == ("Azienda Sociale", "del Cremonese")


def test_a_no_break_space_holds() -> None:
    lines = wrap("numero 333\u00a03317332", BODY, width("numero 333", BODY) + 1)
    assert lines.texts == ("numero", "333\u00a03317332")


def test_a_number_at_the_end_of_a_part_with_its_own_direction_stays_whole() -> None:
    part = "\u206813 فبراير 2025\u2069 · \u2068Hug\u2069"
    told = isolated(part)
    assert "\u20662025\u2069\u2069" in told
    assert isolated(told) == told
