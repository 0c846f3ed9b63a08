"""Offers cards that were being written when the program ended, or that were left without saving."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from famdesk.i18n import _, formats, ngettext
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.widgets import IconLabel, Label
from famdesk.usecases.intake import drafts


class DraftStrip(QFrame):
    """A line above the page; hidden while there is no draft.

    Signals:
        resumed(): go on with the newest draft.
        discarded(): throw the newest draft away.
    """

    resumed = Signal()
    discarded = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_kind(self, "card")
        self._drafts: tuple[drafts.DraftRow, ...] = ()
        self._label = Label(wrap=True)
        self.resume = ActionButton(_("Go on writing"), "pencil")
        self.discard = ActionButton(_("Throw away"), kind="flat")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.unit(4), theme.unit(2), theme.unit(2), theme.unit(2))
        row.setSpacing(theme.unit(2))
        row.addWidget(IconLabel("file-pen"))
        row.addWidget(self._label, 1)
        row.addWidget(self.resume)
        row.addWidget(self.discard)
        self.resume.clicked.connect(self.resumed)
        self.discard.clicked.connect(self.discarded)
        self.hide()

    def newest(self) -> drafts.DraftRow | None:
        """The draft that the buttons are about."""
        return self._drafts[0] if self._drafts else None

    def show_drafts(self, found: Sequence[drafts.DraftRow]) -> None:
        """Offer drafts, the newest first."""
        self._drafts = tuple(found)
        self.setVisible(bool(found))
        if not found:
            return
        moment = formats.moment(found[0].at)
        count = len(found)
        text = ngettext(
            "An access card of {moment} is not saved yet; what was typed is kept.",
            "{n} access cards are not saved yet, the newest of {moment}; what was typed is kept.",
            count,
        ).format(n=count, moment=moment)
        self._label.setText(text)
        self.setAccessibleName(text)
