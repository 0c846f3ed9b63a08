"""Commands of the command line, run as they are started or inside the test's own process, on a real demo home."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from famdesk import i18n, resources
from famdesk.data.home import Home
from famdesk.exchange.profiles import read_profile
from famdesk.usecases.demo import demo
from tests.support.offices import CHEAP

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Told:
    """What a command gave back."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on the standard output."""
        return json.loads(self.out)


Command = Callable[..., Told]


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The Cremona demo, made once."""
    home = Home(tmp_path_factory.mktemp("demo") / "home")
    demo.make(home, read_profile(resources.path("centres/cremona.toml")), 6, cost=CHEAP)
    home.set_language("en")
    return home


@pytest.fixture
def demo_home(demo_template: Home, tmp_path: Path) -> Path:
    """A copy of the demo of this test alone."""
    shutil.copytree(demo_template.folder, tmp_path / "demo")
    return tmp_path / "demo"


@pytest.fixture
def famdesk(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs a command in this process."""
    from famdesk.__main__ import main

    def run(*arguments: str | Path, **variables: str) -> Told:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        capsys.readouterr()
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as ended:
            status = int(ended.code or 0)
        finally:
            i18n.set_language("en")
        return Told(status, *capsys.readouterr())

    return run


@pytest.fixture
def started() -> Command:
    """Starts a command as its own process, without a display; the last line of stderr tells whether Qt was loaded."""
    body = (
        "import sys\nfrom famdesk.__main__ import main\n"
        "try:\n    status = main(sys.argv[1:])\nexcept SystemExit as ended:\n    status = ended.code\n"
        "print('PySide6' in sys.modules, file=sys.stderr)\nsys.exit(status)"
    )

    def run(*arguments: str | Path, **variables: str) -> Told:
        kept = {name: value for name, value in os.environ.items()
                if name not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}}  # fmt: skip
        told = subprocess.run(
            [sys.executable, "-c", body, *map(str, arguments)], capture_output=True, text=True, check=False, cwd=ROOT,
            timeout=90, env=kept | variables, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        return Told(told.returncode, told.stdout, told.stderr)

    return run
