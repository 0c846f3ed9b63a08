"""The ranking of a call: who stands where, equal points told, and fixing it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from famdesk.domain.codes import label
from famdesk.domain.programmes.calls import APPLICATION_STATES, Ranked, points_text
from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, allow, make_action
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.dialog import Dialog, ask_reason
from famdesk.ui.kit.fields import CheckField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.rows import Column, RowModel
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.table import Table
from famdesk.ui.kit.widgets import Label
from famdesk.ui.programmes import call_words as words
from famdesk.usecases.calls import rankings
from famdesk.usecases.calls.call_rows import CallDetail


class RankingPanel(QWidget):
    """The ranking as it would be now, or as it was fixed.

    Signals:
        letters_requested(), sheet_requested(): letters or the list are to be printed.
    """

    letters_requested = Signal()
    sheet_requested = Signal()

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._detail: CallDetail | None = None
        self._names: dict[str, str] = {}
        self.model: RowModel[Ranked] = RowModel(self._columns())
        self.table: Table[Ranked] = Table(self.model, _("Ranking"), _("No application is admitted yet."))
        self._note = Label("", "second", wrap=True)
        self._fix = make_action(self, _("Fix the ranking"), self.fix, icon="lock")
        self._open = make_action(self, _("Open it again"), self.reopen, icon="key-round")
        self._letters = make_action(self, _("Letters"), self.letters_requested.emit, icon="mail")
        row = QHBoxLayout()
        row.setSpacing(theme.unit(2))
        row.addWidget(self._note, 1)
        for action in (self._letters, self._open, self._fix):
            row.addWidget(ActionButton.of(action))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.unit(2))
        layout.addLayout(row)
        layout.addWidget(self.table, 1)
        self.setFocusProxy(self.table)

    def show_detail(self, detail: CallDetail) -> None:
        """Show the ranking of a call."""
        self._detail = detail
        self._names = {row.id: row.values.applicant for row in detail.applications or ()}
        self._note.setText(words.ranking_note(detail))
        self.model.set_rows(detail.ranking)
        fixed = detail.row.state == "decided"
        allow(self._fix, detail.may_judge, not fixed and bool(detail.applications))
        allow(self._open, detail.may_judge, fixed)
        self._letters.setEnabled(fixed and bool(detail.applications))

    @Slot()
    def fix(self) -> None:
        """Fix the ranking; how ties are settled is asked first."""
        if self._detail is not None:
            _FixDialog(self.window(), self._runner, self._detail).open()

    @Slot()
    def reopen(self) -> None:
        """Open a fixed ranking again."""
        if self._detail is not None:
            row = self._detail.row
            ask_reason(self.window(), _("Open the ranking again?"), _("Open it again"),
                       partial(self._reopen, row.id, row.version))  # fmt: skip

    def _reopen(self, call_id: str, version: int, reason: str) -> None:
        self._runner.run(rankings.reopen, call_id, version, reason)

    def _columns(self) -> list[Column[Ranked]]:
        return [
            Column(_("Rank"), words.place_text, width=6, right=True, tip=_tied),
            Column(_("No."), _number, width=5, right=True),
            Column(_("Who applied"), self._who, width=0),
            Column(_("Points"), _points, width=9, right=True),
            Column(_("What it means"), _outcome, width=26, meaning=_meaning),
        ]

    def _who(self, place: Ranked) -> str:
        return self._names.get(place.id, "")


class _FixDialog(Dialog):
    """Is the ranking to be fixed, and who goes first of those with equal points?"""

    def __init__(self, parent: QWidget, runner: Runner, detail: CallDetail) -> None:
        super().__init__(parent, _("Fix the ranking?"), _("Fix the ranking"))
        self._runner, self._row = runner, detail.row
        told = _("After this nobody can change points or documents, until it is opened again with a reason.")
        self.body.addWidget(Label(told, wrap=True))
        note = words.ranking_note(detail)
        if note:
            self.body.addWidget(Label(note, "second", wrap=True))
        self.form = Form(labels="top")
        self.form.add("by_arrival", "", CheckField(_("Of equal points the one that came first goes first")))
        self.form.set_row_visible("by_arrival", any(one.tied for one in detail.ranking))
        self.body.addWidget(self.form)

    def save(self) -> None:
        assert self.form is not None
        by_arrival = self.form.value("by_arrival")
        self._runner.run(rankings.decide, self._row.id, self._row.version, by_arrival=by_arrival, then=self.finish,
                         failed=self.present)  # fmt: skip


def _number(place: Ranked) -> str:
    return str(place.number)


def _points(place: Ranked) -> str:
    return "" if place.points is None else points_text(place.points)


def _tied(place: Ranked) -> str:
    numbers = ", ".join(str(number) for number in place.tied)
    return _("The same points as {numbers}").format(numbers=numbers) if place.tied else ""


def _outcome(place: Ranked) -> str:
    if place.outcome == "tie":
        return _("Equal points at the last place")
    return _("Points are missing") if place.outcome == "open" else label(APPLICATION_STATES, place.outcome)


def _meaning(place: Ranked) -> Meaning | None:
    return words.APPLICATION_MEANINGS.get(place.outcome, Meaning.WARNING)
