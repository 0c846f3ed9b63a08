"""Mail in the window: the settings with their test, and the rounds that send what is due, against a real server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from famdesk.ui.kit.messages import Message
from famdesk.ui.kit.runner import Runner
from famdesk.ui.postman import EVERY_MS, Postman
from famdesk.ui.settings.mail_section import MailSection
from famdesk.usecases.calendar import calendar
from famdesk.usecases.centre import centre
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts
from famdesk.usecases.post import mail, reminders
from famdesk.usecases.post.mail import MailServer
from tests.support.calendars import at, seed
from tests.support.mail_server import PASSWORD, Behaviour, certificate, running
from tests.support.offices import Desk
from tests.ui.conftest import nameless

ADDRESS = "ines@example.it"


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("mail"))


@pytest.fixture
def how() -> Behaviour:
    return Behaviour()


@pytest.fixture
def server(pem: Path, how: Behaviour, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    """A server that this computer trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    with running(how, pem) as found:
        yield found


@pytest.fixture
def lead(file_desk: Desk) -> Office:
    return file_desk.sign_in("coordinator")


def _account(lead: Office, server: MailServer) -> None:
    lead.run(mail.save_account, None, PASSWORD, host=server.host, port=server.port, security=server.security,
             login=server.login, sender="posta@example.it", hours_before=24)  # fmt: skip


@pytest.fixture
def runner(lead: Office) -> Iterator[Runner]:
    made = Runner(lead)
    yield made
    made.close()


def _due(desk: Desk, lead: Office, many: int = 1) -> None:
    person = seed(lead).person
    lead.run(contacts.add_contact_point, person, kind="mail", value=ADDRESS)
    for number in range(many):
        lead.run(calendar.book, starts=at(14 + number), ends=at(15 + number), kind="interview", person_id=person)
    desk.clock.forward(hours=31)


def test_a_round_sends_all_that_is_due(
    qtbot: QtBot, file_desk: Desk, lead: Office, runner: Runner, server: MailServer, how: Behaviour
) -> None:
    _account(lead, server)
    _due(file_desk, lead, 3)
    label = lead.undo_label()
    postman = Postman(runner, lead)
    with qtbot.waitSignal(postman.rested, timeout=20_000) as rested:
        postman.go()
    assert rested.args == [3]
    assert [recipient for _sender, recipient, _mail in how.taken] == [ADDRESS] * 3
    with qtbot.waitSignal(postman.rested, timeout=20_000) as rested:
        postman.go()
    assert rested.args == [0]
    assert lead.undo_label() == label
    assert lead.fetch(reminders.queue).sent == 3


def test_a_server_that_is_gone_does_not_disturb(
    qtbot: QtBot, file_desk: Desk, lead: Office, runner: Runner, pem: Path
) -> None:
    with running(Behaviour(), pem) as server:
        _account(lead, server)
    _due(file_desk, lead)
    failures: list[Any] = []
    runner.failed.connect(failures.append)
    postman = Postman(runner, lead)
    with qtbot.waitSignal(postman.rested, timeout=20_000):
        postman.go()
    assert failures == []
    found = lead.fetch(reminders.queue)
    assert (found.failing, found.error) == (1, "no_server")


def test_a_locked_office_sends_nothing(qtbot: QtBot, lead: Office, runner: Runner) -> None:
    failures: list[Any] = []
    runner.failed.connect(failures.append)
    postman = Postman(runner, lead)
    lead.lock()
    with qtbot.waitSignal(postman.rested, timeout=20_000):
        postman.go()
    assert failures == []


def test_the_timer_runs_only_where_it_may(qtbot: QtBot, file_desk: Desk) -> None:
    for login, runs in (("reception", True), ("administrator", False)):
        office = file_desk.sign_in(login)
        runner = Runner(office)
        postman = Postman(runner, office)
        postman.start()
        assert postman._timer.isActive() is runs
        postman.go()
        qtbot.waitUntil(runner.idle)
        assert postman._timer.interval() == EVERY_MS
        postman.stop()
        assert not postman._timer.isActive()
        runner.close()


@pytest.fixture
def section(qtbot: QtBot, runner: Runner, lead: Office) -> MailSection:
    made = MailSection(runner)
    qtbot.addWidget(made)
    made.resize(900, 800)
    made.show()
    made.read(lead.fetch(centre.me))
    qtbot.waitUntil(runner.idle)
    return made


def _fill(section: MailSection, server: MailServer) -> None:
    for name, value in {"host": server.host, "port": server.port, "login": server.login, "password": PASSWORD,
                        "sender": "posta@example.it"}.items():  # fmt: skip
        section.form.field(name).set_value(value)
        section.form.field(name).edited.emit()


def test_settings_are_saved_and_tried(
    qtbot: QtBot, section: MailSection, runner: Runner, server: MailServer, how: Behaviour, lead: Office
) -> None:
    told: list[Message] = []
    section.told.connect(told.append)
    _fill(section, server)
    section.test.setEnabled(True)
    section.test.click()
    assert told[-1].text == "Save first: the test uses the saved settings."
    section.save.click()
    qtbot.waitUntil(runner.idle)
    assert told[-1].text == "The mail settings are saved."
    kept = lead.fetch(mail.account)
    assert kept is not None
    assert (kept.host, kept.security, kept.has_password) == ("localhost", "tls", True)
    assert section.form.value("password") == ""
    section.test.click()
    qtbot.waitUntil(runner.idle, timeout=20_000)
    assert told[-1].text == "The mail server took the mail: look into your own mailbox."
    assert how.taken[0][:2] == ("posta@example.it", "posta@example.it")
    how.login = False
    section.test.click()
    qtbot.waitUntil(runner.idle, timeout=20_000)
    assert told[-1].text == "The mail server refused user name or password."
    assert nameless(section) == []


def test_what_is_wrong_stands_at_its_field(qtbot: QtBot, section: MailSection, runner: Runner) -> None:
    _fill(section, MailServer("smtp://x", 465, "tls", None, ""))
    section.save.click()
    qtbot.waitUntil(runner.idle)
    shown = section.form._rows["host"].problem._label.text()
    assert shown == "Write the name of the server only, such as smtp.example.it."


def test_encryption_brings_its_port(section: MailSection) -> None:
    section.form.field("security").chosen.emit("starttls")
    assert section.form.value("port") == 587
    section.form.field("port").set_value(2525)
    section.form.field("security").chosen.emit("tls")
    assert section.form.value("port") == 2525


def test_the_password_goes_with_its_server(lead: Office, server: MailServer) -> None:
    """Whoever writes another server's name does not make the program send the password there."""
    _account(lead, server)
    kept = lead.fetch(mail.account)
    assert kept is not None
    lead.run(mail.save_account, kept.version, None, host="mail.evil.example")
    after = lead.fetch(mail.server_for_test)
    assert after is not None
    assert after[0].password == ""


def test_reception_may_only_look(qtbot: QtBot, file_desk: Desk) -> None:
    office = file_desk.sign_in("reception")
    runner = Runner(office)
    section = MailSection(runner)
    qtbot.addWidget(section)
    section.read(office.fetch(centre.me))
    qtbot.waitUntil(runner.idle)
    assert not section.form.isEnabled()
    assert section.save.isHidden()
    runner.close()
