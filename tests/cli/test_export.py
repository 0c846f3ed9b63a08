"""`famdesk export persons` and `famdesk print labels`: what a program gets, through the same gate as the window."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from famdesk.data.home import Home
from famdesk.usecases import session
from famdesk.usecases.demo.demo_accounts import DEMO_LOGIN, DEMO_PASSWORD
from famdesk.usecases.people import contacts, people
from famdesk.usecases.post import prints
from tests.cli.conftest import Command
from tests.support.ways_out import DAY, RULES, WORDS, pdf, plant

PHONE, STREET = "0372 000444", "via Segretissima 9"


@pytest.fixture
def planted(demo_home: Path) -> str:
    """Somebody who must not be called, with an address that may be used."""
    office = session.sign_in(Home(demo_home), DEMO_LOGIN, DEMO_PASSWORD)
    who = office.run(people.add_person, surname="Quarantotti", given_name="Zelinda")
    office.run(contacts.add_contact_point, who, kind="phone", value=PHONE, may_call=False)
    office.run(contacts.add_contact_point, who, kind="address", value=f"{STREET}, Cremona")
    office.close()
    return who


def test_a_table_of_those_found(famdesk: Command, demo_home: Path, planted: str, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    told = famdesk("export", "persons", "quaran", "--out", file, "--home", demo_home, FAMDESK_LANGUAGE="en")
    assert told.status == 0, told.err
    assert told.out.startswith("1 person written")
    with file.open(encoding="utf-8-sig", newline="") as text:
        (row,) = csv.DictReader(text, delimiter=";")
    assert (row["Name"], row["Phone"], row["Address"]) == ("ZQ", "", f"{STREET}, Cremona")
    told = famdesk("export", "persons", "quaran", "--out", file, "--reason", "evacuazione", "--home", demo_home)
    assert told.status == 0, told.err
    assert PHONE in file.read_text("utf-8-sig")


def test_cards_of_everybody(famdesk: Command, demo_home: Path, planted: str, tmp_path: Path) -> None:
    file = tmp_path / "people.VCF"
    told = famdesk("export", "persons", "--out", file, "--home", demo_home)
    assert told.status == 0, told.err
    text = file.read_text("utf-8")
    assert text.count("BEGIN:VCARD") > 10
    assert PHONE not in text


def test_what_cannot_be_written_is_said(famdesk: Command, demo_home: Path, tmp_path: Path) -> None:
    told = famdesk("export", "persons", "--out", tmp_path / "people.xlsx", "--home", demo_home, FAMDESK_LANGUAGE="en")
    assert told.status == 1
    assert told.err == "The file's name has to end in .csv for a table or in .vcf for address cards.\n"
    file = tmp_path / "nobody.csv"
    told = famdesk("export", "persons", "nessunissimo", "--out", file, "--home", demo_home, FAMDESK_LANGUAGE="en")
    assert told.status == 1
    assert told.err == "Nobody among these may be named outside the centre.\n"
    assert not file.exists()


def test_labels(famdesk: Command, demo_home: Path, planted: str, tmp_path: Path) -> None:
    from pypdf import PdfReader

    file = tmp_path / "labels.pdf"
    told = famdesk("print", "labels", "--person", planted, "--out", file, "--home", demo_home)
    assert told.status == 0, told.err
    text = PdfReader(file).pages[0].extract_text()
    assert STREET in text
    assert PHONE not in text
    office = session.sign_in(Home(demo_home), DEMO_LOGIN, DEMO_PASSWORD)
    today = office.fetch(lambda tx: tx.today())
    rows = office.fetch(prints.register, today, today).rows
    office.close()
    assert ("labels", "saved") in [(row.sheet, row.how) for row in rows], "what a command writes is registered too"
    told = famdesk("print", "labels", "--out", file, "--home", demo_home, FAMDESK_LANGUAGE="en")
    assert told.status == 1
    assert told.err.startswith("Choose an initiative")


def test_everything_printed_and_exported_of_somebody_who_must_not_be_written_to(
    famdesk: Command, demo_home: Path, tmp_path: Path
) -> None:
    """All that the commands can make, as files on the disk: no planted word is in any, neither as text nor as bytes."""
    office = session.sign_in(Home(demo_home), DEMO_LOGIN, DEMO_PASSWORD)
    one = plant(office)
    RULES["no writing"].set(office, one)
    office.close()
    folder = tmp_path / "out"
    folder.mkdir()
    wanted: list[tuple[object, ...]] = [
        ("print", "opening-hours", "--out", folder / "1.pdf"),
        ("print", "day-sheet", "--date", DAY.isoformat(), "--out", folder / "2.pdf"),
        ("print", "appointment-slip", "--appointment", one.appointment, "--out", folder / "3.pdf"),
        ("print", "genogram", "--person", one.person, "--out", folder / "4.pdf"),
        ("print", "access-card", "--card", one.card, "--out", folder / "5.pdf"),
        ("print", "call-list", "--out", folder / "6.pdf"),
        ("export", "persons", "--out", folder / "7.csv"),
        ("export", "persons", "--out", folder / "8.vcf"),
    ]
    for command in wanted:
        told = famdesk(*command, "--home", demo_home, FAMDESK_LANGUAGE="en")
        assert told.status == 0, (command, told.err)
    told = famdesk("print", "labels", "--person", one.person, "--out", folder / "9.pdf", "--home", demo_home)
    assert told.status == 1
    files = sorted(folder.iterdir())
    assert [file.stem for file in files] == list("12345678")
    secret = [word for kind in RULES["no writing"].forbidden for word in WORDS[kind]]
    for file in files:
        data = file.read_bytes()
        text = pdf(data) if file.suffix == ".pdf" else data.decode("utf-8-sig")
        assert not [word for word in secret if word in text or word.encode() in data], file.name
