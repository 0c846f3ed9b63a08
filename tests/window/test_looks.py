"""Every view in every language, size and look: no word is cut, and all of it can be read.

These windows are real but have no screen: what is measured is where Qt put the words and in which colours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import time, timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from famdesk.data.home import Home
from famdesk.desk import DeskWindow
from famdesk.domain.notes.note_release import Terms
from famdesk.ui.calendar.page import CalendarPage
from famdesk.ui.calendar.place import DAY, MODES, WORK, Place
from famdesk.ui.intake.page import IntakePage
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.colours import contrast
from famdesk.ui.kit.theme import Look, Theme, dressed
from famdesk.ui.kit.widgets import ElidedLabel, Segmented
from famdesk.ui.notes.page import NotesPage
from famdesk.ui.paths.page import PathsPage
from famdesk.ui.people.page import PeoplePage
from famdesk.ui.people.panels import PANELS
from famdesk.ui.settings.page import SettingsPage
from famdesk.ui.shell.rail import RailButton
from famdesk.usecases import features, session
from famdesk.usecases.demo.demo_accounts import DEMO_LOGIN, DEMO_PASSWORD
from famdesk.usecases.notes import note_reading, note_release, notes
from famdesk.usecases.notes.note_release_rows import Recipient
from famdesk.usecases.notes.note_rows import NoteTexts, NoteValues
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from tests.support.thorough import THOROUGH

pytestmark = [pytest.mark.window, pytest.mark.qt_log_ignore("This plugin does not support")]

VIEWS = ("today", "intake", "calendar", "programmes", "people", "notes", "paths", "directory", "sheets", "settings")
SIZES = (QSize(1024, 700), QSize(1280, 800))
ALL_LOOKS = [(language, zoom) for language in ("it", "de", "en") for zoom in (100, 150, 200)]
SOME_LOOKS = [("it", 100), ("it", 200), ("de", 100), ("de", 150), ("en", 200)]
LEGIBLE = 4.5
TURNS = 100
SLOW = 20_000
LARGE = 100
"""Up to this zoom nothing has to be scrolled sideways."""
HAIR = 1
"""Pixels by which Qt's measures of the same text may differ."""

Visit = Callable[[str], QWidget]


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    """The application's theme, light and at normal size, as after every test."""
    return dressed(qapp, Look.LIGHT)


@pytest.fixture
def desk(theme: Theme, qapp: QApplication, qtbot: QtBot, demo_home: Path) -> Iterator[DeskWindow]:
    """The demo's window, signed in."""
    features.load()
    made = DeskWindow(qapp, Home(demo_home))
    made.start()
    made.open_session(session.sign_in(made.home, DEMO_LOGIN, DEMO_PASSWORD))
    yield made
    settle(made, qtbot)
    made.window.close()
    made.stop()


def settle(desk: DeskWindow, qtbot: QtBot) -> None:
    """Waits until everything that was asked for is shown."""
    assert desk.session is not None
    qtbot.waitUntil(desk.session.runner.idle, timeout=SLOW)
    qtbot.waitUntil(desk.background.idle, timeout=SLOW)
    for _round in range(5):  # a layout that changes asks the one around it, and so on
        QApplication.processEvents()
        QApplication.sendPostedEvents()
    qtbot.waitUntil(desk.session.runner.idle, timeout=SLOW)


def visit(desk: DeskWindow, qtbot: QtBot, view: str) -> QWidget:
    shell = desk.window.shell
    assert shell is not None
    page = shell.show_page(view)
    settle(desk, qtbot)
    if view == "people":
        field = next(one for one in page.findChildren(QLineEdit) if one.isVisible())
        field.setText("prova")
        field.textEdited.emit("prova")
        qtbot.waitUntil(lambda: isinstance(page, PeoplePage) and bool(page.found.rows))
        settle(desk, qtbot)
    return shell


def parts(desk: DeskWindow, qtbot: QtBot, view: str) -> Iterator[tuple[str, QWidget]]:
    """The view, then each of its parts that stand behind a choice: sections, tabs, and those of a person's file."""
    shell = visit(desk, qtbot, view)
    yield view, shell
    page = desk.window.shell.page() if desk.window.shell is not None else None
    if isinstance(page, SettingsPage):
        for line in page.list.lines():
            page.show_section(line.id)
            settle(desk, qtbot)
            yield f"{view}, {line.title}", shell
    if isinstance(page, PeoplePage):
        assert desk.session is not None
        hits = desk.session.office.fetch(people.find_persons, "khayali sami")
        page.open_person(hits[0].id)
        settle(desk, qtbot)
        for key in ("overview", *(spec.key for spec in PANELS)):
            page.file.choose(key)
            settle(desk, qtbot)
            yield f"{view}, {key}", shell
        page.close_file()
    if isinstance(page, CalendarPage):
        yield from places(desk, qtbot, page)
    if isinstance(page, NotesPage):
        yield from written(desk, qtbot, page)
    if isinstance(page, (IntakePage, PathsPage)):
        for segment in page.findChildren(Segmented):
            for button in segment.findChildren(QPushButton):
                button.click()
                settle(desk, qtbot)
                yield f"{view}, {button.text()}", shell


def places(desk: DeskWindow, qtbot: QtBot, page: CalendarPage) -> Iterator[tuple[str, QWidget]]:
    """Every way of showing the calendar."""
    assert desk.window.shell is not None
    for place in (*(Place(mode) for mode in MODES), Place(WORK, columns="staff"), Place(DAY, columns="points")):
        page._go(place)
        settle(desk, qtbot)
        yield f"calendar, {place.mode} by {place.columns}", desk.window.shell


def written(desk: DeskWindow, qtbot: QtBot, page: NotesPage) -> Iterator[tuple[str, QWidget]]:
    """A draft about a group with its lines and with what stands beside it; a signed note, and a report out of it."""
    assert desk.session is not None
    assert desk.window.shell is not None
    office = desk.session.office
    if not office.fetch(note_reading.mine):
        write_some(office)
    for row in office.fetch(note_reading.mine):
        page.open_item("note", row.id)
        qtbot.waitUntil(partial(_shows, page, row.id), timeout=SLOW)
        settle(desk, qtbot)
        if row.kind == "group":
            page.writing.show_last()
            settle(desk, qtbot)
        yield f"notes, {row.kind} {row.state}", desk.window.shell


def _shows(page: NotesPage, note_id: str) -> bool:
    return page.pane.note_id() == note_id and page.pane.isVisible()


def write_some(office: Office) -> None:
    """A signed note with a file that somebody else may read, the draft of one about a group, and that of a report."""
    known = [one.id for one in office.fetch(people.find_persons, "prova")[:6]]
    first = next(one for one in known if office.fetch(note_release.family, one))
    day = office.now().date() - timedelta(days=1)
    text = NoteTexts("Come sta: bene.\n\nAccordi: nessuno.")
    note_id = office.run(notes.start, NoteValues("individual", day, (first,), time(10), 50), text)
    office.run(notes.attach, note_id, "disegno di una casa.png", "image/png", b"PNG")
    office.run(notes.sign, note_id, office.fetch(note_reading.read, note_id).row.version)
    office.run(notes.start, NoteValues("group", day, (first, *(one for one in known if one != first))), text)
    to = Recipient(other_id=office.fetch(note_release.family, first)[0].id)
    office.run(note_release.begin, first, to, Terms("report", "own_request", day, day))


def cut_words(root: QWidget, *, sideways: bool = False) -> list[str]:
    """The visible labels and buttons whose text has no room, with what is missing.

    `sideways`: what can be scrolled to sideways has room; only for very large text.
    """
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, (QLabel, QAbstractButton)):
            continue
        text = widget.text()
        if not text.strip() or isinstance(widget.parent(), QLineEdit):  # inside a field there are pictures only
            continue
        problem = _too_small(widget) or _outside(widget, root, sideways=sideways)
        if problem:
            found.append(f"{type(widget).__name__} “{text[:50]}”: {problem}")
    return found


def _too_small(widget: QLabel | QAbstractButton) -> str:
    if isinstance(widget, ElidedLabel):
        whole = widget.fontMetrics().horizontalAdvance(widget.text())
        cut = whole > widget.contentsRect().width() + HAIR
        return "shortened without a tooltip" if cut and widget.toolTip() != widget.text() else ""
    if isinstance(widget, QLabel) and widget.wordWrap():
        needed = widget.heightForWidth(widget.width())
        longest = max(_plain(widget).replace("\u200b", " ").split(), key=len)
        if widget.fontMetrics().horizontalAdvance(longest) > widget.contentsRect().width() + HAIR:
            return f"the word {longest} is wider than {widget.contentsRect().width()}"
        return f"height {widget.height()} of {needed}" if needed > widget.height() + HAIR else ""
    narrows = isinstance(widget, (QLabel, RailButton)) or widget.property("kind") == "segment"
    wanted = widget.minimumSizeHint() if narrows else widget.sizeHint()
    if wanted.width() > widget.width() + HAIR:
        return f"width {widget.width()} of {wanted.width()}"
    return f"height {widget.height()} of {wanted.height()}" if wanted.height() > widget.height() + HAIR else ""


def _plain(label: QLabel) -> str:
    if label.textFormat() == Qt.TextFormat.PlainText or not Qt.mightBeRichText(label.text()):
        return label.text()
    document = QTextDocument()
    document.setHtml(label.text())
    return document.toPlainText()


def _outside(widget: QWidget, root: QWidget, *, sideways: bool) -> str:
    """What sticks out of a widget around it, where it cannot be scrolled into view."""
    area = QRect(QPoint(), widget.size())
    around, inner = widget.parentWidget(), widget
    while around is not None and inner is not root:
        area.translate(inner.pos())
        scroll = around.parentWidget()
        if isinstance(scroll, QAbstractScrollArea) and scroll.viewport() is around:
            reachable = (sideways and scroll.horizontalScrollBar().maximum()) or (
                area.left() >= -HAIR and area.right() <= around.width() + HAIR
            )
            return "" if reachable else f"sticks out sideways of {type(scroll).__name__}"
        if not around.rect().adjusted(-HAIR, -HAIR, HAIR, HAIR).contains(area):
            return f"sticks out of {type(around).__name__} {around.accessibleName()}"
        inner, around = around, around.parentWidget()
    return ""


def lasting(look: Callable[[], list[str]], qtbot: QtBot) -> list[str]:
    """The faults that stay: while a layout still asks the one around it there are some that nobody ever sees."""
    turns = 0
    while (found := look()) and turns < TURNS:
        qtbot.wait(20)
        turns += 1
    return found


def faint_words(root: QWidget) -> list[str]:
    """The visible words that cannot be read well on what is painted behind them."""
    image = root.grab().toImage()
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or not widget.isEnabled():
            continue
        if not isinstance(widget, (QLabel, ActionButton)) or not widget.text().strip():
            continue
        if not widget.visibleRegion().boundingRect().contains(widget.rect().center()):
            continue
        ink, ground = _ink(widget), _ground(widget, root, image)
        ratio = contrast(ink.name(), ground.name())
        if ratio < LEGIBLE:
            colours = f"{ink.name()} on {ground.name()}: {ratio:.2f}"
            found.append(f"{type(widget).__name__} “{widget.text()[:40]}”: {colours}")
    return found


def _ink(widget: QLabel | ActionButton) -> QColor:
    if isinstance(widget, ActionButton):
        return widget._content_colour()
    return widget.palette().color(widget.foregroundRole())


def _ground(widget: QWidget, root: QWidget, image: QImage) -> QColor:
    """The commonest colour behind a widget's words: of two inks on one ground, the ground covers more."""
    corner = widget.mapTo(root, QPoint(0, 0))
    counts: dict[int, int] = {}
    for x in range(corner.x() + 1, corner.x() + widget.width() - 1, 2):
        for y in range(corner.y() + 1, corner.y() + widget.height() - 1, 2):
            if image.rect().contains(x, y):
                pixel = image.pixel(x, y)
                counts[pixel] = counts.get(pixel, 0) + 1
    return QColor(max(counts, key=counts.__getitem__))


@pytest.mark.parametrize(("language", "zoom"), ALL_LOOKS if THOROUGH else SOME_LOOKS)
def test_no_word_is_cut(desk: DeskWindow, theme: Theme, qtbot: QtBot, language: str, zoom: int) -> None:
    theme.set_zoom(zoom)
    desk._choose_language(language)
    found: list[str] = []
    for size in SIZES:
        desk.window.resize(size)
        for view in VIEWS:
            for part, shell in parts(desk, qtbot, view):
                assert shell.size().width() <= size.width(), f"{part} does not let the window be {size.width()} wide"
                look = partial(cut_words, shell, sideways=zoom > LARGE)
                found += [f"{part} {size.width()}: {one}" for one in lasting(look, qtbot)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("look", [Look.LIGHT, Look.DARK])
def test_every_word_can_be_read(desk: DeskWindow, theme: Theme, qtbot: QtBot, look: Look) -> None:
    theme.set_look(look)
    desk.window.resize(SIZES[1])
    found: list[str] = []
    for view in VIEWS:
        for part, shell in parts(desk, qtbot, view):
            found += [f"{part}: {one}" for one in lasting(partial(faint_words, shell), qtbot)]
    assert not found, "\n".join(found)


def test_the_measures_see_what_is_wrong(theme: Theme, qtbot: QtBot) -> None:
    """Both measures find a fault that was put there."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 200)
    cut, outside, faint = QLabel("Appuntamenti", window), ActionButton("Salva", parent=window), QLabel("grigio", window)
    cut.setGeometry(10, 10, 30, 20)
    outside.setGeometry(250, 50, 200, 40)
    faint.setGeometry(10, 100, 100, 20)
    faint.setStyleSheet("color: #dddddd")
    window.show()
    assert [one.split(":")[0] for one in cut_words(window)] == ["QLabel “Appuntamenti”", "ActionButton “Salva”"]
    assert [one.split(":")[0] for one in faint_words(window)] == ["QLabel “grigio”"]
