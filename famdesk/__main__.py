"""The program's entry: the window without arguments, a command with them.

Nothing heavy is imported here: the window's first paint and Qt-free commands depend on it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path


def main(argv: Sequence[str] | None = None) -> int:
    """Runs FamDesk; gives the exit status: 0 done, 1 failed with one sentence on stderr, 2 wrong usage."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments or (arguments[0] == "--home" and len(arguments) == 2):
        from famdesk.app import run_window
        from famdesk.data.folders import default_folder

        return run_window(Path(arguments[1]).expanduser() if arguments else default_folder())
    from famdesk.cli import parser

    status, demo = parser.run(parser.read(arguments))
    if demo is None:
        return status
    from famdesk.app import run_window

    return run_window(demo.folder)


if __name__ == "__main__":
    sys.exit(main())
