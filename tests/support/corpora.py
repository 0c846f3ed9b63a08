"""Files of others that tests read where they are, in the folder FAMDESK_CORPORA or beside the project's own folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]


def folder(name: str) -> Path:
    """The folder of a collection; without it the test is skipped."""
    base = Path(os.environ.get("FAMDESK_CORPORA") or PROJECT.parent / "shared" / "corpora")
    found = base / name
    if not found.is_dir():
        pytest.skip(f"the collection {name} is not here; FAMDESK_CORPORA names the folder with it")
    return found
