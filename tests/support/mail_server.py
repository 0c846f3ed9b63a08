"""A mail server for tests: threaded, encrypted with a certificate of its own, obedient or unkind as the test wants."""

from __future__ import annotations

import base64
import socket
import socketserver
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from famdesk.usecases.post.mail import MailServer

PASSWORD = "parola segreta"


def certificate(folder: Path, name: str = "localhost") -> Path:
    """A fresh certificate with its key in one file, for a host's name."""
    path = folder / f"{name}.pem"
    key = folder / f"{name}.key"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
               "-days", "2", "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}", "-keyout", str(key),
               "-out", str(path)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    path.write_text(path.read_text("ascii") + key.read_text("ascii"), "ascii")
    return path


@dataclass
class Behaviour:
    """How the server answers. `after_data`: "drop" breaks the line once it has the mail."""

    greeting: str = "220 here"
    starttls: bool = True
    login: bool = True
    mail: str = "250 ok"
    rcpt: str = "250 ok"
    after_data: str = "250 ok"
    taken: list[tuple[str, str, EmailMessage]] = field(default_factory=list)
    talk: list[str] = field(default_factory=list)


class _Handler(socketserver.StreamRequestHandler):
    server: _Server

    def finish(self) -> None:
        """Closes all that was opened, whatever has become of the line."""
        for part in (self.wfile, self.rfile, self.connection):
            with suppress(OSError, ValueError):
                part.close()

    def handle(self) -> None:
        if self.server.tls_at_once:
            self._encrypt()
        self._encrypted = self.server.tls_at_once
        self._from = self._to = ""
        self._say(self.server.how.greeting)
        while line := self.rfile.readline().decode("utf-8", "replace").strip():
            self.server.how.talk.append(line)
            if not self._answer(line):
                return

    def _answer(self, line: str) -> bool:
        how, verb = self.server.how, line.upper()
        if verb.startswith("EHLO"):
            offers = ["localhost", *(["STARTTLS"] if how.starttls and not self._encrypted else []),
                      *(["AUTH PLAIN"] if self._encrypted else [])]  # fmt: skip
            for offer in offers[:-1]:
                self._say(f"250-{offer}")
            self._say(f"250 {offers[-1]}")
        elif verb == "STARTTLS":
            self._say("220 go")
            self._encrypt()
            self._encrypted = True
        elif verb.startswith("AUTH PLAIN"):
            known = base64.b64decode(line.split()[2]).split(b"\0")[2].decode() == PASSWORD
            self._say("235 ok" if how.login and known else "535 5.7.8 lettera.viola@example.it has no such password")
        elif verb.startswith("MAIL FROM"):
            self._from = line.partition("<")[2].partition(">")[0]
            self._say(how.mail)
        elif verb.startswith("RCPT TO"):
            self._to = line.partition("<")[2].partition(">")[0]
            self._say(how.rcpt)
        elif verb == "DATA":
            return self._take()
        else:
            self._say("221 bye" if verb == "QUIT" else "250 ok")
            return verb != "QUIT"
        return True

    def _take(self) -> bool:
        self._say("354 go on")
        lines: list[bytes] = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line[1:] if line.startswith(b"..") else line)
        if self.server.how.after_data == "drop":
            self.connection.shutdown(socket.SHUT_RDWR)
            return False
        if self.server.how.after_data.startswith("250"):
            mail: Any = message_from_bytes(b"".join(lines), policy=policy.SMTP)
            self.server.how.taken.append((self._from, self._to, mail))
        self._say(self.server.how.after_data)
        return True

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())

    def _encrypt(self) -> None:
        self.wfile.close()
        self.rfile.close()
        self.connection = self.server.context.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", buffering=0)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True

    def __init__(self, how: Behaviour, context: ssl.SSLContext, *, tls_at_once: bool) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.how, self.context, self.tls_at_once = how, context, tls_at_once

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away, or did not like the certificate, is what the test is about."""


@contextmanager
def running(how: Behaviour, pem: Path, security: str = "tls") -> Iterator[MailServer]:
    """The server, as an account would name it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    with _Server(how, context, tls_at_once=security == "tls") as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield MailServer("localhost", server.server_address[1], security, "centro", PASSWORD)
        finally:
            server.shutdown()
            thread.join()


def trusting(pem: Path) -> ssl.SSLContext:
    """What trusts that certificate and checks everything else."""
    context = ssl.create_default_context()
    context.load_verify_locations(pem)
    return context
