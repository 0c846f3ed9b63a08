"""The page of the first start: one step after the other, each with a way back, and one button that goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from famdesk.i18n import _
from famdesk.ui.first_start.answers import Answers
from famdesk.ui.first_start.step import Step
from famdesk.ui.first_start.ways import LanguageStep, WayStep
from famdesk.ui.kit import theme
from famdesk.ui.kit.background import InBackground
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.errors import sentence_of
from famdesk.ui.kit.password import Notice
from famdesk.ui.kit.widgets import Card, Label, ScrollColumn

if TYPE_CHECKING:
    from famdesk.usecases.setup import Home

ROUTES = {
    "demo": ("language", "way"),
    "new": ("language", "way", "centre", "account", "recovery"),
    "join": ("language", "way", "join"),
    "restore": ("language", "way", "restore"),
}


class FirstStartPage(QWidget):
    """Leads from an empty folder to an open office. Nothing is made before the last step says so.

    Signals:
        opened(object): the office, signed in.
        demo_requested(): the demo is wanted, in its own folder.
        language_chosen(str): another language; the page is to be made anew with the same answers.
    """

    opened = Signal(object)
    demo_requested = Signal()
    language_chosen = Signal(str)

    def __init__(
        self, home: Home, in_background: InBackground, answers: Answers | None = None, step: str = "language",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """Start, or with `answers` go on at a step after the language was changed."""
        super().__init__(parent)
        self._home = home
        self._in_background = in_background
        self.answers = answers or Answers()
        self._steps: dict[str, Step] = {}
        self._key = ""
        self._pile = QVBoxLayout()
        self._place = Label("", "small")
        self._notice = Notice()
        self.back = ActionButton(_("Back"), "arrow-left", kind="flat")
        self.go = ActionButton(_("Continue"), primary=True)
        self._card = Card()
        self._lay_out()
        self.back.clicked.connect(self._on_back)
        self.go.clicked.connect(self.go_on)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.go_on)
        QShortcut(QKeySequence("Alt+Left"), self, self._on_back)
        self.show_step(step)

    def step(self) -> Step:
        """The step that is shown."""
        return self._steps[self._key]

    def show_step(self, key: str) -> None:
        """Show a step, making it at its first time."""
        if key not in self._steps:
            made = _make(key, self.answers, self._in_background)
            made.done.connect(self.go_on)
            if isinstance(made, LanguageStep):
                made.language_chosen.connect(self.language_chosen)
            self._steps[key] = made
            self._pile.addWidget(made)
        self._key = key
        for other, step in self._steps.items():
            step.setVisible(other == key)
        step = self._steps[key]
        self._card.setMaximumWidth(theme.unit(step.card_width))
        self._notice.rest()
        route = self._route()
        self.back.setVisible(key != route[0])
        self.go.setText(step.go_text())
        self._place.setText(_("Step {number} of {count}").format(number=route.index(key) + 1, count=len(route)))
        self._place.setVisible(len(route) > 2 and key not in ROUTES["demo"])
        self.setFocusProxy(step)
        step.enter()
        step.setFocus()
        self._scroll.verticalScrollBar().setValue(0)

    @Slot()
    def go_on(self) -> None:
        """Check the step and show the next one, or do what was chosen."""
        if not self.go.isEnabled() or not self.step().take():
            return
        route = self._route()
        following = route.index(self._key) + 1
        if following < len(route):
            self.show_step(route[following])
        elif self.answers.way == "demo":
            self._set_busy(_("Making the demo …"))
            self.demo_requested.emit()
        else:
            self._set_busy(_("One moment …"))
            self._in_background(_Work(self._home, self.answers), self._on_opened, self.refuse)

    def refuse(self, error: Exception) -> None:
        """Say why it did not work, at the field if there is one; everything typed is still there."""
        self._set_busy("")
        for key in self._route():
            field = self._steps[key].field_of(error)
            if field:
                self.show_step(key)
                self.step().show_error(field, sentence_of(error))
                return
        self._notice.tell(sentence_of(error))

    def _route(self) -> tuple[str, ...]:
        return ROUTES[self.answers.way]

    def _set_busy(self, words: str) -> None:
        self.go.setEnabled(not words)
        self.back.setEnabled(not words)
        self.step().setEnabled(not words)
        self.go.setText(words or self.step().go_text())
        self._notice.rest()

    def _on_opened(self, office: object) -> None:
        self.opened.emit(office)

    @Slot()
    def _on_back(self) -> None:
        route = self._route()
        place = route.index(self._key)
        if place and self.back.isEnabled():
            self.step().keep()
            self.show_step(route[place - 1])

    def _lay_out(self) -> None:
        self._card.body.setContentsMargins(theme.unit(5), theme.unit(3), theme.unit(5), theme.unit(3))
        self._card.body.setSpacing(theme.unit(4))
        foot = QHBoxLayout()
        foot.setSpacing(theme.unit(3))
        foot.addWidget(self.back)
        foot.addWidget(self._place)
        foot.addStretch(1)
        foot.addWidget(self.go)
        self._card.body.addLayout(self._pile, 1)
        self._card.body.addWidget(self._notice)
        self._card.body.addLayout(foot)
        self._scroll = scroll = ScrollColumn()
        scroll.body.setContentsMargins(*[theme.unit(4)] * 4)
        scroll.body.addStretch(2)
        row = QHBoxLayout()  # an alignment would give the card the height of its texts before they are wrapped
        row.addStretch(1)
        row.addWidget(self._card, 1000)
        row.addStretch(1)
        scroll.body.addLayout(row)
        scroll.body.addStretch(3)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)


class _Work:
    """The last step's deed, off the GUI thread."""

    def __init__(self, home: Home, answers: Answers) -> None:
        self._home, self._answers = home, answers

    def __call__(self) -> object:
        from famdesk.ui.first_start import deeds

        return deeds.open_desk(self._home, self._answers)


def _make(key: str, answers: Answers, in_background: InBackground) -> Step:
    """The step of a key; what only some ways need is imported then."""
    if key == "language":
        return LanguageStep(answers, in_background)
    if key == "way":
        return WayStep(answers, in_background)
    if key == "centre":
        from famdesk.ui.first_start.centre import CentreStep

        return CentreStep(answers, in_background)
    if key == "account":
        from famdesk.ui.first_start.account import AccountStep

        return AccountStep(answers, in_background)
    if key == "recovery":
        from famdesk.ui.first_start.recovery import RecoveryStep

        return RecoveryStep(answers, in_background)
    from famdesk.ui.first_start.data_steps import JoinStep, RestoreStep

    return JoinStep(answers, in_background) if key == "join" else RestoreStep(answers, in_background)
