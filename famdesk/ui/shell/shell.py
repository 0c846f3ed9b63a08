"""The frame of the signed-in program: bar, rail, views, status line, and what they say to each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSettings, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication, QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from famdesk.i18n import _
from famdesk.ui.kit import settings as store
from famdesk.ui.kit import theme
from famdesk.ui.kit.errors import BugReport, Presenter
from famdesk.ui.kit.floating import Floating
from famdesk.ui.kit.messages import MessageBar
from famdesk.ui.kit.page import Page, PageSpec
from famdesk.ui.kit.popup import Search
from famdesk.ui.kit.runner import Failure, Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.shell.actions import ShellActions
from famdesk.ui.shell.command_box import CommandBox
from famdesk.ui.shell.elsewhere import Elsewhere
from famdesk.ui.shell.public import OPEN, PublicScreen
from famdesk.ui.shell.rail import Rail
from famdesk.ui.shell.status import StatusLine
from famdesk.ui.shell.topbar import TopBar
from famdesk.ui.shell.undo_keys import UndoKeys

_FOLDED_UNDER = 275
"""In units of 4 px: the rail shows icons only below 1100 px at the normal text size."""


@dataclass(frozen=True, slots=True)
class SessionInfo:
    """Who is signed in where: what the frame shows and under which id it keeps the state of the views."""

    centre: str
    user_id: str
    user_name: str
    initials: str


class Shell(QWidget):
    """The views and everything around them, for one session.

    Attributes:
        bar: the message bar over the views.
        presenter: shows errors in it.
        top: the top bar.
        status: the status line.
        actions_: the commands of the frame.
        public: whether others can see the screen.

    Signals:
        title_changed(str): the name of the view now shown.
        lock_requested(bool): lock, or with True hide everything at once.
        sign_out_requested(): somebody else wants to sign in.
        access_point_chosen(str): the person works at another access point.
    """

    title_changed = Signal(str)
    lock_requested = Signal(bool)
    sign_out_requested = Signal()
    access_point_chosen = Signal(str)

    def __init__(
        self,
        runner: Runner,
        info: SessionInfo,
        specs: Sequence[PageSpec],
        settings: QSettings,
        search: Search,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.runner = runner
        self.info = info
        self._specs = {spec.key: spec for spec in specs}
        self._settings = settings
        self._pages: dict[str, Page] = {}
        self._key = ""
        self.bar = MessageBar()
        self.presenter = Presenter(self.bar, QGuiApplication.clipboard().setText)
        self.actions_ = ShellActions(self, specs)
        self._elsewhere = Elsewhere(self, specs)
        self.public = PublicScreen(self)
        self.top = TopBar(info.centre, info.user_name, info.initials, CommandBox(search, self.commands))
        self.rail = Rail()
        self.status = StatusLine()
        self._stack = QStackedWidget()
        self._busy = QProgressBar()
        self._lay_out()
        self._fill()
        self._connect()
        UndoKeys(self)

    def show_page(self, key: str) -> Page:
        """Show a view, making it if this is the first time; while others can see the screen only one without people."""
        closed = self.public.closes(key)
        key = OPEN if closed else key
        page = self._pages.get(key) or self._make(key)
        focused = QApplication.focusWidget()
        if focused is not None and self._stack.isAncestorOf(focused):
            focused.clearFocus()  # hidden with the focus, Qt lends it to the search box, and a screen reader says so
        self._key = key
        self._stack.setCurrentWidget(page)
        page.setFocus()
        self.rail.set_current(key)
        self.bar.clear()
        if closed:
            self.public.tell()
        store.write(self._settings, store.LAST_PAGE.of(self.info.user_id), key)
        self.title_changed.emit(page.title)
        return page

    def show_first(self) -> None:
        """Show the view where this person was last, or the first one."""
        last = store.read(self._settings, store.LAST_PAGE.of(self.info.user_id))
        self.show_page(last if last in self._specs else next(iter(self._specs)))

    def page(self) -> Page | None:
        """The view that is shown."""
        return self._pages.get(self._key)

    def open_item(self, kind: str, item_id: str) -> None:
        """Show a record in the view that answers for its kind."""
        key = next((spec.key for spec in self._specs.values() if kind in spec.opens), None)
        if key is None:
            self._tell_missing()
        elif self.public.closes(key):
            self.public.tell()
        else:
            self.show_page(key).open_item(kind, item_id)

    def begin(self, key: str) -> None:
        """Show a view and begin a new thing in it."""
        if self.public.closes(key):
            self.public.tell()
        else:
            self.show_page(key).new_item()

    def commands(self) -> Sequence[QAction]:
        """Everything that can be done now: the view's own commands, those of other views, then the frame's."""
        page = self.page()
        own = page.actions() if page is not None else []
        return [*own, *self._elsewhere.actions(self._key), *self.actions_.all(), self.public.action]

    def save_view_state(self) -> None:
        """Keep filters and columns of the views that were open."""
        for key, page in self._pages.items():
            store.write(self._settings, store.view_setting(key).of(self.info.user_id), page.save_view())

    @Slot(object)
    def present_fault(self, report: BugReport) -> None:
        """Show a fault of the program."""
        self.presenter.present_bug(report)

    def event(self, event: QEvent) -> bool:
        """Fold the rail when the window is narrow for the size of its text."""
        done = super().event(event)
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self.rail.set_folded(self.width() < theme.unit(_FOLDED_UNDER))
        return done

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.unit(150), theme.unit(100))

    def _make(self, key: str) -> Page:
        """Make a page, wire it to the frame, and give it back its state."""
        page = self._specs[key].factory()
        self._pages[key] = page
        kinds = ("person", "household", "appointment", "initiative")
        for kind, signal in zip(
            kinds,
            (page.person_opened, page.household_opened, page.appointment_opened, page.initiative_opened),
            strict=True,
        ):
            signal.connect(_Opener(self, kind))
        page.item_opened.connect(self.open_item)
        page.page_requested.connect(self._on_page_requested)
        page.badge_changed.connect(_Counter(self.rail, key))
        page.message.connect(self.bar.show_message)
        page.failed.connect(self.presenter.present)
        page.restore_view(store.read(self._settings, store.view_setting(key).of(self.info.user_id)))
        self._stack.addWidget(page)
        return page

    def _lay_out(self) -> None:
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy.setFixedHeight(3)
        self._busy.setAccessibleName(_("Working"))
        keep = self._busy.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self._busy.setSizePolicy(keep)
        self._busy.hide()
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._busy)
        right.addWidget(self._stack, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        for widget in (self.rail, self.bar):  # the Tab key goes through them in this order, and then into the view
            widget.setParent(self)
        column.addLayout(middle, 1)
        column.addWidget(self.status)
        Floating(self.bar, self._stack, side=5.5, below=3)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _fill(self) -> None:
        shortcuts = self.actions_.shortcuts
        for key, spec in self._specs.items():
            title = _(spec.title)
            self.rail.add(key, title, spec.icon, shortcut=shortcuts.get(key, ""), bottom=spec.bottom)
        self.top.offer_new(self.actions_.fill_new(self.top.new_menu))
        commands = self.actions_
        own = [commands.help, self.public.action, commands.lock, commands.hide, commands.sign_out]
        self.top.own_menu.fill(self.info.user_name, own)

    def _connect(self) -> None:
        self.rail.chosen.connect(self.show_page)
        self.top.lock_requested.connect(self.actions_.lock.trigger)
        self.top.access_point_chosen.connect(self.access_point_chosen)
        self.top.box.item_chosen.connect(self.open_item)
        self.status.undo_requested.connect(self.actions_.undo.trigger)
        self.runner.history.connect(self._on_history)
        self.runner.saved.connect(self._on_saved)
        self.runner.busy.connect(self._busy.setVisible)
        self.runner.failed.connect(self._on_failure)

    @Slot(object, object)
    def _on_history(self, undo: str | None, redo: str | None) -> None:
        self.status.set_undo(undo)
        self.actions_.set_history(undo, redo)

    @Slot()
    def _on_saved(self) -> None:
        self.status.set_saved(self.runner.now().time())
        announce(self.status, _("Saved"))

    @Slot(str)
    def _on_page_requested(self, key: str) -> None:
        if key in self._specs:
            self.show_page(key)
        else:
            self._tell_missing()

    def _tell_missing(self) -> None:
        self.bar.info(_("Your role does not have this view."))

    @Slot(object)
    def _on_failure(self, failure: Failure) -> None:
        self.presenter.present(failure.error, retry=failure.retry)


class _Opener:
    """Shows records of one kind."""

    def __init__(self, shell: Shell, kind: str) -> None:
        self._shell = shell
        self._kind = kind

    def __call__(self, item_id: str) -> None:
        self._shell.open_item(self._kind, item_id)


class _Counter:
    """Shows the number of one view in the rail."""

    def __init__(self, rail: Rail, key: str) -> None:
        self._rail = rail
        self._key = key

    def __call__(self, count: int) -> None:
        self._rail.set_count(self._key, count)
