"""`famdesk print` makes sheets in the look of the centre."""

from __future__ import annotations

from pathlib import Path

from famdesk.data.home import Home
from famdesk.usecases import session
from famdesk.usecases.centre import looks
from famdesk.usecases.centre.looks import LookValues
from famdesk.usecases.demo.demo_accounts import DEMO_LOGIN, DEMO_PASSWORD
from tests.cli.conftest import Command
from tests.support.logos import picture
from tests.support.pdf_structure import Document


def test_the_poster_has_colour_header_and_logo(famdesk: Command, demo_home: Path, tmp_path: Path) -> None:
    office = session.sign_in(Home(demo_home), DEMO_LOGIN, DEMO_PASSWORD)
    try:
        office.run(looks.save_look, 0, LookValues("#7a1f5c", "Settore Famiglie", "Cod. fisc. 000"))
        office.run(looks.add_logo, picture(), alt="Due mani")
    finally:
        office.close()
    told = famdesk("print", "opening-hours", "--lang", "it,ar", "--out", tmp_path / "p.pdf", "--home", demo_home)
    assert told.status == 0, told.err
    document = Document((tmp_path / "p.pdf").read_bytes())
    words = document.paragraphs()
    for wanted in ("Settore Famiglie", "Cod. fisc. 000", "Due mani"):
        assert words.count(wanted) == 2, "once in each language"
    figures = [node for node in document.tree.every() if node.role == "/Figure"]
    assert [figure.language for figure in figures] == ["it", "it"]
