"""The first two steps: in which language, and what is to be done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot

from famdesk.i18n import LANGUAGES, _, language
from famdesk.ui.first_start.answers import Answers
from famdesk.ui.first_start.step import Step
from famdesk.ui.kit.background import InBackground
from famdesk.ui.kit.lines import Line, LineList

LANGUAGE_NAMES = {"it": "Italiano", "en": "English", "de": "Deutsch"}
WELCOMES = {
    "it": "Benvenuti in FamDesk",
    "en": "Welcome to FamDesk",
    "de": "Willkommen bei FamDesk",
}
"""Each in its own language: nobody has chosen one yet."""


class _ListStep(Step):
    """A step that is one choice from a list; Enter or a double click goes on."""

    def add_list(self, name: str, lines: Sequence[Line], current: str) -> LineList:
        """Show the choices."""
        choices = LineList(name, grow=True)
        choices.set_lines(lines)
        choices.set_current_id(current)
        choices.activated_id.connect(self._on_activated)
        self.body.addWidget(choices)
        self.setFocusProxy(choices)
        return choices

    @Slot(str)
    def _on_activated(self, _line_id: str) -> None:
        self.done.emit()


class LanguageStep(_ListStep):
    """The language of the window, named in itself.

    Signals:
        language_chosen(str): another language than the present one.
    """

    language_chosen = Signal(str)

    def __init__(self, answers: Answers, in_background: InBackground) -> None:
        super().__init__(answers, in_background, WELCOMES[language()], _("In which language shall the window speak?"))
        lines = [Line(code, LANGUAGE_NAMES[code], detail=WELCOMES[code], icon="languages") for code in LANGUAGES]
        self.list = self.add_list(_("Language"), lines, language())

    def take(self) -> bool:
        """True if the window speaks the chosen language already; else it is asked for, and the page is made anew."""
        wanted = self.list.current_id()
        if wanted == language():
            return True
        self.language_chosen.emit(wanted)
        return False


class WayStep(_ListStep):
    """Try it, make a centre, join a network, or bring a backup back."""

    def __init__(self, answers: Answers, in_background: InBackground) -> None:
        super().__init__(answers, in_background, _("What would you like to do?"), "")
        lines = [
            Line("demo", _("Try with Hug (Cremona)"), icon="sparkles",
                 detail=_("A real centre with invented families, in a folder of its own. Nothing can go wrong.")),
            Line("new", _("New centre"), icon="house",
                 detail=_("The data stay encrypted on this computer. Takes about five minutes and a printer.")),
            Line("join", _("Join a network"), icon="database",
                 detail=_("The data are on a PostgreSQL server and you have an account there.")),
            Line("restore", _("Restore a backup"), icon="history",
                 detail=_("Bring a FamDesk backup back onto this computer.")),
        ]  # fmt: skip
        self.list = self.add_list(_("What would you like to do?"), lines, answers.way)

    def keep(self) -> None:
        self.answers.way = self.list.current_id() or "demo"

    def go_text(self) -> str:
        return _("Continue")
