"""What opens in a view: every dialog and menu behind its buttons, lines and keys, as pictures.

`python3 dev.py shots --doors DIR` presses what can be pressed in every view and part of it, one thing after the other,
and pictures what has come up; nothing is saved in it.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QPainter
from PySide6.QtWidgets import QAbstractButton, QApplication, QCalendarWidget, QDialog, QMenu, QToolButton, QWidget
from shiboken6 import Shiboken

from famdesk.data.home import Home
from famdesk.desk import DeskWindow
from famdesk.ui.first_start.page import FirstStartPage
from famdesk.ui.kit.lines import LineList
from famdesk.ui.kit.page import Page
from famdesk.ui.kit.table import Table
from famdesk.ui.kit.theme import Look
from tests.shots import parts
from tests.shots.__main__ import SMALL, VIEWS, WRITER, Studio, save

Door = tuple[str, Callable[[], object]]
"""Words, and what opens it."""


FEW_ROUNDS = 6
"""What is opened is small, and there is much of it."""


class Visitor:
    """Goes through one window and pictures each thing that opens, once.

    Attributes:
        failed: what could not be opened, in words.
    """

    def __init__(self, studio: Studio, desk: DeskWindow, target: Path, suffix: str) -> None:
        self._studio, self._desk, self._target, self._suffix = studio, desk, target, suffix
        self._seen: set[str] = set()
        self.failed: list[str] = []

    def visit(self, view: str, part: str = "") -> None:
        """Opens what a view, or a part of it, has; what was opened elsewhere is not opened again."""
        page = self._begin(view, part)
        while (door := next((one for one in doors(page) if f"{view} {one[0]}" not in self._seen), None)) is not None:
            self._seen.add(f"{view} {door[0]}")
            self.press("-".join(one for one in (view, part, slug(door[0])) if one), door[1])
            self._begin(view, part)

    def parts(self, view: str) -> tuple[str, ...]:
        """The names of the parts of a view."""
        return tuple(parts.keys(self._begin(view, "")))

    def _begin(self, view: str, part: str) -> Page:
        """Shows the part, also after something has led away from it."""
        shell, session = self._desk.window.shell, self._desk.session
        assert shell is not None
        assert session is not None
        page = shell.show_page(view)
        if part:
            parts.show(page, session.office, part)
        self._settle()
        return page

    def _settle(self) -> None:
        self._studio.settle(self._desk, FEW_ROUNDS)

    def press(self, name: str, act: Callable[[], object]) -> None:
        """Does something, pictures what comes up, and puts it away."""
        try:
            act()
            self._settle()
        except (RuntimeError, TimeoutError) as error:
            self.failed.append(f"{name}: {error!r}")
        for over in reversed(opened()):
            title = over.windowTitle() or name
            if f"{type(over).__name__} {title}" not in self._seen:
                if not isinstance(over, QMenu):
                    self._seen.add(f"{type(over).__name__} {title}")
                self.picture(name, over)
            close(over)

    def picture(self, name: str, over: QWidget) -> None:
        """The window with something over its middle."""
        picture = self._desk.window.grab()
        room = (picture.deviceIndependentSize().toSize() - over.size()) / 2
        painter = QPainter(picture)
        painter.drawPixmap(QPoint(max(0, room.width()), max(0, room.height())), over.grab())
        painter.end()
        picture.save(str(self._target / f"{name}-{self._suffix}.png"))


def doors(page: Page) -> Iterator[Door]:
    """What can be pressed in a view now, each with words that tell it from the others."""
    yield "new", page.new_item
    yield "print", page.print_now
    for button in page.findChildren(QAbstractButton):
        if button.isVisible() and button.isEnabled() and not (button.isCheckable() or in_a_month(button)):
            words = button.text() or button.accessibleName()
            menu = button.menu() if isinstance(button, QToolButton) else None
            if menu is not None:
                yield f"menu {words}", Popup(menu)
            elif words:
                yield words, button.click
    views: list[Any] = [*page.findChildren(LineList), *page.findChildren(Table)]
    for view in views:
        if view.isVisible() and view.current_id():
            words = view.accessibleName()
            yield f"enter {words}", Emit(view, "activated_id", view.current_id())
            yield f"menu of {words}", Emit(view, "menu_requested", view.current_id(), QPoint(400, 300))
    for action in page.findChildren(QAction):
        if action.isEnabled() and action.isVisible() and action.text() and not action.isCheckable():
            yield f"action {action.text()}", action.trigger


def in_a_month(widget: QWidget) -> bool:
    """Whether it belongs to Qt's own calendar."""
    around = widget.parentWidget()
    return around is not None and (isinstance(around, QCalendarWidget) or in_a_month(around))


class Popup:
    """Shows a menu."""

    def __init__(self, menu: QMenu) -> None:
        self._menu = menu

    def __call__(self) -> None:
        self._menu.popup(QPoint(400, 300))


class Emit:
    """What a list tells when a line of it is meant."""

    def __init__(self, view: QWidget, signal: str, *arguments: object) -> None:
        self._view, self._signal, self._arguments = view, signal, arguments

    def __call__(self) -> None:
        if Shiboken.isValid(self._view):
            getattr(self._view, self._signal).emit(*self._arguments)


def opened() -> list[QWidget]:
    """Dialogs and menus that stand there now, the older first."""
    widgets = [one for one in QApplication.topLevelWidgets() if isinstance(one, (QDialog, QMenu)) and one.isVisible()]
    return sorted(widgets, key=lambda one: isinstance(one, QMenu))


def close(over: QWidget) -> None:
    """Without a question, whatever was typed."""
    if not Shiboken.isValid(over):
        return
    if isinstance(over, QDialog):
        QDialog.done(over, 0)
    else:
        over.close()


def slug(words: str) -> str:
    """Words as part of a file's name."""
    return re.sub(r"[^a-z0-9]+", "-", words.casefold()).strip("-")[:40]


def main(studio: Studio, target: Path, languages: Sequence[str]) -> None:
    """All of them, in every language and look."""
    for language in languages:
        for look in (Look.LIGHT, Look.DARK):
            suffix = f"{language}-{look}"
            before_the_session(studio, target, language, look)
            desk = studio.window(language, look, SMALL)
            visitor = Visitor(studio, desk, target, suffix)
            for view in VIEWS:
                studio.show(desk, view)
                visitor.visit(view)
                for part in visitor.parts(view):
                    visitor.visit(view, part)
            print("\n".join(visitor.failed))
            around(studio, desk, target, suffix)
            studio.close(desk)
            desk = studio.window(language, look, SMALL, WRITER)
            Visitor(studio, desk, target, suffix).visit("notes")
            studio.close(desk)


def before_the_session(studio: Studio, target: Path, language: str, look: Look) -> None:
    """Sign-in, and the steps of the first start."""
    desk = studio.before(studio.home, language, look, SMALL)
    save(desk, target / f"sign-in-{language}-{look}.png")
    studio.close(desk)
    with tempfile.TemporaryDirectory(prefix="famdesk-shots-") as folder:
        desk = studio.before(Home(Path(folder) / "fresh"), language, look, SMALL)
        page = desk.window.cover
        assert isinstance(page, FirstStartPage)
        for way, step in (("demo", "language"), ("demo", "way"), ("new", "centre"), ("new", "account"),
                          ("new", "recovery"), ("join", "join"), ("restore", "restore")):  # fmt: skip
            page.answers.way = way
            page.show_step(step)
            studio.settle(desk)
            save(desk, target / f"first-start-{step}-{language}-{look}.png")
        studio.close(desk)


def around(studio: Studio, desk: DeskWindow, target: Path, suffix: str) -> None:
    """What belongs to no view: search, help, the own menu, lock and the neutral page."""
    shell = desk.window.shell
    assert shell is not None
    visitor = Visitor(studio, desk, target, suffix)
    shell.show_page("today")
    for word in ("", "nido", "prova"):
        shell.top.box.setText(word)
        shell.top.box.start()
        studio.settle(desk)
        visitor.picture(f"search-{word or 'commands'}", shell.top.box._popup)
        shell.top.box.close_popup()
    visitor.press("help", shell.actions_.help.trigger)
    visitor.press("own-menu", Popup(shell.top.own_menu))
    desk.window.lock()
    studio.settle(desk)
    save(desk, target / f"lock-{suffix}.png")
    desk.window.lock(hide=True)
    studio.settle(desk)
    save(desk, target / f"neutral-{suffix}.png")
