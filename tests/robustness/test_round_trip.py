"""Calendar files of others go there and back: the short form of `python -m tests.robustness.round_trip`."""

from __future__ import annotations

from pathlib import Path

from tests.robustness.round_trip import round_trips
from tests.support import corpora
from tests.support.offices import Desk, copied_file_desk

EVERY = 48


def test_files_of_others_come_back_as_they_were(file_desk: Desk, file_template: Desk, tmp_path: Path) -> None:
    files = sorted(corpora.folder("ics").rglob("*.ics"))[::EVERY]
    with copied_file_desk(file_template, tmp_path / "there") as there:
        report = round_trips(files, (file_desk, there))
    assert report.broken == {}
    assert report.files == len(files)
    assert report.dates > 5
