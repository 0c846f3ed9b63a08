"""Unsaved texts of forms: kept sealed while somebody types, and shown again where the forms themselves are gone.

One way for every dialog and view: a lock, a sign-out, a window that is closed, a system that shuts down, a crash, a
power cut or a change of language takes at most the last second. Where they cannot be kept, whoever typed them is asked.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QSessionManager
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from famdesk.domain.errors import FamDeskError
from famdesk.ui.kept_dialogs import KeptDialog, UnkeptDialog
from famdesk.ui.kit.background import Background
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.form import KEEPS_DRAFTS, Form, typed_in
from famdesk.ui.kit.page import Page
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.waiting import Waiting
from famdesk.usecases import kept_texts
from famdesk.usecases.kept_texts import KeptFile, KeptForm, Sealed

if TYPE_CHECKING:
    from famdesk.usecases.office import Office

T = TypeVar("T", bound=QObject)
LOOK_MS: Final = 1_000
"""How often it is looked for what was typed."""
SAVED_MS: Final = 100
"""When it is looked after something was saved: its form has gone by then."""


class KeptTexts(QObject):
    """Looks after them for one session.

    Attributes:
        safe: whether what stands in forms, as far as it was looked at, is on disk.

    Signals:
        unkept(object): it could not be written, told once until it can be; the error.
        put_off(): what was offered is wanted later; `offer` shows it again.
    """

    unkept = Signal(object)
    put_off = Signal()

    def __init__(self, runner: Runner, office: Office, window: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self._window = runner, window
        self._file = KeptFile(office)
        self._left = kept_texts.read(office)
        self._forms = self._left
        self._sealed = Sealed(0, b"")
        self._writer = Background(self)
        self._told = self._given_up = False
        self.safe = True
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        runner.saved.connect(self._on_saved)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.commitDataRequest.connect(self._on_system_ends)

    @Slot()
    def look(self) -> None:
        """Writes down what stands unsaved in forms, beside the window, if it is something else than before."""
        self._seal()
        if not self.safe and self._writer.idle():
            sealed = self._sealed
            self._writer.do(partial(self._file.write, sealed), partial(self._on_kept, sealed), self._on_failed)

    def keep(self) -> FamDeskError | None:
        """Writes it down at once, with what was shown and not thrown away yet; gives why that was not possible."""
        self._seal()
        if self.safe or self._given_up:
            return None
        try:
            self._file.write(self._sealed)
        except FamDeskError as error:
            return error
        self.safe = True
        return None

    def go_on(self, then: Callable[[], object], over: QWidget, *, shown: bool = True) -> None:
        """Does what takes the forms away once they are kept; where they cannot be, asks over a widget. `shown`: the
        texts may be on the screen now."""
        error = self.keep()
        if error is None:
            then()
            return
        dialog = UnkeptDialog(over, error, self._forms if shown else (), self.keep)
        dialog.given_up.connect(self._on_given_up)
        dialog.finished_with.connect(lambda _nothing: then())
        dialog.open()

    def carry_over(self, change: Callable[[], object]) -> None:
        """Does what makes the views anew; what stood unsaved in them is shown after it."""
        found = unsaved()
        self._left = (*self._left, *(form for form in found if form not in self._left))
        self.keep()
        change()
        if found:
            self.offer()

    @Slot()
    def offer(self) -> None:
        """Shows what was kept before, if there is anything."""
        if self._left:
            dialog = KeptDialog(self._window, self._left, self._runner)
            dialog.finished_with.connect(self._on_thrown_away)
            dialog.put.connect(self._on_put)
            dialog.rejected.connect(self.put_off)
            dialog.open()

    def end(self) -> None:
        """The session is over; what stands in forms was kept before, or is given up."""
        self._timer.stop()
        self.keep()
        self._writer.close()

    def _seal(self) -> None:
        forms = (*self._left, *unsaved())
        if forms != self._forms:
            self._forms, self._sealed, self.safe = forms, self._file.seal(forms), False

    @Slot()
    def _on_saved(self) -> None:
        QTimer.singleShot(SAVED_MS, self, self.look)

    @Slot(QSessionManager)
    def _on_system_ends(self, manager: QSessionManager) -> None:
        """The system shuts down, or its user goes: it waits only where something would be lost."""
        if self.keep() is not None and manager.allowsInteraction():
            manager.cancel()
            self.go_on(self._window.close, self._window)

    @Slot()
    def _on_given_up(self) -> None:
        self._given_up = True

    @Slot()
    def _on_thrown_away(self) -> None:
        self._left = ()
        self.keep()

    @Slot(object)
    def _on_put(self, form: KeptForm) -> None:
        """A drawing is with its note: it is not offered again."""
        self._left = tuple(one for one in self._left if one is not form)
        self.keep()

    def _on_kept(self, sealed: Sealed, _nothing: object) -> None:
        self._told = False
        self.safe = sealed is self._sealed

    def _on_failed(self, error: Exception) -> None:
        if not self._told:
            self._told = True
            self.unkept.emit(error)


def unsaved() -> tuple[KeptForm, ...]:
    """What stands in all forms that somebody changed; of those that keep drafts of their own what they have not yet."""
    tops = [top for top in QApplication.topLevelWidgets() if not _saved(top)]
    found = [form for top in tops for form in _in(top, Form) if form.dirty and not _keeps(form)]
    made = [KeptForm(_title(form), typed_in(form) + _elsewhere(form), *_drawn(form)) for form in found]
    made += [KeptForm(_title(one), one.texts()) for top in tops for one in _in(top, Waiting)]
    return tuple(one for one in made if one.fields or one.picture)


def _in(top: QWidget, kind: type[T]) -> list[T]:
    """What is of a kind in one window, without what is in windows over it."""
    if isinstance(top, kind):
        return [top]
    return [one for one in top.findChildren(kind) if _window(one) is top]


def _window(one: QObject) -> QWidget | None:
    around = one if isinstance(one, QWidget) else one.parent()
    return around.window() if isinstance(around, QWidget) else None


def _saved(top: QWidget) -> bool:
    """Whether a window has done what it was for, and is about to go."""
    return isinstance(top, QDialog) and top.result() == QDialog.DialogCode.Accepted and not top.isVisible()


def _elsewhere(form: Form) -> tuple[tuple[str, str], ...]:
    """What was typed in the dialog of a form and does not stand in it now."""
    dialog = form.window()
    return dialog.typed_elsewhere() if isinstance(dialog, Dialog) and dialog.form is form else ()


def _drawn(form: QWidget) -> tuple[bytes, str]:
    """What was drawn in the window of a form, and the note for which it is."""
    drawn = getattr(form.window(), "drawn", None)
    found: tuple[bytes, str] = drawn() if callable(drawn) else (b"", "")
    return found


def _keeps(form: QWidget) -> bool:
    """Whether the form, or something around it in the same window, looks after it."""
    one: QWidget | None = form
    while one is not None and not one.property(KEEPS_DRAFTS):
        one = None if one.isWindow() else one.parentWidget()
    return one is not None


def _title(form: QObject) -> str:
    """The dialog or the view in which a form stands."""
    one = form.parent()
    while one is not None and not isinstance(one, (QDialog, Page)):
        one = one.parent()
    if isinstance(one, Page):
        return one.title
    return one.accessibleName() or one.windowTitle() if one is not None else ""
