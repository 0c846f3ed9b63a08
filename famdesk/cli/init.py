"""`famdesk init`: a new centre from a profile or blank, with its first administrator and the recovery sheet."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path

from famdesk import resources
from famdesk.cli.home import default_home, home_at, password
from famdesk.domain.errors import RuleError
from famdesk.domain.text import tokens
from famdesk.i18n import N_, _
from famdesk.usecases import session, setup


class WhichName(RuleError):
    message = N_("A blank centre needs a name: --name TEXT.")


def run(args: argparse.Namespace) -> int:
    home = home_at(args.home) if args.home else default_home()
    profile = None
    if args.centre != "blank":
        from famdesk.exchange.profiles import read_profile

        profile = read_profile(resources.path(f"centres/{args.centre}.toml"))
    name = args.name or (profile.centre[0].name if profile else None)
    if not name:
        raise WhichName("name")
    login = args.user or ".".join(tokens(args.admin))[:30]
    recovery = setup.new_recovery_code()
    new = session.NewCentre(name, args.admin, login, password(args))
    setup.make_centre(home, new, recovery, profile).close()
    print(_("Made in {folder}. The administrator signs in as {login}.").format(folder=home.folder, login=login))
    _hand_over(args, name, recovery)
    return 0


def _hand_over(args: argparse.Namespace, name: str, recovery: str) -> None:
    """The recovery code is shown once, on paper or on the screen, and kept nowhere."""
    written = _("Recovery code, to be kept on paper: {code}").format(code=recovery)
    if not args.recovery_out:
        print(written)
        return
    from famdesk.sheets.paper.page import save
    from famdesk.sheets.registers.recovery import RecoverySheet, render

    try:
        save(render(RecoverySheet(name, recovery, datetime.now().date())), Path(args.recovery_out))
    except BaseException:
        print(written)  # there is no second chance to learn it
        raise
    print(_("Recovery sheet: {file}. Print it, keep it safe, delete the file.").format(file=args.recovery_out))
