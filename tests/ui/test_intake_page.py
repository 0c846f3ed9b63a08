"""The intake in a window over a real home: contacts and cards from the keyboard, drafts, what other desks do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from famdesk.ui.intake.fields import AgeField, NeedsField
from famdesk.ui.intake.page import IntakePage
from famdesk.ui.intake.person_dialog import NewPersonDialog
from famdesk.ui.kit.messages import Message
from famdesk.ui.kit.runner import Runner
from famdesk.usecases import drafts, intake, people
from famdesk.usecases.office import Office
from tests.support.cremona import Cremona, enter_cremona
from tests.support.offices import Desk
from tests.ui.conftest import nameless

NOW = datetime(2025, 2, 11, 12, 41)
TODAY = NOW.date()
CONTROL = Qt.KeyboardModifier.ControlModifier


class Typist:
    """Presses keys where the focus is. Counts the keys beside the text."""

    def __init__(self, qtbot: QtBot, window: QWidget, runner: Runner) -> None:
        self._qtbot, self._window, self._runner = qtbot, window, runner
        self.keys = 0

    def key(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> Typist:
        for key in keys:
            self._qtbot.keyClick(self.where(), key, modifier)
            self.keys += 1
        return self

    def text(self, text: str) -> Typist:
        self._qtbot.keyClicks(self.where(), text)
        return self

    def wait(self) -> Typist:
        self._qtbot.waitUntil(self._runner.idle)
        return self

    def where(self) -> QWidget:
        return QApplication.focusWidget() or self._window


@pytest.fixture
def cremona(file_desk: Desk) -> Cremona:
    return enter_cremona(file_desk.office)


@pytest.fixture
def reception(file_desk: Desk, cremona: Cremona) -> Office:
    return file_desk.sign_in("reception")


@pytest.fixture
def page(qtbot: QtBot, reception: Office) -> Iterator[IntakePage]:
    yield from _pages(qtbot, reception)


def _pages(qtbot: QtBot, office: Office) -> Iterator[IntakePage]:
    runner = Runner(office)
    made = IntakePage(runner, now=lambda: NOW)
    made.resize(1100, 760)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(runner.idle)
    yield made
    runner.close()


@pytest.fixture
def typist(qtbot: QtBot, page: IntakePage) -> Typist:
    return Typist(qtbot, page, page.runner)


def _rows(office: Office, day: date = TODAY) -> tuple[intake.AccessRow, ...]:
    return office.fetch(intake.accesses, day)


def _cells(page: IntakePage) -> list[list[str]]:
    model = page.front.list.table.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())
    ]


def _said(page: IntakePage) -> list[str]:
    heard: list[str] = []

    def hear(message: Message) -> None:
        heard.append(message.text)

    page.message.connect(hear)
    return heard


def test_a_contact_costs_few_keys_and_the_next_line_is_ready(
    page: IntakePage, typist: Typist, reception: Office, cremona: Cremona
) -> None:
    fields = page.front.line.fields
    assert typist.where() is fields.channel
    typist.key(Qt.Key.Key_Tab).text("asilo").key(Qt.Key.Key_Tab).text("2").key(Qt.Key.Key_Tab)
    typist.text("Nido San Francesco").key(Qt.Key.Key_Return).wait()
    (row,) = _rows(reception)
    assert (row.channel, row.needs, row.age_band, row.answer) == ("door", ("nursery",), "0-3", "Nido San Francesco")
    assert (row.at, row.access_point_id) == (NOW, cremona.square)
    assert typist.keys == 4
    assert typist.where() is fields.channel
    assert fields.entry().blank
    assert _cells(page) == [["12:41", "At the door", "—", "Nursery enrolment", "Nido San Francesco", "Information"]]


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
    row = _rows(reception)[0]
    assert (row.channel, row.needs, row.age_band) == ("phone", ("school",), "6-11")
    assert row.answer == "Istituto comprensivo"
    assert typist.keys <= 12
    assert page.front.line.fields.entry().channel == "phone"


def test_need_alone_is_enough_and_other_words_are_kept(page: IntakePage, typist: Typist, reception: Office) -> None:
    typist.key(Qt.Key.Key_Tab).text("cerca un passeggino").key(Qt.Key.Key_Return).wait()
    typist.key(Qt.Key.Key_Tab).text("nurs").key(Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Escape)
    typist.key(Qt.Key.Key_Return).wait()
    assert {(row.needs, row.need_text) for row in _rows(reception)} == {((), "cerca un passeggino"), ((), "nurs")}


def test_own_words_can_be_chosen_from_the_list(page: IntakePage, typist: Typist, reception: Office) -> None:
    typist.key(Qt.Key.Key_Tab).text("nursery")
    lines = page.front.line.fields.need.popup_list().lines()
    assert (lines[0].tag, lines[-1].title) == ("A", "In these words: nursery")
    page.front.line.fields.need.popup_list().set_current_id(lines[-1].id)
    typist.key(Qt.Key.Key_Return, Qt.Key.Key_Return).wait()
    assert _rows(reception)[0].need_text == "nursery"


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
    assert _rows(reception) == ()
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
    assert _rows(reception)[0].answer == "Civico 81"


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
    qtbot.waitUntil(lambda: reception.fetch(drafts.read, "contact") is not None, timeout=2_000)
    page.front.line.keep_now()
    typist.wait()
    other = next(_pages(qtbot, reception))
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
    (row,) = _rows(reception)
    assert (row.id, row.needs, row.need_text, row.channel) == (contact, ("school",), "posto", "mail")
    reception.undo()
    assert _rows(reception)[0].needs == ("nursery",)


def test_del_removes_and_undo_brings_back(page: IntakePage, typist: Typist, reception: Office) -> None:
    contact = reception.run(intake.log_contact, channel="door", need="nursery")
    card = reception.run(intake.open_card, channel="phone")
    page.refresh()
    typist.wait()
    heard = _said(page)
    page.front.list.select(contact)
    typist.key(Qt.Key.Key_Delete).wait()
    assert [row.id for row in _rows(reception)] == [card]
    assert page.front.list.table.current_id() == card
    typist.key(Qt.Key.Key_Delete).wait()
    assert _rows(reception) == ()
    assert heard == ["Contact removed. Ctrl+Z brings it back.", "Access card removed. Ctrl+Z brings it back."]
    page.runner.undo()
    page.runner.undo()
    typist.wait()
    assert {row.id for row in _rows(reception)} == {card, contact}
    assert len(_cells(page)) == 2


def test_another_day_is_two_keys_away(page: IntakePage, typist: Typist, reception: Office, file_desk: Desk) -> None:
    reception.run(intake.log_contact, channel="door", need="nursery")
    page.refresh()
    typist.wait()
    assert "1 access" in page.header._subtitle.text()
    typist.key(Qt.Key.Key_PageUp, modifier=CONTROL).wait()
    assert _cells(page) == []
    assert page.front.list.day == date(2025, 2, 10)
    typist.key(Qt.Key.Key_PageDown, modifier=CONTROL).wait()
    assert len(_cells(page)) == 1
    assert not page.front.list.later.isEnabled()
    typist.key(Qt.Key.Key_PageUp, modifier=CONTROL).wait()
    page.front.line.fields.need.setFocus()
    typist.text("school").key(Qt.Key.Key_Return, Qt.Key.Key_Return).wait()
    assert page.front.list.is_today()
    assert len(_cells(page)) == 2


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
    (row,) = _rows(reception)
    assert (row.kind, row.contact_id, row.needs, row.answer) == ("card", contact, ("nursery",), "Polo")
    typist.key(Qt.Key.Key_Escape).wait()
    assert page.front.list.table.current_id() == row.id
    assert typist.where() is page.front.list.table


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
    typist.key(Qt.Key.Key_Tab).text("medico").key(Qt.Key.Key_Tab)
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
    (row,) = _rows(reception)
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
    qtbot.waitUntil(lambda: len(dialog.doubles.lines()) == 1)
    dialog.doubles.setFocus()
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
    opened: list[str] = []
    page.person_opened.connect(opened.append)
    page.card.side.field_wanted.emit("privacy")
    assert opened == [person]


def test_the_caller_has_a_field_when_somebody_else_calls(page: IntakePage, typist: Typist, reception: Office) -> None:
    caller = reception.run(people.add_person, alias="Maestra")
    form = _new_card(page, typist)
    assert not form.field("caller_id").isVisible()
    form.go_to("caller_relation")
    typist.text("scho").key(Qt.Key.Key_Tab)
    assert form.field("caller_id").isVisible()
    form.set_person("caller_id", caller, "Maestra")
    typist.key(Qt.Key.Key_Return, modifier=CONTROL).wait()
    found = reception.fetch(intake.access_card, _rows(reception)[0].id)
    assert (found.caller_is_person, found.caller_relation, found.caller_id) == (False, "school", caller)


def test_what_is_typed_into_a_card_survives_a_crash(
    qtbot: QtBot, page: IntakePage, typist: Typist, reception: Office
) -> None:
    person = reception.run(people.add_person, alias="Nonna Lia")
    form = _new_card(page, typist)
    form.set_person("person_id", person, "Nonna Lia")
    form.field("needs_family").setFocus()
    typist.text("non dormiamo")
    qtbot.waitUntil(lambda: "non dormiamo" in "".join(row.body for row in reception.fetch(drafts.mine)), timeout=2_000)
    assert reception.undo_label() == "Person added"
    other = next(_pages(qtbot, reception))
    assert other.front.strip.isVisible()
    qtbot.keyClick(other.front.strip.resume, Qt.Key.Key_Space)
    qtbot.waitUntil(other.runner.idle)
    values = other.card.form.values()
    assert (values["needs_family"], values["person_id"]) == ("non dormiamo", person)
    assert other.card.form.field("person_id").text() == "Nonna Lia"
    other.card.try_save()
    qtbot.waitUntil(other.runner.idle)
    assert _rows(reception)[0].need_text == "non dormiamo"
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
    assert _rows(reception) == ()
    page.front.strip.discard.click()
    typist.wait()
    assert not page.front.strip.isVisible()
    assert reception.fetch(drafts.mine) == ()


def test_a_card_left_untouched_leaves_nothing(page: IntakePage, typist: Typist, reception: Office) -> None:
    _new_card(page, typist)
    typist.key(Qt.Key.Key_Escape).wait()
    assert not page.front.strip.isVisible()
    assert _rows(reception) == ()
    assert reception.fetch(drafts.mine) == ()


def test_a_draft_of_another_version_is_dropped(qtbot: QtBot, reception: Office) -> None:
    reception.run(drafts.keep, "access_card:old", '{"values": {"a": 1}}')
    page = next(_pages(qtbot, reception))
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
    heard = _said(page)
    page.runner.undo()
    typist.wait()
    assert heard == ["This card was removed. Saving makes it anew."]
    assert _rows(reception) == ()
    typist.key(Qt.Key.Key_Return, modifier=CONTROL).wait()
    assert _rows(reception)[0].channel == "phone"


def test_a_wrong_date_is_told_at_its_field(page: IntakePage, typist: Typist, reception: Office) -> None:
    form = _new_card(page, typist)
    form.field("at").day.setFocus()
    typist.key(Qt.Key.Key_A, modifier=CONTROL).text("pollo").key(Qt.Key.Key_Return, modifier=CONTROL).wait()
    assert "not a date" in form.field("at").accessibleDescription()
    typist.key(Qt.Key.Key_A, modifier=CONTROL).text("1/3/2025").key(Qt.Key.Key_Return, modifier=CONTROL).wait()
    assert form.field("at").accessibleDescription() == "An access cannot be later than today."
    assert _rows(reception) == ()
    typist.key(Qt.Key.Key_A, modifier=CONTROL).text("10/2").key(Qt.Key.Key_Return, modifier=CONTROL).wait()
    assert _rows(reception, date(2025, 2, 10))[0].at == datetime(2025, 2, 10, 12, 41)


def test_booking_saves_first_and_asks_for_the_calendar(page: IntakePage, typist: Typist, reception: Office) -> None:
    wanted: list[tuple[str, str]] = []
    page.item_opened.connect(lambda kind, item: wanted.append((kind, item)))
    _new_card(page, typist)
    typist.text("phone").key(Qt.Key.Key_Tab).key(Qt.Key.Key_B, modifier=CONTROL).wait()
    (row,) = _rows(reception)
    assert wanted == [("appointment_for", row.id)]
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
    assert _rows(reception)[0].access_point == "Civico 81"


def test_an_access_elsewhere_is_told_in_the_row(page: IntakePage, typist: Typist, reception: Office,
                                                cremona: Cremona) -> None:  # fmt: skip
    reception.run(intake.log_contact, channel="door", need="nursery", access_point_id=cremona.company)
    page.refresh()
    typist.wait()
    assert _cells(page)[0][1] == "Azienda Sociale del Cremonese"


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
