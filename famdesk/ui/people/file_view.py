"""The file of one person: what must be seen at once, contact points, households, and the timeline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QBoxLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from famdesk.i18n import _, formats
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, ToolButton
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.lines import LineList
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card, Label, ScrollColumn, Segmented
from famdesk.ui.people import words
from famdesk.ui.people.merged_strip import MergedStrip
from famdesk.ui.people.panel import FilePanel
from famdesk.ui.people.panels import PanelSpec
from famdesk.ui.people.parts import Badges, Notice, Shown
from famdesk.usecases.people.person_rows import PersonFile

TWO_COLUMNS_FROM = 200
"""Width of the file, in units, from which contact points and timeline stand side by side."""

TONES: Final = {"calm": Meaning.BUSY, "good": Meaning.OPEN, "warning": Meaning.WARNING, "danger": Meaning.CONFLICT}
"""The tones of `FileBadge`."""

NAME_BESIDE_FROM = 160
"""Width of the file, in units, from which the buttons stand beside the name."""


class IdentityCard(Card):
    """The strip that is always on top: who it is, and what must not be overlooked."""

    def __init__(self, actions: Sequence[QAction], more: Sequence[QAction], parent: QWidget | None = None) -> None:
        """`actions` become buttons, the first of them the primary one; `more` stands in a menu."""
        super().__init__(parent=parent)
        self.setAccessibleName(_("Person"))
        self._name = Label("", "title", wrap=True)
        self._facts = Label("", "second", wrap=True)
        self._badges = Badges()
        self._safe = Notice("shield-alert", Meaning.WARNING)
        self._note = Label("", wrap=True)
        top = QHBoxLayout()
        top.setSpacing(theme.unit(2))
        for number, action in reversed(list(enumerate(actions))):
            top.addWidget(ActionButton.of(action, primary=number == 0))
        self._more = QMenu(self)
        self._more.addActions(list(more))
        opener = ToolButton(_("More"), "ellipsis")
        opener.setPopupMode(ToolButton.ToolButtonPopupMode.InstantPopup)
        opener.setMenu(self._more)
        top.addWidget(opener)
        top.addStretch(1)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(theme.unit(2))
        self._top.addWidget(self._name, 1)
        self._top.addLayout(top)
        self.body.addLayout(self._top)
        for part in (self._facts, self._badges, self._safe, self._note):
            self.body.addWidget(part)

    def show_file(self, file: PersonFile) -> None:
        """Show another person."""
        self._name.setText(file.label)
        alias = _("called {alias}").format(alias=file.alias) if file.alias and file.alias != file.label else ""
        code = _("tax code {code}").format(code=file.tax_code) if file.tax_code else ""
        charge = _("in charge: {name}").format(name=file.owner) if file.owner else ""
        # Translators: the day somebody died, with a dagger
        died = _("† {day}").format(day=formats.date_num(file.died_on)) if file.died_on else ""
        place = _("born in {place}").format(place=file.birth_place) if file.birth_place else ""
        facts = (alias, words.birth(file), place, died, words.home_town(file), words.citizenships(file), code, charge)
        self._facts.setText(words.joined(*facts))
        self._facts.setVisible(bool(self._facts.text()))
        self._badges.set_badges(_badges(file))
        self._safe.set_text(words.safe_contact(file))
        self._note.setText(file.note or "")
        self._note.setVisible(bool(file.note))

    def set_wide(self, wide: bool) -> None:
        """Put the buttons beside the name, or below it."""
        _turn(self._top, wide)

    def spoken(self) -> str:
        """What the screen reader says when the file opens."""
        return words.joined(self._name.text(), self._facts.text(), *self._badges.texts(), self._safe.text())

    def badges(self) -> list[str]:
        """The words on the badges."""
        return self._badges.texts()

    def safe_contact(self) -> str:
        """The safe-contact warning."""
        return self._safe.text()


def _badges(file: PersonFile) -> list[Shown]:
    """What must be seen at once, in order: the small, the expected, languages, privacy, what features add, limits."""
    privacy = Meaning.OPEN if file.privacy in {"given", "signed"} else Meaning.WARNING
    kept = [tie.name for tie in file.ties if tie.kind == "blocked"]
    speaks = words.language(file.language, file.needs_mediator, file.languages)
    return [
        (words.small_age(file), Meaning.ACCENT, ""),
        (words.expected(file.due_on, file.today), Meaning.ACCENT, "hourglass"),
        (speaks, Meaning.WARNING if file.needs_mediator else Meaning.BUSY, "languages" if file.needs_mediator else ""),
        (words.privacy(file), privacy, ""),
        *((badge.text, TONES[badge.tone], badge.icon) for badge in file.badges),
        (_("Never contact") if file.no_contact else "", Meaning.CONFLICT, "ban"),
        (words.open_until(file), Meaning.WARNING, "shield-alert"),
        (_("Protected file") if file.protected else "", Meaning.CONFLICT, ""),
        (_("Processing limited") if file.restricted else "", Meaning.CONFLICT, ""),
        (_("Kept from: {names}").format(names=", ".join(kept)) if kept else "", Meaning.CONFLICT, ""),
        # Translators: an invented person of the demonstration
        (_("Fictional") if file.fictional else "", Meaning.CLOSED, ""),
    ]


class Overview(QWidget):
    """The first tab: contact points, households, and the timeline.

    Signals: see `FileView`.
    """

    contact_chosen = Signal(str)
    household_chosen = Signal(str)
    member_chosen = Signal(str)
    timeline_chosen = Signal(str, str)
    menu_requested = Signal(str, QPoint)

    def __init__(self, add_contact: QAction, add_household: QAction) -> None:
        super().__init__()
        self.contacts = LineList(_("Contact points"), _("No phone, mail or address is known."), grow=True)
        self.households = LineList(_("Households"), _("No household is known."), grow=True)
        self.timeline = LineList(_("Timeline"), _("Accesses, appointments and meetings will stand here."), grow=True)
        self._columns = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(theme.unit(3.5))
        left = QVBoxLayout()
        left.setSpacing(theme.unit(3.5))
        left.addWidget(_card(_("Contact points"), "phone", self.contacts, add_contact))
        left.addWidget(_card(_("Family"), "house", self.households, add_household))
        left.addStretch(1)
        right = QVBoxLayout()
        self._history = _card(_("Timeline"), "history", self.timeline, None)
        right.addWidget(self._history)
        right.addStretch(1)
        self._columns.addLayout(left, 5)
        self._columns.addLayout(right, 6)
        self._connect()

    def show_file(self, file: PersonFile) -> None:
        """Show a file."""
        self.contacts.set_lines([words.contact_line(row) for row in file.contacts])
        self.households.set_lines(words.household_lines(file, file.today))
        self.timeline.set_lines(words.timeline_lines(file.timeline, file.today))
        self._history.set_note(words.missed_words(file.missed))

    def set_wide(self, wide: bool) -> None:
        """Put the columns side by side, or below each other."""
        _turn(self._columns, wide)

    def focus_first(self) -> None:
        """Put the keyboard on the first list that has something."""
        filled = [one for one in (self.contacts, self.households, self.timeline) if one.lines()]
        target = filled[0] if filled else self.contacts
        if not target.current_id():
            target.step(1)
        target.setFocus()

    def _connect(self) -> None:
        self.contacts.activated_id.connect(self.contact_chosen)
        self.contacts.menu_requested.connect(self._on_contact_menu)
        self.households.activated_id.connect(self._on_household)
        self.households.menu_requested.connect(self.menu_requested)
        self.timeline.activated_id.connect(self._on_timeline)

    @Slot(str, QPoint)
    def _on_contact_menu(self, contact_id: str, at: QPoint) -> None:
        self.menu_requested.emit(f"contact:{contact_id}", at)

    @Slot(str)
    def _on_household(self, line_id: str) -> None:
        kind, _colon, row_id = line_id.partition(":")
        (self.household_chosen if kind == "home" else self.member_chosen).emit(row_id)

    @Slot(str)
    def _on_timeline(self, line_id: str) -> None:
        kind, _number, row_id = line_id.split(":", 2)
        self.timeline_chosen.emit(kind, row_id)


class FileView(ScrollColumn):
    """A person's file: the strip with the identity, and below it one of several tabs. Lists tell what was chosen; the
    page does it.

    Signals:
        contact_chosen(str), household_chosen(str): a contact point or household is to be changed, by id.
        member_chosen(str): a member's place in a household was chosen, by membership id.
        timeline_chosen(str, str): something of the timeline is to be shown, by kind and id.
        menu_requested(str, QPoint): the menu of a contact point ("contact:id"), household or member is wanted.
        person_opened(str), appointment_opened(str), item_opened(str, str), failed(object): of a tab.
    """

    contact_chosen = Signal(str)
    household_chosen = Signal(str)
    member_chosen = Signal(str)
    timeline_chosen = Signal(str, str)
    menu_requested = Signal(str, QPoint)
    person_opened = Signal(str)
    appointment_opened = Signal(str)
    item_opened = Signal(str, str)
    failed = Signal(object)

    def __init__(
        self, identity: IdentityCard, overview: Overview, panels: Sequence[PanelSpec] = (), runner: Runner | None = None
    ) -> None:
        super().__init__(steady=True)
        self.file: PersonFile | None = None
        self.identity, self.overview = identity, overview
        self._runner, self._specs = runner, {spec.key: spec for spec in panels}
        self._made: dict[str, FilePanel] = {}
        self.tabs = Segmented([("overview", _("Overview")), *((spec.key, _(spec.title)) for spec in panels)],
                              _("Parts of the file"))  # fmt: skip
        self.tabs.chosen.connect(self.choose)
        self.merged = MergedStrip(runner)
        for part in (identity, self.merged, self.tabs, overview):
            self.body.addWidget(part)
        self.tabs.setVisible(bool(panels))
        self.body.setAlignment(self.tabs, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)
        for name in ("contact_chosen", "household_chosen", "member_chosen", "timeline_chosen", "menu_requested"):
            getattr(overview, name).connect(getattr(self, name))

    def show_file(self, file: PersonFile) -> None:
        """Show a file, another one or the same with changes."""
        if self.file is None or self.file.id != file.id:
            self.verticalScrollBar().setValue(0)
        self.file = file
        self.identity.show_file(file)
        self.merged.show_file(file)
        self.overview.show_file(file)
        for panel in self._made.values():
            panel.show_file(file)

    def clear(self) -> None:
        """Keep nothing of the person on the screen."""
        self.file = None
        for panel in self._made.values():
            panel.file = None
            panel.forget()
        self.tabs.set_current("overview")
        self.choose("overview")

    @Slot(str)
    def choose(self, key: str) -> None:
        """Show a tab, by its key."""
        self.tabs.set_current(key)
        shown = self._panel(key) if key in self._specs else None
        parts: list[QWidget] = [self.overview, *self._made.values()]
        left = any(part.isAncestorOf(focus) for part in parts) if (focus := QApplication.focusWidget()) else False
        self.overview.setVisible(shown is None)
        for panel in self._made.values():
            panel.setVisible(panel is shown)
        if left and self.tabs.isVisible():  # else the focus would go wherever Tab leads
            next(one for one in self.tabs.findChildren(QAbstractButton) if one.isChecked()).setFocus()

    def panel(self) -> FilePanel | None:
        """The panel that is shown; None for the overview."""
        return self._made.get(self.tabs.current())

    def focus_first(self) -> None:
        """Put the keyboard on the first list that has something."""
        panel = self.panel()
        if panel is None:
            self.overview.focus_first()
        else:
            panel.focus_first()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = event.size().width()
        self.identity.set_wide(width >= theme.unit(NAME_BESIDE_FROM))
        self.overview.set_wide(width >= theme.unit(TWO_COLUMNS_FROM))

    def _panel(self, key: str) -> FilePanel:
        if key not in self._made:
            assert self._runner is not None
            panel = self._specs[key].make(self._runner)
            panel.hide()
            for name in ("person_opened", "appointment_opened", "item_opened", "failed"):
                getattr(panel, name).connect(getattr(self, name))
            self._made[key] = panel
            self.body.insertWidget(self.body.count() - 1, panel)
            if self.file is not None:
                panel.show_file(self.file)
        return self._made[key]


def _turn(layout: QBoxLayout, wide: bool) -> None:
    """Put the parts of a layout side by side, or below each other."""
    direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
    if layout.direction() != direction:
        layout.setDirection(direction)


def _card(title: str, icon: str, content: QWidget, add: QAction | None) -> Card:
    card = Card(title, icon)
    card.add_wide(content)
    if add is not None:
        card.tools.addWidget(ActionButton.of(add, kind="link"))
    return card
