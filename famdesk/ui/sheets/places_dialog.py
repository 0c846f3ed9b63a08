"""The opening-hours posters of all places with one command: which places, in which languages, on which paper."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from famdesk.domain.errors import FamDeskError
from famdesk.domain.languages import language_label, language_title
from famdesk.i18n import FAMILY_LANGUAGES, _, language, ngettext
from famdesk.sheets.hours.all_posters import AllPosters, PlacesWish
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, make_action
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import CheckField
from famdesk.ui.kit.papers import print_dialog, printing
from famdesk.ui.kit.papers.pdf_preview import PdfPreview
from famdesk.ui.kit.papers.printing import Gathered
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label, ScrollColumn, Segmented
from famdesk.ui.sheets.options import PlaceChoice

PAUSE_MS = 150


class PlacesDialog(Dialog):
    """Options left, all posters in one file right.

    Attributes:
        preview: the file with all posters.
        made: the posters that are shown; None while there are none.
    """

    def __init__(self, parent: QWidget, runner: Runner, places: Sequence[tuple[str, str]]) -> None:
        """`places` as id and name."""
        super().__init__(parent, _("Posters of all places"), _("Print"))
        self._runner = runner
        self.made: AllPosters | None = None
        self.preview = PdfPreview()
        self.preview.setMinimumSize(theme.unit(80), theme.unit(70))
        self.places = PlaceChoice()
        self.places.set_places(places)
        self.languages = {code: CheckField(language_title(code)) for code in FAMILY_LANGUAGES}
        self.languages[language()].set_value(True)
        self.paper = Segmented([("A4", "A4"), ("A3", "A3")], _("Paper"))
        self.large = CheckField(_("Large print"))
        self.told = Label("", "second", wrap=True)
        self._save_action = make_action(self, _("Save as PDF"), self.choose_file, icon="download", shortcut="Ctrl+S")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.make)
        self._lay_out()
        for box in (*self.languages.values(), self.large):
            box.edited.connect(self._on_edited)
        self.places.edited.connect(self._on_edited)
        self.paper.chosen.connect(self._on_edited)
        self.resize(parent.window().size() * 0.85)
        self.make()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.places.focus_first()

    def wish(self) -> PlacesWish:
        """Which posters are wanted."""
        chosen = tuple(code for code, box in self.languages.items() if box.value())
        return PlacesWish(self.places.chosen(), chosen or (language(),), self.paper.current(), self.large.value())

    @Slot()
    def make(self) -> None:
        """Read and make the posters again."""
        from famdesk.sheets.hours import all_posters

        self._ready(ready=False)
        wish = self.wish()
        self._runner.fetch(printing.gathered, all_posters.gather, wish, then=partial(self._take, wish),
                           failed=self._say, owner=self, latest="posters")  # fmt: skip

    def save(self) -> None:
        """Ask for printer and copies, then print all posters."""
        self.set_accept_enabled(True)
        if self.preview.data:
            sheet = printing.printout("opening-hours", _("Opening hours"), self.preview.data, self.preview.document)
            print_dialog.ask(self, sheet, self._runner, self.finish)

    @Slot()
    def choose_file(self) -> None:
        """Ask for a file, then write all posters."""
        if self.preview.data:
            printing.ask_file(self, _("opening-hours"), self.save_to)

    @Slot(str)
    def save_to(self, name: str) -> None:
        """Write all posters to a file."""
        from famdesk.sheets.paper.page import save

        self._runner.compute(save, self.preview.data, Path(name), then=self.finish, failed=self.present, owner=self)

    def _take(self, wish: PlacesWish, found: Gathered) -> None:
        if wish == self.wish():
            self._runner.compute(_made, found, wish, then=self._show, failed=self._say, owner=self, latest="pdf")

    def _show(self, made: AllPosters) -> None:
        self.made = made
        self.preview.show_pdf(made.data, _("Posters of all places"))
        self.told.setText(_told(made))
        self._ready(ready=True)

    def _say(self, error: Exception) -> None:
        self._ready(ready=False)
        if isinstance(error, FamDeskError):
            self.preview.say(error.sentence())
        else:
            self.present(error)

    def _lay_out(self) -> None:
        left = ScrollColumn()
        for widget in (Label(_("Places (none ticked: all)"), "second"), self.places,
                       Label(_("Languages: a poster for each"), "second"), _close(list(self.languages.values())),
                       Label(_("Paper"), "second")):  # fmt: skip
            left.body.addWidget(widget)
        left.body.addWidget(self.paper, 0, Qt.AlignmentFlag.AlignLeft)
        left.body.addWidget(self.large)
        left.body.addStretch(1)
        left.setMinimumWidth(max(theme.unit(62), self.places.room() + theme.unit(10)))
        right = QVBoxLayout()
        above = QHBoxLayout()
        above.addWidget(self.told, 1)
        above.addWidget(ActionButton.of(self._save_action, hint=True), 0, Qt.AlignmentFlag.AlignTop)
        right.addLayout(above)
        right.addWidget(self.preview, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.unit(4))
        row.addWidget(left, 2)
        row.addLayout(right, 5)
        self.body.addLayout(row, 1)

    @Slot()
    def _on_edited(self) -> None:
        self._ready(ready=False)  # what is shown is not what is wanted any more
        self._pause.start()

    def _ready(self, *, ready: bool) -> None:
        self.set_accept_enabled(ready)
        self._save_action.setEnabled(ready)


def _close(boxes: Sequence[QWidget]) -> QWidget:
    """Boxes near each other."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.unit(1))
    for box in boxes:
        column.addWidget(box)
    return holder


def _made(found: Gathered, wish: PlacesWish) -> AllPosters:
    """The posters in the look of the centre; runs beside the database worker."""
    from famdesk.sheets.hours import all_posters
    from famdesk.sheets.paper.look import looking

    with looking(found.look):
        return all_posters.render(found.content, wish)


def _told(made: AllPosters) -> str:
    """How many posters there are, and which are missing, and why."""
    count = ngettext("{n} poster", "{n} posters", made.count).format(n=made.count)
    lines = [count]
    for one in made.refused:
        # Translators: a poster that cannot be printed: place, language, reason
        told = _("Missing: {place}, {language}: {reason}")
        lines.append(told.format(place=one.place, language=language_label(one.language), reason=one.why))
    return "\n".join(lines)
