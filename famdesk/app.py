"""The composition root of the window: the only module that knows everything.

Until the sign-in page is painted only Qt and the light modules load. SQLAlchemy and the use-cases load in a thread
while the person types the password, and the database opens there too: the window never waits.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLibraryInfo, QObject, QTimer, QTranslator, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from famdesk import i18n
from famdesk.data.home import AlreadyOpen, Home
from famdesk.data.platform import HeldLock, forbid_core_dumps
from famdesk.domain.errors import FamDeskError
from famdesk.i18n import _
from famdesk.ui.kit import settings as store
from famdesk.ui.kit.theme import Look, Theme
from famdesk.ui.main_window import MainWindow
from famdesk.ui.signin import DemoAccount, SignInPage
from famdesk.usecases.demo_accounts import ACCOUNTS, DEMO_PASSWORD

if TYPE_CHECKING:  # loaded behind the sign-in page
    from famdesk.ui.kit.idle import IdleWatch
    from famdesk.ui.kit.runner import Runner
    from famdesk.usecases.office import Office

POLL_MS = 2000
"""How often other desks' changes are looked for."""

PRELOADED = ("famdesk.usecases.session", "famdesk.usecases.features", "famdesk.pages", "babel.dates")


def run_window(home: Home) -> int:
    """Opens the window on a folder and runs until it is closed; gives the exit status."""
    forbid_core_dumps()
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setApplicationName("FamDesk")
    application.setDesktopFileName("famdesk")
    desk = DeskWindow(application, home)
    desk.start()
    status = application.exec()
    desk.stop()
    return status


class DeskWindow(QObject):
    """One window on one folder: first start, sign-in, session, lock.

    Signals:
        _answered(object): a finished piece of background work, delivered on the GUI thread.
    """

    _answered = Signal(object)

    def __init__(self, application: QApplication, home: Home) -> None:
        super().__init__()
        self._application, self.home = application, home
        self._settings = store.machine_settings(home.folder, self)
        self._language(home.settings().language if home.exists() else i18n.language())
        self._theme = Theme(
            application,
            Look(store.read(self._settings, store.LOOK)),
            store.read(self._settings, store.ZOOM),
        )
        self.window = MainWindow(self._settings, self._theme)
        self.office: Office | None = None
        self.runner: Runner | None = None
        self._lock: HeldLock | None = None
        self._idle: IdleWatch | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="door")
        self._poll = QTimer(self)
        self._poll.setInterval(POLL_MS)
        self._answered.connect(self._on_answered)
        self.window.unlock_requested.connect(self._unlock)
        self.window.sign_out_requested.connect(self._sign_out)
        self.window.locked.connect(self._on_locked)

    def start(self) -> None:
        """Shows the first page; everything else loads behind it."""
        try:
            self._lock = self.home.lock()
        except AlreadyOpen as error:
            self._refuse(error)
            return
        if self.home.exists():
            self.show_sign_in()
        else:
            self._show_first_start()
        self.window.show()
        QTimer.singleShot(0, self, self._preload)

    def stop(self) -> None:
        """Closes the session and the folder."""
        self._end_session()
        self._thread.shutdown(wait=True)
        if self._lock is not None:
            self._lock.release()

    @Slot()
    def show_sign_in(self) -> None:
        """The sign-in page of the folder."""
        settings = self.home.settings()
        demo = [DemoAccount(login, _(text)) for login, _role, text in ACCOUNTS] if settings.demo else []
        page = SignInPage(settings.centre_name, demo=demo, demo_password=DEMO_PASSWORD if demo else "")
        page.sign_in_requested.connect(self._sign_in)
        page.recovery_requested.connect(self._recover)
        page.language_chosen.connect(self._choose_language)
        self.window.show_cover(page)

    def in_background(
        self, work: Callable[[], object], then: Callable[[Any], object], failed: Callable[[Any], object]
    ) -> None:
        """Does something slow beside the window; `then` or `failed` gets the outcome on the GUI thread."""
        future = self._thread.submit(work)
        future.add_done_callback(lambda done: self._answered.emit((done, then, failed)))

    @Slot(object)
    def _on_answered(self, answer: tuple[Future[Any], Callable[[Any], object], Callable[[Any], object]]) -> None:
        future, then, failed = answer
        error = future.exception()
        if error is None:
            then(future.result())
        elif isinstance(error, FamDeskError):
            failed(error)
        else:
            raise error

    @Slot()
    def _preload(self) -> None:
        self._thread.submit(lambda: [importlib.import_module(name) for name in PRELOADED])

    def _show_first_start(self) -> None:
        from famdesk.ui.first_start.page import FirstStartPage

        page = FirstStartPage(self.home, self.in_background)
        page.opened.connect(self._open_session)
        page.language_chosen.connect(self._choose_language)
        self.window.show_cover(page)

    @Slot(str, str)
    def _sign_in(self, login: str, password: str) -> None:
        self.in_background(lambda: _signed_in(self.home, login, password), self._open_session, self._refuse)

    @Slot(str, str)
    def _recover(self, code: str, password: str) -> None:
        page = self.window.cover
        login = page.login() if isinstance(page, SignInPage) else ""
        self.in_background(lambda: _recovered(self.home, code, login, password), self._open_session, self._refuse)

    @Slot(str, str)
    def _unlock(self, login: str, password: str) -> None:
        self.in_background(lambda: _signed_in(self.home, login, password), self._come_back, self._refuse_unlock)

    def _refuse(self, error: FamDeskError) -> None:
        page = self.window.cover
        seconds = int(error.params.get("seconds", 0))
        if isinstance(page, SignInPage):
            page.refuse(error.sentence(), seconds)
            return
        from famdesk.ui.shell.refusal import RefusalPage

        self.window.show_cover(RefusalPage(error.sentence()))
        self.window.show()

    def _refuse_unlock(self, error: FamDeskError) -> None:
        self.window.refuse(error.sentence(), int(error.params.get("seconds", 0)))

    @Slot(object)
    def _open_session(self, office: Office) -> None:
        from famdesk import pages
        from famdesk.ui.kit.idle import IdleWatch
        from famdesk.ui.kit.runner import Runner
        from famdesk.ui.shell.shell import SessionInfo

        self._end_session()
        self.office = office
        self.runner = Runner(office, self)
        actor = office.actor
        centre = self.home.settings().centre_name
        info = SessionInfo(centre, actor.staff_id, actor.name, pages.initials(actor.name))
        shell = self.window.open_session(
            self.runner, info, actor.login, pages.specs(self.runner, office), pages.Searcher(self.runner).search
        )
        pages.OpenState(self.runner, self.window, shell)
        self._poll.timeout.connect(self.runner.poll)
        self._poll.start()
        self._idle = IdleWatch(self._application, store.read(self._settings, store.IDLE_MINUTES))
        self._idle.idle.connect(self.window.lock)

    @Slot(object)
    def _come_back(self, fresh: Office) -> None:
        if self.office is None or fresh.actor.staff_id != self.office.actor.staff_id:
            self._open_session(fresh)
            return
        self.office.come_back(fresh)
        self.window.uncover()
        self._poll.start()

    @Slot()
    def _on_locked(self) -> None:
        """Keys and connections go; the shell stays behind the cover with what was typed."""
        self._poll.stop()
        if self.office is not None and self.runner is not None:
            self._thread.submit(self.office.close)

    @Slot()
    def _sign_out(self) -> None:
        self._end_session()
        self.show_sign_in()

    def _end_session(self) -> None:
        self._poll.stop()
        if self.runner is not None:
            self._poll.timeout.disconnect()
            self.window.close_session()
            self.runner.close()
        if self.office is not None:
            office = self.office
            self._thread.submit(office.close)
        if self._idle is not None:
            self._idle.deleteLater()
        self.office = self.runner = self._idle = None

    @Slot(str)
    def _choose_language(self, language: str) -> None:
        self._language(language)
        if self.home.exists():
            self.home.set_language(language)
            self.show_sign_in()
        else:
            self._show_first_start()

    def _language(self, language: str) -> None:
        """The language of our texts and of Qt's own buttons."""
        i18n.set_language(language)
        for translator in self.findChildren(QTranslator):
            QGuiApplication.removeTranslator(translator)
            translator.deleteLater()
        translator = QTranslator(self)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if translator.load(f"qtbase_{language}", folder):
            QGuiApplication.installTranslator(translator)


def _signed_in(home: Home, login: str, password: str) -> Office:
    from famdesk.usecases import features, session

    office = session.sign_in(home, login, password)
    features.load()
    return office


def _recovered(home: Home, code: str, login: str, password: str) -> Office:
    from famdesk.usecases import features, session

    office = session.recover(home, code, login, password)
    features.load()
    return office
