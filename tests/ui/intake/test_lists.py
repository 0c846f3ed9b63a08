"""The lists of the intake: calls in their safe hours, unfinished cards, the waiting room; and the order of the card."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from famdesk.domain.intake import access_card
from famdesk.ui.intake.follow_up_dialogs import DoneDialog, FollowUpDialog
from famdesk.ui.intake.page import IntakePage
from famdesk.usecases.intake import call_list, follow_ups, intake, waiting
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts, people
from tests.support.cremona import Cremona
from tests.ui.conftest import nameless
from tests.ui.intake.conftest import CONTROL, Typist, said


def _promised(office: Office, surname: str, **rule: Any) -> str:
    person = office.run(people.add_person, surname=surname)
    office.run(contacts.add_contact_point, person, kind="mobile", value=f"333 {len(surname)}", **rule)
    office.run(follow_ups.add, kind="call", what="posti al nido", person_id=person)
    return person


def _show(page: IntakePage, typist: Typist, number: int) -> None:
    page.refresh()
    typist.wait()
    typist.key([Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4][number - 1], modifier=CONTROL)


def test_calls_are_done_with_the_keyboard(page: IntakePage, typist: Typist, qtbot: QtBot, reception: Office) -> None:
    _promised(reception, "Conti")
    _promised(reception, "Riga", safe_from=time(15), safe_to=time(16), neutral_name="Biblioteca")
    _promised(reception, "Mai", may_call=False)
    _show(page, typist, 3)
    block = page.front.lists.follow_ups
    assert typist.where() is block.list
    assert [(line.title, line.badge) for line in block.list.lines()] == [
        ("Conti", "any time"), ("Riga", "from 15:00"), ("Mai", "wait for them to call"),
    ]  # fmt: skip
    assert "Biblioteca" in block.list.lines()[1].detail
    assert "333" not in block.list.lines()[2].detail
    heard = said(page)
    typist.key(Qt.Key.Key_N).wait()
    assert heard == ["Nobody answered. Again on Wednesday 12 February."]
    block.list.set_current_id(block.list.lines()[0].id)
    typist.key(Qt.Key.Key_Space)
    (dialog,) = page.findChildren(DoneDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    assert dialog.form is not None
    qtbot.keyClicks(dialog.form.field("result"), "viene domani")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CONTROL)
    typist.wait()
    left = reception.fetch(call_list.call_list)
    assert [(row.who, row.ready) for row in left] == [("Mai", True), ("Conti", False)]
    last = block.list.lines()[-1]
    assert (last.title, last.detail) == ("Riga", "posti al nido · viene domani · Tue 11 Feb")


def test_a_follow_up_is_noted_and_changed(page: IntakePage, typist: Typist, qtbot: QtBot, reception: Office) -> None:
    block = page.front.lists.follow_ups
    person = reception.run(people.add_person, surname="Conti")
    block.add_for(person, "Conti", None)
    (dialog,) = page.findChildren(FollowUpDialog)
    typist.wait()
    assert dialog.form is not None
    dialog.form.field("what").set_value("richiamare per il bonus")
    dialog.form.field("due_on").set_value(date(2025, 2, 11))
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CONTROL)
    typist.wait()
    (row,) = reception.fetch(call_list.call_list)
    assert (row.who, row.what, row.due_on) == ("Conti", ("richiamare per il bonus",), date(2025, 2, 11))


def test_a_day_that_is_over_is_told_at_its_field(page: IntakePage, typist: Typist, qtbot: QtBot) -> None:
    page.front.lists.follow_ups.add()
    (dialog,) = page.findChildren(FollowUpDialog)
    typist.wait()
    assert dialog.form is not None
    dialog.form.field("what").set_value("x")
    dialog.form.field("due_on").set_value(date(2025, 2, 10))
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CONTROL)
    typist.wait()
    assert dialog.form.field("due_on").accessibleDescription() == "Choose today or a later day."
    assert dialog.form.value("what") == "x"


def test_unfinished_cards_wait_in_their_tray(page: IntakePage, typist: Typist, reception: Office) -> None:
    card = reception.run(intake.open_card, channel="door", needs=("nursery",))
    _show(page, typist, 4)
    (line,) = page.front.lists.unfinished.list.lines()
    assert "For whom" in line.detail
    assert page.front.lists.tabs._buttons["cards"].text() == "To finish (1)"
    typist.key(Qt.Key.Key_Return).wait()
    assert page.card.work.card.card_id == card
    assert page.card.isVisible()


def test_the_waiting_room_is_a_list_of_the_intake(page: IntakePage, typist: Typist, reception: Office) -> None:
    reception.run(waiting.arrive, first_name="Fatima")
    _show(page, typist, 2)
    assert [line.title for line in page.front.lists.waiting.list.lines()] == ["Fatima"]
    typist.key(Qt.Key.Key_F8).wait()
    assert [line.badge for line in page.front.lists.waiting.list.lines()] == ["called in"]


def _field_of(page: IntakePage, widget: QWidget | None) -> str:
    """The field of the card that a widget belongs to; "" for none."""
    form = page.card.form
    for field in access_card.fields():
        editor = form.field(field.name)
        if widget is not None and (widget is editor or editor.isAncestorOf(widget)):
            return field.name
    return ""


@pytest.mark.parametrize("full", [False, True])
def test_the_tab_key_goes_as_the_paper_card_is_numbered(
    page: IntakePage, typist: Typist, cremona: Cremona, reception: Office, full: bool
) -> None:
    """Every field once, in the order of its number; the caller has a field only if they are somebody else, and a
    further reference person once the one before is known."""
    page.new_item()
    typist.wait()
    form = page.card.form
    if full:
        form.field("caller_relation").set_value("grandparent")
        form.field("caller_relation").edited.emit()
        for name in access_card.REFERENCES[:2]:
            form.set_person(name, reception.run(people.add_person, alias=name), name)
    typist.wait()
    form.go_to("at")
    seen: list[str] = []
    for _step in range(60):
        name = _field_of(page, QApplication.focusWidget())
        if name and name not in seen:
            seen.append(name)
        if name == "note":
            break
        typist.key(Qt.Key.Key_Tab)
    numbers = access_card.numbers()
    expected = [name for name in numbers if full or name not in {"caller_id", *access_card.REFERENCES[1:]}]
    assert seen == expected
    assert [numbers[name] for name in seen] == sorted(numbers[name] for name in seen)


def test_a_card_with_all_that_the_paper_asks_for(
    page: IntakePage, typist: Typist, reception: Office, cremona: Cremona
) -> None:
    aunt = reception.run(people.add_person, alias="Zia Pia")
    reception.run(contacts.add_contact_point, aunt, kind="mobile", value="333 9", may_leave_message=False)
    lia = reception.run(people.add_person, surname="Conti")
    page.new_item()
    typist.wait()
    form = page.card.form
    form.set_person("person_id", lia, "Conti")
    form.field("caller_relation").set_value("relative")
    form.field("caller_relation").edited.emit()
    form.set_person("caller_id", aunt, "Zia Pia")
    form.set_person("reference_1", aunt, "Zia Pia")
    form.field("reference_1").tie.set_value("relative")
    form.field("heard").set_value("school")
    form.field("urgency").set_value("soon")
    form.field("urgency").edited.emit()
    typist.wait()
    assert form.values()["urgent_until"] == date(2025, 2, 18)
    assert "333 9 · Leave no message" in page.card.side.caller_box.words()
    page.card.try_save()
    typist.wait()
    (card,) = reception.fetch(intake.unfinished_cards)
    saved = reception.fetch(intake.access_card, card.id)
    assert saved.reference_persons == ((aunt, "Zia Pia", "relative"),)
    assert (saved.heard, saved.urgency, saved.urgent_until) == ("school", "soon", date(2025, 2, 18))
    assert form.values() == {**form.values(), "reference_persons": ((aunt, "relative"),)}


def test_every_control_of_the_lists_has_a_name(page: IntakePage, typist: Typist) -> None:
    for number in (1, 2, 3, 4):
        _show(page, typist, number)
        assert nameless(page) == []
