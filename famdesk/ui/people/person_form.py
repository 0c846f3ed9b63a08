"""The fields of a person: the short path first, the rest below headings that open at once."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain import codes
from famdesk.domain.errors import RuleError
from famdesk.domain.languages import language_choices, language_label
from famdesk.domain.people import tax_code
from famdesk.domain.people.birth import Birth
from famdesk.domain.people.countries import country_choices
from famdesk.domain.people.person_details import ABODES
from famdesk.i18n import _, formats
from famdesk.ui.kit.birth_field import BirthField
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.choices_field import ChoicesField
from famdesk.ui.kit.fields import CheckField, DateField, LineField, TextField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.people import words
from famdesk.ui.people.person_fields import TownField
from famdesk.usecases.people.person_checks import TaxCodeOfAnother
from famdesk.usecases.people.person_rows import PersonFile

ANY_LENGTH: Final = 32_767
"""A text that is too long is refused with a sentence, never cut off while it is pasted."""

KEEP: Final = "keep_tax_code"
NAMES: Final = ("surname", "given_name", "alias", "birth_date")
MORE: Final = (
    "language", "languages", "needs_mediator", "citizenship", "second_citizenship", "birth_place", "town", "abode",
    "due_on", "died_on", "sex", "tax_code", "owner_staff_id", "note",
)  # fmt: skip
_AT: Final = {"birth_part": "birth_date", "birth_text": "birth_date", "municipality": "town"}


class PersonForm(Form):
    """Everything that can be said of a person. A new one begins with names, birth and phone.

    Attributes:
        all_details: opens the rest.

    Signals:
        code_typed(str): another well-formed tax code stands in its field.
        opened(): all details are shown from now on.
    """

    code_typed = Signal(str)
    opened = Signal()

    def __init__(self, file: PersonFile | None, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = file.today if file else today
        self._headings: list[QWidget] = []
        self._told_code = ""
        self._borne = ""
        self._open = True
        self.all_details = ActionButton(_("All details"), "chevron-down", kind="link")
        self.take_over = ActionButton("", "check", kind="link")
        self._add_names(file is None)
        self.widget(self.all_details)
        self._add_origin(file)
        self._add_place()
        self._add_code()
        self._add_rest()
        self.set_row_visible(KEEP, False)
        self.take_over.hide()
        self.all_details.clicked.connect(self.open_all)
        self.take_over.clicked.connect(self._on_take_over)
        self._connect()
        if file is not None:
            self._show(file)
        self._set_open(file is not None)

    @Slot()
    def open_all(self) -> None:
        """Show the rest, and go there."""
        self._set_open(True)
        self.field("language").setFocus()

    def is_open(self) -> bool:
        """Whether all details are shown."""
        return self._open

    def details(self) -> dict[str, Any]:
        """What was typed, as `PersonDetails`."""
        plain = ("surname", "given_name", "alias", "sex", "birth_place", "died_on", "due_on", "tax_code", "language",
                 "needs_mediator", "citizenship", "second_citizenship", "abode", "owner_staff_id", "note")  # fmt: skip
        birth: Birth = self.value("birth_date")
        town, comune = self.value("town")
        return {
            **{name: self.value(name) for name in plain},
            "birth_date": birth.day, "birth_part": birth.part, "birth_text": birth.words,
            "languages": " ".join(self.value("languages")) or None, "town": town, "municipality": comune,
            KEEP: self.value(KEEP),
        }  # fmt: skip

    def make_room(self, error: Exception) -> None:
        """Open the field to which an error belongs; a tax code of somebody else can then be kept."""
        if not isinstance(error, RuleError):
            return
        error.field = _AT.get(error.field or "", error.field)
        if error.field in MORE:
            self._set_open(True)
        if isinstance(error, TaxCodeOfAnother):
            self.set_row_visible(KEEP, True)

    def set_borne(self, names: str) -> None:
        """Tell quietly who also bears the tax code; "" for nobody who may be seen."""
        self._borne = _("Also borne by {name}.").format(name=names) if names else ""
        self._tell_code()

    @Slot()
    def tell(self) -> None:
        """Say below the fields what was understood of them."""
        self.set_hint("birth_date", self.field("birth_date").understood())
        self.set_hint("town", self.field("town").comune())
        self.set_hint("due_on", words.expected(self.value("due_on"), self._today))
        self._tell_code()

    def _day(self) -> date:
        return self._today

    def _add_names(self, new: bool) -> None:
        self.add("surname", _("Surname"), LineField(ANY_LENGTH))
        self.add("given_name", _("Given name"), LineField(ANY_LENGTH))
        self.add(
            "alias", _("Alias"), LineField(ANY_LENGTH), hint=_("Used on paper until the privacy notice is signed.")
        )
        self.add("birth_date", _("Birth date"), BirthField(today=self._day))
        if new:
            self.add("phone", _("Phone"), LineField(ANY_LENGTH))
            self.add("mail", _("E-mail"), LineField(ANY_LENGTH))

    def _add_origin(self, file: PersonFile | None) -> None:
        self._headings.append(self.section(_("Languages and origin")))
        countries = [Choice(*pair) for pair in country_choices()]
        self.add("language", _("Language"), ChoiceField(_languages(file.language if file else None)))
        self.add("languages", _("Also speaks"), ChoicesField(_languages(None), _("Add a language")))
        self.add("needs_mediator", "", CheckField(_("A language mediator is needed")))
        self.add("citizenship", _("Citizenship"), ChoiceField(countries))
        self.add("second_citizenship", _("Second citizenship"), ChoiceField(countries))
        self.add("birth_place", _("Birth place"), LineField(ANY_LENGTH))

    def _add_place(self) -> None:
        self._headings.append(self.section(_("Where the person lives")))
        self.add("town", _("Town"), TownField())
        abodes = [Choice(*pair) for pair in codes.labels(ABODES)]
        self.add("abode", _("Kind of abode"), ChoiceField(abodes))

    def _add_code(self) -> None:
        self._headings.append(self.section(_("Registry data")))
        self.add("sex", _("Sex"), ChoiceField([Choice(*pair) for pair in codes.labels(codes.SEXES)]))
        self.add("tax_code", _("Tax code"), LineField(ANY_LENGTH), hint=_("May stay empty."))
        self.widget(self.take_over)
        self.add(KEEP, "", CheckField(_("Keep this tax code on purpose")))

    def _add_rest(self) -> None:
        self._headings.append(self.section(_("Expected child, further notes")))
        self.add("due_on", _("Child expected on"), DateField(today=self._day))
        self.add("died_on", _("Died on"), DateField(past=True, today=self._day))
        self.add("owner_staff_id", _("In charge"), ChoiceField([]))
        self.add("note", _("Note"), TextField(lines=2))

    def _connect(self) -> None:
        for name in ("birth_date", "town", "due_on", "tax_code", "sex"):
            self.field(name).edited.connect(self.tell)
        self.field("tax_code").edited.connect(self._on_code_edited)
        self.field("town").chosen.connect(self.tell)

    def _show(self, file: PersonFile) -> None:
        names = ("surname", "given_name", "alias", "sex", "tax_code", "language", "needs_mediator", "citizenship",
                 "second_citizenship", "birth_place", "abode", "due_on", "died_on", "note")  # fmt: skip
        self._told_code = file.tax_code or ""
        self.set_values({
            **{name: getattr(file, name) for name in names},
            "birth_date": Birth(file.birth_date, file.birth_part, file.birth_text),
            "languages": (file.languages or "").split(),
            "town": (file.town or "", file.municipality),
        })  # fmt: skip
        self.tell()

    def _set_open(self, opened: bool) -> None:
        self._open = opened
        self.all_details.setVisible(not opened)
        for heading in self._headings:
            heading.setVisible(opened)
        for name in MORE:
            self.set_row_visible(name, opened)
        if opened:
            self.opened.emit()
        else:
            self.take_over.hide()

    @Slot()
    def _on_code_edited(self) -> None:
        """Another code: what was said of the one before does not hold."""
        self.field(KEEP).set_value(False)
        self.set_row_visible(KEEP, False)
        code = tax_code.tidy(self.value("tax_code"))
        if code != self._told_code and tax_code.is_well_formed(code):
            self._told_code = code
            self.code_typed.emit(code)
        elif code != self._told_code:
            self._borne = ""

    def _tell_code(self) -> None:
        told = self._told() if self._open else None
        self.set_hint(
            "tax_code", " ".join(part for part in (self._borne, "" if told else _("May stay empty.")) if part)
        )
        self.take_over.setVisible(told is not None)
        if told is not None:
            born, sex = told
            offer = _("Take over from the code: {day}, {sex}")
            self.take_over.setText(offer.format(day=formats.date_long(born), sex=codes.label(codes.SEXES, sex)))

    def _told(self) -> tuple[date, str] | None:
        """Birth and sex by the code, if one of them is not known yet."""
        code = tax_code.tidy(self.value("tax_code"))
        born, sex = tax_code.birth_date(code, self._today), tax_code.sex(code)
        birth: Birth = self.value("birth_date")
        if born is None or sex is None or (birth != Birth() and self.value("sex")):
            return None
        if tax_code.differences(code, None, None, birth.day, birth.part, self.value("sex")):
            return None
        return born, sex

    @Slot()
    def _on_take_over(self) -> None:
        told = self._told()
        if told is None:
            return
        if self.value("birth_date") == Birth():
            self.field("birth_date").set_value(Birth(told[0]))
        if not self.value("sex"):
            self.field("sex").set_value(told[1])
        self.field("tax_code").setFocus()
        self.field("birth_date").edited.emit()


def _languages(current: str | None) -> list[Choice]:
    known = [Choice(code, name) for code, name in language_choices()]
    if current and all(choice.code != current for choice in known):
        known.append(Choice(current, language_label(current)))
    return known
