"""The guards of conftest.py themselves: each of them must be able to fail a test."""

from __future__ import annotations

from pathlib import Path

import pytest

CASES = """
import logging
import pytest

from famdesk import i18n

def test_language():
    assert i18n.language() == "en"
    i18n.set_language("de")

def test_language_again():
    test_language()

def test_warning():
    logging.getLogger("famdesk.x").warning("look here")

def test_information():
    logging.getLogger("famdesk.x").info("nothing to see")

@pytest.mark.logs
def test_expected_warning():
    logging.getLogger("famdesk.x").warning("look here")

def test_python_warning():
    import warnings
    warnings.warn("old")
"""

WINDOWS = """
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QWidget

def test_dialog(qtbot):
    QDialog().exec()

def test_question(qtbot):
    QMessageBox.question(None, "a", "b")

def test_left_open(qtbot):
    assert not QApplication.topLevelWidgets()
    QWidget().show()
    window = QWidget()
    window.show()
    window.keep = window

def test_left_open_again(qtbot):
    test_left_open(qtbot)
"""


@pytest.fixture
def guarded(pytester: pytest.Pytester, project: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A test folder with the same conftest and settings."""
    monkeypatch.setenv("PYTHONPATH", str(project))
    (pytester.path / "pyproject.toml").write_bytes((project / "pyproject.toml").read_bytes())
    (pytester.path / "tests").mkdir()
    (pytester.path / "tests" / "conftest.py").write_bytes((project / "tests" / "conftest.py").read_bytes())
    return pytester


def failures(pytester: pytest.Pytester, source: str) -> set[str]:
    """The names of the cases that failed, in the test or after it."""
    (pytester.path / "tests" / "test_cases.py").write_text(source, encoding="utf-8")
    done = pytester.runpytest_subprocess("-q", "-n0")
    lines = [line for line in done.outlines if line.startswith(("FAILED", "ERROR"))]
    return {line.split("::")[1].split()[0] for line in lines}


def test_logs_warnings_and_languages(guarded: pytest.Pytester) -> None:
    assert failures(guarded, CASES) == {"test_warning", "test_python_warning"}


def test_dialogs_and_windows(guarded: pytest.Pytester) -> None:
    assert failures(guarded, WINDOWS) == {"test_dialog", "test_question"}
