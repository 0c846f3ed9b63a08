"""What helps to write notes, and what is given out of them, in the window and by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from famdesk.domain.notes.note_texts import EXPANSION, TEMPLATE
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label
from famdesk.ui.notes.about import AboutChooser
from famdesk.ui.notes.dialogs import NoteDialog
from famdesk.ui.notes.drawing import DrawingDialog
from famdesk.ui.notes.edit import NoteEdit
from famdesk.ui.notes.files import FileDialog
from famdesk.ui.notes.page import NotesPage
from famdesk.ui.notes.paper import PaperDialog
from famdesk.ui.notes.received import ReadingDialog, ReceivedDialog
from famdesk.ui.notes.release_dialog import ReleaseDialog
from famdesk.ui.notes.snippets import SnippetsDialog
from famdesk.ui.notes.surface import COLOURS, Surface
from famdesk.usecases.consent import consenting
from famdesk.usecases.notes import note_reading, note_release, note_snippets, notes
from famdesk.usecases.notes.note_release_rows import Recipient
from famdesk.usecases.notes.note_rows import NoteTexts, NoteValues
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from famdesk.usecases.staff import notices
from tests.support.offices import Desk
from tests.ui.conftest import nameless

DAY = date(2025, 2, 10)
CTRL = Qt.KeyboardModifier.ControlModifier


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
    return office.run(people.add_person, surname="Rossi", given_name="Ada", birth_date=date(1980, 5, 5))


@pytest.fixture
def page(qtbot: QtBot, runner: Runner, office: Office) -> NotesPage:
    found = NotesPage(runner, office)
    qtbot.addWidget(found)
    found.resize(1280, 760)
    return found


def show(qtbot: QtBot, page: NotesPage) -> None:
    page.show()
    settle(qtbot, page)


def settle(qtbot: QtBot, page: NotesPage) -> None:
    qtbot.waitUntil(page.runner.idle)


def focus(qtbot: QtBot, page: NotesPage) -> None:
    page.activateWindow()
    page.pane.text.setFocus()
    qtbot.waitUntil(page.pane.text.hasFocus)


def dialog_of(page: NotesPage, kind: type[QDialog] = QDialog) -> Any:
    return next(one for one in page.window().findChildren(kind) if one.isVisible())


def begun(office: Office, *person_ids: str, said: str = "", kind: str = "individual", day: date = DAY) -> str:
    return office.run(notes.start, NoteValues(kind, day, person_ids), NoteTexts(said))


def sign(office: Office, note_id: str) -> str:
    row = next(one for one in office.fetch(note_reading.mine) if one.id == note_id)
    office.run(notes.sign, note_id, row.version)
    return note_id


def test_a_shortcut_becomes_its_text_and_one_ctrl_z_takes_it_back(
    qtbot: QtBot, page: NotesPage, office: Office, ada: str
) -> None:
    office.run(note_snippets.save, EXPANSION, "/pc", "Primo colloquio.\nPresenti:")
    begun(office, ada)
    show(qtbot, page)
    text = page.pane.text
    text.setFocus()
    qtbot.keyClicks(text, "Oggi /pc ")
    assert text.toPlainText() == "Oggi Primo colloquio.\nPresenti: "
    qtbot.keyClick(text, Qt.Key.Key_Z, CTRL)
    assert text.toPlainText() == "Oggi /pc"
    qtbot.keyClick(text, Qt.Key.Key_Tab)
    assert text.toPlainText() == "Oggi Primo colloquio.\nPresenti:"
    assert text.hasFocus()
    qtbot.keyClicks(text, " 11/02 /x ")
    assert text.toPlainText().endswith("Presenti: 11/02 /x ")
    page.hide()
    page.show()
    page.writing.expander.learn(())
    qtbot.keyClicks(text, "/pc ")
    assert text.toPlainText().endswith("/pc ")


def test_a_note_begins_with_a_template(qtbot: QtBot, page: NotesPage, office: Office, ada: str) -> None:
    show(qtbot, page)
    page.deeds.new((ada, "Rossi Ada"))
    dialog = dialog_of(page, NoteDialog)
    settle(qtbot, page)
    dialog.form.field("template").set_value("first")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "What is asked for:" in page.pane.text.toPlainText())


def test_a_template_is_put_where_one_writes(qtbot: QtBot, page: NotesPage, office: Office, ada: str) -> None:
    office.run(note_snippets.save, TEMPLATE, "Mio", "Accordi:")
    begun(office, ada, said="Prima")
    show(qtbot, page)
    page.pane.text.moveCursor(page.pane.text.textCursor().MoveOperation.End)
    page.writing.template.click()
    action = next(one for one in page.writing.menu.actions() if one.text() == "Mio")
    page.writing.menu.hide()
    action.trigger()
    assert page.pane.text.toPlainText() == "PrimaAccordi:"
    page.pane.text.undo()
    assert page.pane.text.toPlainText() == "Prima"


def test_the_last_note_is_read_beside_and_gives_its_headings(
    qtbot: QtBot, page: NotesPage, office: Office, ada: str
) -> None:
    bea = office.run(people.add_person, surname="Bianchi", given_name="Bea")
    old = office.run(notes.start, NoteValues("group", date(2025, 2, 1), (ada, bea)),
                     NoteTexts("Tema:\nla scuola", ((ada, "Accordi:\ndi Ada"), (bea, "di Bea"))))  # fmt: skip
    sign(office, old)
    draft = begun(office, ada)
    show(qtbot, page)
    page.list.set_current_id(draft)
    settle(qtbot, page)
    assert not page.writing.beside.isVisible()
    focus(qtbot, page)
    qtbot.keyClick(page.pane.text, Qt.Key.Key_F8)
    qtbot.waitUntil(page.writing.beside.isVisible)
    beside = page.writing.beside
    assert beside.text.isReadOnly()
    assert "di Ada" in beside.text.toPlainText()
    assert "Bea" not in beside.text.toPlainText()
    beside.heads.click()
    assert page.pane.text.toPlainText() == "Tema:\n\n\nAccordi:\n"
    assert not beside.take.isEnabled()
    beside.text.selectAll()
    beside.take.click()
    assert page.pane.text.toPlainText().endswith("di Ada")
    beside.close_button.click()
    assert beside.text.toPlainText() == ""
    page.writing.show_last()
    qtbot.waitUntil(beside.isVisible)
    page.list.set_current_id(old)
    settle(qtbot, page)
    assert not beside.isVisible()


def test_lines_of_twelve_are_gone_through_by_keyboard(
    qtbot: QtBot, page: NotesPage, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = [office.run(people.add_person, surname=f"Persona{n:02}", given_name="Ada") for n in range(12)]
    note_id = begun(office, *group, said="comune", kind="group")
    (row,) = office.fetch(note_reading.mine)
    by_name = sorted(zip(row.people, row.person_ids, strict=True))
    said: list[str] = []
    monkeypatch.setattr("famdesk.ui.notes.about.announce", lambda _source, text, **_more: said.append(text))
    show(qtbot, page)
    text = page.pane.text
    focus(qtbot, page)
    for number in range(12):
        qtbot.keyClick(text, Qt.Key.Key_PageDown, CTRL)
        assert said[-1] == f"{by_name[number][0]}, {number + 1} of 12"
        assert text.hasFocus()
        qtbot.keyClicks(text, f"riga {number}")
    qtbot.keyClick(text, Qt.Key.Key_PageDown, CTRL)
    assert text.toPlainText() == "riga 11"
    qtbot.keyClick(text, Qt.Key.Key_PageUp, CTRL)
    assert text.toPlainText() == "riga 10"
    page.pane.keep()
    settle(qtbot, page)
    found = office.fetch(note_reading.read, note_id).texts
    assert found.text == "comune"
    assert dict(found.lines) == {one: f"riga {number}" for number, (_name, one) in enumerate(by_name)}


def test_the_keys_belong_to_the_note_that_is_shown(qtbot: QtBot, page: NotesPage, office: Office, ada: str) -> None:
    bea = office.run(people.add_person, surname="Bianchi", given_name="Bea")
    first, second = begun(office, ada, bea, said="uno", kind="group"), begun(office, ada, bea, said="due", kind="group")
    show(qtbot, page)
    for note_id in (first, second, first):
        page.list.set_current_id(note_id)
        qtbot.waitUntil(lambda wanted=note_id: page.pane.note_id() == wanted)
    qtbot.waitUntil(lambda: len(choosers(page)) == 1)
    focus(qtbot, page)
    qtbot.keyClick(page.pane.text, Qt.Key.Key_PageDown, CTRL)
    (chooser,) = choosers(page)
    assert chooser.current() in {ada, bea}


def choosers(page: NotesPage) -> list[AboutChooser]:
    return [one for one in page.pane.findChildren(AboutChooser) if one.isVisible()]


def test_drawing_is_sealed_with_its_words_and_shown_in_the_window(
    qtbot: QtBot, page: NotesPage, office: Office, ada: str
) -> None:
    note_id = begun(office, ada, said="con disegno")
    show(qtbot, page)
    focus(qtbot, page)
    qtbot.keyClick(page.pane.text, Qt.Key.Key_F7)
    dialog = dialog_of(page, DrawingDialog)
    assert nameless(dialog) == []
    dialog.form.field("words").set_value("La casa di Ada")
    dialog.try_save()
    assert dialog.isVisible()  # nothing drawn yet
    middle = dialog.surface.rect().center()
    qtbot.mousePress(dialog.surface, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseMove(dialog.surface, middle + QPoint(30, 0))
    qtbot.mouseRelease(dialog.surface, Qt.MouseButton.LeftButton, pos=middle)
    assert not dialog.surface.is_empty
    dialog.try_save()
    qtbot.waitUntil(lambda: len(office.fetch(note_reading.read, note_id).attachments) == 1)
    (file,) = office.fetch(note_reading.read, note_id).attachments
    assert (file.name, file.kind) == ("La casa di Ada", "image/png")
    image = QImage.fromData(office.fetch(note_reading.attachment, note_id, file.part_id))
    assert image.pixelColor(image.rect().center()).lightness() < 80


def test_lines_are_rubbed_out_taken_back_and_cleared(qtbot: QtBot) -> None:
    surface = Surface()
    qtbot.addWidget(surface)
    surface.resize(600, 400)
    surface.colour = "red"

    def middle() -> str:
        image = QImage.fromData(surface.png())
        return str(image.pixelColor(image.rect().center()).name())

    surface.begin(QPointF(100, 200))
    surface.go(QPointF(500, 200))
    surface.end()
    assert middle() == COLOURS["red"]
    surface.rubs = True
    surface.begin(QPointF(300, 100))
    surface.go(QPointF(300, 300))
    surface.end()
    assert middle() == "#ffffff"
    surface.undo()
    assert middle() == COLOURS["red"]
    surface.redo()
    assert middle() == "#ffffff"
    surface.clear()
    assert surface.is_empty
    surface.undo()
    assert middle() == "#ffffff"


def test_a_pdf_is_read_inside_the_window(qtbot: QtBot, page: NotesPage, office: Office, ada: str) -> None:
    from famdesk.sheets.post import letter

    one = letter.OneLetter("Ada", "via Prova 1\n26100 Cremona", (), "Oggetto", "Testo", "it")
    data = letter.render(letter.LetterSheet((one,), DAY))
    note_id = begun(office, ada, said="con allegato")
    office.run(notes.attach, note_id, "referto.pdf", "application/pdf", data)
    show(qtbot, page)
    (file,) = office.fetch(note_reading.read, note_id).attachments
    page.pane.files._open(file)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in page.findChildren(FileDialog)))
    from famdesk.ui.kit.papers.pdf_preview import PdfPreview

    shown = dialog_of(page, FileDialog)
    assert "referto" not in shown.windowTitle(), "what a file is called is sealed"
    preview = shown.findChild(PdfPreview)
    assert preview.document.pageCount() == 1


def test_ready_texts_are_kept_changed_and_removed(qtbot: QtBot, page: NotesPage, office: Office) -> None:
    show(qtbot, page)
    page.writing.open_texts()
    dialog = dialog_of(page, SnippetsDialog)
    settle(qtbot, page)
    assert nameless(dialog) == []
    dialog.kind._buttons[EXPANSION].click()
    settle(qtbot, page)
    dialog.new.click()
    dialog.form.field("name").set_value("/pc")
    dialog.form.field("body").set_value("Primo colloquio")
    dialog.keep.click()
    qtbot.waitUntil(lambda: len(office.fetch(note_snippets.snippets, EXPANSION)) == 1)
    settle(qtbot, page)
    dialog.form.field("body").set_value("Primo incontro")
    dialog.keep.click()
    qtbot.waitUntil(lambda: office.fetch(note_snippets.snippets, EXPANSION)[0].body == "Primo incontro")
    settle(qtbot, page)
    assert dialog.isVisible()
    dialog.away.click()
    qtbot.waitUntil(lambda: office.fetch(note_snippets.snippets, EXPANSION) == ())


def test_without_a_consent_the_dialog_stops_and_says_why(
    qtbot: QtBot, page: NotesPage, office: Office, file_desk: Desk, ada: str
) -> None:
    reader = file_desk.sign_in("educator")
    note_id = sign(office, begun(office, ada, said="segreto"))
    show(qtbot, page)
    page.list.set_current_id(note_id)
    settle(qtbot, page)
    page.writing.out.click()
    dialog = dialog_of(page, ReleaseDialog)
    settle(qtbot, page)
    dialog.form.field("staff_id").set_value(reader.actor.staff_id)
    dialog._ask()
    settle(qtbot, page)
    assert dialog.bar.message().text.startswith("Nothing of the notes goes to others before the consent")
    assert not dialog._accept.isEnabled()
    assert nameless(dialog) == []
    with qtbot.waitSignal(page.item_opened) as opened:
        dialog.consents.click()
    assert opened.args == ["consents", ada]
    assert not dialog.isVisible()


def test_a_summary_from_the_note_to_the_colleague_who_reads_it(
    qtbot: QtBot, page: NotesPage, office: Office, file_desk: Desk, ada: str
) -> None:
    """Begun from the signed note, written with a passage taken over, signed, given, read, told, taken back."""
    reader = file_desk.sign_in("educator")
    office.run(consenting.give, ada, "referral", [consenting.Signing("self")], recipient_name="Prova educator")
    note_id = sign(office, begun(office, ada, said="Ada dorme bene. Il resto è suo."))
    show(qtbot, page)
    page.list.set_current_id(note_id)
    settle(qtbot, page)
    page.writing.out.click()
    dialog = dialog_of(page, ReleaseDialog)
    settle(qtbot, page)
    for name, value in (("staff_id", reader.actor.staff_id), ("purpose", "together"), ("until", date(2025, 3, 11))):
        dialog.form.field(name).set_value(value)
    dialog._ask()
    settle(qtbot, page)
    assert dialog.cover.text() == "Covered by the consent of 11/02/2025."
    dialog.try_save()
    qtbot.waitUntil(lambda: page.writing.strip.isVisible() and not page.pane.text.isReadOnly())
    settle(qtbot, page)
    out = page.pane.note_id()
    assert out != note_id
    assert "Ada dorme" not in page.pane.text.toPlainText()
    assert not page.pane.share.isVisible()
    page.writing.strip.sources.click()
    beside = page.writing.beside
    qtbot.waitUntil(lambda: "Ada dorme bene." in beside.text.toPlainText())
    cursor = beside.text.textCursor()
    cursor.setPosition(0)
    cursor.setPosition(len("Ada dorme bene."), cursor.MoveMode.KeepAnchor)
    beside.text.setTextCursor(cursor)
    page.pane.text.moveCursor(cursor.MoveOperation.End)
    beside.take.click()
    page.pane.sign.click()
    qtbot.keyClick(next(one for one in page.findChildren(QDialog) if one.isVisible()), Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(page.pane.text.isReadOnly)
    settle(qtbot, page)
    qtbot.waitUntil(page.writing.strip.give.isVisible)
    page.writing.strip.give.click()
    qtbot.waitUntil(lambda: office.fetch(note_release.of_note, out).given_on is not None)
    settle(qtbot, page)
    assert reader.run(note_release.read, out).texts.text.endswith("Ada dorme bene.")
    assert [one.kind for one in office.fetch(notices.unread)] == ["release_read"]
    assert not page.pane.readers.isVisible(), "who reads it stands above it"
    page.list.set_current_id(note_id)
    told = "Summary of notes for Prova educator, given on 11/02/2025, may be read until 11/03/2025"
    qtbot.waitUntil(lambda: told in [one.text() for one in page.pane.readers.findChildren(Label) if one.isVisible()])
    settle(qtbot, page)
    next(one for one in page.pane.readers.findChildren(ActionButton) if one.text() == "Show").click()
    settle(qtbot, page)
    assert page.pane.note_id() == out
    qtbot.waitUntil(page.writing.strip.back.isVisible)
    page.writing.strip.back.click()
    qtbot.keyClick(dialog_of(page), Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: office.fetch(note_release.of_note, out).ended == "taken_back")


def test_who_got_something_reads_it_in_the_window(
    qtbot: QtBot, page: NotesPage, office: Office, file_desk: Desk, ada: str
) -> None:
    giver = file_desk.sign_in("coordinator")
    office.run(consenting.give, ada, "referral", [consenting.Signing("self")], recipient_name="Prova psychologist")
    from tests.usecases.notes.test_note_release import give, written

    out = written(giver, ada, Recipient(staff_id=office.actor.staff_id), said="Da leggere", kind="report")
    give(giver, out, office)
    show(qtbot, page)
    page.writing.open_received()
    dialog = dialog_of(page, ReceivedDialog)
    settle(qtbot, page)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in dialog.findChildren(ReadingDialog)))
    from famdesk.ui.notes.edit import NoteEdit

    assert dialog.findChild(ReadingDialog).findChild(NoteEdit).toPlainText() == "Da leggere"
    assert [one.kind for one in giver.fetch(notices.unread)] == ["release_read"]
    assert nameless(dialog) == []


def test_a_report_is_shown_as_it_is_printed(
    qtbot: QtBot, page: NotesPage, office: Office, ada: str, tmp_path: Path
) -> None:
    from tests.usecases.notes.test_note_release import written

    out = written(office, ada, Recipient(other_id=ada), said="Testo della relazione", kind="report", until=None)
    show(qtbot, page)
    page.list.set_current_id(out)
    settle(qtbot, page)
    qtbot.waitUntil(page.writing.strip.paper.isVisible)
    page.writing.strip.paper.click()
    dialog = dialog_of(page, PaperDialog)
    qtbot.waitUntil(lambda: bool(dialog.preview.data), timeout=20_000)
    assert dialog.out.marks
    dialog.out.save_to(str(tmp_path / "relazione.pdf"))
    qtbot.waitUntil(lambda: office.fetch(note_release.of_note, out).given_on is not None)


def test_what_helps_to_write_is_for_drafts_alone(qtbot: QtBot, page: NotesPage, office: Office, ada: str) -> None:
    draft, done = begun(office, ada, said="bozza"), sign(office, begun(office, ada, said="firmata"))
    private = office.run(notes.start, NoteValues("individual", DAY, private=True), NoteTexts("mia"))
    show(qtbot, page)
    tools = (page.writing.template, page.writing.last, page.writing.draw, page.writing.out)
    for note_id, wanted in ((draft, (True, True, True, False)), (done, (False, False, False, True)),
                            (private, (True, False, True, False))):  # fmt: skip
        page.list.set_current_id(note_id)
        qtbot.waitUntil(lambda one=note_id: page.pane.note_id() == one)
        assert tuple(tool.isVisible() for tool in tools) == wanted
        if note_id == done:
            for deed in (page.writing.open_drawing, page.writing.show_last, page.writing._on_template):
                deed()
            assert not any(one.isVisible() for one in page.window().findChildren(QDialog))
    assert nameless(page) == []


def test_nothing_stays_beside_when_the_page_goes(qtbot: QtBot, page: NotesPage, office: Office, ada: str) -> None:
    sign(office, begun(office, ada, said="Segreto di ieri"))
    draft = begun(office, ada)
    show(qtbot, page)
    page.list.set_current_id(draft)
    qtbot.waitUntil(lambda: page.pane.note_id() == draft)
    page.writing.show_last()
    qtbot.waitUntil(lambda: "Segreto" in page.writing.beside.text.toPlainText())
    page.hide()
    assert page.writing.beside.text.toPlainText() == ""
    assert page.writing.expander._known == ()


def test_one_writes_on_below_the_first_heading(qtbot: QtBot) -> None:
    field = NoteEdit()
    qtbot.addWidget(field)
    field.setPlainText("Who came:\n\nWhat was asked:\n")
    field.go_to_gap()
    assert field.textCursor().blockNumber() == 1
    field.setPlainText("Summary\nOne session")
    field.go_to_gap()
    assert field.textCursor().atEnd()
