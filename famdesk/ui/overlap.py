"""Doing what may meet an overlap: it is told, and with a reason it is done all the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from famdesk.domain.calendar.claims import Overlap
from famdesk.ui.kit.dialog import ask_reason
from famdesk.ui.kit.runner import Runner


def run(
    runner: Runner, parent: QWidget, all_the_same: str, usecase: Callable[..., Any], *args: object,
    then: Callable[[Any], object] | None = None, failed: Callable[[Exception], object], owner: QObject, **kw: Any,
) -> None:  # fmt: skip
    """Do a use-case that takes `overlap_reason`; where something is taken, ask for it over `parent` and do it again.

    `all_the_same` is the answer that does it, such as "Book all the same".
    """

    def with_reason(reason: str) -> None:
        runner.run(usecase, *args, then=then, failed=failed, owner=owner, overlap_reason=reason, **kw)

    def refused(error: Exception) -> None:
        if isinstance(error, Overlap) and error.allowed:
            ask_reason(parent, error.sentence(), all_the_same, with_reason, named=True)
        else:
            failed(error)

    runner.run(usecase, *args, then=then, failed=refused, owner=owner, **kw)
