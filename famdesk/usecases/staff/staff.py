"""Colleagues and their accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from famdesk.data import server
from famdesk.data.failures import NotPossible
from famdesk.data.keys import crypto, keys
from famdesk.data.keys.keystore import KeyTable
from famdesk.data.tables.directory import Body
from famdesk.data.tables.staff import Staff
from famdesk.data.tx import Tx
from famdesk.domain.errors import Required, RuleError
from famdesk.domain.staff import passwords, rights
from famdesk.i18n import N_
from famdesk.usecases.registry import query, usecase
from famdesk.usecases.staff import notices, roles

if TYPE_CHECKING:
    from famdesk.data.keys.crypto import KdfCost
    from famdesk.usecases.office import Office


class UnknownRole(RuleError):
    message = N_("Choose a role from the list.")


class BadLogin(RuleError):
    message = N_("A user name has 2 to 30 small letters, digits, dots or hyphens.")


class HasAccount(RuleError):
    message = N_("This colleague has an account already.")


class FileRecovers(RuleError):
    message = N_("These data are in a file: whoever lost the password uses the recovery sheet at the sign-in.")


class NotYourself(RuleError):
    message = N_("Your own password is changed under Settings, Safety.")


class NoAccount(RuleError):
    message = N_("This colleague has no account yet.")


@dataclass(frozen=True, slots=True)
class ColleagueRow:
    """A colleague as lists show them. `login` None: no account. `employer` is the name of the body, or None."""

    id: str
    version: int
    name: str
    role: str
    profession: str | None
    employer: str | None
    employer_body_id: str | None
    login: str | None
    active: bool


@query
def colleagues(tx: Tx, only_active: bool = True) -> tuple[ColleagueRow, ...]:
    """The colleagues of the centre, by name."""
    statement = (
        select(Staff.id, Staff.version, Staff.name, Staff.role, Staff.profession, Body.name.label("employer"),
               Staff.employer_body_id, Staff.login, Staff.active)
        .outerjoin(Body, Body.id == Staff.employer_body_id)
        .where(Staff.centre_id == tx.centre_id, Staff.deleted_at.is_(None))
        .order_by(Staff.name)
    )  # fmt: skip
    if only_active:
        statement = statement.where(Staff.active)
    return tuple(ColleagueRow(*row) for row in tx.rows(statement))


@usecase(N_("Colleague added"))
def add_colleague(
    tx: Tx, *, name: str, role: str, profession: str | None = None, employer_body_id: str | None = None
) -> str:
    """A new colleague without an account; gives the id.

    Raises:
        Required: no name.
        UnknownRole.
    """
    if not name.strip():
        raise Required("name")
    colleague = Staff(name=name.strip(), role=_known(role), profession=profession, employer_body_id=employer_body_id)
    return tx.add(colleague).id


class HasAnAccount(RuleError):
    message = N_("This colleague has an account: end it by “Leaves…”, which asks what becomes of work, notes and keys.")


@usecase(N_("Colleague changed"))
def change_colleague(
    tx: Tx, staff_id: str, version: int, *, name: str, role: str, profession: str | None,
    employer_body_id: str | None, active: bool,
) -> None:  # fmt: skip
    """Changes a colleague's data; a colleague who is not active cannot sign in.

    Raises:
        Required, UnknownRole, Stale.
        HasAnAccount: whose access ends is said by `leaving.note_left`, with what becomes of work, notes and keys.
        LastManager: nobody would be left who manages accounts.
    """
    if not name.strip():
        raise Required("name")
    colleague = tx.get(Staff, staff_id, version)
    if colleague.login and colleague.active and not active:
        raise HasAnAccount("active")
    colleague.name, colleague.role, colleague.profession = name.strip(), _known(role), profession
    colleague.employer_body_id, colleague.active = employer_body_id, active
    roles.check_managed(tx)


@usecase(N_("Account given"))
def set_login(tx: Tx, staff_id: str, login: str) -> None:
    """Notes a colleague's user name. `give_account` also makes the keys."""
    tx.get(Staff, staff_id).login = checked_login(login)


def give_account(office: Office, staff_id: str, login: str, password: str, *, cost: KdfCost = crypto.FLOOR) -> None:
    """A way in for a colleague: a key slot, and on a server a login role. It is no step of undo.

    Raises:
        HasAccount: with a second one somebody else could act in the colleague's name.
        BadLogin, LoginTaken, WeakPassword, EasyToGuess, Forbidden.
    """
    checked_login(login)
    check_password(office, password, login, staff_id)
    slots = office.keystore.load().slots
    if login in slots:
        raise keys.LoginTaken("login")
    if any(slot.staff_id == staff_id for slot in slots.values()):
        raise HasAccount("login")
    try:
        office.run(set_login, staff_id, login)
    except NotPossible as error:  # another centre of the network has it
        raise keys.LoginTaken("login") from error

    def with_colleague(ring: keys.Keyring) -> keys.Keyring:
        return keys.with_user(ring, office.unlocked, login, staff_id, password, cost)

    try:
        if office.store.is_postgres:
            KeyTable(office.store.engine, office.actor.centre_id).update(
                with_colleague, lambda connection: server.create_login(connection, login, password)
            )
        else:
            office.keystore.update(with_colleague)
    except BaseException:
        office.undo()
        raise
    office.settle()


@usecase(N_("New password given to a colleague"), final=True)
def note_new_password(tx: Tx, staff_id: str) -> None:
    """Leaves the trace of `reset_password`, also with the colleague."""
    tx.get(Staff, staff_id)
    tx.log("password", subjects=[("staff", staff_id, "password", [])])
    notices.tell(tx, staff_id, "password_reset", ("staff", staff_id))


def reset_password(office: Office, staff_id: str, password: str, *, cost: KdfCost = crypto.FLOOR) -> None:
    """A new password for a colleague of a server who lost theirs: new key pairs, certified by who gives it. It turns
    the second step off. Who gives it can sign in with it until the colleague changes it, which is why the colleague is
    told; session notes of before do not open with it, they come back from the envelope alone.

    Raises:
        FileRecovers, NotYourself, NoAccount, WeakPassword, EasyToGuess, Forbidden.
    """
    if not office.store.is_postgres:
        raise FileRecovers
    if staff_id == office.actor.staff_id:
        raise NotYourself
    slots = office.keystore.load().slots
    login = next((name for name, slot in slots.items() if slot.staff_id == staff_id), None)
    if login is None:
        raise NoAccount
    check_password(office, password, login, staff_id)
    office.run(note_new_password, staff_id)
    KeyTable(office.store.engine, office.actor.centre_id).update(
        lambda ring: keys.recovered(ring, office.unlocked, login, password, cost)[0],
        lambda connection: server.reset_login(connection, login, password),
    )


def check_password(office: Office, password: str, login: str, staff_id: str, field: str = "password") -> None:
    """Refuses a password that is short or easy to guess for who knows the person and the centre; the passwords of a
    demo are published anyway.

    Raises:
        WeakPassword, EasyToGuess: the latter for the field `field`.
    """
    keys.strong(password)
    settings = office.home.settings()
    if not settings.demo:
        name = next((row.name for row in office.fetch(colleagues, only_active=False) if row.id == staff_id), "")
        passwords.check(password, (name, login, settings.centre_name), field)


def checked_login(login: str) -> str:
    """The user name, if it is well formed.

    Raises:
        BadLogin.
    """
    allowed = set("abcdefghijklmnopqrstuvwxyz0123456789._-")
    if not 2 <= len(login) <= 30 or not set(login) <= allowed:
        raise BadLogin("login")
    return login


def _known(role: str) -> str:
    if role not in rights.ROLES:
        raise UnknownRole("role")
    return role
