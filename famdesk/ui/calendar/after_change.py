"""After a move or a cancellation: what is to be done for the family, one key each."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from famdesk.i18n import _, formats
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, ToolButton, make_action
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Card, IconLabel, Label
from famdesk.usecases.post import reminder_offers, reminders
from famdesk.usecases.post.reminder_offers import Offers, PersonOffer

SLIP_KEY, CALL_KEY, MAIL_KEY = "F7", "F8", "F9"


class AfterChange(Card):
    """Says what the safe-contact rule asks for, and offers a new slip, a call, a mail. Hidden while there is nothing.

    Signals:
        slip_wanted(str): the slip of this appointment, neutral where the rule says so.
        said(str): what was done, for the message bar.
        failed(object): an error.
    """

    slip_wanted = Signal(str)
    said = Signal(str)
    failed = Signal(object)

    def __init__(self, runner: Runner, page: QWidget) -> None:
        """The keys work everywhere on `page`."""
        super().__init__(parent=page)
        self._runner = runner
        self._offers: Offers | None = None
        self._words = Label("", "strong", wrap=True)
        self._rule = Label("", wrap=True)
        self.slip = make_action(page, "", self._on_slip, icon="printer", shortcut=SLIP_KEY)
        self.call = make_action(page, "", self._on_call, icon="phone", shortcut=CALL_KEY)
        self.mail = make_action(page, _("Send a mail"), self._on_mail, icon="mail", shortcut=MAIL_KEY)
        self._buttons = {action: ActionButton.of(action, hint=True) for action in (self.slip, self.call, self.mail)}
        self._close = ToolButton(_("Close the message"), "x", flat=True)
        self._close.clicked.connect(self.rest)
        self._lay_out()
        self.rest()

    def offers(self) -> Offers | None:
        """What is offered now."""
        return self._offers

    def text(self) -> str:
        """What is said now; "" while hidden."""
        return f"{self._words.text()} {self._rule.text()}".strip() if self._offers else ""

    @Slot(str)
    def ask(self, appointment_id: str) -> None:
        """An appointment was moved or cancelled."""
        self._runner.fetch(reminder_offers.offers, appointment_id, then=self._show, failed=self._on_gone, owner=self,
                           latest="offers")  # fmt: skip

    @Slot()
    def rest(self) -> None:
        """Offer nothing."""
        self._offers = None
        for action in self._buttons:
            action.setEnabled(False)
        self.hide()

    def _lay_out(self) -> None:
        icon = IconLabel("message-square", meaning=Meaning.ACCENT)
        texts = QVBoxLayout()
        texts.setSpacing(theme.unit(0.5))
        texts.addWidget(self._words)
        texts.addWidget(self._rule)
        row = QHBoxLayout()
        row.setSpacing(theme.unit(2.5))
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        for button in self._buttons.values():
            row.addWidget(button)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)

    def _show(self, found: Offers | None) -> None:
        if found is None:
            self.rest()
            return
        self._offers = found
        when = formats.moment(found.starts)
        text = _("Cancelled: {when}. Tell the family.") if found.cancelled else _("Now on {when}. Tell the family.")
        self._words.setText(text.format(when=when))
        rules = [line for one in found.persons if (line := _line(one))]
        self._rule.setText("\n".join(rules))
        self._rule.setVisible(bool(rules))
        self.slip.setText(_("New slip, neutral") if found.neutral else _("New slip"))
        numbers = [one.number for one in found.persons if one.number]
        self.call.setText(_("Call {number}").format(number=numbers[0]) if len(numbers) == 1 else _("Call"))
        for action, offered in ((self.slip, found.slip), (self.call, found.by_phone), (self.mail, found.by_mail)):
            action.setEnabled(offered)
            self._buttons[action].setVisible(offered)
        self.show()
        self.setAccessibleName(self.text())
        announce(self, self.text())

    def _on_gone(self, _error: Exception) -> None:
        self.rest()

    @Slot()
    def _on_slip(self) -> None:
        if self._offers is not None:
            self.slip_wanted.emit(self._offers.appointment_id)

    @Slot()
    def _on_call(self) -> None:
        self._tell("call")

    @Slot()
    def _on_mail(self) -> None:
        self._tell("mail")

    def _tell(self, channel: str) -> None:
        if self._offers is None:
            return
        then = self._on_called if channel == "call" else self._on_mailed
        self._runner.run(reminders.tell, self._offers.appointment_id, channel, then=then, failed=self.failed.emit,
                         owner=self)  # fmt: skip

    def _on_called(self, _count: int) -> None:
        """The number stays on the screen; the call stands on the list until somebody has made it."""
        self.call.setEnabled(False)
        self.said.emit(_("The call is on the list “To call back”."))

    def _on_mailed(self, _count: int) -> None:
        self.mail.setEnabled(False)
        self.said.emit(_("The mail goes out within a few minutes."))


def _line(one: PersonOffer) -> str:
    """Whom to tell and what has to be minded; "" where everything is free."""
    parts = [one.why, one.note]
    if one.number and not one.now:
        parts.insert(0, _("not at this hour"))
    known = " · ".join(dict.fromkeys(part for part in parts if part))
    return f"{one.label}: {known}" if known else ""
