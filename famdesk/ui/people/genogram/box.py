"""A genogram with its controls: as a drawing or as a list that says the same, the legend, and the zoom."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from famdesk.domain.people.genogram import walk as walk
from famdesk.domain.people.genogram import words as words
from famdesk.domain.people.genogram.family import Family
from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ToolButton
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.widgets import Segmented
from famdesk.ui.people.genogram.canvas import STEP
from famdesk.ui.people.genogram.legend import Legend
from famdesk.ui.people.genogram.paint import Painted
from famdesk.ui.people.genogram.view import GenogramView, has_file

LARGEST = 1.6
"""How much a small family is enlarged in a window of its own."""


class GenogramBox(QWidget):
    """Drawing or list, legend and zoom.

    Attributes:
        view: the drawing. `list`: the same people and ties as lines.
        modes: the choice between the two. `controls`: the layout with the controls, for a heading.

    Signals:
        person_opened(str): the file of somebody is wanted.
    """

    person_opened = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, grow: bool = False) -> None:
        """With `grow` the list is as high as its lines, for a place that scrolls itself."""
        super().__init__(parent)
        self.view = GenogramView(largest=1.0 if grow else LARGEST)
        self.list = LineList(_("Genogram as a list"), _("Nobody is known yet."), grow=grow)
        self.legend = Legend()
        # Translators: a family shown as a drawing or as a list
        self.modes = Segmented([("drawing", _("Drawing")), ("list", _("List"))], _("Show the genogram as"))
        self.smaller = ToolButton(_("Smaller"), "minus", shortcut="Ctrl+-", flat=True)
        self.larger = ToolButton(_("Larger"), "plus", shortcut="Ctrl++", flat=True)
        self.whole = ToolButton(_("Show the whole drawing"), "maximize", shortcut="Ctrl+0", flat=True)
        self.controls = QHBoxLayout()
        self.controls.setSpacing(theme.unit(1.5))
        for part in (self.modes, self.smaller, self.larger, self.whole):
            self.controls.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.unit(2))
        column.addWidget(self.view, 1)
        column.addWidget(self.list, 1)
        column.addWidget(self.legend)
        self.list.hide()
        self._connect()

    def show_family(self, family: Family | None) -> None:
        """Show a family, or nothing."""
        self.view.show_family(family)
        painted = self.view.painted()
        self.list.set_lines(list_lines(painted) if painted else [])
        self.legend.show_for(painted)

    def focus_first(self) -> None:
        """Put the keyboard on the drawing or the list."""
        (self.view if self.modes.current() == "drawing" else self.list).setFocus()

    def _connect(self) -> None:
        self.modes.chosen.connect(self._on_mode)
        self.smaller.clicked.connect(self._on_smaller)
        self.larger.clicked.connect(self._on_larger)
        self.whole.clicked.connect(self.view.fit)
        self.view.person_opened.connect(self.person_opened)
        self.list.activated_id.connect(self._on_line)
        self.list.current_changed.connect(self.view.point_at)
        self.view.current_changed.connect(self.list.set_current_id)

    @Slot(str)
    def _on_mode(self, mode: str) -> None:
        drawing = mode == "drawing"
        self.view.setVisible(drawing)
        self.list.setVisible(not drawing)
        self.legend.setVisible(drawing)
        for button in (self.smaller, self.larger, self.whole):
            button.setEnabled(drawing)
        if not drawing:
            self.list.set_current_id(self.view.current_id())

    @Slot()
    def _on_smaller(self) -> None:
        self.view.zoom_by(1 / STEP)

    @Slot()
    def _on_larger(self) -> None:
        self.view.zoom_by(STEP)

    @Slot(str)
    def _on_line(self, person_id: str) -> None:
        if has_file(person_id):
            self.person_opened.emit(person_id)


def list_lines(painted: Painted) -> list[Line]:
    """Everybody with ties and homes, generation by generation, in the order of the drawing."""
    family, lines = painted.family, list[Line]()
    rows = walk.rows_of(painted.drawing)
    for number, row in enumerate(rows, start=1):
        kin = [one for one in row if one.row is not None]
        if kin and len(rows) > 1:
            lines.append(Line(f"row:{number}", _("Generation {number}").format(number=number), header=True))
        lines += [_line(family, painted, one.id) for one in kin]
    beside = [one.id for one in painted.drawing.placed if one.row is None]
    if beside:
        lines.append(Line("edge", _("Network and who decides"), header=True))
    return [*lines, *(_line(family, painted, one) for one in beside)]


def _line(family: Family, painted: Painted, person_id: str) -> Line:
    someone = painted.people[person_id]
    detail = " · ".join((*words.ties(family, someone), *words.homes(family, someone)))
    badge = _("person of this file") if someone.centre else ""
    trail = " · ".join(part for part in (someone.born, someone.age) if part)
    return Line(person_id, someone.label, detail=detail, trail=trail, badge=badge,
                meaning=Meaning.ACCENT if badge else None, spoken=words.spoken(family, someone))  # fmt: skip
