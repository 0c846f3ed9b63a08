"""What is printed and asked first: the hours of Hug in Cremona, day by day, and its poster."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.cli.conftest import Command

GIOVANNI, AZIENDA = "piazza Giovanni XXIII", "Azienda Sociale del Cremonese"
UNKNOWN = {"Polo per l’Infanzia “Hack – Montalcini”", "Soresina", "Civico 81"}


def asked(famdesk: Command, home: Path, at: str) -> Any:
    told = famdesk("open", "--at", at, "--json", "--home", home)
    assert told.status == 0, told.err
    return told.document


def next_of(document: Any, point: str) -> str:
    return str(next(row["opens"] for row in document["next"] if row["access_point"] == point))


def test_the_document_has_its_form(famdesk: Command, demo_home: Path) -> None:
    document = asked(famdesk, demo_home, "2025-02-04T12:00")
    assert list(document) == ["at", "open", "next", "unknown"]
    assert document["at"] == "2025-02-04T12:00"
    assert document["open"] == [{"access_point": GIOVANNI, "until": "2025-02-04T14:00"}]
    assert set(document["unknown"]) == UNKNOWN


@pytest.mark.parametrize(
    ("at", "point", "opens"),
    [
        ("2025-02-04T14:00", GIOVANNI, "2025-02-06T17:00"),
        ("2025-02-04T11:59", GIOVANNI, "2025-02-04T12:00"),
        ("2025-02-06T19:00", GIOVANNI, "2025-02-11T12:00"),
        ("2025-04-21T08:30", AZIENDA, "2025-04-28T08:00"),  # Easter Monday
        ("2025-05-01T17:30", GIOVANNI, "2025-05-06T12:00"),  # Labour Day
        ("2025-11-13T17:30", GIOVANNI, "2025-11-18T12:00"),  # Sant'Omobono, patron of Cremona
    ],
)
def test_closed_and_when_it_opens_next(famdesk: Command, demo_home: Path, at: str, point: str, opens: str) -> None:
    document = asked(famdesk, demo_home, at)
    assert point not in [row["access_point"] for row in document["open"]]
    assert next_of(document, point) == opens
    assert set(document["unknown"]) == UNKNOWN


def test_an_ordinary_week_minute_by_minute(famdesk: Command, demo_home: Path) -> None:
    open_at = {
        "2025-02-10T08:00": (AZIENDA, "2025-02-10T10:00"),
        "2025-02-10T09:59": (AZIENDA, "2025-02-10T10:00"),
        "2025-02-11T13:59": (GIOVANNI, "2025-02-11T14:00"),
        "2025-02-13T17:00": (GIOVANNI, "2025-02-13T19:00"),
    }
    for at, (point, until) in open_at.items():
        assert asked(famdesk, demo_home, at)["open"] == [{"access_point": point, "until": until}]
    for at in ("2025-02-10T07:59", "2025-02-10T10:00", "2025-02-12T12:00", "2025-02-15T12:00", "2025-02-16T12:00"):
        assert asked(famdesk, demo_home, at)["open"] == []


def test_without_a_moment_it_is_now(famdesk: Command, demo_home: Path) -> None:
    told = famdesk("open", "--json", "--home", demo_home).document
    assert abs(datetime.fromisoformat(told["at"]) - datetime.now()) < timedelta(minutes=2)


def test_the_poster_says_when_the_doors_are_open(famdesk: Command, demo_home: Path, tmp_path: Path) -> None:
    told = famdesk("print", "opening-hours", "--place", "Giovanni XXIII", "--place", "Azienda Sociale",
                   "--lang", "it", "--out", tmp_path / "p.pdf", "--home", demo_home)  # fmt: skip
    assert told.status == 0, told.err
    reader = PdfReader(tmp_path / "p.pdf")
    text = " ".join(reader.pages[0].extract_text().split())
    for part in ("martedì 12–14", "giovedì 17–19", "lunedì 8–10"):
        assert part in text
    assert len(reader.pages) == 1
    assert reader.pages[0].mediabox.width == pytest.approx(595.3, abs=0.5)


def test_every_font_of_the_poster_is_embedded_and_no_person_is_in_its_metadata(
    famdesk: Command, demo_home: Path, tmp_path: Path
) -> None:
    famdesk("print", "opening-hours", "--out", tmp_path / "p.pdf", "--paper", "A3", "--home", demo_home)
    reader = PdfReader(tmp_path / "p.pdf")
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]
    assert fonts
    for font in fonts:
        holder = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        descriptor = holder["/FontDescriptor"].get_object()
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor)
    assert "/Author" not in (reader.metadata or {}) or not reader.metadata["/Author"]  # type: ignore[index]
    assert reader.pages[0].mediabox.height == pytest.approx(1190.6, abs=0.5)


@pytest.mark.parametrize(("lang", "word"), [("it", "martedì"), ("en", "Tuesday"), ("de", "Dienstag")])
def test_the_poster_speaks_three_languages(
    famdesk: Command, demo_home: Path, tmp_path: Path, lang: str, word: str
) -> None:
    famdesk("print", "opening-hours", "--lang", lang, "--out", tmp_path / "p.pdf", "--home", demo_home)
    assert word in PdfReader(tmp_path / "p.pdf").pages[0].extract_text()


def test_the_day_sheet_and_the_slip(famdesk: Command, demo_home: Path, tmp_path: Path) -> None:
    from famdesk.data.home import Home
    from famdesk.usecases import session
    from famdesk.usecases.calendar import calendar
    from famdesk.usecases.demo.demo_accounts import DEMO_LOGIN, DEMO_PASSWORD
    from famdesk.usecases.people import people

    office = session.sign_in(Home(demo_home), DEMO_LOGIN, DEMO_PASSWORD)
    person = office.run(people.add_person, surname="Zanzibar", given_name="Lia")
    starts = (datetime.now() + timedelta(days=60)).replace(hour=10, minute=0, second=0, microsecond=0)
    booked = office.run(
        calendar.book, starts=starts, ends=starts + timedelta(hours=1), kind="interview", person_id=person
    )
    office.close()
    day = starts.date().isoformat()
    sheet = famdesk("print", "day-sheet", "--date", day, "--out", tmp_path / "d.pdf", "--home", demo_home)
    slip = famdesk("print", "appointment-slip", "--appointment", booked, "--out", tmp_path / "s.pdf", "--home",
                   demo_home)  # fmt: skip
    assert (sheet.status, slip.status) == (0, 0), sheet.err + slip.err
    assert "10:00" in PdfReader(tmp_path / "d.pdf").pages[0].extract_text()
    assert "10:00" in PdfReader(tmp_path / "s.pdf").pages[0].extract_text()
    assert "Zanzibar" not in str(PdfReader(tmp_path / "d.pdf").metadata)
