"""The person form with what people really type, and with what nobody should: each field keeps it or says a sentence."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from famdesk.domain.people import tax_code
from famdesk.domain.people.birth import Birth
from famdesk.ui.kit.birth_field import BirthField
from famdesk.ui.kit.choices_field import ChoicesField
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import DateField
from famdesk.ui.kit.popup import ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.people.page import PeoplePage
from famdesk.ui.people.person_dialog import PersonDialog, prefilled
from famdesk.ui.people.person_form import KEEP
from famdesk.usecases.intake import drafts
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from famdesk.usecases.people.person_rows import PersonFile
from tests.support.offices import Desk
from tests.ui.conftest import nameless

HOSTILE = {
    "ten thousand characters": "Ng" * 5_000,
    "emoji": "👨‍👩‍👧 Zoë 🏳️‍🌈",
    "right to left": "محمد بن عبد الله",
    "right-to-left override": "Anna \u202eirossiR",
    "NUL": "Ro\0ssi",
    "several lines": "Rossi\nBianchi\u2028Verdi",
    "combining marks": "Nguye\u0302\u0303n",
    "markup": "<b>Anna</b> & 'DROP TABLE person'; --",
    "a day to come": "31/12/2098",
}


@pytest.fixture
def office(file_desk: Desk) -> Office:  # type: ignore[override]
    return file_desk.sign_in("reception")


@pytest.fixture
def page(qtbot: QtBot, office: Office) -> Iterator[PeoplePage]:
    made = PeoplePage(Runner(office))
    made.resize(1200, 800)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(made.runner.idle)
    yield made
    made.runner.close()


def _new(qtbot: QtBot, page: PeoplePage, searched: str) -> PersonDialog:
    """Search first, then the form: as people come to it."""
    page.found.search.setFocus()
    qtbot.keyClicks(page.found.search, searched)
    qtbot.waitUntil(lambda: not page.found.search.waiting() and page.runner.idle())
    page.add_person.trigger()
    return _shown(qtbot, page)


def _edit(qtbot: QtBot, page: PeoplePage, person_id: str) -> PersonDialog:
    page.open_person(person_id)
    qtbot.waitUntil(page.runner.idle)
    next(action for action in page.actions() if action.data() == "edit").trigger()
    return _shown(qtbot, page)


def _shown(qtbot: QtBot, page: PeoplePage) -> PersonDialog:
    qtbot.waitUntil(page.runner.idle)
    found = [one for one in page.findChildren(PersonDialog) if isinstance(one, QDialog) and one.isVisible()]
    assert len(found) == 1
    return found[0]


def _save(qtbot: QtBot, page: PeoplePage, dialog: Dialog) -> None:
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(page.runner.idle)


def _fill(qtbot: QtBot, editor: QWidget, text: str) -> None:
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    qtbot.keyClicks(editor, text)


def _file(page: PeoplePage) -> PersonFile:
    found = page.shown_file()
    assert found is not None
    return found


def _focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def _code(surname: str, given: str, rest: str) -> str:
    first = tax_code.surname_letters(surname) + tax_code.given_letters(given) + rest
    return first + tax_code.check_character(first)


def test_an_anonymous_adult_comes_in_by_alias_alone_with_the_keyboard(qtbot: QtBot, page: PeoplePage) -> None:
    dialog = _new(qtbot, page, "nonna")
    form = dialog.form
    assert not form.is_open()
    shown = [name for name in ("surname", "given_name", "alias", "birth_date", "phone", "mail", "language", "tax_code")
             if form.field(name).isVisible()]  # fmt: skip
    assert shown == ["surname", "given_name", "alias", "birth_date", "phone", "mail"]
    form.field("surname").clear()
    form.field("surname").setFocus()
    qtbot.waitUntil(form.field("surname").hasFocus)
    for _step in range(2):
        qtbot.keyClick(_focused(), Qt.Key.Key_Tab)
    assert _focused() is form.field("alias")
    qtbot.keyClicks(_focused(), "Nonna Lia")
    _save(qtbot, page, dialog)
    file = _file(page)
    assert (file.surname, file.given_name, file.label, file.public_label) == (None, None, "Nonna Lia", "Nonna Lia")
    assert (file.birth_date, file.birth_part, file.tax_code) == (None, None, None)
    assert page.file.identity.badges() == ["Privacy notice not given yet"]


def test_a_pregnant_woman_without_a_tax_code(qtbot: QtBot, page: PeoplePage) -> None:
    dialog = _new(qtbot, page, "Shembulli Arta")
    form = dialog.form
    assert (form.value("surname"), form.value("given_name")) == ("Shembulli", "Arta")
    _fill(qtbot, form.field("birth_date"), "circa 1998")
    assert "counted as 1998" in form.field("birth_date").accessibleDescription()
    form.all_details.setFocus()
    qtbot.keyClick(form.all_details, Qt.Key.Key_Return)
    assert form.is_open()
    assert _focused() is form.field("language")
    for name, typed in (("language", "alb"), ("citizenship", "alban")):
        _fill(qtbot, form.field(name), typed)
        qtbot.keyClick(form.field(name), Qt.Key.Key_Return)
    adder = form.field("languages").adder
    for typed in ("ital", "greek"):
        _fill(qtbot, adder, typed)
        qtbot.keyClick(adder, Qt.Key.Key_Return)
    _fill(qtbot, form.field("town"), "Soresina")
    form.field("due_on")._today = lambda: date(2025, 2, 11)
    _fill(qtbot, form.field("due_on"), "12/6/2025")
    _save(qtbot, page, dialog)
    file = _file(page)
    assert (file.birth_date, file.birth_part, file.birth_text) == (None, "1998", "circa 1998")
    assert (file.language, file.languages, file.citizenship, file.tax_code) == ("sq", "it el", "AL", None)
    assert (file.town, file.municipality, file.due_on) == ("Soresina", "019098", date(2025, 6, 12))
    assert page.file.identity.badges() == [
        "child expected on 12/06/2025, week 22", "Albanian, Italian, Greek", "Privacy notice not given yet",
    ]  # fmt: skip
    spoken = page.file.identity.spoken()
    assert "circa 1998 (26–27 years)" in spoken
    assert "Albania" in spoken


@pytest.mark.parametrize("name", [
    pytest.param(name, marks=[] if name == "NUL" else [pytest.mark.slow]) for name in sorted(HOSTILE)
])  # fmt: skip
def test_every_field_keeps_it_or_says_a_sentence(qtbot: QtBot, page: PeoplePage, office: Office, name: str) -> None:
    value = HOSTILE[name]
    person = office.run(people.add_person, surname="Verdi", given_name="Anna", fictional=True)
    dialog = _edit(qtbot, page, person)
    fields = [row for row in dialog.form.values() if row != KEEP]
    dialog.form.set_values({})
    dialog.reject()
    for field in fields:
        before = office.fetch(people.person, person)
        dialog = _edit(qtbot, page, person)
        editor = _typed_into(dialog, field)
        _type(editor, value)
        _save(qtbot, page, dialog)
        if isValid(dialog) and dialog.isVisible():
            shown = editor.toPlainText() if isinstance(editor, QPlainTextEdit) else editor.text()
            wrong = dialog.form.field(field)
            assert wrong.property("wrong"), f"{field}: nothing is said there"
            assert wrong.accessibleDescription().endswith((".", "?")), field
            assert shown == _as_kept(editor, value), f"{field}: what was typed is gone"
            assert office.fetch(people.person, person).version == before.version
            dialog.form.set_values({})
            dialog.draft.drop()
            dialog.reject()
        else:
            kept = office.fetch(people.person, person)
            assert _kept_in(kept, field, value), f"{field}: {value[:30]!r} is not kept"
        qtbot.waitUntil(page.runner.idle)


def _typed_into(dialog: PersonDialog, field: str) -> Any:
    editor = dialog.form.field(field)
    return editor.adder if isinstance(editor, ChoicesField) else editor


def _type(editor: Any, value: str) -> None:
    """As if it had been pasted."""
    if isinstance(editor, QPlainTextEdit):
        editor.setPlainText(value)
    elif isinstance(editor, QLineEdit):
        editor.setText(value)
        editor.textEdited.emit(value)
    else:
        editor.set_value(True)


def _as_kept(editor: QWidget, value: str) -> str:
    """What an editor can hold of a text; a text of several lines knows one kind of line end."""
    if isinstance(editor, (DateField, BirthField)) and value == HOSTILE["a day to come"]:
        return value
    return value.replace("\u2028", "\n") if isinstance(editor, QPlainTextEdit) else value


def _kept_in(file: PersonFile, field: str, value: str) -> bool:
    if field == "needs_mediator":
        return file.needs_mediator
    if field == "note":
        wanted = value.replace("\u2028", "\n")
    else:
        wanted = " ".join(value.replace("\n", " ").replace("\u2028", " ").split())
    wanted = unicodedata.normalize("NFC", wanted)
    held = file.birth_text if field == "birth_date" else getattr(file, field, None)
    days = {"died_on": file.died_on, "due_on": file.due_on, "birth_date": file.birth_date}
    return wanted == held or (field in days and days[field] == date(2098, 12, 31))


@pytest.mark.parametrize("name", ["ten thousand characters", "emoji", "NUL", "right to left", "markup"])
@pytest.mark.parametrize("field", ["phone", "mail"])
def test_a_number_that_cannot_be_is_told_at_its_field(
    qtbot: QtBot, page: PeoplePage, office: Office, field: str, name: str
) -> None:
    dialog = _new(qtbot, page, "Rossi Anna")
    _type(dialog.form.field(field), HOSTILE[name])
    _save(qtbot, page, dialog)
    assert dialog.isVisible()
    assert dialog.form.field(field).property("wrong")
    assert dialog.form.field(field).text() == HOSTILE[name]
    assert office.fetch(people.find_persons, "Rossi") == ()
    dialog.form.field(field).clear()
    _save(qtbot, page, dialog)
    assert _file(page).surname == "Rossi"


def test_a_birth_in_the_future_is_told_at_the_field_and_the_rest_stays(qtbot: QtBot, page: PeoplePage) -> None:
    dialog = _new(qtbot, page, "Rossi Anna")
    _fill(qtbot, dialog.form.field("phone"), "0372 407788")
    dialog.form.field("birth_date").set_value(Birth(part="2098"))
    _save(qtbot, page, dialog)
    assert dialog.form.field("birth_date").accessibleDescription() == "The birth date lies in the future."
    assert (dialog.form.value("surname"), dialog.form.value("phone")) == ("Rossi", "0372 407788")
    dialog.form.field("birth_date").set_value(Birth(part="1987"))
    _save(qtbot, page, dialog)
    assert (_file(page).birth_part, _file(page).contacts[0].value) == ("1987", "0372 407788")


def test_the_tax_code_of_another_person_is_told_and_can_be_kept(qtbot: QtBot, page: PeoplePage, office: Office) -> None:
    code = _code("Martini", "Matteo", "91D08F205")
    office.run(people.add_person, surname="Martini", given_name="Matteo", tax_code=code)
    dialog = _new(qtbot, page, "Verdi Anna")
    dialog.form.open_all()
    _fill(qtbot, dialog.form.field("tax_code"), code.lower())
    qtbot.waitUntil(page.runner.idle)
    described = dialog.form.field("tax_code").accessibleDescription
    assert described() == "Also borne by Martini Matteo."
    assert not dialog.form.field(KEEP).isVisible()
    _save(qtbot, page, dialog)
    assert described() == (
        "This tax code does not fit the surname and the given name. Please check, or keep it on purpose below."
    )
    assert dialog.form.field(KEEP).isVisible()
    dialog.form.field(KEEP).click()
    _save(qtbot, page, dialog)
    file = _file(page)
    assert (file.surname, file.tax_code) == ("Verdi", code)
    edited = _edit(qtbot, page, file.id)
    edited.form.field("birth_place").setText("Cremona")
    _save(qtbot, page, edited)
    assert _file(page).birth_place == "Cremona"  # what was kept on purpose is not asked again


def test_a_double_whom_one_may_not_know_of_is_not_named(
    qtbot: QtBot, page: PeoplePage, office: Office, file_desk: Desk
) -> None:
    code = _code("Martini", "Matteo", "91D08F205")
    hidden = office.run(people.add_person, surname="Martini", given_name="Matteo", tax_code=code)
    file_desk.sign_in("coordinator").run(people.set_protection, hidden, 1, protected=True, restricted=False, reason="x")
    dialog = _new(qtbot, page, "Martini Matteo")
    dialog.form.open_all()
    _fill(qtbot, dialog.form.field("tax_code"), code)
    qtbot.waitUntil(page.runner.idle)
    assert "borne" not in dialog.form.field("tax_code").accessibleDescription()
    assert dialog.doubles.isHidden()


def test_birth_and_sex_are_taken_over_from_the_code(qtbot: QtBot, page: PeoplePage) -> None:
    dialog = _new(qtbot, page, "Bianchi Lara")
    form = dialog.form
    form.open_all()
    assert not form.take_over.isVisible()
    _fill(qtbot, form.field("tax_code"), _code("Bianchi", "Lara", "70E53H501"))
    assert form.take_over.isVisible()
    assert form.take_over.text() == "Take over from the code: 13 May 1970, Female"
    form.take_over.click()
    assert (form.value("birth_date"), form.value("sex")) == (Birth(date(1970, 5, 13)), "F")
    assert not form.take_over.isVisible()
    _save(qtbot, page, dialog)
    assert (_file(page).birth_date, _file(page).sex) == (date(1970, 5, 13), "F")


def test_a_code_that_does_not_fit_is_not_offered(qtbot: QtBot, page: PeoplePage) -> None:
    dialog = _new(qtbot, page, "Bianchi Lara")
    dialog.form.field("birth_date").set_value(Birth(part="1987"))
    dialog.form.open_all()
    _fill(qtbot, dialog.form.field("tax_code"), _code("Bianchi", "Lara", "70E53H501"))
    assert not dialog.form.take_over.isVisible()


def test_what_is_typed_survives_a_crash(qtbot: QtBot, page: PeoplePage, office: Office) -> None:
    dialog = _new(qtbot, page, "Rossi Anna")
    dialog.form.open_all()
    for name, typed in (
        ("birth_date", "3/19"),
        ("note", "vuole\nrichiamare 👶"),
        ("town", "Crema"),
        ("died_on", "31/"),
    ):
        _type(dialog.form.field(name), typed)
    dialog.form.field("language").set_value("sq")
    dialog.form.field("languages").set_value(["it", "en"])
    dialog.form.edited.emit()
    dialog.draft.keep()
    qtbot.waitUntil(page.runner.idle)
    QDialog.reject(dialog)  # gone without a question, as in a crash
    again = _new(qtbot, page, " ")
    assert again.draft.isVisible()
    qtbot.mouseClick(again.draft.resume, Qt.MouseButton.LeftButton)
    form = again.form
    assert (form.value("surname"), form.field("birth_date").text(), form.value("note")) == (
        "Rossi", "3/19", "vuole\nrichiamare 👶",
    )  # fmt: skip
    assert (form.value("town"), form.field("died_on").text(), form.value("languages")) == (
        ("Crema", "019035"), "31/", ("it", "en"),
    )  # fmt: skip
    form.field("died_on").clear()
    _save(qtbot, page, again)
    assert (_file(page).birth_part, _file(page).languages) == ("2019-03", "it en")
    qtbot.waitUntil(page.runner.idle)
    assert office.fetch(drafts.mine) == ()


def test_thrown_away_is_thrown_away(qtbot: QtBot, page: PeoplePage, office: Office) -> None:
    dialog = _new(qtbot, page, "Rossi Anna")
    qtbot.keyClicks(dialog.form.field("alias"), "Stella")
    dialog.draft.keep()
    qtbot.waitUntil(page.runner.idle)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    question = next(one for one in dialog.findChildren(Dialog) if one.isVisible())
    question.try_save()
    qtbot.waitUntil(page.runner.idle)
    assert office.fetch(drafts.mine) == ()


@pytest.mark.parametrize(
    ("typed", "surname", "given"),
    [
        ("rossi anna", "Rossi", "Anna"),
        ("van der Berg Anna", "van der Berg", "Anna"),
        ("D'Amico maria", "D'Amico", "maria"),
        ("محمد علي", "محمد", "علي"),
        ("suharto", "Suharto", ""),
    ],
)
def test_names_that_were_searched_for_keep_their_letters(typed: str, surname: str, given: str) -> None:
    assert prefilled(typed) == {"surname": surname, "given_name": given}


def test_every_control_of_the_form_has_a_name(qtbot: QtBot, page: PeoplePage) -> None:
    dialog = _new(qtbot, page, "Rossi Anna")
    dialog.form.open_all()
    assert nameless(dialog) == []
    assert isinstance(dialog.form.field("abode"), ChoiceField)
