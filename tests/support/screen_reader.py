"""A screen reader without a voice: the program that `tests.support.screen` starts with the system's own Python.

Asked by lines of JSON on its input, it answers each by a line on its output: {"ask": "tree", "pid": 7} gives what a
screen reader could read of that process, {"ask": "heard", "since": 3} what was announced after the third announcement.
It stands alone: nothing of FamDesk can be imported here.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import gi  # type: ignore[import-not-found]  # Debian's python3-pyatspi brings it, for the system's Python only

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # type: ignore[import-not-found]  # noqa: E402

MOST_CHILDREN = 400
"""A table of a million rows is not walked to its end."""
STATES = {
    "focusable": Atspi.StateType.FOCUSABLE,
    "focused": Atspi.StateType.FOCUSED,
    "showing": Atspi.StateType.SHOWING,
    "enabled": Atspi.StateType.ENABLED,
    "selected": Atspi.StateType.SELECTED,
    "checked": Atspi.StateType.CHECKED,
    "active": Atspi.StateType.ACTIVE,
}


class Reader:
    """Listens, and reads when it is asked."""

    def __init__(self) -> None:
        self.heard: list[list[Any]] = []
        self.loop = GLib.MainLoop()
        self._listener = Atspi.EventListener.new(self._on_event)
        self._listener.register("object:announcement")
        self._listener.register("object:state-changed:focused")

    def answer(self, question: dict[str, Any]) -> Any:
        """What was asked for."""
        if question["ask"] == "heard":
            return self.heard[question["since"] :]
        return [node for app in applications(question["pid"]) for node in walk(app, 0, question.get("showing", True))]

    def _on_event(self, event: Any) -> None:
        try:
            if event.type.startswith("object:announcement"):
                self.heard.append(["said", str(event.any_data)])
            elif event.detail1:
                self.heard.append(["focus", event.source.get_name() or ""])
        except GLib.Error:
            pass  # its widget is gone already


def applications(pid: int) -> list[Any]:
    """The accessible applications of a process."""
    desktop = Atspi.get_desktop(0)
    found = []
    for place in range(desktop.get_child_count()):
        try:
            app = desktop.get_child_at_index(place)
            if app is not None and app.get_process_id() == pid:
                app.clear_cache()
                found.append(app)
        except GLib.Error:
            continue
    return found


def walk(node: Any, depth: int, only_showing: bool) -> list[dict[str, Any]]:
    """An object and what is in it, from the top down; hidden windows and pages are left out with `only_showing`."""
    try:
        held = node.get_state_set()
        states = [name for name, state in STATES.items() if held.contains(state)]
        if only_showing and depth and "showing" not in states:
            return []
        found = [{"depth": depth, "role": node.get_role_name(), "name": node.get_name() or "",
                  "description": node.get_description() or "", "states": states}]  # fmt: skip
        for place in range(min(node.get_child_count(), MOST_CHILDREN)):
            child = node.get_child_at_index(place)
            if child is not None:
                found += walk(child, depth + 1, only_showing)
    except GLib.Error:
        return []  # it vanished while it was read
    return found


def main() -> None:
    Atspi.set_timeout(5000, 20000)
    reader = Reader()

    def on_line(channel: Any, _condition: Any) -> bool:
        line = channel.readline()
        if not line:
            reader.loop.quit()
            return False
        print(json.dumps(reader.answer(json.loads(line))), flush=True)
        return True

    GLib.io_add_watch(sys.stdin, GLib.PRIORITY_LOW, GLib.IO_IN | GLib.IO_HUP, on_line)
    Atspi.get_desktop(0).get_child_count()
    print(json.dumps("ready"), flush=True)
    reader.loop.run()


if __name__ == "__main__":
    main()
