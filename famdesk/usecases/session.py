"""Signing in and out, making a new home, recovering a lost password."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, func, or_, select
from sqlalchemy.exc import DBAPIError

from famdesk.data import schema
from famdesk.data import server as postgres
from famdesk.data.backup import write_backup
from famdesk.data.engine import READ_ONLY, postgres_engine, sqlite_engine
from famdesk.data.failures import Corrupt, in_words
from famdesk.data.home import DataThere, Home, Server, Settings, station
from famdesk.data.journal import AuditEntry, AuditHead, Step, entry_hash
from famdesk.data.keys import crypto, keys, rekeying
from famdesk.data.keys.keystore import KeyFile, KeyStore, KeyTable
from famdesk.data.keys.throttle import Throttle
from famdesk.data.store import Store
from famdesk.data.tables import escrow, powers
from famdesk.data.tables.centre import Centre
from famdesk.data.tables.staff import Staff
from famdesk.data.tx import Actor, Clock, system_clock
from famdesk.domain.errors import Unavailable
from famdesk.domain.ids import new_id
from famdesk.domain.staff import passwords, rights
from famdesk.domain.staff.second_step import WrongCode
from famdesk.i18n import N_
from famdesk.usecases.office import Office
from famdesk.usecases.staff import second_step

if TYPE_CHECKING:
    from famdesk.data.keys.crypto import KdfCost


class OldState(Unavailable):
    message = N_("These data are older than the last saved state: entries of the journal are missing. "
                 "Somebody put an old copy in place, or the disk lost them. Call the administrator.")  # fmt: skip


class DataMissing(Unavailable):
    message = N_("The database file is missing from the data folder. Restore the last backup.")


class ServerRecovers(Unavailable):
    message = N_("These data are on a server: its administrator has to help, the recovery code opens files only.")


LEFT = "leaving.note_left"


class NotStaff(Unavailable):
    message = N_("This account is no longer active. Ask the coordinator.")


@dataclass(frozen=True, slots=True)
class NewCentre:
    """What a new home starts with. `municipality` is an ISTAT code or None."""

    name: str
    admin_name: str
    login: str
    password: str
    municipality: str | None = None
    language: str = "it"
    demo: bool = False
    role: str = "administrator"


def create_home(
    home: Home, new: NewCentre, recovery: str, *, clock: Clock = system_clock, cost: KdfCost = crypto.FLOOR
) -> Office:
    """A new encrypted database with one centre and its first account, signed in.

    Raises:
        DataThere: the folder has data already; they are not touched.
        WeakPassword, WrongRecoveryCode.
        DiskFull, ReadOnly: nothing is left behind.
    """
    home.check_free()
    staff_id, centre_id = new_id(), new_id()
    ring, unlocked = keys.create(new.login, staff_id, new.password, recovery, cost)
    actor = Actor(staff_id, new.login, new.admin_name, new.role, centre_id, "Europe/Rome", unlocked.pairs, station())
    keystore = KeyFile(home.keys)
    with in_words(), home.being_made(Settings(centre_id, new.name, new.demo, new.language)):
        engine = sqlite_engine(home.database, unlocked.database_key)
        with _closed_on_failure(engine):
            with engine.begin() as connection:
                schema.migrate(connection)
            _first_records(Store(engine, clock), actor, new)
            keystore.save(ring)
    return Office(home, Store(engine, clock), actor, keystore, unlocked)


@contextmanager
def _closed_on_failure(engine: Engine) -> Iterator[None]:
    try:
        yield
    except BaseException:
        engine.dispose()
        raise


def create_on_server(
    home: Home,
    admin: Engine,
    server: Server,
    new: NewCentre,
    recovery: str,
    *,
    clock: Clock = system_clock,
    cost: KdfCost = crypto.FLOOR,
) -> Office:
    """A centre with its first account on a PostgreSQL server, and the home of this desk; signed in.

    `admin` is an engine of the server's administrator, who may make roles; it is needed once per centre. A database
    that holds centres already gets one more.

    Raises:
        DataThere: the folder has data already.
        LoginTaken: by another centre of the same database.
        WeakPassword, WrongRecoveryCode.
    """
    if home.exists():
        raise DataThere
    staff_id, centre_id = new_id(), new_id()
    ring, unlocked = keys.create(new.login, staff_id, new.password, recovery, cost)
    actor = Actor(staff_id, new.login, new.admin_name, new.role, centre_id, "Europe/Rome", unlocked.pairs, station())
    with in_words():
        with admin.begin() as connection:
            postgres.prepare(connection)
            postgres.first_login(connection, server.database, new.login, new.password)
        _first_records(Store(admin, clock), actor, new)
        KeyTable(admin, centre_id).save(ring)
    home.save_settings(Settings(centre_id, new.name, new.demo, new.language, server))
    engine = postgres_engine(server, new.login, new.password)
    return Office(home, Store(engine, clock), actor, KeyTable(engine, centre_id, new.login), unlocked)


def _first_records(store: Store, actor: Actor, new: NewCentre) -> None:
    centre = Centre(
        id=actor.centre_id, centre_id=actor.centre_id, name=new.name, municipality=new.municipality, demo=new.demo,
        language=new.language,
    )  # fmt: skip
    person = Staff(id=actor.staff_id, centre_id=actor.centre_id, name=actor.name, login=actor.login, role=actor.role)
    with store.writing(actor) as (tx, _outcome):
        tx.session.add_all([centre, person])
        tx.session.flush()
        tx.steps.append(Step("session.create_home"))


def sign_in(
    home: Home, login: str, password: str, code: str | None = None, *, clock: Clock = system_clock,
    check_anchor: bool = True,
) -> Office:  # fmt: skip
    """Opens the data for a user. Only `famdesk verify`, which looks itself, does not check the journal's anchor.

    `code` is that of the second step, where the user has one. On a server the tries are counted at this desk; who
    goes there with tools of their own meets what its administrator set up (such as `auth_delay`).

    Raises:
        WaitFirst: too many wrong tries.
        WrongPassword, WrongCode: `seconds` among its parameters are to wait before the next try.
        CodeWanted: the password is right, the code is missing.
        KeysDamaged, Corrupt, TooNew, ServerGone, NotStaff.
        OldState: the journal ends before the last anchor.
    """
    throttle, now = Throttle(home.tries), clock()
    throttle.check(login, now)
    try:
        office = _opened(home, login, (password, code), clock, check_anchor=check_anchor)
    except (keys.WrongPassword, WrongCode) as error:
        error.params["seconds"] = throttle.failed(login, now)
        raise
    failures = throttle.succeeded(login)
    with _closed_on_failure(office.store.engine), office.store.writing(office.actor) as (tx, _outcome):
        tx.steps.append(Step("session.sign_in", "sign_in", {"failures": failures} if failures else {}))
    office.poll()
    return office


Secrets = tuple[str, str | None]
"""The password, and the code of the second step or None."""


def _opened(home: Home, login: str, secrets: Secrets, clock: Clock, *, check_anchor: bool) -> Office:
    settings = home.settings()
    if settings.server is not None:
        return _opened_on_server(home, settings, settings.server, login, secrets, clock, check_anchor=check_anchor)
    rekeying.finish(home)
    keystore = KeyFile(home.keys)
    unlocked = keys.unlock(keystore.load(), login, secrets[0])
    second_step.check(keystore, unlocked, secrets[1], clock())
    return _office(home, _file(home, unlocked), keystore, unlocked, clock, check_anchor=check_anchor)


def _opened_on_server(
    home: Home, settings: Settings, server: Server, login: str, secrets: Secrets, clock: Clock, *, check_anchor: bool
) -> Office:
    engine = postgres_engine(server, login, secrets[0])
    keystore = KeyTable(engine, settings.centre_id, login)
    with _closed_on_failure(engine), at_the_door():
        with engine.connect() as connection:
            if connection.exec_driver_sql("SELECT fd_centre()").scalar() is None:
                raise NotStaff  # the server shows nothing at all to somebody who is not active
        unlocked = keys.unlock(keystore.load(), login, secrets[0])
        second_step.check(keystore, unlocked, secrets[1], clock())
    return _office(home, engine, keystore, unlocked, clock, check_anchor=check_anchor)


@contextmanager
def at_the_door() -> Iterator[None]:
    """What a server says to somebody whom it does not let in, which it tells in words only.

    Raises:
        WrongPassword, NotStaff, ServerGone.
    """
    with in_words():
        try:
            yield
        except DBAPIError as error:
            if "password authentication failed" in str(error.orig):
                raise keys.WrongPassword("password") from error
            if "not permitted to log in" in str(error.orig):
                raise NotStaff from error
            raise


def _file(home: Home, unlocked: keys.Unlocked) -> Engine:
    """The engine of a home's file, which must be there: SQLite would make an empty one without a word."""
    if not home.database.exists() or not home.database.stat().st_size:
        raise DataMissing
    return sqlite_engine(home.database, unlocked.database_key)


def recover(home: Home, code: str, login: str, password: str, *, clock: Clock = system_clock,
            cost: KdfCost = crypto.FLOOR) -> Office:  # fmt: skip
    """Gives a user whose password is lost a new one, by the code of the recovery sheet, and signs them in.

    Raises:
        WaitFirst, WrongRecoveryCode, WrongPassword (no such user), WeakPassword, EasyToGuess.
        ServerRecovers: the data are not in a file.
    """
    settings = home.settings()
    if settings.server is not None:
        raise ServerRecovers
    keys.strong(password)
    if not settings.demo:
        passwords.check(password, (login, settings.centre_name))
    throttle, now = Throttle(home.tries), clock()
    throttle.check("", now)
    rekeying.finish(home)
    keystore = KeyFile(home.keys)
    try:
        by_code = keys.unlock_with_recovery(keystore.load(), code)
    except keys.WrongRecoveryCode as error:
        error.params["seconds"] = throttle.failed("", now)
        raise
    throttle.succeeded("")
    opened: list[keys.Unlocked] = []

    def with_new_keys(ring: keys.Keyring) -> keys.Keyring:
        fresh, unlocked = keys.recovered(ring, by_code, login, password, cost)
        opened.append(unlocked)
        return fresh

    keystore.update(with_new_keys)
    throttle.succeeded(login)
    office = _office(home, _file(home, opened[0]), keystore, opened[0], clock)
    with _closed_on_failure(office.store.engine), office.store.writing(office.actor) as (tx, _outcome):
        tx.steps.append(Step("session.recover", "recovery"))
    return office


def change_password(office: Office, old: str, new: str, *, cost: KdfCost = crypto.FLOOR) -> None:
    """Wraps one's own private keys under a new password.

    Raises:
        WrongPassword: `old` is not the present password.
        WaitFirst: too many wrong ones; who finds an open desk shall not try them all out here.
        WeakPassword, EasyToGuess.
    """
    login, throttle, now = office.actor.login, Throttle(office.home.tries), office.store.clock()
    throttle.check(login, now)
    try:
        by = keys.unlock(office.keystore.load(), login, old)
    except keys.WrongPassword:
        throttle.failed(login, now)
        raise
    throttle.succeeded(login)
    keys.strong(new)
    settings = office.home.settings()
    if not settings.demo:
        passwords.check(new, (office.actor.name, login, settings.centre_name), "new")
    server = (lambda connection: _change_server_password(connection, login, new)) if office.store.is_postgres else None
    office.keystore.update(lambda ring: keys.with_password(ring, by, new, cost), server)
    if office.store.is_postgres:
        _reconnect(office, new)
    with office.store.writing(office.actor) as (tx, _outcome):
        tx.steps.append(Step("session.change_password", "password"))


def _reconnect(office: Office, password: str) -> None:
    """Connections that are opened later need the new password."""
    server = office.home.settings().server
    assert server is not None
    engine = postgres_engine(server, office.actor.login, password)
    office.store.close()
    office.store = Store(engine, office.store.clock)
    office.keystore = KeyTable(engine, office.actor.centre_id, office.actor.login)


def _change_server_password(connection: Connection, login: str, password: str) -> None:
    """The server gets a SCRAM verifier, never the password."""
    secret = postgres.verifier(connection, str(connection.engine.url.database), login, password)
    connection.exec_driver_sql(f"ALTER ROLE CURRENT_USER PASSWORD '{secret}'")


def leave_anchor(office: Office) -> None:
    """Notes the end of the centre's journal in the keyring, so that an older copy is noticed at the next sign-in.

    In a file the key slots of colleagues who left go with it, since a slot opens the file whatever `Staff` says; on a
    server their login is nobody's. With a slot go the keys of its owner's notes: only who left by a step that stands in
    the journal, signed by a colleague who may take it, loses the slot.
    """
    centre_id, master = office.actor.centre_id, office.unlocked.master
    with in_words(), office.store.engine.connect().execution_options(**{READ_ONLY: True}) as connection:
        head = connection.execute(select(AuditHead.seq, AuditHead.hash).where(AuditHead.centre_id == centre_id)).one()
        left = set() if office.store.is_postgres else _left(connection, office.keystore.load(), centre_id)

    def anchored(ring: keys.Keyring) -> keys.Keyring:
        ring.checked(master)  # or what somebody changed in the file would be sealed as if it were right
        known = ring.anchors.get(centre_id, (0, ""))  # another desk may have left one that is further on
        anchors = {**ring.anchors, centre_id: max(known, (head.seq, head.hash))}
        for login in [login for login, slot in ring.slots.items() if slot.staff_id in left]:
            ring = keys.without_user(ring, office.unlocked, login)
        return replace(ring, anchors=anchors).sealed(master)

    office.keystore.update(anchored)


def _left(connection: Connection, ring: keys.Keyring, centre_id: str) -> set[str]:
    """The colleagues who do not work here, as a signed entry of the journal says too."""
    from famdesk.data.checks.verify import signed

    gone = select(Staff.id).where(or_(Staff.active.is_(False), Staff.deleted_at.is_not(None)))
    without = {str(one) for one in connection.scalars(gone)} & {slot.staff_id for slot in ring.slots.values()}
    if not without:
        return set()
    table, signers = AuditEntry.__table__, ring.signers()
    entries = connection.execute(select(table).where(table.c.centre_id == centre_id, table.c.action == LEFT)).mappings()
    named: set[str] = set()
    for entry in entries:
        known = (entry["staff_id"], entry["signer"]) in signers and rights.cell(LEFT, entry["role"])
        if known and entry["hash"] == entry_hash(dict(entry)) and signed(dict(entry)):
            named |= {str(subject[1]) for subject in json.loads(entry["subjects"]) if subject[0] == "staff"}
    return without & named


def _office(
    home: Home, engine: Engine, keystore: KeyStore, unlocked: keys.Unlocked, clock: Clock, *, check_anchor: bool = True
) -> Office:
    with _closed_on_failure(engine), in_words():
        if not schema.is_current(engine):
            _migrate(home, engine, unlocked, clock())
        ring = keystore.load()
        actor = _actor(engine, unlocked, ring)
        if check_anchor:
            _check_anchor(engine, ring, actor)
    return Office(home, Store(engine, clock), actor, keystore, unlocked)


def _migrate(home: Home, engine: Engine, unlocked: keys.Unlocked, now: datetime) -> None:
    """Brings a file up to date, after a backup of how it was."""
    if home.settings().server is not None:
        raise schema.TooOld
    if schema.version(engine) is None:
        raise Corrupt
    home.backups.mkdir(exist_ok=True)
    write_backup(home, unlocked, home.backups / f"before-{schema.HEAD}-{now:%Y%m%d%H%M%S}.fdbackup", now)
    with engine.begin() as connection:
        schema.migrate(connection)


def _actor(engine: Engine, unlocked: keys.Unlocked, ring: keys.Keyring) -> Actor:
    assert unlocked.slot is not None
    with engine.connect() as connection:
        row = connection.execute(
            select(Staff.name, Staff.role, Staff.centre_id, Centre.timezone, Staff.active)
            .join(Centre, Centre.id == Staff.centre_id)
            .where(Staff.id == unlocked.slot.staff_id, Staff.deleted_at.is_(None))
        ).one_or_none()
        role = powers.as_here(connection, row.centre_id, row.role) if row is not None else ""
        agreed = escrow.accepted(connection, unlocked.slot.staff_id, ring.signers())
    if row is None or not row.active:
        raise NotStaff
    return Actor(unlocked.slot.staff_id, unlocked.slot.login, row.name, role, row.centre_id, row.timezone,
                 unlocked.pairs, station(), agreed, ring.envelope)  # fmt: skip


def _check_anchor(engine: Engine, ring: keys.Keyring, actor: Actor) -> None:
    anchor = ring.anchors.get(actor.centre_id)
    if anchor is None:
        return
    entry = select(AuditEntry.hash).where(AuditEntry.centre_id == actor.centre_id, AuditEntry.seq == anchor[0])
    with engine.connect() as connection:  # not everybody reads every entry of a server
        on_server = connection.dialect.name == "postgresql"
        found = connection.execute(select(func.fd_entry_hash(anchor[0])) if on_server else entry).scalar()
    if found != anchor[1]:
        raise OldState
