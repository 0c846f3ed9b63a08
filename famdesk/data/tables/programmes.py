"""Initiatives, their meetings, who is enrolled and who came; what is said and certified afterwards."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from famdesk.data.base import Record, Sourced, ref


class Initiative(Record, Sourced):
    """A cycle, group, laboratory, training or event. A cycle is a list of meetings, not a rule.

    Dates may be unknown: `season_text` keeps "dalla prossima primavera", `season` and `season_year` the season for
    sorting; `usual_weekday`, `usual_time` what is known of all meetings; `continues_id` is what it continues,
    `requires_id` what somebody must have taken part in before. `audience` is families or professionals.

    `capacity` counts places of the whole cycle or of each meeting (`capacity_per`). `counting` "heads": meetings have
    numbers, never names. `group_form`: closed, open or run by families (dates and numbers only). Whom it is for:
    `target_who` with ages `target_from`, `target_to` in months, both included, of the person or, `target_of_child`, of
    a child; `residents`: of the Ambito. `questions` are asked before enrolment, one a line (violence, pending suits).
    `offer_hours`: how long a free place is kept for who waits. `fee_cents` None: not said, 0: free. A `template` is
    no initiative yet; a copy knows what it was made from (`copied_from_id`). `certificate_share`: who was present for
    so many percent of the hours gets a certificate.
    """

    __tablename__ = "initiative"
    shared = True
    name: Mapped[str]
    alias: Mapped[str | None] = mapped_column(default=None)
    kind: Mapped[str]
    function: Mapped[str | None] = mapped_column(default=None)
    state: Mapped[str] = mapped_column(default="preparation")
    audience: Mapped[str] = mapped_column(default="families")
    target: Mapped[str | None] = mapped_column(default=None)
    topics: Mapped[str | None] = mapped_column(default=None)
    description: Mapped[str | None] = mapped_column(default=None)
    starts_on: Mapped[date | None] = mapped_column(default=None)
    season_text: Mapped[str | None] = mapped_column(default=None)
    usual_weekday: Mapped[int | None] = mapped_column(default=None)
    usual_time: Mapped[time | None] = mapped_column(default=None)
    capacity: Mapped[int | None] = mapped_column(default=None)
    place_id: Mapped[str | None] = ref("place", nullable=True)
    continues_id: Mapped[str | None] = ref("initiative", nullable=True)
    requires_id: Mapped[str | None] = ref("initiative", nullable=True)
    copied_from_id: Mapped[str | None] = ref("initiative", nullable=True)
    template: Mapped[bool] = mapped_column(default=False)
    season: Mapped[str | None] = mapped_column(default=None)
    season_year: Mapped[int | None] = mapped_column(default=None)
    capacity_per: Mapped[str] = mapped_column(default="cycle")
    counting: Mapped[str] = mapped_column(default="names")
    group_form: Mapped[str | None] = mapped_column(default=None)
    approval: Mapped[bool] = mapped_column(default=False)
    offer_hours: Mapped[int] = mapped_column(default=48)
    enrol_until: Mapped[date | None] = mapped_column(default=None)
    target_who: Mapped[str | None] = mapped_column(default=None)
    target_of_child: Mapped[bool] = mapped_column(default=False)
    target_from: Mapped[int | None] = mapped_column(default=None)
    target_to: Mapped[int | None] = mapped_column(default=None)
    residents: Mapped[bool] = mapped_column(default=False)
    questions: Mapped[str | None] = mapped_column(default=None)
    fee_cents: Mapped[int | None] = mapped_column(default=None)
    flyer_text: Mapped[str | None] = mapped_column(default=None)
    contact_text: Mapped[str | None] = mapped_column(default=None)
    blank_rows: Mapped[int] = mapped_column(default=5)
    certificate_share: Mapped[int] = mapped_column(default=80)


class InitiativeAct(Record):
    """A formal act that an initiative rests on."""

    __tablename__ = "initiative_act"
    shared = True
    initiative_id: Mapped[str] = ref("initiative")
    act_id: Mapped[str] = ref("act")
    position: Mapped[int] = mapped_column(default=0)


class InitiativePicture(Record):
    """The picture of an initiative's flyer: `image` is a PNG or JPEG file in base 64, `alt` says what it shows."""

    __tablename__ = "initiative_picture"
    shared = True
    initiative_id: Mapped[str] = ref("initiative")
    image: Mapped[str]
    alt: Mapped[str]
    credit: Mapped[str | None] = mapped_column(default=None)


class Meeting(Record, Sourced):
    """One meeting of an initiative; day, hour, length in minutes, place, leader and theme may still be to be set.

    `moved_from`, `moved_from_starts`: when it was to be before it was put off. `overlap_reason`: why it may share its
    room or people with something else. `adults`, `children`, `newcomers` are heads without names; None: not counted.
    """

    __tablename__ = "meeting"
    shared = True
    initiative_id: Mapped[str] = ref("initiative")
    number: Mapped[int]
    day: Mapped[date | None] = mapped_column(default=None, index=True)
    starts: Mapped[time | None] = mapped_column(default=None)
    minutes: Mapped[int | None] = mapped_column(default=None)
    place_id: Mapped[str | None] = ref("place", nullable=True)
    room_id: Mapped[str | None] = ref("room", nullable=True)
    leader: Mapped[str | None] = mapped_column(default=None)
    leader_staff_id: Mapped[str | None] = ref("staff", nullable=True)
    theme: Mapped[str | None] = mapped_column(default=None)
    state: Mapped[str] = mapped_column(default="planned")
    reason: Mapped[str | None] = mapped_column(default=None)
    moved_from: Mapped[date | None] = mapped_column(default=None)
    moved_from_starts: Mapped[time | None] = mapped_column(default=None)
    overlap_reason: Mapped[str | None] = mapped_column(default=None)
    capacity: Mapped[int | None] = mapped_column(default=None)
    materials: Mapped[str | None] = mapped_column(default=None)
    note: Mapped[str | None] = mapped_column(default=None)
    child_care: Mapped[bool] = mapped_column(default=False)
    child_care_places: Mapped[int | None] = mapped_column(default=None)
    interpreter_language: Mapped[str | None] = mapped_column(default=None)
    adults: Mapped[int | None] = mapped_column(default=None)
    children: Mapped[int | None] = mapped_column(default=None)
    newcomers: Mapped[int | None] = mapped_column(default=None)


class MeetingParty(Record):
    """Who else works at a meeting, or what it needs: a colleague, a resource (interpreter, projector) or a name.

    `kind` is a code of `MEETING_PARTS`; `minutes` were worked, `prepared` beside the meeting; None: not noted. Rows of
    the leader (`kind` leader) hold the leader's hours and take nobody a second time.
    """

    __tablename__ = "meeting_party"
    shared = True
    meeting_id: Mapped[str] = ref("meeting")
    kind: Mapped[str]
    staff_id: Mapped[str | None] = ref("staff", nullable=True)
    resource_id: Mapped[str | None] = ref("resource", nullable=True)
    name: Mapped[str | None] = mapped_column(default=None)
    minutes: Mapped[int | None] = mapped_column(default=None)
    prepared: Mapped[int | None] = mapped_column(default=None)


class Enrolment(Record):
    """A person's place in an initiative, or in one meeting of it (`meeting_id`). Never shared between centres.

    `part`: takes part, or is looked after meanwhile (`child_care`), which takes no place. `asked_at` (UTC, ISO text to
    the microsecond, the server's clock) orders those who wait; None: as before it was kept, by day and id.
    `offered_until`: how long a free place is kept, in local time. `picked_reason`: why somebody was taken before those
    who waited longer; `mismatch_reason`: why somebody for whom it is not meant; `answers` to the questions before.
    `body_id` is what a professional works for. `photo_release` None: not asked.
    """

    __tablename__ = "enrolment"
    initiative_id: Mapped[str] = ref("initiative")
    person_id: Mapped[str] = ref("person")
    state: Mapped[str] = mapped_column(default="enrolled")
    enrolled_on: Mapped[date]
    note: Mapped[str | None] = mapped_column(default=None)
    meeting_id: Mapped[str | None] = ref("meeting", nullable=True)
    household_id: Mapped[str | None] = ref("household", nullable=True)
    body_id: Mapped[str | None] = ref("body", nullable=True)
    part: Mapped[str] = mapped_column(default="participant")
    walk_in: Mapped[bool] = mapped_column(default=False)
    asked_at: Mapped[str | None] = mapped_column(String(32), default=None)
    offered_until: Mapped[datetime | None] = mapped_column(default=None)
    picked_reason: Mapped[str | None] = mapped_column(default=None)
    mismatch_reason: Mapped[str | None] = mapped_column(default=None)
    answers: Mapped[str | None] = mapped_column(default=None)
    allergies: Mapped[str | None] = mapped_column(default=None)
    pick_up: Mapped[str | None] = mapped_column(default=None)
    photo_release: Mapped[bool | None] = mapped_column(default=None)


class Attendance(Record):
    """Whether an enrolled person came to a meeting; `minutes` is how long, None: the whole of it."""

    __tablename__ = "attendance"
    __table_args__ = (UniqueConstraint("meeting_id", "enrolment_id"),)
    meeting_id: Mapped[str] = ref("meeting")
    enrolment_id: Mapped[str] = ref("enrolment")
    present: Mapped[bool]
    minutes: Mapped[int | None] = mapped_column(default=None)


class MeetingNotice(Record):
    """What an enrolled person is to be told of a meeting or of a place, by the channel that the safe-contact rule lets.

    `kind`: moved, cancelled, restored, offered, admitted, reminder; `meeting_id` None: of the whole initiative.
    `starts` is the time that it tells (local), of a place that is offered how long it is kept; `due`, `state`,
    `tries`, `error`, `done_at`, `follow_up_id` as of a `Reminder`. `with_id`: another one whose mail told this too.
    """

    __tablename__ = "meeting_notice"
    initiative_id: Mapped[str] = ref("initiative")
    meeting_id: Mapped[str | None] = ref("meeting", nullable=True)
    enrolment_id: Mapped[str] = ref("enrolment")
    person_id: Mapped[str] = ref("person")
    contact_id: Mapped[str | None] = ref("contact_point", nullable=True)
    kind: Mapped[str]
    channel: Mapped[str]
    starts: Mapped[datetime | None] = mapped_column(default=None)
    due: Mapped[datetime] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(default="waiting")
    tries: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(default=None)
    done_at: Mapped[str | None] = mapped_column(String(32), default=None)
    follow_up_id: Mapped[str | None] = ref("follow_up", nullable=True)
    with_id: Mapped[str | None] = ref("meeting_notice", nullable=True)


class Certificate(Record):
    """A certificate of attendance that was issued: `number` of `year` in this centre, over `minutes` of presence."""

    __tablename__ = "certificate"
    __table_args__ = (UniqueConstraint("centre_id", "year", "number"),)
    enrolment_id: Mapped[str] = ref("enrolment")
    person_id: Mapped[str] = ref("person")
    year: Mapped[int]
    number: Mapped[int]
    minutes: Mapped[int]
    meetings: Mapped[int]
    issued_on: Mapped[date]


class FeedbackQuestion(Record):
    """A question of the feedback form of an initiative; `scale` is smiley3, smiley5 or text."""

    __tablename__ = "feedback_question"
    initiative_id: Mapped[str] = ref("initiative")
    position: Mapped[int] = mapped_column(default=0)
    text: Mapped[str]
    scale: Mapped[str] = mapped_column(default="smiley3")


class FeedbackCount(Record):
    """How many sheets ticked what: `count1` is the best. `meeting_id` None: asked after the whole cycle.

    Sheets have no names, and no sheet is kept: only numbers, and remarks as they were written.
    """

    __tablename__ = "feedback_count"
    question_id: Mapped[str] = ref("feedback_question")
    meeting_id: Mapped[str | None] = ref("meeting", nullable=True)
    count1: Mapped[int] = mapped_column(default=0)
    count2: Mapped[int] = mapped_column(default=0)
    count3: Mapped[int] = mapped_column(default=0)
    count4: Mapped[int] = mapped_column(default=0)
    count5: Mapped[int] = mapped_column(default=0)
    remarks: Mapped[str | None] = mapped_column(default=None)
