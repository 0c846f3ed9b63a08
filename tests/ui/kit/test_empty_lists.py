"""What an empty list says is said whole, and to the screen reader too."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.rows import Column, RowModel
from famdesk.ui.kit.table import Table

SENTENCE = "Nothing. The card is complete, and there is no more to be said about it."


def test_a_list_tells_that_it_is_empty(qtbot: QtBot) -> None:
    lines = LineList("Missing", empty=SENTENCE)
    qtbot.addWidget(lines)
    assert lines.accessibleDescription() == SENTENCE
    lines.set_lines([Line("1", "Outcome")])
    assert lines.accessibleDescription() == ""
    lines.set_lines([])
    assert lines.accessibleDescription() == SENTENCE


def test_a_growing_list_has_room_for_its_sentence(qtbot: QtBot) -> None:
    window = QWidget()
    layout = QVBoxLayout(window)
    lines = LineList("Missing", empty=SENTENCE, grow=True)
    layout.addWidget(lines)
    qtbot.addWidget(window)
    window.resize(200, 400)
    window.show()
    qtbot.waitExposed(window)
    lines.set_lines([])
    text = lines.fontMetrics()
    rows_needed = -(-text.horizontalAdvance(SENTENCE) // lines.viewport().width())
    assert rows_needed > 1
    assert lines.height() >= rows_needed * text.height()


def test_a_table_tells_that_it_is_empty(qtbot: QtBot) -> None:
    model: RowModel[str] = RowModel((Column("name", str),), key=str)
    table = Table(model, "Accesses", empty=SENTENCE)
    qtbot.addWidget(table)
    assert table.accessibleDescription() == SENTENCE
    model.set_rows(["one"])
    assert table.accessibleDescription() == ""
    model.set_rows([])
    assert table.accessibleDescription() == SENTENCE
