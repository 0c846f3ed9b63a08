"""The file of what stands unsaved in forms: sealed, and never an older state over a newer one."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from famdesk.data.failures import DiskFull, ReadOnly
from famdesk.usecases import kept_texts
from famdesk.usecases.kept_texts import KeptFile, KeptForm
from tests.support.offices import Desk

ONE, TWO = KeptForm("Letter", (("Text", "prima"),)), KeptForm("Letter", (("Text", "prima e dopo"),), b"PNG", "n")


def test_the_newest_wins_whoever_writes_last(file_desk: Desk) -> None:
    office = file_desk.sign_in("educator")
    file = KeptFile(office)
    older, newer = file.seal((ONE,)), file.seal((TWO,))
    file.write(newer)
    file.write(older)
    assert kept_texts.read(office) == (TWO,)
    file.write(file.seal(()))
    assert kept_texts.read(office) == ()
    assert list((office.home.folder / kept_texts.FOLDER).iterdir()) == []


def test_it_is_sealed_and_written_when_the_keys_are_forgotten(file_desk: Desk) -> None:
    office = file_desk.sign_in("educator")
    file = KeptFile(office)
    office.lock()
    file.write(file.seal((ONE,)))
    assert kept_texts.read(file_desk.sign_in("educator")) == (ONE,)
    assert kept_texts.read(file_desk.sign_in("reception")) == (), "it is somebody else's"


def test_what_nobody_can_open_is_thrown_away(file_desk: Desk) -> None:
    office = file_desk.sign_in("educator")
    kept_texts.keep(office, (ONE,))
    (path,) = (office.home.folder / kept_texts.FOLDER).iterdir()
    path.write_bytes(b"nonsense")
    assert kept_texts.read(office) == ()
    assert not path.exists()


@pytest.mark.parametrize(("number", "error"), [(errno.ENOSPC, DiskFull), (errno.EROFS, ReadOnly)])
def test_a_disk_that_does_not_take_it_is_told_in_words(
    file_desk: Desk, monkeypatch: pytest.MonkeyPatch, number: int, error: type[Exception]
) -> None:
    def refuse(_path: Path, _data: bytes) -> None:
        raise OSError(number, "no")

    office = file_desk.sign_in("educator")
    file = KeptFile(office)
    sealed = file.seal((ONE,))
    with monkeypatch.context() as patched:
        patched.setattr(kept_texts, "write_atomically", refuse)
        with pytest.raises(error):
            file.write(sealed)
    file.write(sealed)
    assert kept_texts.read(office) == (ONE,), "what was refused can be written later"
