"""Where data live when nobody names a folder. Nothing else is imported here: the first paint waits for it."""

from __future__ import annotations

import os
from pathlib import Path


def default_folder() -> Path:
    """`FAMDESK_HOME`, or the user's own data folder."""
    named = os.environ.get("FAMDESK_HOME")
    return Path(named).expanduser() if named else user_folder()


def demo_folder(centre: str) -> Path:
    """Where the demo of a centre lives when no folder is named: beside the real data, never among them."""
    named = os.environ.get("FAMDESK_HOME")
    return Path(named).expanduser() if named else user_folder().with_name(f"famdesk-demo-{centre}")


def user_folder() -> Path:
    """The data folder of this user on this system."""
    from platformdirs import user_data_path

    return user_data_path("famdesk", appauthor=False)
