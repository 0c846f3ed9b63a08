"""Buttons that show icon, words and their shortcut, as in "Call A12 [F8]"."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QAction, QColor, QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QPushButton, QToolButton, QWidget

from famdesk.ui.kit import icons, theme


def make_action(
    owner: QWidget,
    text: str,
    slot: Callable[[], object] | None = None,
    *,
    icon: str = "",
    shortcut: str | QKeySequence.StandardKey = "",
) -> QAction:
    """An action of `owner` with its shortcut already in force inside `owner`; `slot` takes no arguments.

    Shortcuts are given in Qt's portable form ("Ctrl+N"). `slot` must be a bound method or a function that does not
    capture `owner`, or the widget is never freed.
    """
    action = QAction(text, owner)
    action.setProperty("icon_name", icon)
    if icon:
        action.setIcon(icons.icon(icon))
    if shortcut:
        action.setShortcut(QKeySequence(shortcut))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    if slot is not None:
        action.triggered.connect(slot)
    owner.addAction(action)
    return action


def allow(deed: QAction | QWidget, may: bool, now: bool = True) -> None:
    """Offer something only to those who may ever do it: others do not see it. `now`: it can be done as things stand."""
    deed.setVisible(may)
    deed.setEnabled(may and now)


class ActionButton(QPushButton):
    """A push button with an icon, a text and a chip that shows a shortcut."""

    def __init__(
        self,
        text: str = "",
        icon: str = "",
        *,
        hint: str = "",
        primary: bool = False,
        kind: str = "",
        chevron: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`chevron` shows that a menu opens."""
        super().__init__(text, parent)
        self._icon = icon
        self._chevron = chevron
        self._hint = hint
        self._action: QAction | None = None
        self._offered = True
        self.setProperty("painted", True)
        self.setAutoDefault(False)
        if primary or kind:
            theme.set_kind(self, "primary" if primary else kind)

    @classmethod
    def of(cls, action: QAction, *, primary: bool = False, hint: bool = False, kind: str = "") -> ActionButton:
        """A button that follows an action: text, icon, whether it is offered; with `hint` its shortcut as a chip."""
        button = cls(primary=primary, kind=kind)
        button._action = action
        button._hint = shortcut_text(action) if hint else ""
        button._follow()
        action.changed.connect(button._follow)
        button.clicked.connect(button._trigger)
        return button

    def set_hint(self, hint: str) -> None:
        """Show another shortcut chip, or none."""
        self._hint = hint
        self.updateGeometry()
        self.update()

    def set_icon_name(self, name: str) -> None:
        """Show another icon, or none."""
        self._icon = name
        self.updateGeometry()
        self.update()

    def width_with(self, text: str) -> int:
        """The width that the button would want with another text, in pixels."""
        return self.sizeHint().width() + self._text_width(text) - self._text_width(self.text())

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        width = sum(self._widths()) + theme.unit(2 if self.property("kind") == "link" else 6)
        room = theme.unit(1.5) if self.property("kind") == "status" else theme.unit(3.5)
        return QSize(width + 2, max(metrics.height(), theme.unit(4.5)) + room)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)  # the stylesheet makes its text transparent
        self._paint_content(QPainter(self))

    def _paint_content(self, painter: QPainter) -> None:
        """Icon, text and chip as one centred group."""
        icon_width, text_width, end_width = self._widths()
        colour = self._content_colour()
        left = (self.width() - icon_width - text_width - end_width) / 2
        if self.property("kind") in ("row", "link"):
            left = theme.unit(3 if self.property("kind") == "row" else 1)
        if self._icon:
            side = theme.unit(4.5)
            icons.paint(painter, self._icon, QRectF(left, (self.height() - side) / 2, side, side), colour.name())
            left += icon_width
        painter.setPen(colour)
        painter.setFont(self.font())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextShowMnemonic
        painter.drawText(QRectF(left, 0, text_width + 2, self.height()), int(flags), self.text())
        if self._hint:
            chip = QRectF(left + text_width + theme.unit(2), 0, end_width - theme.unit(2), self.height())
            paint_hint(painter, chip, self._hint, on_primary=self._is_primary())
        if self._chevron:
            side = theme.unit(4)
            place = QRectF(left + text_width + theme.unit(1.5), (self.height() - side) / 2, side, side)
            icons.paint(painter, "chevron-down", place, colour.name())

    def _widths(self) -> tuple[int, int, int]:
        """Room for icon with gap, text, chip with gap, in pixels."""
        text = self._text_width(self.text())
        icon = theme.unit(4.5) + (theme.unit(2) if self.text() else 0) if self._icon else 0
        end = hint_width(self._hint) + theme.unit(2) if self._hint else 0
        return icon, text, end + (theme.unit(5.5) if self._chevron else 0)

    def _text_width(self, text: str) -> int:
        return self.fontMetrics().horizontalAdvance(text.replace("&", ""))

    def _is_primary(self) -> bool:
        kind = self.property("kind")
        return kind == "primary" or (self.isDefault() and kind != "danger")

    def _content_colour(self) -> QColor:
        colours = theme.current()
        if not self.isEnabled():
            return QColor(colours.second)
        kind = self.property("kind")
        if self._is_primary():
            return QColor(colours.on_primary)
        if kind == "danger":
            return QColor(colours.conflict.text)
        if kind == "status":
            return QColor(colours.second)
        return QColor(colours.primary if kind in ("link", "avatar") else colours.text)

    @Slot()
    def _follow(self) -> None:
        if self._action is None:
            return
        self._icon = self._action.property("icon_name") or self._icon
        self.setText(self._action.text())
        self.setEnabled(self._action.isEnabled())
        if self._offered != self._action.isVisible():  # else it is for others to hide and show
            self._offered = self._action.isVisible()
            self.setVisible(self._offered)
        self.setToolTip(self._action.toolTip() if self._action.toolTip() != self._action.text() else "")
        self.updateGeometry()

    @Slot()
    def _trigger(self) -> None:
        if self._action is not None:
            self._action.trigger()


class PrimaryButton(ActionButton):
    """The one filled button of a view."""

    def __init__(self, text: str, icon: str = "", *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, icon, hint=hint, primary=True, parent=parent)


class ToolButton(QToolButton):
    """An icon alone; its words are the tooltip and the accessible name."""

    def __init__(
        self, text: str, icon: str, *, shortcut: str = "", flat: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setIcon(icons.icon(icon))
        self.setIconSize(QSize(theme.unit(4.5), theme.unit(4.5)))
        self.setAccessibleName(text)
        self.setToolTip(f"{text} ({native(shortcut)})" if shortcut else text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if flat:
            theme.set_kind(self, "flat")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        side = max(self.fontMetrics().height(), theme.unit(4.5)) + theme.unit(3.5)
        return QSize(side + (theme.unit(2) if self.menu() is None else theme.unit(5)), side)


def overhang(widget: QWidget) -> int:
    """How far a button without a frame reaches out beyond its icon or words, in pixels; 0 for one with a frame."""
    return {"link": theme.unit(1), "flat": theme.unit(2)}.get(widget.property("kind"), 0)


def pressed_by_enter(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Press the button that has the focus, as Space does; false if the key is another one.

    Qt's buttons leave Enter alone, and in a dialog it would press the default button: on "Cancel" it would save.
    """
    plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if not plain or event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return False
    event.accept()
    if not event.isAutoRepeat():
        button.click()
    return True


def native(shortcut: str) -> str:
    """A shortcut such as "Ctrl+K" as this system writes it."""
    return QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)


def shortcut_text(action: QAction) -> str:
    """An action's shortcut as this system writes it, or ""."""
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


def hint_width(hint: str) -> int:
    """The room that a shortcut chip takes."""
    return QFontMetrics(theme.font(theme.SMALL)).horizontalAdvance(hint) + theme.unit(2.5)


def paint_hint(painter: QPainter, area: QRectF, hint: str, *, on_primary: bool = False) -> None:
    """Draw a shortcut as a little key in the vertical middle of `area`, at its left."""
    colours = theme.current()
    height = QFontMetrics(theme.font(theme.SMALL)).height() + 1.0
    key = QRectF(area.left() + 0.5, round(area.center().y() - height / 2) + 0.5, hint_width(hint) - 1, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colours.hairline), 1))
    painter.setBrush(QColor(colours.card) if not on_primary or not colours.dark else QColor(colours.selection))
    painter.drawRoundedRect(key, 3, 3)
    painter.setPen(QColor(colours.second if not on_primary else colours.primary))
    painter.setFont(theme.font(theme.SMALL))
    painter.drawText(key, Qt.AlignmentFlag.AlignCenter, hint)
    painter.restore()
