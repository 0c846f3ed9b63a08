"""The whole window on real data: sign-in, lock, languages, second start, closing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from famdesk import i18n
from famdesk.app import LAST_LOADED
from famdesk.data.backup import read_manifest
from famdesk.data.home import Home
from famdesk.desk import PRELOADED, DeskWindow
from famdesk.domain.staff import rights
from famdesk.pages import READS, Pages, next_appointment
from famdesk.ui.first_start.page import FirstStartPage
from famdesk.ui.kit.page import Page
from famdesk.ui.kit.theme import Theme
from famdesk.ui.lock_page import LockPage
from famdesk.ui.shell.neutral import NeutralPage
from famdesk.ui.shell.refusal import RefusalPage
from famdesk.ui.shell.shell import Shell
from famdesk.ui.signin import SignInPage
from famdesk.usecases import session, setup
from famdesk.usecases.calendar import calendar
from famdesk.usecases.intake import intake
from famdesk.usecases.office import LOCKED_STORE
from famdesk.usecases.people import people
from tests.support.offices import PASSWORD, Desk

SLOW = 20_000


@pytest.fixture
def home(file_desk: Desk) -> Home:
    """Data with an account for every role, not open anywhere."""
    file_desk.close()
    file_desk.home.set_language("en")
    return file_desk.home


@pytest.fixture
def open_desk(theme: Theme, qapp: QApplication, qtbot: QtBot) -> Iterator[Callable[[Home], DeskWindow]]:
    """Opens windows that are closed after the test."""
    opened: list[DeskWindow] = []

    def start(home: Home) -> DeskWindow:
        desk = DeskWindow(qapp, home)
        opened.append(desk)
        desk.start()
        return desk

    yield start
    for desk in opened:
        if desk.session is not None:
            qtbot.waitUntil(desk.session.runner.idle, timeout=SLOW)
        desk.window.close()
        desk.stop()


def sign_in(desk: DeskWindow, qtbot: QtBot, login: str, password: str = PASSWORD) -> None:
    """Types name and password into the sign-in page."""
    page = desk.window.cover
    assert isinstance(page, SignInPage)
    user, secret = page.findChildren(QLineEdit)[:2]
    user.setText(login)
    secret.setText(password)
    qtbot.keyClick(secret, Qt.Key.Key_Return)
    qtbot.waitUntil(desk.background.idle, timeout=SLOW)


def signed_in(desk: DeskWindow, qtbot: QtBot, login: str) -> Shell:
    sign_in(desk, qtbot, login)
    assert desk.session is not None
    qtbot.waitUntil(desk.session.runner.idle, timeout=SLOW)
    shell = desk.window.shell
    assert shell is not None
    return shell


def unlock(desk: DeskWindow, qtbot: QtBot, password: str = PASSWORD) -> None:
    page = desk.window.cover
    assert isinstance(page, LockPage)
    field = page.findChild(QLineEdit)
    assert field is not None
    field.setText(password)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(desk.background.idle, timeout=SLOW)
    assert desk.session is not None
    qtbot.waitUntil(desk.session.runner.idle, timeout=SLOW)


def words(widget: QWidget | None) -> str:
    assert widget is not None
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def lock(desk: DeskWindow, qtbot: QtBot, *, hide: bool = False) -> None:
    desk.window.lock(hide)
    assert desk.session is not None
    qtbot.waitUntil(desk.session.runner.idle, timeout=SLOW)


def test_an_empty_folder_begins_with_the_first_start(
    open_desk: Callable[[Home], DeskWindow], tmp_path: Path, qtbot: QtBot
) -> None:
    desk = open_desk(Home(tmp_path / "new"))
    page = desk.window.cover
    assert isinstance(page, FirstStartPage)
    page.answers.way, page.answers.profile, page.answers.centre = "new", "cremona", "Hug"
    page.answers.admin = {"name": "Ada Prova", "login": "ada", "password": "treno nuvola sasso"}
    page.answers.recovery = setup.new_recovery_code()
    page.show_step("recovery")
    step = page.step()
    qtbot.waitUntil(desk.background.idle, timeout=SLOW)
    assert step.form is not None
    for number in step.asked:  # type: ignore[attr-defined]
        step.form.field(f"group{number}").set_value(page.answers.recovery.split("-")[number - 1])
    page.go_on()
    qtbot.waitUntil(lambda: desk.session is not None, timeout=SLOW)
    assert desk.session is not None
    qtbot.waitUntil(desk.session.runner.idle, timeout=SLOW)
    shell = desk.window.shell
    assert shell is not None
    assert shell.page() is not None
    assert shell.page().title == "Today"  # type: ignore[union-attr]
    assert desk.window.cover is None
    assert shell.bar.message() is None


def test_another_language_at_the_first_start(
    open_desk: Callable[[Home], DeskWindow], tmp_path: Path, qtbot: QtBot
) -> None:
    desk = open_desk(Home(tmp_path / "new"))
    before = desk.window.cover
    assert isinstance(before, FirstStartPage)
    before.language_chosen.emit("de")
    after = desk.window.cover
    assert isinstance(after, FirstStartPage)
    assert after is not before
    assert after.answers is before.answers
    assert i18n.language() == "de"


def test_sign_in_leads_to_today(home: Home, open_desk: Callable[[Home], DeskWindow], qtbot: QtBot) -> None:
    desk = open_desk(home)
    shell = signed_in(desk, qtbot, "reception")
    assert shell.page().title == "Today"  # type: ignore[union-attr]
    assert desk.window.windowTitle() == "Today – Centro di prova – Prova reception"


@pytest.mark.slow
@pytest.mark.parametrize(
    "login", ["reception", "educator", "social_worker", "psychologist", "coordinator", "administrator"]
)
def test_every_view_opens_for_every_role(
    home: Home, open_desk: Callable[[Home], DeskWindow], qtbot: QtBot, login: str
) -> None:
    desk = open_desk(home)
    shell = signed_in(desk, qtbot, login)
    assert desk.session is not None
    told = []
    for key in shell._specs:
        shell.show_page(key)
        qtbot.waitUntil(desk.session.runner.idle, timeout=SLOW)
        message = shell.bar.message()
        if message is not None:
            told.append(f"{key}: {message.text}")
    assert told == []


def test_a_wrong_password_is_refused_in_words_and_then_costs_time(
    home: Home, open_desk: Callable[[Home], DeskWindow], qtbot: QtBot
) -> None:
    desk = open_desk(home)
    sign_in(desk, qtbot, "reception", "wrong")
    assert "The name or the password is not right." in words(desk.window.cover)
    for _try in range(4):
        sign_in(desk, qtbot, "reception", "wrong")
    assert "Again in 30 seconds" in _buttons(desk)
    sign_in(desk, qtbot, "reception", PASSWORD)
    assert desk.session is None
    desk.stop()
    again = open_desk(home)
    sign_in(again, qtbot, "reception", PASSWORD)
    assert "Too many wrong tries." in words(again.window.cover), "it is kept across restarts"
    assert again.session is None


def _buttons(desk: DeskWindow) -> list[str]:
    assert desk.window.cover is not None
    return [button.text() for button in desk.window.cover.findChildren(QAbstractButton)]


def test_the_recovery_sheet_gives_a_new_password(
    file_desk: Desk, open_desk: Callable[[Home], DeskWindow], qtbot: QtBot
) -> None:
    file_desk.close()
    file_desk.home.set_language("en")
    desk = open_desk(file_desk.home)
    page = desk.window.cover
    assert isinstance(page, SignInPage)
    page.set_login("educator")
    page.recovery_requested.emit("AAAAA-AAAAA", "un altro segreto")
    qtbot.waitUntil(desk.background.idle, timeout=SLOW)
    assert desk.session is None
    page.recovery_requested.emit(file_desk.recovery, "un altro segreto")
    qtbot.waitUntil(desk.background.idle, timeout=SLOW)
    assert desk.session is not None
    assert desk.session.office.actor.login == "educator"


def test_lock_forgets_the_keys_and_the_same_person_comes_back(
    home: Home, open_desk: Callable[[Home], DeskWindow], qtbot: QtBot
) -> None:
    desk = open_desk(home)
    shell = signed_in(desk, qtbot, "coordinator")
    shell.show_page("people")
    lock(desk, qtbot)
    assert desk.session is not None
    assert desk.session.office.store is LOCKED_STORE
    assert "Prova coordinator" in words(desk.window.cover)
    assert "Prova" not in desk.window.windowTitle()
    unlock(desk, qtbot, "wrong")
    assert "The name or the password is not right." in words(desk.window.cover)
    unlock(desk, qtbot)
    assert desk.window.cover is None
    assert desk.window.shell is shell
    assert shell.page() is not None
    assert shell.page().title == "People"  # type: ignore[union-attr]
    assert desk.session.office.store is not LOCKED_STORE
    desk.session.runner.run(people.add_person, alias="Signora B.")
    qtbot.waitUntil(desk.session.runner.idle, timeout=SLOW)
    assert shell.bar.message() is None


def test_what_was_being_saved_is_saved_before_the_lock(
    home: Home, open_desk: Callable[[Home], DeskWindow], qtbot: QtBot
) -> None:
    desk = open_desk(home)
    signed_in(desk, qtbot, "reception")
    assert desk.session is not None
    for _number in range(5):
        desk.session.runner.run(intake.log_contact, channel="door", need="nursery", age_band="0-3")
    lock(desk, qtbot)
    office = session.sign_in(home, "reception", PASSWORD)
    assert len(office.fetch(intake.accesses, datetime.now().date())) == 5
    office.store.close()


def test_somebody_else_takes_over_after_the_lock(
    home: Home, open_desk: Callable[[Home], DeskWindow], qtbot: QtBot
) -> None:
    desk = open_desk(home)
    signed_in(desk, qtbot, "coordinator")
    lock(desk, qtbot)
    page = desk.window.cover
    assert isinstance(page, LockPage)
    page.other_user_requested.emit()
    assert desk.session is None
    signed_in(desk, qtbot, "educator")
    assert desk.session is not None
    assert desk.session.office.actor.login == "educator"


def test_hide_everything_shows_opening_hours_and_asks_for_the_password(
    home: Home, open_desk: Callable[[Home], DeskWindow], qtbot: QtBot
) -> None:
    desk = open_desk(home)
    shell = signed_in(desk, qtbot, "coordinator")
    shell.actions_.hide.trigger()
    page = desk.window.cover
    assert isinstance(page, NeutralPage)
    assert "Prova coordinator" not in words(page)
    qtbot.keyClick(page, Qt.Key.Key_Space)
    unlock(desk, qtbot)
    assert desk.window.cover is None


def test_an_unused_desk_locks_itself(home: Home, open_desk: Callable[[Home], DeskWindow], qtbot: QtBot) -> None:
    desk = open_desk(home)
    signed_in(desk, qtbot, "coordinator")
    assert desk.session is not None
    desk.session._idle.idle.emit()
    assert isinstance(desk.window.cover, LockPage)


def test_signing_out_leads_to_the_sign_in(home: Home, open_desk: Callable[[Home], DeskWindow], qtbot: QtBot) -> None:
    desk = open_desk(home)
    shell = signed_in(desk, qtbot, "coordinator")
    shell.actions_.sign_out.trigger()
    qtbot.waitUntil(desk.background.idle, timeout=SLOW)
    assert isinstance(desk.window.cover, SignInPage)
    assert desk.window.shell is None


def test_the_language_changes_on_the_sign_in_page_and_stays(
    home: Home, open_desk: Callable[[Home], DeskWindow], qtbot: QtBot
) -> None:
    desk = open_desk(home)
    page = desk.window.cover
    assert isinstance(page, SignInPage)
    page.set_login("educator")
    page.language_chosen.emit("de")
    other = desk.window.cover
    assert isinstance(other, SignInPage)
    assert other.login() == "educator"
    assert home.settings().language == "de"


def test_the_language_changes_in_the_settings_at_once(
    home: Home, open_desk: Callable[[Home], DeskWindow], qtbot: QtBot
) -> None:
    desk = open_desk(home)
    shell = signed_in(desk, qtbot, "coordinator")
    assert desk.session is not None
    page = shell.show_page("settings")
    qtbot.waitUntil(desk.session.runner.idle, timeout=SLOW)
    page.look.languages.chosen.emit("de")  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: desk.window.shell is not shell, timeout=SLOW)
    qtbot.waitUntil(desk.session.runner.idle, timeout=SLOW)
    assert i18n.language() == "de"
    assert home.settings().language == "de"
    assert desk.window.shell is not None
    assert desk.window.shell.page() is not None


def test_a_second_start_is_refused_with_a_sentence(
    home: Home, open_desk: Callable[[Home], DeskWindow], qtbot: QtBot
) -> None:
    open_desk(home)
    second = open_desk(home)
    assert isinstance(second.window.cover, RefusalPage)
    assert "FamDesk is already open on these data" in words(second.window.cover)


def test_damaged_settings_are_told_in_words(home: Home, open_desk: Callable[[Home], DeskWindow], qtbot: QtBot) -> None:
    home.settings_file.write_text("{", encoding="utf-8")
    desk = open_desk(home)
    assert "settings file" in words(desk.window.cover)


def test_a_window_that_is_closed_while_saving_waits_until_it_is_saved(
    home: Home, open_desk: Callable[[Home], DeskWindow], qtbot: QtBot
) -> None:
    desk = open_desk(home)
    signed_in(desk, qtbot, "reception")
    assert desk.session is not None
    for _number in range(10):
        desk.session.runner.run(intake.log_contact, channel="door", need="nursery", age_band="0-3")
    desk.window.close()
    assert desk.window.isVisible()
    qtbot.waitUntil(lambda: not desk.window.isVisible(), timeout=SLOW)
    desk.stop()
    office = session.sign_in(home, "reception", PASSWORD)
    assert len(office.fetch(intake.accesses, datetime.now().date())) == 10
    office.store.close()


def test_what_another_desk_changes_is_seen(home: Home, open_desk: Callable[[Home], DeskWindow], qtbot: QtBot) -> None:
    desk = open_desk(home)
    signed_in(desk, qtbot, "coordinator")
    assert desk.session is not None
    other = session.sign_in(home, "reception", PASSWORD)
    seen: list[tuple[str, str]] = []
    desk.session.runner.changed.connect(seen.extend)
    other.run(intake.log_contact, channel="door", need="nursery", age_band="0-3")
    other.store.close()
    qtbot.waitUntil(lambda: any(table == "info_contact" for table, _id in seen), timeout=SLOW)


def test_the_slip_of_the_next_appointment(home: Home, open_desk: Callable[[Home], DeskWindow], qtbot: QtBot) -> None:
    office = session.sign_in(home, "coordinator", PASSWORD)
    person = office.run(people.add_person, surname="Prova", given_name="Lia")
    assert office.fetch(next_appointment, person) is None
    starts = datetime.now().replace(hour=10, minute=0, second=0, microsecond=0)
    ids = [
        office.run(calendar.book, starts=starts + timedelta(days=ahead), ends=starts + timedelta(days=ahead, hours=1),
                   kind="interview", person_id=person)
        for ahead in (9, 2)
    ]  # fmt: skip
    assert office.fetch(next_appointment, person) == ids[1]
    office.store.close()
    desk = open_desk(home)
    shell = signed_in(desk, qtbot, "coordinator")
    assert desk.session is not None
    pages = shell.findChild(Pages)
    assert pages is not None
    pages._on_slip_of_person(person)
    qtbot.waitUntil(desk.session.runner.idle, timeout=SLOW)
    page = shell.page()
    assert page is not None
    assert page.title == "Sheets"
    assert page.sheet() == "appointment-slip"  # type: ignore[attr-defined]


def test_an_appointment_for_a_person(home: Home, open_desk: Callable[[Home], DeskWindow], qtbot: QtBot) -> None:
    office = session.sign_in(home, "coordinator", PASSWORD)
    person = office.run(people.add_person, surname="Prova", given_name="Lia")
    office.store.close()
    desk = open_desk(home)
    shell = signed_in(desk, qtbot, "coordinator")
    assert desk.session is not None
    shell.open_item("appointment_for", person)
    page = shell.page()
    assert page is not None
    qtbot.waitUntil(lambda: page._booking._dialog is not None, timeout=SLOW)  # type: ignore[attr-defined]
    dialog = page._booking._dialog  # type: ignore[attr-defined]
    assert dialog.form.value("person_id") == person
    dialog.close()


def test_an_access_card_for_a_person(home: Home, open_desk: Callable[[Home], DeskWindow], qtbot: QtBot) -> None:
    office = session.sign_in(home, "coordinator", PASSWORD)
    person = office.run(people.add_person, surname="Prova", given_name="Lia")
    office.store.close()
    desk = open_desk(home)
    shell = signed_in(desk, qtbot, "coordinator")
    assert desk.session is not None
    shell.open_item("access_card_for", person)
    qtbot.waitUntil(desk.session.runner.idle, timeout=SLOW)
    page = shell.page()
    assert page is not None
    form = page.card.form  # type: ignore[attr-defined]
    assert form.isVisible()
    assert form.values()["person_id"] == person


def test_a_backup_from_the_settings(
    home: Home, open_desk: Callable[[Home], DeskWindow], qtbot: QtBot, tmp_path: Path
) -> None:
    desk = open_desk(home)
    shell = signed_in(desk, qtbot, "coordinator")
    assert desk.session is not None
    pages = shell.findChild(Pages)
    assert pages is not None
    pages.back_up(str(tmp_path / "a.fdbackup"))
    qtbot.waitUntil(desk.session.runner.idle, timeout=SLOW)
    assert read_manifest(tmp_path / "a.fdbackup")[0].settings["centre_name"] == "Centro di prova"
    message = shell.bar.message()
    assert message is not None
    pages.back_up(str(tmp_path / "a.fdbackup"))
    qtbot.waitUntil(desk.session.runner.idle, timeout=SLOW)
    assert "Choose another name" in words(shell.bar)


def test_every_kind_that_pages_open_has_a_page(
    home: Home, open_desk: Callable[[Home], DeskWindow], qtbot: QtBot
) -> None:
    desk = open_desk(home)
    shell = signed_in(desk, qtbot, "coordinator")
    answered = {kind for spec in shell._specs.values() for kind in spec.opens}
    assert {"person", "household", "appointment", "initiative", "access_card", "access_point", "body", "place",
            "service", "opening-hours", "day-sheet", "day_sheet", "appointment-slip", "appointment_for",
            "access_card_for", "info_contact"} <= answered  # fmt: skip
    for page in shell.findChildren(Page):
        assert page.title


def test_views_that_a_role_may_not_read_are_not_offered(
    home: Home, open_desk: Callable[[Home], DeskWindow], qtbot: QtBot
) -> None:
    assert set(READS.values()) <= set(rights.parsed())
    desk = open_desk(home)
    shell = signed_in(desk, qtbot, "administrator")
    assert {"intake", "calendar", "people"}.isdisjoint(shell._specs)
    page = shell.page()
    assert page is not None
    page.page_requested.emit("intake")
    page.person_opened.emit("somebody")
    assert shell.page() is page
    assert "Your role does not have this view." in words(shell.bar)


def test_the_collector_waits_until_everything_is_loaded() -> None:
    assert PRELOADED[-1] == LAST_LOADED
