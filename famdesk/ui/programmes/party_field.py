"""Who and what else is at a meeting: chosen or typed below, shown as buttons above; a press takes one out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from famdesk.domain import codes
from famdesk.domain.programmes.meetings import CHILD_CARE, INTERPRETER, LEADER, MEETING_PARTS
from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.flow import Flow
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.speech import announce
from famdesk.usecases.calendar.resources import ResourceRow
from famdesk.usecases.programmes.programmes_rows import PartyRow, PartyValues

_ICONS = {"colleague": "users", CHILD_CARE: "users", INTERPRETER: "languages", "helper": "user", "equipment": "tag"}


class PartyField(QWidget):
    """`value()` gives the parties, each once. First what somebody does at the meeting, then who; a name may be typed.

    Signals:
        edited(): one was added or taken out.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[PartyRow] = []
        self._colleagues: list[tuple[str, str]] = []
        self._resources: list[ResourceRow] = []
        parts = [Choice(code, text) for code, text in codes.labels(MEETING_PARTS) if code != LEADER]
        self.part = ChoiceField(parts, allow_none=False)
        self.part.set_value("colleague")
        self.part.setAccessibleName(_("What they do"))
        self.who = ChoiceField([], _("Choose, or write a name and press Enter"))
        self.holder = Flow()
        adding = QHBoxLayout()
        adding.setSpacing(theme.unit(2))
        adding.addWidget(self.part, 1)
        adding.addWidget(self.who, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.unit(1.5))
        layout.addLayout(self.holder)
        layout.addLayout(adding)
        self.setFocusProxy(self.part)
        self.part.chosen.connect(self._offer)
        self.who.chosen.connect(self._on_chosen)
        self.who.returnPressed.connect(self._on_typed)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.who.setAccessibleName(name)

    def offer_colleagues(self, rows: Iterable[tuple[str, str]]) -> None:
        """Ids and names of the colleagues."""
        self._colleagues = list(rows)
        self._offer()

    def offer_resources(self, rows: Iterable[ResourceRow]) -> None:
        """Mediators and equipment."""
        self._resources = [row for row in rows if row.active]
        self._offer()

    def value(self) -> tuple[PartyValues, ...]:
        """Who and what is at the meeting; what still stands in the field as a name too."""
        typed = self.who.text().strip() if self.who.value() is None else ""
        more = (PartyValues(self.part.value() or "helper", name=typed),) if typed else ()
        return (*(row.values for row in self._rows), *more)

    def set_value(self, rows: Sequence[PartyRow] | None) -> None:
        """Show others."""
        self._rows = list(rows or ())
        self._build()

    def problem(self) -> str:
        return ""

    def texts(self) -> list[str]:
        """The buttons' texts, one after the other."""
        return [row.name for row in self._rows]

    @Slot()
    def _offer(self, _part: object = None) -> None:
        part = self.part.value()
        people = [Choice(f"staff:{row_id}", name) for row_id, name in self._colleagues]
        things = [
            Choice(f"resource:{row.id}", row.values.name, detail=row.body)
            for row in self._resources if (row.values.kind == "mediator") == (part == INTERPRETER)
        ]  # fmt: skip
        choices = {"equipment": things, INTERPRETER: [*things, *people]}.get(part or "", people)
        self.who.set_choices(choices)

    @Slot(str)
    def _on_chosen(self, code: str) -> None:
        kind, _colon, row_id = code.partition(":")
        name = self.who.text()
        values = PartyValues(self.part.value() or "colleague", row_id if kind == "staff" else None,
                             row_id if kind == "resource" else None)  # fmt: skip
        self._add(PartyRow(values, name))

    @Slot()
    def _on_typed(self) -> None:
        name = self.who.text().strip()
        if name and self.who.value() is None:
            self._add(PartyRow(PartyValues(self.part.value() or "helper", name=name), name))

    def _add(self, row: PartyRow) -> None:
        self.who.set_value(None)
        self.who.clear()
        if row.values not in [one.values for one in self._rows]:
            self._rows.append(row)
            self._build()
            self.edited.emit()
            announce(self, _("{name} added").format(name=row.name))

    def _build(self) -> None:
        while (item := self.holder.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for place, row in enumerate(self._rows):
            button = ActionButton(row.name, _ICONS.get(row.values.kind, "plus"))
            part = codes.label(MEETING_PARTS, row.values.kind)
            # Translators: {kind} is for example "Room"
            said = _("{name} ({kind}): press to take out").format(name=row.name, kind=part)
            button.setAccessibleName(said)
            button.setToolTip(said)
            button.setProperty("place", place)
            button.clicked.connect(self._on_pressed)
            self.holder.addWidget(button)
        self.updateGeometry()

    @Slot()
    def _on_pressed(self) -> None:
        sender = self.sender()
        assert sender is not None
        gone = self._rows.pop(int(sender.property("place")))
        self._build()
        announce(self, _("{name} taken out").format(name=gone.name))
        self.edited.emit()
