"""Printers for tests: the commands of CUPS as small scripts in a folder, which keep what they are given."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

_LP = """#!{python}
import json, sys, time, pathlib
folder = pathlib.Path({folder!r})
if (folder / "refuses").exists():
    sys.exit("lp: Error - stopped")
data = sys.stdin.buffer.read()
number = len(list(folder.glob("job-*.json")))
(folder / f"job-{{number}}.pdf").write_bytes(data)
(folder / f"job-{{number}}.json").write_text(json.dumps(sys.argv[1:]))
"""
_SAYS = """#!{python}
import sys, time, pathlib
folder = pathlib.Path({folder!r})
while (folder / "hangs").exists():
    time.sleep(0.05)
told = {told!r}
print(told.get(" ".join(sys.argv[1:]), ""))
"""
PRINTERS = ("Ufficio_1", "Sala")
_STAT = {
    "-e": "\n".join(PRINTERS), "-d": "system default destination: Sala",
    "-p": "printer Ufficio_1 disabled since Mon\nprinter Sala is idle.",
}  # fmt: skip
_OPTIONS = {
    "-p Sala -l": "InputSlot/Media Source: *Auto Tray1 Tray2\nDuplex/2-Sided: *None DuplexNoTumble DuplexTumble\n"
                  "ColorModel/Mode: *RGB Gray",
    "-p Ufficio_1 -l": "PageSize/Media Size: A3 *A4\nDuplex/2-Sided: *None\nColorModel/Mode: *Gray",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FakePrinters:
    """The folder with the commands and with what was printed."""

    folder: Path

    def jobs(self) -> list[tuple[list[str], bytes]]:
        """The arguments and the PDF of each job."""
        return [(json.loads(path.read_text()), path.with_suffix(".pdf").read_bytes())
                for path in sorted(self.folder.glob("job-*.json"))]  # fmt: skip

    def refuse(self) -> None:
        """From now on no job is taken."""
        (self.folder / "refuses").touch()

    def hang(self) -> None:
        """From now on the print server does not answer."""
        (self.folder / "hangs").touch()

    def answer(self) -> None:
        """It answers again."""
        (self.folder / "hangs").unlink()


def install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> FakePrinters:
    """Puts the commands before all others of this machine."""
    scripts = {"lp": _LP, "lpstat": _SAYS, "lpoptions": _SAYS}
    for name, script in scripts.items():
        told = _STAT if name == "lpstat" else _OPTIONS
        path = folder / name
        path.write_text(script.format(python=sys.executable, folder=str(folder), told=told))
        path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return FakePrinters(folder)


def remove(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without these commands."""
    monkeypatch.setenv("PATH", str(folder))
