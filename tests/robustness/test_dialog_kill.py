"""kill -9 while a form is filled in: at most the last two seconds are missing, and the rest is offered again."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.robustness import dialog_typist
from tests.support.thorough import THOROUGH

DIALOGS = sorted(dialog_typist.OPENERS) if THOROUGH else ["letter", "report"]


@pytest.mark.slow
def test_kill_9_while_a_form_is_filled_in(tmp_path: Path) -> None:
    """More of them: `python -m tests.robustness.dialog_typist --kills 300`."""
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    chance = random.Random(seed)
    dialog_typist.begun(tmp_path / "home")
    for name in DIALOGS:
        dialog_typist.tried(tmp_path / "home", name, chance.uniform(0.05, 2.5))
