"""What is loaded when the first page is painted: nothing of what the sign-in does not need."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.start import BARE, FAMDESK, HEAVY, QT_ENUMS, first_paint
from tests.support.offices import Desk


def _loaded(modules: list[str]) -> set[str]:
    return {name.partition(".")[0] for name in modules} & set(HEAVY)


def test_nothing_heavy_before_the_sign_in_page_is_painted(file_desk: Desk) -> None:
    file_desk.office.close()
    loaded = first_paint(FAMDESK, str(file_desk.home.folder), until="SignInPage")
    assert "famdesk.ui.signin" in loaded
    assert _loaded(loaded) == set()
    assert not {QT_ENUMS, "PySide6.QtSvg", "hashlib", "concurrent.futures", "famdesk.desk"} & set(loaded)


def test_nothing_heavy_before_the_first_start_is_painted(tmp_path: Path) -> None:
    loaded = first_paint(FAMDESK, str(tmp_path / "nothing yet"), until="FirstStartPage")
    assert "famdesk.ui.first_start.page" in loaded
    assert _loaded(loaded) == set()


def test_the_watch_would_see_it() -> None:
    program = BARE.replace("window = ", "import sqlalchemy\nwindow = ")
    assert _loaded(first_paint(program)) == {"sqlalchemy"}
    assert _loaded(first_paint(BARE)) == set()
    assert QT_ENUMS in first_paint(
        BARE.replace("window = ", "QtCore.Qt.Key\nwindow = ").replace(
            "import json", "from PySide6 import QtCore\nimport json"
        )
    )
    with pytest.raises(RuntimeError, match="nonsense"):
        first_paint("raise SystemExit('nonsense')")
