"""The one window: sign-in, the signed-in frame, the lock, and the neutral page take turns in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QSize, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget
from shiboken6 import Shiboken

from famdesk.ui.kit import settings as store

if TYPE_CHECKING:  # loaded after the first paint
    from famdesk.ui.kit.page import PageSpec
    from famdesk.ui.kit.popup import Search
    from famdesk.ui.kit.runner import Runner
    from famdesk.ui.kit.theme import Theme
    from famdesk.ui.shell.curtain import Curtain
    from famdesk.ui.shell.shell import SessionInfo, Shell

USUAL_SIZE = QSize(1280, 800)
REPLACED = 75
"""The exit status of a window that asks for a new process, see `famdesk.ui.replacing`."""


class MainWindow(QMainWindow):
    """Shows one thing at a time: a page before the session (sign-in, first start), the frame, or a cover over it.

    Signals:
        unlock_requested(str, str): login and password typed at the lock page; answer with `uncover`, `refuse` or
            the lock page's `ask_code`.
        unlock_code_given(str, str, str): login, password, and the code that was asked for.
        sign_out_requested(): the session is to be closed and the sign-in shown.
        locked(): the frame is covered; keys can be dropped.
        closing(): the window is about to close; the view state has been kept.
    """

    unlock_requested = Signal(str, str)
    unlock_code_given = Signal(str, str, str)
    sign_out_requested = Signal()
    locked = Signal()
    closing = Signal()

    def __init__(self, settings: QSettings, look: Theme | None = None) -> None:
        """The bare window; without `look` it is dressed later, by `dress`."""
        super().__init__()
        self._settings = settings
        self._theme = look
        self._shell: Shell | None = None
        self._cover: QWidget | None = None
        self._curtain: Curtain | None = None
        self._hours: tuple[tuple[str, str], ...] = ()
        self._login = ""
        self._had_focus: QWidget | None = None
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        self.setWindowTitle("FamDesk")
        self.setMinimumSize(QSize(640, 480))
        self.resize(USUAL_SIZE)
        geometry = store.read(settings, store.GEOMETRY)
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)

    def dress(self, look: Theme) -> None:
        """The theme that the window's menu changes."""
        self._theme = look

    @property
    def shell(self) -> Shell | None:
        """The frame of the session, or None before sign-in."""
        return self._shell

    @property
    def cover(self) -> QWidget | None:
        """What hides the frame: lock, neutral page, or a page before the session."""
        return self._cover

    def show_cover(self, page: QWidget, title: str = "") -> None:
        """Show a page instead of the frame, such as sign-in or first start; the page before it is deleted."""
        before, self._cover = self._cover, page
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self.setWindowTitle(title or "FamDesk")
        page.setFocus()
        self._drop(before)

    def open_session(
        self, runner: Runner, info: SessionInfo, login: str, specs: Sequence[PageSpec], search: Search
    ) -> Shell:
        """Build the frame for who signed in and show it."""
        from famdesk.ui.shell.curtain import Curtain, HideKey
        from famdesk.ui.shell.shell import Shell

        self.close_session()
        if self._curtain is None:
            self._curtain = Curtain(self)
            HideKey(self).pressed.connect(self._hide_everything)
        self._login = login
        shell = Shell(runner, info, specs, self._settings, search)
        self._shell = shell
        self._stack.addWidget(shell)
        shell.title_changed.connect(self._on_title)
        shell.lock_requested.connect(self.lock)
        shell.sign_out_requested.connect(self.sign_out_requested)
        own = shell.top.own_menu
        own.look_chosen.connect(self._on_look)
        own.zoom_chosen.connect(self._on_zoom)
        assert self._theme is not None
        own.set_appearance(self._theme.look.value, self._theme.zoom)
        self.uncover()
        shell.show_first()
        return shell

    def close_session(self) -> None:
        """Take the frame away; call before another person signs in."""
        shell, self._shell = self._shell, None
        if self._curtain is not None:
            self._curtain.forget()
        if shell is not None:
            shell.save_view_state()
            self._drop(shell)

    def set_opening_hours(self, hours: Sequence[tuple[str, str]]) -> None:
        """What the neutral page shows: pairs of access point and hours in words."""
        self._hours = tuple(hours)

    @Slot(bool)
    def lock(self, hide: bool = False) -> None:
        """Cover the frame with the lock, or with `hide` with the opening hours; dialogs and other windows vanish and
        come back later as they were. With `hide` the opening hours also take the place of the lock."""
        if self._shell is None or self._curtain is None:
            return
        if self._cover is not None:
            if hide:
                self._show_neutral()
            return
        self._shell.save_view_state()
        self._had_focus = QApplication.focusWidget()
        self._curtain.draw()
        if hide:
            self._show_neutral()
        else:
            self._ask_password()
        self.activateWindow()  # another window may have had the keyboard
        self.locked.emit()

    @Slot()
    def _hide_everything(self) -> None:
        self.lock(hide=True)

    def refuse(self, sentence: str, seconds: int = 0) -> None:
        """Say why the lock stays; with `seconds` the next try has to wait so long."""
        from famdesk.ui.lock_page import LockPage

        if isinstance(self._cover, LockPage):
            self._cover.refuse(sentence, seconds)

    def uncover(self) -> None:
        """Show the frame again, with the dialogs that were open."""
        if self._shell is None:
            return
        self._stack.setCurrentWidget(self._shell)
        before, self._cover = self._cover, None
        self._drop(before)
        page = self._shell.page()
        if page is not None:
            self._on_title(page.title)
            self._focus_again(page)
        if self._curtain is not None:
            self._curtain.raise_()

    def _focus_again(self, page: QWidget) -> None:
        """Goes on where the person was when the desk was locked, such as in the middle of a word."""
        had, self._had_focus = self._had_focus, None
        if had is not None and Shiboken.isValid(had) and page.isAncestorOf(had) and had.isVisible():
            had.setFocus()
        else:
            page.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._shell is not None:
            self._shell.save_view_state()
        store.write(self._settings, store.GEOMETRY, self.saveGeometry())
        self._settings.sync()
        self.closing.emit()
        super().closeEvent(event)

    def _show_neutral(self) -> None:
        from famdesk.i18n import _
        from famdesk.ui.shell.neutral import NeutralPage

        assert self._shell is not None
        page = NeutralPage(self._shell.info.centre, self._hours)
        page.return_requested.connect(self._ask_password)
        self.show_cover(page, _("Opening hours"))

    @Slot()
    def _ask_password(self) -> None:
        from famdesk.i18n import _
        from famdesk.ui.lock_page import LockPage

        assert self._shell is not None
        info = self._shell.info
        page = LockPage(info.centre, self._login, info.user_name)
        page.sign_in_requested.connect(self.unlock_requested)
        page.code_given.connect(self.unlock_code_given)
        page.other_user_requested.connect(self.sign_out_requested)
        self.show_cover(page, _("FamDesk, locked"))

    def _drop(self, page: QWidget | None) -> None:
        if page is not None:
            self._stack.removeWidget(page)
            page.deleteLater()

    @Slot(str)
    def _on_title(self, view: str) -> None:
        from famdesk.i18n import _

        assert self._shell is not None
        info = self._shell.info
        title = _("{view} – {centre} – {user}")
        self.setWindowTitle(title.format(view=view, centre=info.centre, user=info.user_name))

    @Slot(str)
    def _on_look(self, look: str) -> None:
        from famdesk.ui.kit.theme import Look

        assert self._theme is not None
        self._theme.set_look(Look(look))
        store.write(self._settings, store.LOOK, look)

    @Slot(int)
    def _on_zoom(self, zoom: int) -> None:
        assert self._theme is not None
        self._theme.set_zoom(zoom)
        store.write(self._settings, store.ZOOM, zoom)
