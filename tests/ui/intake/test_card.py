"""Access cards from the keyboard: new persons, drafts, what other desks do."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from famdesk.ui.intake.page import IntakePage
from famdesk.ui.intake.person_dialog import NewPersonDialog
from famdesk.usecases.intake import drafts, intake
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from tests.support.cremona import Cremona
from tests.support.offices import Desk
from tests.ui.conftest import nameless
from tests.ui.intake.conftest import CONTROL, Typist, pages, rows, said


def _new_card(page: IntakePage, typist: Typist) -> Any:
    page.new_item()
    typist.wait()
    return page.card.form


def test_a_card_from_the_keyboard_with_a_new_person(
    page: IntakePage, typist: Typist, qtbot: QtBot, reception: Office, cremona: Cremona
) -> None:
    form = _new_card(page, typist)
    assert typist.where() is form.field("channel")
    typist.text("phone").key(Qt.Key.Key_Tab)
    assert form.values()["access_point_id"] == cremona.square
    typist.key(Qt.Key.Key_Tab, Qt.Key.Key_Tab).text("medico").key(Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    assert typist.where() is form.field("caller_relation")
    typist.key(Qt.Key.Key_Tab)
    assert typist.where() is form.field("person_id")
    typist.text("Lia Conti")
    qtbot.waitUntil(form.field("person_id").popup_open)
    typist.key(Qt.Key.Key_Return)
    (dialog,) = page.card.findChildren(NewPersonDialog)
    assert (dialog.form.value("given_name"), dialog.form.value("surname")) == ("Lia", "Conti")
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CONTROL)
    typist.wait()
    assert form.field("person_id").text() == "Conti Lia"
    with qtbot.waitActive(page):
        page.activateWindow()
    form.field("needs_family").setFocus()
    typist.text("cerco casa").key(Qt.Key.Key_Tab).text("housing").key(Qt.Key.Key_Return).text("isee")
    typist.key(Qt.Key.Key_Return)
    form.field("answers").setFocus()
    typist.text("segretariato").key(Qt.Key.Key_Tab, Qt.Key.Key_Tab).text("info").key(Qt.Key.Key_Return)
    typist.key(Qt.Key.Key_Return, modifier=CONTROL).wait()
    (row,) = rows(reception)
    assert (row.channel, row.who, row.needs) == ("phone", "Conti Lia", ("housing", "isee"))
    assert (row.need_text, row.answer, row.outcome) == ("cerco casa", "segretariato", "informed")
    assert row.missing == ("privacy",)
    assert [line.id for line in page.card.side.missing.lines()] == ["privacy"]
    assert reception.fetch(drafts.mine) == ()


def test_somebody_known_is_told_in_the_dialog_and_taken(
    page: IntakePage, typist: Typist, qtbot: QtBot, reception: Office
) -> None:
    known = reception.run(people.add_person, surname="Conti", given_name="Lia", birth_date=date(1990, 5, 4))
    form = _new_card(page, typist)
    form.new_person.emit("person_id", "Lia Conti")
    (dialog,) = page.card.findChildren(NewPersonDialog)
    qtbot.waitUntil(lambda: len(dialog.doubles.list.lines()) == 1)
    dialog.doubles.list.setFocus()
    typist.key(Qt.Key.Key_Return).wait()
    assert form.values()["person_id"] == known


def test_missing_follows_what_is_typed_and_leads_to_the_field(page: IntakePage, typist: Typist) -> None:
    form = _new_card(page, typist)
    missing = page.card.side.missing
    assert [line.id for line in missing.lines()] == ["channel", "person", "needs_family", "needs", "answers", "outcome"]
    form.field("caller_relation").set_value(None)
    form.field("caller_relation").edited.emit()
    assert "caller" in [line.id for line in missing.lines()]
    missing.setFocus()
    missing.set_current_id("outcome")
    typist.key(Qt.Key.Key_Return)
    assert typist.where() is form.field("outcome")


def test_earlier_accesses_of_the_person_are_shown_and_opened(
    page: IntakePage, typist: Typist, reception: Office
) -> None:
    person = reception.run(people.add_person, surname="Conti", given_name="Lia", language="pa", needs_mediator=True)
    card = reception.run(intake.open_card, person_id=person, needs=["school"], outcome="informed")
    form = _new_card(page, typist)
    form.set_person("person_id", person, "Conti Lia")
    typist.wait()
    (line,) = page.card.side.earlier.lines()
    assert (line.id, line.title) == (card, "School enrolment")
    page.card.side.earlier.setFocus()
    typist.key(Qt.Key.Key_Return).wait()
    assert page.card.work.card.card_id == card
    assert page.card.side.earlier.lines() == ()
    opened: list[tuple[str, str]] = []
    page.item_opened.connect(lambda kind, item_id: opened.append((kind, item_id)))
    page.card.side.field_wanted.emit("privacy")
    assert opened == [("consents", person)]


def test_the_caller_has_a_field_when_somebody_else_calls(page: IntakePage, typist: Typist, reception: Office) -> None:
    caller = reception.run(people.add_person, alias="Maestra")
    form = _new_card(page, typist)
    assert not form.field("caller_id").isVisible()
    form.go_to("caller_relation")
    typist.text("scho").key(Qt.Key.Key_Tab)
    assert form.field("caller_id").isVisible()
    form.set_person("caller_id", caller, "Maestra")
    typist.key(Qt.Key.Key_Return, modifier=CONTROL).wait()
    found = reception.fetch(intake.access_card, rows(reception)[0].id)
    assert (found.caller_is_person, found.caller_relation, found.caller_id) == (False, "school", caller)


def test_what_is_typed_into_a_card_survives_a_crash(
    qtbot: QtBot, page: IntakePage, typist: Typist, reception: Office
) -> None:
    person = reception.run(people.add_person, alias="Nonna Lia")
    form = _new_card(page, typist)
    form.set_person("person_id", person, "Nonna Lia")
    form.field("needs_family").setFocus()
    typist.text("non dormiamo")
    qtbot.waitUntil(lambda: "non dormiamo" in "".join(row.body for row in reception.fetch(drafts.mine)), timeout=15_000)
    assert reception.undo_label() == "Person added"
    other = next(pages(qtbot, reception))
    assert other.front.strip.isVisible()
    qtbot.keyClick(other.front.strip.resume, Qt.Key.Key_Space)
    qtbot.waitUntil(other.runner.idle)
    values = other.card.form.values()
    assert (values["needs_family"], values["person_id"]) == ("non dormiamo", person)
    assert other.card.form.field("person_id").text() == "Nonna Lia"
    other.card.try_save()
    qtbot.waitUntil(other.runner.idle)
    assert rows(reception)[0].need_text == "non dormiamo"
    other.card.leave()
    qtbot.waitUntil(other.runner.idle)
    assert not other.front.strip.isVisible()
    other.runner.close()


def test_esc_keeps_a_draft_and_it_can_be_thrown_away(page: IntakePage, typist: Typist, reception: Office) -> None:
    form = _new_card(page, typist)
    form.field("note").setFocus()
    typist.text("appunto").key(Qt.Key.Key_Escape).wait()
    assert typist.where() is page.front.line.fields.channel
    assert page.front.strip.isVisible()
    assert rows(reception) == ()
    page.front.strip.discard.click()
    typist.wait()
    assert not page.front.strip.isVisible()
    assert reception.fetch(drafts.mine) == ()


def test_a_card_left_untouched_leaves_nothing(page: IntakePage, typist: Typist, reception: Office) -> None:
    _new_card(page, typist)
    typist.key(Qt.Key.Key_Escape).wait()
    assert not page.front.strip.isVisible()
    assert rows(reception) == ()
    assert reception.fetch(drafts.mine) == ()


def test_a_draft_of_another_version_is_dropped(qtbot: QtBot, reception: Office) -> None:
    reception.run(drafts.keep, "access_card:old", '{"values": {"a": 1}}')
    page = next(pages(qtbot, reception))
    page.front._on_resume()
    qtbot.waitUntil(page.runner.idle)
    assert reception.fetch(drafts.mine) == ()
    page.runner.close()


def test_two_desks_at_one_card_lose_nothing(
    page: IntakePage, typist: Typist, reception: Office, file_desk: Desk
) -> None:
    card = reception.run(intake.open_card, channel="phone", note="prima")
    page.open_item("access_card", card)
    typist.wait()
    failures: list[Exception] = []
    page.failed.connect(failures.append)
    other = file_desk.sign_in("educator")
    other.run(intake.save_card, card, 1, answers="dalla collega", note="collega")
    form = page.card.form
    form.field("note").setFocus()
    typist.key(Qt.Key.Key_A, modifier=CONTROL).text("mio").key(Qt.Key.Key_Return, modifier=CONTROL).wait()
    assert "Prova educator" in failures[0].sentence()  # type: ignore[attr-defined]
    assert (form.values()["note"], form.values()["answers"]) == ("mio", "dalla collega")
    typist.key(Qt.Key.Key_Return, modifier=CONTROL).wait()
    found = reception.fetch(intake.access_card, card)
    assert (found.note, found.answers) == ("mio", "dalla collega")


def test_undo_while_the_card_is_open(page: IntakePage, typist: Typist, reception: Office) -> None:
    form = _new_card(page, typist)
    typist.text("phone").key(Qt.Key.Key_Tab).key(Qt.Key.Key_Return, modifier=CONTROL).wait()
    form.field("note").setFocus()
    typist.text("due").key(Qt.Key.Key_Return, modifier=CONTROL).wait()
    page.runner.undo()
    typist.wait()
    assert form.values()["note"] is None
    heard = said(page)
    page.runner.undo()
    typist.wait()
    assert heard == ["This card was removed. Saving makes it anew."]
    assert rows(reception) == ()
    typist.key(Qt.Key.Key_Return, modifier=CONTROL).wait()
    assert rows(reception)[0].channel == "phone"


def test_a_wrong_date_is_told_at_its_field(page: IntakePage, typist: Typist, reception: Office) -> None:
    form = _new_card(page, typist)
    form.field("at").day.setFocus()
    typist.key(Qt.Key.Key_A, modifier=CONTROL).text("pollo").key(Qt.Key.Key_Return, modifier=CONTROL).wait()
    assert "not a date" in form.field("at").accessibleDescription()
    typist.key(Qt.Key.Key_A, modifier=CONTROL).text("1/3/2025").key(Qt.Key.Key_Return, modifier=CONTROL).wait()
    assert form.field("at").accessibleDescription() == "An access cannot be later than today."
    assert rows(reception) == ()
    typist.key(Qt.Key.Key_A, modifier=CONTROL).text("10/2").key(Qt.Key.Key_Return, modifier=CONTROL).wait()
    assert rows(reception, date(2025, 2, 10))[0].at == datetime(2025, 2, 10, 12, 41)


def test_booking_saves_first_and_asks_for_the_calendar(page: IntakePage, typist: Typist, reception: Office) -> None:
    wanted: list[tuple[str, str]] = []
    page.item_opened.connect(lambda kind, item: wanted.append((kind, item)))
    _new_card(page, typist)
    typist.text("phone").key(Qt.Key.Key_Tab).key(Qt.Key.Key_B, modifier=CONTROL).wait()
    (row,) = rows(reception)
    assert wanted == [("appointment_for", row.id)]
    page.print_now()
    assert wanted[-1] == ("access-card", row.id), "what is on the screen is printed"
    page.card.leave()
    page.print_now()
    assert wanted[-1] == ("day-sheet", "2025-02-11")


def test_a_card_that_may_not_be_known_is_not_there(
    page: IntakePage, typist: Typist, reception: Office, file_desk: Desk
) -> None:
    person = reception.run(people.add_person, alias="Nascosta")
    card = reception.run(intake.open_card, person_id=person)
    leader = file_desk.sign_in("coordinator")
    leader.run(people.set_protection, person, 1, protected=True, restricted=False, reason="prova")
    failures: list[Exception] = []
    page.failed.connect(failures.append)
    page.open_item("access_card", card)
    typist.wait()
    assert [type(error).__name__ for error in failures] == ["NotFound"]
    assert page.front.line.isVisible()
    assert typist.where() is page.front.line.fields.channel


def test_everything_has_a_name_for_the_screen_reader(page: IntakePage, typist: Typist, reception: Office) -> None:
    reception.run(intake.log_contact, channel="door", need="nursery")
    page.refresh()
    typist.wait()
    assert nameless(page) == []
    _new_card(page, typist)
    assert nameless(page) == []


@pytest.mark.parametrize("width", [620, 900, 1500])
def test_no_field_of_the_line_is_squeezed(page: IntakePage, typist: Typist, width: int) -> None:
    page.resize(width, 700)
    QApplication.processEvents()
    fields = page.front.line.fields
    assert all(field.width() >= 90 for field in fields.fields())
    assert fields.save.geometry().right() <= fields.width()
    rows = {field.y() for field in fields.fields()}
    assert len(rows) == (1 if width >= 900 else 2)


def test_somebody_who_may_be_known_is_not_added_without_an_answer(
    page: IntakePage, typist: Typist, qtbot: QtBot, reception: Office
) -> None:
    known = reception.run(people.add_person, surname="Conti", given_name="Lia", birth_date=date(1990, 5, 4))
    form = _new_card(page, typist)
    form.new_person.emit("person_id", "Lia Conti")
    (dialog,) = page.card.findChildren(NewPersonDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.waitUntil(lambda: len(dialog.doubles.list.lines()) == 1)
    typist.key(Qt.Key.Key_Return, modifier=CONTROL).wait()
    assert dialog.isVisible()
    assert dialog.doubles.demand() == "Say first whether it is this person or somebody else."
    assert typist.where() is dialog.doubles.this_one
    assert len(reception.fetch(people.list_persons, "conti")) == 1
    typist.key(Qt.Key.Key_Tab, Qt.Key.Key_Return).wait()
    assert dialog.doubles.isHidden()
    typist.key(Qt.Key.Key_Return).wait()
    assert form.values()["person_id"] not in {known, None}
