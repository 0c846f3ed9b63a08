"""Contacts from the keyboard, the list of the day."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from famdesk.ui.intake.fields import AgeField, NeedsField
from famdesk.ui.intake.page import IntakePage
from famdesk.usecases.intake import drafts, intake
from famdesk.usecases.office import Office
from tests.support.cremona import Cremona
from tests.support.offices import Desk
from tests.ui.intake.conftest import CONTROL, NOW, Typist, cells, pages, rows, said


def test_a_contact_costs_few_keys_and_the_next_line_is_ready(
    page: IntakePage, typist: Typist, reception: Office, cremona: Cremona
) -> None:
    fields = page.front.line.fields
    assert typist.where() is fields.channel
    typist.key(Qt.Key.Key_Tab).text("asilo").key(Qt.Key.Key_Tab).text("2").key(Qt.Key.Key_Tab)
    typist.text("Nido San Francesco").key(Qt.Key.Key_Return).wait()
    (row,) = rows(reception)
    assert (row.channel, row.needs, row.age_band, row.answer) == ("door", ("nursery",), "0-3", "Nido San Francesco")
    assert (row.at, row.access_point_id) == (NOW, cremona.square)
    assert typist.keys == 4
    assert typist.where() is fields.channel
    assert fields.entry().blank
    assert cells(page) == [["12:41", "At the door", "—", "Nursery enrolment", "Nido San Francesco", "Information"]]


def test_at_most_twelve_keys_when_everything_is_chosen_from_lists(
    page: IntakePage, typist: Typist, reception: Office
) -> None:
    reception.run(intake.log_contact, channel="door", need="school", answer="Istituto comprensivo")
    page.refresh()
    typist.wait()
    typist.text("pho").key(Qt.Key.Key_Return, Qt.Key.Key_Tab)
    typist.key(Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Tab)
    typist.text("7").key(Qt.Key.Key_Tab)
    typist.key(Qt.Key.Key_Down).wait().key(Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Return).wait()
    row = rows(reception)[0]
    assert (row.channel, row.needs, row.age_band) == ("phone", ("school",), "6-11")
    assert row.answer == "Istituto comprensivo"
    assert typist.keys <= 12
    assert page.front.line.fields.entry().channel == "phone"


def test_enter_keeps_an_answer_in_ones_own_words_beside_a_list(
    page: IntakePage, typist: Typist, qtbot: QtBot, reception: Office
) -> None:
    reception.run(intake.log_contact, channel="door", need="nursery", answer="Istituto comprensivo")
    field = page.front.line.fields.answer
    typist.key(Qt.Key.Key_Tab).text("asilo").key(Qt.Key.Key_Tab, Qt.Key.Key_Tab).text("Isti")
    qtbot.waitUntil(field.popup_open)
    typist.key(Qt.Key.Key_Return).wait()
    assert rows(reception)[0].answer == "Isti"


def test_what_was_taken_from_a_list_is_typed_over(page: IntakePage, typist: Typist) -> None:
    typist.key(Qt.Key.Key_Tab).text("asilo").key(Qt.Key.Key_Return).text("scuola").key(Qt.Key.Key_Return)
    fields = page.front.line.fields
    assert fields.need.value() == "school"
    typist.key(Qt.Key.Key_Tab, Qt.Key.Key_Tab).text("Is")
    assert fields.answer.text() == "Is"


def test_need_alone_is_enough_and_other_words_are_kept(page: IntakePage, typist: Typist, reception: Office) -> None:
    typist.key(Qt.Key.Key_Tab).text("cerca un passeggino").key(Qt.Key.Key_Return).wait()
    typist.key(Qt.Key.Key_Tab).text("nurs").key(Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Escape)
    typist.key(Qt.Key.Key_Return).wait()
    assert {(row.needs, row.need_text) for row in rows(reception)} == {((), "cerca un passeggino"), ((), "nurs")}


def test_own_words_can_be_chosen_from_the_list(page: IntakePage, typist: Typist, reception: Office) -> None:
    typist.key(Qt.Key.Key_Tab).text("nursery")
    lines = page.front.line.fields.need.popup_list().lines()
    assert (lines[0].tag, lines[-1].title) == ("A", "In these words: nursery")
    page.front.line.fields.need.popup_list().set_current_id(lines[-1].id)
    typist.key(Qt.Key.Key_Return, Qt.Key.Key_Return).wait()
    assert rows(reception)[0].need_text == "nursery"


def test_needs_that_come_often_stand_first_with_their_number(
    page: IntakePage, typist: Typist, reception: Office
) -> None:
    for need in ("screens", "screens", "school"):
        reception.run(intake.log_contact, channel="door", need=need)
    page.refresh()
    typist.wait().key(Qt.Key.Key_Tab, Qt.Key.Key_Down)
    lines = page.front.line.fields.need.popup_list().lines()
    assert [(line.id, line.trail, line.tag) for line in lines[:2]] == [("screens", "2", "B"), ("school", "1", "A")]


def test_an_incomplete_line_says_what_is_missing(page: IntakePage, typist: Typist, reception: Office) -> None:
    typist.key(Qt.Key.Key_Return).wait()
    assert page.front.line.fields.problem() == "Write what is asked."
    assert typist.where() is page.front.line.fields.need
    typist.text("nurs").key(Qt.Key.Key_Tab).text("xx").key(Qt.Key.Key_Return).wait()
    assert page.front.line.fields.problem() == "Choose from the list."
    assert typist.where() is page.front.line.fields.age
    assert rows(reception) == ()
    typist.text("x").key(Qt.Key.Key_Backspace, Qt.Key.Key_Backspace, Qt.Key.Key_Backspace)
    assert page.front.line.fields.problem() == ""


def test_a_refused_contact_comes_back_into_the_line(
    page: IntakePage, typist: Typist, reception: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures: list[Exception] = []
    page.failed.connect(failures.append)
    monkeypatch.setattr(reception, "run", _unavailable)
    typist.key(Qt.Key.Key_Tab).text("nursery").key(Qt.Key.Key_Tab, Qt.Key.Key_Return).wait()
    assert page.front.line.fields.entry().need == "nursery"
    assert [type(error).__name__ for error in failures] == ["Unavailable"]


def _unavailable(*_args: object, **_kw: object) -> None:
    from famdesk.domain.errors import Unavailable

    raise Unavailable


def test_answers_are_offered_but_never_forced(
    page: IntakePage, typist: Typist, qtbot: QtBot, reception: Office
) -> None:
    answer = page.front.line.fields.answer
    answer.setFocus()
    typist.text("civ")
    qtbot.waitUntil(answer.popup_open)
    assert answer.popup_list().lines()[0].title == "Civico 81"
    assert answer.popup_list().current_id() == ""
    typist.key(Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert answer.words() == "Civico 81"
    page.front.line.fields.need.setFocus()
    typist.text("nursery").key(Qt.Key.Key_Return, Qt.Key.Key_Return).wait()
    assert rows(reception)[0].answer == "Civico 81"


@pytest.mark.parametrize(
    ("typed", "band"),
    [("0", "0-3"), ("3", "3-6"), ("6", "6-11"), ("13", "11-14"), ("17", "14-18"), ("40", "adult"), ("70", "65+"),
     ("bef", "unborn"), ("whole", "family"), ("0-3", "0-3")],
)  # fmt: skip
def test_an_age_in_years_finds_its_band(qtbot: QtBot, typed: str, band: str) -> None:
    field = AgeField()
    qtbot.addWidget(field)
    with qtbot.waitActive(field):
        field.show()
        field.activateWindow()
    field.setFocus()
    qtbot.keyClicks(field, typed)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.value() == band


def test_an_unfinished_line_is_kept_and_offered_again(qtbot: QtBot, page: IntakePage, typist: Typist,
                                                      reception: Office) -> None:  # fmt: skip
    typist.key(Qt.Key.Key_Tab).text("nursery").key(Qt.Key.Key_Tab, Qt.Key.Key_Tab).text("forse")
    qtbot.waitUntil(lambda: reception.fetch(drafts.read, "contact") is not None, timeout=15_000)
    page.front.line.keep_now()
    typist.wait()
    other = next(pages(qtbot, reception))
    assert (other.front.line.fields.entry().need, other.front.line.fields.entry().answer) == ("nursery", "forse")
    other.front.line.try_save()
    qtbot.waitUntil(other.runner.idle)
    other.runner.close()
    assert reception.fetch(drafts.read, "contact") is None
    assert reception.undo_label() == "Contact of Tue 11 Feb, 12:41 logged"


def test_f2_corrects_a_contact_and_esc_leaves_it(page: IntakePage, typist: Typist, reception: Office) -> None:
    contact = reception.run(intake.log_contact, channel="mail", need="nursery", need_text="posto", age_band="0-3")
    page.refresh()
    typist.wait()
    page.front.list.select(contact)
    typist.key(Qt.Key.Key_F2)
    assert page.front.line.fields.entry().need == "nursery"
    typist.key(Qt.Key.Key_Escape)
    assert page.front.line.fields.entry().blank
    page.front.list.select(contact)
    typist.key(Qt.Key.Key_F2).text("school").key(Qt.Key.Key_Return, Qt.Key.Key_Return).wait()
    (row,) = rows(reception)
    assert (row.id, row.needs, row.need_text, row.channel) == (contact, ("school",), "posto", "mail")
    reception.undo()
    assert rows(reception)[0].needs == ("nursery",)


def test_del_removes_and_undo_brings_back(page: IntakePage, typist: Typist, reception: Office) -> None:
    contact = reception.run(intake.log_contact, channel="door", need="nursery")
    card = reception.run(intake.open_card, channel="phone")
    page.refresh()
    typist.wait()
    heard = said(page)
    page.front.list.select(contact)
    typist.key(Qt.Key.Key_Delete).wait()
    assert [row.id for row in rows(reception)] == [card]
    assert page.front.list.table.current_id() == card
    typist.key(Qt.Key.Key_Delete).wait()
    assert rows(reception) == ()
    assert heard == ["Contact removed. Ctrl+Z brings it back.", "Access card removed. Ctrl+Z brings it back."]
    page.runner.undo()
    page.runner.undo()
    typist.wait()
    assert {row.id for row in rows(reception)} == {card, contact}
    assert len(cells(page)) == 2


def test_another_day_is_two_keys_away(page: IntakePage, typist: Typist, reception: Office, file_desk: Desk) -> None:
    reception.run(intake.log_contact, channel="door", need="nursery")
    page.refresh()
    typist.wait()
    assert "1 access" in page.header._subtitle.text()
    typist.key(Qt.Key.Key_PageUp, modifier=CONTROL).wait()
    assert cells(page) == []
    assert page.front.list.day == date(2025, 2, 10)
    typist.key(Qt.Key.Key_PageDown, modifier=CONTROL).wait()
    assert len(cells(page)) == 1
    assert not page.front.list.later.isEnabled()
    typist.key(Qt.Key.Key_PageUp, modifier=CONTROL).wait()
    page.front.line.fields.need.setFocus()
    typist.text("school").key(Qt.Key.Key_Return, Qt.Key.Key_Return).wait()
    assert page.front.list.is_today()
    assert len(cells(page)) == 2


def test_enter_upgrades_a_contact_without_retyping(page: IntakePage, typist: Typist, reception: Office) -> None:
    contact = reception.run(intake.log_contact, channel="phone", need="nursery", need_text="posto", answer="Polo")
    page.refresh()
    typist.wait()
    page.front.list.select(contact)
    typist.key(Qt.Key.Key_Return).wait()
    form = page.card.form
    assert form.values()["needs"] == ("nursery",)
    assert (form.values()["needs_family"], form.values()["answers"]) == ("posto", "Polo")
    assert typist.where() is form.field("person_id")
    typist.key(Qt.Key.Key_Return, modifier=CONTROL).wait()
    (row,) = rows(reception)
    assert (row.kind, row.contact_id, row.needs, row.answer) == ("card", contact, ("nursery",), "Polo")
    typist.key(Qt.Key.Key_Escape).wait()
    assert page.front.list.table.current_id() == row.id
    assert typist.where() is page.front.list.table


def test_several_needs_are_added_and_taken_away_by_keyboard(qtbot: QtBot) -> None:
    field = NeedsField()
    qtbot.addWidget(field)
    with qtbot.waitActive(field):
        field.show()
        field.activateWindow()
    field.setFocus()
    for text in ("nursery", "school", "nursery"):
        qtbot.keyClicks(field.adder, text)
        qtbot.keyClick(field.adder, Qt.Key.Key_Return)
    assert field.value() == ("nursery", "school")
    assert field.adder.accessibleDescription() == "Nursery enrolment, School enrolment"
    qtbot.keyClick(field.adder, Qt.Key.Key_Backspace)
    assert field.value() == ("nursery",)
    qtbot.keyClicks(field.adder, "zzz")
    assert field.problem() == "Choose from the list."


def test_the_access_point_can_be_chosen(page: IntakePage, typist: Typist, reception: Office, cremona: Cremona) -> None:
    button = page.front.line.where
    assert (button.text(), button.point_id) == ("piazza Giovanni XXIII", cremona.square)
    button.click()
    (menu,) = button.findChildren(QMenu)
    next(action for action in menu.actions() if action.text() == "Civico 81").trigger()
    menu.close()
    page.refresh()
    page.activateWindow()
    page.front.line.begin()
    typist.wait().key(Qt.Key.Key_Tab).text("nursery").key(Qt.Key.Key_Return, Qt.Key.Key_Return).wait()
    assert rows(reception)[0].access_point == "Civico 81"


def test_an_access_elsewhere_is_told_in_the_row(page: IntakePage, typist: Typist, reception: Office,
                                                cremona: Cremona) -> None:  # fmt: skip
    reception.run(intake.log_contact, channel="door", need="nursery", access_point_id=cremona.company)
    page.refresh()
    typist.wait()
    assert cells(page)[0][1] == "Azienda Sociale del Cremonese"
