"""Work that needs the office itself and not a transaction: accounts and passwords, which also touch the keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from famdesk.ui.kit.runner import Runner
    from famdesk.usecases.office import Office


def perform(
    runner: Runner, office: Office, work: Callable[..., Any], *args: Any, then: Callable[[Any], object],
    failed: Callable[[Exception], object], owner: QObject | None = None,
) -> None:  # fmt: skip
    """Does `work(office, …)` where use-cases run, one after the other, and answers on the GUI thread."""
    runner.in_turn(lambda: work(office, *args), then, failed, owner)
