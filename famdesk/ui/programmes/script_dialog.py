"""What to say on the phone to whom a place can be given, as the safe-contact rule lets, and what came of the call."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from famdesk.i18n import _, formats, ngettext
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label
from famdesk.ui.programmes.told import Told
from famdesk.usecases.enrolling import waiting_list
from famdesk.usecases.enrolling.waiting_list import Script


def opening(script: Script) -> str:
    """The first sentence of the call: nothing is said of the centre where it must not be heard."""
    if script.neutral_name:
        return _("“Good morning, this is {name}. May I speak to {who}?”").format(
            name=script.neutral_name, who=script.who
        )
    if script.neutral:
        return _("“Good morning. May I speak to {who}?” Say neither the centre nor why before they are on the phone.")\
            .format(who=script.who)  # fmt: skip
    return _("“Good morning, this is {name}. May I speak to {who}?”").format(name=script.centre, who=script.who)


def news(script: Script) -> str:
    """What there is to tell, to be read aloud."""
    found = ngettext(
        "“There is a place for you in {initiative}.”", "“There are {n} places for you in {initiative}.”", script.places
    )
    return found.format(n=script.places, initiative=script.initiative)


def term(script: Script) -> str:
    """Until when the place is kept."""
    if script.until is None:
        return _("“Would you like to take it?”")
    return _("“We keep it for you until {moment}. Would you like to take it?”").format(
        moment=formats.moment(script.until)
    )


class ScriptDialog(Dialog):
    """The call, sentence by sentence. Enter: the place is taken; another button: it is not wanted."""

    def __init__(self, parent: QWidget, runner: Runner, script: Script) -> None:
        super().__init__(parent, _("Call {who}").format(who=script.who), _("Takes the place"), named=True)
        self.setMinimumWidth(theme.unit(130))
        self._runner, self._script = runner, script
        number = script.number or _("No number may be called: wait until they get in touch.")
        self.body.addWidget(Told("phone", number, Meaning.ACCENT if script.number else Meaning.WARNING))
        for text in (script.owner and _("The number belongs to: {owner}").format(owner=script.owner), script.note):
            if text:
                self.body.addWidget(Told("shield-alert", text, Meaning.WARNING))
        for text in (opening(script), news(script), term(script)):
            self.body.addWidget(Label(text, "", wrap=True))
        self._no = ActionButton(_("Does not want it"))
        self._no.clicked.connect(self._decline)
        self.body.addWidget(self._no, 0, Qt.AlignmentFlag.AlignLeft)

    def save(self) -> None:
        """The place is taken."""
        usecase = waiting_list.accept if self._script.state == "offered" else waiting_list.admit
        self._do(usecase)

    @Slot()
    def _decline(self) -> None:
        self._do(waiting_list.decline)

    def _do(self, usecase: Callable[..., Any]) -> None:
        self._runner.run(usecase, self._script.enrolment_id, self._script.version, then=self.finish,
                         failed=self.present)  # fmt: skip


def call(parent: QWidget, runner: Runner, enrolment_id: str) -> None:
    """Ask for what is needed for the call, and show it."""
    runner.fetch(waiting_list.script, enrolment_id, then=partial(_show, parent, runner), owner=parent)


def _show(parent: QWidget, runner: Runner, script: Script) -> None:
    ScriptDialog(parent.window(), runner, script).open()
