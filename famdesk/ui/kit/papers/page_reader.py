"""The pages of a preview as a screen reader is told them: each with its number and its words."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from famdesk.i18n import _

if TYPE_CHECKING:
    from famdesk.ui.kit.papers.page_view import Pages


class PageReader:
    """See `grid_access.Reader`; the id of a page is its number."""

    def __init__(self, view: Pages) -> None:
        self._view = weakref.proxy(view)

    def count(self) -> int:
        """How many pages there are."""
        return int(self._view.pages)

    def id_at(self, index: int) -> str:
        """The number of a page by its place."""
        return str(index + 1)

    def number(self, part: str) -> int:
        """The place of a page, -1 if there is none of that number."""
        place = int(part) - 1 if part.isdigit() else -1
        return place if 0 <= place < self._view.pages else -1

    def name(self, part: str) -> str:
        """Which page of how many."""
        return _("page {number} of {total}").format(number=part, total=self._view.pages)

    def description(self, part: str) -> str:
        """The words of the page."""
        return str(self._view.words(self.number(part)))

    def rect(self, part: str) -> QRect:
        """Where the page is on the screen."""
        place = self.number(part)
        return QRect() if place < 0 else self._view.on_screen(place).translated(self._corner())

    def part_at(self, x: int, y: int) -> str | None:
        """The page at a point of the screen."""
        point = QPoint(x, y) - self._corner()
        return next((str(at + 1) for at in range(self._view.pages) if self._view.on_screen(at).contains(point)), None)

    def current(self) -> str:
        """The page that is read."""
        return str(self._view.page)

    def is_selected(self, part: str) -> bool:
        """The page that is read is selected."""
        return bool(part)

    def within(self) -> QWidget | None:
        """Nothing."""
        return None

    def _corner(self) -> QPoint:
        return QPoint(self._view.viewport().mapToGlobal(QPoint(0, 0)))
