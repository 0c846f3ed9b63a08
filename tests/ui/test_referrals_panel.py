"""Referrals in a window: sent on, stopped with a sentence, answered, out and in as a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from famdesk.data.keys.crypto import KeyPairs
from famdesk.data.tables.referrals import Referral
from famdesk.domain.errors import FamDeskError
from famdesk.domain.intake.referral_content import Receipt, Sender
from famdesk.exchange import referral_body, referral_file
from famdesk.ui.consents.dialogs import SignDialog
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.runner import Runner
from famdesk.ui.people.referral_dialogs import ReceivedDialog, SendDialog, StateDialog
from famdesk.ui.people.referrals_panel import ReferralsPanel
from famdesk.usecases.intake import referral_exchange, referrals
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts, people, person_file
from tests.support.offices import Desk
from tests.support.scenarios import version
from tests.support.scenarios_referrals import CLINIC, DIGEST, TODAY, WHY, consenting_adult, content
from tests.ui.conftest import nameless


@pytest.fixture
def office(file_desk: Desk) -> Office:
    return file_desk.sign_in("social_worker")


@pytest.fixture
def panel(qtbot: QtBot, office: Office) -> Iterator[ReferralsPanel]:
    runner = Runner(office)
    window = QWidget()
    window.resize(1200, 800)
    made = ReferralsPanel(runner, window)
    made.resize(1000, 700)
    qtbot.addWidget(window)
    window.show()
    yield made
    runner.close()
    window.close()


def show(qtbot: QtBot, panel: ReferralsPanel, office: Office, person: str) -> None:
    panel.show_file(office.fetch(person_file.person, person))
    qtbot.waitUntil(panel.runner.idle)


def again(qtbot: QtBot, panel: ReferralsPanel) -> None:
    panel.refresh()
    qtbot.waitUntil(panel.runner.idle)


def dialog_of(panel: ReferralsPanel, kind: type[Any]) -> Any:
    (found,) = [one for one in panel.window().findChildren(kind) if isinstance(one, QDialog) and one.isVisible()]
    return found


def save(qtbot: QtBot, panel: ReferralsPanel, dialog: Dialog) -> None:
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(panel.runner.idle)


def deed(panel: ReferralsPanel, key: str) -> None:
    (action,) = [one for one in panel.actions_for(panel.rows[0], panel) if one.data()[0] == key]
    action.trigger()


def test_a_family_is_sent_on_from_the_keyboard(qtbot: QtBot, panel: ReferralsPanel, office: Office) -> None:
    person = consenting_adult(office)
    show(qtbot, panel, office, person)
    panel.send.trigger()
    dialog = dialog_of(panel, SendDialog)
    assert nameless(dialog) == []
    qtbot.waitUntil(panel.runner.idle)
    dialog.form.field("body_name").setText(CLINIC)
    dialog.form.field("body_name").editingFinished.emit()
    qtbot.waitUntil(panel.runner.idle)
    assert dialog.stop.text() == ""
    dialog.form.field("why").setPlainText(WHY)
    save(qtbot, panel, dialog)
    again(qtbot, panel)
    (row,) = panel.rows
    assert (row.who, row.state, row.why) == (CLINIC, "sent", WHY)
    assert row.items == ("name", "birth", "contact", "language")
    assert "Sent" in panel.list.lines()[0].as_spoken()


def test_without_consent_the_dialog_says_why_and_keeps_what_was_typed(
    qtbot: QtBot, panel: ReferralsPanel, office: Office
) -> None:
    person = office.run(people.add_person, surname="Quarantotti", birth_date=date(1985, 5, 1))
    show(qtbot, panel, office, person)
    panel.send.trigger()
    dialog = dialog_of(panel, SendDialog)
    qtbot.waitUntil(panel.runner.idle)
    dialog.form.field("body_name").setText(CLINIC)
    dialog.form.field("body_name").editingFinished.emit()
    qtbot.waitUntil(lambda: dialog.stop.text() != "")
    assert "We pass nothing on to others before the consent is signed" in dialog.stop.text()
    dialog.form.field("why").setPlainText(WHY)
    save(qtbot, panel, dialog)
    assert dialog.isVisible()
    assert dialog.form.value("why") == WHY
    assert dialog.stop.isVisible()
    assert office.fetch(referrals.referrals_of, person) == ()


def test_what_came_of_it_is_written_down(qtbot: QtBot, panel: ReferralsPanel, office: Office) -> None:
    person = consenting_adult(office)
    office.run(referrals.send_referral, person, WHY, body_name=CLINIC)
    show(qtbot, panel, office, person)
    deed(panel, "state:declined")
    dialog = dialog_of(panel, StateDialog)
    save(qtbot, panel, dialog)
    assert dialog.isVisible()
    dialog.form.field("answer").setPlainText("Nessun posto")
    save(qtbot, panel, dialog)
    again(qtbot, panel)
    assert (panel.rows[0].state, panel.rows[0].answer) == ("declined", "Nessun posto")


def test_the_file_asks_for_a_reason_where_the_rule_forbids_it(
    qtbot: QtBot, panel: ReferralsPanel, office: Office, tmp_path: Path
) -> None:
    person = consenting_adult(office)
    office.run(contacts.add_contact_point, person, kind="phone", value="0372 407788", may_call=False,
               safe_from=time(9), safe_to=time(12))  # fmt: skip
    office.run(referrals.send_referral, person, WHY, body_name=CLINIC)
    show(qtbot, panel, office, person)
    deed(panel, "file")
    qtbot.waitUntil(panel.runner.idle)
    question = next(one for one in panel.window().findChildren(Dialog) if one.isVisible())
    assert question.form is not None
    question.form.field("reason").setPlainText("lo chiede lei")
    save(qtbot, panel, question)
    chosen = dialog_of(panel, QFileDialog)
    assert "Quarantotti" not in chosen.selectedFiles()[0]
    chosen.fileSelected.emit(str(tmp_path / "x.fdref"))
    qtbot.waitUntil(lambda: panel.runner.idle() and (tmp_path / "x.fdref").exists())
    found = referral_file.read(tmp_path / "x.fdref")
    assert found.content.reference == office.fetch(referrals.awaited)[0].reference
    chosen.close()


def test_a_received_file_is_shown_and_taken_in(
    qtbot: QtBot, panel: ReferralsPanel, office: Office, tmp_path: Path
) -> None:
    person = consenting_adult(office)
    show(qtbot, panel, office, person)
    pairs = KeyPairs.new()
    (tmp_path / "in.fdref").write_bytes(referral_file.signed(referral_body.of_referral(content()), "referral", pairs))
    panel.files.open_file(str(tmp_path / "in.fdref"))
    qtbot.waitUntil(panel.runner.idle)
    dialog = dialog_of(panel, ReceivedDialog)
    told = " ".join(line.as_spoken() for line in dialog.lines.lines())
    for part in ("Centro di Bari", "Ottantini Gelsomina", WHY, "leave no message", "la biblioteca", "9:00–12:00"):
        assert part in told
    assert dialog.target.current() == "new"
    assert nameless(dialog) == []
    assert dialog.compared.isVisible(), "the key is new"
    save(qtbot, panel, dialog)
    assert office.fetch(referrals.awaited) == (), "nobody has compared it"
    dialog.compared.setChecked(True)
    save(qtbot, panel, dialog)
    (row,) = office.fetch(referrals.awaited)
    assert (row.person, row.state) == ("Ottantini Gelsomina", "received")


def test_a_changed_file_gets_a_sentence(qtbot: QtBot, panel: ReferralsPanel, office: Office, tmp_path: Path) -> None:
    show(qtbot, panel, office, consenting_adult(office))
    errors: list[object] = []
    panel.failed.connect(errors.append)
    data = referral_file.signed(referral_body.of_referral(content()), "referral", KeyPairs.new())
    for number, bad in enumerate((data.replace(b"Ottantini", b"Ottantina"), data[:200], b"\x00" * 50)):
        file = tmp_path / f"{number}.fdref"
        file.write_bytes(bad)
        panel.files.open_file(str(file))
    panel.files.open_file(str(tmp_path / "missing.fdref"))
    qtbot.waitUntil(lambda: len(errors) == 4)
    assert all(isinstance(error, FamDeskError) and error.sentence() for error in errors)


def test_an_answer_is_taken_in_at_once(qtbot: QtBot, panel: ReferralsPanel, office: Office, tmp_path: Path) -> None:
    person = consenting_adult(office)
    sent = office.run(referrals.send_referral, person, WHY, body_name=CLINIC)
    office.run(referral_exchange.keep_digest, sent, DIGEST)
    show(qtbot, panel, office, person)
    answer = Receipt(panel.rows[0].reference, DIGEST, "accepted", TODAY, Sender("Consultorio"), "Da lunedì")
    file = tmp_path / "answer.fdref"
    file.write_bytes(referral_file.signed(referral_body.of_receipt(answer), "receipt", KeyPairs.new()))
    panel.files.open_file(str(file))
    qtbot.waitUntil(panel.runner.idle)
    again(qtbot, panel)
    assert (panel.rows[0].state, panel.rows[0].answer) == ("accepted", "Da lunedì")


def test_the_answer_to_a_received_file_is_saved(
    qtbot: QtBot, panel: ReferralsPanel, office: Office, tmp_path: Path
) -> None:
    person = consenting_adult(office)
    taken = office.run(referral_exchange.receive, content(), DIGEST, person)
    office.run(referrals.set_state, taken, version(office, Referral, taken), "accepted")
    show(qtbot, panel, office, person)
    deed(panel, "receipt")
    qtbot.waitUntil(panel.runner.idle)
    chosen = dialog_of(panel, QFileDialog)
    chosen.fileSelected.emit(str(tmp_path / "back.fdref"))
    qtbot.waitUntil(lambda: panel.runner.idle() and (tmp_path / "back.fdref").exists())
    found = referral_file.read(tmp_path / "back.fdref").content
    assert isinstance(found, Receipt)
    assert (found.state, found.digest) == ("accepted", DIGEST)
    chosen.close()


def test_nothing_stays_of_the_person_before(qtbot: QtBot, panel: ReferralsPanel, office: Office) -> None:
    person = consenting_adult(office)
    office.run(referrals.send_referral, person, WHY, body_name=CLINIC)
    show(qtbot, panel, office, person)
    assert nameless(panel) == []
    panel.forget()
    assert panel.list.lines() == ()


def test_the_signatures_are_given_over_the_refused_referral(
    qtbot: QtBot, panel: ReferralsPanel, office: Office
) -> None:
    person = office.run(people.add_person, surname="Quarantotti", birth_date=date(1985, 5, 1))
    show(qtbot, panel, office, person)
    panel.send.trigger()
    dialog = dialog_of(panel, SendDialog)
    qtbot.waitUntil(panel.runner.idle)
    assert not dialog.sign.isVisible()
    dialog.form.field("body_name").setText(CLINIC)
    dialog.form.field("why").setPlainText(WHY)
    save(qtbot, panel, dialog)
    qtbot.waitUntil(dialog.sign.isVisible)
    assert nameless(dialog) == []
    qtbot.keyClick(dialog.sign, Qt.Key.Key_Space)
    qtbot.waitUntil(panel.runner.idle)
    (signing,) = [one for one in dialog.findChildren(SignDialog) if one.isVisible()]
    assert signing.form.value("recipient_name") == CLINIC
    signing.form.field("signer0").set_value(True)
    save(qtbot, panel, signing)
    qtbot.waitUntil(lambda: dialog.stop.text() == "")
    assert not dialog.sign.isVisible()
    assert dialog.form.value("why") == WHY
    save(qtbot, panel, dialog)
    assert [row.who for row in office.fetch(referrals.referrals_of, person)] == [CLINIC]


def test_what_was_signed_for_another_recipient_is_signed_anew(
    qtbot: QtBot, panel: ReferralsPanel, office: Office
) -> None:
    person = consenting_adult(office, "Altra sede")
    show(qtbot, panel, office, person)
    panel.send.trigger()
    dialog = dialog_of(panel, SendDialog)
    qtbot.waitUntil(panel.runner.idle)
    dialog.form.field("body_name").setText(CLINIC)
    dialog.form.field("body_name").editingFinished.emit()
    qtbot.waitUntil(dialog.sign.isVisible)
    dialog.sign.click()
    qtbot.waitUntil(panel.runner.idle)
    (signing,) = [one for one in dialog.findChildren(SignDialog) if one.isVisible()]
    assert signing.form.value("recipient_name") == CLINIC
    save(qtbot, panel, signing)
    qtbot.waitUntil(lambda: dialog.stop.text() == "")


def test_a_second_colleagues_answer_is_taken_in_once_the_key_was_compared(
    qtbot: QtBot, panel: ReferralsPanel, office: Office, tmp_path: Path
) -> None:
    person = consenting_adult(office)
    sent = office.run(referrals.send_referral, person, WHY, body_name=CLINIC)
    office.run(referral_exchange.keep_digest, sent, DIGEST)
    show(qtbot, panel, office, person)
    for state in ("accepted", "answered"):
        answer = Receipt(panel.rows[0].reference, DIGEST, state, TODAY, Sender("Consultorio"), "Da lunedì")
        file = tmp_path / f"{state}.fdref"
        file.write_bytes(referral_file.signed(referral_body.of_receipt(answer), "receipt", KeyPairs.new()))
        panel.files.open_file(str(file))
        qtbot.waitUntil(panel.runner.idle)
    again(qtbot, panel)
    assert panel.rows[0].state == "accepted"
    question = dialog_of(panel, Dialog)
    told = " ".join(label.text() for label in question.findChildren(QLabel))
    assert referral_file.read(tmp_path / "answered.fdref").fingerprint in told
    save(qtbot, panel, question)
    again(qtbot, panel)
    assert panel.rows[0].state == "answered"


def test_a_file_is_taken_in_for_somebody_who_is_found(
    qtbot: QtBot, panel: ReferralsPanel, office: Office, tmp_path: Path
) -> None:
    """Also without an open file, as from the list of People."""
    person = consenting_adult(office)
    (tmp_path / "in.fdref").write_bytes(
        referral_file.signed(referral_body.of_referral(content()), "referral", KeyPairs.new())
    )
    dialog = ReceivedDialog(panel.window(), panel.runner, None, referral_file.read(tmp_path / "in.fdref"))
    dialog.open()
    dialog.target.set_current("other")
    qtbot.waitUntil(dialog.compared.isVisible)
    dialog.save()
    assert office.fetch(referrals.awaited) == (), "nobody was chosen yet"
    dialog.search.set_value((person, "Prova"))
    dialog.compared.setChecked(True)
    save(qtbot, panel, dialog)
    (row,) = office.fetch(referrals.awaited)
    assert row.person_id == person


def test_a_referral_is_followed_up_later(qtbot: QtBot, panel: ReferralsPanel, office: Office) -> None:
    person = consenting_adult(office)
    office.run(referrals.send_referral, person, WHY, body_name=CLINIC)
    show(qtbot, panel, office, person)
    with qtbot.waitSignal(panel.item_opened) as asked:
        deed(panel, "later")
    assert asked.args == ["follow_up_for", person]
