"""A calendar server of this process on a free port: Radicale, with or without a password."""

from __future__ import annotations

import http.client
import logging
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

from radicale import config
from radicale.app import Application

LOGIN, PASSWORD = "centro", "una-parola"


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Nothing on the terminal."""


class _Silence(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        return False


@dataclass
class CalendarServer:
    """`url` is a calendar that is there; `asked` every request as "PUT name"."""

    port: int
    password: str | None
    asked: list[str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/{LOGIN}/orari/"

    def ask(self, method: str, name: str = "", body: str = "") -> tuple[int, str]:
        """A request of somebody else."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        login = b64encode(f"{LOGIN}:{self.password or 'x'}".encode()).decode()
        headers = {"Authorization": f"Basic {login}", "Content-Type": "text/calendar"}
        connection.request(method, f"/{LOGIN}/orari/{name}", body.encode(), headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text

    def forget(self) -> list[str]:
        """What was asked since the last time, apart from listings."""
        found = [one for one in self.asked if not one.startswith("PROPFIND")]
        self.asked.clear()
        return found


@contextmanager
def calendar_server(folder: Path, password: str | None = None) -> Iterator[CalendarServer]:
    settings: dict[str, Any] = {
        "auth": {"type": "none"}, "rights": {"type": "authenticated" if password else "owner_write"},
        "storage": {"filesystem_folder": str(folder / "calendars"), "_filesystem_fsync": "False"},
        "logging": {"level": "critical"},
    }  # fmt: skip
    if password:
        (folder / "users").write_text(f"{LOGIN}:{password}\n")
        settings["auth"] = {"type": "htpasswd", "htpasswd_filename": str(folder / "users"),
                            "htpasswd_encryption": "plain", "delay": "0"}  # fmt: skip
    else:
        settings["rights"] = {"type": "authenticated"}
        settings["auth"] = {"type": "none"}
    logger = logging.getLogger("radicale")
    silence = _Silence()
    logger.addFilter(silence)  # it warns of what a test wants to be so
    known = config.load()
    known.update(settings, "test", privileged=True)
    inner = Application(known)
    asked: list[str] = []

    def application(environ: dict[str, Any], start: Any) -> Any:
        asked.append(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO'].rpartition('/')[2]}")
        return inner(environ, start)

    with make_server("127.0.0.1", 0, application, handler_class=_Quiet) as http_server:
        thread = threading.Thread(target=http_server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        server = CalendarServer(http_server.server_port, password, asked)
        try:
            assert server.ask("MKCALENDAR")[0] == 201
            server.forget()
            yield server
        finally:
            http_server.shutdown()
            thread.join()
            logger.removeFilter(silence)
