"""Settings: language, colours, text size of this desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt, Slot
from PySide6.QtWidgets import QApplication, QWidget

from famdesk.i18n import _, language
from famdesk.ui.kit import settings as store
from famdesk.ui.kit.fields import CheckField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.theme import ZOOMS, Look, of
from famdesk.ui.kit.widgets import Card, Label, Segmented
from famdesk.ui.settings.section import Section, reason_text
from famdesk.usecases.centre import centre
from famdesk.usecases.centre.centre import MeRow

if TYPE_CHECKING:
    from famdesk.usecases.office import Office

NAMES = {"it": "Italiano", "en": "English", "de": "Deutsch"}
CHANGE = "centre.set_language"


class LookSection(Section):
    """Colours and size change at once, the language at the next start."""

    def __init__(self, runner: Runner, office: Office, settings: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._office, self._settings = office, settings
        self.languages = Segmented(list(NAMES.items()), _("Language"))
        self.all_desks = CheckField(_("Also for new desks and the sheets of the centre"))
        self.looks = Segmented(
            [(Look.SYSTEM, _("As the system")), (Look.LIGHT, _("Light")), (Look.DARK, _("Dark"))], _("Colours")
        )
        self.zooms = Segmented([(str(zoom), f"{zoom} %") for zoom in ZOOMS], _("Text size"))
        self._later = Label(_("The new language is used from the next start on."), "second", wrap=True)
        self._later.hide()
        self._build()
        self.languages.set_current(self._desk_language())
        self.languages.chosen.connect(self._on_language)
        self.looks.chosen.connect(self._on_look)
        self.zooms.chosen.connect(self._on_zoom)

    def read(self, me: MeRow) -> None:
        may = CHANGE in me.may
        self.all_desks.setEnabled(may)
        self.all_desks.setToolTip("" if may else reason_text(CHANGE))
        theme = of(QApplication.instance())
        if theme is not None:
            self.looks.set_current(theme.look)
            self.zooms.set_current(str(theme.zoom))

    def _desk_language(self) -> str:
        found = self._office.home.settings().language
        return found if found in NAMES else language()

    def _build(self) -> None:
        left = Qt.AlignmentFlag.AlignLeft
        words = Card(_("Language"), "languages")
        words.body.addWidget(self.languages, 0, left)
        words.body.addWidget(self.all_desks, 0, left)
        words.body.addWidget(self._later)
        look = Card(_("Colours"), "sun")
        look.body.addWidget(self.looks, 0, left)
        size = Card(_("Text size"), "eye")
        size.body.addWidget(self.zooms, 0, left)
        for card in (words, look, size):
            self.body.addWidget(card)
        self.body.addStretch(1)

    @Slot(str)
    def _on_language(self, chosen: str) -> None:
        store.write(self._settings, store.LANGUAGE, chosen)
        self._office.home.set_language(chosen)
        self._later.setVisible(chosen != language())
        if self.all_desks.value():
            self.runner.run(centre.set_language, chosen)

    @Slot(str)
    def _on_look(self, chosen: str) -> None:
        store.write(self._settings, store.LOOK, chosen)
        theme = of(QApplication.instance())
        if theme is not None:
            theme.set_look(Look(chosen))

    @Slot(str)
    def _on_zoom(self, chosen: str) -> None:
        store.write(self._settings, store.ZOOM, int(chosen))
        theme = of(QApplication.instance())
        if theme is not None:
            theme.set_zoom(int(chosen))
