"""A screen of a test's own: X server, window manager, session bus, screen reader, and a keyboard.

The program runs in a process of its own, as for a person at the desk, and is driven by keys alone. Nothing waits for a
fixed time: `Desk.until` looks until something has happened, or says what was on the screen when it did not.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

PROJECT = Path(__file__).resolve().parents[2]
SYSTEM_PYTHON = "/usr/bin/python3"
LAUNCHER = "/usr/libexec/at-spi-bus-launcher"
PACKAGES = ("xvfb", "openbox", "xdotool", "scrot", "at-spi2-core", "dbus-x11", "python3-pyatspi")
INSTALL = f"apt-get install -y --no-install-recommends {' '.join(PACKAGES)}"
PATIENCE = 60.0
"""Seconds after which what has not happened is taken not to happen; on a busy machine everything is slow."""
PAUSE = 0.03


def require_tools() -> None:
    """Says which packages are missing.

    Raises:
        RuntimeError: with the command that installs them.
    """
    tools = ("Xvfb", "openbox", "xdotool", "scrot", "dbus-daemon", LAUNCHER, SYSTEM_PYTHON)
    missing = [tool for tool in tools if shutil.which(tool) is None]
    asked = [SYSTEM_PYTHON, "-c", "import pyatspi"]
    if not missing and subprocess.run(asked, check=False, capture_output=True).returncode:
        missing = ["pyatspi"]
    if missing:
        raise RuntimeError(f"windows need {', '.join(missing)}; as root: {INSTALL}")


@dataclass(frozen=True, slots=True)
class Node:
    """One object as a screen reader knows it. `depth` counts from the application."""

    depth: int
    role: str
    name: str
    description: str
    states: tuple[str, ...]


@dataclass
class Screen:
    """A running screen. `environment` is what a program on it needs; `folder` keeps logs and pictures."""

    environment: dict[str, str]
    folder: Path
    reader: subprocess.Popen[str]
    desks: list[Desk] = field(default_factory=list)

    def ask(self, question: dict[str, Any]) -> Any:
        """What the screen reader answers."""
        assert self.reader.stdin
        assert self.reader.stdout
        self.reader.stdin.write(json.dumps(question) + "\n")
        self.reader.stdin.flush()
        line = self.reader.stdout.readline()
        if not line:
            raise RuntimeError("the screen reader has ended")
        return json.loads(line)

    def xdotool(self, *arguments: str) -> str:
        """Runs xdotool; "" if it found nothing."""
        command = ["xdotool", *arguments]
        done = subprocess.run(command, check=False, env=self.environment, capture_output=True, text=True)
        return done.stdout.strip() if done.returncode == 0 else ""

    def start(self, *arguments: str, home: Path | None = None, code: str = "") -> Desk:
        """Starts FamDesk; with `home` its window on that folder, else with these arguments. `code` is run instead of
        the program's own entry."""
        entry = ("-c", code) if code else ("-m", "famdesk")
        command = [sys.executable, "-P", *entry, *(("--home", str(home)) if home else arguments)]
        log = self.folder / f"program-{len(self.desks) + 1}.log"
        with log.open("w", encoding="utf-8") as errors:
            process = subprocess.Popen(
                command, cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL, stdout=errors, stderr=errors
            )
        desk = Desk(self, process, log)
        self.desks.append(desk)
        return desk

    def picture(self) -> Path:
        """What is on the screen, as a file."""
        path = self.folder / f"screen-{time.monotonic_ns()}.png"
        subprocess.run(["scrot", "-o", str(path)], check=False, env=self.environment, capture_output=True)
        return path

    def end_programs(self) -> None:
        """Ends what a test left running."""
        for desk in self.desks:
            desk.end()
        self.desks.clear()


@dataclass
class Desk:
    """One FamDesk on a screen, with the keys pressed so far: `keys` all of them, `letters` those that wrote text."""

    screen: Screen
    process: subprocess.Popen[bytes]
    log: Path
    keys: int = 0
    letters: int = 0

    def press(self, *keys: str) -> None:
        """Presses keys one after the other, named as xdotool names them: "Tab", "ctrl+Return".

        While a screen reader listens, Qt hands plain keys over a moment later than shortcuts: before a shortcut, wait
        until what was typed has arrived (for a save, that the cursor is in the next field).
        """
        self.keys += len(keys)
        self.screen.xdotool("key", "--clearmodifiers", "--delay", "4", *keys)

    def write(self, text: str) -> None:
        """Types a text."""
        self.letters += len(text)
        self.screen.xdotool("type", "--clearmodifiers", "--delay", "4", text)

    def until(self, happened: Callable[[], T], what: str, patience: float = PATIENCE) -> T:
        """Looks until something has happened, and gives it.

        Raises:
            AssertionError: with what was on the screen instead.
        """
        deadline = time.monotonic() + patience
        while not (found := happened()):
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise AssertionError(f"{what}: it did not happen. {self.describe()}")
            time.sleep(PAUSE)
        return found

    def describe(self) -> str:
        """The state of things, for the message of a failed test."""
        said = [text for _kind, text in self.screen.ask({"ask": "heard", "since": 0})][-12:]
        log = self.log.read_text(encoding="utf-8")[-2000:]
        return f"title {self.title()!r}, heard {said}, ended {self.process.poll()}, {self.screen.picture()}\n{log}"

    # ------------------------------------------------------------------ windows

    def windows(self) -> list[str]:
        """The ids of this program's own windows on the screen."""
        return self.screen.xdotool("search", "--onlyvisible", "--pid", str(self.process.pid), "--name", ".").split()

    def title(self) -> str:
        """The title of the window that has the keyboard."""
        return self.screen.xdotool("getactivewindow", "getwindowname")

    def wait_title(self, part: str) -> str:
        """Waits until the window with the keyboard has this in its title."""
        return self.until(lambda: self.title() if part in self.title() else "", f"title with {part!r}")

    def raise_window(self) -> None:
        """Gives this program's window the keyboard, as a click into it would."""
        window = self.until(self.windows, "a window")[-1]
        self.screen.xdotool("windowactivate", "--sync", window)

    # ------------------------------------------------------------------ what a screen reader knows

    def nodes(self, *, showing: bool = True) -> list[Node]:
        """All objects of the program, those on hidden pages only without `showing`."""
        rows = self.screen.ask({"ask": "tree", "pid": self.process.pid, "showing": showing})
        return [Node(row["depth"], row["role"], row["name"], row["description"], tuple(row["states"])) for row in rows]

    def find(self, name: str, role: str = "") -> list[Node]:
        """The objects that show this text, as name or description."""
        return [node for node in self.nodes()
                if (name in node.name or name in node.description) and role in ("", node.role)]  # fmt: skip

    def wait_for(self, name: str, role: str = "") -> Node:
        """Waits until something with this text is on the screen."""
        return self.until(lambda: self.find(name, role), f"{role or 'something'} with {name!r}")[0]

    def mark(self) -> int:
        """How much was heard up to now, for `wait_heard`."""
        return len(self.screen.ask({"ask": "heard", "since": 0}))

    def heard(self, since: int, kind: str = "said") -> list[str]:
        """What was said after a mark, or with "focus" where the focus went."""
        return [text for told, text in self.screen.ask({"ask": "heard", "since": since}) if told == kind]

    def wait_heard(self, part: str, since: int, kind: str = "said") -> str:
        """Waits until a sentence is said, or with "focus" until the focus is on something of that name."""
        found = self.until(lambda: [text for text in self.heard(since, kind) if part in text], f"{kind} {part!r}")
        return found[-1]

    def end(self) -> None:
        """Ends the program."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


@contextmanager
def screen(folder: Path, size: tuple[int, int] = (1280, 800)) -> Iterator[Screen]:
    """A new screen with all that belongs to it, ended with everything on it.

    Raises:
        RuntimeError: if a program that is needed is not installed.
    """
    require_tools()
    with ExitStack() as stack:
        environment = _environment(folder)
        server = ["Xvfb", "-displayfd", "1", "-nolisten", "tcp", "-noreset"]
        server += ["-screen", "0", f"{size[0]}x{size[1]}x24"]
        environment["DISPLAY"] = f":{_first_line(stack, server, environment)}"
        bus = ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1"]
        environment["DBUS_SESSION_BUS_ADDRESS"] = _first_line(stack, bus, environment)
        _run(stack, [LAUNCHER, "--launch-immediately"], environment)
        _run(stack, ["openbox"], environment)
        reader = _run(
            stack, [SYSTEM_PYTHON, "-I", str(Path(__file__).with_name("screen_reader.py"))], environment, pipes=True
        )
        made = Screen(environment, folder, reader)
        assert reader.stdout
        if json.loads(reader.stdout.readline() or "null") != "ready":
            raise RuntimeError("the screen reader did not start")
        deadline = time.monotonic() + PATIENCE
        while not made.xdotool("get_desktop"):
            if time.monotonic() > deadline:
                raise RuntimeError("the window manager did not start")
            time.sleep(PAUSE)
        stack.callback(made.end_programs)
        yield made


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of the person at the keyboard: a home, language and settings of the test's own."""
    kept = {name: value for name, value in os.environ.items() if name == "PATH" or name.startswith("COVERAGE_")}
    home = folder / "machine"
    home.mkdir(mode=0o700)
    return kept | {
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home),
        "LANG": "C.UTF-8",
        "TZ": os.environ.get("TZ", "Europe/Rome"),
        "PYTHONPATH": str(PROJECT),
        "PYTHONFAULTHANDLER": "1",
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
    }


def _run(
    stack: ExitStack, command: Sequence[str], environment: dict[str, str], *, pipes: bool = False
) -> subprocess.Popen[str]:
    """Starts a helper that ends with the screen."""
    ends = subprocess.PIPE if pipes else subprocess.DEVNULL
    process = subprocess.Popen(command, env=environment, stdin=ends, stdout=ends, stderr=subprocess.DEVNULL, text=True)
    stack.callback(_stop, process)
    return process


def _first_line(stack: ExitStack, command: Sequence[str], environment: dict[str, str]) -> str:
    """Starts a helper and reads the line with which it says that it is ready."""
    process = _run(stack, command, environment, pipes=True)
    assert process.stdout
    line = process.stdout.readline().strip()
    if not line:
        raise RuntimeError(f"{command[0]} did not start")
    return line


def _stop(process: subprocess.Popen[str]) -> None:
    with suppress(ProcessLookupError):
        process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(BrokenPipeError):
                pipe.close()
