"""Which centre it is: one that a profile describes, or a blank one."""

from __future__ import annotations

from PySide6.QtCore import Slot

from famdesk.domain.people.municipalities import municipalities
from famdesk.i18n import _
from famdesk.ui.first_start import deeds
from famdesk.ui.first_start.answers import BLANK, Answers
from famdesk.ui.first_start.step import Step
from famdesk.ui.kit import theme
from famdesk.ui.kit.background import InBackground
from famdesk.ui.kit.fields import LineField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.popup import Choice, ChoiceField


class CentreStep(Step):
    """The start of the centre's data, then its name."""

    def __init__(self, answers: Answers, in_background: InBackground) -> None:
        super().__init__(
            answers, in_background, _("Which centre is it?"),
            _("A profile brings places, opening hours, services and partners, each with its source. "
              "Everything can be changed later."),
        )  # fmt: skip
        self._offers: tuple[deeds.Offer, ...] = ()
        self.list = LineList(_("Start from"), grow=True)
        self.list.current_changed.connect(self._on_current)
        self.list.activated_id.connect(self._on_activated)
        self.body.addWidget(self.list)
        form = Form(labels="top")
        form.add("centre_key", _("Centre"), ChoiceField([]))
        form.add("centre", _("Name of the centre"), LineField(), required=True)
        form.add("municipality", _("Comune"), ChoiceField([]),
                 hint=_("For the holiday of its patron saint. Leave it empty if it is not in the list."))  # fmt: skip
        self.body.addSpacing(theme.unit(1))
        self.add_form(form)
        form.set_values({"centre": answers.centre if answers.profile == BLANK else ""})
        self.setFocusProxy(self.list)
        self._show_fields()

    def enter(self) -> None:
        if not self._offers:
            self.in_background(deeds.offers, self._show_offers, self._on_failed)
            choices = [Choice(comune.code, comune.name, comune.province) for comune in municipalities()]
            self._field("municipality").set_choices(sorted(choices, key=lambda choice: choice.label))
            self._field("municipality").set_value(self.answers.municipality)

    def keep(self) -> None:
        form, answers = self._known_form, self.answers
        answers.profile = self.list.current_id() or BLANK
        offer = self._offer()
        answers.municipality = None
        if offer is None:
            answers.centre, answers.centre_key = form.value("centre"), ""
            answers.municipality = form.value("municipality")
        else:
            key = form.value("centre_key") or offer.centres[0][0]
            answers.centre_key, answers.centre = key, dict(offer.centres)[key]

    def take(self) -> bool:
        form = self._known_form
        several = self._several()
        if several and not form.field("centre_key").value():
            form.show_error("centre_key", _("Choose one."))
            return False
        if self._offer() is None and not form.check():
            return False
        self.keep()
        return bool(self._offers)

    @property
    def _known_form(self) -> Form:
        assert self.form is not None
        return self.form

    def _field(self, name: str) -> ChoiceField:
        field = self._known_form.field(name)
        assert isinstance(field, ChoiceField)
        return field

    def _offer(self) -> deeds.Offer | None:
        return next((offer for offer in self._offers if offer.file == self.list.current_id()), None)

    def _several(self) -> bool:
        offer = self._offer()
        return offer is not None and len(offer.centres) > 1

    def _show_offers(self, offers: tuple[deeds.Offer, ...]) -> None:
        self._offers = offers
        lines = [Line(offer.file, offer.title, detail=_words(offer), icon="map-pinned") for offer in offers]
        lines.append(Line(BLANK, _("Blank centre"), detail=_("Only a name; you enter the rest."), icon="house"))
        self.list.set_lines(lines)
        self.list.set_current_id(self.answers.profile)
        self._show_fields()
        self._field("centre_key").set_value(self.answers.centre_key or None)

    def _on_failed(self, error: Exception) -> None:
        raise error

    @Slot(str)
    def _on_current(self, _file: str) -> None:
        self._show_fields()

    @Slot(str)
    def _on_activated(self, _file: str) -> None:
        if self._several():
            self._field("centre_key").setFocus()
        elif self._offer() is None:
            self._known_form.field("centre").setFocus()
        else:
            self.done.emit()

    def _show_fields(self) -> None:
        form, offer = self._known_form, self._offer()
        if offer is not None and self._several():
            self._field("centre_key").set_choices([Choice(key, name) for key, name in offer.centres])
        form.set_row_visible("centre_key", self._several())
        blank = bool(self._offers) and offer is None
        form.set_row_visible("centre", blank)
        form.set_row_visible("municipality", blank)
        form.clear_errors()


def _words(offer: deeds.Offer) -> str:
    names = [name for _key, name in offer.centres]
    if len(names) > 2:
        return _("{count} centres: choose yours").format(count=len(names))
    return " · ".join(names)
