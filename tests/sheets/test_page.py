"""The file: embedded fonts, metadata without persons, the same bytes for the same content, safe writing."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from famdesk.i18n import using
from famdesk.sheets.calendar import appointment_slip, day_sheet
from famdesk.sheets.hours import opening_hours
from famdesk.sheets.paper import page
from famdesk.sheets.paper.page import CannotWrite, Paper
from famdesk.sheets.registers import recovery
from tests.sheets.conftest import Poppler

Maker = Callable[[], bytes]

PERSON = "Annamaria Zanforlin"
CENTRE = "Hug – Centro per le Famiglie"

SHEETS: dict[str, Maker] = {
    "poster": lambda: opening_hours.render(
        opening_hours.OpeningHours(
            CENTRE,
            (opening_hours.PlaceHours("Soresina"),),
            contacts=opening_hours.Contacts(("333 3317332",), "a@b.it", "b.it"),
        )
    ),
    "day": lambda: day_sheet.render(
        day_sheet.DaySheet(
            CENTRE,
            date(2025, 2, 4),
            appointments=(day_sheet.DayAppointment(time(9), time(10), "colloquio", PERSON, PERSON),),
        )
    ),
    "slip": lambda: appointment_slip.render(
        appointment_slip.AppointmentSlip(datetime(2025, 2, 4, 12), CENTRE, person=PERSON, phone="333 3317332")
    ),
    "recovery": lambda: recovery.render(recovery.RecoverySheet(CENTRE, "A1B2C" * 7, date(2025, 2, 4))),
}
sheets = pytest.mark.parametrize("make", SHEETS.values(), ids=SHEETS.keys())


@sheets
def test_every_font_is_embedded_and_a_subset(make: Maker, poppler: Poppler) -> None:
    rows = poppler("pdffonts", make()).splitlines()[2:]
    assert rows
    for row in rows:
        *_name, embedded, subset, unicode, _object, _generation = row.split()
        assert (embedded, subset, unicode) == ("yes", "yes", "yes")
        assert "NotoSans" in row


@sheets
def test_the_metadata_name_no_person_and_no_centre(make: Maker) -> None:
    data = make()
    found = PdfReader(BytesIO(data)).metadata
    assert found is not None
    assert {found.creator, found.producer} == {"FamDesk"}
    assert not found.author
    assert not found.subject
    assert found.title
    for text in (PERSON, "Zanforlin", CENTRE, "Hug"):
        assert text not in str(dict(found))


@sheets
def test_the_same_content_gives_the_same_bytes_in_every_thread(make: Maker) -> None:
    first = make()
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _n: _in_english(make), range(8))) == {first}


@sheets
def test_poppler_finds_no_fault(make: Maker, poppler: Poppler) -> None:
    info = poppler("pdfinfo", make())
    assert "Pages:           1" in info
    assert "Encrypted:       no" in info


def test_the_file_says_its_language() -> None:
    with using("de"):
        data = SHEETS["poster"]()
    assert PdfReader(BytesIO(data)).trailer["/Root"]["/Lang"] == "de"


@pytest.mark.parametrize(
    ("paper", "millimetres"), [(Paper.A6, (105, 148)), (Paper.A4, (210, 297)), (Paper.A3, (297, 420))]
)
def test_the_paper_has_its_size(paper: Paper, millimetres: tuple[int, int]) -> None:
    box = PdfReader(BytesIO(page.build([lambda pen, folio: None], paper, "Test"))).pages[0].mediabox
    assert (round(float(box.width) * 25.4 / 72), round(float(box.height) * 25.4 / 72)) == millimetres


def test_saving_replaces_the_file_and_leaves_no_other(tmp_path: Path) -> None:
    target = tmp_path / "poster.pdf"
    target.write_bytes(b"old")
    page.save(b"new", target)
    assert target.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["poster.pdf"]


def test_a_refused_write_keeps_the_old_file_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "poster.pdf"
    target.write_bytes(b"old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotWrite) as refused:
        page.save(b"new", target)
    assert "poster.pdf" in refused.value.sentence()
    assert target.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["poster.pdf"]


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite):
        page.save(b"new", tmp_path / "nowhere" / "poster.pdf")


def _in_english(make: Maker) -> bytes:
    with using("en"):
        return make()
