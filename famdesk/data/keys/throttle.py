"""A growing delay after wrong passwords, kept across restarts: five free tries, then 30 seconds doubling to 15 minutes.

It slows down somebody at the keyboard; against a copied file only Argon2id counts.
"""

from __future__ import annotations

import hashlib
import json
import math
from datetime import datetime, timedelta
from pathlib import Path

from famdesk.data.failures import in_words
from famdesk.data.platform import write_atomically
from famdesk.domain.errors import RuleError
from famdesk.i18n import N_

FREE_TRIES = 5
FIRST_DELAY = 30
LONGEST_DELAY = 15 * 60


class WaitFirst(RuleError):
    """`seconds` are still to wait."""

    message = N_("Too many wrong tries. Try again in {seconds} seconds.")


class Throttle:
    """The count of wrong tries per user name, in a small file.

    Names are kept as 16 bits of their hash: enough to tell colleagues apart, too little to tell what was typed, which
    may be a password in the wrong field.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def check(self, login: str, now: datetime) -> None:
        """Raises WaitFirst: it is too early for this user's next try."""
        tries, name = self._tries(), _short(login)
        count, last = tries.get(name, (0, 0.0))
        if count < FREE_TRIES:
            return
        if last > now.timestamp():  # the clock was put back: the delay begins again, neither longer nor skipped
            last = now.timestamp()
            self._save({**tries, name: (count, last)})
        until = datetime.fromtimestamp(last, tz=now.tzinfo) + timedelta(seconds=delay(count))
        if now < until:
            raise WaitFirst("password", seconds=math.ceil((until - now).total_seconds()))

    def failed(self, login: str, now: datetime) -> int:
        """Counts a wrong try; gives the seconds to wait before the next one."""
        tries, name = self._tries(), _short(login)
        count = tries.get(name, (0, 0.0))[0] + 1
        self._save({**tries, name: (count, now.timestamp())})
        return delay(count)

    def succeeded(self, login: str) -> int:
        """Forgets the wrong tries; gives how many there were, for the journal."""
        tries = self._tries()
        count = tries.pop(_short(login), (0, 0.0))[0]
        if count:
            self._save(tries)
        return count

    def _tries(self) -> dict[str, tuple[int, float]]:
        try:
            body = json.loads(self._path.read_text(encoding="utf-8"))
            return {login: (int(count), float(last)) for login, (count, last) in body.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}

    def _save(self, tries: dict[str, tuple[int, float]]) -> None:
        with in_words():
            write_atomically(self._path, json.dumps(tries).encode())


def _short(login: str) -> str:
    return hashlib.sha256(login.encode("utf-8", "surrogatepass")).hexdigest()[:4]


def delay(count: int) -> int:
    """Seconds to wait after the `count`-th wrong try."""
    return 0 if count < FREE_TRIES else min(FIRST_DELAY * 2 ** min(count - FREE_TRIES, 10), LONGEST_DELAY)
