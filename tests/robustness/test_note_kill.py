"""kill -9 while a note is typed: at most the last two seconds are missing, and the note is never broken."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.robustness import note_deeds, note_typist
from tests.support.thorough import THOROUGH

KILLS = 4 if THOROUGH else 2


@pytest.mark.slow
def test_kill_9_while_typing(tmp_path: Path) -> None:
    """More of them: `python -m tests.robustness.note_typist --kills 300`."""
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    chance = random.Random(seed)
    note_id = note_typist.begun(tmp_path / "home")
    for _number in range(KILLS):
        note_typist.tried(tmp_path / "home", note_id, chance.uniform(0.05, 3.0))


@pytest.mark.slow
@pytest.mark.parametrize("deed", sorted(note_deeds.DEEDS))
def test_kill_9_while_notes_are_signed_files_attached_and_the_password_changed(tmp_path: Path, deed: str) -> None:
    """More of them: `python -m tests.robustness.note_deeds --kills 300`."""
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    chance = random.Random(seed)
    note_deeds.begun(tmp_path / "home")
    for _number in range(KILLS):
        note_deeds.tried(tmp_path / "home", deed, chance.uniform(0.05, 1.5))
