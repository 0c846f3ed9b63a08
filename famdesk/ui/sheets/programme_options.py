"""The options of flyers, certificates, feedback forms, summaries, and of lists and letters of calls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from famdesk.i18n import _
from famdesk.sheets.papers import (
    APPLICATIONS,
    CERTIFICATE,
    FEEDBACK,
    FLYER,
    OUTCOMES,
    REGISTER,
    STATISTICS,
    SUMMARY,
    PaperWish,
)
from famdesk.sheets.programmes.flyer import papers
from famdesk.ui.kit.fields import CheckField, NumberField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.widgets import Segmented
from famdesk.usecases.calls.call_rows import CallRow
from famdesk.usecases.programmes.programmes_rows import InitiativeRow

OF_INITIATIVES = (FLYER, CERTIFICATE, FEEDBACK, SUMMARY)
OF_CALLS = (APPLICATIONS, OUTCOMES)
OF_YEARS = (STATISTICS, REGISTER)


class ProgrammeOptions(QWidget):
    """Which initiative or call, on which paper, in which version.

    Signals:
        edited(): something else is wanted.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted = {"initiative": "", "call": ""}
        self._ids: tuple[str, ...] = ()
        self._paper = Segmented(list(papers()), _("Paper"))
        self._initiative = ChoiceField([], _("Type to find an initiative"))
        self._call = ChoiceField([], _("Type to find a call"))
        self._pictures = CheckField(_("In pictures, for those who do not read"))
        self._ranked = CheckField(_("In the order of the ranking"))
        self._numbers = CheckField(_("Numbers only, to be put up"))
        self._year = NumberField(1990, 2200)
        self._form = form = Form(labels="top")
        form.add("of_initiative", _("Initiative"), self._initiative)
        form.add("pictures", "", self._pictures)
        form.add("of_call", _("Call"), self._call)
        form.add("ranked", "", self._ranked)
        form.add("numbers", "", self._numbers)
        form.add("year", _("Year"), self._year)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(form)
        column.addWidget(self._paper, 0, Qt.AlignmentFlag.AlignLeft)
        form.edited.connect(self._on_edited)
        self._initiative.edited.connect(self._on_other)
        self._paper.chosen.connect(self._on_edited)

    def show_for(self, sheet: str) -> None:
        """Offer only what the sheet has."""
        shown = {
            "of_initiative": sheet in OF_INITIATIVES, "pictures": sheet == FEEDBACK, "of_call": sheet in OF_CALLS,
            "ranked": sheet == APPLICATIONS, "numbers": sheet == APPLICATIONS, "year": sheet in OF_YEARS,
        }  # fmt: skip
        for name, visible in shown.items():
            self._form.set_row_visible(name, visible)
        self._paper.setVisible(sheet == FLYER)
        self.setVisible(sheet in (*OF_INITIATIVES, *OF_CALLS, *OF_YEARS))

    def set_initiatives(self, rows: Sequence[InitiativeRow]) -> None:
        """Offer the own initiatives; what is chosen stays."""
        self._offer("initiative", self._initiative, [Choice(row.id, row.name) for row in rows if row.mine])

    def set_calls(self, rows: Sequence[CallRow]) -> None:
        """Offer the own calls; what is chosen stays."""
        self._offer("call", self._call, [Choice(row.id, row.name) for row in rows if row.mine])

    def choose(self, sheet: str, item_id: str) -> None:
        """Take this initiative or call, now or once it is known. After an initiative, ids of certificates may follow,
        with blanks between."""
        first, *rest = item_id.split() or [""]
        kind = "call" if sheet in OF_CALLS else "initiative"
        field = self._call if kind == "call" else self._initiative
        self._wanted[kind] = first
        self._ids = tuple(rest)
        field.set_value(first or None)

    def wish(self, wish: PaperWish) -> PaperWish:
        """The wish with what is chosen here."""
        chosen = self._initiative.value() or self._wanted["initiative"]
        if self.isHidden():
            return wish
        return replace(
            wish, initiative_id=chosen, call_id=self._call.value() or self._wanted["call"],
            paper=self._paper.current(), pictures=self._pictures.value(), ranked=self._ranked.value(),
            names=not self._numbers.value(), ids=self._ids, meeting_id="",
            year=self._year.value(),
        )  # fmt: skip

    def _offer(self, kind: str, field: ChoiceField, choices: Sequence[Choice]) -> None:
        chosen = self._wanted[kind] or field.value()
        known = {choice.code for choice in choices}
        field.set_choices(choices)
        field.set_value(chosen if chosen in known else None)
        if chosen in known:
            self._wanted[kind] = ""

    @Slot()
    def _on_other(self) -> None:
        """Certificates that were chosen one by one are those of another initiative."""
        self._ids = ()

    @Slot()
    def _on_edited(self) -> None:
        if self._form.check():
            self.edited.emit()
