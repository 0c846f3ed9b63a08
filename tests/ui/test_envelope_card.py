"""The sealed envelope in the window: made by a coordinator with three holders, agreed to by authors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from famdesk.domain.notes.envelope import groups
from famdesk.ui.envelope_answer import AgreeDialog
from famdesk.ui.kit.runner import Runner
from famdesk.ui.notes.page import NotesPage
from famdesk.ui.settings.envelope_card import EnvelopeCard
from famdesk.ui.settings.envelope_making import MakeDialog, ShareSheet
from famdesk.usecases.notes import escrow, escrow_consents
from famdesk.usecases.office import Office
from famdesk.usecases.staff import notices
from tests.support.envelopes import HELD, agreed, made
from tests.support.offices import Desk
from tests.usecases.notes.test_notes import begun, person

D = TypeVar("D", bound=QDialog)
HOLDERS = dict(zip(("coordinator", "second", "order"), HELD, strict=True))


@pytest.fixture
def office(file_desk: Desk) -> Office:
    return file_desk.sign_in("coordinator")


@pytest.fixture
def runner(office: Office) -> Iterator[Runner]:
    found = Runner(office)
    yield found
    found.close()


@pytest.fixture
def card(qtbot: QtBot, runner: Runner, office: Office) -> EnvelopeCard:
    found = EnvelopeCard(runner, office)
    qtbot.addWidget(found)
    found.show()
    qtbot.waitUntil(runner.idle)
    return found


def dialog(parent: QWidget, kind: type[D]) -> D:
    return next(one for one in parent.window().findChildren(kind) if one.isVisible())


def making(qtbot: QtBot, card: EnvelopeCard) -> MakeDialog:
    card.make.click()
    found = dialog(card, MakeDialog)
    assert found.form is not None
    found.form.set_values(HOLDERS)
    found.try_save()
    qtbot.waitUntil(lambda: found.phase == "turn")
    return found


def typed_back(qtbot: QtBot, found: MakeDialog) -> str:
    """One holder's turn; gives the code as it stands on paper."""
    assert found.phase == "turn"
    assert found.code.text() == "", "nobody sees a part before its holder asks for it"
    found.try_save()
    code = "".join(part.rpartition("·")[2].strip() for part in found.code.text().split("   "))
    found.try_save()
    assert found.phase == "back"
    assert found.code.text() == "", "it is typed from the paper"
    assert found.form is not None
    for name, number in zip(("first", "second"), found._asked, strict=True):
        found.form.field(name).set_value(groups(code)[number - 1].lower())
    found.try_save()
    return code


def test_three_holders_in_turn_each_see_their_own_part_alone(qtbot: QtBot, card: EnvelopeCard, office: Office) -> None:
    assert not card.open.isVisible()
    found = making(qtbot, card)
    codes = []
    with qtbot.waitSignal(card.told) as told:
        for number in range(3):
            assert found.number == number
            assert office.keystore.load().envelope is None, "nothing is made before all have their part"
            codes.append(typed_back(qtbot, found))
    envelope = office.keystore.load().envelope
    assert envelope is not None
    assert envelope.check in told.args[0]
    assert escrow.opened(codes[:2]).box_public == envelope.key
    assert len(set(codes)) == 3
    qtbot.waitUntil(card.open.isVisible)
    assert envelope.check in card._check.text()
    qtbot.waitUntil(lambda: len(card.list.lines()) == 4)
    assert {line.badge for line in card.list.lines()} == {"not answered"}


def test_what_was_not_put_on_paper_is_not_taken(qtbot: QtBot, card: EnvelopeCard) -> None:
    found = making(qtbot, card)
    found.try_save()
    found.try_save()
    assert found.form is not None
    found.form.set_values({"first": "00000", "second": "00000"})
    found.try_save()
    assert found.phase == "back"
    assert found.number == 0
    found.show_again.click()
    assert found.phase == "shown"
    assert found.code.text()


def test_stopped_half_way_nothing_was_made(qtbot: QtBot, card: EnvelopeCard, office: Office) -> None:
    found = making(qtbot, card)
    typed_back(qtbot, found)
    typed_back(qtbot, found)
    qtbot.keyClick(found, Qt.Key.Key_Escape)
    question = next(one for one in found.findChildren(QDialog) if one.isVisible())
    qtbot.keyClick(question, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert found.isVisible(), "the key that saves elsewhere stops nothing here"
    question._accept.click()  # type: ignore[attr-defined]
    assert not found.isVisible()
    assert office.keystore.load().envelope is None
    assert office.fetch(notices.unread) == ()


def test_a_part_is_printed_for_its_holder_and_never_saved(qtbot: QtBot, card: EnvelopeCard) -> None:
    found = making(qtbot, card)
    found.try_save()
    found.paper.click()
    sheet = dialog(found, ShareSheet)
    qtbot.waitUntil(lambda: sheet.preview.document.pageCount() == 1)
    assert not sheet._save_action.isEnabled()
    assert not sheet._save_action.isVisible()


def test_the_same_person_does_not_hold_two(qtbot: QtBot, card: EnvelopeCard) -> None:
    card.make.click()
    found = dialog(card, MakeDialog)
    assert found.form is not None
    assert found.form.value("coordinator") == "Prova coordinator"
    found.form.set_values({**HOLDERS, "order": HELD[1]})
    found.try_save()
    assert found.phase == "names"


@pytest.fixture
def author(file_desk: Desk, office: Office) -> Office:
    made(office)
    return file_desk.sign_in("psychologist")


@pytest.fixture
def page(qtbot: QtBot, author: Office) -> Iterator[NotesPage]:
    runner = Runner(author)
    found = NotesPage(runner, author)
    qtbot.addWidget(found)
    found.resize(1000, 700)
    found.show()
    qtbot.waitUntil(found.envelope.isVisible)
    yield found
    runner.close()


def test_an_author_is_asked_and_agrees(qtbot: QtBot, author: Office, office: Office, page: NotesPage) -> None:
    begun(author, person(office))
    page.envelope.agree.click()
    asked = dialog(page, AgreeDialog)
    with qtbot.waitSignal(page.envelope.answered):
        asked.try_save()
    assert not page.envelope.isVisible()
    qtbot.waitUntil(page.runner.idle)
    state = escrow_consents.look(author)
    assert (state.answer, state.inside, state.outside) == ("agreed", 1, 0)


def test_an_author_refuses_after_a_warning(qtbot: QtBot, author: Office, office: Office, page: NotesPage) -> None:
    begun(author, person(office))
    page.envelope.refuse.click()
    question = next(one for one in page.window().findChildren(QDialog) if one.isVisible())
    with qtbot.waitSignal(page.envelope.answered):
        question._accept.click()  # type: ignore[attr-defined]
    assert not page.envelope.isVisible()
    state = escrow_consents.look(author)
    assert (state.answer, state.inside, state.outside) == ("refused", 0, 1)
    assert [row.kind for row in office.fetch(notices.unread)] == ["envelope_refused", "envelope_made"]


def test_the_notice_leads_to_the_question(qtbot: QtBot, page: NotesPage) -> None:
    page.open_item("envelope", "")
    qtbot.waitUntil(lambda: any(one.isVisible() for one in page.window().findChildren(AgreeDialog)))


def test_the_coordinator_sees_who_agreed(qtbot: QtBot, author: Office, office: Office, runner: Runner) -> None:
    begun(author, person(office))
    agreed(author)
    card = EnvelopeCard(runner, office)
    qtbot.addWidget(card)
    card.show()
    qtbot.waitUntil(lambda: len(card.list.lines()) == 4)
    (line,) = [line for line in card.list.lines() if line.title == "Prova psychologist"]
    assert line.badge == "agreed"
    assert line.detail.startswith("1 part of notes inside")
    assert card.answer.isVisible(), "the coordinator is an author as well"


def test_others_see_no_way_to_make_one(qtbot: QtBot, file_desk: Desk, author: Office) -> None:
    for login, shown in (("psychologist", True), ("administrator", False), ("reception", False)):
        office = file_desk.sign_in(login)
        runner = Runner(office)
        card, around = EnvelopeCard(runner, office), QWidget()
        QVBoxLayout(around).addWidget(card)
        qtbot.addWidget(around)
        around.show()
        qtbot.waitUntil(runner.idle)
        assert card.isHidden() is not shown
        assert card.make.isHidden()
        assert card.open.isHidden()
        runner.close()
