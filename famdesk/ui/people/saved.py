"""Searches that one keeps: the menu with the star beside the search line."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from famdesk.i18n import _
from famdesk.ui.kit.buttons import ToolButton
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import LineField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.runner import Runner
from famdesk.usecases.people import saved_searches
from famdesk.usecases.people.person_filters import PersonFilter
from famdesk.usecases.people.saved_searches import SavedRow

Asked = Callable[[], tuple[str, PersonFilter]]
"""What is typed and chosen at the moment."""


class SavedMenu(QObject):
    """The searches of the person who is signed in.

    Attributes:
        button: opens the menu; it stands beside the search line.

    Signals:
        chosen(object): a search is to be made again, as its row.
    """

    chosen = Signal(object)

    def __init__(self, owner: QWidget, runner: Runner, asked: Asked) -> None:
        super().__init__(owner)
        self._owner, self._runner, self._asked = owner, runner, asked
        self._rows: tuple[SavedRow, ...] = ()
        self.button = ToolButton(_("Searches kept"), "star")
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self.button)
        self._menu.setAccessibleName(_("Searches kept"))
        self.button.setMenu(self._menu)
        self._menu.aboutToShow.connect(self._fill)

    def refresh(self) -> None:
        """Look which ones there are."""
        self._runner.fetch(saved_searches.mine, then=self._take, latest="saved", owner=self)

    def menu(self) -> QMenu:
        """The menu, filled as it would open."""
        self._fill()
        return self._menu

    def _take(self, rows: tuple[SavedRow, ...]) -> None:
        self._rows = rows

    @Slot()
    def _fill(self) -> None:
        self._menu.clear()
        for place, row in enumerate(self._rows):
            self._entry(self._menu, row.name, place, self._on_chosen)
        if self._rows:
            self._menu.addSeparator()
        text, wanted = self._asked()
        keep = self._menu.addAction(_("Keep this search…"))
        keep.setEnabled(bool(text) or wanted != PersonFilter())
        keep.triggered.connect(self._on_keep)
        if self._rows:
            # Translators: a menu with the searches that one has kept, to remove one of them
            remove = self._menu.addMenu(_("Remove a search"))
            for place, row in enumerate(self._rows):
                self._entry(remove, row.name, place, self._on_remove)

    def _entry(self, menu: QMenu, text: str, place: int, slot: Callable[[], None]) -> None:
        action = QAction(text.replace("&", "&&"), menu)
        action.setData(place)
        action.triggered.connect(slot)
        menu.addAction(action)

    def _row(self) -> SavedRow:
        action = self.sender()
        assert isinstance(action, QAction)
        return self._rows[int(action.data())]

    @Slot()
    def _on_chosen(self) -> None:
        self.chosen.emit(self._row())

    @Slot()
    def _on_remove(self) -> None:
        row = self._row()
        self._runner.run(saved_searches.remove, row.id, row.version, then=self._on_changed)

    @Slot()
    def _on_keep(self) -> None:
        dialog = KeepDialog(self._owner.window(), self._runner, *self._asked())
        dialog.finished_with.connect(self._on_changed)
        dialog.open()

    @Slot(object)
    def _on_changed(self, _result: object = None) -> None:
        self.refresh()


class KeepDialog(Dialog):
    """Asks under which name a search is to be kept."""

    def __init__(self, parent: QWidget, runner: Runner, text: str, wanted: PersonFilter) -> None:
        super().__init__(parent, _("Keep this search"), _("Keep"))
        self._runner, self._text, self._wanted = runner, text, wanted
        self.form = Form(labels="top")
        self._name = self.form.add(
            "name", _("Name of the search"), LineField(saved_searches.LONGEST_NAME), required=True
        )
        self._name.set_value(text)
        self.body.addWidget(self.form)

    def save(self) -> None:
        self._runner.run(saved_searches.keep, self._name.value(), self._text, self._wanted, then=self.finish,
                         failed=self.present)  # fmt: skip
