"""Dialogs that never block the program, keep what was typed when saving fails, and free themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from famdesk.domain.errors import Stale
from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, native
from famdesk.ui.kit.errors import Presenter
from famdesk.ui.kit.fields import TextField
from famdesk.ui.kit.form import Form, typed_in
from famdesk.ui.kit.messages import MessageBar
from famdesk.ui.kit.widgets import Label, ScrollColumn

NEUTRAL: Final = "FamDesk"
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Dialog(QDialog):
    """Base of the dialogs; shown with `open()`.

    Subclasses fill `body`, set `form` if they have one, and write `save`, which starts a use-case with
    `then=self.finish, failed=self.present`. Ctrl+Enter saves from everywhere. Esc asks only when something was typed.

    Attributes:
        body: the layout above the buttons.
        bar: messages that belong to no field.
        form: the form whose fields are checked before `save` and show its errors.

    Signals:
        finished_with(object): the result of the use-case, after the dialog has closed.
    """

    finished_with = Signal(object)

    def __init__(
        self, parent: QWidget, title: str, accept_text: str = "", *, danger: bool = False, named: bool = False
    ) -> None:
        """A dialog over `parent`; without `accept_text` it can only be closed. `named`: the title tells of a person,
        and stands inside the window alone: that of the window is seen by the lists of the whole system."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(NEUTRAL if named else title)
        if named:
            self.setAccessibleName(title)
        self.setMinimumWidth(theme.unit(110))
        self.form: Form | None = None
        self._keys = True
        self.bar = MessageBar()
        self._presenter = Presenter(self.bar, QGuiApplication.clipboard().setText)
        self._heading = Label(title, "section", wrap=True)
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.unit(3))
        self._cancel = ActionButton(_("Cancel") if accept_text else _("Close"))
        self._accept = ActionButton(accept_text, hint=native("Ctrl+Return"), kind="danger" if danger else "primary")
        self._accept.setVisible(bool(accept_text))
        self._accept.setAutoDefault(True)
        self._accept.setDefault(bool(accept_text))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.unit(6), theme.unit(5), theme.unit(6), theme.unit(5))
        layout.setSpacing(theme.unit(4))
        layout.addWidget(self._heading)
        layout.addWidget(self.bar)
        layout.addLayout(self.body, 1)
        layout.addLayout(self._buttons())
        self._cancel.clicked.connect(self.reject)
        self._accept.clicked.connect(self.try_save)

    def save(self) -> None:
        """Start what the dialog is for; the default only closes."""
        self.finish(None)

    def set_accept_enabled(self, enabled: bool) -> None:
        """Allow or forbid saving, for example while data is being read."""
        self._accept.setEnabled(enabled)

    def set_accept_text(self, text: str) -> None:
        """Name the button anew, in a dialog of several steps."""
        self._accept.setText(text)

    @Slot()
    def try_save(self) -> None:
        """Check the form and save; the button waits for the answer."""
        if not self._accept.isEnabled():
            return
        if self.form is not None and not self.form.check():
            QTimer.singleShot(0, self, self._make_room)  # the sentences are in the layouts by then
            return
        self.bar.clear()
        self._accept.setEnabled(False)
        self.save()

    def finish(self, result: object = None) -> None:
        """Close with a result: the `then` of the use-case."""
        self.finished_with.emit(result)
        self.accept()

    def present(self, error: Exception) -> None:
        """Show an error and keep everything that was typed: the `failed` of the use-case."""
        self._accept.setEnabled(True)
        if isinstance(error, Stale) and self.form is not None:
            from famdesk.ui.kit.stale import StaleQuestion

            words = (*typed_in(self.form), *self.typed_elsewhere())
            StaleQuestion(self, error, words, self._discard).open()
            return
        self._presenter.present(error, self.form, self.try_save)
        self._make_room()

    @Slot()
    def reject(self) -> None:
        """Close, after a question if something was typed."""
        if self.form is None or not self.form.dirty:
            super().reject()
            return
        question, detail = _("Discard what you typed?"), self.discard_detail()
        asked = confirm(self, question, _("Discard"), self._discard, danger=True, detail=detail)
        asked.begin_with_cancel(_("Go on writing"))

    def begin_with_cancel(self, text: str) -> None:
        """Let what keeps everything be at hand, named so: the key that saves elsewhere throws nothing away here."""
        self._cancel.setText(text)
        self._cancel.setAutoDefault(True)
        self._accept.setDefault(False)
        self._accept.setAutoDefault(False)
        self._accept.set_hint("")
        self._cancel.setDefault(True)
        self._cancel.setFocus()
        self._keys = False

    def typed_elsewhere(self) -> tuple[tuple[str, str], ...]:
        """Label and text of what was typed here and does not stand in the form now, such as in another language."""
        return ()

    def discard_detail(self) -> str:
        """What else to know before what was typed is discarded; "" for nothing."""
        return ""

    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the first field, so that one can type at once."""
        super().showEvent(event)
        if event.spontaneous():
            return
        self._widen()
        if self.form is not None:
            self.form.focus_first()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if self._keys:
                self.try_save()
        else:
            super().keyPressEvent(event)

    def _widen(self) -> None:
        """Be as wide as the content has to be: Qt begins with two thirds of the screen at most."""
        layout = self.layout()
        least = layout.totalMinimumSize().width() if layout is not None else 0
        more = min(least, self.screen().availableGeometry().width()) - self.width()
        if more > 0:
            self.resize(self.width() + more, self.height())
            self.move(max(self.x() - more // 2, self.screen().availableGeometry().left()), self.y())

    def _make_room(self) -> None:
        """Grow to what the content asks for, as far as the screen goes; never shrink what the person made larger."""
        layout = self.layout()
        for column in self.findChildren(ScrollColumn):
            column.updateGeometry()  # what scrolls in it may ask for more by now
        if layout:
            layout.activate()  # those in it remember what was asked for before
        hint = self.sizeHint()
        width = max(self.width(), hint.width())
        wanted = layout.totalHeightForWidth(width) if layout and layout.hasHeightForWidth() else hint.height()
        screen, frame = self.screen().availableGeometry(), self.frameGeometry()
        around = frame.height() - self.height()
        self.resize(width, max(self.height(), min(wanted, screen.height() - around)))
        below = self.frameGeometry().bottom() - screen.bottom()
        if self.isVisible() and below > 0:
            self.move(frame.left(), max(screen.top(), frame.top() - below))

    def _discard(self) -> None:
        below = self.parentWidget()
        if self.form is not None:
            self.form.set_values({})  # from now on nothing of it is wanted
        super().reject()
        if below is not None:  # two windows went at once: some window managers then give the keyboard to none
            below.activateWindow()

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.unit(2))
        row.addStretch(1)
        row.addWidget(self._cancel)
        row.addWidget(self._accept)
        return row


class _Question(Dialog):
    """A question with one answer that does something."""

    def __init__(
        self, parent: QWidget, question: str, yes: str, on_yes: Callable[[], object], *, danger: bool, detail: str,
        named: bool,
    ) -> None:  # fmt: skip
        super().__init__(parent, question, yes, danger=danger, named=named)
        self._on_yes = on_yes
        if detail:
            self.body.addWidget(Label(detail, wrap=True))

    def save(self) -> None:
        on_yes = self._on_yes
        self.finish()
        on_yes()


class _ReasonQuestion(Dialog):
    """A question whose answer needs a reason in words."""

    def __init__(
        self, parent: QWidget, question: str, yes: str, on_text: Callable[[str], object], detail: str, *, named: bool
    ) -> None:
        super().__init__(parent, question, yes, named=named)
        self._on_text = on_text
        if detail:
            self.body.addWidget(Label(detail, wrap=True))
        self.form = Form(labels="top")
        self._reason = self.form.add("reason", _("Reason"), TextField(lines=2), required=True)
        self.body.addWidget(self.form)

    def save(self) -> None:
        text, on_text = self._reason.value(), self._on_text
        self.finish()
        on_text(text)


def confirm(
    parent: QWidget, question: str, yes: str, on_yes: Callable[[], object], *, danger: bool = False, detail: str = "",
    named: bool = False,
) -> Dialog:  # fmt: skip
    """Ask before something that Undo does not give back; `on_yes` is called if the person says so. `named`: the
    question tells of a person, see `Dialog`."""
    dialog = _Question(parent, question, yes, on_yes, danger=danger, detail=detail, named=named)
    dialog.open()
    return dialog


def ask_reason(
    parent: QWidget, question: str, yes: str, on_text: Callable[[str], object], *, detail: str = "",
    named: bool = False,
) -> Dialog:  # fmt: skip
    """Ask for a reason, which is never empty; `on_text` is called with it. `named`: see `confirm`."""
    dialog = _ReasonQuestion(parent, question, yes, on_text, detail, named=named)
    dialog.open()
    return dialog
