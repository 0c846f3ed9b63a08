"""The centre's term for keeping session notes."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain.consent.retention import INTERVIEW_YEARS
from famdesk.domain.staff import rights
from famdesk.i18n import _, ngettext
from famdesk.ui.kit.buttons import ActionButton, make_action
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import CheckField, NumberField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card, Label
from famdesk.usecases.paths import retention
from famdesk.usecases.paths.retention import RuleRow


class TermCard(Card):
    """Says how long notes stay; the coordinator changes it.

    Signals:
        failed(object): an error to present.
    """

    failed = Signal(object)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(_("How long notes stay"), "clock", parent)
        self._runner = runner
        self._rule: RuleRow | None = None
        self._term = Label("", wrap=True)
        self.change = make_action(self, _("Change the term…"), self._on_change, icon="pencil")
        self.body.addWidget(self._term)
        if rights.cell(retention.set_rule.name, runner.role):
            self.tools.addWidget(ActionButton.of(self.change, kind="link"))

    @Slot()
    def read(self, _done: object = None) -> None:
        """Ask for the rule."""
        self._runner.fetch(retention.rule, then=self._show, failed=self.failed.emit, owner=self, latest="rule")

    def _show(self, row: RuleRow) -> None:
        self._rule = row
        years = ngettext("{n} year", "{n} years", row.years).format(n=row.years)
        text = _(
            "Session notes stay for {years} after the relationship has ended: after the closing of the path, or the"
            " last session."
        ).format(years=years)
        age = _("For who was a minor the term begins at the eighteenth birthday.") if row.from_age else ""
        self._term.setText(" ".join(part for part in (text, age) if part))

    @Slot()
    def _on_change(self) -> None:
        if self._rule is not None:
            dialog = TermDialog(self, self._runner, self._rule)
            dialog.finished_with.connect(self.read)
            dialog.open()


class TermDialog(Dialog):
    """Another term."""

    def __init__(self, parent: QWidget, runner: Runner, row: RuleRow) -> None:
        super().__init__(parent, _("How long notes stay"), _("Save"))
        self._runner, self._row = runner, row
        told = _(
            "Five years after the end of the relationship are the least (art. 17 of the psychologists' code of"
            " conduct). Rules of the body that runs the centre may ask for more."
        )
        self.body.addWidget(Label(told, "second", wrap=True))
        self.form = Form()
        self.form.add("years", _("Years"), NumberField(INTERVIEW_YEARS, retention.LONGEST), required=True)
        self.form.add("from_age", "", CheckField(_("For minors the term begins at the eighteenth birthday")))
        self.body.addWidget(self.form)
        self.form.set_values({"years": row.years, "from_age": row.from_age})

    def save(self) -> None:
        assert self.form is not None
        deed = partial(retention.set_rule, **self.form.values())
        self._runner.run(deed, self._row.version, then=self.finish, failed=self.present)
