"""A network line to a server that can be cut and mended."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress


class Line:
    """Listens on a port of this computer and passes everything on to `target`, until it is cut."""

    def __init__(self, target: tuple[str, int]) -> None:
        self._target = target
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self.port = 0
        self.mend()

    def mend(self) -> None:
        """The line works (again), on the same port."""
        self._door = socket.create_server(("127.0.0.1", self.port))
        self.port = self._door.getsockname()[1]
        self._start(self._accept, self._door)

    def cut(self) -> None:
        """Every connection breaks and no new one is taken."""
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        for end in self._open:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(10)
        for end in self._open:
            end.close()
        self._open.clear()
        self._threads.clear()

    def _start(self, work: object, *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self, door: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _address = door.accept()
                far = socket.create_connection(self._target)
                self._open += [near, far]
                self._start(_pass_on, near, far)
                self._start(_pass_on, far, near)


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
