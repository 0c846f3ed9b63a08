"""The print dialog: there at once, as last time, keyboard first; a printer that does not answer or refuses is told."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QSettings, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from famdesk.sheets.paper.page import Folio, Paper, Pen, build
from famdesk.sheets.paper.style import TITLE
from famdesk.sheets.paper.text import wrap
from famdesk.ui.kit.papers import paper, paper_child, print_dialog, printing
from famdesk.ui.kit.papers.paper import Device, PrintChoice
from famdesk.ui.kit.papers.paper_child import Order
from famdesk.ui.kit.papers.print_dialog import PrintDialog
from famdesk.ui.kit.papers.print_job import Printers, PrintJob
from famdesk.ui.kit.papers.printing import Printout
from tests.support import fake_printers
from tests.support.fake_printers import FakePrinters
from tests.ui.conftest import nameless

SLOW = 20_000


def _pdf(pages: int = 1, size: Paper = Paper.A4) -> bytes:
    def paint(pen: Pen, folio: Folio) -> None:
        pen.lines(wrap(f"Sheet {folio.number}", TITLE, 300), 60, 60)
        pen.fill(60, 200, 300, 200, "#0f5c66")

    return build([paint] * pages, size, "Poster")


def _sheet(pages: int = 3) -> Printout:
    return Printout("opening-hours", "Opening hours", _pdf(pages), pages, "A4")


@pytest.fixture
def printers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakePrinters:
    return fake_printers.install(tmp_path, monkeypatch)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def _ask(window: QWidget, sheet: Printout, machine: QSettings) -> PrintDialog:
    return print_dialog.ask(window, sheet, settings=machine)


def _looked(dialog: PrintDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not dialog._printers.running(), timeout=SLOW)


def test_printers_are_offered_with_their_trays(
    window: QWidget, printers: FakePrinters, machine: QSettings, qtbot: QtBot
) -> None:
    dialog = _ask(window, _sheet(), machine)
    _looked(dialog, qtbot)
    assert dialog._devices == (
        Device("Ufficio_1", "Ufficio 1", False, False, False, False),
        Device("Sala", "Sala", True, True, True, True, (("Tray1", "Tray1"), ("Tray2", "Tray2"))),
    )
    assert dialog.form is not None
    assert dialog.form.value("printer") == "Sala"
    assert nameless(dialog) == []
    dialog.form.field("printer").set_value("Ufficio_1")
    dialog.form.field("printer").edited.emit()
    assert not dialog.form.field("tray").isVisible()
    assert not dialog.form.field("colour").isEnabled()


def test_enter_prints_as_last_time(window: QWidget, printers: FakePrinters, machine: QSettings, qtbot: QtBot) -> None:
    dialog = _ask(window, _sheet(), machine)
    _looked(dialog, qtbot)
    assert dialog.form is not None
    dialog.form.set_values({"tray": "Tray2", "copies": 4, "colour": False, "sides": paper.LONG_EDGE, "pages": "2-3"})
    with qtbot.waitSignal(dialog.printed, timeout=SLOW):
        dialog.try_save()
    again = _ask(window, _sheet(), machine)
    assert again.form is not None
    qtbot.waitUntil(again.form.field("copies").hasFocus, timeout=SLOW)
    with qtbot.waitSignal(again.printed, timeout=SLOW):  # no look at the printers is waited for
        qtbot.keyClick(again.form.field("copies"), Qt.Key.Key_Return)  # type: ignore[no-untyped-call]
    (first, data), (second, _data) = printers.jobs()
    assert data == _sheet().data
    assert first[first.index("-P") + 1] == "2-3"
    assert "-P" not in second
    for told in (first, second):
        assert told[:6] == ["-d", "Sala", "-n", "4", "-t", "Opening hours"]
        assert {"media=A4", "InputSlot=Tray2", "sides=two-sided-long-edge", "print-color-mode=monochrome",
                "print-scaling=none"} <= set(told)  # fmt: skip


def test_each_kind_of_sheet_and_paper_has_its_own_tray(machine: QSettings) -> None:
    poster = _sheet()
    large = Printout("opening-hours", "Opening hours", b"", 1, "A3")
    printing.keep(machine, large, PrintChoice("Sala", tray="Tray2"))
    assert printing.kept(machine, large).tray == "Tray2"
    assert printing.kept(machine, poster) == PrintChoice("Sala")
    printing.keep(machine, poster, PrintChoice("Ufficio_1", copies=2))
    assert printing.kept(machine, large) == PrintChoice("Sala", tray="Tray2")


def test_a_print_server_that_does_not_answer_blocks_nothing(
    window: QWidget, printers: FakePrinters, machine: QSettings, qtbot: QtBot
) -> None:
    printers.hang()
    dialog = _ask(window, _sheet(), machine)
    for _turn in range(20):  # a window that waited would hang here for ever
        qtbot.wait(10)
    assert dialog._state.text() == "Looking for printers …"
    dialog.reject()
    assert not dialog._printers.running()
    printers.answer()


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="CUPS")
def test_a_network_printer_that_is_silent_does_not_stop_the_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """Qt's own list of printers waits for CUPS; in the window's process it would hold everything."""
    fake_printers.remove(tmp_path, monkeypatch)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(5)
        monkeypatch.setenv("CUPS_SERVER", f"127.0.0.1:{silent.getsockname()[1]}")
        looking = Printers()
        looking.look()
        for _turn in range(40):  # a window that waited would not come round before the look has failed
            qtbot.wait(10)
        assert looking.running()
        looking.stop()


def test_without_any_printer_it_is_said(
    window: QWidget, machine: QSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    fake_printers.remove(tmp_path, monkeypatch)
    monkeypatch.setenv("CUPS_SERVER", "/nonexistent/cups.sock")
    dialog = _ask(window, _sheet(), machine)
    _looked(dialog, qtbot)
    qtbot.waitUntil(lambda: "No printer answers" in dialog._state.text(), timeout=SLOW)
    assert not dialog._accept.isEnabled()


def test_a_printer_that_refuses_is_told(
    window: QWidget, printers: FakePrinters, machine: QSettings, qtbot: QtBot
) -> None:
    printers.refuse()
    dialog = _ask(window, _sheet(), machine)
    _looked(dialog, qtbot)
    dialog.try_save()
    qtbot.waitUntil(lambda: dialog.bar.message() is not None, timeout=SLOW)
    message = dialog.bar.message()
    assert message is not None
    assert "did not take" in message.text
    assert dialog._accept.isEnabled()


@pytest.mark.parametrize(
    ("text", "pages"),
    [("", (1, 2, 3, 4)), ("2", (2,)), ("1-2, 4", (1, 2, 4)), ("3–9", (3, 4)), ("4;1", (1, 4)), ("0", None),
     ("7-9", None), ("a", None), ("2-", None), ("1-999999999", None)],
)  # fmt: skip
def test_pages_as_people_write_them(text: str, pages: tuple[int, ...] | None) -> None:
    assert paper.page_numbers(text, 4) == pages


def test_wrong_pages_are_told_at_the_field(
    window: QWidget, printers: FakePrinters, machine: QSettings, qtbot: QtBot
) -> None:
    dialog = _ask(window, _sheet(), machine)
    _looked(dialog, qtbot)
    assert dialog.form is not None
    dialog.form.set_values({"pages": "7-9"})
    dialog.try_save()
    assert dialog.form._rows["pages"].problem.wrong
    assert printers.jobs() == []


def test_what_was_kept_may_be_anything() -> None:
    choice = PrintChoice("Sala", 3, "Tray1", paper.SHORT_EDGE, False, "", True)
    assert paper.kept_choice(choice.text()) == choice
    for text in ("", "[1]", "{", '{"copies": "x"}', '{"copies": true, "sides": 4}'):
        assert paper.kept_choice(text) == PrintChoice()
    assert paper.kept_choice('{"printer": "Sala", "copies": 5000}') == PrintChoice("Sala")


def test_papers_have_names() -> None:
    sizes = {(595.3, 841.9): "A4", (841.9, 595.3): "A4", (841.9, 1190.6): "A3", (297.6, 419.5): "A6", (100, 100): ""}
    assert {pair: paper.size_name(*pair) for pair in sizes} == sizes


def _order(file: Path, pages: tuple[int, ...], total: int, **more: bool) -> Order:
    return Order("Opening hours", "", 1, "", paper.ONE_SIDED, True, pages, total, more.get("fit", False), "A4",
                 str(file))  # fmt: skip


def _printed(order: Order, data: bytes, qtbot: QtBot) -> list[tuple[int, int]]:
    job, told = PrintJob(order, data), list[tuple[int, int]]()
    job.progressed.connect(lambda page, of: told.append((page, of)))
    with qtbot.waitSignal(job.ended, timeout=SLOW) as ended:
        job.start()
    assert ended.args == [True]
    return told


def test_what_qt_paints_is_what_was_made(tmp_path: Path, qtbot: QtBot) -> None:
    """Where there are no commands of CUPS: true to size, only the chosen pages, no word of a person in the file."""
    data = _pdf(3)
    told = _printed(_order(tmp_path / "p.pdf", (2, 3), 3), data, qtbot)
    assert told[-1] == (2, 2)
    found = PdfReader(tmp_path / "p.pdf")
    assert len(found.pages) == 2
    assert found.pages[0].mediabox.width == pytest.approx(595, abs=2)
    assert found.metadata is not None
    assert found.metadata.title == "Opening hours"
    made, printed = QPdfDocument(), QPdfDocument()
    (tmp_path / "made.pdf").write_bytes(data)
    made.load(str(tmp_path / "made.pdf"))
    printed.load(str(tmp_path / "p.pdf"))
    assert _difference(made.render(1, QSize(300, 424)), printed.render(0, QSize(300, 424))) < 6


def _difference(one: QImage, other: QImage) -> float:
    """The mean difference of two pictures in lightness, 0 to 255."""
    spots = [(x, y) for x in range(0, one.width(), 7) for y in range(0, one.height(), 7)]
    return sum(abs(one.pixelColor(*at).lightness() - other.pixelColor(*at).lightness()) for at in spots) / len(spots)


def test_lying_paper_lies(tmp_path: Path, qtbot: QtBot) -> None:
    _printed(_order(tmp_path / "p.pdf", (1,), 1), _pdf(1, Paper.A4_LYING), qtbot)
    assert PdfReader(tmp_path / "p.pdf").pages[0].mediabox.width == pytest.approx(842, abs=2)


def test_a_file_that_cannot_be_written_is_a_refusal(tmp_path: Path, qtbot: QtBot) -> None:
    job = PrintJob(_order(tmp_path / "no" / "such.pdf", (1,), 1), _pdf())
    with qtbot.waitSignal(job.ended, timeout=SLOW) as ended:
        job.start()
    assert ended.args == [False]


def test_options_of_a_job_are_single_arguments() -> None:
    order = Order("Labels; rm -rf", "Sala", 2, "Tray 1", paper.SHORT_EDGE, True, (1,), 1, True, "")
    told = paper_child.lp_arguments(order)
    assert told[told.index("-t") + 1] == "Labels; rm -rf"
    assert "InputSlot=Tray 1" in told
    assert "print-scaling=fit" in told
    assert not any(one.startswith("media=") for one in told)
    assert "-P" not in told
