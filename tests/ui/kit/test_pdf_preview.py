"""The preview of a sheet: read with the keys, and followed without flicker by the next one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAccessible, QImage, QPainter, QPdfWriter, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from famdesk.ui.kit.grid.access import GridAccessible
from famdesk.ui.kit.papers.pdf_preview import PdfPreview
from tests.ui.conftest import nameless


def _pdf(*colours: str) -> bytes:
    """A page of A4 in each colour, with its number in words."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(72)
    painter = QPainter(writer)
    for number, colour in enumerate(colours):
        if number:
            writer.newPage()
        painter.fillRect(painter.viewport(), Qt.GlobalColor.white)
        painter.fillRect(50, 50, 300, 500, colour)
        painter.drawText(60, 600, f"Foglio{number + 1}")
    painter.end()
    return bytes(buffer.data().data())


@pytest.fixture
def shown(qtbot: QtBot) -> PdfPreview:
    preview = PdfPreview()
    qtbot.addWidget(preview)
    preview.resize(500, 700)
    preview.show()
    qtbot.waitExposed(preview)
    return preview


def _colour(preview: PdfPreview) -> str:
    """The colour in the middle of what is seen."""
    QApplication.processEvents()
    image = preview.view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return image.pixelColor(image.width() // 2, image.height() // 2).name()


def test_the_pages_are_turned_with_the_keys(shown: PdfPreview) -> None:
    shown.show_pdf(_pdf("#ff0000", "#00ff00", "#0000ff"), "Manifesto")
    seen = [(shown.view.page, _colour(shown))]
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_Home,
                Qt.Key.Key_End):  # fmt: skip
        QTest.keyClick(shown.view, key)
        seen.append((shown.view.page, _colour(shown)))
    red, green, blue = (1, "#ff0000"), (2, "#00ff00"), (3, "#0000ff")
    assert seen == [red, green, blue, blue, green, red, blue]


def test_it_says_which_page_of_how_many_and_its_words(shown: PdfPreview) -> None:
    shown.show_pdf(_pdf("#ff0000", "#00ff00"), "Manifesto")
    assert nameless(shown) == []
    assert shown.view.accessibleName() == "Manifesto"
    told = QAccessible.queryAccessibleInterface(shown.view)
    assert isinstance(told, GridAccessible)
    names = [told.child(place).text(QAccessible.Text.Name) for place in range(told.childCount())]  # type: ignore[union-attr]
    assert names == ["page 1 of 2", "page 2 of 2"]
    assert "Foglio1" in told.item("1").text(QAccessible.Text.Description)
    assert told.item("1").state().selected
    assert told.item("1").rect().intersects(QRect(shown.mapToGlobal(QPoint(0, 0)), shown.size()))
    middle = told.item("1").rect().center()
    assert told.childAt(middle.x(), middle.y()) is told.item("1")
    QTest.keyClick(shown.view, Qt.Key.Key_PageDown)
    assert "Foglio2" in told.item("2").text(QAccessible.Text.Description)
    assert told.item("2").state().selected
    assert not told.item("1").state().selected
    assert shown._page.text() == "page 2 of 2"
    assert (shown.back.isEnabled(), shown.forth.isEnabled()) == (True, False)
    QTest.mouseClick(shown.back, Qt.MouseButton.LeftButton)
    assert shown._page.text() == "page 1 of 2"


def test_the_pages_become_larger_and_smaller_and_whole_again(shown: PdfPreview) -> None:
    shown.show_pdf(_pdf("#ff0000", "#00ff00"))
    whole = shown.view.scale()
    assert shown.view.whole
    QTest.keyClicks(shown.view, "++")
    assert shown.view.scale() == pytest.approx(whole * 1.25**2, rel=0.02)
    assert shown.view.verticalScrollBar().maximum() > 0
    before = shown.view.verticalScrollBar().value()
    QTest.keyClick(shown.view, Qt.Key.Key_Down)
    assert shown.view.verticalScrollBar().value() > before
    QTest.keyClick(shown.view, Qt.Key.Key_PageDown)
    assert shown.view.page == 1, "enlarged, a key goes on by a screen"
    QTest.keyClicks(shown.view, "-")
    assert shown.view.scale() == pytest.approx(whole * 1.25, rel=0.02)
    QTest.keyClicks(shown.view, "0")
    assert shown.view.whole
    assert shown.view.scale() == pytest.approx(whole, rel=0.02)
    QTest.keyClicks(shown.view, "+" * 40)
    assert shown.view.scale() == pytest.approx(5, rel=0.02)
    QTest.keyClicks(shown.view, "-" * 40)
    assert shown.view.scale() == pytest.approx(0.25, rel=0.02)


def test_the_wheel_with_ctrl_enlarges(shown: PdfPreview) -> None:
    shown.show_pdf(_pdf("#ff0000"))
    whole, at = shown.view.scale(), QPointF(100, 100)
    event = QWheelEvent(at, shown.view.mapToGlobal(at), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
                        Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    QApplication.sendEvent(shown.view.viewport(), event)
    assert shown.view.scale() > whole


def test_the_next_sheet_takes_the_place_at_once_and_at_the_same_page(shown: PdfPreview) -> None:
    """No moment without a page: what is painted right after is the new sheet, where one was reading."""
    shown.show_pdf(_pdf("#ff0000", "#00ff00", "#0000ff"))
    QTest.keyClick(shown.view, Qt.Key.Key_PageDown)
    assert _colour(shown) == "#00ff00"
    seen: list[str] = []
    paint = shown.view.paintEvent

    def painted(event: object) -> None:
        paint(event)  # type: ignore[arg-type]
        seen.append("painted")

    shown.view.paintEvent = painted  # type: ignore[method-assign]
    shown.show_pdf(_pdf("#ff00ff", "#00ffff"))
    assert _colour(shown) == "#00ffff"
    assert shown._page.text() == "page 2 of 2"
    shown.show_pdf(_pdf("#888888"))
    assert _colour(shown) == "#888888"
    assert shown._page.text() == "page 1 of 1"
    assert shown.document.pageCount() == 1


def test_a_sentence_instead_of_a_sheet(shown: PdfPreview) -> None:
    assert shown.data == b""
    shown.show_pdf(_pdf("#ff0000"))
    shown.say("Scegliete un'iniziativa.")
    assert (shown.data, shown.document.pageCount(), shown.view.pages, shown.view.page) == (b"", 0, 0, 0)
    for key in "+-0":
        QTest.keyClicks(shown.view, key)
    QTest.keyClick(shown.view, Qt.Key.Key_PageDown)
    shown.show_pdf(_pdf("#0000ff"))
    assert _colour(shown) == "#0000ff"


@pytest.mark.parametrize("size", [(60, 60), (900, 200), (200, 900)])
def test_it_is_shown_in_any_room(shown: PdfPreview, size: tuple[int, int]) -> None:
    shown.show_pdf(_pdf("#ff0000", "#00ff00"))
    shown.resize(*size)
    QApplication.processEvents()
    assert shown.view.page == 1
    shown.view.turn(1)
    assert shown.view.page == 2


def test_of_a_long_sheet_only_what_is_seen_is_painted(shown: PdfPreview, monkeypatch: pytest.MonkeyPatch) -> None:
    painted: list[int] = []
    real: Callable[..., QImage] = shown.document.__class__.render

    def render(document: object, page: int, *more: object) -> QImage:
        painted.append(page)
        return real(document, page, *more)

    monkeypatch.setattr(shown.document.__class__, "render", render)
    shown.show_pdf(_pdf(*["#ff0000"] * 40))
    _colour(shown)
    assert set(painted) <= {0, 1}
    assert len(painted) == len(set(painted))
