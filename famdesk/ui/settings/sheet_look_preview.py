"""How the sheets look with what stands in the form, saved or not: a poster and a letter, made anew at every change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain.errors import FamDeskError
from famdesk.domain.post.looks import Look
from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.papers.live_sheet import LiveSheet, Made
from famdesk.ui.kit.papers.pdf_preview import PdfPreview
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card, Segmented

POSTER, LETTER = "poster", "letter"


@dataclass(frozen=True, slots=True)
class LookWish:
    """Which of the two sheets, in which look."""

    sheet: str
    look: Look


class LookPreview(Card):
    """One of the two sheets in the look that is tried.

    Attributes:
        sheet: which one. preview: its PDF. live: what makes it.
    """

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(_("Preview"), "eye", parent)
        self._look: Look | None = None
        self.sheet = Segmented([(POSTER, _("Poster")), (LETTER, _("Letter"))], _("Preview"))
        self.preview = PdfPreview()
        self.preview.setFixedHeight(theme.unit(135))
        self.body.addWidget(self.sheet, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.preview, 1)
        self.live = LiveSheet(runner, _gathered, _rendered, self)
        self.live.made.connect(self._show)
        self.live.refused.connect(self._say)
        self.sheet.chosen.connect(self._make)

    def try_look(self, look: Look) -> None:
        """Show the sheet in this look, if it is another one."""
        if look != self._look:
            self._look = look
            self._ask()

    @Slot()
    def _make(self) -> None:
        if self._look is not None:
            self.live.make(LookWish(self.sheet.current(), self._look))

    def _ask(self) -> None:
        if self._look is not None:
            self.live.ask(LookWish(self.sheet.current(), self._look))

    @Slot(object)
    def _show(self, made: Made) -> None:
        names = {POSTER: _("Poster"), LETTER: _("Letter")}
        self.preview.show_pdf(made.data, names[made.wish.sheet])

    @Slot(object)
    def _say(self, error: Exception) -> None:
        if not isinstance(error, FamDeskError):
            raise error
        self.preview.say(error.sentence())


def _gathered(tx: Any, _wish: LookWish) -> Any:
    from famdesk.sheets.collecting import collect_look

    return collect_look.samples(tx)


def _rendered(content: Any, wish: LookWish) -> bytes:
    from famdesk.sheets.collecting import collect_look

    return collect_look.draw(content, wish.sheet, wish.look)
