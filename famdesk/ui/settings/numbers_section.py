"""Settings: the numbers of the centre by month, for who leads it and for an auditor."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from famdesk.domain import rights
from famdesk.i18n import _, formats
from famdesk.ui.kit import theme
from famdesk.ui.kit.rows import Column, RowModel
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.table import Table
from famdesk.ui.kit.widgets import Card, Label
from famdesk.ui.settings.section import Section, button
from famdesk.usecases import auditing
from famdesk.usecases.auditing import KINDS, MonthRow
from famdesk.usecases.centre import MeRow


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
        card.body.addWidget(Label(_(
            "Numbers from 1 to 4 are not told (a dot stands for them), so that nobody is recognised; therefore there "
            "are no sums."
        ), "second", wrap=True))  # fmt: skip
        self.body.addWidget(card)
        self.body.addStretch(1)

    def read(self, me: MeRow) -> None:
        self._year = self._year or me.today.year
        self._ask()

    def _ask(self) -> None:
        if rights.cell(auditing.numbers.name, self.runner.role):
            self._title.setText(str(self._year))
            self.later.setEnabled(self._year < self.runner.now().year)
            self.runner.fetch(auditing.numbers, self._year, then=self._show, failed=self.failed.emit, latest="numbers")

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
