"""Who stands behind an initiative: organisers, co-organisers, funders with their shares, in order; and its acts."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from famdesk.domain.centre.profile_codes import ACT_KINDS, PARTNERSHIP_ROLES
from famdesk.domain.codes import label, labels
from famdesk.i18n import _, formats
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.choices_field import ChoicesField
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.lines import Line
from famdesk.ui.kit.movable_lines import MovableList
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label
from famdesk.ui.programmes.number_fields import HundredthsField
from famdesk.usecases.centre import centre
from famdesk.usecases.centre.centre import CentreRow
from famdesk.usecases.directory import directory
from famdesk.usecases.directory.directory_rows import BodyRow
from famdesk.usecases.programmes import initiatives
from famdesk.usecases.programmes.programmes_rows import InitiativeDetail, OrganiserValues

_ROLES = ("organiser", "lead", "promoter", "partner", "network_partner", "funder", "host", "manager")


class OrganisersDialog(Dialog):
    """The bodies as lines that can be put into another order; a line is added below and taken out with Delete."""

    def __init__(self, parent: QWidget, runner: Runner, detail: InitiativeDetail) -> None:
        super().__init__(parent, _("Who stands behind it"), _("Save"))
        self.setMinimumWidth(theme.unit(150))
        self._runner, self._detail = runner, detail
        self._rows = [row.values for row in detail.organisers]
        self._names = {row.body_id: row.name for row in detail.organisers}
        self.list = MovableList(_("Organisers and funders"), _("Nobody is named yet."))
        self.list.setMinimumHeight(theme.unit(45))
        self.list.moved.connect(self._on_moved)
        self.fields = Form()
        self.form = self.fields
        self.fields.add("body", _("Body"), ChoiceField([], _("Name of the body")))
        roles = [Choice(code, text) for code, text in labels(PARTNERSHIP_ROLES) if code in _ROLES]
        self.fields.add("role", _("Its part"), ChoiceField(roles, allow_none=False))
        self.fields.add("share", _("Share (€)"), HundredthsField(), hint=_("Empty: not said"))
        self.fields.set_values({"role": "organiser"})
        add, out = ActionButton(_("Add to the list"), "plus"), ActionButton(_("Take out"), "x")
        add.clicked.connect(self.add_line)
        out.clicked.connect(self.take_out)
        buttons = QHBoxLayout()
        for button in (add, out):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.body.addWidget(Label(_("Names and logos stand on papers in this order. Alt+Up and Alt+Down move a line."),
                                  "second", wrap=True))  # fmt: skip
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.fields)
        self.body.addLayout(buttons)
        self._show()
        runner.fetch(directory.bodies, then=self._take_bodies, owner=self)

    def save(self) -> None:
        """Saves the list as it stands, with what is still in the fields."""
        if self.fields.value("body"):
            self.add_line()
        self._runner.run(initiatives.set_organisers, self._detail.row.id, tuple(self._rows), then=self.finish,
                         failed=self.present)  # fmt: skip

    @Slot()
    def add_line(self) -> None:
        """The body of the fields goes to the end of the list, or has another share there."""
        get = self.fields.value
        body, role = get("body"), get("role")
        if not body:
            self.fields.show_error("body", _("Choose a body of the directory."))
            return
        self._rows = [one for one in self._rows if (one.body_id, one.role) != (body, role)]
        self._rows.append(OrganiserValues(body, role, get("share")))
        self.fields.set_values({"body": None, "share": None})
        self._show()
        self.fields.touch()
        self.fields.field("body").setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def take_out(self) -> None:
        """The chosen line goes."""
        place = self.list.currentIndex().row()
        if 0 <= place < len(self._rows):
            del self._rows[place]
            self._show()
            self.fields.touch()

    @Slot(str, int)
    def _on_moved(self, line_id: str, by: int) -> None:
        place = next(number for number, one in enumerate(self._rows) if _key(one) == line_id)
        target = max(0, min(len(self._rows) - 1, place + by))
        self._rows.insert(target, self._rows.pop(place))
        self._show()
        self.list.set_current_id(line_id)
        self.fields.touch()

    def _show(self) -> None:
        self.list.set_lines([
            Line(_key(one), self._names.get(one.body_id, "?"), detail=label(PARTNERSHIP_ROLES, one.role),
                 trail="" if one.share_cents is None else formats.money(one.share_cents))
            for one in self._rows
        ])  # fmt: skip
        self.list.set_movable([_key(one) for one in self._rows])

    def _take_bodies(self, rows: tuple[BodyRow, ...]) -> None:
        self._names.update({row.id: row.name for row in rows})
        self.fields.field("body").set_choices([Choice(row.id, row.name) for row in rows])


def _key(one: OrganiserValues) -> str:
    return f"{one.role}:{one.body_id}"


class ActsDialog(Dialog):
    """The formal acts that an initiative rests on."""

    def __init__(self, parent: QWidget, runner: Runner, detail: InitiativeDetail) -> None:
        super().__init__(parent, _("Acts of the initiative"), _("Save"))
        self.setMinimumWidth(theme.unit(130))
        self._runner, self._detail = runner, detail
        self.fields = Form()
        self.form = self.fields
        known = [Choice(row.act_id, row.text) for row in detail.acts]
        self.fields.add("acts", _("Acts"), ChoicesField(known, _("Add an act of the centre")))
        self.fields.set_values({"acts": [row.act_id for row in detail.acts]})
        self.body.addWidget(self.fields)
        runner.fetch(centre.overview, then=self._take, owner=self)

    def save(self) -> None:
        """Saves which acts there are."""
        self._runner.run(initiatives.set_acts, self._detail.row.id, self.fields.value("acts"), then=self.finish,
                         failed=self.present)  # fmt: skip

    def _take(self, about: CentreRow) -> None:
        named = {row.act_id: row.text for row in self._detail.acts}
        for act in about.acts:
            words = " ".join(part for part in (label(ACT_KINDS, act.kind), act.number, act.title) if part)
            named.setdefault(act.id, words)
        field = self.fields.field("acts")
        kept = field.value()
        field.set_choices([Choice(key, text) for key, text in named.items()])
        field.set_value(kept)
