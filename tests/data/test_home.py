"""The folder: its settings, and the one window that holds it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from famdesk.data import home as homes
from famdesk.data.home import AlreadyOpen, Home, NoData, Server, Settings, SettingsDamaged, Unwritable
from famdesk.data.platform import forbid_core_dumps, taking_turns

HOLDER = """
import sys
from pathlib import Path
from famdesk.data.home import Home
lock = Home(Path(sys.argv[1])).lock()
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def _held_elsewhere(folder: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen([sys.executable, "-c", HOLDER, str(folder)], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, text=True)  # fmt: skip
    assert process.stdin
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def test_a_second_window_is_refused_with_the_place_of_the_first(tmp_path: Path) -> None:
    with _held_elsewhere(tmp_path), pytest.raises(AlreadyOpen) as caught:
        Home(tmp_path).lock()
    assert homes.station() in caught.value.sentence()
    assert "already open" in caught.value.sentence()


def test_kill_9_frees_the_folder(tmp_path: Path) -> None:
    with _held_elsewhere(tmp_path) as process:
        process.kill()
        process.wait()
        Home(tmp_path).lock().release()


def test_releasing_frees_the_folder(tmp_path: Path) -> None:
    lock = Home(tmp_path).lock()
    with pytest.raises(AlreadyOpen):
        Home(tmp_path).lock()
    lock.release()
    Home(tmp_path).lock().release()


def test_an_unreadable_note_of_the_holder(tmp_path: Path) -> None:
    lock = Home(tmp_path).lock()
    (tmp_path / "famdesk.lock").write_text("{", encoding="utf-8")
    with pytest.raises(AlreadyOpen) as caught:
        Home(tmp_path).lock()
    assert caught.value.params["station"] == "?"
    lock.release()


def test_a_folder_that_cannot_be_made_is_not_called_open(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(Unwritable) as caught:
        Home(tmp_path / "file" / "home").lock()
    assert "cannot be written" in caught.value.sentence()


def test_turns_exclude_each_other(tmp_path: Path) -> None:
    import threading

    inside, most = [0], [0]

    def work() -> None:
        for _round in range(50):
            with taking_turns(tmp_path / "turn"):
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                inside[0] -= 1

    threads = [threading.Thread(target=work) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (inside[0], most[0]) == (0, 1)


def test_settings_come_back(tmp_path: Path) -> None:
    home = Home(tmp_path / "data")
    assert not home.exists()
    with pytest.raises(NoData):
        home.settings()
    settings = Settings("id", "Centro è", demo=True, language="de", server=Server("h", 5432, "d", ca_file="x"))
    home.save_settings(settings)
    assert home.settings() == settings
    home.set_language("en")
    assert home.settings().language == "en"
    assert home.settings().server == settings.server
    if os.name == "posix":
        assert home.folder.stat().st_mode & 0o777 == 0o700
        assert home.settings_file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", ["", "{", "[]", '{"colour": 1}', '{"centre_id": "x", "server": {"h": 1}}'])
def test_damaged_settings_are_told(tmp_path: Path, content: str) -> None:
    home = Home(tmp_path)
    home.settings_file.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsDamaged) as caught:
        home.settings()
    assert "settings" in caught.value.sentence()


def test_core_dumps_are_off() -> None:
    program = (
        "from famdesk.data.platform import *; forbid_core_dumps(); print(resource.getrlimit(resource.RLIMIT_CORE))"
    )
    if os.name == "posix":
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        assert done.stdout == "(0, 0)\n"
    else:
        forbid_core_dumps()
