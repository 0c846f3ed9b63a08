"""By what the list of persons is narrowed: a menu beside the search line, and a chip for everything that is chosen."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QMenu, QWidget

from famdesk.domain import codes
from famdesk.domain.languages import language_choices, language_label
from famdesk.domain.people import age_bands
from famdesk.domain.staff import rights
from famdesk.i18n import _
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import LineField
from famdesk.ui.kit.filter_chips import Chip, FilterChips, Named
from famdesk.ui.kit.form import Form
from famdesk.usecases.people import person_search
from famdesk.usecases.people.person_filters import NO_FILTER, PersonFilter

MOST_LANGUAGES = 24
PLACE = "place"


class FilterRow(FilterChips):
    """The chips of the list of persons; its button stands beside the search line."""

    def __init__(self, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted = NO_FILTER
        self._colleagues: Named = ()
        self._may_see_protected = "p" in rights.cell(person_search.list_persons.name, role)

    def wanted(self) -> PersonFilter:
        """What is chosen now."""
        return self._wanted

    def set_wanted(self, wanted: PersonFilter) -> None:
        """Choose without a signal."""
        self._wanted = wanted
        self.show_chips()

    def set_colleagues(self, colleagues: Named) -> None:
        """Who can be in charge, as (id, name)."""
        self._colleagues = tuple(colleagues)
        self.show_chips()

    def fill(self, menu: QMenu) -> None:
        band = age_bands.band(self._wanted.age or age_bands.SMALL).label
        self._group(_("Age"), "age", [(one.code, one.label) for one in age_bands.BANDS])
        # Translators: children whose birthday this month brings them into an age band, or out of it
        self._group(_("Birthday this month"), "turning", [
            ("enters", _("Enter “{band}” this month").format(band=band)),
            ("leaves", _("Leave “{band}” this month").format(band=band)),
        ])  # fmt: skip
        menu.addAction(_("Town or comune…")).triggered.connect(self._on_place)
        self._group(_("Language"), "language", language_choices()[:MOST_LANGUAGES])
        self._group(_("Privacy notice"), "privacy", codes.labels(codes.PRIVACY))
        self._group(_("In charge"), "in_charge", self._colleagues)
        menu.addSeparator()
        self.entry(_("Needs a mediator"), "mediator", True, ticked=bool(self._wanted.mediator))
        if self._may_see_protected:
            self.entry(_("Protected files"), "protected", True, ticked=bool(self._wanted.protected))

    def _group(self, text: str, group: str, named: Named) -> None:
        self.submenu(text, group, named, (getattr(self._wanted, group),))

    def chips(self) -> list[Chip]:
        chosen = self._wanted
        band = age_bands.band(chosen.age or age_bands.SMALL).label
        turning = {"enters": _("Enter “{band}” this month"), "leaves": _("Leave “{band}” this month")}
        words = {
            "turning": turning.get(chosen.turning or "", "").format(band=band),
            "age": band if chosen.age and not chosen.turning else "",
            PLACE: chosen.place or "",
            "language": language_label(chosen.language),
            "privacy": codes.label(codes.PRIVACY, chosen.privacy),
            "in_charge": dict(self._colleagues).get(chosen.in_charge, _("In charge")) if chosen.in_charge else "",
            "mediator": _("Needs a mediator") if chosen.mediator else "",
            "protected": _("Protected files") if chosen.protected else "",
        }
        return [(group, getattr(chosen, group), text) for group, text in words.items() if text]

    def turn(self, group: str, key: object) -> None:
        value = None if getattr(self._wanted, group) == key else key
        self._wanted = replace(self._wanted, **{group: value})  # type: ignore[arg-type]

    def forget(self) -> None:
        self._wanted = NO_FILTER

    @Slot()
    def _on_place(self) -> None:
        dialog = PlaceDialog(self.window(), self._wanted.place or "")
        dialog.finished_with.connect(self._on_place_typed)
        dialog.open()

    @Slot(object)
    def _on_place_typed(self, place: str) -> None:
        self._wanted = replace(self._wanted, place=place or None)
        self.show_chips()
        self.changed.emit()


class PlaceDialog(Dialog):
    """Asks for a part of the name of a town; `finished_with` gives it, "" for any."""

    def __init__(self, parent: QWidget, place: str) -> None:
        super().__init__(parent, _("Town or comune"), _("Apply filter"))
        self.form = Form(labels="top")
        self._place = self.form.add("place", _("Town or comune"), LineField())
        self._place.set_value(place)
        self.body.addWidget(self.form)

    def save(self) -> None:
        self.finish(self._place.value().strip())
