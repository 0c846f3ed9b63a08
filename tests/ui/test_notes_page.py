"""Notes in the window: written, kept by itself, signed, added to, found; nothing stays when the desk is locked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from famdesk.data.failures import DiskFull
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label, Segmented
from famdesk.ui.notes.dialogs import NoteDialog
from famdesk.ui.notes.page import NotesPage
from famdesk.usecases.calendar import calendar
from famdesk.usecases.notes import note_reading, notes
from famdesk.usecases.notes.note_rows import NoteTexts, NoteValues
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from tests.support.offices import Desk
from tests.ui.conftest import nameless

DAY = date(2025, 2, 10)


@pytest.fixture
def office(file_desk: Desk) -> Office:
    return file_desk.sign_in("psychologist")


@pytest.fixture
def runner(office: Office) -> Iterator[Runner]:
    found = Runner(office)
    yield found
    found.close()


@pytest.fixture
def ada(office: Office) -> str:
    return office.run(people.add_person, surname="Rossi", given_name="Ada")


@pytest.fixture
def page(qtbot: QtBot, runner: Runner, office: Office) -> NotesPage:
    found = NotesPage(runner, office)
    qtbot.addWidget(found)
    found.resize(1080, 700)
    return found


def show(qtbot: QtBot, page: NotesPage) -> None:
    page.show()
    settle(qtbot, page)


def settle(qtbot: QtBot, page: NotesPage) -> None:
    qtbot.waitUntil(page.runner.idle)


def dialog_of(page: NotesPage) -> QDialog:
    return next(one for one in page.findChildren(QDialog) if one.isVisible())


def wait_for_lines(qtbot: QtBot, page: NotesPage, count: int) -> None:
    qtbot.waitUntil(lambda: sum(line.choosable for line in page.list.lines()) == count)


def said(office: Office, note_id: str) -> str:
    return office.fetch(note_reading.read, note_id).texts.text


def test_the_first_note_from_the_keyboard(qtbot: QtBot, page: NotesPage, office: Office, ada: str) -> None:
    show(qtbot, page)
    assert page.list.lines() == ()
    page.new_item()
    dialog = dialog_of(page)
    assert isinstance(dialog, NoteDialog)
    assert dialog.form is not None
    finder = dialog.form.field("person_ids").adder
    finder.setFocus()
    qtbot.keyClicks(finder, "ross")
    qtbot.waitUntil(finder.popup_open)
    qtbot.keyClick(finder, Qt.Key.Key_Return)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(page.list.lines()) == 2)
    settle(qtbot, page)
    (row,) = office.fetch(note_reading.mine)
    assert row.person_ids == (ada,)
    qtbot.keyClicks(page.pane.text, "Primo incontro.")
    with qtbot.waitSignal(page.pane.kept, timeout=5000):
        page.pane.text.setFocus()
    assert said(office, row.id) == "Primo incontro."
    assert "Saved at" in " ".join(label.text() for label in page.pane.findChildren(type(page.pane._state)))


def test_what_is_typed_is_kept_when_one_goes_to_another_note_or_away(
    qtbot: QtBot, page: NotesPage, office: Office, ada: str
) -> None:
    first = office.run(notes.start, NoteValues("individual", DAY, (ada,)), NoteTexts("uno"))
    second = office.run(notes.start, NoteValues("individual", DAY, (ada,)), NoteTexts("due"))
    show(qtbot, page)
    for note_id, text in ((first, "uno!"), (second, "due!")):
        page.list.set_current_id(note_id)
        settle(qtbot, page)
        assert page.pane.text.toPlainText() == text[:-1]
        page.pane.text.setPlainText(text)
    page.hide()
    settle(qtbot, page)
    assert (said(office, first), said(office, second)) == ("uno!", "due!")


def test_signed_notes_are_locked_and_get_addenda(qtbot: QtBot, page: NotesPage, office: Office, ada: str) -> None:
    note_id = office.run(notes.start, NoteValues("individual", DAY, (ada,)), NoteTexts("testo"))
    show(qtbot, page)
    assert not page.pane.text.isReadOnly()
    page.pane.sign.click()
    qtbot.keyClick(dialog_of(page), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(page.pane.text.isReadOnly)
    settle(qtbot, page)
    assert office.fetch(note_reading.read, note_id).row.state == "signed"
    assert page.header._subtitle.text().startswith("1 signed note, intact since")
    assert not page.pane.sign.isVisible()
    page.pane.add.click()
    qtbot.waitUntil(lambda: not page.pane.text.isReadOnly())
    settle(qtbot, page)
    assert page.list.lines()[1].detail.startswith("Addendum to note 1")


def test_lines_of_a_group_are_written_each_for_its_person(
    qtbot: QtBot, page: NotesPage, office: Office, ada: str
) -> None:
    bea = office.run(people.add_person, surname="Bianchi", given_name="Bea")
    note_id = office.run(notes.start, NoteValues("group", DAY, (ada, bea)), NoteTexts("tema"))
    show(qtbot, page)
    assert page.pane._lines is not None
    for person_id, text in ((ada, "riga di Ada"), (bea, "riga di Bea")):
        if isinstance(page.pane._lines, Segmented):
            page.pane._lines.set_current(person_id)
        page.pane._lines.chosen.emit(person_id)
        page.pane.text.setPlainText(text)
    page.pane.keep()
    settle(qtbot, page)
    found = office.fetch(note_reading.read, note_id).texts
    assert found == NoteTexts("tema", ((ada, "riga di Ada"), (bea, "riga di Bea")))


def test_words_of_notes_and_names_are_found(qtbot: QtBot, page: NotesPage, office: Office, ada: str) -> None:
    note_id = office.run(notes.start, NoteValues("individual", DAY, (ada,)), NoteTexts("L'altalena è rotta"))
    office.run(notes.start, NoteValues("individual", DAY, private=True), NoteTexts("supervisione"))
    show(qtbot, page)
    for typed, count in (("altalena rott", 1), ("supervis", 1), ("rossi", 1), ("zebra", 0), ("", 2)):
        page.finder.setText(typed)
        wait_for_lines(qtbot, page, count)
    page.finder.setText("altal")
    qtbot.waitUntil(lambda: page.list.current_id() == note_id)


def test_found_words_are_marked_where_they_stand(qtbot: QtBot, page: NotesPage, office: Office, ada: str) -> None:
    bea = office.run(people.add_person, surname="Bianchi", given_name="Bea")
    values = NoteValues("group", DAY, (ada, bea))
    office.run(notes.start, values, NoteTexts("Tema: l’estate.", ((bea, "Perché piange? Perche\u0301 teme."),)))
    office.run(notes.start, NoteValues("individual", DAY, (ada,)), NoteTexts("Altro."))
    show(qtbot, page)
    page.finder.setText("perche")
    wait_for_lines(qtbot, page, 1)
    settle(qtbot, page)
    assert page.list.lines()[-1].detail.endswith("2 times in the text")
    qtbot.waitUntil(lambda: page.pane.text.toPlainText().startswith("Perché"))
    assert [one.cursor.selectedText() for one in page.pane.text.extraSelections()] == ["Perché", "Perche\u0301"]
    first = page.pane.text.textCursor().selectionStart()
    page.marks.go_on()
    assert page.pane.text.textCursor().selectionStart() > first
    page.marks.go_on()
    assert page.pane.text.textCursor().selectionStart() == first
    page.finder.clear()
    wait_for_lines(qtbot, page, 2)
    settle(qtbot, page)
    assert page.pane.text.extraSelections() == []


def test_a_drawing_is_sealed_and_shown_in_the_window(
    qtbot: QtBot, page: NotesPage, office: Office, ada: str, tmp_path: Path
) -> None:
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkCyan)
    picture.save(str(tmp_path / "disegno.png"))
    note_id = office.run(notes.start, NoteValues("individual", DAY, (ada,)), NoteTexts("con disegno"))
    show(qtbot, page)
    page.pane.files.take(str(tmp_path / "disegno.png"))
    qtbot.waitUntil(lambda: len(office.fetch(note_reading.read, note_id).attachments) == 1)
    settle(qtbot, page)
    button = next(one for one in page.pane.files.findChildren(type(page.pane.sign)) if "disegno" in one.text())
    button.click()
    qtbot.waitUntil(lambda: any(one.isVisible() for one in page.findChildren(QDialog)))
    dialog_of(page).close()


def test_no_word_stays_in_the_window_when_nothing_is_shown(
    qtbot: QtBot, page: NotesPage, office: Office, ada: str
) -> None:
    office.run(notes.start, NoteValues("individual", DAY, (ada,)), NoteTexts("segreto"))
    show(qtbot, page)
    assert page.pane.text.toPlainText() == "segreto"
    page.finder.setText("niente di tutto questo")
    qtbot.waitUntil(lambda: page.pane.text.toPlainText() == "")
    assert not page.pane.isVisible()


def test_everything_has_a_name_for_the_screen_reader(qtbot: QtBot, page: NotesPage, office: Office, ada: str) -> None:
    office.run(notes.start, NoteValues("group", DAY, (ada,)), NoteTexts("x"))
    show(qtbot, page)
    assert nameless(page) == []


def test_what_cannot_be_saved_stays_and_is_tried_again(
    qtbot: QtBot, page: NotesPage, office: Office, ada: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = office.run(notes.start, NoteValues("individual", DAY, (ada,)), NoteTexts("uno"))
    second = office.run(notes.start, NoteValues("individual", DAY, (ada,)), NoteTexts("due"))
    show(qtbot, page)
    page.list.set_current_id(first)
    settle(qtbot, page)
    run, errors = office.run, []
    page.failed.connect(errors.append)
    monkeypatch.setattr(office, "run", _no_room)
    page.pane.text.setPlainText("uno, e molto di più")
    page.list.set_current_id(second)
    qtbot.waitUntil(lambda: bool(errors))
    settle(qtbot, page)
    assert page.pane.text.toPlainText() == "due"
    monkeypatch.setattr(office, "run", run)
    page.list.set_current_id(first)
    settle(qtbot, page)
    assert page.pane.text.toPlainText() == "uno, e molto di più"
    qtbot.waitUntil(lambda: said(office, first) == "uno, e molto di più")


def _no_room(*_arguments: object, **_values: object) -> None:
    raise DiskFull


def test_who_reads_a_note_is_shown_and_it_is_taken_back(
    qtbot: QtBot, page: NotesPage, office: Office, ada: str, file_desk: Desk
) -> None:
    note_id = office.run(notes.start, NoteValues("individual", DAY, (ada,)), NoteTexts("testo"))
    (row,) = office.fetch(note_reading.mine)
    office.run(notes.sign, note_id, row.version)
    supervisor = file_desk.sign_in("coordinator").actor
    office.run(notes.share, note_id, supervisor.staff_id, supervisor.pairs.box_public)
    show(qtbot, page)
    page.pane.share.click()
    dialog = dialog_of(page)
    settle(qtbot, page)
    reads = "Prova coordinator: until you take it back"
    assert reads in [label.text() for label in dialog.findChildren(Label) if label.isVisible()]
    assert reads in [label.text() for label in page.pane.readers.findChildren(Label) if label.isVisible()]
    back = next(one for one in dialog.findChildren(ActionButton) if one.text() == "Take back")
    back.click()
    qtbot.waitUntil(lambda: sum(one.isVisible() for one in page.findChildren(QDialog)) == 2)
    question = next(one for one in page.findChildren(QDialog) if one.isVisible() and one is not dialog)
    qtbot.keyClick(question, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: office.fetch(note_reading.readers, note_id) == ())
    settle(qtbot, page)
    assert reads not in [label.text() for label in dialog.findChildren(Label) if label.isVisible()]


def test_a_note_of_todays_appointment_takes_two_keystrokes_and_signing_two(
    qtbot: QtBot, page: NotesPage, office: Office, ada: str
) -> None:
    """Ctrl+N and Ctrl+Enter begin it; Ctrl+Enter twice signs it."""
    appointment_id = office.run(calendar.book, starts=datetime(2025, 2, 11, 11), ends=datetime(2025, 2, 11, 11, 50),
                                kind="other", person_id=ada, staff_id=office.actor.staff_id)  # fmt: skip
    show(qtbot, page)
    page.new_item()
    settle(qtbot, page)
    qtbot.keyClick(dialog_of(page), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.pane.note_id() != "")
    settle(qtbot, page)
    (row,) = office.fetch(note_reading.mine)
    assert (row.appointment_id, row.person_ids, row.minutes) == (appointment_id, (ada,), 50)
    assert (row.day, row.starts) == (date(2025, 2, 11), time(11))
    page.activateWindow()
    page.pane.text.setFocus()
    qtbot.waitUntil(page.pane.text.hasFocus)
    qtbot.keyClicks(page.pane.text, "Colloquio.")
    qtbot.keyClick(page.pane.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in page.findChildren(QDialog)))
    question = dialog_of(page)
    question.activateWindow()  # as every desktop does
    qtbot.waitUntil(lambda: not page.pane.text.hasFocus())
    qtbot.keyClick(question, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: office.fetch(note_reading.read, row.id).row.state == "signed")
    settle(qtbot, page)
    assert said(office, row.id) == "Colloquio."
    assert page.pane._state.text() == "Signed and locked"
    assert page.pane.text.isReadOnly()


def test_the_kind_of_a_new_note_follows_those_whom_it_is_about(
    qtbot: QtBot, page: NotesPage, office: Office, ada: str
) -> None:
    bea = office.run(people.add_person, surname="Bianchi")
    show(qtbot, page)
    page.deeds.new((ada, "Rossi Ada"))
    dialog = dialog_of(page)
    assert isinstance(dialog, NoteDialog)
    assert dialog.form is not None
    settle(qtbot, page)
    field, kind = dialog.form.field("person_ids"), dialog.form.field("kind")
    assert kind.value() == "individual"
    field.set_value([ada, bea])
    field.edited.emit()
    settle(qtbot, page)
    assert kind.value() == "group"
    kind.set_value("team")
    field.set_value([ada])
    field.edited.emit()
    settle(qtbot, page)
    assert kind.value() == "team"
