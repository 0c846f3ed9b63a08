"""Settings: the numbers of the centre by month, for who leads it and for an auditor."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from famdesk.domain.consent.suppression import DEFAULT, LEAST, MOST
from famdesk.domain.staff import rights
from famdesk.i18n import _, formats
from famdesk.ui.kit import theme
from famdesk.ui.kit.fields import NumberField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.rows import Column, RowModel
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.table import Table
from famdesk.ui.kit.widgets import Card, Label
from famdesk.ui.settings.section import Section, button
from famdesk.usecases.centre import auditing, small_numbers
from famdesk.usecases.centre.auditing import KINDS, MonthRow
from famdesk.usecases.centre.centre import MeRow


class NumbersSection(Section):
    """A year as a table of months; the arrows go from year to year."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._year = 0
        self._model: RowModel[MonthRow] = RowModel(_columns(), _key)
        self.table: Table[MonthRow] = Table(self._model, _("Numbers by month"))
        metrics = self.table.fontMetrics()
        for place, column in enumerate(self._model.columns[1:], 1):  # the month has the rest of the width
            words = max(map(metrics.horizontalAdvance, column.title.split("\n")))
            self.table.setColumnWidth(place, words + theme.unit(4))
        self._title = Label("", "strong")
        self.earlier = button("", "chevron-left", self._on_earlier)
        self.later = button("", "chevron-right", self._on_later)
        for one, name in ((self.earlier, _("Year before")), (self.later, _("Year after"))):
            one.setAccessibleName(name)
            one.setToolTip(name)
        card = Card(_("Numbers by month"), "chart-column")
        row = QHBoxLayout()
        for part in (self.earlier, self._title, self.later):
            row.addWidget(part)
        row.addStretch()
        card.body.addLayout(row)
        card.add_wide(self.table)
        self._told = Label("", "second", wrap=True)
        card.body.addWidget(self._told)
        self.body.addWidget(card)
        self.least = LeastCard(runner)
        self.least.failed.connect(self.failed)
        self.least.saved.connect(self._on_saved)
        self.body.addWidget(self.least)
        self.body.addStretch(1)

    def read(self, me: MeRow) -> None:
        self._year = self._year or me.today.year
        self.least.setVisible(small_numbers.set_least_told.name in me.may)
        self._ask()

    def _ask(self) -> None:
        if rights.cell(auditing.numbers.name, self.runner.role):
            self._title.setText(str(self._year))
            self.later.setEnabled(self._year < self.runner.now().year)
            self.runner.fetch(small_numbers.least_told, then=self._show_least, failed=self.failed.emit, latest="least")
            self.runner.fetch(auditing.numbers, self._year, then=self._show, failed=self.failed.emit, latest="numbers")

    def _show_least(self, least: int) -> None:
        self.least.show_least(least)
        self._told.setText(_(
            "Numbers from 1 to {most} are not told (a dot stands for them), so that nobody is recognised; therefore "
            "there are no sums."
        ).format(most=formats.number(least - 1)))  # fmt: skip

    @Slot()
    def _on_saved(self) -> None:
        self.say(_("Saved: it holds for all figures and sheets from now on."))
        self._ask()

    def _show(self, rows: tuple[MonthRow, ...]) -> None:
        self._model.set_rows(rows)
        height = self.table.verticalHeader().defaultSectionSize()
        self.table.setFixedHeight(len(rows) * height + self.table.horizontalHeader().sizeHint().height() + 4)

    @Slot()
    def _on_earlier(self) -> None:
        self._year -= 1
        self._ask()

    @Slot()
    def _on_later(self) -> None:
        self._year += 1
        self._ask()


class LeastCard(Card):
    """From which number on figures tell how many people there were.

    Signals:
        saved(): it is another one now.
        failed(object): why it could not be saved.
    """

    saved = Signal()
    failed = Signal(object)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(_("Small numbers"), "shield-alert", parent)
        self._runner = runner
        self.form = Form()
        self.form.add("least", _("Numbers are told from"), NumberField(LEAST, MOST), hint=_(
            "It holds for figures, charts and sheets. Never below {least}: fewer people could be recognised."
        ).format(least=formats.number(LEAST)))  # fmt: skip
        self._save = button(_("Save"), "save", self.save)
        theme.set_kind(self._save, "primary")
        self._save.setEnabled(False)
        self.form.edited.connect(self._on_edited)
        self.form.unplaced.connect(self.failed)
        row = QHBoxLayout()
        row.addWidget(self._save)
        row.addStretch()
        self.body.addWidget(self.form)
        self.body.addLayout(row)

    def show_least(self, least: int) -> None:
        """Show what holds now, unless something else is being typed."""
        if not self.form.dirty:
            self.form.set_values({"least": least})

    @Slot()
    def save(self) -> None:
        """Sets what was typed."""
        if self.form.check():
            self._save.setEnabled(False)
            least = self.form.value("least") or DEFAULT
            self._runner.run(small_numbers.set_least_told, least, then=self._on_saved, failed=self._on_refused)

    @Slot()
    def _on_edited(self) -> None:
        self._save.setEnabled(True)

    def _on_saved(self, _nothing: object) -> None:
        self.form.set_values({})
        self.saved.emit()

    def _on_refused(self, error: Exception) -> None:
        self._save.setEnabled(True)
        self.form.present(error)


def _columns() -> list[Column[MonthRow]]:
    found: list[Column[MonthRow]] = [Column(_("Month"), _month, width=0)]
    for place, label in enumerate(KINDS.values()):
        found.append(Column(_(label).replace(" ", "\n", 1), partial(_number, place), width=8, right=True,
                            spoken=partial(_spoken, place)))  # fmt: skip
    return found


def _key(row: MonthRow) -> str:
    return row.first.isoformat()


def _month(row: MonthRow) -> str:
    return formats.month_year(row.first)


def _number(place: int, row: MonthRow) -> str:
    found = row.numbers[place]
    return "·" if found is None else formats.number(found) if found else "–"


def _spoken(place: int, row: MonthRow) -> str:
    found = row.numbers[place]
    # Translators: a number from 1 to 4, which is not told
    return _("a few") if found is None else formats.number(found)
