"""What tests of real windows share: a screen for all of them, and a demo home for each."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from famdesk import resources
from famdesk.data.home import Home
from famdesk.exchange.profiles import read_profile
from famdesk.usecases.demo import demo
from famdesk.usecases.demo.demo_accounts import DEMO_PASSWORD
from tests.support import waiting_for
from tests.support.screen import Desk, Screen, screen

waiting_for.soon()


@pytest.fixture(scope="session")
def screen_of_all(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    """The screen of this test process; a missing tool fails the test with the command that installs it."""
    with screen(tmp_path_factory.mktemp("screen")) as made:
        yield made


@pytest.fixture
def a_screen(screen_of_all: Screen) -> Iterator[Screen]:
    """The screen, with nothing on it before and after the test."""
    yield screen_of_all
    screen_of_all.end_programs()


@pytest.fixture(scope="session")
def demo_of_all(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of Cremona's demo, made once, to be copied."""
    folder = tmp_path_factory.mktemp("demo") / "home"
    demo.make(Home(folder), read_profile(resources.path("centres/cremona.toml")), 24)
    return folder


@pytest.fixture
def demo_home(demo_of_all: Path, tmp_path: Path) -> Path:
    """The folder of a demo of this test's own."""
    folder = tmp_path / "home"
    shutil.copytree(demo_of_all, folder)
    return folder


def sign_in(desk: Desk, login: str, password: str = DEMO_PASSWORD, view: str = "Oggi") -> None:
    """Signs in at the first page with the keyboard alone and waits for a view."""
    desk.wait_for("Utente", "text")
    desk.write(login)
    desk.press("Tab")
    desk.write(password)
    desk.press("Return")
    desk.wait_title(view)


def go_to(desk: Desk, name: str, *keys: str) -> None:
    """Presses keys that lead to a field of that name."""
    since = desk.mark()
    desk.press(*keys)
    desk.wait_heard(name, since, "focus")
