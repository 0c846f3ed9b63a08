"""Address labels: three by eight on A4, and never a word of the centre."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from famdesk.i18n import using
from famdesk.sheets.paper.page import Paper
from famdesk.sheets.paper.style import MM
from famdesk.sheets.paper.text import DoesNotFit
from famdesk.sheets.post import labels
from famdesk.sheets.post.labels import Label, LabelSheet
from tests.sheets.conftest import LineReader


def test_a_label_has_name_street_and_town(lines: LineReader) -> None:
    sheet = LabelSheet((Label("D'Angelo Nicolò", "via Lunga, 3, 26100 Cremona", "piazza Giovanni XXIII, 1, Cremona"),))
    assert [line for line in lines(labels.render(sheet)) if line] == [
        "piazza Giovanni XXIII, 1, Cremona", "D'Angelo Nicolò", "via Lunga, 3", "26100 Cremona",
    ]  # fmt: skip


@pytest.mark.parametrize(("address", "printed"), [
    ("via Lunga, 3", ["via Lunga, 3"]),
    ("via Lunga 3/a", ["via Lunga 3/a"]),
    ("via Lunga 3, Cremona", ["via Lunga 3", "Cremona"]),
    ("c/o Rossi\nvia Lunga 3", ["c/o Rossi", "via Lunga 3"]),
])  # fmt: skip
def test_the_town_has_a_line_of_its_own(address: str, printed: list[str], lines: LineReader) -> None:
    assert [line for line in lines(labels.render(LabelSheet((Label("A", address),)))) if line][1:] == printed


def test_a_sheet_that_was_begun_goes_on(lines: LineReader) -> None:
    """With 23 labels gone the second one stands on the next sheet."""
    sheet = LabelSheet(tuple(Label(f"Name {n}", "via Lunga 3") for n in range(2)), used=23)
    pages = [page.extract_text() for page in PdfReader(BytesIO(labels.render(sheet))).pages]
    assert ["Name 0" in page for page in pages] == [True, False]
    assert ["Name 1" in page for page in pages] == [False, True]


def test_each_label_stands_in_its_own_field() -> None:
    """24 on a sheet, none over the edge of its 70 × 37 mm."""
    count = labels.PER_SHEET
    sheet = LabelSheet(tuple(Label(f"N{n:02}", "via Lunga 3") for n in range(count)))
    (page,) = PdfReader(BytesIO(labels.render(sheet))).pages
    found: dict[str, tuple[float, float]] = {}

    def note(text: str, matrix: list[float], _tm: list[float], *_rest: object) -> None:
        if text.strip().startswith("N"):
            found[text.strip()] = (_tm[4] + matrix[4], _tm[5] + matrix[5])

    page.extract_text(visitor_text=note)
    assert len(found) == count
    for number in range(count):
        x, y = found[f"N{number:02}"]
        assert int(x // labels.WIDTH) == number % labels.COLUMNS
        assert int((float(page.mediabox.height) - y) // labels.HEIGHT) == number // labels.COLUMNS


@pytest.mark.parametrize("key", labels.FORMS)
def test_every_usual_sheet_of_labels(key: str) -> None:
    """As many as it has, each in its own field, none over the edge of the paper, and none on a second page."""
    form = labels.FORMS[key]
    sheet = LabelSheet(tuple(Label(f"N{n:02}", "via Lunga 3, 26100 Cremona") for n in range(form.count)), form=key)
    (page,) = PdfReader(BytesIO(labels.render(sheet))).pages
    assert page.extract_text().count("26100 Cremona") == form.count
    fields = [form.place(number) for number in range(form.count)]
    width, height = form.width * MM, form.height * MM
    for number, (x, y) in enumerate(fields):
        assert x >= 0
        assert x + width <= Paper.A4.width + 0.5
        assert y + height <= Paper.A4.height + 0.5
        assert not any(abs(x - a) < width - 0.5 and abs(y - b) < height - 0.5 for a, b in fields[:number])
    again = LabelSheet(sheet.labels[:2], used=form.count - 1, form=key)
    assert len(PdfReader(BytesIO(labels.render(again))).pages) == 2


def test_what_does_not_fit_is_refused_by_name() -> None:
    with pytest.raises(DoesNotFit) as refused:
        labels.render(LabelSheet((Label("A" * 80, "via Lunga 3"),)))
    assert "AAAA" in refused.value.sentence()


def test_the_file_names_nobody_in_its_metadata() -> None:
    reader = PdfReader(BytesIO(labels.render(LabelSheet((Label("Rossi", "via Lunga 3"),)))))
    assert reader.metadata is not None
    assert reader.metadata.title == "Address labels"
    assert "Rossi" not in str(dict(reader.metadata))


def test_labels_stay_where_they_are_cut_in_a_language_from_right_to_left() -> None:
    sheet = LabelSheet((Label("Rossi Ada", "via Po 1, Cremona"),))
    with using("ar"):
        arabic = _places(labels.render(sheet))
    assert arabic == _places(labels.render(sheet))


def _places(data: bytes) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []

    def note(text: str, _cm: object, matrix: list[float], _font: object, _size: object) -> None:
        if text.strip():
            found.append((round(matrix[4]), round(matrix[5])))

    PdfReader(BytesIO(data)).pages[0].extract_text(visitor_text=note)
    return found
