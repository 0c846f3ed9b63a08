"""The genogram as it is printed: the real PDF, on A4 or A3, with the names that paper may bear."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from famdesk.i18n import _, language, using
from famdesk.ui.kit.papers.sheet_dialog import SheetDialog
from famdesk.ui.kit.runner import Runner

PAPERS = (("A4", "A4"), ("A3", "A3"))


class GenogramPrintDialog(SheetDialog):
    """Shows the sheet and prints or saves it. That it was made is noted in the journal."""

    def __init__(self, parent: QWidget, runner: Runner, person_id: str, on: date) -> None:
        note = _("Names are printed as the safe-contact rules allow.")
        super().__init__(parent, runner, _("Genogram"), _("genogram"), gathered, _Rendered(), PAPERS, _("Paper"),
                         what=(person_id, on), note=note)  # fmt: skip


def gathered(tx: Any, _paper: str, person_id: str, on: date) -> Any:
    """The family as paper may tell it."""
    from famdesk.sheets.collecting import collect

    return collect.genogram(tx, person_id, on)


class _Rendered:
    """Makes the PDF in the language of the window, in whatever thread."""

    def __init__(self) -> None:
        self._language = language()

    def __call__(self, content: Any, paper: str) -> bytes:
        from famdesk.sheets.people import genogram

        with using(self._language):
            return genogram.render(content, paper)
