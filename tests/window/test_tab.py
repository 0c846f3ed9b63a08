"""Every view by the Tab key alone: what takes the keyboard is reached, and Shift+Tab leads back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from famdesk.desk import DeskWindow
from tests.window.test_looks import VIEWS, desk, settle, theme, visit  # noqa: F401 - fixtures

pytestmark = [pytest.mark.window, pytest.mark.qt_log_ignore("This plugin does not support")]
MOST = 300


def _takers(page: QWidget) -> list[QWidget]:
    """What the Tab key ought to reach; of buttons that exclude each other, the chosen one speaks for all."""
    return [
        one for one in page.findChildren(QWidget)
        if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.focusProxy() is None and not _unchosen(one)
    ]  # fmt: skip


def _unchosen(widget: QWidget) -> bool:
    group = getattr(widget, "group", lambda: None)()
    return group is not None and group.exclusive() and not widget.isChecked()  # type: ignore[attr-defined]


def _words(widget: QWidget) -> str:
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")


def _walk(window: QWidget, key: Qt.Key) -> list[QWidget]:
    """Every widget that has the focus on the way once round; a calendar keeps it while it goes from box to box."""
    seen: list[QWidget] = []
    before = None
    for _step in range(MOST):
        QTest.keyClick(QApplication.focusWidget() or window, key)
        now = QApplication.focusWidget()
        if now is None or (seen and now is seen[0] and before is not now):
            break
        before = now
        if now not in seen:
            seen.append(now)
    return seen


@pytest.mark.parametrize("view", VIEWS)
def test_tab_reaches_everything(desk: DeskWindow, qtbot: QtBot, view: str) -> None:  # noqa: F811
    page = visit(desk, qtbot, view)
    desk.window.activateWindow()
    page.setFocus()
    settle(desk, qtbot)
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        reached = _walk(desk.window, key)
        missed = [f"{type(one).__name__} {_words(one)}" for one in _takers(page) if one not in reached]
        assert missed == [], f"{key.name}: {len(reached)} reached"
