"""The poster says every hour of every place, in each language and size, and loses no word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PageObject, PdfReader

from famdesk.domain.errors import RuleError
from famdesk.i18n import using
from famdesk.sheets.hours.opening_hours import (
    Change,
    ClosedDays,
    Contacts,
    DayHours,
    ExtraOpening,
    OpeningHours,
    Partner,
    PlaceHours,
    PosterOptions,
    Span,
    render,
)
from famdesk.sheets.paper.page import Paper
from tests.sheets.conftest import LineReader, Poppler, Reader


def hours(weekday: int, *spans: tuple[int, int]) -> DayHours:
    return DayHours(weekday, tuple(Span(time(first), time(last % 24)) for first, last in spans))


GIOVANNI = PlaceHours(
    "piazza Giovanni XXIII, 1",
    ("Palazzo della Carità, piano terra", "Cremona"),
    (hours(2, (12, 14)), hours(4, (17, 19))),
)
AZIENDA = PlaceHours("Azienda Sociale del Cremonese", ("sportello Hug",), (hours(1, (8, 10)),))
POLO = PlaceHours(
    "Polo per l’Infanzia «Hack – Montalcini»", ("famiglie con bambini 0–6",), note="con il personale del Centro"
)
SORESINA = PlaceHours("Soresina", ("Istituto Comprensivo «G. Bertesi»",))
CIVICO = PlaceHours("Civico 81", ("via Bonomelli",))
HUG = OpeningHours(
    "Hug – Centro per le Famiglie",
    (GIOVANNI, AZIENDA, POLO, SORESINA, CIVICO),
    "libero e gratuito per tutte le famiglie",
    Contacts(("333 3317332",), "hug.centrofamiglie.cr@gmail.com"),
    (ClosedDays(date(2025, 4, 21), date(2025, 4, 21), "Lunedì dell’Angelo"),),
    partners=(Partner("Asst Cremona"), Partner("Comune di Cremona", lead=True), Partner("Cooperativa Cosper")),
    valid_from=date(2025, 2, 4),
)


@pytest.mark.parametrize("mode", [(), ("-raw",), ("-layout",)])
def test_each_weekday_and_its_hours_are_one_line_for_poppler(mode: tuple[str, ...], poppler: Poppler) -> None:
    with using("it"):
        data = render(HUG)
    text = poppler("pdftotext", data, *mode)
    for line in ("martedì 12–14", "giovedì 17–19", "lunedì 8–10"):
        assert line in text


def test_each_weekday_and_its_hours_are_one_line_for_pypdf(lines: LineReader) -> None:
    with using("it"):
        found = lines(render(HUG))
    assert {"martedì 12–14", "giovedì 17–19", "lunedì 8–10"} <= set(found)


@pytest.mark.parametrize(
    ("language", "line", "valid"),
    [
        ("it", "martedì 12–14", "4 febbraio 2025"),
        ("en", "Tuesday 12:00–14:00", "4 February 2025"),
        ("de", "Dienstag 12–14", "4. Februar 2025"),
    ],
)
def test_every_language_has_its_own_days_and_hours(language: str, line: str, valid: str, words: Reader) -> None:
    with using(language):
        text = words(render(HUG))
    assert line in text
    assert valid in text


def test_one_half_hour_writes_minutes_everywhere(lines: LineReader) -> None:
    with using("it"):
        half = replace(SORESINA, hours=(DayHours(3, (Span(time(8, 30), time(10)),)),))
        found = lines(render(replace(HUG, places=(GIOVANNI, half))))
    assert {"martedì 12:00–14:00", "mercoledì 8:30–10:00"} <= set(found)


def test_midnight_is_the_end_of_the_day(words: Reader) -> None:
    with using("it"):
        assert "sabato 20–24" in words(render(replace(HUG, places=(replace(GIOVANNI, hours=(hours(6, (20, 24)),)),))))


def test_three_days_in_a_row_share_a_line_and_two_do_not(lines: LineReader) -> None:
    with using("it"):
        week = tuple(hours(day, (9, 12), (14, 17)) for day in (1, 2, 3, 4, 5))
        assert "lunedì – venerdì 9–12 14–17" in lines(render(replace(HUG, places=(replace(GIOVANNI, hours=week),))))
        pair = lines(render(replace(HUG, places=(replace(GIOVANNI, hours=week[:2]),))))
    assert {"lunedì 9–12 14–17", "martedì 9–12 14–17"} <= set(pair)


def test_unknown_hours_ask_to_call_the_place_or_else_the_centre(words: Reader) -> None:
    own = replace(SORESINA, contact=Contacts(("0374 123456",)))
    text = words(render(replace(HUG, places=(own, CIVICO))))
    assert text.count("on request") == 2
    assert "0374 123456" in text
    assert text.count("333 3317332") == 2  # once at Civico 81, once in the contacts


def test_everything_that_was_given_is_on_the_poster(words: Reader) -> None:
    content = replace(
        HUG,
        changes=(Change(date(2025, 9, 2), "piazza Giovanni XXIII, 1", (hours(2, (10, 12)),), date(2025, 9, 30)),),
        extra=(ExtraOpening(date(2025, 5, 17), (Span(time(10), time(18)),), "Civico 81", "festa"),),
        closed=(*HUG.closed, ClosedDays(date(2025, 8, 11), date(2025, 8, 22), "ferie", "Soresina")),
    )
    text = words(render(content))
    for part in (
        "Opening hours", HUG.centre, HUG.tagline, "Palazzo della Carità, piano terra", "con il personale del Centro",
        "from Tuesday 2 September to Tuesday 30 September", "Tuesday 10:00–12:00", "Saturday 17 May",
        "10:00–18:00 · Civico 81 · festa", "Monday 21 April Lunedì dell’Angelo", "11–22 August ferie · Soresina",
        "hug.centrofamiglie.cr@gmail.com", "valid from 4 February 2025", "Comune di Cremona (lead body) · Asst Cremona",
    ):  # fmt: skip
        assert part in text


@pytest.mark.parametrize(("count", "most"), [(1, 1), (2, 1), (5, 1), (8, 2), (20, 3)])
@pytest.mark.parametrize("paper", [Paper.A4, Paper.A3])
def test_places_flow_over_numbered_pages_and_none_is_lost(count: int, most: int, paper: Paper, words: Reader) -> None:
    places = tuple(
        replace(place, name=f"Sede numero {n}") for n, place in zip(range(count), HUG.places * 4, strict=False)
    )
    data = render(replace(HUG, places=places), PosterOptions(paper))
    total = len(PdfReader(BytesIO(data)).pages)
    assert total <= most
    text = words(data)
    for n in range(count):
        assert f"Sede numero {n}" in text
    for number in range(1, total + 1):
        assert f"page {number} of {total}" in text


def test_a_long_list_of_closed_days_goes_on_and_loses_none(words: Reader) -> None:
    days = tuple(ClosedDays(date(2025, 1, 1 + n % 28), date(2025, 1, 1 + n % 28), f"reason {n} end") for n in range(60))
    text = words(render(replace(HUG, closed=days)))
    assert all(f"reason {n} end" in text for n in range(60))


def test_a3_is_the_same_drawing_enlarged() -> None:
    small, large = (PdfReader(BytesIO(render(HUG, PosterOptions(paper)))).pages[0] for paper in (Paper.A4, Paper.A3))
    assert small.extract_text() == large.extract_text()
    assert _sizes(large)[0] / _sizes(small)[0] == pytest.approx(2**0.5, rel=0.001)


def test_large_print_has_no_small_type() -> None:
    pages = PdfReader(BytesIO(render(HUG, PosterOptions(large_print=True)))).pages
    assert min(_sizes(page)[0] for page in pages) >= 14
    assert min(_sizes(PdfReader(BytesIO(render(HUG))).pages[0])) < 14


def test_a_long_german_name_stands_above_both_columns_uncut(lines: LineReader) -> None:
    long = "Bezirksgemeinschaftsverwaltungsgebäude"
    with using("de"):
        found = lines(render(replace(HUG, places=(replace(GIOVANNI, name=long), AZIENDA, POLO))))
    assert long in found


def test_an_impossible_word_is_refused_and_named() -> None:
    with pytest.raises(RuleError) as refused:
        render(replace(HUG, places=(replace(GIOVANNI, name="A" * 200),)))
    assert "AAAA" in refused.value.sentence()


WORDS = st.text(st.sampled_from("abcdefàèìòùäöüßmwABCW0123–,.’"), min_size=1, max_size=18)
TEXTS = st.lists(WORDS, max_size=14).map(" ".join) | st.text(st.sampled_from("abW "), max_size=160)


@settings(max_examples=40)
@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=6), TEXTS, TEXTS)
def test_any_text_is_printed_whole_or_refused(places: list[tuple[str, str, str]], centre: str, reason: str) -> None:
    content = OpeningHours(
        centre,
        tuple(PlaceHours(name, (address,), (hours(2, (9, 12)),), note) for name, address, note in places),
        closed=(ClosedDays(date(2025, 4, 21), date(2025, 4, 21), reason),),
    )
    try:
        with using("en"):
            data = render(content)
    except RuleError:
        return
    printed = "".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)
    seen = "".join(printed.split())
    for text in (centre, reason, *(part for place in places for part in place)):
        assert "".join(text.split()) in seen


def _sizes(page: PageObject) -> list[float]:
    """Type sizes on a page as they are seen, smallest first."""
    found: set[float] = set()

    def visit(text: str, user: list[float], matrix: list[float], _font: object, size: float) -> None:
        if text.strip():
            found.add(round(size * user[0] * matrix[0], 2))

    page.extract_text(visitor_text=visit)
    return sorted(found)
