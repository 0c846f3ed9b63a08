"""Printing: what is printed, how it is written into the print register, and what this machine remembers of it.

The dialog is `print_dialog`; printers are spoken to by another process (`print_job`), so that nothing here waits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QSettings, QStandardPaths
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QFileDialog, QWidget

from famdesk.i18n import _
from famdesk.ui.kit import settings as store
from famdesk.ui.kit.papers.paper import PrintChoice, kept_choice, size_name
from famdesk.ui.kit.papers.paper_child import Order
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.settings import Setting

PRINTED: Final = "printed"
SAVED: Final = "saved"
REFUSED: Final = "refused"


@dataclass(frozen=True, slots=True)
class Printout:
    """A sheet that is ready. `key` is its kind; `title` what the printer's queue calls it, never a person's name.

    `marks` are those under which the print register knows it, none if nobody stands on it; `pages` how many it has,
    `media` the paper of the first ("A4", "" if it has no name).
    """

    key: str
    title: str
    data: bytes
    pages: int = 1
    media: str = ""
    marks: tuple[str, ...] = ()

    @property
    def kept_under(self) -> str:
        """What the machine remembers its choices by: the kind of sheet on that paper."""
        return f"{self.key}-{self.media}" if self.media else self.key


def printout(key: str, title: str, data: bytes, document: QPdfDocument, marks: tuple[str, ...] = ()) -> Printout:
    """The sheet that a preview shows."""
    size = document.pagePointSize(0)
    return Printout(key, title, data, document.pageCount(), size_name(size.width(), size.height()), marks)


def kept(settings: QSettings | None, sheet: Printout) -> PrintChoice:
    """How such a sheet was printed last on this machine; of one that never was, the printer of the one before."""
    if settings is None:
        return PrintChoice()
    found = kept_choice(store.read(settings, _setting(sheet.kept_under)))
    return found if found.printer else PrintChoice(kept_choice(store.read(settings, _setting("last"))).printer)


def keep(settings: QSettings | None, sheet: Printout, choice: PrintChoice) -> None:
    """Remember how such a sheet was printed on this machine."""
    if settings is not None:
        for name in (sheet.kept_under, "last"):
            store.write(settings, _setting(name), choice.text())


def order(sheet: Printout, choice: PrintChoice, pages: tuple[int, ...]) -> Order:
    """What is handed to the printer."""
    return Order(sheet.title, choice.printer, choice.copies, choice.tray, choice.sides, choice.colour, pages,
                 sheet.pages, choice.fit, sheet.media)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a sheet says, the marks under which the register knows it, and the look (`Look`) that it is made in."""

    content: Any
    marks: tuple[str, ...]
    look: Any


def gathered(tx: Any, gather: Callable[..., Any], *what: Any) -> Gathered:
    """What is needed for a sheet; runs as a query."""
    from famdesk.usecases.centre import looks
    from famdesk.usecases.post import prints

    content = gather(tx, *what)
    return Gathered(content, prints.marks(tx), looks.look(tx).look())


def note(
    runner: Runner, marks: tuple[str, ...], how: str, then: Callable[[object], object],
    failed: Callable[[Exception], object] | None = None, *, copies: int = 1, purpose: str = "",
    owner: QWidget | None = None,
) -> None:  # fmt: skip
    """Writes into the print register what becomes of a sheet, then goes on; at once if nobody stands on it."""
    if not marks:
        then(None)
        return
    from famdesk.usecases.post import prints

    noted: Callable[..., Any] = partial(prints.done, copies=copies, purpose=purpose)
    runner.fetch(noted, marks, how, then=then, failed=failed, owner=owner)


def ask_file(parent: QWidget, name: str, save_to: Callable[[str], object]) -> QFileDialog:
    """Asks where a PDF is to be saved; `name` without its ending says nothing of a person."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    where = str(Path(folder) / f"{name}.pdf")
    dialog = QFileDialog(parent, _("Save as PDF"), where, _("PDF files (*.pdf)"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("pdf")
    dialog.fileSelected.connect(save_to)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def _setting(name: str) -> Setting[str]:
    return Setting(f"print/{name}", str, "")
