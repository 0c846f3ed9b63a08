"""The dialogs of an initiative itself: what is known of it, one out of a template, who stands behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain import codes
from famdesk.domain.programmes.meetings import CAPACITIES, COUNTINGS, GROUP_FORMS, SEASONS
from famdesk.domain.programmes.targets import TARGET_WHO, age_words
from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import CheckField, DateField, LineField, NumberField, TextField, TimeField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.plain import advise
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import ScrollColumn
from famdesk.ui.programmes.fields import Fold, coded, functions, offer_places, weekdays
from famdesk.ui.programmes.number_fields import HundredthsField
from famdesk.usecases.directory import directory
from famdesk.usecases.directory.directory_rows import PlaceRow
from famdesk.usecases.programmes import initiative_copies, initiatives
from famdesk.usecases.programmes.initiative_copies import TemplateRow
from famdesk.usecases.programmes.programmes_rows import InitiativeDetail, InitiativeRow, InitiativeValues

MOST_PLACES = 100_000
_YEAR = 12
_AGES = ("target_from", "target_to")


class InitiativeDialog(Dialog):
    """A new initiative, or what is known of one: the common fields first, the others folded."""

    def __init__(
        self, parent: QWidget, runner: Runner, others: Sequence[InitiativeRow], detail: InitiativeDetail | None = None
    ) -> None:
        """`others` are what it may continue or need; without `detail` a new one is made."""
        title = _("New initiative") if detail is None else _("Change initiative")
        super().__init__(parent, title, _("Add") if detail is None else _("Save"))
        self.setMinimumWidth(theme.unit(165))
        self._runner = runner
        self._detail = detail
        self.fields = Form()
        self.form = self.fields
        self.folds: list[Fold] = []
        self._fill(others)
        column = ScrollColumn()
        column.body.addWidget(self.fields)
        column.setMinimumHeight(theme.unit(60))
        self.resize(theme.unit(165), theme.unit(165))
        self.body.addWidget(column, 1)
        self._show(detail.values if detail else InitiativeValues(""))
        self.set_accept_enabled(False)
        self.fields.field("name").setFocus()
        self._runner.fetch(directory.places, then=self._take_places)

    def save(self) -> None:
        """Adds or changes the initiative."""
        values = self._values()
        if self._detail is None:
            self._runner.run(initiatives.add_initiative, values, then=self.finish, failed=self.present)
            return
        row = self._detail.row
        self._runner.run(
            initiatives.change_initiative, row.id, row.version, values, then=self.finish, failed=self.present
        )

    def present(self, error: Exception) -> None:
        """What is folded away is shown where it is wrong."""
        for fold in self.folds:
            if fold.has(getattr(error, "field", None)):
                fold.set_folded(False)
        super().present(error)

    def _fill(self, others: Sequence[InitiativeRow]) -> None:
        form = self.fields
        form.add("name", _("Name"), LineField(), required=True)
        form.add("kind", _("Kind"), coded(codes.INITIATIVE_KINDS, required=True))
        form.add("function", _("Function"), ChoiceField(functions()))
        form.add("state", _("State"), coded(codes.INITIATIVE_STATES, required=True))
        form.add("target", _("Who exactly"), LineField(), hint=_("For example: fathers of children up to three years"))
        form.add("capacity", _("Number of places"), NumberField(1, MOST_PLACES), hint=_("Empty: no limit"))
        form.section(_("When and where"))
        form.add("starts_on", _("First day"), DateField())
        form.add("usual_weekday", _("Usual day"), ChoiceField(weekdays()))
        form.add("usual_time", _("Usual hour"), TimeField())
        form.add("place_id", _("Place"), ChoiceField([]))
        self._fill_season()
        self._fill_target()
        self._fill_places()
        self._fill_more([Choice(row.id, row.name) for row in others if row.id != self._own()])

    def _fill_season(self) -> None:
        fold = self._fold(_("Only the season is known…"), "Alt+S")
        fold.add("season", _("Season"), coded(SEASONS))
        fold.add("season_year", _("Year of the season"), NumberField(1990, 2200))
        fold.add("season_text", _("Or in words"), LineField(), hint=_("For example: from next spring"))

    def _fill_target(self) -> None:
        fold = self._fold(_("Whom it is for, as a rule…"), "Alt+W")
        fold.add("audience", _("Audience"), coded(codes.AUDIENCES, required=True))
        fold.add(
            "target_who", _("Only for"), coded(TARGET_WHO), hint=_("Whoever is not one of them is told at enrolment")
        )
        fold.add("target_from", _("Age from (years)"), NumberField(0, 120))
        fold.add("target_to", _("Age to (years)"), NumberField(0, 120), hint=_("Included: up to the next birthday"))
        fold.add("target_of_child", _("Whose age"), CheckField(_("The age is that of a child of the family")))
        fold.add("residents", _("Residence"), CheckField(_("Only for residents of the Ambito")))

    def _fill_places(self) -> None:
        fold = self._fold(_("Places and enrolment…"), "Alt+E")
        fold.add("capacity_per", _("The places count"), coded(CAPACITIES, required=True))
        fold.add("counting", _("Who came is noted"), coded(COUNTINGS, required=True))
        fold.add("group_form", _("Form of the group"), coded(GROUP_FORMS))
        fold.add("approval", _("Approval"), CheckField(_("Somebody has to approve each enrolment")))
        fold.add("enrol_until", _("Enrolment until"), DateField())
        fold.add("offer_hours", _("A free place is kept (hours)"), NumberField(1, 336), hint=_("Usual: 24 or 48"))
        fold.add("questions", _("Asked before enrolment"), TextField(lines=2), hint=_("One question a line"))
        fold.add("fee_cents", _("Price (€)"), HundredthsField(), hint=_("Empty: not said; 0: free"))

    def _fill_more(self, others: list[Choice]) -> None:
        fold = self._fold(_("Description, prerequisites, flyer…"), "Alt+D")
        fold.add("topics", _("Topics"), LineField())
        fold.add("continues_id", _("Continues"), ChoiceField(others))
        fold.add(
            "requires_id", _("Only after"), ChoiceField(others), hint=_("Who takes part must have been in this one")
        )
        fold.add("alias", _("Also found as"), LineField())
        fold.add("description", _("Description"), TextField(lines=3))
        advise(self.fields, "description")
        fold.add("flyer_text", _("Text on the flyer"), TextField(lines=3), hint=_("Empty: the description"))
        advise(self.fields, "flyer_text")
        fold.add("contact_text", _("Enrolment and contact"), LineField(), hint=_("Empty: as the centre is reached"))
        fold.add("blank_rows", _("Blank lines on the sign-in sheet"), NumberField(0, 200))

    def _fold(self, text: str, shortcut: str) -> Fold:
        found = Fold(self.fields, self, text, shortcut)
        self.folds.append(found)
        return found

    def _show(self, values: InitiativeValues) -> None:
        shown: dict[str, Any] = {name: getattr(values, name) for name in _FIELDS}
        shown["usual_weekday"] = str(values.usual_weekday) if values.usual_weekday else None
        shown["target_from"] = None if values.target_from is None else values.target_from // _YEAR
        shown["target_to"] = None if values.target_to is None else (values.target_to + 1) // _YEAR - 1
        self.fields.set_values(shown)
        for names in _AGES:
            months = getattr(values, names)
            self.fields.set_hint(names, _exact(names, months))
        plain = InitiativeValues("")
        for fold in self.folds:
            fold.set_folded(
                not any(fold.has(name) and getattr(values, name) != getattr(plain, name) for name in _FIELDS)
            )

    def _values(self) -> InitiativeValues:
        before = self._detail.values if self._detail else InitiativeValues("")
        typed = {name: self.fields.value(name) for name in _FIELDS}
        weekday = typed["usual_weekday"]
        typed["usual_weekday"] = int(weekday) if weekday else None
        typed["target_from"] = _months(typed["target_from"], before.target_from, last=False)
        typed["target_to"] = _months(typed["target_to"], before.target_to, last=True)
        for name in ("offer_hours", "blank_rows"):
            typed[name] = getattr(before, name) if typed[name] is None else typed[name]
        return replace(before, **typed)

    def _own(self) -> str:
        return self._detail.row.id if self._detail else ""

    def _take_places(self, rows: tuple[PlaceRow, ...]) -> None:
        offer_places(self.fields.field("place_id"), rows, self._detail.values.place_id if self._detail else None)
        self.set_accept_enabled(True)


_FIELDS = tuple(InitiativeValues.__dataclass_fields__)


def _months(years: int | None, before: int | None, *, last: bool) -> int | None:
    """Months of an age in years; one in months that nobody touched stays as exact as it was."""
    if years is None:
        return None
    shown = None if before is None else ((before + 1) // _YEAR - 1 if last else before // _YEAR)
    if years == shown and before is not None:
        return before
    return (years + 1) * _YEAR - 1 if last else years * _YEAR


def _exact(name: str, months: int | None) -> str:
    """What is said under an age that is not of whole years."""
    usual = _("Included: up to the next birthday") if name == "target_to" else ""
    if months is None or (months + (name == "target_to")) % _YEAR == 0:
        return usual
    return age_words(months, None) if name == "target_from" else age_words(None, months)


class TemplateDialog(Dialog):
    """A new initiative out of a pattern or an own template."""

    def __init__(self, parent: QWidget, runner: Runner) -> None:
        super().__init__(parent, _("New initiative from a template"), _("Add"))
        self._runner = runner
        self._rows: dict[str, TemplateRow] = {}
        self.fields = Form()
        self.form = self.fields
        field = self.fields.add("template", _("Template"), ChoiceField([], allow_none=False), required=True)
        self.fields.add("name", _("Name"), LineField())
        self.fields.add("meetings", _("Number of meetings"), NumberField(1, 60), hint=_("Their days are set later"))
        field.chosen.connect(self._on_chosen)
        self.body.addWidget(self.fields)
        self.set_accept_enabled(False)
        runner.fetch(initiative_copies.templates, then=self._take, owner=self)

    def save(self) -> None:
        """Adds the initiative."""
        get = self.fields.value
        self._runner.run(initiative_copies.add_from, get("template"), get("name") or None, get("meetings"),
                         then=self.finish, failed=self.present)  # fmt: skip

    def _take(self, rows: tuple[TemplateRow, ...]) -> None:
        self._rows = {row.id: row for row in rows}
        own = _("Own template")
        self.fields.field("template").set_choices([
            Choice(row.id, row.name, detail=own if row.own else codes.label(codes.INITIATIVE_KINDS, row.kind))
            for row in rows
        ])  # fmt: skip
        self.set_accept_enabled(True)

    @Slot(str)
    def _on_chosen(self, template_id: str) -> None:
        row = self._rows[template_id]
        self.fields.field("name").setText(row.name)
        number = self.fields.field("meetings")
        number.set_value(row.meetings)
        number.setEnabled(row.least != row.most)
        text = _("From {least} to {most}; their days are set later").format(least=row.least, most=row.most)
        self.fields.set_hint("meetings", _("Their days are set later") if row.least == row.most else text)
