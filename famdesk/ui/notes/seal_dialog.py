"""The password of a report that leaves as a file: asked for twice, told to the recipient in another way."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from famdesk.i18n import _
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.password import PasswordField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.strength import StrengthMeter
from famdesk.ui.kit.widgets import Label

SHORTEST: Final = 12


class SealDialog(Dialog):
    """Gives a PDF the password; `finished_with` gives its new bytes."""

    def __init__(self, parent: QWidget, runner: Runner, data: bytes) -> None:
        super().__init__(parent, _("Password of the file"), _("Protect with it"))
        self._runner, self._data = runner, data
        told = _(
            "Whoever gets the file opens it with this password alone, in any program that shows PDF (AES-256). Tell it "
            "by phone or by hand, never in the mail that brings the file. FamDesk does not keep it."
        )
        self.body.addWidget(Label(told, "second", wrap=True))
        self.form = form = Form(labels="top")
        field = form.add("new", _("Password"), PasswordField(_("Password")), required=True,
                         hint=_("Four or five words picked at random."))  # fmt: skip
        form.widget(StrengthMeter(field))
        form.add("again", _("Once more"), PasswordField(_("Once more")), required=True)
        self.body.addWidget(form)

    def save(self) -> None:
        from famdesk.sheets.paper import sealed

        assert self.form is not None
        word = self.form.value("new")
        wrong = {}
        if len(word) < SHORTEST:
            wrong["new"] = _("At least {count} letters: whoever has the file can try for as long as they like.").format(
                count=SHORTEST
            )
        elif word != self.form.value("again"):
            wrong["again"] = _("The two passwords differ.")
        for name, sentence in wrong.items():
            self.set_accept_enabled(True)
            self.form.show_error(name, sentence)
        if not wrong:
            self._runner.compute(sealed.sealed, self._data, word, then=self.finish, failed=self.present, owner=self)
