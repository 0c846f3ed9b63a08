"""One window on one folder: the part of the composition root that follows the first page.

Until the first page is painted only Qt and the light modules load. SQLAlchemy and the use-cases load in a thread
while the person types the password, and the database opens there too: the window never waits.
"""

from __future__ import annotations

import importlib
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, QTimer, Slot
from PySide6.QtWidgets import QApplication

from famdesk import i18n
from famdesk.data.home import Home
from famdesk.data.platform import HeldLock
from famdesk.domain.errors import FamDeskError
from famdesk.domain.staff.second_step import CodeWanted
from famdesk.i18n import _
from famdesk.ui.demo_card import DemoAccount
from famdesk.ui.first_paint import FirstPaint
from famdesk.ui.kit import settings as store
from famdesk.ui.kit.background import Background
from famdesk.ui.kit.errors import BugReport, FaultHook, sentence_of
from famdesk.ui.kit.qt_texts import QtTexts
from famdesk.ui.kit.theme import Look, dressed
from famdesk.ui.lock_page import LockPage
from famdesk.ui.main_window import REPLACED, MainWindow
from famdesk.ui.signin import SignInPage, marked
from famdesk.usecases.demo.demo_accounts import ACCOUNTS, DEMO_PASSWORD

if TYPE_CHECKING:  # loaded behind the first page
    from famdesk.pages import Session
    from famdesk.ui.first_start.page import FirstStartPage
    from famdesk.ui.replacing import LongLock
    from famdesk.usecases.office import Office

PRELOADED = ("famdesk.usecases.session", "babel.dates", "holidays.countries", "famdesk.pages", "famdesk.ui.shell.shell")
LOOK_AGAIN_MS = 50
FRAME = (8, 40)
"""Pixels left free for what the system puts around a window."""


class DeskWindow(QObject):
    """One window on one folder: first start, sign-in, session, lock.

    Attributes:
        application, home, window: the program, the folder, its window.
        session: who is signed in, or None.
        background: where data are opened and keys derived.
    """

    def __init__(self, application: QApplication, home: Home, window: MainWindow | None = None) -> None:
        """Goes on with `window`, or makes one."""
        super().__init__()
        self.application = application
        self._hook = FaultHook(application)
        self._hook.install()
        self._hook.fault.connect(self.present_fault)
        self.background = Background(self)
        self.session: Session | None = None
        self._held: HeldLock | None = None
        self._texts = QtTexts(self)
        self._stopped = False
        self._long_lock: LongLock | None = None
        self._take_home(home, window)

    def start(self, page: SignInPage | None = None) -> None:
        """Shows the first page, or goes on with the sign-in that is shown already; everything else loads behind it."""
        try:
            self._held = self.home.lock()
            if self.home.exists():
                self.show_sign_in(page=page)
            else:
                self.show_first_start()
        except FamDeskError as error:
            from famdesk.ui.shell.refusal import RefusalPage

            self.window.show_cover(RefusalPage(error.sentence()))
        self.window.show()
        cover = self.window.cover
        assert cover is not None
        if cover is page:
            load_behind(self)
        else:
            FirstPaint(cover).seen.connect(partial(load_behind, self))

    @Slot()
    def stop(self) -> None:
        """Closes the session and the folder."""
        if self._stopped:
            return
        self._stopped = True
        self.window.removeEventFilter(self._guard)
        self._end_session()
        self.background.close()
        self._hook.uninstall()
        self._hook.deleteLater()
        self._texts.rest()
        if self._held is not None:
            self._held.release()

    @Slot()
    def show_sign_in(self, login: str = "", page: SignInPage | None = None) -> None:
        """The sign-in page of the folder, or the one that is shown already; `login` is filled in."""
        settings = self.home.settings()
        page = page or SignInPage(marked(settings.centre_name, demo=settings.demo))
        demo = [DemoAccount(login, _(text)) for login, _role, text in ACCOUNTS] if settings.demo else []
        page.complete(demo, DEMO_PASSWORD if demo else "")
        page.sign_in_requested.connect(self._sign_in)
        page.code_given.connect(self._sign_in)
        page.recovery_requested.connect(self._recover)
        page.language_chosen.connect(self._choose_language)
        if login:
            page.set_login(login)
        if page is not self.window.cover:
            self.window.show_cover(page)

    def show_first_start(self, before: FirstStartPage | None = None) -> None:
        """The first start, from its beginning or, in another language, with the answers of the page before."""
        from famdesk.ui.first_start.page import FirstStartPage

        answers, step = (before.answers, "way") if before is not None else (None, "language")
        page = FirstStartPage(self.home, self.background.do, answers, step)
        page.opened.connect(self.open_session)
        page.demo_requested.connect(self._make_demo)
        page.language_chosen.connect(self._choose_language)
        self.window.show_cover(page)

    @Slot(object)
    def open_session(self, office: Office) -> None:
        """Shows the views to who has signed in."""
        from famdesk.pages import Session

        self._end_session()
        settings = self.home.settings()
        centre = marked(settings.centre_name, demo=settings.demo)
        self.session = Session(self.application, self.window, self._settings, office, centre)
        self.session.language_chosen.connect(self._choose_language)

    @Slot(object)
    def present_fault(self, report: BugReport) -> None:
        """Tells of a fault of the program where there is a place for it; it is in the log anyway."""
        if self.window.shell is not None:
            self.window.shell.present_fault(report)

    def _take_home(self, home: Home, window: MainWindow | None = None) -> None:
        """Everything that belongs to one folder: its settings, look, language and window."""
        self.home = home
        self._settings = store.machine_settings(home.folder, self)
        with suppress(FamDeskError):  # it is told by `start`, in the language of the program
            self._texts.speak(home.settings().language if home.exists() else i18n.language())
        look, zoom = Look(store.read(self._settings, store.LOOK)), store.read(self._settings, store.ZOOM)
        theme = dressed(self.application, look, zoom)
        self.window = window or MainWindow(self._settings)
        self.window.dress(theme)
        room = self.window.screen().availableGeometry().size() - QSize(*FRAME)
        self.window.resize(self.window.size().boundedTo(room))
        self._guard = CloseGuard(self)
        self.window.installEventFilter(self._guard)
        self.window.unlock_requested.connect(self._unlock)
        self.window.unlock_code_given.connect(self._unlock)
        self.window.sign_out_requested.connect(self._sign_out)
        self.window.locked.connect(self._on_locked)

    @Slot(str, str)
    @Slot(str, str, str)
    def _sign_in(self, login: str, password: str, second: str | None = None) -> None:
        self.background.do(_SignIn(self.home, login, password, second=second), self.open_session, self._refuse)

    @Slot(str, str)
    def _recover(self, code: str, password: str) -> None:
        page = self.window.cover
        login = page.login() if isinstance(page, SignInPage) else ""
        self.background.do(_SignIn(self.home, login, password, code), self.open_session, self._refuse)

    @Slot(str, str)
    @Slot(str, str, str)
    def _unlock(self, login: str, password: str, second: str | None = None) -> None:
        self.background.do(_SignIn(self.home, login, password, second=second), self._come_back, self._refuse)

    @Slot()
    def _make_demo(self) -> None:
        folder = self.home.folder
        demo = Home(folder.with_name(f"{folder.name}-demo-cremona"))
        self.background.do(_MakeDemo(demo), self._move_to, self._refuse)

    def _move_to(self, home: Home) -> None:
        """Goes on with another folder, in a new window at the place of the old one."""
        before, geometry = self.window, self.window.saveGeometry()
        if self._held is not None:
            self._held.release()
            self._held = None
        before.removeEventFilter(self._guard)
        self._take_home(home)
        self.window.restoreGeometry(geometry)
        self.start()
        before.close()
        before.deleteLater()

    def _refuse(self, error: Exception) -> None:
        page = self.window.cover
        if isinstance(page, (SignInPage, LockPage)) and isinstance(error, CodeWanted):
            page.ask_code()
        elif isinstance(page, (SignInPage, LockPage)):
            page.refuse(sentence_of(error), _seconds(error))
        elif page is not None and hasattr(page, "refuse"):
            page.refuse(error)

    def _come_back(self, fresh: Office) -> None:
        if self.session is not None and self.session.office.actor.staff_id == fresh.actor.staff_id:
            if self._long_lock is not None:
                self._long_lock.end()
            self.session.come_back(fresh)
        else:
            self.open_session(fresh)

    @Slot()
    def _on_locked(self) -> None:
        """After a long time another process takes the place of this one: see `famdesk.ui.replacing`."""
        if self.session is None:
            return
        from famdesk.ui.replacing import LongLock

        self.session.rest()
        if self._long_lock is None:
            self._long_lock = LongLock(self)
            self._long_lock.passed.connect(partial(give_way, self))
        self._long_lock.begin()

    @Slot()
    def _sign_out(self) -> None:
        """Whoever sits at a locked desk is not shown what somebody else typed."""
        cover = self.window.cover
        if self.session is not None:
            self.session.kept.go_on(self._signed_out, cover or self.window, shown=cover is None)

    @Slot()
    def _signed_out(self) -> None:
        self._end_session()
        self.show_sign_in()

    def _end_session(self) -> None:
        if self._long_lock is not None:
            self._long_lock.end()
        session, self.session = self.session, None
        if session is not None:
            self.background.do(session.end())

    @Slot(str)
    def _choose_language(self, language: str) -> None:
        self._texts.speak(language)
        page = self.window.cover
        if self.session is not None and page is None:
            self.session.speak_anew()
        elif self.home.exists():
            self.home.set_language(language)
            self.show_sign_in(page.login() if isinstance(page, SignInPage) else "")
        else:
            self.show_first_start(page)  # type: ignore[arg-type]


class CloseGuard(QObject):
    """A window that is closed while something is being written waits until it is on disk, and asks where what was typed
    cannot be kept."""

    def __init__(self, desk: DeskWindow) -> None:
        super().__init__(desk)
        self._desk = desk

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        session, window = self._desk.session, self._desk.window
        if watched is not window or event.type() != QEvent.Type.Close or session is None:
            return False
        if not session.runner.idle():
            event.ignore()
            window.setEnabled(False)
            QTimer.singleShot(LOOK_AGAIN_MS, window, window.close)
            return True
        if session.kept.keep() is None:
            return False
        event.ignore()
        window.setEnabled(True)
        cover = window.cover
        session.kept.go_on(window.close, cover or window, shown=cover is None)
        return True


class _SignIn:
    """Opens the data with a password, or with the recovery code and a new password."""

    def __init__(
        self, home: Home, login: str, password: str, code: str | None = None, second: str | None = None
    ) -> None:
        """`code` is that of the recovery sheet, `second` that of the second step."""
        self._home, self._login, self._password, self._code, self._second = home, login, password, code, second

    def __call__(self) -> Office:
        from famdesk.data.keys import crypto
        from famdesk.usecases import features, session

        if self._code is None:
            office = session.sign_in(self._home, self._login, self._password, self._second)
        else:
            cost = crypto.calibrated()
            office = session.recover(self._home, self._code, self._login, self._password, cost=cost)
        features.load()
        return office


class _MakeDemo:
    """Makes the demo unless it is there already; gives its folder."""

    def __init__(self, home: Home) -> None:
        self._home = home

    def __call__(self) -> Home:
        if not self._home.exists():
            from famdesk import resources
            from famdesk.exchange.profiles import read_profile
            from famdesk.usecases.demo import demo

            demo.make(self._home, read_profile(resources.path("centres/cremona.toml")), demo.FAMILIES)
            self._home.set_language(i18n.language())
        return self._home


def give_way(desk: DeskWindow) -> None:
    """Ends this process so that another one takes its place, once everything is on disk; not if somebody is back, nor
    if what stands in forms could not be kept: here it is not lost."""
    if desk.session is None or desk.window.cover is None:
        return
    if not (desk.session.runner.idle() and desk.background.idle()):
        QTimer.singleShot(LOOK_AGAIN_MS, desk, partial(give_way, desk))
        return
    if not desk.session.kept.safe:
        return
    desk.application.setQuitOnLastWindowClosed(False)
    desk.window.close()
    desk.application.exit(REPLACED)


def load_behind(desk: DeskWindow) -> None:
    """Loads what comes after the first page."""
    desk.background.do(_load_all)


def _load_all() -> None:
    from famdesk.usecases import features

    features.load()
    for name in PRELOADED:
        importlib.import_module(name)


def _seconds(error: Exception) -> int:
    return int(error.params.get("seconds", 0)) if isinstance(error, FamDeskError) else 0
