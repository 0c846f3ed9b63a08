"""The consents tab in a window over a real home: what has to be signed, by whom, and what may not be done before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from famdesk.data.tables.families import Responsibility
from famdesk.ui.consents.dialogs import (
    AskDialog,
    GroundDialog,
    HearDialog,
    RefuseDialog,
    SignDialog,
    WithdrawDialog,
)
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.papers.sheet_dialog import SheetDialog
from famdesk.ui.kit.runner import Runner
from famdesk.ui.people.consents_panel import ConsentsPanel
from famdesk.usecases.consent import consents
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from tests.support.offices import Desk
from tests.support.scenarios import write
from tests.support.scenarios_consents import Parents, family
from tests.ui.conftest import nameless

TODAY = date(2025, 2, 11)


@pytest.fixture
def desk_office(file_desk: Desk) -> Office:
    return file_desk.sign_in("social_worker")


@pytest.fixture
def known(desk_office: Office) -> Parents:
    return family(desk_office, born=date(2009, 5, 20))


@pytest.fixture
def panel(qtbot: QtBot, desk_office: Office) -> Iterator[ConsentsPanel]:
    runner = Runner(desk_office)
    made = ConsentsPanel(runner)
    runner.changed.connect(lambda _changes: made.refresh())
    made.resize(1000, 700)
    qtbot.addWidget(made)
    made.show()
    yield made
    runner.close()


def _show(qtbot: QtBot, panel: ConsentsPanel, office: Office, person_id: str, purpose: str = "") -> None:
    panel.show_file(office.fetch(people.person, person_id))
    qtbot.waitUntil(panel.runner.idle)
    if purpose:
        panel.choose(purpose)


def _dialog(panel: ConsentsPanel, kind: type[Any]) -> Any:
    found = [one for one in panel.window().findChildren(kind) if isinstance(one, QDialog) and one.isVisible()]
    assert len(found) == 1
    return found[0]


def _save(qtbot: QtBot, panel: ConsentsPanel, dialog: Dialog) -> None:
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(panel.runner.idle)


def _badge(panel: ConsentsPanel, purpose: str = "minor_interview") -> str:
    return next(line.badge for line in panel.purposes.lines() if line.id == purpose)


def test_what_the_file_says_of_the_notice_is_not_denied(
    qtbot: QtBot, panel: ConsentsPanel, desk_office: Office
) -> None:
    person = desk_office.run(people.add_person, surname="Conti", given_name="Lia")
    told = {"given": "given", "signed": "signed", "refused": "refused"}
    for state, badge in told.items():
        version = desk_office.fetch(people.person, person).version
        desk_office.run(people.set_privacy, person, version, state, date(2025, 2, 10))
        _show(qtbot, panel, desk_office, person, "privacy")
        assert panel.purposes.lines()[0].badge == badge
        assert panel._sentence.isHidden() == (state != "refused")
    desk_office.run(people.set_privacy, person, desk_office.fetch(people.person, person).version, "given", TODAY)
    _show(qtbot, panel, desk_office, person, "privacy")
    assert panel._good.text() == "Privacy notice given on 11/02/2025 · its receipt is not here"
    assert panel.deeds.sign.isEnabled()


def test_both_parents_sign_one_after_the_other(
    qtbot: QtBot, panel: ConsentsPanel, desk_office: Office, known: Parents
) -> None:
    _show(qtbot, panel, desk_office, known.child, "minor_interview")
    assert _badge(panel) == "not asked"
    assert "not even a first interview" in panel._sentence.text()
    panel.deeds.sign.trigger()
    dialog = _dialog(panel, SignDialog)
    names = [dialog.form.field(f"signer{number}").text() for number in range(2)]
    mother = next(number for number, name in enumerate(names) if name == "Sessantini Ersilia (Parent)")
    dialog.form.field(f"signer{mother}").click()
    _save(qtbot, panel, dialog)
    assert _badge(panel) == "1 of 2 signatures"
    assert "Still to sign: Quarantotti Gaspare." in panel._sentence.text()
    titles = [line.title for line in panel.history.lines()]
    assert titles[1:] == ["Sessantini Ersilia (Parent)", "Quarantotti Gaspare (Parent)"]
    panel.deeds.sign.trigger()
    second = _dialog(panel, SignDialog)
    assert second.form.value("signer0") is True, "the only one who is missing is ticked"
    _save(qtbot, panel, second)
    assert _badge(panel) == "signed"
    assert desk_office.fetch(consents.consent_state, known.child, "minor_interview", TODAY).covers
    assert not panel.deeds.sign.isEnabled()
    assert panel.deeds.withdraw.isEnabled()


def test_a_foster_carer_signs_for_ordinary_matters_only(
    qtbot: QtBot, panel: ConsentsPanel, desk_office: Office, known: Parents
) -> None:
    write(desk_office, people.add_person, Responsibility(person_id=known.child, holder_name="Famiglia Neri",
                                                         kind="foster_carer"))  # fmt: skip
    offered = {}
    for purpose in ("minor_interview", "activities"):
        _show(qtbot, panel, desk_office, known.child, purpose)
        panel.deeds.sign.trigger()
        dialog = _dialog(panel, SignDialog)
        offered[purpose] = [one.name for one in dialog._signers]
        dialog.reject()
    assert sorted(offered["minor_interview"]) == ["Quarantotti Gaspare", "Sessantini Ersilia"]
    assert "Famiglia Neri" in offered["activities"]


def test_the_adolescent_is_heard(qtbot: QtBot, panel: ConsentsPanel, desk_office: Office, known: Parents) -> None:
    _show(qtbot, panel, desk_office, known.child, "minor_interview")
    panel.deeds.ask.trigger()
    _save(qtbot, panel, _dialog(panel, AskDialog))
    _dialog(panel, SheetDialog).reject()
    assert _badge(panel) == "0 of 2 signatures"
    panel.deeds.hear.trigger()
    dialog = _dialog(panel, HearDialog)
    dialog.form.field("words").set_value("Voglio venire da sola 🙂")
    _save(qtbot, panel, dialog)
    assert "“Voglio venire da sola 🙂”" in [line.title for line in panel.history.lines()]


def test_a_lawful_ground_with_its_proof(
    qtbot: QtBot, panel: ConsentsPanel, desk_office: Office, known: Parents
) -> None:
    _show(qtbot, panel, desk_office, known.child, "minor_interview")
    panel.deeds.ground.trigger()
    dialog = _dialog(panel, GroundDialog)
    dialog.form.field("ground").set_value("authority")
    dialog.form.field("act").set_value("Tribunale per i minorenni di Brescia")
    _save(qtbot, panel, dialog)
    assert dialog.isVisible(), "an order has a number"
    assert dialog.form.value("act") == "Tribunale per i minorenni di Brescia"
    dialog.form.field("number").set_value("123/2025")
    dialog.form.field("on").set_value(date(2025, 1, 30))
    _save(qtbot, panel, dialog)
    assert _badge(panel) == "lawful ground"
    assert panel._good.text() == "A lawful ground stands in place of the signatures."


def test_refused_then_withdrawn(qtbot: QtBot, panel: ConsentsPanel, desk_office: Office, known: Parents) -> None:
    _show(qtbot, panel, desk_office, known.mother, "photo")
    assert not panel.deeds.refuse.isEnabled()
    panel.deeds.ask.trigger()
    _save(qtbot, panel, _dialog(panel, AskDialog))
    _dialog(panel, SheetDialog).reject()
    panel.deeds.refuse.trigger()
    _save(qtbot, panel, _dialog(panel, RefuseDialog))
    assert _badge(panel, "photo") == "refused"
    panel.deeds.sign.trigger()
    signing = _dialog(panel, SignDialog)
    assert signing.form.field("signer0").text() == "Sessantini Ersilia (The person concerned)"
    _save(qtbot, panel, signing)
    assert _badge(panel, "photo") == "signed"
    panel.deeds.withdraw.trigger()
    withdrawing = _dialog(panel, WithdrawDialog)
    assert withdrawing.form.value("by") == "Sessantini Ersilia"
    _save(qtbot, panel, withdrawing)
    assert _badge(panel, "photo") == "withdrawn"


def test_what_is_typed_stays_when_it_is_refused(
    qtbot: QtBot, panel: ConsentsPanel, desk_office: Office, known: Parents
) -> None:
    _show(qtbot, panel, desk_office, known.child, "minor_interview")
    panel.deeds.sign.trigger()
    dialog = _dialog(panel, SignDialog)
    _save(qtbot, panel, dialog)
    assert dialog.isVisible(), "nobody has signed"
    dialog.form.field("name").set_value("Zia Peppina")
    dialog.form.field("on").set_value(date(2025, 3, 1))
    _save(qtbot, panel, dialog)
    assert dialog.isVisible(), "a day to come"
    assert dialog.form.value("name") == "Zia Peppina"
    dialog.form.field("on").set_value(TODAY)
    _save(qtbot, panel, dialog)
    assert not any(one.isVisible() for one in panel.window().findChildren(SignDialog))
    assert _badge(panel) == "0 of 2 signatures", (
        "both parents are known: a stranger's signature stands in nobody's place"
    )


def test_a_referral_names_who_receives(qtbot: QtBot, panel: ConsentsPanel, desk_office: Office, known: Parents) -> None:
    _show(qtbot, panel, desk_office, known.mother, "referral")
    panel.deeds.sign.trigger()
    dialog = _dialog(panel, SignDialog)
    _save(qtbot, panel, dialog)
    assert dialog.isVisible()
    dialog.form.field("recipient_name").set_value("Consultorio")
    _save(qtbot, panel, dialog)
    assert _badge(panel, "referral") == "signed"
    assert any("for Consultorio" in line.detail for line in panel.history.lines())


def test_the_sheet_is_printed_in_the_language_of_those_who_sign(
    qtbot: QtBot, panel: ConsentsPanel, desk_office: Office, known: Parents
) -> None:
    _show(qtbot, panel, desk_office, known.child, "photo")
    panel.deeds.print_sheet.trigger()
    dialog = _dialog(panel, SheetDialog)
    qtbot.waitUntil(panel.runner.idle)
    assert dialog.preview.data.startswith(b"%PDF")
    english = dialog.preview.data
    dialog.choice.set_current("de")
    dialog._make()
    qtbot.waitUntil(panel.runner.idle)
    assert dialog.preview.data != english


def test_one_signature_is_taken_back(qtbot: QtBot, panel: ConsentsPanel, desk_office: Office, known: Parents) -> None:
    _show(qtbot, panel, desk_office, known.mother, "health")
    panel.deeds.sign.trigger()
    _save(qtbot, panel, _dialog(panel, SignDialog))
    assert _badge(panel, "health") == "signed"
    line = next(line for line in panel.history.lines() if line.id.startswith("signature:"))
    panel.deeds.signature_action(line.id.partition(":")[2], panel).trigger()
    qtbot.waitUntil(panel.runner.idle)
    assert _badge(panel, "health") == "0 of 1 signature"


def test_everything_has_a_name_and_enter_signs(
    qtbot: QtBot, panel: ConsentsPanel, desk_office: Office, known: Parents
) -> None:
    _show(qtbot, panel, desk_office, known.child)
    assert nameless(panel) == []
    panel.focus_first()
    assert panel.purposes.current_id() == "privacy"
    qtbot.keyClick(panel.purposes, Qt.Key.Key_Return)
    dialog = _dialog(panel, SignDialog)
    assert nameless(dialog) == []
    dialog.reject()
    panel.forget()
    assert panel.purposes.lines() == ()
    assert panel.history.lines() == ()
