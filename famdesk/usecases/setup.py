"""The first start: a new centre, a desk of a network, or a backup brought back; each ends in an open office."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from famdesk.data import backup
from famdesk.data.engine import postgres_engine
from famdesk.data.failures import in_words
from famdesk.data.home import Home, Server, Settings
from famdesk.data.keys import crypto, keys
from famdesk.data.tables.centre import Centre
from famdesk.data.tables.staff import Staff
from famdesk.data.tx import Clock, system_clock
from famdesk.domain.centre.profile import Profile
from famdesk.domain.errors import RuleError
from famdesk.domain.staff import passwords
from famdesk.i18n import N_
from famdesk.usecases import features, session
from famdesk.usecases.centre import profiles
from famdesk.usecases.consent import consent_texts
from famdesk.usecases.office import Office
from famdesk.usecases.staff import staff


class WrongGroup(RuleError):
    message = N_("This is not group {number} of the sheet. Compare it letter by letter.")


class NoSuchUser(RuleError):
    message = N_("The backup knows no user of this name.")


@dataclass(frozen=True, slots=True)
class Joining:
    """How a desk reaches the server of its network. `ca_file` None: the system's certificate authorities."""

    host: str
    port: int
    database: str
    login: str
    password: str
    ca_file: str | None = None


@dataclass(frozen=True, slots=True)
class Restoring:
    """A backup and what opens it: the password of that day, or with `code` the recovery sheet and a new password."""

    file: str
    login: str
    password: str
    code: str | None = None


def new_recovery_code() -> str:
    """A code for the recovery sheet of a centre that is being made."""
    return crypto.new_recovery_code()


def check_group(code: str, number: int, typed: str) -> None:
    """Checks that a group of the sheet was typed as it stands there; `number` counts from 1.

    Raises:
        WrongGroup: for the field `group`.
    """
    wanted = code.split("-")[number - 1]
    if typed.strip().upper().translate(str.maketrans("OIL", "011")) != wanted:
        raise WrongGroup("group", number=number)


def check_account(login: str, password: str, about: tuple[str, ...] = ()) -> None:
    """Checks user name and password of the first account before anything is made; `about`: the person's name and the
    centre's, which a guesser would try.

    Raises:
        BadLogin, WeakPassword, EasyToGuess.
    """
    staff.checked_login(login)
    keys.strong(password)
    passwords.check(password, (login, *about))


def make_centre(
    home: Home, new: session.NewCentre, recovery: str, profile: Profile | None = None, centre_key: str | None = None
) -> Office:
    """A new home with its centre, filled from a profile if one is given, signed in as its first account.

    Raises:
        DataThere, BadLogin, WeakPassword, EasyToGuess, DiskFull, ReadOnly: nothing was made.
    """
    check_account(new.login, new.password, (new.admin_name, new.name))
    office = session.create_home(home, new, recovery, cost=crypto.calibrated())
    try:
        office.run(consent_texts.place_proposals)
        if profile is not None:
            office.run(profiles.import_profile, profile, centre_key)
    except BaseException:
        office.lock()
        home.settings_file.unlink(missing_ok=True)  # it would be in the way of the next try
        home.sweep()
        raise
    features.load()
    return office


def join_server(home: Home, server: Server, login: str, password: str, *, clock: Clock = system_clock) -> Office:
    """Makes this computer a desk of a centre on a server, and signs in; which centre, the server knows.

    Raises:
        DataThere: the folder has data already.
        WrongPassword, ServerGone, TooNew, TooOld, NotStaff: nothing is left in the folder.
    """
    home.check_free()
    home.save_settings(_settings_on(server, login, password))
    try:
        office = session.sign_in(home, login, password, clock=clock)
    except BaseException:
        home.settings_file.unlink()
        raise
    features.load()
    return office


def join(home: Home, wish: Joining) -> Office:
    """`join_server` as the first start asks for it. On this computer's own server nothing crosses a network, so only
    there the connection may go without a certificate."""
    local = wish.host in {"localhost", "127.0.0.1", "::1"}
    sslmode = "prefer" if local and not wish.ca_file else "verify-full"
    server = Server(wish.host, wish.port, wish.database, sslmode, wish.ca_file)
    return join_server(home, server, wish.login, wish.password)


def _settings_on(server: Server, login: str, password: str) -> Settings:
    """What a desk keeps of the centre that a person of the server belongs to."""
    engine = postgres_engine(server, login, password)
    statement = (
        select(Centre.id, Centre.name, Centre.demo, Centre.language)
        .join(Staff, Staff.centre_id == Centre.id)
        .where(Staff.login == login, Staff.deleted_at.is_(None))
    )
    try:
        with in_words(), engine.connect() as connection:
            row = connection.execute(statement).one_or_none()
    except Exception as error:
        if isinstance(error.__cause__, DBAPIError) and "password authentication failed" in str(error.__cause__.orig):
            raise keys.WrongPassword("password") from error
        raise
    finally:
        engine.dispose()
    if row is None:
        raise session.NotStaff
    return Settings(row.id, row.name, row.demo, row.language, server)


def restore(home: Home, wish: Restoring, *, clock: Clock = system_clock) -> Office:
    """Brings a backup back into an empty home, and signs in.

    Raises:
        DataThere, NotABackup, TooNew, NoSuchUser, WrongPassword, WrongRecoveryCode, WeakPassword, BackupFaulty.
    """

    def open_keys(ring: keys.Keyring) -> keys.Unlocked:
        if wish.login not in ring.slots:
            raise NoSuchUser("login")
        if wish.code is None:
            return keys.unlock(ring, wish.login, wish.password)
        keys.strong(wish.password)
        passwords.check(wish.password, (wish.login,))
        return keys.unlock_with_recovery(ring, wish.code)

    backup.restore(Path(wish.file), home, open_keys)
    if wish.code is None:
        office = session.sign_in(home, wish.login, wish.password, clock=clock)
    else:
        office = session.recover(home, wish.code, wish.login, wish.password, clock=clock, cost=crypto.calibrated())
    features.load()
    return office


__all__ = ["Home", "Joining", "NoSuchUser", "Restoring", "WrongGroup", "check_account", "check_group",
           "join", "join_server", "make_centre", "new_recovery_code", "restore"]  # fmt: skip
