"""Finding or making the person of a new relation, and the drawing in its own window, over a real home."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QStyle, QStyleOptionFrame
from pytestqt.qtbot import QtBot

from famdesk.i18n import LANGUAGES, using
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.popup import NEW_ID
from famdesk.ui.people.family.relation import RelativeDialog
from famdesk.ui.people.genogram.card import GenogramDialog
from famdesk.usecases.people import people
from tests.support.offices import Desk
from tests.ui.family_hands import CTRL, ENTER, Hands, add_person, at_the_page


@pytest.fixture
def hands(qtbot: QtBot, file_desk: Desk) -> Iterator[Hands]:
    with at_the_page(qtbot, file_desk) as made:
        yield made


@pytest.fixture
def mia(hands: Hands) -> str:
    return add_person(hands, "Rossi", "Mia", date(2019, 5, 1), "F")


def test_neither_the_person_nor_a_similar_name_is_taken_by_enter(hands: Hands) -> None:
    lucia = add_person(hands, "Provetti", "Lucia", date(1990, 1, 2), "F")
    lucio = add_person(hands, "Provetti", "Lucio", date(1988, 1, 2), "M")
    hands.open(lucia)
    dialog = hands.add("relative", RelativeDialog)
    hands.choose(dialog, "kind", "brother")
    field = dialog.form.field("other_id")
    hands.type(field, "Provetti Luca")
    lines = field.popup_list().lines()
    assert [line.id for line in lines] == [NEW_ID, lucio]
    assert lines[1].badge == "similar"
    assert field.popup_list().current_id() == ""
    hands.qtbot.keyClick(field, ENTER)
    assert (field.value(), field.popup_list().current_id()) == (None, NEW_ID)
    assert dialog.isVisible()
    field.close_popup()
    hands.type(field, "provetti")
    assert [line.id for line in field.popup_list().lines()] == [lucio, NEW_ID]
    assert field.popup_list().current_id() == lucio


def test_a_new_person_is_said_to_stay_when_the_dialog_is_discarded(hands: Hands, mia: str) -> None:
    hands.open(mia)
    dialog = hands.relative("brother", "Bianchi Luca")
    told = "Bianchi Luca is in the files already. Only the relationship is not saved yet."
    assert told in dialog.form.field("other_id").accessibleDescription()
    hands.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    (question,) = [one for one in dialog.findChildren(Dialog) if one.isVisible()]
    assert told in [label.text() for label in question.findChildren(QLabel)]
    hands.qtbot.keyClick(question, Qt.Key.Key_Escape)
    hands.save(dialog)
    assert hands.titles("relatives") == ["Bianchi Luca"]


def test_somebody_who_was_there_already_needs_no_such_word(hands: Hands, mia: str) -> None:
    add_person(hands, "Bianchi", "Ada", date(1990, 1, 2))
    hands.open(mia)
    dialog = hands.add("relative", RelativeDialog)
    hands.type(dialog.form.field("other_id"), "bia", ENTER)
    hands.settle()
    assert dialog.discard_detail() == ""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("network", [False, True])
def test_the_words_in_the_empty_field_are_not_cut(hands: Hands, mia: str, language: str, network: bool) -> None:
    hands.open(mia)
    file = hands.office.fetch(people.person, mia)
    with using(language):
        dialog = RelativeDialog(hands.page, hands.page.runner, file, network=network)
        dialog.open()
    field = dialog.form.field("other_id")  # type: ignore[union-attr]
    option = QStyleOptionFrame()
    field.initStyleOption(option)
    room = field.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, field).width()
    icon = field.findChild(QAbstractButton).width()
    assert field.fontMetrics().horizontalAdvance(field.placeholderText()) <= room - icon


@pytest.mark.parametrize("place", ["tabs", "date", "list", "drawing"])
def test_the_window_of_the_drawing_opens_from_anywhere_in_the_file(hands: Hands, mia: str, place: str) -> None:
    panel = hands.open(mia)
    hands.qtbot.waitUntil(panel.genogram.enlarge.isEnabled)
    hands.page.activateWindow()
    hands.qtbot.waitUntil(hands.page.isActiveWindow)
    tab = next(one for one in hands.page.file.tabs.findChildren(QAbstractButton) if one.isChecked())
    where = {"tabs": tab, "date": panel.on, "list": panel.lists["relatives"], "drawing": panel.genogram.box.view}[place]
    where.setFocus()
    hands.qtbot.keyClick(where, Qt.Key.Key_G, CTRL)
    opened = hands.dialog(GenogramDialog)
    opened.close()
    hands.page.file.choose("overview")
    hands.qtbot.keyClick(tab, Qt.Key.Key_G, CTRL)
    assert [one for one in hands.page.window().findChildren(GenogramDialog) if one.isVisible()] == []
