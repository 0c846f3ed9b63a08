"""Settings: roles and permissions, as a grid of powers and roles."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QItemSelectionModel, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QVBoxLayout, QWidget

from famdesk.domain.staff import rights
from famdesk.domain.staff.powers import POWERS, Power
from famdesk.i18n import _, ngettext, pgettext
from famdesk.ui.kit import theme
from famdesk.ui.kit.dialog import confirm
from famdesk.ui.kit.rows import Column, RowModel
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.table import Table
from famdesk.ui.kit.widgets import Card, Label
from famdesk.ui.settings.section import Section, button, reason_label
from famdesk.usecases.centre.centre import MeRow
from famdesk.usecases.staff import roles
from famdesk.usecases.staff.roles import RoleRow

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
    """A power to a line, a role to a column. Arrows or a click choose a cell; Space or Enter gives or takes.

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

    @Slot()
    def _on_reset(self) -> None:
        """The same cell goes on being the one that is meant, and looks so."""
        if self.currentIndex().isValid():
            self.selectionModel().select(self.currentIndex(), QItemSelectionModel.SelectionFlag.ClearAndSelect)

    @Slot()
    def _on_moved(self) -> None:
        self.moved.emit()


class RolesSection(Section):
    """What each role may do in this centre; above the grid what the chosen cell is about, and what would change.

    Attributes:
        button: takes the power of the chosen cell away, or gives it back.
    """

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._may = False
        self.grid = RolesGrid()
        self._reason = reason_label(CHANGE)
        self._power, self._without = Label("", wrap=True), Label("", "second", wrap=True)
        self.button = button("", "x", self._on_button)
        card = Card(_("Roles and permissions"), "user-check")
        card.body.addWidget(Label(_(
            "A tick: the role may do that. Empty: it never can. Choose a cell to read what it means; Space or the "
            "button takes it away or gives it back."
        ), "second", wrap=True))  # fmt: skip
        row = QHBoxLayout()
        row.setSpacing(theme.unit(3))
        told = QVBoxLayout()
        for label in (self._power, self._without):
            label.setMinimumHeight(2 * label.fontMetrics().lineSpacing())
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
            told.addWidget(label)
        row.addLayout(told, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        card.body.addWidget(self._reason)
        card.body.addLayout(row)
        card.body.addWidget(self.grid)
        self.body.addWidget(card)
        self.body.addStretch(1)
        self.grid.chosen.connect(self.turn)
        self.grid.moved.connect(self._tell)

    def read(self, me: MeRow) -> None:
        self._may = CHANGE in me.may
        self._reason.setVisible(not self._may)
        self.runner.fetch(roles.roles, then=self._show, failed=self.failed.emit, latest="roles")

    @Slot(str, str)
    def turn(self, power: str, role: str) -> None:
        """Take a power away from a role, or give it back; what weighs is asked about first."""
        row = self._row(power, role)
        if not self._may or row is None or power not in row.ceiling:
            return
        one = _power(power)
        if power not in row.held or not (row.colleagues and (one.grave or role == str(self.runner.role))):
            self._turn(power, role, held=power not in row.held)
            return
        question = _("Take “{power}” away from the role “{role}”?").format(power=_(one.label), role=_role(role))
        without = _(one.without)
        told = [_colleagues(row), without[:1].upper() + without[1:]]
        if role == str(self.runner.role):
            told.insert(0, _("It is your own role."))
        confirm(self.window(), question, _("Take it away"), partial(self._turn, power, role, held=False), danger=True,
                detail=" ".join(told))  # fmt: skip

    def _turn(self, power: str, role: str, *, held: bool) -> None:
        self.runner.run(roles.set_power, role, power, held=held, failed=self.failed.emit,
                        then=partial(self._turned, power, role, held))  # fmt: skip

    def _turned(self, power: str, role: str, held: bool, _nothing: object) -> None:
        text = _("{role} has it again: {power}") if held else _("{role} no longer has it: {power}. Ctrl+Z undoes it.")
        said = text.format(role=_role(role).capitalize(), power=_(_power(power).label))
        self.say(said)
        announce(self.grid, said)

    def _show(self, rows: tuple[RoleRow, ...]) -> None:
        by_role = {row.role: row for row in rows}
        known = tuple(by_role[role] for role in rights.ROLES)
        self.grid.model_.set_rows([PowerLine(power, known) for power in POWERS])
        height = self.grid.verticalHeader().defaultSectionSize()
        self.grid.setFixedHeight(len(POWERS) * height + self.grid.horizontalHeader().sizeHint().height() + 4)
        self._tell()

    @Slot()
    def _on_button(self) -> None:
        line, role = self.grid.current_row(), self.grid.current_role()
        if line is not None and role:
            self.turn(line.power.code, role)

    @Slot()
    def _tell(self) -> None:
        line, role = self.grid.current_row(), self.grid.current_role()
        row = self._row(line.power.code, role) if line and role else None
        self.button.setVisible(bool(self._may and line and row and line.power.code in row.ceiling))
        if line is None:
            self._power.setText("")
            self._without.setText("")
            return
        self._power.setText(f"{_(line.power.label)}: {_(line.power.about)}")
        self._without.setText(_state(row, line.power) if row else "")
        held = row is not None and line.power.code in row.held
        self.button.setText(_("Take it away") if held else _("Give it back"))
        self.button.set_icon_name("x" if held else "check")

    def _row(self, power: str, role: str) -> RoleRow | None:
        lines = [line for line in self.grid.model_.rows if line.power.code == power]
        return next((row for line in lines for row in line.roles if row.role == role), None)


def _power(code: str) -> Power:
    return next(one for one in POWERS if one.code == code)


def _role(role: str) -> str:
    return _(rights.ROLE_LABELS[role])


def _colleagues(row: RoleRow) -> str:
    text = ngettext("{count} colleague has this role.", "{count} colleagues have this role.", row.colleagues)
    return text.format(count=row.colleagues)


def _state(row: RoleRow, power: Power) -> str:
    """How it stands with a role, and what would change."""
    if power.code not in row.ceiling:
        return _("{role}: this role can never have it.").format(role=_role(row.role).capitalize())
    # Translators: {colleagues} and {without} are sentences
    text = (_("{role}: has it. {colleagues} Without it: {without}") if power.code in row.held
            else _("{role}: it is taken away. {colleagues} Until it is given back: {without}"))  # fmt: skip
    return text.format(role=_role(row.role).capitalize(), colleagues=_colleagues(row), without=_(power.without))


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
