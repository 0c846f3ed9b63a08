"""The register of processing and the log of breaches in the settings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from famdesk.domain.consent.processing import PROPOSALS
from famdesk.ui.kit.papers.sheet_dialog import SheetDialog
from famdesk.ui.kit.runner import Runner
from famdesk.ui.settings.page import SettingsPage
from famdesk.ui.settings.privacy_section import BreachDialog, EntryDialog, PrivacySection
from famdesk.usecases.centre import processing
from famdesk.usecases.office import Office
from tests.support.offices import Desk

CONTROL = Qt.KeyboardModifier.ControlModifier


def _page(qtbot: QtBot, office: Office) -> tuple[SettingsPage, Runner]:
    runner = Runner(office)
    page = SettingsPage(runner, office)
    page.resize(1200, 800)
    qtbot.addWidget(page)
    page.show()
    page.show_section("privacy")
    qtbot.waitUntil(runner.idle)
    return page, runner


@pytest.fixture
def page(qtbot: QtBot, file_desk: Desk) -> Iterator[SettingsPage]:
    made, runner = _page(qtbot, file_desk.office)
    yield made
    runner.close()


def _dialog(page: SettingsPage, kind: type[Any]) -> Any:
    return next(one for one in page.findChildren(kind) if one.isVisible())


def _save(qtbot: QtBot, page: SettingsPage, dialog: Any) -> None:
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(page.runner.idle)


def _press(qtbot: QtBot, page: SettingsPage, text: str) -> None:
    from famdesk.ui.kit.buttons import ActionButton

    section: PrivacySection = page.privacy
    next(one for one in section.findChildren(ActionButton) if one.text() == text).click()
    qtbot.waitUntil(page.runner.idle)


def test_the_register_is_begun_changed_and_printed(qtbot: QtBot, page: SettingsPage) -> None:
    _press(qtbot, page, "Add the proposals")
    assert len(page.privacy.entries.lines()) == len(PROPOSALS)
    page.privacy.entries.step(1)
    qtbot.keyClick(page.privacy.entries, Qt.Key.Key_Return)
    dialog = _dialog(page, EntryDialog)
    dialog.form.field("purpose").set_value("")
    _save(qtbot, page, dialog)
    assert dialog.form.field("purpose").property("wrong")
    dialog.form.field("purpose").set_value("Per accogliere")
    _save(qtbot, page, dialog)
    assert "Per accogliere" in {line.detail for line in page.privacy.entries.lines()}
    _press(qtbot, page, "Print")
    sheet = _dialog(page, SheetDialog)
    qtbot.waitUntil(lambda: sheet.preview.data.startswith(b"%PDF"))


def test_an_entry_is_added_and_removed(qtbot: QtBot, page: SettingsPage) -> None:
    _press(qtbot, page, "Add entry")
    dialog = _dialog(page, EntryDialog)
    dialog.form.set_values({"name": "Ludoteca", "purpose": "Gioco"})
    _save(qtbot, page, dialog)
    assert [line.title for line in page.privacy.entries.lines()] == ["Ludoteca"]
    page.privacy.entries.step(1)
    _press(qtbot, page, "Remove")
    assert page.privacy.entries.lines() == ()


def test_a_breach_is_noted_and_told(qtbot: QtBot, page: SettingsPage) -> None:
    _press(qtbot, page, "Note a breach")
    dialog = _dialog(page, BreachDialog)
    dialog.form.set_values({"found_on": date(2025, 2, 3), "what": "Chiavetta persa"})
    _save(qtbot, page, dialog)
    assert page.privacy.breaches.lines()[0].badge == "72 hours are over"
    page.privacy.breaches.step(1)
    qtbot.keyClick(page.privacy.breaches, Qt.Key.Key_Return)
    dialog = _dialog(page, BreachDialog)
    dialog.form.field("authority_told_on").set_value(date(2025, 2, 1))
    _save(qtbot, page, dialog)
    assert dialog.form.field("authority_told_on").property("wrong")
    dialog.form.field("authority_told_on").set_value(date(2025, 2, 10))
    _save(qtbot, page, dialog)
    assert page.privacy.breaches.lines()[0].badge == "authority told"


def test_others_may_look(qtbot: QtBot, file_desk: Desk) -> None:
    file_desk.office.run(processing.propose)
    page, runner = _page(qtbot, file_desk.sign_in("reception"))
    assert len(page.privacy.entries.lines()) == len(PROPOSALS)
    page.privacy.entries.step(1)
    qtbot.keyClick(page.privacy.entries, Qt.Key.Key_Return)
    assert not [one for one in page.findChildren(EntryDialog) if one.isVisible()]
    assert not page.privacy.breaches.isVisible()
    runner.close()
