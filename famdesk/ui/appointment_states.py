"""The states that an appointment may go to, for menus; of one to which nobody came also why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from famdesk.domain import codes
from famdesk.domain.calendar.calendar import offered_states
from famdesk.domain.calendar.no_shows import counts
from famdesk.i18n import _
from famdesk.ui.kit import icons
from famdesk.usecases.calendar.appointment_rows import AppointmentRow
from famdesk.usecases.calendar.appointment_states import STEPS
from famdesk.usecases.registry import Action

_ORDER: Final = ("confirmed", "arrived", "done", "no_show", "planned")
_ICONS: Final = {"confirmed": "calendar-check", "arrived": "door-open", "done": "check", "no_show": "circle-x",
                 "planned": "calendar-days"}  # fmt: skip


def fill(menu: QMenu, row: AppointmentRow, today: date, data: Callable[[str], Any]) -> None:
    """Adds an action for each state that an appointment may go to today, and a submenu with the reasons why nobody
    came.

    `data` makes an action's data of its key: a state, or "no_show:" with the code of the reason. Digits choose.
    """
    labels = dict(codes.labels(codes.APPOINTMENT_STATES))
    for one in _ORDER:
        if one not in offered_states(row.state, row.starts.date(), today):
            continue
        # Translators: {state} is "Arrived", "Held", "Did not come", "Confirmed", "Planned"
        text = _("Mark as: {state}").format(state=labels[one])
        if one == "no_show":
            fill_reasons(menu.addMenu(icons.icon(_ICONS[one]), text), data)
        else:
            _add(menu, text, _ICONS[one], data(one))


def step(key: str) -> tuple[Action[..., None], dict[str, Any]]:
    """The use-case that a key of `fill` stands for, and what it takes beside id and version."""
    state, _colon, reason = key.partition(":")
    return STEPS[state], {"reason": reason} if reason else {}


def fill_reasons(menu: QMenu, data: Callable[[str], Any]) -> None:
    """Adds why nobody came; see `fill`."""
    menu.setAccessibleName(_("Why did nobody come?"))
    for number, (code, text) in enumerate(codes.labels(codes.NO_SHOW_REASONS), start=1):
        # Translators: {reason} why somebody did not come, such as "Illness"
        words = text if counts(code) else _("{reason}: does not count").format(reason=text)
        _add(menu, f"&{number}  {words}", "", data(f"no_show:{code}"))


def _add(menu: QMenu, text: str, icon: str, data: Any) -> None:
    action = QAction(icons.icon(icon), text, menu) if icon else QAction(text, menu)
    action.setData(data)
    menu.addAction(action)
