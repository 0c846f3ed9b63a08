"""`famdesk restore FILE`: into an empty folder, with a password of that day or the recovery code."""

from __future__ import annotations

import argparse
from pathlib import Path

from famdesk.cli.home import NoSuchFile, NoUser, default_home, home_at, password
from famdesk.data import backup
from famdesk.data.keys import keys
from famdesk.i18n import _
from famdesk.usecases.demo.demo_accounts import DEMO_LOGIN


def run(args: argparse.Namespace) -> int:
    home = home_at(args.home) if args.home else default_home()
    source = Path(args.file)

    def open_keys(ring: keys.Keyring) -> keys.Unlocked:
        if args.recovery_file:
            return keys.unlock_with_recovery(ring, _read(args.recovery_file))
        demo = bool(backup.read_manifest(source)[0].settings.get("demo"))
        login = args.user or (DEMO_LOGIN if demo else None)
        if login is None:
            raise NoUser("user")
        return keys.unlock(ring, login, password(args, demo=demo))

    backup.restore(source, home, open_keys)
    print(_("Restored and verified: {folder}").format(folder=home.folder))
    return 0


def _read(name: str) -> str:
    try:
        return Path(name).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise NoSuchFile("recovery_file", name=name) from error
