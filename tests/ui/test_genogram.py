"""The genogram in a window: every person reachable from the keyboard, the list says the same, nothing is cut."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from famdesk.domain.people.genogram import words as words
from famdesk.ui.kit import theme
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.theme import Look, Theme
from famdesk.ui.people.genogram.box import GenogramBox
from famdesk.ui.people.genogram.card import GenogramCard, GenogramDialog
from famdesk.ui.people.genogram.paint import Painted
from famdesk.ui.people.genogram.print import GenogramPrintDialog
from famdesk.ui.people.genogram.view import GenogramView
from famdesk.usecases.office import Office
from tests.support import five_families, genograms
from tests.support.genograms import FIVE
from tests.support.offices import Desk
from tests.ui.conftest import nameless

ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


@pytest.fixture
def box(qtbot: QtBot) -> GenogramBox:
    made = GenogramBox()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    made.show_family(genograms.two_homes())
    made.focus_first()
    return made


def shown(painted: Painted) -> QImage:
    image = QImage(round(painted.drawing.width), round(painted.drawing.height), QImage.Format.Format_RGB32)
    image.fill(QColor(theme.current().card))
    painter = QPainter(image)
    painted.paint(painter)
    painter.end()
    return image


@pytest.mark.parametrize("name", FIVE)
def test_the_arrows_reach_everybody(qtbot: QtBot, name: str) -> None:
    view = GenogramView()
    qtbot.addWidget(view)
    family = FIVE[name]()
    view.show_family(family)
    seen, waiting = {view.current_id()}, [view.current_id()]
    while waiting:
        here = waiting.pop()
        for key in ARROWS:
            view.set_current(here)
            qtbot.keyClick(view, key)
            if view.current_id() not in seen:
                seen.add(view.current_id())
                waiting.append(view.current_id())
    assert seen == {one.id for one in family.people}


def test_the_screen_reader_is_told_who_it_is_and_how_tied(box: GenogramBox, qtbot: QtBot) -> None:
    box.view.set_current("f")
    told = box.view.accessibleDescription()
    for part in ("Luca Bianchi", "father of Giulia Bianchi (close", "separated husband of Sara Ferrari (in conflict)",
                 "lives in “Casa Bianchi”"):  # fmt: skip
        assert part in told
    qtbot.keyClick(box.view, Qt.Key.Key_Up)
    assert "Ferrari" in box.view.accessibleDescription()


def test_enter_opens_a_file_but_not_that_of_a_child_to_come(qtbot: QtBot) -> None:
    view = GenogramView()
    qtbot.addWidget(view)
    view.show_family(genograms.pregnant())
    opened: list[str] = []
    view.person_opened.connect(opened.append)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened == ["w"]
    family = genograms.unaccompanied()
    guardian = family.people[1]
    assert guardian.id == "v"
    view.show_family(family)
    view.set_current("v")
    qtbot.keyClick(view, Qt.Key.Key_Enter)
    assert opened == ["w", "v"]


def test_keys_and_wheel_zoom_and_zero_shows_the_whole(box: GenogramBox, qtbot: QtBot) -> None:
    view, control = box.view, Qt.KeyboardModifier.ControlModifier
    whole = view.zoom
    qtbot.keyClick(view, Qt.Key.Key_Plus, control)
    qtbot.keyClick(view, Qt.Key.Key_Plus, control)
    assert view.zoom == pytest.approx(whole * 1.44)
    qtbot.keyClick(view, Qt.Key.Key_Minus, control)
    assert view.zoom == pytest.approx(whole * 1.2)
    wheel = QWheelEvent(QPointF(50, 50), QPointF(50, 50), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, control,
                        Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    QApplication.sendEvent(view.viewport(), wheel)
    assert view.zoom == pytest.approx(whole * 1.44)
    qtbot.keyClick(view, Qt.Key.Key_0, control)
    assert view.zoom == pytest.approx(whole)


def test_who_has_the_focus_is_in_sight_at_any_zoom(box: GenogramBox, qtbot: QtBot) -> None:
    for _time in range(6):
        box.larger.click()
    for one in genograms.two_homes().people:
        box.view.set_current(one.id)
        at = box.view.place_of(one.id)
        assert box.view.viewport().rect().contains(at.toPoint())


def test_a_click_gives_the_focus_and_a_double_click_opens(box: GenogramBox, qtbot: QtBot) -> None:
    opened: list[str] = []
    box.person_opened.connect(opened.append)
    at = box.view.place_of("n").toPoint()
    qtbot.mouseClick(box.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert box.view.current_id() == "n"
    qtbot.mouseDClick(box.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert opened == ["n"]


def test_the_list_says_the_same_as_the_drawing(box: GenogramBox, qtbot: QtBot) -> None:
    family = genograms.two_homes()
    lines = {line.id: line for line in box.list.lines() if line.choosable}
    assert set(lines) == {one.id for one in family.people}
    for one in family.people:
        assert lines[one.id].as_spoken() == words.spoken(family, one)
        for tie in words.ties(family, one):
            assert tie in lines[one.id].detail
    box.view.set_current("m")
    box.modes.set_current("list")
    box.modes.chosen.emit("list")
    assert box.list.isVisible()
    assert box.list.current_id() == "m"
    opened: list[str] = []
    box.person_opened.connect(opened.append)
    qtbot.keyClick(box.list, Qt.Key.Key_Return)
    assert opened == ["m"]


def test_the_legend_tells_lines_and_homes(box: GenogramBox) -> None:
    told = box.legend.accessibleDescription()
    for part in ("Separated", "In conflict", "Has died", "Casa Ferrari", "Casa Bianchi", "Person of this file"):
        assert part in told


@pytest.mark.parametrize("zoom", [100, 150, 200])
@pytest.mark.parametrize("name", FIVE)
def test_every_word_fits_its_box_at_any_text_size(theme: Theme, name: str, zoom: int) -> None:
    theme.set_zoom(zoom)
    painted = Painted(FIVE[name]())
    for one in painted.drawing.placed:
        for line in painted._lines[one.id]:
            assert QFontMetricsF(line.font).horizontalAdvance(line.text) <= one.box.width
        height = sum(line.height for line in painted._lines[one.id])
        assert one.y + painted.drawing.symbol / 2 + height <= one.box.bottom + 1


@pytest.mark.parametrize("look", [Look.LIGHT, Look.DARK])
@pytest.mark.parametrize("name", FIVE)
def test_the_five_families_are_painted_light_and_dark(theme: Theme, name: str, look: Look) -> None:
    theme.set_look(look)
    painted = Painted(FIVE[name]())
    image = shown(painted)
    for one in painted.drawing.placed:
        edge = image.pixelColor(round(one.x), round(one.y - painted.drawing.symbol / 2 * 0.94))
        lightness = image.pixelColor(2, 2).lightness()
        around = [image.pixelColor(round(one.x), round(one.y - painted.drawing.symbol / 2 + n)) for n in range(-2, 6)]
        assert max(abs(colour.lightness() - lightness) for colour in (edge, *around)) > 120


def test_another_text_size_is_laid_out_again(box: GenogramBox, theme: Theme, qtbot: QtBot) -> None:
    painted = box.view.painted()
    assert painted is not None
    before = painted.drawing.width
    theme.set_zoom(200)
    qtbot.waitUntil(lambda: (now := box.view.painted()) is not None and now.drawing.width > before * 1.5)


def test_everything_has_a_name(box: GenogramBox) -> None:
    assert nameless(box) == []


class TestInTheFile:
    """With a real home below."""

    @pytest.fixture
    def office(self, file_desk: Desk) -> Office:
        return file_desk.sign_in("coordinator")

    @pytest.fixture
    def runner(self, office: Office) -> Iterator[Runner]:
        made = Runner(office)
        yield made
        made.close()

    @pytest.fixture
    def card(self, qtbot: QtBot, runner: Runner) -> Iterator[GenogramCard]:
        window = QWidget()
        window.resize(1200, 800)
        made = GenogramCard(runner, window)
        made.resize(1000, 600)
        qtbot.addWidget(window)
        window.show()
        yield made
        window.close()

    @pytest.mark.parametrize("name", five_families.FIVE)
    def test_shows_and_prints_each_of_the_five(
        self, qtbot: QtBot, office: Office, runner: Runner, card: GenogramCard, tmp_path: Path, name: str
    ) -> None:
        person = five_families.FIVE[name](office)
        card.show_person(person, office.fetch(lambda tx: tx.today()))
        qtbot.waitUntil(lambda: runner.idle() and card.box.view.painted() is not None)
        assert card.box.view.current_id() == person
        card.open_print()
        dialog = card.window().findChild(GenogramPrintDialog)
        assert dialog is not None
        qtbot.waitUntil(lambda: bool(dialog.preview.data))
        dialog.out.save_to(str(tmp_path / "g.pdf"))
        qtbot.waitUntil(lambda: runner.idle() and (tmp_path / "g.pdf").exists())
        assert len(PdfReader(tmp_path / "g.pdf").pages) == 1

    def test_a_window_of_its_own_leads_to_files(
        self, qtbot: QtBot, office: Office, runner: Runner, card: GenogramCard
    ) -> None:
        girl = five_families.two_homes(office)
        card.show_person(girl, office.fetch(lambda tx: tx.today()))
        qtbot.waitUntil(lambda: runner.idle() and card.box.view.painted() is not None)
        opened: list[str] = []
        card.person_opened.connect(opened.append)
        card.open_window()
        dialog = card.window().findChild(GenogramDialog)
        assert dialog is not None
        assert nameless(dialog) == []
        assert "Bianchi" not in dialog.windowTitle()
        qtbot.keyClick(dialog.box.view, Qt.Key.Key_Return)
        assert opened == [girl]

    def test_nothing_stays_when_the_file_is_closed(
        self, qtbot: QtBot, office: Office, runner: Runner, card: GenogramCard
    ) -> None:
        card.show_person(five_families.anonymous(office), office.fetch(lambda tx: tx.today()))
        card.forget()
        qtbot.waitUntil(runner.idle)
        assert card.box.view.painted() is None
        assert not card.print_action.isEnabled()
