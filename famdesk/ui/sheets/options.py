"""The options of a sheet: which places, paper, language, day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from famdesk.domain.languages import language_label, language_title
from famdesk.i18n import _, formats, language
from famdesk.sheets.offer import IN_TWO, OWN_LANGUAGE, languages
from famdesk.sheets.papers import KEYS, SIGN_IN
from famdesk.sheets.post.labels import FORMS, USUAL
from famdesk.ui.kit import theme
from famdesk.ui.kit.fields import CheckField, DateField, NumberField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.widgets import Label, Segmented
from famdesk.ui.sheets.calendar_options import CalendarOptions
from famdesk.ui.sheets.making import Wish
from famdesk.ui.sheets.paper_options import PaperOptions
from famdesk.usecases.programmes.programmes_rows import InitiativeRow

_ASKS_ITSELF = {SIGN_IN}
"""Sheets that ask for large print beside their other options."""


class PlaceChoice(QWidget):
    """One tick for each access point; none ticked means all of them.

    Signals:
        edited(): the choice changed.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: dict[str, CheckField] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.unit(1))

    def set_places(self, places: Sequence[tuple[str, str]]) -> None:
        """Offer the access points, given as id and name; ticks stay."""
        ticked = set(self.chosen())
        for box in self._boxes.values():
            self._column.removeWidget(box)
            box.deleteLater()
        self._boxes = {}
        for place_id, name in places:
            box = CheckField(name)
            box.set_value(place_id in ticked)
            box.edited.connect(self.edited)
            self._boxes[place_id] = box
            self._column.addWidget(box)

    def room(self) -> int:
        """The width in pixels that the longest name needs."""
        for box in self._boxes.values():
            box.ensurePolished()
        return max((box.sizeHint().width() for box in self._boxes.values()), default=0)

    def chosen(self) -> tuple[str, ...]:
        """The ids of the ticked access points."""
        return tuple(place_id for place_id, box in self._boxes.items() if box.value())

    def focus_first(self) -> None:
        """Begin with the first of them."""
        for box in list(self._boxes.values())[:1]:
            box.setFocus()

    def choose(self, place_ids: Sequence[str]) -> None:
        """Tick just these."""
        for place_id, box in self._boxes.items():
            box.set_value(place_id in place_ids)


class LanguageChoice(QWidget):
    """In which language the sheet is, and in which other one as well. Sheets of the desk keep a language of their own.

    Signals:
        edited(): the choice changed.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet = ""
        self._chosen: dict[tuple[str, ...], tuple[str, str]] = {}
        self._first = ChoiceField([], allow_none=False)
        self._second = ChoiceField([], _("One language only"))
        self._form = Form(labels="top")
        self._form.add("first", _("Language"), self._first)
        # Translators: label of a second language on the same sheet, as "Also in: Arabic"
        self._form.add("second", _("Also in"), self._second)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._form)
        self._form.edited.connect(self._on_edited)

    def show_for(self, sheet: str) -> None:
        """Offer the languages of a sheet; what was chosen for sheets with the same languages stays."""
        self._sheet = sheet
        first, second = self._chosen.get(languages(sheet), (language(), ""))
        self._show(first, second)
        self._form.set_row_visible("second", sheet in IN_TWO)
        self.setVisible(sheet not in OWN_LANGUAGE)

    def choose(self, code: str) -> None:
        """Take this language, without a second one; one that is not offered changes nothing."""
        if code in languages(self._sheet):
            self._keep(code, "")
            self._show(code, "")
            self.edited.emit()

    def first(self) -> str:
        """The language of the sheet."""
        return self._first.value() or language()

    def second(self) -> str:
        """The second language of the sheet; "" for none."""
        found = self._second.value() or ""
        return found if self._sheet in IN_TWO and found != self.first() else ""

    def _show(self, first: str, second: str) -> None:
        offered = [
            Choice(code, language_title(code), keywords=language_label(code, code)) for code in languages(self._sheet)
        ]
        self._first.set_choices(offered)
        self._first.set_value(first)
        self._second.set_choices([one for one in offered if one.code != first])
        self._second.set_value(second or None)

    def _keep(self, first: str, second: str) -> None:
        self._chosen[languages(self._sheet)] = first, second

    @Slot()
    def _on_edited(self) -> None:
        if self._form.check():
            self._keep(self.first(), self.second())
            self._show(self.first(), self.second())
            self.edited.emit()


class Options(QWidget):
    """The form left of the preview.

    Signals:
        edited(): another sheet is wanted.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.places = PlaceChoice()
        self.calendar = CalendarOptions()
        self.papers = PaperOptions()
        self._paper = Segmented([("A4", "A4"), ("A3", "A3")], _("Paper"))
        self.languages = LanguageChoice()
        self._large = CheckField(_("Large print"))
        self._day = DateField()
        self._initiative = ChoiceField([], _("Chosen in People"))
        self._used = NumberField(0, 23)
        self._label_form = ChoiceField([Choice(key, _form_words(key)) for key in FORMS], allow_none=False)
        self._label_form.set_value(USUAL)
        self._sender = CheckField(_("With our street as sender"))
        self.card_id = ""
        self._form = Form(labels="top")
        self._form.add("day", _("Day"), self._day)
        self._form.add("large", "", self._large)
        self._blank = CheckField(_("Blank, to be written on"))
        self._form.add("blank", _("Blank, to be written on"), self._blank)
        self._form.add("initiative", _("Enrolled in"), self._initiative)
        # Translators: which sheets of labels are in the printer
        self._form.add("label_form", _("Sheets of labels"), self._label_form)
        self._form.add("used", _("Labels already used"), self._used)
        self._form.add("sender", "", self._sender, hint=_("Without a name; left out for those who have to be careful."))
        self._place_words = Label(_("Places (none ticked: all)"), "second")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.unit(3))
        column.addWidget(self._place_words)
        column.addWidget(self.places)
        column.addWidget(self.languages)
        column.addWidget(self._paper, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._form)
        column.addWidget(self.calendar)
        column.addWidget(self.papers)
        column.addStretch(1)
        self.places.edited.connect(self.edited)
        self._paper.chosen.connect(self._on_edited)
        self.languages.edited.connect(self.edited)
        self._form.edited.connect(self._on_edited)
        self.calendar.edited.connect(self.edited)
        self.papers.edited.connect(self.edited)

    def show_for(self, sheet: str) -> None:
        """Offer only what the sheet has."""
        poster = sheet == "opening-hours"
        for widget in (self._place_words, self.places, self._paper):
            widget.setVisible(poster)
        self._form.set_row_visible("large", sheet not in _ASKS_ITSELF)
        self._form.set_row_visible("day", sheet in {"opening-hours", "day-sheet"})
        for name in ("initiative", "label_form", "used", "sender"):
            self._form.set_row_visible(name, sheet == "labels")
        self._form.set_row_visible("blank", sheet == "access-card" and bool(self.card_id))
        self.calendar.setVisible(sheet == "calendar")
        self.papers.show_for(sheet)
        self.languages.show_for(sheet)

    def show_initiatives(self, rows: Sequence[InitiativeRow]) -> None:
        """Offer initiatives for the labels of those enrolled; what is chosen stays."""
        chosen = self._initiative.value()
        self._initiative.set_choices([Choice(row.id, row.name) for row in rows if row.mine and row.enrolled])
        self._initiative.set_value(chosen)
        self.papers.set_initiatives(rows)

    def choose_nobody(self) -> None:
        """Take no initiative for the labels."""
        self._initiative.set_value(None)

    def choose_day(self, day: date) -> None:
        """Ask for the sheet of a day."""
        self._day.set_value(day)

    def wish(self, sheet: str, appointment_id: str = "", people: tuple[str, ...] = ()) -> Wish:
        """The sheet as the options say; `people` are those whom labels are for if no initiative is chosen."""
        found = self._wish(sheet, appointment_id, people)
        return replace(found, large_print=self._large.value() and sheet not in _ASKS_ITSELF)

    def _wish(self, sheet: str, appointment_id: str, people: tuple[str, ...]) -> Wish:
        if sheet == "labels":
            chosen = self._initiative.value()
            return Wish(sheet, self.languages.first(), people=() if chosen else people, initiative_id=chosen,
                        used=self._used.value() or 0, sender=self._sender.value(),
                        label_form=self._label_form.value() or USUAL)  # fmt: skip
        if sheet == "access-card":
            return Wish(sheet, self.languages.first(), card_id="" if self._blank.value() else self.card_id)
        if sheet == "calendar":
            return Wish(sheet, self.languages.first(), calendar=self.calendar.wish())
        if sheet in KEYS:
            wish = replace(self.papers.wish(), also=self.languages.second())
            return Wish(sheet, self.languages.first(), paper_wish=wish)
        poster = sheet == "opening-hours"
        return Wish(
            sheet,
            self.languages.first(),
            self.places.chosen() if poster else (),
            self._paper.current() if poster else "A4",
            day=self._day.value(),
            appointment_id=appointment_id,
            also=self.languages.second(),
        )

    @Slot()
    def _on_edited(self) -> None:
        if self._form.check():
            self.edited.emit()


def _form_words(key: str) -> str:
    """A sheet of labels by size and number: "70 × 37 mm, 3 × 8"."""
    form = FORMS[key]
    width, height = key.split("x")
    # Translators: size of a label, columns and rows on a sheet
    words = _("{width} × {height} mm, {columns} × {rows}")
    return words.format(width=_size(width), height=_size(height), columns=form.columns, rows=form.rows)


def _size(text: str) -> str:
    return formats.number(float(text)) if "." in text else text
