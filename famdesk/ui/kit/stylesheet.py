"""The application's stylesheet: rounded inputs and buttons with hairlines, a clear focus ring, a flat rail.

Only what the palette cannot say stands here. Widgets are addressed by their dynamic property `kind`, set with
`theme.set_kind`, so that the look has one place and no page carries a stylesheet of its own.
"""

from __future__ import annotations

from famdesk.ui.kit.colours import Colours, mixed

_LABELS = """
QLabel[kind="title"] { font-size: ${title}pt; font-weight: bold; }
QLabel[kind="section"] { font-size: ${section}pt; font-weight: bold; }
QLabel[kind="strong"] { font-weight: bold; }
QLabel[kind="second"] { color: $second; }
QLabel[kind="small"] { color: $second; font-size: ${small}pt; }
QLabel[kind="problem"] { color: $bad; }
QToolTip { background: $card; color: $text; border: 1px solid $hairline; padding: ${u1}px; }
"""

_SURFACES = """
QFrame[kind="card"], QFrame[kind="popup"] { background: $card; border: 1px solid $hairline; border-radius: 8px; }
QFrame[kind="hairline"] { background: $hairline; border: none; }
QFrame[kind="topbar"] { background: $card; border: none; border-bottom: 1px solid $hairline; }
QFrame[kind="statusline"] { background: $card; border: none; border-top: 1px solid $hairline; }
QFrame[kind="rail"] { background: $rail; border: none; border-right: 1px solid $hairline; }
QFrame[kind="message"] { border-radius: 6px; border: 1px solid $hairline; }
QScrollArea, QScrollArea > QWidget, QScrollArea > QWidget > QWidget[kind="plain"] {
  border: none; background: transparent; }
"""

_INPUTS = """
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox {
  background: $card; color: $text; border: 1px solid $border; border-radius: 6px;
  padding: ${in_y}px ${in_x}px; selection-background-color: $marked; selection-color: $text;
  placeholder-text-color: $second; }
QLineEdit:hover, QPlainTextEdit:hover, QTextEdit:hover, QComboBox:hover { border-color: $edge; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {
  border: 2px solid $primary; padding: ${in_y_focus}px ${in_x_focus}px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QComboBox:disabled { background: $window; }
QLineEdit[readOnly="true"], QPlainTextEdit[readOnly="true"], QTextEdit[readOnly="true"] { background: $window; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QTextEdit[wrong="true"], QComboBox[wrong="true"] {
  border: 2px solid $bad; padding: ${in_y_focus}px ${in_x_focus}px; }
QLineEdit[kind="search"] { background: $window; }
QLineEdit[kind="search"]:focus { background: $card; }
QLineEdit[kind="bare"], QLineEdit[kind="bare"]:focus { border: none; background: transparent; padding: 0; }
QComboBox::drop-down { border: none; width: ${u6}px; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView { border: 1px solid $hairline; background: $card; outline: none; }
"""

_BUTTONS = """
QPushButton, QToolButton {
  background: $card; color: $text; border: 1px solid $border; border-radius: 6px;
  padding: ${bt_y}px ${u3}px; }
QToolButton { padding: ${bt_y}px ${u2}px; }
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed, QToolButton:checked, QPushButton:checked { background: $selection; }
QPushButton:focus, QToolButton:focus { border: 2px solid $primary; }
QPushButton:disabled, QToolButton:disabled { color: $faint; background: $window; border-color: $hairline; }
QPushButton:default, QPushButton[kind="primary"] { background: $primary; color: $on_primary; border-color: $primary; }
QPushButton:default:hover, QPushButton[kind="primary"]:hover {
  background: $primary_hover; border-color: $primary_hover; }
QPushButton:default:focus, QPushButton[kind="primary"]:focus { border: 2px solid $text; }
QPushButton[kind="primary"]:disabled { background: $hairline; color: $second; border-color: $hairline; }
QPushButton[kind="danger"], QPushButton[kind="danger"]:default { background: $card; border-color: $bad; }
QPushButton[kind="danger"]:focus { border: 2px solid $bad; }
QPushButton[kind="flat"], QToolButton[kind="flat"] { background: transparent; border: 1px solid transparent; }
QPushButton[kind="flat"]:hover, QToolButton[kind="flat"]:hover { background: $hover; }
QPushButton[kind="flat"]:focus, QToolButton[kind="flat"]:focus { border: 2px solid $primary; }
QPushButton[kind="status"] { background: transparent; border: 1px solid transparent; font-size: ${small}pt; }
QPushButton[kind="status"]:hover { background: $hover; }
QPushButton[kind="status"]:focus { border: 2px solid $primary; }
QPushButton[kind="link"] { background: transparent; border: 1px solid transparent; color: $primary; }
QPushButton[kind="link"]:focus { border: 2px solid $primary; }
QToolButton::menu-indicator, QPushButton::menu-indicator { image: none; width: 0; }
QPushButton[kind="segment"] { border-radius: 0; border-left-width: 0; padding: ${bt_y}px ${u2}px; }
QPushButton[kind="segment"][many="true"] { padding: ${bt_y}px ${u1}px; }
QPushButton[kind="segment"][place="first"] {
  border-left-width: 1px; border-top-left-radius: 6px; border-bottom-left-radius: 6px; }
QPushButton[kind="segment"][place="last"] { border-top-right-radius: 6px; border-bottom-right-radius: 6px; }
QPushButton[kind="segment"]:checked { background: $selection; font-weight: bold; }
QPushButton[kind="rail"] { background: transparent; border: 1px solid transparent; border-radius: 6px; }
QPushButton[kind="rail"]:hover { background: $hover; }
QPushButton[kind="rail"]:focus { border: 2px solid $primary; }
QPushButton[kind="rail"]:checked { background: $card; }
QPushButton[kind="avatar"] { background: $selection; color: $primary; border: 1px solid $selection; font-weight: bold;
  border-radius: ${round}px; padding: 0; }
QPushButton[kind="avatar"]:focus { border: 2px solid $primary; }
QPushButton[kind="row"] { background: transparent; border: 1px solid transparent; text-align: left; }
QPushButton[kind="row"]:hover { background: $hover; }
QPushButton[kind="row"]:focus { border: 2px solid $primary; background: $selection; }
QCheckBox, QRadioButton { spacing: ${u2}px; padding: ${u1}px; border: 1px solid transparent; border-radius: 4px; }
QCheckBox::indicator, QRadioButton::indicator { width: ${u4}px; height: ${u4}px; }
QCheckBox:focus, QRadioButton:focus { border: 1px solid $primary; }
QRadioButton::indicator { width: ${u3}px; height: ${u3}px; border: 2px solid $second; border-radius: ${radio}px;
  background: $card; }
QRadioButton::indicator:checked { border: 2px solid $primary; background: qradialgradient(cx: 0.5, cy: 0.5,
  radius: 0.5, fx: 0.5, fy: 0.5, stop: 0 $primary, stop: 0.55 $primary, stop: 0.65 $card, stop: 1 $card); }
"""

_LISTS = """
QAbstractItemView { background: $card; border: none; outline: none; selection-background-color: $selection;
  selection-color: $text; }
QTableView::item:selected, QListView::item:selected, QTreeView::item:selected { background: $selection; color: $text; }
QDialog > QListView, QDialog > QTableView { border: 1px solid $border; border-radius: 6px; padding: ${u1}px; }
QHeaderView { background: $card; border: none; }
QHeaderView::section { background: $card; color: $second; border: none; border-bottom: 1px solid $hairline;
  padding: ${u1}px ${u2}px; font-size: ${small}pt; }
QHeaderView::section:first { margin-left: ${u2}px; padding-left: 0; }
QHeaderView::section:last { margin-right: ${u2}px; padding-right: 0; }
QTableCornerButton::section { background: $card; border: none; }
QMenu { background: $card; border: 1px solid $hairline; padding: ${u1}px; }
QMenu::item { padding: ${bt_y}px ${u6}px ${bt_y}px ${u2}px; border-radius: 4px; }
QMenu::item:selected { background: $selection; color: $text; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $hairline; margin: ${u1}px ${u2}px; }
QMenu::icon { padding-left: ${u2}px; }
QScrollBar:vertical { background: transparent; width: ${u3}px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: ${u3}px; margin: 2px; }
QScrollBar::handle { background: $border; border-radius: 4px; min-height: ${u6}px; min-width: ${u6}px; }
QScrollBar::handle:hover { background: $edge; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QTabBar::tab { padding: ${u2}px ${u3}px; border: none; border-bottom: 2px solid transparent; color: $second; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $primary; }
QTabBar::tab:focus { background: $selection; }
QTabWidget::pane { border: none; border-top: 1px solid $hairline; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: $card; }
QCalendarWidget QToolButton { border: 1px solid transparent; font-weight: bold; }
QSplitter::handle { background: transparent; }
QProgressBar { border: none; background: $hairline; border-radius: 2px; max-height: 4px; }
QProgressBar::chunk { background: $primary; border-radius: 2px; }
"""


_PAINTED = """
QPushButton[painted="true"][painted="true"][painted="true"] { color: transparent; }
"""


def stylesheet(colours: Colours, unit: float, points: float) -> str:
    """The stylesheet for a theme; `unit` is 4 px at normal size in pixels, `points` the size of body text."""
    fields = {
        **_colour_fields(colours),
        **{f"u{n}": round(unit * n) for n in (1, 2, 3, 4, 6)},
        "round": round(unit * 8) // 2,
        "radio": round(unit * 3) // 2 + 2,
        "in_y": round(unit * 1.25),
        "in_x": round(unit * 3) - 1,
        "in_y_focus": round(unit * 1.25) - 1,
        "in_x_focus": round(unit * 3) - 2,
        "bt_y": round(unit * 1.25),
        "title": round(points * 1.5, 1),
        "section": round(points * 1.15, 1),
        "small": round(points * 0.88, 1),
    }
    text = _LABELS + _SURFACES + _INPUTS + _BUTTONS + _LISTS + _PAINTED
    for name in sorted(fields, key=len, reverse=True):  # string.Template would cost 4 ms before the first paint
        text = text.replace(f"${{{name}}}", str(fields[name])).replace(f"${name}", str(fields[name]))
    return text


def _colour_fields(colours: Colours) -> dict[str, str]:
    plain = ("window", "rail", "card", "hairline", "text", "second", "primary", "on_primary", "hover", "selection")
    return {
        **{name: getattr(colours, name) for name in plain},
        "bad": colours.conflict.text,
        "border": mixed(colours.second, colours.card, 0.28),
        "edge": mixed(colours.second, colours.card, 0.6),
        "faint": mixed(colours.second, colours.card, 0.7),
        "marked": mixed(colours.primary, colours.card, 0.3),
        "primary_hover": mixed(colours.primary, colours.text, 0.85),
    }
