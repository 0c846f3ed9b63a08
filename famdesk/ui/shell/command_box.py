"""One box for everything: persons, places, services, initiatives, and every command with its shortcut."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QFocusEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from famdesk.i18n import _
from famdesk.i18n.collate import sort_key, split_apostrophes
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import hint_width, native, paint_hint, shortcut_text
from famdesk.ui.kit.lines import Line
from famdesk.ui.kit.popup import SEARCH_AFTER_MS, Deliver, PopupField, Search, show_search

Commands = Callable[[], Sequence[QAction]]
_COMMAND = "command"


def group_title(kind: str) -> str:
    """The heading of a group of hits."""
    titles = {
        "path": _("Paths of care"),
        "person": _("People"),
        "household": _("Families"),
        "appointment": _("Appointments"),
        "initiative": _("Initiatives"),
        "call": _("Calls for applications"),
        "access_point": _("Access points"),
        "place": _("Places"),
        "service": _("Services"),
        "body": _("Bodies"),
        "staff": _("Staff"),
        _COMMAND: _("Commands"),
    }
    return titles.get(kind, _("Other"))


class CommandBox(PopupField):
    """Finds records and commands. Hits have ids "kind:id" and are grouped by kind; commands come from actions.

    Signals:
        item_chosen(str, str): a record was taken, by kind and id.
    """

    item_chosen = Signal(str, str)

    def __init__(self, search: Search, commands: Commands, parent: QWidget | None = None) -> None:
        """`search(text, deliver)` asks for records; `commands()` gives the actions that can be done now."""
        super().__init__(_("Search"), parent)
        theme.set_kind(self, "search")
        self.setAccessibleName(_("Search and commands"))
        self._search_records = search
        self._commands = commands
        self._actions: dict[str, QAction] = {}
        self._hint = native("Ctrl+K")
        self._least_width = theme.unit(120)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SEARCH_AFTER_MS)
        self._timer.timeout.connect(self._on_pause)
        show_search(self, hint_width(self._hint) + theme.unit(1))
        self.textEdited.connect(self._on_typed)
        self.chosen.connect(self._on_chosen)

    def start(self) -> None:
        """Take the focus and show the commands."""
        self.setFocus()
        self.selectAll()
        self.search(self.text())

    def search(self, text: str) -> None:
        """Show fitting commands at once, and records when they come."""
        self._timer.stop()
        words = text.strip()
        commands = self._command_lines(words)
        if not words:
            self.delivery()(grouped(commands))
            return
        self._search_records(words, _Both(self.delivery(), commands, words))

    def sizeHint(self) -> QSize:
        return QSize(theme.unit(110), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say what can be searched if there is room for the words."""
        super().resizeEvent(event)
        long = _("Search people, services, initiatives, commands")
        room = self.width() - hint_width(self._hint) - theme.unit(18)
        fitting = (words for words in (long, _("Search")) if self.fontMetrics().horizontalAdvance(words) <= room)
        self.setPlaceholderText(next(fitting, ""))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.text() and not self.hasFocus():
            area = self.rect().adjusted(self.width() - hint_width(self._hint) - theme.unit(2.5), 0, 0, 0)
            painter = QPainter(self)
            paint_hint(painter, area.toRectF(), self._hint)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if not self.popup_open():
            self.search(self.text())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._timer.stop()
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self.set_chosen(None)  # nobody reads here later whom somebody looked for

    def _command_lines(self, words: str) -> list[Line]:
        actions = [action for action in self._commands() if action.text() and action.isEnabled()]
        self._actions = {f"{_COMMAND}:{place}": action for place, action in enumerate(actions)}
        return [
            Line(key, _plain(action.text()), icon=action.property("icon_name") or "", shortcut=shortcut_text(action))
            for key, action in self._actions.items()
            if _fits(_plain(action.text()), words)
        ]

    @Slot()
    def _on_typed(self) -> None:
        if self.text().strip():
            self._awaiting = True  # Enter waits for what fits these words
            self._timer.start()
        else:
            self.search("")

    @Slot()
    def _on_pause(self) -> None:
        self.search(self.text())

    @Slot(str)
    def _on_chosen(self, line_id: str) -> None:
        action = self._actions.get(line_id)
        self.set_chosen(None)
        self.clearFocus()
        if action is not None:
            action.trigger()
            return
        kind, _colon, item_id = line_id.partition(":")
        self.item_chosen.emit(kind, item_id)


class _Both:
    """Adds the commands to the records found and delivers them together; that nothing fits `words` is said."""

    def __init__(self, deliver: Deliver, commands: Sequence[Line], words: str) -> None:
        self._deliver = deliver
        self._commands = commands
        self._words = words

    def __call__(self, records: Sequence[Line]) -> None:
        self._deliver(grouped([*records, *self._commands]) or [_nothing_found(self._words)])


def _nothing_found(words: str) -> Line:
    help_ = _(
        "Try fewer letters or another word. As far as your role sees them, people, services, initiatives, codes such "
        "as P-0042 and commands are found here."
    )
    return Line("none", _("Nothing found for “{words}”.").format(words=words), detail=help_, told=True)


def grouped(lines: Sequence[Line]) -> list[Line]:
    """The lines with a heading before each kind, kinds in the order in which they first come."""
    kinds: dict[str, list[Line]] = {}
    for line in lines:
        kinds.setdefault(line.id.partition(":")[0], []).append(line)
    result: list[Line] = []
    for kind, members in kinds.items():
        result.append(Line(f"{kind}:", group_title(kind), header=True))
        result.extend(members)
    return result


def _fits(text: str, words: str) -> bool:
    """Whether each word typed begins a word of the text; "emergenza" is one of "d’emergenza" too."""
    folded = re.split(r"\W+", sort_key(f"{text} {split_apostrophes(text)}")[0])
    return all(any(one.startswith(word) for one in folded) for word in sort_key(words)[0].split())


def _plain(text: str) -> str:
    return text.replace("&", "").removesuffix("…")
