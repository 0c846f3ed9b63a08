"""The accounts of the demo, under its sign-in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot

from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.widgets import Card, Label


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account of the demo that may be shown with its password: its login and what it is for."""

    login: str
    text: str


class DemoCard(Card):
    """Accounts that sign in with a click.

    Signals:
        taken(str): the login of one.
    """

    taken = Signal(str)

    def __init__(self, accounts: Sequence[DemoAccount]) -> None:
        super().__init__(_("Try it as"), "users")
        self.setFixedWidth(theme.unit(100))
        self.body.setSpacing(0)
        self.body.addWidget(Label(_("invented families, nothing is real"), "second", wrap=True))
        for account in accounts:
            row = _DemoRow(account)
            row.taken.connect(self.taken)
            self.body.addWidget(row)


class _DemoRow(ActionButton):
    """One account of the demo.

    Signals:
        taken(str): its login.
    """

    taken = Signal(str)

    def __init__(self, account: DemoAccount) -> None:
        super().__init__(account.text, "user-round", kind="row")
        self._login = account.login
        self.clicked.connect(self._on_clicked)

    @Slot()
    def _on_clicked(self) -> None:
        self.taken.emit(self._login)
