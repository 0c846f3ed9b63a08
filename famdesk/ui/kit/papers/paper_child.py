"""The process that talks to printers, so that a printer or print server that does not answer blocks no window.

`python -m famdesk.ui.kit.papers.paper_child list` writes the printers as a line of JSON. `… print` reads a line of JSON
(see `Order`) and the PDF, which touches no disk of ours, and writes "page N M" for each page and "done" or "refused".

Where there are the commands of CUPS (`lp`) they get the PDF as it is, with trays by name; elsewhere Qt paints it.
Source: RFC 8011 (sides, media-source), CUPS command-line printing and options.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO, TextIO

from famdesk.ui.kit.papers.paper import LONG_EDGE, ONE_SIDED, SHORT_EDGE, Device, devices_text

SECONDS = 8.0
"""What a print server may take for one answer."""
HIGHEST_RESOLUTION = 600
"""Dots per inch that Qt paints; more costs memory and nobody sees it."""
_SIDES = {ONE_SIDED: "one-sided", LONG_EDGE: "two-sided-long-edge", SHORT_EDGE: "two-sided-short-edge"}
_TRAYS = ("InputSlot", "media-source")


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be printed: `title` is the kind of sheet and the only word that the queue gets; `pages` from 1.

    `media` is the paper ("A4"), "" if it has no name. `file` "": on paper; else where Qt writes a PDF instead (tests).
    """

    title: str
    printer: str
    copies: int
    tray: str
    sides: str
    colour: bool
    pages: tuple[int, ...]
    total: int
    fit: bool
    media: str
    file: str = ""


class Refused(Exception):
    """The printer did not take it."""


def devices() -> tuple[Device, ...]:
    """The printers of this computer."""
    return _cups_devices() if shutil.which("lp") and shutil.which("lpstat") else _qt_devices()


def send(order: Order, data: bytes, progress: Callable[[int, int], object]) -> None:
    """Prints; `progress(page, of)`.

    Raises:
        Refused.
    """
    if shutil.which("lp") and not order.file:
        _send_to_cups(order, data)
        progress(len(order.pages), len(order.pages))
    else:
        _paint(order, data, progress)


def lp_arguments(order: Order) -> list[str]:
    """The arguments of CUPS' command for an order; the PDF comes by its standard input."""
    from famdesk.ui.kit.papers.paper import page_range

    options = [f"sides={_SIDES[order.sides]}", f"print-color-mode={'color' if order.colour else 'monochrome'}"]
    options += [f"media={order.media}"] if order.media else []
    options += [f"{name}={order.tray}" for name in _TRAYS] if order.tray else []
    options += ["fit-to-page", "print-scaling=fit"] if order.fit else ["print-scaling=none"]
    pages = [] if len(order.pages) == order.total else ["-P", page_range(order.pages)]
    told = [part for option in options for part in ("-o", option)]
    where = ["-d", order.printer] if order.printer else []
    return ["lp", *where, "-n", str(order.copies), "-t", order.title, *pages, *told, "-"]


def _ask(*command: str, data: bytes | None = None) -> str:
    """What a command of CUPS says; "" if it fails or does not answer."""
    done = _run(command, data)
    return done.stdout.decode(errors="replace") if done is not None and done.returncode == 0 else ""


def _run(command: tuple[str, ...], data: bytes | None) -> subprocess.CompletedProcess[bytes] | None:
    environment = {**os.environ, "LC_ALL": "C"}
    try:
        return subprocess.run(
            command,
            input=data,
            capture_output=True,
            timeout=SECONDS * (1 if data is None else 4),
            env=environment,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None


def _cups_devices() -> tuple[Device, ...]:
    names = [line.split()[0] for line in _ask("lpstat", "-e").splitlines() if line.split()]
    usual = _ask("lpstat", "-d").rpartition(":")[2].strip()
    stopped = {line.split()[1] for line in _ask("lpstat", "-p").splitlines()
               if line.startswith("printer ") and " disabled " in line}  # fmt: skip
    return tuple(_cups_device(name, usual=name == usual, ready=name not in stopped) for name in names)


def _cups_device(name: str, *, usual: bool, ready: bool) -> Device:
    offered: dict[str, list[str]] = {}
    for line in _ask("lpoptions", "-p", name, "-l").splitlines():
        option, _colon, values = line.partition(":")
        offered[option.partition("/")[0]] = [value.lstrip("*") for value in values.split()]
    trays = next((offered[option] for option in _TRAYS if option in offered), [])
    sides = offered.get("Duplex", offered.get("sides", []))
    modes = offered.get("ColorModel", offered.get("print-color-mode", []))
    grey = {"gray", "grayscale", "monochrome", "fastgray", "black"}
    return Device(
        name, name.replace("_", " "), usual, ready, not offered or any("uplex" in one or "two" in one for one in sides),
        not modes or any(one.lower() not in grey for one in modes),
        tuple((one, one.replace("-", " ").replace("_", " ")) for one in trays if one.lower() != "auto"),
    )  # fmt: skip


def _send_to_cups(order: Order, data: bytes) -> None:
    done = _run(tuple(lp_arguments(order)), data)
    if done is None or done.returncode != 0:
        raise Refused


def _application() -> Any:
    """Qt without a window; Windows and macOS know printers on their own platform only."""
    from PySide6.QtGui import QGuiApplication

    if sys.platform.startswith("linux"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return QGuiApplication.instance() or QGuiApplication(sys.argv[:1])


def _qt_devices() -> tuple[Device, ...]:
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    _held = _application()
    found = []
    for info in QPrinterInfo.availablePrinters():
        printer = QPrinter(info)
        sources: Any = getattr(printer, "supportedPaperSources", tuple)()  # Qt tells them on Windows only
        trays = tuple((one.name, _tray_name(one.name)) for one in sources if one != QPrinter.PaperSource.Auto)
        modes = info.supportedDuplexModes()
        colours = info.supportedColorModes()
        found.append(
            Device(info.printerName(), info.description() or info.printerName(), info.isDefault(),
                   info.state() != QPrinter.PrinterState.Error,
                   not modes or any(mode != QPrinter.DuplexMode.DuplexNone for mode in modes),
                   not colours or QPrinter.ColorMode.Color in colours, trays)
        )  # fmt: skip
    return tuple(found)


def _tray_name(name: str) -> str:
    """ "LargeCapacity" as "Large Capacity"."""
    return "".join(f" {one}" if one.isupper() and place else one for place, one in enumerate(name))


def _paint(order: Order, data: bytes, progress: Callable[[int, int], object]) -> None:
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QPainter
    from PySide6.QtPdf import QPdfDocument

    _held = _application()
    buffer, document = QBuffer(), QPdfDocument()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    printer = _printer(order, document)
    painter = QPainter()
    if not order.pages or not painter.begin(printer):
        raise Refused
    for place, number in enumerate(order.pages):
        if place:
            _lay_paper(printer, document, number - 1, order)
            printer.newPage()
        _paint_page(document, number - 1, painter, printer, fit=order.fit)
        progress(place + 1, len(order.pages))
    if not painter.end():
        raise Refused


def _printer(order: Order, document: Any) -> Any:
    from PySide6.QtPrintSupport import QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if order.file:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(order.file)
    else:
        printer.setPrinterName(order.printer)
        if not printer.isValid():
            raise Refused
    printer.setResolution(min(printer.resolution(), HIGHEST_RESOLUTION))
    _lay_paper(printer, document, order.pages[0] - 1 if order.pages else 0, order)
    printer.setFullPage(True)
    printer.setDocName(order.title)
    printer.setCreator("")
    printer.setCopyCount(order.copies)
    modes = {ONE_SIDED: QPrinter.DuplexMode.DuplexNone, LONG_EDGE: QPrinter.DuplexMode.DuplexLongSide,
             SHORT_EDGE: QPrinter.DuplexMode.DuplexShortSide}  # fmt: skip
    printer.setDuplex(modes[order.sides])
    printer.setColorMode(QPrinter.ColorMode.Color if order.colour else QPrinter.ColorMode.GrayScale)
    source = getattr(QPrinter.PaperSource, order.tray, None) if order.tray else None
    if source is not None:
        printer.setPaperSource(source)
    return printer


def _lay_paper(printer: Any, document: Any, page: int, order: Order) -> None:
    """Paper of the size of a page; where it is to fit, whatever lies in the printer."""
    from PySide6.QtCore import QSizeF
    from PySide6.QtGui import QPageLayout, QPageSize

    if order.fit:
        return
    size = document.pagePointSize(page)
    lying = size.width() > size.height()
    upright = QSizeF(min(size.width(), size.height()), max(size.width(), size.height()))
    printer.setPageSize(QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch))
    printer.setPageOrientation(QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait)


def _paint_page(document: Any, page: int, painter: Any, printer: Any, *, fit: bool) -> None:
    """The page at its true size, or as large as the paper takes it."""
    from PySide6.QtCore import QRectF, Qt

    size = document.pagePointSize(page) * (printer.resolution() / 72)
    if fit:
        whole = printer.pageLayout().fullRectPixels(printer.resolution())
        size = size.scaled(whole.size().toSizeF(), Qt.AspectRatioMode.KeepAspectRatio)
    painter.drawImage(QRectF(0, 0, size.width(), size.height()), document.render(page, size.toSize()))


def main(command: str, source: BinaryIO, target: TextIO) -> int:
    """Does what is asked; gives the exit status."""
    if command == "list":
        print(devices_text(devices()), file=target, flush=True)
        return 0
    values = json.loads(source.readline())
    order = Order(**{**values, "pages": tuple(values["pages"])})
    try:
        send(order, source.read(), lambda page, of: print(f"page {page} {of}", file=target, flush=True))
    except Refused:
        print("refused", file=target, flush=True)
        return 1
    print("done", file=target, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.stdin.buffer, sys.stdout))
