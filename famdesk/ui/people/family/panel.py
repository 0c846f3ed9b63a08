"""The family tab of a file: who belongs to whom, who lives where, who decides, who collects; also as on a past day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from famdesk.domain.people.genogram.family import Family
from famdesk.domain.staff import rights
from famdesk.i18n import _, formats
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, make_action
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.fields import DateField
from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Card, Label
from famdesk.ui.people import words
from famdesk.ui.people.family import words as family_words
from famdesk.ui.people.family.columns import Columns, short_button
from famdesk.ui.people.family.drawer import MeasuresDrawer
from famdesk.ui.people.family.entries import FamilyEntries
from famdesk.ui.people.genogram.card import GenogramCard
from famdesk.ui.people.panel import FilePanel
from famdesk.ui.people.parts import Notice
from famdesk.usecases.family import family_file
from famdesk.usecases.family.family_file import FamilyFile


class FamilyPanel(FilePanel):
    """The family of the person whose file is open.

    Attributes:
        drawing_slot: the layout at the top, with the drawing of the family. genogram: that drawing.
        shown: what the office told of the family, or None; `shown.family` is what is drawn.
        lists: the lists by name ("relatives", "network", "homes", "decide", "placements", "delegates", "two_homes").

    Signals:
        family_shown(object): another `genogram.Family` is on the screen; None when it was taken off.
    """

    watches: ClassVar[frozenset[str]] = frozenset(
        {"person", "relation", "responsibility", "placement", "delegate", "measure", "household", "membership"}
    )

    family_shown = Signal(object)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self.shown: FamilyFile | None = None
        self.drawing_slot = QVBoxLayout()
        self.genogram = GenogramCard(runner)
        self.drawing_slot.addWidget(self.genogram)
        self.entries = FamilyEntries(self)
        self.drawer = MeasuresDrawer(runner, self.entries, self._adder("measure", _("Add measure"), "lock"))
        self._deeds = _deeds(self)
        self.lists = _lists()
        self._cards = self._make_cards()
        self.on = DateField(past=True)
        self._today = ActionButton(_("Today"), kind="link")
        self._past = Notice("history", Meaning.WARNING)
        self._lay_out()
        self._connect()

    @property
    def family(self) -> Family | None:
        """What is drawn: the family on the day shown."""
        return self.shown.family if self.shown else None

    def refresh(self) -> None:
        if self.file is not None:
            self.drawer.show_file(self.file)
            self.runner.fetch(family_file.family_file, self.file.id, self._day(), then=self._take,
                              failed=self.failed.emit, latest="family")  # fmt: skip

    def forget(self) -> None:
        self.shown = None
        for one in self.lists.values():
            one.set_lines([])
        self.drawer.close_drawer()
        self.on.set_value(None)
        self._past.set_text("")
        self._today.hide()
        self.family_shown.emit(None)

    def focus_first(self) -> None:
        target = self.lists["relatives"]
        if not target.current_id():
            target.step(1)
        target.setFocus()

    def line_title(self, row_id: str) -> str:
        """What a line says, by the id of what it shows."""
        lines: Sequence[Line] = [line for one in self.lists.values() for line in one.lines()]
        return next((words.joined(line.title, line.detail) for line in lines
                     if line.id.partition(":")[2] == row_id), "")  # fmt: skip

    def _day(self) -> date | None:
        """The day asked for; None for today."""
        day = self.on.value()
        return None if self.file is None or day == self.file.today else day

    def _take(self, shown: FamilyFile) -> None:
        if self.file is None or shown.person_id != self.file.id:
            return
        self.shown = shown
        relations = shown.relations
        lines = {
            "relatives": [family_words.relation_line(row) for row in family_words.of_group(relations, network=False)],
            "network": [family_words.relation_line(row) for row in family_words.of_group(relations, network=True)],
            "homes": family_words.household_lines(self.file, shown.on),
            "decide": family_words.decider_lines(shown),
            "placements": [family_words.placement_line(row) for row in shown.placements],
            "delegates": [family_words.delegate_line(row, shown.on) for row in shown.delegates],
            "two_homes": family_words.two_homes_lines(self.file, shown),
        }
        for name, content in lines.items():
            self.lists[name].set_lines(content)
        self._show_what_counts(shown)
        self.family_shown.emit(shown.family)

    def _show_what_counts(self, shown: FamilyFile) -> None:
        """An adult's file has no empty cards about minors; their commands stay in the menu."""
        self._cards["two_homes"].setVisible(bool(self.lists["two_homes"].lines()))
        for name in ("decide", "placements", "delegates"):
            self._cards[name].setVisible(shown.minor is not False or bool(self.lists[name].lines()))
        past = shown.on != shown.today
        day = formats.date_full(shown.on)
        self._past.set_text(_("The family as on {day}. Back to today to see it as it is now.").format(day=day)
                            if past else "")  # fmt: skip
        self._today.setVisible(past)
        if past:
            announce(self._past, family_words.spoken_file(shown))

    def _adder(self, key: str, text: str, icon: str, shortcut: str = "") -> QAction:
        action = make_action(self, text, self.entries.add, icon=icon, shortcut=shortcut)
        action.setData(key)
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)  # wherever the focus is, while the tab is shown
        return action

    def _make_cards(self) -> dict[str, Card]:
        titles = {
            "relatives": (_("Relatives"), "users", "relative"),
            "homes": (_("Households"), "house", "household"),
            "network": (_("Support network"), "heart-handshake", "network"),
            "decide": (_("Who decides"), "signature", "responsibility"),
            "placements": (_("Foster care, placement, adoption"), "door-open", "placement"),
            "delegates": (_("Who collects, who may be told"), "user-check", "delegate"),
            "two_homes": (_("Two homes"), "house", ""),
        }
        cards = {}
        for name, (title, icon, adds) in titles.items():
            cards[name] = Card(title, icon)
            cards[name].add_list(self.lists[name])
            if adds:
                cards[name].tools.addWidget(short_button(self._deeds[adds]))
        return cards

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.unit(2))
        label = Label(_("As on"))
        label.setBuddy(self.on)
        self.on.setAccessibleName(_("Show the family as on this day"))
        self.on.setMinimumWidth(self.on.maximumWidth())
        self._today.hide()
        row.addWidget(label)
        row.addWidget(self.on)
        row.addWidget(self._today)
        row.addStretch(1)
        row.addWidget(self._add_button())
        self.body.addLayout(row)
        self.body.addWidget(self._past)
        self.body.addLayout(self.drawing_slot)
        self.body.addWidget(self._cards["two_homes"])
        self.drawer.setVisible(bool(rights.cell("measures.measures", self.runner.role)))
        left = [self._cards[name] for name in ("relatives", "homes", "network")]
        right = [*(self._cards[name] for name in ("decide", "placements", "delegates")), self.drawer]
        self.body.addWidget(Columns(left, right))

    def _add_button(self) -> ActionButton:
        """All that can be added, also what has no card here."""
        menu = QMenu(self)
        menu.addActions(list(self._deeds.values()))
        if rights.cell("measures.add_measure", self.runner.role):
            menu.addAction(self.drawer.add_action)
        button = ActionButton(_("Add to the family"), "plus", chevron=True)
        button.clicked.connect(partial(_pop_up, menu, button))
        return button

    def _connect(self) -> None:
        for one in self.lists.values():
            one.activated_id.connect(self.entries.activate)
            one.menu_requested.connect(self.entries.show_menu)
        self.on.editingFinished.connect(self._on_day)
        self.on.edited.connect(self._on_edited)
        self._today.clicked.connect(self._on_today)
        self.drawer.failed.connect(self.failed)
        self.family_shown.connect(self.genogram.follow)
        self.genogram.person_opened.connect(self.person_opened)
        self.genogram.failed.connect(self.failed)

    @Slot()
    def _on_day(self) -> None:
        problem = self.on.problem()
        asked = self._day() or (self.file.today if self.file else None)
        if problem:
            self._past.set_text(problem)
        elif self.shown is not None and asked != self.shown.on:
            self.refresh()
        elif self.shown is not None:
            self._show_what_counts(self.shown)

    @Slot()
    def _on_edited(self) -> None:
        """A day taken from the calendar or with the arrows is shown at once; one being typed when it is finished."""
        if not self.on.isModified():
            self._on_day()

    @Slot()
    def _on_today(self) -> None:
        self.on.set_value(None)
        self._on_day()
        self.on.setFocus()


def _pop_up(menu: QMenu, button: ActionButton, _checked: bool = False) -> None:
    menu.popup(button.mapToGlobal(QPoint(0, button.height())))


def _deeds(panel: FamilyPanel) -> dict[str, QAction]:
    """What can be added, by key."""
    add = panel._adder
    return {
        "relative": add("relative", _("Add relative"), "user-plus", "Ctrl+Shift+L"),
        "network": add("network", _("Add to the network"), "heart-handshake"),
        "household": add("household", _("Add household"), "house"),
        "lives_with": add("lives_with", _("Lives with…"), "house"),
        "responsibility": add("responsibility", _("Add who decides"), "signature"),
        "placement": add("placement", _("Add placement"), "door-open"),
        "delegate": add("delegate", _("Add delegate"), "user-check"),
    }


def _lists() -> dict[str, LineList]:
    names = {
        "relatives": (_("Relatives"), _("No relatives are known.")),
        "homes": (_("Households"), _("No household is known.")),
        "network": (_("Support network"), _("Neighbours, friends, coaches: who is there for this family?")),
        "decide": (_("Who decides"), _("Nobody is written down.")),
        "placements": (_("Foster care, placement, adoption"), _("No placement is written down.")),
        "delegates": (_("Who collects, who may be told"), _("Nobody is written down.")),
        "two_homes": (_("Two homes"), ""),
    }
    return {name: LineList(title, empty, grow=True) for name, (title, empty) in names.items()}
