"""Which data a command works on, and who signs in."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from pathlib import Path

from famdesk import i18n
from famdesk.data import folders
from famdesk.data.home import Home
from famdesk.domain.errors import RuleError
from famdesk.i18n import N_, _
from famdesk.usecases.demo.demo_accounts import DEMO_LOGIN, DEMO_PASSWORD


class NoUser(RuleError):
    message = N_("Say who you are: --user NAME, with the password in --password-file or FAMDESK_PASSWORD.")


class NoPassword(RuleError):
    message = N_("There is no password: use --password-file FILE or FAMDESK_PASSWORD.")


class NoSuchFile(RuleError):
    message = N_("The file {name} cannot be read.")


def home_at(folder: str | Path) -> Home:
    return Home(Path(folder).expanduser())


def default_home() -> Home:
    """`FAMDESK_HOME`, or the user's own data folder."""
    return Home(folders.default_folder())


def demo_home(centre: str) -> Home:
    """Where the demo of a centre lives when no folder is named."""
    return Home(folders.demo_folder(centre))


def chosen_home(args: argparse.Namespace) -> Home:
    """The folder that was named, or else the user's own data, or else a demo that was made before."""
    if args.home:
        return home_at(args.home)
    home = default_home()
    if home.exists() or os.environ.get("FAMDESK_HOME"):
        return home
    demos = (demo_home(name) for name in ("cremona", "bari"))
    return next((demo for demo in demos if demo.exists()), home)


def use_language(home: Home) -> None:
    """The language of the desk; `FAMDESK_LANGUAGE` beats it."""
    wanted = os.environ.get("FAMDESK_LANGUAGE") or (home.settings().language if home.exists() else "it")
    if wanted in i18n.LANGUAGES:
        i18n.set_language(wanted)


def credentials(args: argparse.Namespace, home: Home) -> tuple[str, str, str | None]:
    """The user name, the password, and the code of the second step where the user has one: from `FAMDESK_CODE`, or
    asked for at a terminal.

    Raises:
        NoData, NoUser, NoPassword, NoSuchFile.
    """
    demo = home.settings().demo
    login = args.user or (DEMO_LOGIN if demo else None)
    if login is None:
        raise NoUser("user")
    return login, password(args, demo=demo), _code(home, login)


def _code(home: Home, login: str) -> str | None:
    """A server says only at the sign-in whether a code is wanted; then it comes from the environment."""
    if "FAMDESK_CODE" in os.environ:
        return os.environ["FAMDESK_CODE"]
    if home.settings().server is not None or sys.stdin is None or not sys.stdin.isatty():
        return None
    from famdesk.data.keys.keystore import KeyFile

    slot = KeyFile(home.keys).load().slots.get(login)
    return getpass.getpass(_("Code of the telephone: ")) if slot is not None and slot.second else None


def password(args: argparse.Namespace, *, demo: bool = False) -> str:
    """The password: from the file, the environment, the published one of a demo, or asked for at a terminal.

    Raises:
        NoPassword, NoSuchFile.
    """
    if args.password_file:
        try:
            return Path(args.password_file).read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise NoSuchFile("password_file", name=args.password_file) from error
    if "FAMDESK_PASSWORD" in os.environ:
        return os.environ["FAMDESK_PASSWORD"]
    if demo:
        return DEMO_PASSWORD
    if sys.stdin is not None and sys.stdin.isatty():
        return getpass.getpass(_("Password: "))
    raise NoPassword("password_file")
