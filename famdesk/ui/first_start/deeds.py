"""What the steps set going, off the GUI thread. Everything heavy is imported here when it is needed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from famdesk import resources
from famdesk.i18n import language
from famdesk.ui.first_start.answers import BLANK, Answers

if TYPE_CHECKING:
    from famdesk.usecases.office import Office
    from famdesk.usecases.setup import Home


@dataclass(frozen=True, slots=True)
class Offer:
    """A profile that a centre can start from: its file's name, its title, and its centres as key and name."""

    file: str
    title: str
    centres: tuple[tuple[str, str], ...]


def offers() -> tuple[Offer, ...]:
    """The profiles that come with the program; first the one of the demo."""
    import tomllib

    found = []
    for path in resources.path("centres").glob("*.toml"):
        body = tomllib.loads(path.read_text(encoding="utf-8"))
        centres = tuple((centre["key"], centre["name"]) for centre in body["centre"])
        found.append(Offer(path.stem, body["profile"]["title"], centres))
    return tuple(sorted(found, key=lambda offer: (offer.file != "cremona", offer.title)))


def recovery_sheet(centre: str, code: str) -> tuple[str, bytes]:
    """A recovery code (a new one for "") and the sheet it stands on, in the current language."""
    from datetime import date

    from famdesk.sheets.registers.recovery import RecoverySheet, render
    from famdesk.usecases import setup

    code = code or setup.new_recovery_code()
    return code, render(RecoverySheet(centre, code, date.today()))


def open_desk(home: Home, answers: Answers) -> Office:
    """Does what was chosen and gives the open office.

    Raises:
        RuleError, Unavailable: see `usecases.setup`; nothing was made.
    """
    from famdesk.usecases import setup

    if answers.way == "join":
        values = answers.join
        return setup.join(home, setup.Joining(values["host"], values["port"], values["database"], values["login"],
                                              values["password"], values["ca_file"] or None))  # fmt: skip
    if answers.way == "restore":
        values = answers.restore
        code = values["code"] if values["by"] == "code" else None
        password = values["new_password"] if code is not None else values["password"]
        return setup.restore(home, setup.Restoring(values["file"], values["login"], password, code))
    return _new_centre(home, answers)


def _new_centre(home: Home, answers: Answers) -> Office:
    from famdesk.exchange.profiles import read_profile
    from famdesk.usecases import setup
    from famdesk.usecases.session import NewCentre

    profile = None
    if answers.profile != BLANK:
        profile = read_profile(resources.path(f"centres/{answers.profile}.toml"))
    admin = answers.admin
    new = NewCentre(answers.centre, admin["name"], admin["login"], admin["password"], answers.municipality, language())
    return setup.make_centre(home, new, answers.recovery, profile, answers.centre_key or None)
