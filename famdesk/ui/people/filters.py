"""By what the list of persons is narrowed: a menu beside the search line, and a chip for everything that is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from famdesk.domain import age_bands, codes, rights
from famdesk.domain.languages import language_choices, language_label
from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, ToolButton
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import LineField
from famdesk.ui.kit.form import Form
from famdesk.usecases import person_search
from famdesk.usecases.person_filters import NO_FILTER, PersonFilter

MOST_LANGUAGES = 24
PLACE = "place"


class FilterRow(QWidget):
    """A row of chips, hidden while nothing is chosen; a press takes the chip's filter away.

    Attributes:
        button: opens the menu of filters; it stands beside the search line.

    Signals:
        changed(): the person chose something else.
    """

    changed = Signal()

    def __init__(self, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted = NO_FILTER
        self._colleagues: Sequence[tuple[str, str]] = ()
        self._may_see_protected = "p" in rights.cell(person_search.list_persons.name, role)
        self.button = ToolButton(_("Filter"), "funnel")
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self.button)
        self._menu.setAccessibleName(_("Filter"))
        self.button.setMenu(self._menu)
        self._menu.aboutToShow.connect(self._fill)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.unit(2))
        self.setVisible(False)

    def wanted(self) -> PersonFilter:
        """What is chosen now."""
        return self._wanted

    def set_wanted(self, wanted: PersonFilter) -> None:
        """Choose without a signal."""
        self._wanted = wanted
        self._show_chips()

    def set_colleagues(self, colleagues: Sequence[tuple[str, str]]) -> None:
        """Who can be in charge, as (id, name)."""
        self._colleagues = tuple(colleagues)
        self._show_chips()

    def menu(self) -> QMenu:
        """The menu of filters, filled as it would open."""
        self._fill()
        return self._menu

    @Slot()
    def _fill(self) -> None:
        self._menu.clear()
        band = age_bands.band(self._wanted.age or age_bands.SMALL).label
        self._submenu(_("Age"), "age", [(one.code, one.label) for one in age_bands.BANDS])
        # Translators: children whose birthday this month brings them into an age band, or out of it
        self._submenu(_("Birthday this month"), "turning", [
            ("enters", _("Enter “{band}” this month").format(band=band)),
            ("leaves", _("Leave “{band}” this month").format(band=band)),
        ])  # fmt: skip
        place = self._menu.addAction(_("Town or comune…"))
        place.triggered.connect(self._on_place)
        self._submenu(_("Language"), "language", language_choices()[:MOST_LANGUAGES])
        self._submenu(_("Privacy notice"), "privacy", codes.labels(codes.PRIVACY))
        self._submenu(_("In charge"), "in_charge", self._colleagues)
        self._menu.addSeparator()
        self._entry(self._menu, _("Needs a mediator"), "mediator", True)
        if self._may_see_protected:
            self._entry(self._menu, _("Protected files"), "protected", True)

    def _submenu(self, text: str, group: str, named: Sequence[tuple[str, str]]) -> None:
        menu = self._menu.addMenu(text)
        menu.setEnabled(bool(named))
        for key, name in named:
            self._entry(menu, name, group, key)

    def _entry(self, menu: QMenu, text: str, group: str, key: object) -> None:
        action = QAction(text.replace("&", "&&"), menu)
        action.setCheckable(True)
        action.setChecked(getattr(self._wanted, group) == key)
        action.setData((group, key))
        action.triggered.connect(self._on_triggered)
        menu.addAction(action)

    @Slot()
    def _on_triggered(self) -> None:
        action = self.sender()
        assert isinstance(action, QAction)
        group, key = action.data()
        self._choose(group, None if getattr(self._wanted, group) == key else key)

    @Slot()
    def _on_chip(self) -> None:
        chip = self.sender()
        assert chip is not None
        self._choose(chip.property("filter"), None)
        self.button.setFocus()

    @Slot()
    def _on_place(self) -> None:
        dialog = PlaceDialog(self.window(), self._wanted.place or "")
        dialog.finished_with.connect(self._on_place_typed)
        dialog.open()

    @Slot(object)
    def _on_place_typed(self, place: str) -> None:
        self._choose(PLACE, place or None)

    @Slot()
    def _clear(self) -> None:
        self.set_wanted(NO_FILTER)
        self.button.setFocus()
        self.changed.emit()

    def _choose(self, group: str, value: Any) -> None:
        self.set_wanted(replace(self._wanted, **{group: value}))
        self.changed.emit()

    def _show_chips(self) -> None:
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        chips = self._chips()
        for group, name in chips:
            self._row.addWidget(self._chip(group, name))
        if len(chips) > 1:
            everything = ActionButton(_("Show everything"), kind="link")
            everything.clicked.connect(self._clear)
            self._row.addWidget(everything)
        self._row.addStretch(1)
        self.setVisible(bool(chips))

    def _chips(self) -> list[tuple[str, str]]:
        """(field of the filter, words) of what is chosen."""
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
        return [(group, text) for group, text in words.items() if text]

    def _chip(self, group: str, name: str) -> ActionButton:
        chip = ActionButton(name.replace("&", "&&"), "x")
        chip.setAccessibleName(_("Remove the filter {name}").format(name=name))
        chip.setToolTip(chip.accessibleName())
        chip.setProperty("filter", group)
        chip.clicked.connect(self._on_chip)
        return chip


class PlaceDialog(Dialog):
    """Asks for a part of the name of a town; `finished_with` gives it, "" for any."""

    def __init__(self, parent: QWidget, place: str) -> None:
        super().__init__(parent, _("Town or comune"), _("Filter"))
        self.form = Form(labels="top")
        self._place = self.form.add("place", _("Town or comune"), LineField())
        self._place.set_value(place)
        self.body.addWidget(self.form)

    def save(self) -> None:
        self.finish(self._place.value().strip())
