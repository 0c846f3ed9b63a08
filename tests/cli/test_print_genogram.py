"""`famdesk print genogram`: a PDF of the family of a person, in any language, on A4 or A3."""

from __future__ import annotations

from pathlib import Path

from pypdf import PdfReader

from famdesk.data.home import Home
from famdesk.usecases import session
from famdesk.usecases.demo.demo_accounts import DEMO_LOGIN, DEMO_PASSWORD
from tests.cli.conftest import Command
from tests.support import five_families


def test_the_genogram_of_a_person_is_written(famdesk: Command, demo_home: Path, tmp_path: Path) -> None:
    office = session.sign_in(Home(demo_home), DEMO_LOGIN, DEMO_PASSWORD)
    person = five_families.nine(office)
    office.close()
    for paper, size in (("A4", 842), ("A3", 1191)):
        out = tmp_path / f"{paper}.pdf"
        told = famdesk(
            "print", "genogram", "--person", person, "--paper", paper, "--out", str(out), "--home", demo_home
        )
        assert told.status == 0, told.err
        page = PdfReader(out).pages[0]
        assert round(page.mediabox.width) == size
        assert "El Amrani" in page.extract_text()


def test_it_has_to_be_said_whose(famdesk: Command, demo_home: Path, tmp_path: Path) -> None:
    told = famdesk("print", "genogram", "--out", str(tmp_path / "x.pdf"), "--home", demo_home)
    assert told.status != 0
    assert "--person" in told.err
    told = famdesk("print", "genogram", "--person", "nobody", "--out", str(tmp_path / "x.pdf"), "--home", demo_home)
    assert told.status != 0
    assert not (tmp_path / "x.pdf").exists()
