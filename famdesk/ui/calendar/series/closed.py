"""After a series was moved: the dates that now lie on closures and holidays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QObject

from famdesk.i18n import _, formats
from famdesk.ui.kit.runner import Runner
from famdesk.usecases.calendar import series
from famdesk.usecases.calendar.series_rows import SeriesDetail

_DAYS_TOLD = 4
_STANDING = ("planned", "confirmed")
Days = tuple[tuple[date, str], ...]


def look(runner: Runner, owner: QObject, appointment_id: str, tell: Callable[[str], object], before: str) -> None:
    """Call `tell` with `before`, what is to be told anyway, and the closed days; not at all where both are empty."""
    runner.fetch(series.series, appointment_id, then=partial(_ask, runner, owner, tell, before), owner=owner)


def words(dates: frozenset[date], closed: Days) -> str:
    """Which of `dates` are among the closed days, with the reasons; "" for none."""
    found = [(day, reason) for day, reason in closed if day in dates]
    if not found:
        return ""
    # Translators: a day and why the centre is closed then, such as "Thu 1 May (Labor Day)"
    named = [_("{day} ({reason})").format(day=formats.date_short(day), reason=reason)
             for day, reason in found[:_DAYS_TOLD]]  # fmt: skip
    if len(found) > _DAYS_TOLD:
        named.append(_("{count} more").format(count=len(found) - _DAYS_TOLD))
    return _("Now on days when the centre is closed: {days}").format(days=formats.list_text(named))


def _ask(
    runner: Runner, owner: QObject, tell: Callable[[str], object], before: str, found: SeriesDetail | None
) -> None:
    rows = found.members if found is not None else ()
    dates = frozenset(row.starts.date() for row in rows if row.state in _STANDING)
    if not dates:
        _tell(tell, before, dates, ())
        return
    runner.fetch(series.closed_days, min(dates), max(dates), then=partial(_tell, tell, before, dates), owner=owner)


def _tell(tell: Callable[[str], object], before: str, dates: frozenset[date], closed: Days) -> None:
    told = " ".join(part for part in (before, words(dates, closed)) if part)
    if told:
        tell(told)
