"""A demo centre: a real profile with staff and families that are invented and marked as such.

What happens is laid around the present day, so that every view has something to show, whenever the demo is made.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from famdesk.data.actor import Clock, system_clock
from famdesk.data.home import Home
from famdesk.data.keys import crypto
from famdesk.data.keys.crypto import FLOOR, KdfCost
from famdesk.data.tables.calendar import Appointment
from famdesk.data.tables.directory import AccessPoint, Room
from famdesk.data.tables.intake import AccessCard, InfoContact
from famdesk.data.tables.people import ContactPoint, Household, Membership, Person
from famdesk.data.tables.programmes import Enrolment, Initiative
from famdesk.data.tables.staff import Staff
from famdesk.data.tx import Tx
from famdesk.domain.centre.profile import Profile
from famdesk.domain.intake.needs import need
from famdesk.i18n import N_
from famdesk.usecases import session
from famdesk.usecases.centre import profiles
from famdesk.usecases.consent import consent_texts
from famdesk.usecases.demo import demo_guarded, demo_life, demo_names, demo_paths, demo_things
from famdesk.usecases.demo.demo_accounts import ACCOUNTS, DEMO_LOGIN, DEMO_PASSWORD
from famdesk.usecases.office import Office
from famdesk.usecases.registry import usecase
from famdesk.usecases.staff import staff

DAYS_BACK, DAYS_AHEAD = 4, 9
ENROLLED = 12
FAMILIES = 24
"""How many there are unless somebody wants another number."""


@dataclass(frozen=True, slots=True)
class _Cast:
    """Who acts in the demo: staff by role, families as lists of persons (adults first)."""

    staff: dict[str, str]
    families: list[list[Person]]
    points: list[str]
    rooms: list[str]


def make(home: Home, profile: Profile, families: int, *, clock: Clock = system_clock, cost: KdfCost = FLOOR) -> None:
    """Makes the demo home: the centre of the profile, an account for every role, invented families.

    Raises:
        DataThere: the folder has data already.
    """
    name = profile.centre[0].name
    first = next(account for account in ACCOUNTS if account[1] == "administrator")
    new = session.NewCentre(name, demo_names.STAFF["administrator"][0], first[0], DEMO_PASSWORD, demo=True)
    office = session.create_home(home, new, crypto.new_recovery_code(), clock=clock, cost=cost)
    try:
        office.run(consent_texts.place_proposals)
        office.run(profiles.import_profile, profile)
        for login, role, _label in ACCOUNTS:
            if role != "administrator":
                _hire(office, login, role, cost)
    finally:
        office.close()
    office = session.sign_in(home, DEMO_LOGIN, DEMO_PASSWORD, clock=clock)
    try:
        office.run(fill, families)
        if families:
            demo_guarded.seal(office, home.folder)
    finally:
        office.close()
    author = session.sign_in(home, next(login for login, role, _label in ACCOUNTS if role == "psychologist"),
                             DEMO_PASSWORD, clock=clock)  # fmt: skip
    try:
        demo_paths.write(author)
        demo_guarded.write(author)
    finally:
        author.close()


def _hire(office: Office, login: str, role: str, cost: KdfCost) -> None:
    name, profession = demo_names.STAFF[role]
    colleague = office.run(staff.add_colleague, name=name, role=role, profession=profession)
    staff.give_account(office, colleague, login, DEMO_PASSWORD, cost=cost)


@usecase(N_("Invented families added"))
def fill(tx: Tx, families: int, seed: int = 7) -> None:
    """Adds invented families with their accesses, appointments and enrolments around today."""
    dice = random.Random(seed)
    points = sorted(tx.all(AccessPoint), key=lambda point: point.position)
    main = next((point for point in points if point.main), points[0] if points else None)
    rooms = _rooms(tx, main.place_id if main else None)
    people = {row.role: row.id for row in tx.all(Staff, Staff.login.is_not(None))}
    cast = _Cast(people, [_family(tx, dice) for _number in range(families)], [point.id for point in points], rooms)
    if families:
        _accesses(tx, dice, cast)
        _appointments(tx, dice, cast)
        _enrolments(tx, dice, cast)
        demo_life.add(tx, dice, cast.families)
        demo_things.add(tx)
        demo_paths.add(tx, people, cast.families)
        demo_guarded.add(tx, people)


def _rooms(tx: Tx, place_id: str | None) -> list[str]:
    if place_id is None:
        return []
    return [tx.add(Room(name=name, place_id=place_id, seats=seats)).id for name, seats in demo_names.ROOMS]


def _family(tx: Tx, dice: random.Random) -> list[Person]:
    surname, names, language, citizenship = demo_names.family(dice)
    town = dice.choice(demo_names.TOWNS)
    household = tx.add(Household(name=surname, town=town))
    members = [tx.add(_person(tx, dice, surname, name, role, language, citizenship, town)) for name, role in names]
    for person, (_name, role) in zip(members, names, strict=True):
        tx.add(Membership(household_id=household.id, person_id=person.id, role=role))
    tx.add(_phone(dice, members[0].id))
    return members


def _person(
    tx: Tx, dice: random.Random, surname: str, name: str, role: str, language: str, citizenship: str | None, town: str
) -> Person:  # fmt: skip
    years = dice.uniform(0.2, 15) if role == "child" else dice.uniform(24, 48)
    born = tx.today() - timedelta(days=int(years * 365.25))
    alias = demo_names.alias(dice) if dice.random() < 0.08 and role != "child" else None
    return Person(
        surname=None if alias else surname,
        given_name=None if alias else name,
        alias=alias,
        sex="F" if role == "mother" or name in demo_names.GIRLS else "M",
        birth_date=None if alias else born,
        language=language,
        needs_mediator=language not in {"it", "en", "fr"} and dice.random() < 0.5,
        citizenship=citizenship,
        town=town,
        privacy="none" if alias else dice.choice(("given", "given", "given", "none")),
        privacy_on=None,
        fictional=True,
        owner_staff_id=None,
    )


def _phone(dice: random.Random, person_id: str) -> ContactPoint:
    """A number of the range 0372 000…, which no subscriber has; one in six must be used with care."""
    careful = dice.random() < 0.17
    return ContactPoint(
        person_id=person_id,
        kind="phone",
        value=f"0372 000{dice.randrange(1000):03d}",
        may_leave_message=not careful,
        may_call=not careful or dice.random() < 0.5,
        safe_from=time(9) if careful else None,
        safe_to=time(12, 30) if careful else None,
    )


def _working_days(today: date) -> list[date]:
    days = [today + timedelta(days=ahead) for ahead in range(-DAYS_BACK, DAYS_AHEAD + 1)]
    return [day for day in days if day.weekday() < 5 or day == today]


def _accesses(tx: Tx, dice: random.Random, cast: _Cast) -> None:
    for day in _working_days(tx.today()):
        for at in _moments(dice, day, tx.now()):
            _access(tx, dice, cast, at)


def _moments(dice: random.Random, day: date, now: datetime) -> list[datetime]:
    """When people came on a day: on the present one in the last hours, so that there is something to see."""
    if day > now.date():
        return []
    if day < now.date():
        return sorted(datetime.combine(day, time(dice.randrange(9, 18), dice.randrange(60))) for _number in range(6))
    gaps = [dice.randrange(9, 31) for _number in range(7)]
    return [at for place in range(7) if (at := now - timedelta(minutes=sum(gaps[: place + 1]))).date() == day]


def _access(tx: Tx, dice: random.Random, cast: _Cast, at: datetime) -> None:
    code, words, answer = dice.choice(demo_names.NEEDS)
    known = need(code)
    point = dice.choice(cast.points) if cast.points else None
    operator = cast.staff[dice.choice(("reception", "social_worker", "educator"))]
    channel = dice.choice(("door", "door", "phone", "mail"))
    if dice.random() < 0.7:
        tx.add(InfoContact(at=at, channel=channel, access_point_id=point, need=code, need_text=words,
                           function=known.function if known else None, age_band=dice.choice(("0-3", "3-6", "6-11")),
                           answer=answer, operator_id=operator))  # fmt: skip
        return
    person = dice.choice(cast.families)[0]
    finished = dice.random() < 0.7
    tx.add(AccessCard(at=at, channel=channel, access_point_id=point, operator_id=operator, person_id=person.id,
                      needs=code, needs_family=words, answers=answer if finished else None,
                      outcome=dice.choice(("informed", "appointment", "taken_on")) if finished else None))  # fmt: skip


def _appointments(tx: Tx, dice: random.Random, cast: _Cast) -> None:
    for day in _working_days(tx.today()):
        for role, hour, minutes, kind, function in demo_names.DAY:
            if dice.random() < 0.75:
                starts = datetime.combine(day, time(hour)) + timedelta(minutes=dice.choice((0, 0, 30)))
                family = dice.choice(cast.families)
                tx.add(Appointment(
                    starts=starts, ends=starts + timedelta(minutes=minutes), kind=kind, function=function,
                    person_id=None if kind == "team" else family[0].id, staff_id=cast.staff[role],
                    room_id=_room(cast, role), access_point_id=cast.points[0] if cast.points else None,
                    state=_state(dice, starts, tx.now()),
                ))  # fmt: skip


def _room(cast: _Cast, role: str) -> str | None:
    """Each profession has its room, so that nobody is booked twice into one."""
    order = ("social_worker", "psychologist", "educator", "coordinator")
    return cast.rooms[order.index(role) % len(cast.rooms)] if cast.rooms and role in order else None


def _state(dice: random.Random, starts: datetime, now: datetime) -> str:
    if starts > now:
        return dice.choice(("planned", "planned", "confirmed"))
    return dice.choice(("done", "done", "done", "no_show")) if starts.date() < now.date() else "arrived"


def _enrolments(tx: Tx, dice: random.Random, cast: _Cast) -> None:
    open_ones = [found for found in tx.all(Initiative) if found.state in {"enrolling", "running", "preparation"}]
    cycle = next((found for found in open_ones if found.usual_time is not None), None)
    if cycle is None:
        return
    adults = [family[0] for family in cast.families]
    for person in dice.sample(adults, min(ENROLLED, len(adults))):
        tx.add(Enrolment(initiative_id=cycle.id, person_id=person.id, enrolled_on=tx.today()))
