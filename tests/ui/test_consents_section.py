"""Settings, Consents: texts in versions, changed by those who lead the centre."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.runner import Runner
from famdesk.ui.settings.consents_section import ConsentsSection, TextDialog, plain
from famdesk.usecases.centre import centre
from famdesk.usecases.consent import consent_texts
from famdesk.usecases.office import Office
from tests.support.offices import Desk
from tests.ui.conftest import nameless


class Shown:
    """The section, read again after each change as the page does."""

    def __init__(self, qtbot: QtBot, office: Office) -> None:
        self.qtbot, self.office = qtbot, office
        self.runner = Runner(office)
        self.section = ConsentsSection(self.runner)
        self.section.language.set_current("it")
        self.errors: list[Exception] = []
        self.section.failed.connect(self.errors.append)
        self.runner.changed.connect(lambda _changes: self.read())
        qtbot.addWidget(self.section)
        self.section.resize(900, 700)
        self.section.show()
        self.read()
        self.wait()

    def read(self) -> None:
        self.section.read(self.office.fetch(centre.me))

    def wait(self) -> None:
        self.qtbot.waitUntil(self.runner.idle)
        assert self.errors == []

    def lines(self) -> list[tuple[str, str]]:
        return [(line.detail.split(" · ")[0], line.badge) for line in self.section.texts.lines()]

    def dialog(self, kind: type[Dialog]) -> Any:
        found = [one for one in self.section.window().findChildren(kind) if one.isVisible()]
        assert len(found) == 1
        return found[0]

    def choose(self, purpose: str, number: int = 0) -> None:
        rows = [row for row in self.section._rows if (row.purpose, row.language) == (purpose, "it")]
        assert self.section.texts.set_current_id(rows[number].id)


@pytest.fixture
def shown(qtbot: QtBot, file_desk: Desk) -> Iterator[Shown]:
    made = Shown(qtbot, file_desk.sign_in("coordinator"))
    yield made
    made.runner.close()


def test_proposed_texts_are_taken_over_and_read(shown: Shown) -> None:
    assert shown.lines() == []
    shown.qtbot.mouseClick(shown.section._missing, Qt.MouseButton.LeftButton)
    shown.wait()
    assert shown.lines() == [("version 1", "In use")] * 7
    assert not shown.section._missing.isVisible()
    shown.choose("privacy")
    assert "## " not in shown.section.shown.text()
    assert "• Nome, data di nascita" in shown.section.shown.text()
    detail = shown.section.texts.lines()[0].detail
    assert detail.endswith("3 places to fill in")
    assert nameless(shown.section) == []


def test_a_new_version_is_written_and_put_into_use(shown: Shown) -> None:
    shown.office.run(consent_texts.place_proposals)
    shown.read()
    shown.wait()
    shown.choose("photo")
    shown.section._new.click()
    dialog = shown.dialog(TextDialog)
    assert dialog.form.value("title") == "Consenso a foto e video", "one begins with what is in use"
    dialog.form.field("body").set_value("")
    dialog.try_save()
    assert dialog.isVisible()
    dialog.form.field("body").set_value("Acconsento alle foto in {centre}.")
    dialog.try_save()
    shown.wait()
    shown.choose("photo", 0)
    assert not shown.section._new.isVisible(), "there is a draft already"
    shown.section._use.click()
    question = shown.dialog(Dialog)
    question.try_save()
    shown.wait()
    rows = [row for row in shown.section._rows if (row.purpose, row.language) == ("photo", "it")]
    assert [(row.number, row.state) for row in rows] == [(2, "in_use"), (1, "retired")]
    assert rows[0].body == "Acconsento alle foto in {centre}."


def test_a_draft_is_changed_and_dropped(shown: Shown) -> None:
    shown.office.run(consent_texts.place_proposals)
    shown.office.run(consent_texts.write_draft, "news", "it", "Notizie", "Sì.")
    shown.read()
    shown.wait()
    shown.choose("news")
    shown.section.texts.activated_id.emit(shown.section.texts.current_id())
    dialog = shown.dialog(TextDialog)
    dialog.form.field("title").set_value("Notizie del centro")
    dialog.try_save()
    shown.wait()
    row = shown.section.current()
    assert row is not None
    assert (row.title, row.state) == ("Notizie del centro", "draft")
    shown.section._drop.click()
    shown.wait()
    assert all(row.state == "in_use" for row in shown.section._rows)


def test_others_may_look(qtbot: QtBot, file_desk: Desk) -> None:
    file_desk.sign_in("coordinator").run(consent_texts.place_proposals)
    looking = Shown(qtbot, file_desk.sign_in("reception"))
    assert len(looking.lines()) == 7
    assert looking.section._reason.isVisible()
    for one in (looking.section._new, looking.section._edit, looking.section._use, looking.section._missing):
        assert not one.isVisible()
    looking.runner.close()


def test_marks_are_not_shown() -> None:
    assert plain("## Foto\n- una\nfine") == "Foto\n• una\nfine"
