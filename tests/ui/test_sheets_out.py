"""Posters of all places, the print register on the screen, and sheets by mail: from the view of the sheets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pytestqt.qtbot import QtBot

from famdesk import resources
from famdesk.data.tx import Tx
from famdesk.domain.errors import RuleError
from famdesk.exchange.profiles import read_profile
from famdesk.i18n import _, using
from famdesk.sheets.collecting import collect
from famdesk.sheets.hours import all_posters
from famdesk.sheets.hours.all_posters import NothingToPrint, OnePoster, PlacesWish
from famdesk.sheets.hours.opening_hours import OpeningHours, PlaceHours
from famdesk.ui.kit.papers.sheet_dialog import SheetDialog
from famdesk.ui.kit.runner import Runner
from famdesk.ui.send_dialog import BODY, SendDialog
from famdesk.ui.sheet_post import SheetPost
from famdesk.ui.sheets.page import SheetsPage
from famdesk.ui.sheets.places_dialog import PlacesDialog
from famdesk.ui.sheets.register_dialog import RegisterDialog
from famdesk.usecases.calendar import calendar
from famdesk.usecases.centre import profiles
from famdesk.usecases.directory import bodies, directory
from famdesk.usecases.directory.bodies import BodyData
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts, people
from famdesk.usecases.post import mail, prints, sheet_mails
from tests.support.mail_server import PASSWORD, Behaviour, certificate, running
from tests.support.offices import Desk
from tests.support.reminders import ACCOUNT, ADDRESS
from tests.ui.conftest import nameless

SLOW = 8_000


@pytest.fixture
def office(file_desk: Desk) -> Office:
    """The coordinator of a centre with Cremona's hours and a mail account."""
    file_desk.office.run(profiles.import_profile, read_profile(resources.path("centres/cremona.toml")))
    office = file_desk.sign_in("coordinator")
    deed: Any = mail.save_account
    office.run(deed, None, "segreto", **ACCOUNT)
    return office


@pytest.fixture
def runner(office: Office) -> Iterator[Runner]:
    made = Runner(office)
    yield made
    made.close()


@pytest.fixture
def page(runner: Runner, qtbot: QtBot) -> SheetsPage:
    made = SheetsPage(runner)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    qtbot.waitUntil(lambda: bool(made.preview.data) and runner.idle(), timeout=SLOW)
    return made


@pytest.fixture
def person(office: Office) -> str:
    found = office.run(people.add_person, surname="Prova", given_name="Lia", language="fr")
    office.run(contacts.add_contact_point, found, kind="mail", value=ADDRESS)
    return found


def _texts(data: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(data)).pages]


def test_one_command_makes_the_posters_of_all_places(page: SheetsPage, office: Office, qtbot: QtBot) -> None:
    page.going_out.print_all()
    dialog = page.findChild(PlacesDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.made is not None, timeout=SLOW)
    points = office.fetch(directory.points)
    assert dialog.made is not None
    assert (dialog.made.count, dialog.made.refused) == (len(points), ())
    first = _texts(dialog.preview.data)
    assert len(first) >= len(points)
    assert nameless(dialog) == []
    dialog.languages["ar"].click()
    dialog.paper._buttons["A3"].click()
    qtbot.waitUntil(lambda: bool(dialog.made and dialog.made.count == 2 * len(points)), timeout=SLOW)
    assert PdfReader(BytesIO(dialog.preview.data)).pages[0].mediabox.width == pytest.approx(842, abs=1)
    for box in dialog.places._boxes.values():
        if "Soresina" in box.text():
            box.click()
    qtbot.waitUntil(lambda: bool(dialog.made and dialog.made.count == 2), timeout=SLOW)
    assert "2 posters" in dialog.told.text()


def test_what_cannot_be_printed_is_told_and_the_rest_is_printed(office: Office) -> None:
    wish = PlacesWish((), ("it", "de"))
    posters = list(office.fetch(all_posters.gather, wish))
    long = OpeningHours("Centro", (PlaceHours("X" * 3000, ()),))
    posters.insert(1, OnePoster("Troppo lungo", "de", long))
    made = all_posters.render(posters, wish)
    assert made.count == len(posters) - 1
    [missing] = made.refused
    assert (missing.place, missing.language) == ("Troppo lungo", "de")
    assert missing.why
    with pytest.raises(NothingToPrint):
        all_posters.render([OnePoster("Troppo lungo", "de", long)], wish)
    with pytest.raises(RuleError):
        office.fetch(all_posters.gather, PlacesWish(("Atlantis",)))


def _printed(office: Office, person: str) -> None:
    starts = datetime(2025, 2, 20, 10, 30)
    booked = office.run(calendar.book, starts=starts, ends=starts + timedelta(hours=1), kind="interview",
                        person_id=person)  # fmt: skip

    def gather(tx: Tx) -> tuple[str, ...]:
        collect.slip(tx, booked)
        return prints.marks(tx)

    office.fetch(prints.done, office.fetch(gather), prints.PRINTED)


def test_the_register_is_read_filtered_and_printed(page: SheetsPage, office: Office, person: str, qtbot: QtBot) -> None:
    _printed(office, person)
    page.going_out.show_register()
    dialog = page.findChild(RegisterDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: len(dialog._model.rows) == 1, timeout=SLOW)
    assert nameless(dialog) == []
    assert dialog._model.rows[0].people == ("Prova Lia",)
    dialog._how.set_value("mailed")
    dialog._how.edited.emit()
    qtbot.waitUntil(lambda: len(dialog._model.rows) == 0, timeout=SLOW)
    dialog._how.set_value(None)
    dialog._shown.click()
    qtbot.waitUntil(lambda: len(dialog._model.rows) == 2, timeout=SLOW)
    dialog._on_print()
    sheet = dialog.findChild(SheetDialog)
    assert sheet is not None
    qtbot.waitUntil(lambda: bool(sheet.preview.data), timeout=SLOW)
    assert "Print register" in _texts(sheet.preview.data)[0]


def _send_dialog(page: SheetsPage, qtbot: QtBot) -> SendDialog:
    page.going_out.send()
    qtbot.waitUntil(lambda: page.findChild(SendDialog) is not None, timeout=SLOW)
    dialog = page.findChild(SendDialog)
    assert dialog is not None
    return dialog


def test_a_sheet_is_put_down_for_a_person(page: SheetsPage, office: Office, person: str, qtbot: QtBot) -> None:
    dialog = _send_dialog(page, qtbot)
    assert nameless(dialog) == []
    assert dialog.form is not None
    dialog.form.field("person").set_value((person, "Prova Lia"))
    dialog._ask()
    qtbot.waitUntil(lambda: dialog.offer() is not None, timeout=SLOW)
    with using("fr"):
        assert _("Good morning,") in dialog.form.value("text")
    dialog.try_save()
    qtbot.waitUntil(lambda: len(office.fetch(sheet_mails.recent)) == 1, timeout=SLOW)


def test_nothing_goes_to_somebody_else_with_the_text_for_the_one_before(
    page: SheetsPage, office: Office, person: str, qtbot: QtBot
) -> None:
    """Who is chosen next may have to be careful: until the gate has answered there is nothing to send."""
    dialog = _send_dialog(page, qtbot)
    assert dialog.form is not None
    dialog.form.field("person").set_value((person, "Prova Lia"))
    dialog._ask()
    qtbot.waitUntil(lambda: dialog.offer() is not None, timeout=SLOW)
    dialog._ask()
    assert dialog.offer() is None
    assert dialog.form.value("text") == ""
    qtbot.waitUntil(lambda: dialog.offer() is not None, timeout=SLOW)
    assert dialog.form.value("text")


def test_a_slip_goes_to_the_person_of_its_appointment(
    page: SheetsPage, office: Office, person: str, qtbot: QtBot
) -> None:
    starts = datetime(2025, 2, 20, 10, 30)
    booked = office.run(calendar.book, starts=starts, ends=starts + timedelta(hours=1), kind="interview",
                        person_id=person)  # fmt: skip
    page.open_item("appointment-slip", booked)
    qtbot.waitUntil(lambda: page.out.key == "appointment-slip" and bool(page.out.marks), timeout=SLOW)
    dialog = _send_dialog(page, qtbot)
    qtbot.waitUntil(lambda: dialog.offer() is not None, timeout=SLOW)
    assert not dialog.whom.isVisible()
    dialog.try_save()
    qtbot.waitUntil(lambda: len(office.fetch(sheet_mails.recent)) == 1, timeout=SLOW)
    rows = office.fetch(prints.register, date(2025, 1, 1), date(2025, 12, 31)).rows
    assert [(row.sheet, row.how, row.people) for row in rows] == [("appointment-slip", "mailed", ("Prova Lia",))]


def test_what_the_rule_forbids_needs_a_reason(page: SheetsPage, office: Office, qtbot: QtBot) -> None:
    person = office.run(people.add_person, surname="Prova", given_name="Lia")
    office.run(contacts.add_contact_point, person, kind="mail", value=ADDRESS, may_write=False)
    dialog = _send_dialog(page, qtbot)
    assert dialog.form is not None
    dialog.form.field("person").set_value((person, "Prova Lia"))
    dialog._ask()
    qtbot.waitUntil(lambda: dialog.form is not None and dialog.form._rows["reason"].problem.wrong, timeout=SLOW)
    dialog.form.field("reason").set_value("lo chiede lei")
    dialog._ask()
    qtbot.waitUntil(lambda: dialog.offer() is not None, timeout=SLOW)
    dialog.try_save()
    qtbot.waitUntil(lambda: len(office.fetch(sheet_mails.recent)) == 1, timeout=SLOW)


def test_somebody_without_an_address_is_told(page: SheetsPage, office: Office, qtbot: QtBot) -> None:
    person = office.run(people.add_person, surname="Prova", given_name="Lia")
    dialog = _send_dialog(page, qtbot)
    assert dialog.form is not None
    dialog.form.field("person").set_value((person, "Prova Lia"))
    dialog._ask()
    qtbot.waitUntil(lambda: dialog.bar.message() is not None, timeout=SLOW)
    assert dialog.offer() is None


def test_a_poster_goes_to_a_body_and_out(
    page: SheetsPage, runner: Runner, office: Office, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pem, how = certificate(tmp_path), Behaviour()
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    body = office.run(bodies.add_body, BodyData(name="Scuola Prova", kind="school", mail="scuola@example.it"))
    with running(how, pem) as server:
        kept = office.fetch(mail.account)
        assert kept is not None
        deed: Any = mail.save_account
        office.run(deed, kept.version, PASSWORD, host=server.host, port=server.port, security=server.security,
                   login=server.login)  # fmt: skip
        post = SheetPost(runner, office)
        dialog = _send_dialog(page, qtbot)
        dialog.whom.set_current(BODY)
        dialog._on_whom(BODY)
        assert dialog.form is not None
        qtbot.waitUntil(lambda: bool(dialog.form and dialog.form.value("text")), timeout=SLOW)
        dialog.form.field("body_id").set_value(body)
        dialog.try_save()
        qtbot.waitUntil(lambda: len(office.fetch(sheet_mails.recent)) == 1, timeout=SLOW)
        with qtbot.waitSignal(post.rested, timeout=SLOW) as rested:
            post.go()
    assert rested.args == [1]
    [(_sender, recipient, message)] = how.taken
    assert recipient == "scuola@example.it"
    [attached] = message.iter_attachments()
    assert attached.get_content() == page.preview.data
    assert [row.state for row in office.fetch(sheet_mails.recent)] == ["sent"]
