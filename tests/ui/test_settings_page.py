"""Settings in a window over a real home: the centre, hours and closures, staff, appearance, safety."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from famdesk.exchange.profiles import read_profile
from famdesk.resources import path
from famdesk.ui.hours.dialogs import ClosureDialog
from famdesk.ui.kit import settings as store
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.idle import IdleWatch
from famdesk.ui.kit.messages import Message
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.theme import Theme
from famdesk.ui.settings.page import SettingsPage
from famdesk.ui.settings.staff_dialogs import AccountDialog, ColleagueDialog, OwnPasswordDialog, proposed_login
from famdesk.usecases import session
from famdesk.usecases.centre import centre, profiles
from famdesk.usecases.directory import directory
from famdesk.usecases.office import Office
from famdesk.usecases.staff import staff
from tests.support.offices import PASSWORD, Desk
from tests.ui.conftest import nameless

SECTIONS = ("centre", "hours", "staff", "fields", "look", "safety")


@dataclass
class Shown:
    """The page with what tests do with it."""

    page: SettingsPage
    office: Office
    runner: Runner
    qtbot: QtBot

    def wait(self) -> None:
        self.qtbot.waitUntil(self.runner.idle, timeout=20_000)

    def click(self, widget: Any) -> None:
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.wait()

    def dialog(self, kind: type[Any]) -> Any:
        found = [one for one in self.page.findChildren(Dialog) if isinstance(one, kind) and one.isVisible()]
        assert len(found) == 1
        return found[0]

    def save(self, dialog: Dialog) -> None:
        self.qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        self.wait()


def _shown(qtbot: QtBot, desk: Desk, office: Office) -> Iterator[Shown]:
    desk.office.run(profiles.import_profile, read_profile(path("centres/cremona.toml")))
    runner = Runner(office)
    page = SettingsPage(runner, office)
    page.resize(1200, 800)
    qtbot.addWidget(page)
    page.show()
    made = Shown(page, office, runner, qtbot)
    made.wait()
    yield made
    runner.close()


@pytest.fixture
def shown(qtbot: QtBot, file_desk: Desk) -> Iterator[Shown]:
    yield from _shown(qtbot, file_desk, file_desk.office)


@pytest.fixture
def at_reception(qtbot: QtBot, file_desk: Desk) -> Iterator[Shown]:
    yield from _shown(qtbot, file_desk, file_desk.sign_in("reception"))


def test_centre_is_changed_and_undone(shown: Shown) -> None:
    part = shown.page.centre
    assert part.form.value("municipality_code") == "019036"
    assert not part._save.isEnabled()
    part.form.field("phone").setText("0372 123")
    part.form.field("phone").edited.emit()
    told: list[Message] = []
    shown.page.message.connect(told.append)
    shown.click(part._save)
    assert shown.office.fetch(centre.overview).phone == "0372 123"
    assert [one.text for one in told] == ["The data of the centre are saved."]
    assert not part._save.isEnabled()
    shown.runner.undo()
    shown.wait()
    assert part.form.value("phone") == "333 3317332"


def test_what_somebody_types_is_not_overwritten_by_a_refresh(shown: Shown) -> None:
    form = shown.page.centre.form
    form.field("tagline").setText("Un abbraccio")
    form.field("tagline").edited.emit()
    shown.page.refresh()
    shown.wait()
    assert form.value("tagline") == "Un abbraccio"


def test_a_centre_without_a_name_is_not_saved(shown: Shown) -> None:
    part = shown.page.centre
    part.form.field("name").setText("")
    part.form.field("name").edited.emit()
    shown.click(part._save)
    assert part.form.field("name").accessibleDescription() == "This field is needed."
    assert shown.office.fetch(centre.overview).name == "Hug – Centro per le Famiglie"


def test_on_what_the_centre_rests(shown: Shown) -> None:
    lists = {name: pair[1].lines() for name, pair in shown.page.centre._lists.items()}
    assert [(line.title, line.badge) for line in lists["partners"][:2]] == [
        ("Comune di Cremona", "Lead partner"),
        ("Asst Cremona", "Partner"),
    ]
    assert [line.title for line in lists["calls"]] == ["Bando di Ats Val Padana"]
    assert lists["funds"][0].trail == "amount not known"
    opened: list[tuple[str, str]] = []
    shown.page.item_opened.connect(lambda kind, record: opened.append((kind, record)))
    shown.page.centre._lists["partners"][1].activated_id.emit(lists["partners"][0].id)
    comune = next(row.id for row in shown.office.fetch(directory.bodies) if row.name == "Comune di Cremona")
    assert opened == [("body", comune)]


def test_hours_of_all_points_at_a_glance(shown: Shown) -> None:
    lines = {line.title: (line.detail, line.badge) for line in shown.page.hours.points.lines()}
    assert lines["piazza Giovanni XXIII"] == ("Tue 12:00–14:00 · Thu 17:00–19:00", "open until 14:00")
    assert lines["Soresina"] == ("Hours not known: families get in touch.", "on contact")
    opened: list[tuple[str, str]] = []
    shown.page.item_opened.connect(lambda kind, record: opened.append((kind, record)))
    first = shown.page.hours.points.lines()[0].id
    shown.page.hours.points.activated_id.emit(first)
    assert opened == [("access_point", first)]


def test_closures_are_added_changed_removed_and_undone(shown: Shown) -> None:
    part = shown.page.hours
    shown.click(part._add)
    dialog = shown.dialog(ClosureDialog)
    dialog.form.set_values({"first_day": date(2025, 8, 11), "last_day": date(2025, 8, 16), "reason": "Ferie"})
    shown.save(dialog)
    assert [(one.title, one.badge) for one in part.closures.lines()] == [("11–16 August", "Whole centre")]
    part.closures.set_current_id(part.closures.lines()[0].id)
    part.closures.activated_id.emit(part.closures.current_id())
    again = shown.dialog(ClosureDialog)
    again.form.field("last_day").setText("23/8/2025")
    shown.save(again)
    assert part.closures.lines()[0].title == "11–23 August"
    shown.click(part._remove)
    assert part.closures.lines() == ()
    shown.runner.undo()
    shown.wait()
    assert part.closures.lines()[0].title == "11–23 August"


def test_holidays_of_the_year_with_the_patron_saint(shown: Shown) -> None:
    part = shown.page.hours
    patron = next(line for line in part.holidays.lines() if line.badge)
    assert (patron.trail, patron.badge) == ("Thursday 13 November", "Patron saint")
    part._on_after()
    shown.wait()
    easter = next(line for line in part.holidays.lines() if line.title == "Easter Monday")
    assert easter.trail == "Monday 6 April"


def test_a_colleague_with_an_account_can_sign_in(shown: Shown, file_desk: Desk) -> None:
    part = shown.page.staff
    shown.click(part._add)
    dialog = shown.dialog(ColleagueDialog)
    dialog.form.field("name").setText("Èva De Prova")
    dialog.form.field("role").set_value("educator")
    dialog.form.field("role").edited.emit()
    assert "initiatives" in dialog._sees.text()
    dialog.form.field("profession").set_value("educator")
    shown.save(dialog)
    row = next(row for row in part._model.rows if row.name == "Èva De Prova")
    assert (row.role, row.login) == ("educator", None)
    part.table.select_id(row.id)
    shown.click(part._account)
    account = shown.dialog(AccountDialog)
    assert account.form.value("login") == "eva.prova"
    account.form.field("new").setText("breve")
    account.form.field("again").setText("breve")
    shown.save(account)
    assert account.form.field("new").accessibleDescription() == "Use at least 10 characters."
    account.form.field("new").setText("eva.prova 2025")
    account.form.field("again").setText("eva.prova 2025")
    shown.save(account)
    assert "long phrase" in account.form.field("new").accessibleDescription()
    account.form.field("again").setText("breve")
    account.form.field("new").setText("lume-tegola-brace")
    shown.save(account)
    assert account.form.field("again").accessibleDescription() == "The two passwords differ."
    account.form.field("again").setText("lume-tegola-brace")
    shown.save(account)
    assert next(row for row in part._model.rows if row.name == "Èva De Prova").login == "eva.prova"
    session.sign_in(file_desk.home, "eva.prova", "lume-tegola-brace", clock=file_desk.clock).close()


def test_a_colleague_is_changed_and_undone(shown: Shown) -> None:
    part = shown.page.staff
    shown.runner.run(staff.add_colleague, name="Ada Senza Accesso", role="reception")
    shown.wait()
    row = next(row for row in part._model.rows if row.login is None)
    part.table.select_id(row.id)
    part.table.activated_id.emit(row.id)
    dialog = shown.dialog(ColleagueDialog)
    dialog.form.field("active").set_value(False)
    shown.save(dialog)
    assert part._model.rows[-1].id == row.id
    shown.runner.undo()
    shown.wait()
    assert next(one for one in shown.office.fetch(staff.colleagues) if one.id == row.id).active


def test_look_and_size_change_at_once_and_stay(shown: Shown, theme: Theme) -> None:
    part = shown.page.look
    shown.click(part.looks._buttons["dark"])
    shown.click(part.zooms._buttons["125"])
    assert (theme.look, theme.zoom) == ("dark", 125)
    kept = store.machine_settings(shown.office.home.folder)
    assert (store.read(kept, store.LOOK), store.read(kept, store.ZOOM)) == ("dark", 125)


def test_language_of_this_desk_and_of_the_centre(shown: Shown) -> None:
    part = shown.page.look
    shown.page.show_section("look")
    shown.click(part.languages._buttons["de"])
    assert shown.office.home.settings().language == "de"
    assert part._later.isVisible()
    assert shown.office.fetch(centre.overview).language == "it"
    part.all_desks.set_value(True)
    shown.click(part.languages._buttons["en"])
    assert shown.office.fetch(centre.overview).language == "en"
    assert not part._later.isVisible()


def test_minutes_until_the_lock(shown: Shown, qapp: QApplication) -> None:
    watch = IdleWatch(qapp, 10)
    part = shown.page.safety
    assert part.minutes.current() == "10"
    shown.click(part.minutes._buttons["5"])
    assert watch._seconds == 300
    assert store.read(store.machine_settings(shown.office.home.folder), store.IDLE_MINUTES) == 5
    watch.set_minutes(0)
    watch.setParent(None)


def test_own_password(shown: Shown, file_desk: Desk) -> None:
    shown.page.safety._on_password()
    dialog = shown.dialog(OwnPasswordDialog)
    dialog.form.set_values(
        {"password": "sbagliata-del-tutto", "new": "tutta-un-altra-cosa", "again": "tutta-un-altra-cosa"}
    )
    shown.save(dialog)
    assert dialog.form.field("password").accessibleDescription() == "The name or the password is not right."
    dialog.form.field("password").setText(PASSWORD)
    shown.save(dialog)
    session.sign_in(file_desk.home, "administrator", "tutta-un-altra-cosa", clock=file_desk.clock).close()


def test_backup_is_asked_for_and_the_folder_told(shown: Shown) -> None:
    asked: list[bool] = []
    shown.page.backup_requested.connect(lambda: asked.append(True))
    shown.click(shown.page.safety._backup)
    assert asked == [True]
    assert shown.page.safety._last.text() == "No backup has been made yet."


def test_reception_looks_and_is_told_who_may_change(at_reception: Shown) -> None:
    page = at_reception.page
    reason = "You can look at this; coordinator and administrator can change it."
    assert not page.centre.form.isEnabled()
    for key, part in (("centre", page.centre), ("hours", page.hours), ("staff", page.staff), ("safety", page.safety)):
        page.show_section(key)
        assert part._reason.isVisible()
        assert part._reason.text() == reason
    page.show_section("staff")
    assert not page.staff._add.isVisible()
    page.staff.table.select_id(page.staff._model.rows[0].id)
    page.staff.table.activated_id.emit(page.staff._model.rows[0].id)
    assert page.findChildren(Dialog) == []
    assert not page.look.all_desks.isEnabled()


@pytest.mark.parametrize("key", SECTIONS)
def test_everything_has_a_name_for_the_screen_reader(shown: Shown, key: str) -> None:
    shown.page.show_section(key)
    assert shown.page.section() == key
    assert nameless(shown.page) == []


def test_section_is_kept(shown: Shown) -> None:
    shown.page.restore_view("staff")
    assert shown.page.save_view() == "staff"
    shown.page.restore_view("nonsense")
    assert shown.page.save_view() == "staff"
    assert "Ctrl+Z" in shown.page.help_text()


@pytest.mark.parametrize(
    ("name", "login"), [("Èva De Prova", "eva.prova"), ("Anna-Lisa Rossi", "anna.rossi"), ("Ugo", "ugo"), ("", "")]
)
def test_proposed_user_names(name: str, login: str) -> None:
    assert proposed_login(name) == login
