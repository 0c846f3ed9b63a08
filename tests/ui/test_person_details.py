"""The details tab, the history of a day, and the settings of own fields, in windows over a real home."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.runner import Runner
from famdesk.ui.people.details_dialogs import FlagDialog, SchoolDialog, ValuesDialog
from famdesk.ui.people.details_panel import DetailsPanel
from famdesk.ui.people.history_dialog import HistoryDialog
from famdesk.ui.people.page import PeoplePage
from famdesk.ui.settings.fields_section import FieldDialog, FieldsSection
from famdesk.usecases.centre import centre
from famdesk.usecases.office import Office
from famdesk.usecases.people import custom_fields, flags, people, schooling
from tests.support.offices import Desk
from tests.ui.conftest import nameless

BORN = date(2023, 6, 20)


@pytest.fixture
def office(file_desk: Desk) -> Office:  # type: ignore[override]
    return file_desk.sign_in("coordinator")


@pytest.fixture
def child(office: Office) -> str:
    return office.run(people.add_person, surname="Rossi", given_name="Élise", birth_date=BORN, fictional=True)


def _page(qtbot: QtBot, office: Office) -> PeoplePage:
    made = PeoplePage(Runner(office))
    made.resize(1200, 800)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(made.runner.idle)
    return made


@pytest.fixture
def page(qtbot: QtBot, office: Office) -> Iterator[PeoplePage]:
    made = _page(qtbot, office)
    yield made
    made.runner.close()


def _details(qtbot: QtBot, page: PeoplePage, person_id: str) -> DetailsPanel:
    page.open_person(person_id)
    qtbot.waitUntil(page.runner.idle)
    page.file.choose("details")
    qtbot.waitUntil(page.runner.idle)
    panel = page.file.panel()
    assert isinstance(panel, DetailsPanel)
    return panel


def _dialog(root: QWidget, kind: type[Any]) -> Any:
    found = [dialog for dialog in root.window().findChildren(kind) if isinstance(dialog, QDialog)]
    shown = [dialog for dialog in found if dialog.isVisible()]
    assert len(shown) == 1, [type(dialog).__name__ for dialog in root.window().findChildren(QDialog)]
    return shown[0]


def _save(qtbot: QtBot, runner: Runner, dialog: Dialog) -> None:
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(runner.idle)


def test_the_nursery_of_this_year_is_written_down_and_changed(qtbot: QtBot, page: PeoplePage, child: str) -> None:
    panel = _details(qtbot, page, child)
    panel.add_school.setFocus()
    qtbot.keyClick(panel.add_school, Qt.Key.Key_Return)
    dialog = _dialog(page, SchoolDialog)
    assert dialog.form.value("year") == "2024"  # February 2025
    dialog.form.field("kind").set_value("nursery")
    qtbot.keyClicks(dialog.form.field("school"), "Nido Girasole")
    _save(qtbot, page.runner, dialog)
    line = panel.school.lines()[0]
    assert (line.title, line.detail, line.badge) == (
        "2024/25: Nido Girasole", "Nursery (0–3)", "this year",
    )  # fmt: skip
    assert panel.copy.isHidden()
    panel.school.step(1)
    qtbot.keyClick(panel.school, Qt.Key.Key_Return)
    dialog = _dialog(page, SchoolDialog)
    dialog.form.field("grade").setText("medi")
    _save(qtbot, page.runner, dialog)
    assert panel.school.lines()[0].detail == "Nursery (0–3) · medi"


def test_last_years_school_is_offered_as_a_copy(qtbot: QtBot, page: PeoplePage, child: str, office: Office) -> None:
    office.run(schooling.add_school_year, child, year=2023, kind="nursery", school="Nido Girasole", grade="medi",
               note="da gennaio")  # fmt: skip
    panel = _details(qtbot, page, child)
    assert panel.copy.text() == "Also 2024/25: Nido Girasole"
    qtbot.mouseClick(panel.copy, Qt.MouseButton.LeftButton)
    dialog = _dialog(page, SchoolDialog)
    copied = [dialog.form.value(name) for name in ("year", "school", "grade", "note")]
    assert copied == ["2024", "Nido Girasole", "", ""]
    _save(qtbot, page.runner, dialog)
    assert [line.title[:7] for line in panel.school.lines()] == ["2024/25", "2023/24"]
    assert panel.copy.isHidden()


def test_a_mark_is_added_seen_on_top_and_removed(
    qtbot: QtBot, page: PeoplePage, child: str, office: Office, file_desk: Desk
) -> None:
    panel = _details(qtbot, page, child)
    qtbot.mouseClick(panel.add_flag, Qt.MouseButton.LeftButton)
    dialog = _dialog(page, FlagDialog)
    kind = dialog.form.field("kind")
    kind.setFocus()
    qtbot.waitUntil(kind.hasFocus)
    qtbot.keyClicks(kind, "violence suf")
    qtbot.keyClick(kind, Qt.Key.Key_Return)
    assert dialog.form.value("sensitive") is True
    dialog.form.field("review_on").setText("1/3/2025")
    _save(qtbot, page.runner, dialog)
    assert "Violence suffered" in page.file.identity.badges()
    assert panel.flags.lines()[0].detail == "to be reviewed on 01/03/2025 · sensitive: not for reception"
    file_desk.clock.forward(days=30)
    page.open_person(child)
    qtbot.waitUntil(page.runner.idle)
    assert "Violence suffered, to be reviewed since 01/03/2025" in page.file.identity.badges()
    assert panel.flags.lines()[0].badge == "Review"
    panel.flags.step(1)
    qtbot.keyClick(panel.flags, Qt.Key.Key_Return)
    dialog = _dialog(page, FlagDialog)
    remover = next(one for one in dialog.findChildren(QWidget) if getattr(one, "text", str)().startswith("It no"))
    qtbot.mouseClick(remover, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.runner.idle)
    assert panel.flags.lines() == ()
    assert office.fetch(flags.flags, child) == ()


def test_reception_neither_sees_nor_is_offered_what_is_sensitive(
    qtbot: QtBot, office: Office, child: str, file_desk: Desk
) -> None:
    office.run(flags.add_flag, child, "violence", sensitive=True)
    office.run(flags.add_flag, child, "allergy")
    page = _page(qtbot, file_desk.sign_in("reception"))
    panel = _details(qtbot, page, child)
    assert [line.title for line in panel.flags.lines()] == ["Allergy, emergency medicine"]
    assert not any("iolence" in text for text in page.file.identity.badges())
    panel.add_flag.click()
    dialog = _dialog(page, FlagDialog)
    kind = dialog.form.field("kind")
    kind.setFocus()
    qtbot.waitUntil(kind.hasFocus)
    qtbot.keyClicks(kind, "violence")
    assert not kind.popup_open() or kind.popup_list().lines() == []
    assert not dialog.form.field("sensitive").isVisible()
    page.runner.close()


def test_own_fields_are_defined_filled_and_retired(qtbot: QtBot, page: PeoplePage, child: str, office: Office) -> None:
    section = FieldsSection(page.runner)
    qtbot.addWidget(section)
    section.show()
    section.read(office.fetch(centre.me))
    qtbot.waitUntil(page.runner.idle)
    for name, kind, choices in (("Pediatra", "text", ""), ("Taglia", "number", ""), ("Mensa", "choice", "sì\nno")):
        section.add.click()
        dialog = _dialog(section, FieldDialog)
        dialog.form.field("name").setText(name)
        dialog.form.field("kind").set_value(kind)
        dialog.form.field("choices").setPlainText(choices)
        _save(qtbot, page.runner, dialog)
        section.read(office.fetch(centre.me))
        qtbot.waitUntil(page.runner.idle)
    assert [line.title for line in section.list.lines()] == ["Pediatra", "Taglia", "Mensa"]
    section.list.set_current_id(section.list.lines()[2].id)
    section.up.click()
    qtbot.waitUntil(page.runner.idle)
    assert [line.title for line in section.list.lines()] == ["Pediatra", "Mensa", "Taglia"]

    panel = _details(qtbot, page, child)
    assert [line.detail for line in panel.values.lines()] == ["not known"] * 3
    panel.fill_in.click()
    values = _dialog(page, ValuesDialog)
    fields = {row.name: row.id for row in office.fetch(custom_fields.fields)}
    values.form.field(fields["Pediatra"]).setText("dott.ssa Bianchi")
    values.form.field(fields["Taglia"]).setText("98 e mezzo")
    _save(qtbot, page.runner, values)
    assert values.isVisible()
    assert values.form.field(fields["Taglia"]).accessibleDescription() == "This does not fit the field."
    values.form.field(fields["Taglia"]).setText("98,5")
    values.form.field(fields["Mensa"]).set_value("sì")
    _save(qtbot, page.runner, values)
    assert [line.detail for line in panel.values.lines()] == ["dott.ssa Bianchi", "sì", "98.5"]

    section.list.set_current_id(section.list.lines()[0].id)
    section.retire.click()
    qtbot.waitUntil(page.runner.idle)
    assert section.list.lines()[-1].badge == "no longer asked"
    panel = _details(qtbot, page, child)
    assert (panel.values.lines()[-1].detail, panel.values.lines()[-1].badge) == ("dott.ssa Bianchi", "no longer asked")


def test_who_may_not_change_the_fields_looks_at_them(qtbot: QtBot, office: Office, file_desk: Desk) -> None:
    office.run(custom_fields.add_field, name="Pediatra", kind="text")
    reception = file_desk.sign_in("reception")
    runner = Runner(reception)
    section = FieldsSection(runner)
    qtbot.addWidget(section)
    section.show()
    section.read(reception.fetch(centre.me))
    qtbot.waitUntil(runner.idle)
    assert [line.title for line in section.list.lines()] == ["Pediatra"]
    assert not section.add.isVisible()
    section.list.activated_id.emit(section.list.lines()[0].id)
    assert section.window().findChildren(FieldDialog) == []
    runner.close()


def test_what_was_known_on_a_day(qtbot: QtBot, page: PeoplePage, child: str, office: Office, file_desk: Desk) -> None:
    file_desk.clock.forward(days=10)
    office.run(people.change_person, child, 1, town="Soresina", citizenship="AL", needs_mediator=True)
    page.open_person(child)
    qtbot.waitUntil(page.runner.idle)
    next(action for action in page.actions() if action.data() == "history").trigger()
    qtbot.waitUntil(page.runner.idle)
    dialog = _dialog(page, HistoryDialog)
    assert len(dialog.list.lines()) == 2
    known = {}
    for day in ("10/2/2025", "12/2/2025", "21/2/2025"):
        dialog.day.setFocus()
        dialog.day.selectAll()
        qtbot.keyClicks(dialog.day, day)
        qtbot.keyClick(dialog.day, Qt.Key.Key_Tab)
        qtbot.waitUntil(page.runner.idle)
        known[day] = {line.title: line.detail for line in dialog.list.lines()}, dialog.told()
    assert known["10/2/2025"] == ({}, "There was no file of this person on that day.")
    first, said = known["12/2/2025"]
    assert said == "This is what the file said on 12 February 2025."
    assert (first["Surname"], first["Birth date"], first.get("Town")) == ("Rossi", "20/06/2023", None)
    last = known["21/2/2025"][0]
    assert (last["Town"], last["Citizenship"], last["Mediator needed"]) == ("Soresina", "Albania", "yes")


def test_every_control_has_a_name(qtbot: QtBot, page: PeoplePage, child: str) -> None:
    panel = _details(qtbot, page, child)
    assert nameless(panel) == []
    for opener, kind in ((panel.add_school, SchoolDialog), (panel.add_flag, FlagDialog)):
        opener.click()
        dialog = _dialog(page, kind)
        qtbot.waitUntil(page.runner.idle)
        assert nameless(dialog) == []
        dialog.close()
