"""From what a driver raises to what the person reads: full disk, busy file, server gone, damaged data."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from famdesk.data.home import Unwritable
from famdesk.domain.errors import FamDeskError, Forbidden, Unavailable
from famdesk.i18n import N_


class DiskFull(Unavailable):
    message = N_("The disk is full. Nothing was saved this time; make room and try again, your text is still here.")


class ReadOnly(Unwritable):
    pass


class Busy(Unavailable):
    message = N_("The data are busy just now. Try again in a moment.")


class Corrupt(Unavailable):
    message = N_("The data file is damaged or the key does not belong to it. Restore the last backup.")


class ServerGone(Unavailable):
    message = N_("The server cannot be reached. What you typed is still here; try again.")


class NoRights(Forbidden):
    message = N_("The server does not allow this to your account.")


class NotPossible(Unavailable):
    message = N_("The data did not accept this. Nothing was saved; your text is still here.")


# "locking protocol" (SQLITE_PROTOCOL) is told by BEGIN after ten seconds in which another process stood still while it
# wrote the header of the log's index, as on a computer that is overloaded or asleep. Once that one goes on all is well.
_SQLITE = (
    ("disk is full", DiskFull), ("readonly", ReadOnly), ("read-only", ReadOnly), ("unable to open", ReadOnly),
    ("locked", Busy), ("locking protocol", Busy), ("busy", Busy),
    ("malformed", Corrupt), ("not a database", Corrupt), ("disk i/o error", Corrupt),
)  # fmt: skip
_POSTGRES = {"53100": DiskFull, "25006": ReadOnly, "55P03": Busy, "57014": Busy, "40001": Busy, "40P01": Busy,
             "42501": NoRights}  # fmt: skip


def translated(error: DBAPIError) -> FamDeskError | None:
    """The error as one with a sentence; None if it is a bug of ours (a wrong statement)."""
    code = getattr(error.orig, "sqlstate", None)
    if code in _POSTGRES:
        return _POSTGRES[code]()
    if (code and code[:2] in {"08", "57"}) or error.connection_invalidated:
        return ServerGone()
    text = str(error.orig).lower()
    for part, kind in _SQLITE:
        if part in text:
            return kind()
    if type(error.orig).__module__.startswith("psycopg") and type(error.orig).__name__ == "OperationalError":
        return ServerGone()
    return NotPossible() if isinstance(error, (IntegrityError, DataError)) else None


@contextmanager
def in_words() -> Iterator[None]:
    """Errors of database and disk inside the block as ones with a sentence.

    Raises:
        Unavailable, NoRights.
    """
    try:
        yield
    except DBAPIError as error:
        known = translated(error)
        if known is None:
            raise
        raise known from error
    except OSError as error:
        raise (DiskFull if error.errno in (errno.ENOSPC, errno.EDQUOT) else ReadOnly) from error
