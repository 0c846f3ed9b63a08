"""Settings: roles and permissions, as a grid of powers and roles."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from famdesk.domain import rights
from famdesk.domain.powers import POWERS, Power
from famdesk.i18n import _, ngettext, pgettext
from famdesk.ui.kit import theme
from famdesk.ui.kit.rows import Column, RowModel
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.table import Table
from famdesk.ui.kit.widgets import Card, Label
from famdesk.ui.settings.roles import sees
from famdesk.ui.settings.section import Section, reason_label
from famdesk.usecases import roles
from famdesk.usecases.centre import MeRow
from famdesk.usecases.roles import RoleRow

CHANGE = roles.set_power.name


@dataclass(frozen=True, slots=True)
class PowerLine:
    """A power and the roles, in the order of `rights.ROLES`."""

    power: Power
    roles: tuple[RoleRow, ...]

    @property
    def id(self) -> str:
        return self.power.code


class RolesGrid(Table[PowerLine]):
    """A power to a line, a role to a column. Arrows go from cell to cell; Space, Enter or a click gives or takes.

    Signals:
        chosen(str, str): that power (by its code) of that role is meant to change.
        moved(): another cell is current.
    """

    chosen = Signal(str, str)
    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.model_: RowModel[PowerLine] = RowModel(_columns())
        super().__init__(self.model_, _("Roles and permissions"), parent=parent)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + theme.unit(2))
        for column in range(1, self.model_.columnCount()):
            self.setColumnWidth(column, self._wished(self.model_.columns[column].title))
        self.clicked.connect(self._on_clicked)
        self.model_.modelReset.connect(self._on_reset)
        self.selectionModel().currentChanged.connect(self._on_moved)

    def current_role(self) -> str:
        """The role of the current cell; "" in the column of names."""
        column = self.currentIndex().column()
        return rights.ROLES[column - 1] if column > 0 else ""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """From the start a cell is meant that can be changed, and looks so."""
        super().focusInEvent(event)
        if not self.current_role() and self.model_.rowCount():
            self.setCurrentIndex(self.model_.index(max(self.currentIndex().row(), 0), 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() in keys and not event.modifiers() and self.current_role():
            self.chosen.emit(self.current_id(), self.current_role())
        else:
            super().keyPressEvent(event)

    def _wished(self, title: str) -> int:
        """The words of a role stand one below the other."""
        return max(map(self.fontMetrics().horizontalAdvance, title.split("\n"))) + theme.unit(3)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() > 0:
            self.chosen.emit(self.model_.id_at(index.row()), rights.ROLES[index.column() - 1])

    @Slot()
    def _on_reset(self) -> None:
        """The same cell goes on being the one that is meant, and looks so."""
        if self.currentIndex().isValid():
            self.selectionModel().select(self.currentIndex(), QItemSelectionModel.SelectionFlag.ClearAndSelect)

    @Slot()
    def _on_moved(self) -> None:
        self.moved.emit()


class RolesSection(Section):
    """What each role may do in this centre; under the grid, what the chosen cell is about."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._may = False
        self.grid = RolesGrid()
        self._reason = reason_label(CHANGE)
        self._power, self._role = Label("", wrap=True), Label("", "second", wrap=True)
        card = Card(_("Roles and permissions"), "user-check")
        card.body.addWidget(Label(_(
            "A tick: colleagues in this role may do that. Space or a click takes it away and gives it back; other "
            "desks find it so at their next step. An empty cell: this role can never have it."
        ), "second", wrap=True))  # fmt: skip
        for part in (self._reason, self.grid, self._power, self._role):
            card.body.addWidget(part)
        self.body.addWidget(card)
        self.body.addStretch(1)
        for label in (self._power, self._role):
            label.setMinimumHeight(2 * label.fontMetrics().lineSpacing())
        self.grid.chosen.connect(self.turn)
        self.grid.moved.connect(self._tell)

    def read(self, me: MeRow) -> None:
        self._may = CHANGE in me.may
        self._reason.setVisible(not self._may)
        self.runner.fetch(roles.roles, then=self._show, failed=self.failed.emit, latest="roles")

    @Slot(str, str)
    def turn(self, power: str, role: str) -> None:
        """Take a power away from a role, or give it back."""
        row = self._row(power, role)
        if self._may and row is not None and power in row.ceiling:
            held = power not in row.held
            self.runner.run(roles.set_power, role, power, held=held, failed=self.failed.emit,
                            then=partial(self._turned, power, role, held))  # fmt: skip

    def _turned(self, power: str, role: str, held: bool, _nothing: object) -> None:
        text = _("{role} has it again: {power}") if held else _("{role} no longer has it: {power}")
        label = next(_(one.label) for one in POWERS if one.code == power)
        announce(self.grid, text.format(role=_(rights.ROLE_LABELS[role]), power=label))

    def _show(self, rows: tuple[RoleRow, ...]) -> None:
        by_role = {row.role: row for row in rows}
        known = tuple(by_role[role] for role in rights.ROLES)
        self.grid.model_.set_rows([PowerLine(power, known) for power in POWERS])
        height = self.grid.verticalHeader().defaultSectionSize()
        self.grid.setFixedHeight(len(POWERS) * height + self.grid.horizontalHeader().sizeHint().height() + 4)
        self._tell()

    @Slot()
    def _tell(self) -> None:
        line, role = self.grid.current_row(), self.grid.current_role()
        power = line.power if line else None
        self._power.setText(f"{_(power.label)}: {_(power.about)}" if power else "")
        self._role.setText(self._about(role, power) if role and power else "")

    def _about(self, role: str, power: Power) -> str:
        row = self._row(power.code, role)
        number = row.colleagues if row else 0
        bear = ngettext("{count} colleague", "{count} colleagues", number).format(count=number)
        label = _(rights.ROLE_LABELS[role])
        return _("{role} ({colleagues}): {sees}").format(role=label.capitalize(), colleagues=bear, sees=sees(role))

    def _row(self, power: str, role: str) -> RoleRow | None:
        lines = [line for line in self.grid.model_.rows if line.power.code == power]
        return next((row for line in lines for row in line.roles if row.role == role), None)


def _columns() -> list[Column[PowerLine]]:
    names: list[Column[PowerLine]] = [Column(_("Permission"), _label, width=0, tip=_about_power)]
    for place, title in enumerate(_titles()):
        names.append(Column(title, _nothing, width=4, icon=partial(_icon, place), spoken=partial(_spoken, place),
                            tip=partial(_spoken, place)))  # fmt: skip
    return names


def _titles() -> tuple[str, ...]:
    """The heads of the columns, in the order of `rights.ROLES`."""
    # Translators: heads of narrow columns, one for each role; a long word may be parted by "-" and a new line
    return (
        pgettext("column", "reception"), pgettext("column", "educator"), pgettext("column", "social\nworker"),
        pgettext("column", "psycho-\nlogist"), pgettext("column", "coordi-\nnator"),
        pgettext("column", "adminis-\ntrator"), pgettext("column", "auditor"),
    )  # fmt: skip


def _label(line: PowerLine) -> str:
    return _(line.power.label)


def _about_power(line: PowerLine) -> str:
    return _(line.power.about)


def _nothing(_line: PowerLine) -> str:
    return ""


def _icon(place: int, line: PowerLine) -> str:
    row, power = line.roles[place], line.power.code
    return "check" if power in row.held else "x" if power in row.ceiling else ""


def _spoken(place: int, line: PowerLine) -> str:
    row, power = line.roles[place], line.power
    # Translators: a cell of the grid of roles: whether the role has the permission
    state = _("yes") if power.code in row.held else _("taken away") if power.code in row.ceiling else _("never")
    label = _(rights.ROLE_LABELS[row.role])
    return _("{power}, {role}: {state}").format(power=_(power.label), role=label, state=state)
