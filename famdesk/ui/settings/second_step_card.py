"""Settings: the second step of one's own sign-in, set up with the telephone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from famdesk.i18n import _, ngettext
from famdesk.ui.kit import theme
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import LineField
from famdesk.ui.kit.form import KEEPS_DRAFTS, Form
from famdesk.ui.kit.password import PasswordField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card, Label
from famdesk.ui.settings.perform import perform
from famdesk.ui.settings.section import button
from famdesk.usecases.staff import second_step

if TYPE_CHECKING:
    from famdesk.usecases.office import Office

QUIET: Final = 4
"""White modules around the square code."""
_SIDE: Final = 58


class SecondStepCard(Card):
    """Whether one's sign-in has a second step, and what can be done about it.

    Signals:
        told(str): a sentence for the message bar.
        failed(object): an error to present.
    """

    told = Signal(str)
    failed = Signal(object)

    def __init__(self, runner: Runner, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(_("Second step of your sign-in"), "phone", parent)
        self._runner, self._office = runner, office
        self._state = Label("", wrap=True)
        self.set_up = button(_("Set up with the telephone…"), "key-round", self._on_set_up)
        self.turn_off = button(_("Turn off…"), "x", self._on_turn_off)
        self.body.addWidget(self._state)
        self.body.addWidget(Label(
            _("After the password the sign-in asks for six digits that your telephone shows. It helps against somebody "
              "who watched you type the password; a stolen copy of the data is protected by the password alone."),
            "second", wrap=True))  # fmt: skip
        for one in (self.set_up, self.turn_off):
            one.hide()
            self.body.addWidget(one, 0, Qt.AlignmentFlag.AlignLeft)

    def look(self) -> None:
        """Asks how it stands now."""
        perform(self._runner, self._office, _state, then=self._show, failed=self.failed.emit, owner=self)

    def _show(self, left: int | None) -> None:
        on = left is not None
        if left is None:
            self._state.setText(_("Not in use: the password is enough."))
        else:
            text = ngettext("In use. {n} one-time code is left.", "In use. {n} one-time codes are left.", left)
            self._state.setText(text.format(n=left))
        self.set_up.setVisible(not on)
        self.turn_off.setVisible(on)

    @Slot()
    def _on_set_up(self) -> None:
        dialog = SetUpDialog(self.window(), self._runner, self._office)
        dialog.finished_with.connect(self._on_on)
        dialog.open()

    @Slot(object)
    def _on_on(self, codes: tuple[str, ...]) -> None:
        SpareCodesDialog(self.window(), codes).open()
        self.look()

    @Slot()
    def _on_turn_off(self) -> None:
        dialog = TurnOffDialog(self.window(), self._runner, self._office)
        dialog.finished_with.connect(self._on_off)
        dialog.open()

    @Slot()
    def _on_off(self) -> None:
        self.told.emit(_("The second step is turned off."))
        self.look()


class SetUpDialog(Dialog):
    """The square code for the telephone, and the first code that it shows."""

    def __init__(self, parent: QWidget, runner: Runner, office: Office) -> None:
        super().__init__(parent, _("Second step of your sign-in"), _("Turn on"))
        self.setProperty(KEEPS_DRAFTS, True)
        self._runner, self._office = runner, office
        self._secret = ""
        self.square = SquareCode()
        self._typed = Label("", "second", wrap=True)
        self._typed.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        steps = QVBoxLayout()
        steps.setSpacing(theme.unit(2))
        for text in (
            _("1. On the telephone, open an app for codes, such as FreeOTP, Aegis or Google Authenticator."),
            _("2. Let it read this square, or type the key below it."),
            _("3. Type here your password and the six digits that it shows."),
        ):
            steps.addWidget(Label(text, wrap=True))
        steps.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(theme.unit(5))
        row.addWidget(self.square, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(steps, 1)
        self.body.addLayout(row)
        self.body.addWidget(self._typed)
        self.form = Form()
        self.form.add("password", _("Present password"), PasswordField(_("Present password")), required=True)
        self.form.add("code", _("Code"), LineField(20), required=True)
        self.body.addWidget(self.form)
        self.set_accept_enabled(False)
        runner.compute(partial(_prepared, office), then=self._show, failed=self.present, owner=self)

    def save(self) -> None:
        assert self.form is not None
        perform(self._runner, self._office, second_step.turn_on, self.form.value("password"), self._secret,
                self.form.value("code"), then=self.finish, failed=self.present, owner=self)  # fmt: skip

    def _show(self, made: tuple[str, tuple[tuple[bool, ...], ...]]) -> None:
        self._secret, modules = made
        self.square.show_code(modules)
        groups = " ".join(self._secret[start : start + 4] for start in range(0, len(self._secret), 4))
        # Translators: {key} is a long key for who cannot let the telephone read the square
        self._typed.setText(_("Key: {key}").format(key=groups))
        self.set_accept_enabled(True)


class TurnOffDialog(Dialog):
    """Password and code once more: an open desk is not enough."""

    def __init__(self, parent: QWidget, runner: Runner, office: Office) -> None:
        super().__init__(parent, _("Turn the second step off?"), _("Turn off"), danger=True)
        self._runner, self._office = runner, office
        self.form = Form()
        self.form.add("password", _("Present password"), PasswordField(_("Present password")), required=True)
        self.form.add("code", _("Code"), LineField(20), required=True,
                      hint=_("Without the telephone: one of your one-time codes."))  # fmt: skip
        self.body.addWidget(self.form)

    def save(self) -> None:
        assert self.form is not None
        perform(self._runner, self._office, second_step.turn_off, self.form.value("password"), self.form.value("code"),
                then=self.finish, failed=self.present, owner=self)  # fmt: skip


class SpareCodesDialog(Dialog):
    """The one-time codes, shown once."""

    def __init__(self, parent: QWidget, codes: tuple[str, ...]) -> None:
        super().__init__(parent, _("Your one-time codes"), _("I have written them down"))
        self.body.addWidget(Label(
            _("Each opens the sign-in once when the telephone is not at hand. Write them down now and keep them away "
              "from this computer: they are not shown again."), wrap=True))  # fmt: skip
        self.codes = Label("\n".join(codes), "strong")
        self.codes.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.body.addWidget(self.codes)
        self._cancel.hide()


class SquareCode(QWidget):
    """A square code, always dark on white: telephones do not read it the other way round."""

    def __init__(self) -> None:
        super().__init__()
        self._modules: tuple[tuple[bool, ...], ...] = ()
        self.setFixedSize(theme.unit(_SIDE), theme.unit(_SIDE))
        self.setAccessibleName(_("Square code for the telephone; the same key stands below in letters"))

    def show_code(self, modules: tuple[tuple[bool, ...], ...]) -> None:
        """Show the modules, row by row."""
        self._modules = modules
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._modules:
            return
        count = len(self._modules) + 2 * QUIET
        side = max(min(self.width(), self.height()) // count, 1)
        with QPainter(self) as painter:
            painter.fillRect(QRectF(0, 0, side * count, side * count), QColor(Qt.GlobalColor.white))
            for row, line in enumerate(self._modules):
                for column, dark in enumerate(line):
                    if dark:
                        painter.fillRect(QRectF((column + QUIET) * side, (row + QUIET) * side, side, side),
                                         QColor(Qt.GlobalColor.black))  # fmt: skip


def _state(office: Office) -> int | None:
    """How many one-time codes are left, None where it is not in use."""
    return second_step.spare_left(office) if second_step.is_on(office) else None


def _prepared(office: Office) -> tuple[str, tuple[tuple[bool, ...], ...]]:
    from famdesk.sheets.paper import qr

    prepared = second_step.prepare(office)
    return prepared.secret, qr.modules(prepared.address)
