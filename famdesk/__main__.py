"""The program's entry: the window without arguments, a command with them.

Nothing heavy is imported here: the window's first paint and Qt-free commands depend on it.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from pathlib import Path


def main(argv: Sequence[str] | None = None) -> int:
    """Runs FamDesk; gives the exit status: 0 done, 1 failed with one sentence on stderr, 2 wrong usage."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments or (arguments[0] == "--home" and len(arguments) == 2):
        return _window(Path(arguments[1]).expanduser() if arguments else None)
    from famdesk.cli import parser

    status, demo = parser.run(parser.read(arguments))
    if demo is None:
        return status
    return _window(demo.folder)


def _window(folder: Path | None) -> int:
    gc.disable()  # what is loaded now stays; from the first page on `Collector` sees to what goes
    from famdesk.ui.sparing import spare_sources

    spare_sources()
    from famdesk.app import run_window

    if folder is None:
        from famdesk.data.folders import default_folder

        folder = default_folder()
    return run_window(folder)


if __name__ == "__main__":
    sys.exit(main())
