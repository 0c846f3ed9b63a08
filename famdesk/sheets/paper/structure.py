"""What the parts of a page are to who has it read aloud: lists, tables, figures, and what is not read at all.

What is painted in the block of one of these belongs to it; texts have a role of their own (`Style.role`).
"""

from __future__ import annotations

from collections.abc import Hashable
from contextlib import AbstractContextManager
from typing import Any

from famdesk.sheets.engine.tags import Tags


class Structure:
    """The parts of a page; what has a `key` goes on where the key comes again, also on a later page."""

    def __init__(self, tags: Tags) -> None:
        self._tags = tags

    def items(self, key: Hashable = None) -> AbstractContextManager[Any]:
        """The rows or items that are painted in the block are those of one list, which goes on where its key comes
        again."""
        return self._tags.element("L", key=key)

    def item(self, key: Hashable = None) -> AbstractContextManager[Any]:
        """What is painted in the block is an item of the list that is open: its label, then its body."""
        return self._tags.element("LI", key=key)

    def label(self) -> AbstractContextManager[Any]:
        """What is painted in the block names or numbers the item that is open."""
        return self._tags.element("Lbl")

    def body(self, key: Hashable = None) -> AbstractContextManager[Any]:
        """What is painted in the block is what the item says."""
        return self._tags.element("LBody", key=key)

    def table_row(self, table: Hashable, row: Hashable = None) -> AbstractContextManager[Any]:
        """The cells that are painted in the block are a row of the table of that name, which goes on over pages; every
        row of a table has the same cells. A row with a key goes on too."""
        return self._tags.row(table, row)

    def cell(self, heads: str | None = None, key: Hashable = None) -> AbstractContextManager[Any]:
        """What is painted in the block is a cell, an empty one too; `heads` "Column" or "Row": it heads one."""
        return self._tags.element("TH", key=key, scope=heads) if heads else self._tags.element("TD", key=key)

    def element(self, role: str, *, key: Hashable = None, **about: Any) -> AbstractContextManager[Any]:
        """What is painted in the block belongs together: Table, TR, L, LI, Sect. With a `key` it goes on wherever the
        key comes again, also on another page."""
        return self._tags.element(role, key=key, **about)

    def aside(self) -> AbstractContextManager[Any]:
        """What is painted in the block is said on every page or an ornament: it is not read aloud."""
        return self._tags.artifact("Pagination")
