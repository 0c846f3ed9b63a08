from __future__ import annotations

import gc
import re

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QGuiApplication, QIcon, QImage, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from famdesk import resources
from famdesk.ui.kit import icons, theme
from famdesk.ui.kit.colours import DARK, LIGHT, contrast
from famdesk.ui.kit.stylesheet import stylesheet
from famdesk.ui.kit.theme import Look, Theme


def darkest(image: QImage) -> QColor:
    """The most opaque pixel."""
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return max(pixels, key=lambda colour: colour.alpha())


def test_the_palette_holds_the_table(theme: Theme) -> None:
    palette = QGuiApplication.palette()
    assert palette.color(QPalette.ColorRole.Window).name() == "#f6f5f2"
    assert palette.color(QPalette.ColorRole.Base).name() == "#ffffff"
    assert palette.color(QPalette.ColorRole.Highlight).name() == "#dcebec"
    assert palette.color(QPalette.ColorRole.Accent).name() == "#0f5c66"


def test_the_theme_can_be_switched(theme: Theme, qtbot: QtBot) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.set_look(Look.DARK)
    assert theme.dark
    assert QGuiApplication.palette().color(QPalette.ColorRole.Window).name() == "#1b1d20"
    theme.set_look(Look.LIGHT)
    assert not theme.dark


def test_the_painting_code_is_told_the_theme(theme: Theme) -> None:
    from famdesk.ui.kit import theme as module

    assert module.current() is LIGHT
    theme.set_look(Look.DARK)
    assert module.current() is DARK


def test_zoom_enlarges_text_and_distances(theme: Theme) -> None:
    from famdesk.ui.kit import theme as module

    before, points = module.unit(10), module.font().pointSizeF()
    theme.set_zoom(200)
    assert module.font().pointSizeF() == pytest.approx(points * 2)
    assert module.unit(10) == pytest.approx(before * 2, rel=0.1)
    theme.set_zoom(500)
    assert theme.zoom == 200


def test_the_type_scale_and_tabular_figures() -> None:
    body = theme.font().pointSizeF()
    assert body >= 10.5
    assert theme.font(theme.TITLE).pointSizeF() == pytest.approx(body * 1.5)
    metrics = QFontMetrics(theme.font())
    assert len({metrics.horizontalAdvance(figure) for figure in "0123456789"}) == 1


def test_buttons_take_the_new_colours(theme: Theme, qtbot: QtBot) -> None:
    button = QPushButton("Save")
    qtbot.addWidget(button)
    button.show()
    light = button.grab().toImage().pixelColor(button.width() // 2, 4)
    theme.set_look(Look.DARK)
    assert button.grab().toImage().pixelColor(button.width() // 2, 4) != light


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_the_stylesheet_is_filled_in(colours: object) -> None:
    text = stylesheet(colours, 4.0, 10.5)  # type: ignore[arg-type]
    assert "$" not in text
    assert text.count("{") == text.count("}")


def test_placeholders_are_legible(qtbot: QtBot) -> None:
    line = QLineEdit()
    line.setPlaceholderText("WWWW")
    qtbot.addWidget(line)
    line.resize(200, 40)
    picture = line.grab().toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(8, 100) for y in range(8, 32)}
    assert max(contrast(ink, LIGHT.card) for ink in colours) >= 4.5


def test_every_icon_file_can_be_tinted() -> None:
    files = sorted(resources.path("icons").glob("*.svg"))
    assert files
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert "currentColor" in text, file.name
        assert not re.search(r"#[0-9a-fA-F]{3,6}\b", text), file.name
    assert "ISC License" in resources.text("icons/LICENSE.txt")


def test_an_icon_has_the_colour_of_the_text(theme: Theme) -> None:
    sun = icons.icon("sun")
    assert darkest(sun.pixmap(QSize(24, 24)).toImage()).name() == LIGHT.text
    theme.set_look(Look.DARK)
    assert darkest(sun.pixmap(QSize(24, 24)).toImage()).name() == DARK.text


def test_an_icon_of_a_fixed_colour_and_a_disabled_one() -> None:
    lock = icons.icon("lock", "#a23b3b")
    assert darkest(lock.pixmap(QSize(24, 24)).toImage()).name() == "#a23b3b"
    faint = lock.pixmap(QSize(24, 24), QIcon.Mode.Disabled)
    assert darkest(faint.toImage()).name() != "#a23b3b"


def test_an_icon_is_sharp_on_a_dense_screen() -> None:
    pixmap = icons.icon("lock").pixmap(QSize(16, 16), 2.0)
    assert pixmap.size() == QSize(32, 32)
    assert pixmap.devicePixelRatio() == 2.0


def test_an_icon_can_be_painted_and_copied() -> None:
    icon = icons.icon("lock")
    copy = QIcon(icon)
    copy.addPixmap(QPixmap(3, 3))  # makes Qt clone the engine
    gc.collect()
    image = QImage(24, 24, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    copy.paint(painter, QRect(0, 0, 24, 24))
    painter.end()
    assert darkest(image).alpha() > 200
    assert not icon.isNull()


@pytest.mark.logs
def test_an_unknown_icon_is_a_sign_and_no_crash(caplog: pytest.LogCaptureFixture) -> None:
    """A view is painted all the same; that no name is wrong is for another test."""
    shown = icons.pixmap("no-such-icon", 24, 1.0, "#000000").toImage()
    assert shown == icons.pixmap(icons.UNKNOWN, 24, 1.0, "#000000").toImage()
    assert "no-such-icon" in caplog.text
