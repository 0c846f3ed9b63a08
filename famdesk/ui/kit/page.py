"""What every view of the window shares: a header, a body, and being up to date when it is looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from famdesk.domain.staff import rights
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, make_action
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.fitting import Fitting
from famdesk.ui.kit.messages import Message
from famdesk.ui.kit.runner import Changes, Runner
from famdesk.ui.kit.scrolling import CalmArea
from famdesk.ui.kit.widgets import ElidedLabel, Label

SIDE: Final = 5.5
"""Room at both sides of a view, in units."""

NARROW: Final = 140
NARROW_SIDE: Final = 2
"""Below this width, as with very large text, the words need the room more."""


class PageHeader(Fitting):
    """Title, subtitle, and at the right the actions of the view."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Label(title, "title")
        self._subtitle = ElidedLabel("", "second")
        self._subtitle.hide()  # without words it would take a gap of its own
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.set_side_margin(theme.unit(SIDE))
        start, end = QWidget(), QWidget()
        self._end_group = end
        self._beside = QHBoxLayout(start)
        self._end = QHBoxLayout(end)
        for layout, group in ((self._beside, start), (self._end, end)):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(theme.unit(2))
            self._rows.addWidget(group)
        self._beside.setSpacing(theme.unit(3))
        self._beside.addWidget(self._title)
        self._beside.addWidget(self._subtitle)
        self._beside.addStretch(1)
        self._rows.setStretch(0, 1)
        self.setMinimumHeight(theme.unit(13))

    def set_title(self, title: str) -> None:
        """Change the title."""
        self._title.setText(title)

    def title(self) -> str:
        """What stands there."""
        return self._title.text()

    def set_subtitle(self, text: str) -> None:
        """A few quiet words beside the title."""
        self._subtitle.setText(text)
        self._subtitle.setVisible(bool(text))

    def add_beside(self, widget: QWidget) -> None:
        """Add a widget directly after the title, such as the arrows of a calendar."""
        self._beside.insertWidget(self._beside.count() - 1, widget)

    def add_widget(self, widget: QWidget) -> None:
        """Add a widget at the right end; the primary button is added last."""
        self._end.addWidget(widget)

    def set_side_margin(self, margin: int) -> None:
        """The room at the left and right end, in pixels."""
        self._rows.setContentsMargins(margin, theme.unit(4), margin, 0)

    def fit(self) -> None:
        groups = (self._beside, self._end)
        wanted = sum(group.sizeHint().width() for group in groups) + theme.unit(14)
        narrow = wanted > self.width()
        directions = QBoxLayout.Direction
        wanted_direction = directions.TopToBottom if narrow else directions.LeftToRight
        if self._rows.direction() == wanted_direction:
            return
        self._rows.setDirection(wanted_direction)
        self._rows.setAlignment(self._end_group, Qt.AlignmentFlag.AlignLeft if narrow else Qt.AlignmentFlag(0))


class _Inner(QWidget):
    """What a view holds. It asks for the height that it needs, not for the one that its lists would like: else one
    sentence that wraps would make the whole view scroll beside them."""

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return layout.totalMinimumHeightForWidth(width) if layout is not None else -1


def _room(inner: QWidget) -> QScrollArea:
    """`inner` over the whole room, and scrolling when that is too small for it: at 200 % nothing is cut off."""
    scroll = CalmArea()
    scroll.setWidgetResizable(True)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setWidget(inner)
    return scroll


class Page(QWidget):
    """Base of the views.

    Subclasses name the tables they show in `watches`, fill `body`, and read their data in `refresh`, which is called
    when the page is first shown, when a watched table changed while it is visible, and when it is shown again after
    such a change.

    Attributes:
        runner: the way to the office.
        header: title, subtitle and actions.
        body: the layout under the header.
        making, printing: the use-cases without whose right Ctrl+N and Ctrl+P do nothing here; "": for everybody, None:
            now they do nothing.

    Signals:
        person_opened(str), household_opened(str), appointment_opened(str), initiative_opened(str): show that record.
        item_opened(str, str): show a record of another kind, by kind and id.
        page_requested(str): show the page with that key.
        badge_changed(int): the number beside the page's name in the rail; 0 for none.
        message(object): a `Message` for the message bar.
        failed(object): an error to present.
    """

    watches: ClassVar[frozenset[str]] = frozenset()
    making: str | None = ""
    printing: str | None = ""

    person_opened = Signal(str)
    household_opened = Signal(str)
    appointment_opened = Signal(str)
    initiative_opened = Signal(str)
    item_opened = Signal(str, str)
    page_requested = Signal(str)
    badge_changed = Signal(int)
    message = Signal(object)
    failed = Signal(object)

    def __init__(self, runner: Runner, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.runner = runner
        self._title = title
        self._stale = True
        self._start: QWidget | None = None
        self.setAccessibleName(title)
        self.header = PageHeader(title)
        inner = _Inner()
        theme.set_kind(inner, "plain")
        self.body = QVBoxLayout(inner)
        self._inset(theme.unit(SIDE))
        self.body.setSpacing(theme.unit(3.5))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.unit(3))
        layout.addWidget(self.header)
        layout.addWidget(_room(inner), 1)
        runner.changed.connect(self.take_changes)

    @property
    def title(self) -> str:
        """The page's name, as in the rail and the window's title; nothing about a person."""
        return self._title

    def refresh(self) -> None:
        """Read the page's data and show it."""

    def start_at(self, widget: QWidget) -> None:
        """Where the keyboard begins when the page is shown.

        Not a focus proxy: with one, Qt's Tab key passes over everything on the page that stands before it.
        """
        self._start = widget

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._start is not None:
            self._start.setFocus(event.reason())

    def new_item(self) -> None:
        """Ctrl+N: begin a new thing of this view."""

    def print_now(self) -> None:
        """Ctrl+P: print what is on the screen."""

    def help_text(self) -> str:
        """F1: what one does in this view."""
        return ""

    def open_item(self, kind: str, item_id: str) -> None:
        """Show a record of this page, such as ("person", id)."""

    def save_view(self) -> str:
        """Filters, columns, zoom: what is shown again at the next start. Never data about persons."""
        return ""

    def restore_view(self, state: str) -> None:
        """Take over what `save_view` gave; called before the first `refresh`."""

    def add_action(
        self, text: str, slot: Callable[[], object], *, icon: str = "", shortcut: str = "", primary: bool = False
    ) -> QAction:
        """An action with its button in the header; one per view is primary, and it is added last."""
        action = make_action(self, text, slot, icon=icon, shortcut=shortcut)
        self.header.add_widget(ActionButton.of(action, primary=primary))
        return action

    def say(self, text: str, meaning: Meaning = Meaning.OPEN) -> None:
        """Show a sentence in the message bar: OPEN done, ACCENT to know, WARNING, CONFLICT."""
        self.message.emit(Message(text, meaning))

    def take_changes(self, changes: Changes) -> None:
        """Look whether changes concern this page: then refresh it, or mark it stale while it is not seen."""
        if not self.watches or not any(table in self.watches for table, _row in changes):
            return
        self.mark_stale()

    def mark_stale(self) -> None:
        """Refresh now if visible, else when shown next."""
        self._stale = True
        if self.isVisible():
            self._refresh_if_stale()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh_if_stale()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._inset(theme.unit(NARROW_SIDE if event.size().width() < theme.unit(NARROW) else SIDE))

    def _inset(self, side: int) -> None:
        self.header.set_side_margin(side)
        self.body.setContentsMargins(side, 0, side, theme.unit(4.5))

    def _refresh_if_stale(self) -> None:
        if self._stale:
            self._stale = False
            self.refresh()


def makes(page: Page) -> bool:
    """Whether Ctrl+N begins something on a page for who is signed in."""
    return type(page).new_item is not Page.new_item and _may(page, page.making)


def prints(page: Page) -> bool:
    """Whether Ctrl+P prints something of a page for who is signed in."""
    return type(page).print_now is not Page.print_now and _may(page, page.printing)


def _may(page: Page, action: str | None) -> bool:
    return action == "" or (action is not None and bool(rights.cell(action, page.runner.role)))


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page as the main window knows it before it exists.

    Attributes:
        key: stable name, used in settings.
        title: msgid of the name in the rail.
        icon: name of the icon.
        factory: makes the page; called when it is first shown.
        bottom: stands at the lower end of the rail.
        new_text: msgid for the menu "New" (as "Contact"); the page's `new_item` is called.
        commands: msgid and icon of those of the page's commands that one looks for from elsewhere too; the page has an
            action with the same text.
        opens: kinds of records whose `open_item` this page answers.
    """

    key: str
    title: str
    icon: str
    factory: Callable[[], Page]
    bottom: bool = False
    new_text: str = ""
    opens: frozenset[str] = frozenset()
    commands: tuple[tuple[str, str], ...] = ()
