"""The look of the sheets in the settings: seen while it is chosen, logos from files and in their order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QColorDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from famdesk.domain.post import looks as shades
from famdesk.domain.post.looks import Look
from famdesk.ui.kit.runner import Runner
from famdesk.ui.settings.logo_dialog import LogoDialog
from famdesk.ui.settings.page import SettingsPage
from famdesk.usecases.centre import looks
from famdesk.usecases.centre.looks import LookValues
from famdesk.usecases.office import Office
from tests.support.logos import bomb, picture
from tests.support.offices import Desk
from tests.support.scenarios_looks import body, partners
from tests.ui.conftest import nameless

SLOW = 20_000


class Shown:
    """The page at its section."""

    def __init__(self, qtbot: QtBot, office: Office) -> None:
        self.qtbot, self.office, self.runner = qtbot, office, Runner(office)
        self.page = SettingsPage(self.runner, office)
        qtbot.addWidget(self.page)
        self.page.resize(1280, 800)
        self.page.show()
        self.page.show_section("sheets")
        self.part = self.page.sheets
        self.wait()
        qtbot.waitUntil(lambda: bool(self.part.preview.preview.data), timeout=SLOW)
        self.wait()

    def wait(self) -> None:
        QApplication.processEvents()
        self.qtbot.waitUntil(lambda: not self.part.preview.live.pending and self.runner.idle(), timeout=SLOW)

    def type_into(self, field: str, text: str) -> None:
        editor: Any = self.part.form.field(field)
        editor = getattr(editor, "line", editor)
        editor.setFocus()
        editor.selectAll()
        QTest.keyClicks(editor, text)
        self.wait()

    def dialog(self) -> Any:
        return next(one for one in self.page.findChildren(LogoDialog) if one.isVisible())

    def words(self) -> str:
        return " ".join(str(self.part.preview.preview.document.getAllText(0).text()).split())

    def look(self) -> Look:
        found = self.part.preview._look
        assert found is not None
        return found

    def names(self) -> list[str]:
        return [line.title for line in self.part.logos.list.lines()]


@pytest.fixture
def lead(file_desk: Desk) -> Office:
    return file_desk.sign_in("coordinator")


@pytest.fixture
def shown(qtbot: QtBot, lead: Office) -> Iterator[Shown]:
    made = Shown(qtbot, lead)
    yield made
    made.runner.close()


def test_everything_has_a_name(shown: Shown) -> None:
    assert nameless(shown.part) == []


def test_what_is_typed_is_seen_before_it_is_saved(shown: Shown) -> None:
    assert "Comune" not in shown.words()
    shown.type_into("header", "Comune di Prova")
    shown.type_into("colour", "#7a1f5c")
    assert "Comune di Prova" in shown.words()
    assert shown.look().colour == "#7a1f5c"
    assert shown.office.fetch(looks.look).version == 0
    shown.part.preview.sheet._buttons["letter"].click()
    shown.wait()
    assert "Comune di Prova" in shown.words()
    assert shown.part.preview.preview.view.accessibleName() == "Letter"
    QTest.mouseClick(shown.part.save, Qt.MouseButton.LeftButton)
    shown.wait()
    assert shown.office.fetch(looks.look).values == LookValues("#7a1f5c", "Comune di Prova")
    assert not shown.part.form.dirty
    shown.runner.undo()
    shown.wait()
    shown.qtbot.waitUntil(lambda: "Comune di Prova" not in shown.words(), timeout=SLOW)
    assert shown.part.form.value("header") == ""


def test_a_pale_colour_is_told_and_the_nearest_good_one_is_offered(shown: Shown) -> None:
    assert shown.part.take.isHidden()
    shown.type_into("colour", "#ffd000")
    proposal = shades.readable("#ffd000")
    hint = shown.part.form._rows["colour"].problem.hint
    assert proposal in hint
    assert proposal in shown.part.take.text()
    assert shown.look().colour == proposal, "the preview can be read meanwhile"
    QTest.mouseClick(shown.part.save, Qt.MouseButton.LeftButton)
    shown.wait()
    assert shown.part.form._rows["colour"].problem.wrong
    QTest.mouseClick(shown.part.take, Qt.MouseButton.LeftButton)
    shown.wait()
    assert shown.part.form.value("colour") == proposal
    assert shown.part.take.isHidden()
    QTest.mouseClick(shown.part.save, Qt.MouseButton.LeftButton)
    shown.wait()
    assert shown.office.fetch(looks.look).values.colour == proposal


def test_while_a_colour_is_typed_nothing_nags(shown: Shown) -> None:
    for text in ("#", "#7a", "#7a1f5", "blu"):
        shown.type_into("colour", text)
        assert not shown.part.form._rows["colour"].problem.wrong
        assert shown.part.take.isHidden()
        assert shown.look().colour in {shades.COLOUR, shades.readable(shades.clean_colour(text) or shades.COLOUR)}


def test_the_picker_is_followed_and_can_be_left(shown: Shown) -> None:
    field = shown.part.form.field("colour")
    QTest.mouseClick(field.choose, Qt.MouseButton.LeftButton)
    picker = shown.page.window().findChild(QColorDialog)
    assert picker is not None
    picker.setCurrentColor("#2c5a99")
    shown.wait()
    assert shown.look().colour == "#2c5a99"
    picker.reject()
    shown.wait()
    assert (field.value(), shown.look().colour) == ("", shades.COLOUR)


def _drop(widget: QWidget, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), copy, data, left, none)
    QApplication.sendEvent(widget, enter)
    if enter.isAccepted():
        QApplication.sendEvent(widget, QDropEvent(QPointF(5, 5), copy, data, left, none))


def test_a_logo_comes_from_a_file(shown: Shown, tmp_path: Path) -> None:
    (tmp_path / "logo.jpg").write_bytes(picture("JPEG"))
    (tmp_path / "bomb.png").write_bytes(bomb())
    body(shown.office, "Comune di Prova")
    shown.page.refresh()
    shown.wait()
    QTest.mouseClick(shown.part.logos.add, Qt.MouseButton.LeftButton)
    dialog = shown.dialog()
    assert nameless(dialog) == []
    QTest.mouseClick(dialog.form.field("image").choose, Qt.MouseButton.LeftButton)
    files = dialog.findChild(QFileDialog)
    assert files is not None
    files.close()
    dialog.try_save()
    assert dialog.form._rows["image"].problem.wrong, "a logo needs its picture"
    dialog.read(str(tmp_path / "bomb.png"))
    shown.wait()
    assert "too large" in dialog.form._rows["image"].problem._label.text()
    dialog.read(str(tmp_path / "logo.jpg"))
    shown.wait()
    assert not dialog.form._rows["image"].problem.wrong
    dialog.try_save()
    assert dialog.form._rows["alt"].problem.wrong, "and words for those who do not see it"
    dialog.form.field("body_id").set_value(dialog.form.field("body_id")._choices[0].code)
    dialog.form.field("body_id").edited.emit()
    assert dialog.form.value("alt") == "Logo: Comune di Prova"
    dialog.try_save()
    shown.wait()
    assert shown.names() == ["Comune di Prova"]
    assert [one.alt for one in shown.look().partners] == ["Logo: Comune di Prova"]


def test_a_file_is_dropped_on_the_list(shown: Shown, tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(picture())
    (tmp_path / "testo.txt").write_bytes(b"Prova")
    _drop(shown.part.logos, tmp_path / "testo.txt")
    assert [one for one in shown.page.findChildren(LogoDialog) if one.isVisible()] == []
    _drop(shown.part.logos, tmp_path / "logo.png")
    shown.wait()
    dialog = shown.dialog()
    assert dialog.form.value("image") is not None
    dialog.form.set_values({"alt": "Due mani"})
    _drop(dialog.form.field("image"), tmp_path / "logo.png")
    shown.wait()
    dialog.try_save()
    shown.wait()
    own = shown.look().own
    assert own is not None
    assert own.alt == "Due mani"
    assert shown.names() == ["The centre’s own"]


def test_logos_are_put_in_order_with_the_keys(shown: Shown) -> None:
    partners(shown.office, "Comune", "Regione", "Unione europea")
    shown.office.run(looks.add_logo, picture(), alt="Due mani")
    shown.page.refresh()
    shown.wait()
    own = "The centre’s own"
    assert shown.names() == [own, "Comune", "Regione", "Unione europea"]
    logos = shown.part.logos
    logos.list.setFocus()
    logos.list.set_current_id(logos.rows[3].id)
    for _turn in range(4):
        QTest.keyClick(logos.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
        shown.wait()
    assert shown.names() == [own, "Unione europea", "Comune", "Regione"]
    assert [one.body for one in shown.look().partners] == ["Unione europea", "Comune", "Regione"]
    assert logos.list.hasFocus()
    assert (logos.up.isEnabled(), logos.down.isEnabled()) == (False, True)
    QTest.mouseClick(logos.down, Qt.MouseButton.LeftButton)
    shown.wait()
    assert shown.names() == [own, "Comune", "Unione europea", "Regione"]
    logos.list.set_current_id(logos.rows[0].id)
    assert (logos.up.isEnabled(), logos.down.isEnabled()) == (False, False)


def test_a_logo_is_changed_and_removed(shown: Shown) -> None:
    partners(shown.office, "Comune")
    shown.page.refresh()
    shown.wait()
    logos = shown.part.logos
    logos.list.set_current_id(logos.rows[0].id)
    QTest.keyClick(logos.list, Qt.Key.Key_Return)
    dialog = shown.dialog()
    dialog.form.set_values({"alt": "Stemma nuovo"})
    dialog.try_save()
    shown.wait()
    assert logos.rows[0].logo.alt == "Stemma nuovo"
    shown.part._do_remove(logos.rows[0])
    shown.wait()
    assert shown.names() == []
    assert shown.look().partners == ()


def test_others_look_and_read_why(qtbot: QtBot, file_desk: Desk, lead: Office) -> None:
    partners(lead, "Comune")
    shown = Shown(qtbot, file_desk.sign_in("reception"))
    try:
        assert shown.names() == ["Comune"]
        for one in (shown.part.save, shown.part.logos.add, shown.part.logos.up):
            assert one.isHidden()
        assert not shown.part._reason.isHidden()
        shown.part.logos.list.set_current_id(shown.part.logos.rows[0].id)
        QTest.keyClick(shown.part.logos.list, Qt.Key.Key_Return)
        QTest.keyClick(shown.part.logos.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
        assert [one for one in shown.page.findChildren(LogoDialog) if one.isVisible()] == []
    finally:
        shown.runner.close()


def test_what_cannot_be_printed_is_told_in_the_place_of_the_sheet(shown: Shown) -> None:
    shown.part.form.field("header").insertPlainText("\U000f0000")
    shown.wait()
    assert shown.part.preview.preview.data == b""
    shown.type_into("header", "Comune")
    assert "Comune" in shown.words()


def test_what_cannot_be_printed_is_not_saved(shown: Shown) -> None:
    """A letter without a shape, or a word without room, would keep every sheet from being made."""
    for text, said in (("Comune \U000f0000", "cannot be printed"), ("W" * 99, "does not fit"), ("i" * 31, "30")):
        shown.part.form.field("header").setPlainText(text)
        shown.wait()
        QTest.mouseClick(shown.part.save, Qt.MouseButton.LeftButton)
        shown.wait()
        problem = shown.part.form._rows["header"].problem
        assert problem.wrong, text
        assert said in problem._label.text()
    assert shown.office.fetch(looks.look).version == 0


def test_a_header_of_two_lines_needs_no_bar(shown: Shown) -> None:
    field = shown.part.form.field("header")
    for text in ("Comune di Prova\nSettore famiglie", "a\nb\nc", "a"):
        field.set_value(text)
        shown.wait()
        assert not field.verticalScrollBar().isVisible(), text


def test_the_preview_stays_in_sight_while_one_scrolls(shown: Shown) -> None:
    partners(shown.office, "Comune", "Regione", "Unione europea", "Fondazione", "Cooperativa")
    shown.page.resize(1280, 640)
    shown.page.refresh()
    shown.wait()
    bar = shown.part.verticalScrollBar()
    bar.setValue(bar.maximum())
    QApplication.processEvents()
    top = shown.part.preview.mapTo(shown.part, QPoint(0, 0)).y()
    assert bar.maximum() > 100
    assert -bar.maximum() < top
    assert top + shown.part.preview.height() >= shown.part.height() - 60
