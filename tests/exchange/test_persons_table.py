"""People as a table and as address cards: nothing in them calculates, nothing is torn, and it can be read back."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from famdesk.exchange import persons_table
from famdesk.i18n import using
from famdesk.usecases.people.person_export import ExportRow

ROW = ExportRow("1", "D'Angelo Nicolò", "1990-03-14", "Cremona", "uk", "+39 333 0000555", "n@example.it",
                "via Lunga 3, Cremona", "Call only 9:00–12:00")  # fmt: skip
NONE = ExportRow("2", "Gelsomina", "", "", "", "", "", "", "Do not call")


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_the_table_has_a_line_for_each_person() -> None:
    with using("en"):
        data = persons_table.table([ROW, NONE])
    assert data.startswith(b"\xef\xbb\xbf")
    assert rows_of(data) == [
        ["Name", "Born", "Town", "Language", "Phone", "E-mail", "Address", "To be minded"],
        ["D'Angelo Nicolò", "1990-03-14", "Cremona", "Ukrainian", "+39 333 0000555", "n@example.it",
         "via Lunga 3, Cremona", "Call only 9:00–12:00"],
        ["Gelsomina", "", "", "", "", "", "", "Do not call"],
    ]  # fmt: skip


@pytest.mark.parametrize("text", [
    "=1+1", "=HYPERLINK(\"http://x\")", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1+1",
    "+39 333 0000555=1", "+", "-",
])  # fmt: skip
def test_a_cell_never_becomes_a_formula(text: str) -> None:
    assert persons_table.cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["+39 333 0000555", "+390372407788", "0372 407788", "Rossi", "", "via Lunga 3/A"])
def test_other_cells_stay_as_they_are(text: str) -> None:
    """A phone number keeps its plus."""
    assert persons_table.cell(text) == text


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_no_text_at_the_start_of_a_cell_calculates(text: str) -> None:
    found = persons_table.cell(text)
    assert found in {text, f"'{text}"}
    assert not found.startswith(persons_table.FORMULA) or persons_table.PHONE.fullmatch(found)


def test_a_card_holds_what_is_known() -> None:
    text = persons_table.cards([ROW, NONE]).decode()
    first, second = text.split("END:VCARD\r\n")[:2]
    for line in ("VERSION:3.0", "FN:D'Angelo Nicolò", "TEL;TYPE=VOICE:+39 333 0000555", "BDAY:1990-03-14",
                 "EMAIL;TYPE=INTERNET:n@example.it", "ADR:;;via Lunga 3\\, Cremona;;;;"):  # fmt: skip
        assert f"{line}\r\n" in first
    assert second == "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Gelsomina;;;;\r\nFN:Gelsomina\r\nNOTE:Do not call\r\n"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=200))
def test_no_text_breaks_out_of_its_line(text: str) -> None:
    """A name with a line break or a semicolon begins no line of its own, and long lines are folded between letters."""
    row = ExportRow("1", f"A{text}", "", "", "", "", "", "", "")
    data = persons_table.cards([row])
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= persons_table.FOLD
    unfolded = data.decode().replace("\r\n ", "")
    assert unfolded.count("\r\n") == 5
    name = next(line for line in unfolded.split("\r\n") if line.startswith("FN:")).removeprefix("FN:")
    flat = text.replace("\r\n", "\n").replace("\r", "\n")
    read = name.replace("\\\\", "\0").replace("\\n", "\n").replace("\\;", ";").replace("\\,", ",").replace("\0", "\\")
    assert read == f"A{flat}"


def test_nobody_makes_no_file() -> None:
    for form in ("csv", "vcard"):
        with pytest.raises(persons_table.NobodyToExport):
            persons_table.made([], form)
