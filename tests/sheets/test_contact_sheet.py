"""The command of the contact sheet: what is not translated or cannot be printed is told."""

from __future__ import annotations

from pathlib import Path

from famdesk.domain.errors import RuleError
from famdesk.i18n import _, ngettext, pgettext, using
from famdesk.sheets.paper.page import Folio, Paper, Pen, build
from famdesk.sheets.paper.style import BODY
from tests.shots.sheets import THUMB, _in_language, listening, overview, pictures


def page(text: str) -> bytes:
    def paint(pen: Pen, _folio: Folio) -> None:
        pen.line(text, BODY, 20, 20, room=200)

    return build([paint], Paper.A6, "Prova")


def test_what_no_catalogue_has_is_noted() -> None:
    missed: dict[str, set[str]] = {}
    with listening(missed):
        with using("it"):
            assert _("Opening hours") == "Orari di apertura"
            assert _("Nobody said this") == "Nobody said this"
            ngettext("{n} moon of paper", "{n} moons of paper", 2)
            pgettext("in the sky", "moon of paper")
        with using("en"):
            _("Nobody said this")
    assert missed == {"it": {"Nobody said this", "{n} moon of paper", "moon of paper"}}
    with using("it"):
        _("Nor this")
    assert "Nor this" not in missed["it"]


def test_pictures_and_their_overview(tmp_path: Path) -> None:
    from PIL import Image

    pages = pictures(page("Prova"), "two words", tmp_path)
    assert [one.name for one in pages] == ["two-words-1.png"]
    overview(pages * 7, tmp_path / "all.png")
    with Image.open(tmp_path / "all.png") as image:
        assert image.height > 2 * THUMB[1]  # seven pages are two rows


def test_a_refused_sheet_is_told_and_the_others_are_made(tmp_path: Path) -> None:
    made = {"good": lambda lang: page(lang), "bad": lambda lang: page("\U000e0fff" + "x" * 900), "recovery": _never}
    told = _in_language(made, "ar", tmp_path)
    assert len(told) == 1
    assert told[0].startswith("ar: bad: ")
    assert (tmp_path / "ar" / "good-1.png").exists()
    assert (tmp_path / "ar.png").exists()


def _never(_lang: str) -> bytes:
    raise RuleError
