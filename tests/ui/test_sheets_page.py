"""The view of the sheets: the real PDF in the preview, on disk and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from famdesk import resources
from famdesk.exchange.profiles import read_profile
from famdesk.i18n import FAMILY_LANGUAGES, formats
from famdesk.ui.kit.messages import Message
from famdesk.ui.kit.papers.print_dialog import PrintDialog
from famdesk.ui.kit.runner import Runner
from famdesk.ui.sheets.page import SheetsPage
from famdesk.usecases.calendar import calendar
from famdesk.usecases.centre import looks, profiles
from famdesk.usecases.centre.looks import LookValues
from famdesk.usecases.directory import directory, hours
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from famdesk.usecases.post import prints
from tests.support import fake_printers
from tests.support.fake_printers import FakePrinters
from tests.support.offices import Desk
from tests.ui.conftest import nameless

SLOW = 20_000


@pytest.fixture
def office(file_desk: Desk) -> Office:  # type: ignore[override]
    """The coordinator of a centre with Cremona's hours."""
    file_desk.office.run(profiles.import_profile, read_profile(resources.path("centres/cremona.toml")))
    return file_desk.sign_in("coordinator")


@pytest.fixture
def runner(office: Office) -> Iterator[Runner]:
    made = Runner(office)
    yield made
    made.close()


@pytest.fixture
def page(runner: Runner, qtbot: QtBot) -> SheetsPage:
    made = SheetsPage(runner)
    qtbot.addWidget(made)
    made.resize(1100, 720)
    made.show()
    settle(made, qtbot)
    return made


def settle(page: SheetsPage, qtbot: QtBot) -> None:
    """Waits until the preview shows what the options say."""
    qtbot.waitUntil(lambda: not page.live.pending and page.runner.idle(), timeout=SLOW)


def text(page: SheetsPage) -> str:
    """What stands on the first page of the preview."""
    return " ".join(str(page.preview.document.getAllText(0).text()).split())


def tick(page: SheetsPage, qtbot: QtBot, name: str) -> None:
    box = next(box for box in page.options.places._boxes.values() if box.text() == name)
    box.click()
    settle(page, qtbot)


def choose_language(page: SheetsPage, qtbot: QtBot, which: str, code: str) -> None:
    """Chooses as the popup does when a line of it is taken."""
    field = getattr(page.options.languages, which)
    field.set_value(code)
    field.edited.emit()
    settle(page, qtbot)


def test_the_poster_of_all_places_comes_first(page: SheetsPage) -> None:
    assert page.sheet() == "opening-hours"
    assert page.preview.document.pageCount() == 1
    for words in ("piazza Giovanni XXIII", "Soresina", "Civico 81"):
        assert words in text(page)


def test_an_option_changes_the_preview(page: SheetsPage, qtbot: QtBot) -> None:
    tick(page, qtbot, "Soresina")
    assert "Soresina" in text(page)
    assert "Civico 81" not in text(page)
    choose_language(page, qtbot, "_first", "de")
    assert "Öffnungszeiten" in text(page)
    before = page.preview.document.pagePointSize(0)
    page.options._paper._buttons["A3"].click()
    settle(page, qtbot)
    after = page.preview.document.pagePointSize(0)
    assert after.width() == pytest.approx(before.height(), abs=1)


def test_the_newest_wish_wins(page: SheetsPage, qtbot: QtBot) -> None:
    for paper in ("A3", "A4", "A3", "A4"):
        page.options._paper._buttons[paper].click()
        page._make()
    settle(page, qtbot)
    assert page.preview.document.pagePointSize(0).width() == pytest.approx(595, abs=1)


def test_a_changed_hour_is_on_the_poster_at_once(page: SheetsPage, office: Office, qtbot: QtBot) -> None:
    point = next(row for row in office.fetch(directory.points) if row.name == "Soresina")
    page.runner.run(hours.add_rules, point.id, weekdays=(5,), opens=time(9, 15), closes=time(11, 45))
    settle(page, qtbot)
    qtbot.waitUntil(lambda: "9:15" in PdfReader(BytesIO(page.preview.data)).pages[0].extract_text(), timeout=SLOW)


def test_what_is_shown_is_what_is_saved(page: SheetsPage, qtbot: QtBot, tmp_path: Path) -> None:
    told: list[Message] = []
    page.message.connect(told.append)
    page.save()
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.selectedFiles()[0].endswith("opening-hours.pdf")
    dialog.close()
    page.out.save_to(str(tmp_path / "p.pdf"))
    settle(page, qtbot)
    assert (tmp_path / "p.pdf").read_bytes() == page.preview.data
    assert [message.text for message in told] == ["Saved"]


def _job(page: SheetsPage, printers: FakePrinters, qtbot: QtBot) -> tuple[list[str], bytes]:
    """Prints what is shown and gives what the printer got."""
    page.print_now()
    dialog = page.findChild(PrintDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: not dialog._printers.running(), timeout=SLOW)
    with qtbot.waitSignal(dialog.printed, timeout=SLOW):
        dialog.try_save()
    return printers.jobs()[-1]


def test_what_is_shown_is_what_is_printed(
    page: SheetsPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printers = fake_printers.install(tmp_path, monkeypatch)
    told: list[Message] = []
    page.message.connect(told.append)
    arguments, data = _job(page, printers, qtbot)
    assert data == page.preview.data
    assert arguments[arguments.index("-t") + 1] == "Opening hours"
    assert [message.text for message in told] == ["Sent to the printer"]


def test_a_sheet_with_people_goes_into_the_register_first(
    page: SheetsPage, office: Office, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printers = fake_printers.install(tmp_path, monkeypatch)
    person = office.run(people.add_person, surname="Prova", given_name="Lia")
    starts = datetime(2025, 2, 20, 10, 30)
    booked = office.run(
        calendar.book, starts=starts, ends=starts + timedelta(minutes=45), kind="interview", person_id=person
    )
    page.open_item("appointment-slip", booked)
    settle(page, qtbot)
    qtbot.waitUntil(lambda: page.out.key == "appointment-slip", timeout=SLOW)
    arguments, _data = _job(page, printers, qtbot)
    assert "Prova" not in " ".join(arguments)
    page.out.save_to(str(tmp_path / "s.pdf"))
    settle(page, qtbot)
    rows = office.fetch(prints.register, date(2025, 1, 1), date(2025, 12, 31)).rows
    assert [(row.sheet, row.how, row.people) for row in rows] == [
        ("appointment-slip", "saved", ("Prova Lia",)), ("appointment-slip", "printed", ("Prova Lia",)),
    ]  # fmt: skip


def test_the_print_dialog_does_not_block(page: SheetsPage, qtbot: QtBot) -> None:
    page.print_now()
    dialog = page.findChild(PrintDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.reject()


def test_the_slip_appears_when_it_is_asked_for(page: SheetsPage, office: Office, qtbot: QtBot) -> None:
    assert "appointment-slip" not in [line.id for line in page.list.lines()]
    person = office.run(people.add_person, surname="Prova", given_name="Lia")
    starts = datetime(2025, 2, 20, 10, 30)
    booked = office.run(
        calendar.book, starts=starts, ends=starts + timedelta(minutes=45), kind="interview", person_id=person
    )
    page.open_item("appointment-slip", booked)
    settle(page, qtbot)
    assert page.sheet() == "appointment-slip"
    assert "10:30" in text(page)
    page.open_item("day_sheet", "2025-02-20")
    settle(page, qtbot)
    assert page.sheet() == "day-sheet"
    assert "10:30" in text(page)


def test_a_poster_of_one_place(page: SheetsPage, office: Office, qtbot: QtBot) -> None:
    point = office.fetch(directory.points)[0]
    page.open_item("opening-hours", point.id)
    settle(page, qtbot)
    assert page.options.places.chosen() == (point.id,)
    assert "Civico 81" not in text(page)


def test_a_sheet_that_cannot_be_made_is_told_instead_of_the_old_one(page: SheetsPage, qtbot: QtBot) -> None:
    page.open_item("appointment-slip", "nobody")
    settle(page, qtbot)
    assert page.preview.data == b""
    page.print_now()
    assert page.findChild(PrintDialog) is None


def test_the_chosen_sheet_survives_a_restart(page: SheetsPage, runner: Runner, qtbot: QtBot) -> None:
    page.open_item("day-sheet", "")
    settle(page, qtbot)
    other = SheetsPage(runner)
    qtbot.addWidget(other)
    other.restore_view(page.save_view())
    assert other.sheet() == "day-sheet"


def test_everything_that_takes_the_focus_has_a_name(page: SheetsPage) -> None:
    assert nameless(page) == []


def test_the_calendar_is_printed_as_it_was_seen(page: SheetsPage, office: Office, qtbot: QtBot) -> None:
    starts = datetime(2025, 2, 13, 9)
    person = office.run(people.add_person, surname="Prova", given_name="Lia")
    office.run(calendar.book, starts=starts, ends=starts + timedelta(hours=1), kind="interview", person_id=person,
               staff_id=office.actor.staff_id)  # fmt: skip
    page.open_item("calendar", '{"mode": "month", "day": "2025-02-13", "filters": {}}')
    settle(page, qtbot)
    qtbot.waitUntil(lambda: "February 2025" in text(page), timeout=SLOW)
    assert "busy" in text(page)
    assert "Prova Lia" not in text(page)
    assert page.preview.document.pagePointSize(0).width() == pytest.approx(842, abs=1)
    page.options.calendar._names.click()
    settle(page, qtbot)
    qtbot.waitUntil(lambda: "Interview" in text(page), timeout=SLOW)
    assert "Contains personal data" in text(page)
    assert page.options.calendar.wish().mode == "month"
    page.options.calendar._whose.set_value(f"staff:{office.actor.staff_id}")
    page.options.edited.emit()
    settle(page, qtbot)
    qtbot.waitUntil(lambda: "Prova coordinator" in text(page), timeout=SLOW)
    page.options.calendar._paper.set_value("upright")
    page.options.edited.emit()
    settle(page, qtbot)
    qtbot.waitUntil(lambda: page.preview.document.pagePointSize(0).width() < 600, timeout=SLOW)


def test_the_calendar_is_offered_to_those_who_see_it(file_desk: Desk, qtbot: QtBot) -> None:
    from famdesk.ui.sheets import making

    assert making.offered("calendar", "reception", "")
    assert not making.offered("calendar", "administrator", "")


def test_a_family_reads_its_own_language(page: SheetsPage, office: Office, qtbot: QtBot) -> None:
    person = office.run(people.add_person, surname="Prova", given_name="Lia", language="ar")
    starts = datetime(2025, 2, 20, 10, 30)
    booked = office.run(
        calendar.book, starts=starts, ends=starts + timedelta(minutes=45), kind="interview", person_id=person
    )
    page.open_item("appointment-slip", booked)
    settle(page, qtbot)
    assert page.options.languages.first() == "ar"
    qtbot.waitUntil(lambda: formats.weekday(4, "ar") in text(page), timeout=SLOW)
    choose_language(page, qtbot, "_second", "it")
    assert formats.weekday(4, "it") in text(page)
    page.open_item("day_sheet", "2025-02-20")
    settle(page, qtbot)
    assert page.options.languages.first() == "en"
    assert not page.options.languages._second.isVisible()


def test_a_family_whose_language_no_sheet_has_reads_that_of_the_desk(
    page: SheetsPage, office: Office, qtbot: QtBot
) -> None:
    person = office.run(people.add_person, surname="Prova", given_name="Lia", language="zh")
    starts = datetime(2025, 2, 20, 10, 30)
    booked = office.run(
        calendar.book, starts=starts, ends=starts + timedelta(minutes=45), kind="interview", person_id=person
    )
    choose_language(page, qtbot, "_first", "uk")
    page.open_item("appointment-slip", booked)
    settle(page, qtbot)
    assert page.options.languages.first() == "en"


def test_two_languages_are_never_the_same(page: SheetsPage, qtbot: QtBot) -> None:
    choose_language(page, qtbot, "_first", "it")
    choose_language(page, qtbot, "_second", "uk")
    assert "Години роботи" in text(page)
    assert "Orari di apertura" in text(page)
    choose_language(page, qtbot, "_first", "uk")
    assert page.options.languages.second() == ""
    assert "Orari di apertura" not in text(page)


def test_languages_are_named_in_both_scripts(page: SheetsPage) -> None:
    labels = {choice.code: choice.label for choice in page.options.languages._first._choices}
    assert len(labels) == len(FAMILY_LANGUAGES)
    assert labels["ar"] == "\u200eالعربية – Arabic"  # with the mark it stands on the left, as all the others
    assert labels["uk"] == "Українська – Ukrainian"
    assert labels["en"] == "English"


def test_orientation_slip_of_a_service_before_the_services_are_read(
    runner: Runner, office: Office, qtbot: QtBot
) -> None:
    service = next(row for row in office.fetch(directory.services) if row.state != "past")
    made = SheetsPage(runner)
    qtbot.addWidget(made)
    made.open_item("orientation-slip", service.id)
    made.show()
    settle(made, qtbot)
    qtbot.waitUntil(lambda: service.name.split()[0] in text(made), timeout=SLOW)
    assert made.options.papers.wish().services == (service.id,)


def test_of_a_quick_series_only_the_last_is_made(
    page: SheetsPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    real = page.live._render

    def render(content: object, wish: object) -> bytes:
        made.append(wish.paper)  # type: ignore[attr-defined]
        return real(content, wish)

    monkeypatch.setattr(page.live, "_render", render)
    shown = page.preview.data
    for paper in ("A3", "A4", "A3", "A4", "A3"):
        page.options._paper._buttons[paper].click()
        assert page.preview.data == shown, "the sheet before stays until the new one is there"
    settle(page, qtbot)
    assert made == ["A3"]
    assert page.preview.document.pagePointSize(0).width() == pytest.approx(842, abs=1)


def test_what_is_saved_is_what_is_wished_by_now(page: SheetsPage, qtbot: QtBot) -> None:
    """Whoever changes an option and prints or saves at once does not get the sheet before."""
    page.options._paper._buttons["A3"].click()
    page.save()
    assert page.findChild(QFileDialog) is None
    settle(page, qtbot)
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    dialog.close()
    assert page.preview.document.pagePointSize(0).width() == pytest.approx(842, abs=1)


def test_sheets_are_made_in_the_look_of_the_centre(page: SheetsPage, qtbot: QtBot) -> None:
    page.runner.run(looks.save_look, 0, LookValues("#7a1f5c", "Comune di Prova"))
    settle(page, qtbot)
    qtbot.waitUntil(lambda: "Comune di Prova" in text(page), timeout=SLOW)
    page.runner.undo()
    qtbot.waitUntil(lambda: "Comune di Prova" not in text(page), timeout=SLOW)
