"""The first start: every way to an open office, going back without losing anything, errors at their field."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from famdesk import i18n
from famdesk.data.home import Home
from famdesk.domain.staff import passwords
from famdesk.ui.first_start.account import AccountStep
from famdesk.ui.first_start.centre import CentreStep
from famdesk.ui.first_start.page import FirstStartPage
from famdesk.ui.first_start.recovery import RecoveryStep
from famdesk.ui.kit.background import Background
from famdesk.ui.kit.password import Notice
from famdesk.usecases import session
from famdesk.usecases.directory import directory
from tests.support.offices import PASSWORD, Desk
from tests.ui.conftest import nameless

GOOD = "treno nuvola sasso"


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    made = Background()
    yield made
    made.close()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "fresh")


@pytest.fixture
def page(home: Home, background: Background, qtbot: QtBot) -> FirstStartPage:
    made = FirstStartPage(home, background.do)
    qtbot.addWidget(made)
    made.resize(1100, 760)
    made.show()
    return made


def press(qtbot: QtBot, page: FirstStartPage, *keys: Any) -> None:
    """Types keys and texts into whatever has the focus of the page."""
    for key in keys:
        target = page.focusWidget() or page.step()
        if isinstance(key, str):
            qtbot.keyClicks(target, key)
        else:
            qtbot.keyClick(target, key)


def form(page: FirstStartPage) -> Any:
    found = page.step().form
    assert found is not None
    return found


def shown(page: FirstStartPage, name: str) -> str:
    """The sentence at a field, or ""."""
    field: QLineEdit = form(page).field(name)
    return field.accessibleDescription() if field.property("wrong") else ""


def go_to(page: FirstStartPage, way: str) -> None:
    page.go_on()
    page.step().list.set_current_id(way)  # type: ignore[attr-defined]
    page.go_on()


def to_account(page: FirstStartPage, qtbot: QtBot, profile: str = "cremona") -> None:
    go_to(page, "new")
    step = page.step()
    assert isinstance(step, CentreStep)
    qtbot.waitUntil(lambda: len(step.list.lines()) > 2)
    step.list.set_current_id(profile)
    if profile == "bari":
        form(page).field("centre_key").set_value("csf-3")
    page.go_on()
    assert isinstance(page.step(), AccountStep)


def fill_account(page: FirstStartPage, name: str = "Ada Prova", password: str = GOOD) -> None:
    form(page).set_values({"name": name, "login": "ada.prova", "password": password, "again": password})


def type_groups(page: FirstStartPage, qtbot: QtBot) -> None:
    step = page.step()
    assert isinstance(step, RecoveryStep)
    qtbot.waitUntil(lambda: bool(step.preview.data))
    for number in step.asked:
        group = step.answers.recovery.split("-")[number - 1]
        form(page).field(f"group{number}").set_value(group.lower().replace("0", "o"))


def test_a_new_centre_with_the_keyboard_alone(page: FirstStartPage, home: Home, qtbot: QtBot) -> None:
    enter = Qt.Key.Key_Return
    press(qtbot, page, enter)
    press(qtbot, page, Qt.Key.Key_Down, enter)
    step = page.step()
    assert isinstance(step, CentreStep)
    qtbot.waitUntil(lambda: step.list.current_id() == "cremona")
    press(qtbot, page, enter)
    press(qtbot, page, "Ada Prova", enter)
    assert form(page).value("login") == "ada.prova"  # proposed from the name
    press(qtbot, page, enter, GOOD, enter, GOOD, enter)
    recovery = page.step()
    assert isinstance(recovery, RecoveryStep)
    qtbot.waitUntil(lambda: bool(recovery.preview.data))
    assert not home.exists()
    for number in recovery.asked:
        form(page).field(f"group{number}").setFocus()
        press(qtbot, page, recovery.answers.recovery.split("-")[number - 1])
    with qtbot.waitSignal(page.opened, timeout=20_000) as opened:
        press(qtbot, page, enter)
    office = opened.args[0]
    assert home.exists()
    assert home.settings().centre_name == "Hug – Centro per le Famiglie"
    assert office.actor.role == "administrator"
    assert "piazza Giovanni XXIII" in [point.name for point in office.fetch(directory.points)]
    office.close()
    again = session.sign_in(home, "ada.prova", GOOD)
    cost = again.keystore.load().slots["ada.prova"].cost
    again.close()
    assert cost.memory >= 64 * 1024


def test_the_printed_code_opens_the_centre(page: FirstStartPage, home: Home, qtbot: QtBot, tmp_path: Path) -> None:
    to_account(page, qtbot)
    fill_account(page)
    page.go_on()
    type_groups(page, qtbot)
    step = page.step()
    assert isinstance(step, RecoveryStep)
    step.save_to(str(tmp_path / "sheet.pdf"))
    with qtbot.waitSignal(page.opened, timeout=20_000) as opened:
        page.go_on()
    opened.args[0].close()
    from pypdf import PdfReader

    letters = PdfReader(tmp_path / "sheet.pdf").pages[0].extract_text()
    code = step.answers.recovery
    squeezed = "".join(letters.split())
    assert all("".join(group) in squeezed for group in code.split("-"))
    recovered = session.recover(home, code, "ada.prova", "un altro segreto")
    recovered.close()


def test_a_wrong_group_is_told_at_its_field_and_nothing_is_made(page: FirstStartPage, home: Home, qtbot: QtBot) -> None:
    to_account(page, qtbot)
    fill_account(page)
    page.go_on()
    type_groups(page, qtbot)
    step = page.step()
    assert isinstance(step, RecoveryStep)
    name = f"group{step.asked[1]}"
    form(page).field(name).set_value("AAAAA")
    page.go_on()
    assert str(step.asked[1]) in shown(page, name)
    assert page.step() is step
    assert not home.exists()


def test_a_blank_centre_needs_a_name_and_knows_its_comune(page: FirstStartPage, home: Home, qtbot: QtBot) -> None:
    go_to(page, "new")
    step = page.step()
    assert isinstance(step, CentreStep)
    qtbot.waitUntil(lambda: len(step.list.lines()) > 2)
    step.list.set_current_id("blank")
    page.go_on()
    assert shown(page, "centre")
    form(page).field("centre").set_value("Centro di Casalmaggiore")
    comune = form(page).field("municipality")
    page.activateWindow()
    comune.setFocus()
    qtbot.waitUntil(comune.hasFocus)
    qtbot.keyClicks(comune, "casalmagg")
    qtbot.keyClick(comune, Qt.Key.Key_Return)
    page.go_on()
    fill_account(page)
    page.go_on()
    type_groups(page, qtbot)
    with qtbot.waitSignal(page.opened, timeout=20_000) as opened:
        page.go_on()
    from famdesk.usecases.centre import centre

    about = opened.args[0].fetch(centre.overview)
    assert (about.name, about.municipality) == ("Centro di Casalmaggiore", "019021")
    opened.args[0].close()


def test_one_of_the_eight_centres_of_bari(page: FirstStartPage, home: Home, qtbot: QtBot) -> None:
    to_account(page, qtbot, "bari")
    fill_account(page)
    page.go_on()
    type_groups(page, qtbot)
    with qtbot.waitSignal(page.opened, timeout=20_000) as opened:
        page.go_on()
    assert home.settings().centre_name == "Centro servizi per le famiglie 3"
    opened.args[0].close()


def test_which_centre_of_a_profile_must_be_said(page: FirstStartPage, qtbot: QtBot) -> None:
    go_to(page, "new")
    step = page.step()
    assert isinstance(step, CentreStep)
    qtbot.waitUntil(lambda: len(step.list.lines()) > 2)
    step.list.set_current_id("bari")
    page.go_on()
    assert page.step() is step
    assert shown(page, "centre_key")


def test_nothing_is_lost_going_back(page: FirstStartPage, qtbot: QtBot) -> None:
    to_account(page, qtbot)
    fill_account(page)
    page.go_on()
    step = page.step()
    assert isinstance(step, RecoveryStep)
    qtbot.waitUntil(lambda: bool(step.preview.data))
    code = step.answers.recovery
    for _step in range(4):
        page.back.click()
    assert page.back.isHidden()
    for _step in range(3):
        page.go_on()
    assert form(page).values() == {"name": "Ada Prova", "login": "ada.prova", "password": GOOD, "again": GOOD}
    page.go_on()
    qtbot.waitUntil(lambda: bool(step.preview.data))
    assert step.answers.recovery == code


def test_another_language_keeps_the_answers(
    page: FirstStartPage, home: Home, background: Background, qtbot: QtBot
) -> None:
    to_account(page, qtbot)
    fill_account(page)
    for _step in range(3):
        page.back.click()
    page.step().list.set_current_id("de")  # type: ignore[attr-defined]
    with qtbot.waitSignal(page.language_chosen) as chosen:
        page.go_on()
    assert chosen.args == ["de"]
    i18n.set_language("de")
    other = FirstStartPage(home, background.do, page.answers, "way")
    qtbot.addWidget(other)
    other.show()
    other.go_on()
    step = other.step()
    assert isinstance(step, CentreStep)
    qtbot.waitUntil(lambda: step.list.current_id() == "cremona")
    other.go_on()
    assert form(other).value("name") == "Ada Prova"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": "", "login": "ada", "password": GOOD, "again": GOOD}, "name"),
        ({"name": "Ada", "login": "Ada!", "password": GOOD, "again": GOOD}, "login"),
        ({"name": "Ada", "login": "ada", "password": "corta", "again": "corta"}, "password"),
        ({"name": "Ada", "login": "ada", "password": GOOD, "again": GOOD + "x"}, "again"),
    ],
)
def test_the_account_is_checked_before_anything_is_made(
    page: FirstStartPage, qtbot: QtBot, values: dict[str, str], field: str
) -> None:
    to_account(page, qtbot)
    form(page).set_values(values)
    page.go_on()
    assert isinstance(page.step(), AccountStep)
    assert shown(page, field)


def test_words_tell_how_hard_a_password_is_to_guess(page: FirstStartPage, qtbot: QtBot) -> None:
    to_account(page, qtbot)
    step = page.step()
    assert isinstance(step, AccountStep)
    field = form(page).field("password")
    seen = []
    for text in ("corta", "password123", "treno nuvola sasso verde"):
        field.clear()
        qtbot.keyClicks(field, text)
        step.strength.look()
        seen.append(step.strength.text())
    assert seen == ["5 characters missing", passwords.WORDS["weak"], passwords.WORDS["strong"]]


def test_a_folder_with_data_is_refused_and_everything_stays(page: FirstStartPage, home: Home, qtbot: QtBot) -> None:
    to_account(page, qtbot)
    fill_account(page)
    page.go_on()
    type_groups(page, qtbot)
    home.prepare()
    home.database.write_bytes(b"somebody else's")
    page.go_on()
    qtbot.waitUntil(page.go.isEnabled, timeout=20_000)
    notices = [notice.text() for notice in page.findChildren(Notice) if notice.text()]
    assert notices
    assert home.database.read_bytes() == b"somebody else's"
    assert page.answers.admin["name"] == "Ada Prova"


def test_a_backup_comes_back_with_the_password_of_its_day(
    page: FirstStartPage, home: Home, file_desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    from famdesk.usecases import care

    care.back_up(file_desk.office, tmp_path / "a.fdbackup")
    go_to(page, "restore")
    form(page).set_values({"file": str(tmp_path / "none"), "login": "administrator", "password": PASSWORD})
    page.go_on()
    qtbot.waitUntil(lambda: bool(shown(page, "file")), timeout=10_000)
    form(page).set_values({"file": str(tmp_path / "a.fdbackup"), "password": "not that one"})
    page.go_on()
    qtbot.waitUntil(lambda: bool(shown(page, "password")), timeout=10_000)
    assert not home.exists()
    form(page).set_values({"password": PASSWORD})
    with qtbot.waitSignal(page.opened, timeout=20_000) as opened:
        page.go_on()
    assert opened.args[0].actor.login == "administrator"
    opened.args[0].close()


def test_a_backup_comes_back_with_the_recovery_sheet(
    page: FirstStartPage, home: Home, file_desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    from famdesk.usecases import care

    care.back_up(file_desk.office, tmp_path / "a.fdbackup")
    go_to(page, "restore")
    page.step().by.set_current("code")  # type: ignore[attr-defined]
    page.step().by.chosen.emit("code")  # type: ignore[attr-defined]
    form(page).set_values({"file": str(tmp_path / "a.fdbackup"), "login": "coordinator", "code": "AAAAA",
                           "new_password": GOOD, "again": GOOD})  # fmt: skip
    page.go_on()
    qtbot.waitUntil(lambda: bool(shown(page, "code")), timeout=10_000)
    form(page).set_values({"code": file_desk.recovery.lower()})
    with qtbot.waitSignal(page.opened, timeout=20_000) as opened:
        page.go_on()
    opened.args[0].close()
    session.sign_in(home, "coordinator", GOOD).close()


@pytest.mark.postgres
def test_a_desk_joins_a_network(page: FirstStartPage, home: Home, server_desk: Desk, qtbot: QtBot) -> None:
    server = server_desk.home.settings().server
    assert server is not None
    go_to(page, "join")
    form(page).set_values({"host": server.host, "port": server.port, "database": server.database,
                           "login": "reception", "password": "not that one"})  # fmt: skip
    page.go_on()
    qtbot.waitUntil(lambda: bool(shown(page, "password")), timeout=10_000)
    assert not home.exists()
    form(page).set_values({"password": PASSWORD})
    with qtbot.waitSignal(page.opened, timeout=20_000) as opened:
        page.go_on()
    office = opened.args[0]
    assert office.actor.role == "reception"
    assert home.settings().centre_id == server_desk.home.settings().centre_id
    assert home.settings().server is not None
    office.close()


def test_a_server_that_is_not_there_is_told_in_words(page: FirstStartPage, home: Home, qtbot: QtBot) -> None:
    go_to(page, "join")
    form(page).set_values({"host": "127.0.0.1", "port": 1, "database": "none", "login": "ada", "password": GOOD})
    page.go_on()
    qtbot.waitUntil(page.go.isEnabled, timeout=20_000)
    assert any(notice.text() for notice in page.findChildren(Notice))
    assert not home.exists()
    assert form(page).value("password") == GOOD


@pytest.mark.parametrize("key", ["language", "way", "centre", "account", "recovery", "join", "restore"])
def test_everything_that_takes_the_focus_has_a_name(page: FirstStartPage, qtbot: QtBot, key: str) -> None:
    page.answers.way = {"join": "join", "restore": "restore"}.get(key, "new")
    page.answers.centre = "Centro"
    page.show_step(key)
    assert nameless(page) == []
