"""`famdesk print calendar`: a month, a week, a day, a list; of one colleague, room or access point."""

from __future__ import annotations

from pathlib import Path

from pypdf import PdfReader

from famdesk.data.home import Home
from famdesk.usecases import session
from famdesk.usecases.demo.demo_accounts import DEMO_LOGIN, DEMO_PASSWORD
from tests.cli.conftest import Command


def test_each_part_of_the_calendar_is_written(famdesk: Command, demo_home: Path, tmp_path: Path) -> None:
    for number, options in enumerate((
        (), ("--month", "2025-02"), ("--week", "2025-02-13"), ("--date", "2025-02-13", "--by", "rooms"),
        ("--agenda", "--date", "2025-02-13"), ("--month", "2025-02", "--place", "giovanni", "--room", "stanza"),
        ("--week", "2025-02-13", "--names"),
    )):  # fmt: skip
        out = tmp_path / f"{number}.pdf"
        told = famdesk("print", "calendar", *options, "--lang", "it", "--out", str(out), "--home", demo_home)
        assert told.status == 0, told.err
        text = PdfReader(out).pages[0].extract_text()
        assert "2025" in text or not options
        assert "pagina 1 di" in text
        assert ("dati personali" in text) == ("--names" in options)


def test_the_names_of_the_demo_are_there_only_by_choice(famdesk: Command, demo_home: Path, tmp_path: Path) -> None:
    office = session.sign_in(Home(demo_home), DEMO_LOGIN, DEMO_PASSWORD)
    today = f"{office.store.clock():%Y-%m}"
    office.close()
    texts = []
    for options in ((), ("--names",)):
        out = tmp_path / "x.pdf"
        told = famdesk("print", "calendar", "--month", today, *options, "--out", str(out), "--home", demo_home)
        assert told.status == 0, told.err
        texts.append(" ".join(page.extract_text() for page in PdfReader(out).pages))
    assert "busy" in texts[0]
    assert len(texts[1].split()) > len(texts[0].split())


def test_nobody_of_that_name(famdesk: Command, demo_home: Path, tmp_path: Path) -> None:
    for option in ("--staff", "--room", "--place"):
        told = famdesk("print", "calendar", option, "xyz", "--out", str(tmp_path / "x.pdf"), "--home", demo_home)
        assert told.status != 0
        assert "xyz" in told.err
    assert not (tmp_path / "x.pdf").exists()
