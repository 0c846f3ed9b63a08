"""The tables of a centre's own work: no other centre sees them. As they were first made."""

from __future__ import annotations

import sqlalchemy as sa

from famdesk.data.migrations.tables import Key, record_table, to


def create() -> list[Key]:
    """Gives the foreign keys to add."""
    return [
        *_staff(),
        *_person(),
        *_household(),
        *_membership(),
        *_contact_point(),
        *_person_staff(),
        *_info_contact(),
        *_access_card(),
        *_card_person(),
        *_draft(),
        *_appointment(),
        *_enrolment(),
        *_attendance(),
    ]


def _staff() -> list[Key]:
    return record_table(
        "staff",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("login", sa.Text()),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("profession", sa.Text()),
        to("employer_body_id", "body", nullable=True),
        sa.Column("phone", sa.Text()),
        sa.Column("mail", sa.Text()),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_to", sa.Date()),
        sa.UniqueConstraint("login", name="uq_staff_login"),
    )


def _person() -> list[Key]:
    return record_table(
        "person",
        sa.Column("surname", sa.Text()),
        sa.Column("given_name", sa.Text()),
        sa.Column("alias", sa.Text()),
        sa.Column("sex", sa.Text()),
        sa.Column("birth_date", sa.Date(), index=True),
        sa.Column("birth_text", sa.Text()),
        sa.Column("birth_part", sa.Text()),
        sa.Column("birth_place", sa.Text()),
        sa.Column("died_on", sa.Date()),
        sa.Column("due_on", sa.Date()),
        sa.Column("tax_code", sa.Text()),
        sa.Column("language", sa.Text()),
        sa.Column("languages", sa.Text()),
        sa.Column("needs_mediator", sa.Boolean(), nullable=False),
        sa.Column("citizenship", sa.Text()),
        sa.Column("second_citizenship", sa.Text()),
        sa.Column("abode", sa.Text()),
        sa.Column("municipality", sa.Text()),
        sa.Column("town", sa.Text()),
        sa.Column("privacy", sa.Text(), nullable=False),
        sa.Column("privacy_on", sa.Date()),
        sa.Column("note", sa.Text()),
        sa.Column("fictional", sa.Boolean(), nullable=False),
        sa.Column("protected", sa.Boolean(), nullable=False),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("no_contact", sa.Boolean(), nullable=False),
        to("owner_staff_id", "staff", nullable=True),
        to("merged_into_id", "person", nullable=True),
        sa.Column("erased_on", sa.Date()),
    )


def _household() -> list[Key]:
    return record_table(
        "household",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text()),
        sa.Column("town", sa.Text()),
        sa.Column("municipality", sa.Text()),
        sa.Column("note", sa.Text()),
    )


def _membership() -> list[Key]:
    return record_table(
        "membership",
        to("household_id", "household"),
        to("person_id", "person"),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_to", sa.Date()),
        sa.Column("days", sa.Text()),
        sa.Column("note", sa.Text()),
    )


def _contact_point() -> list[Key]:
    return record_table(
        "contact_point",
        to("person_id", "person"),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False, index=True),
        sa.Column("owner", sa.Text()),
        sa.Column("may_call", sa.Boolean(), nullable=False),
        sa.Column("may_leave_message", sa.Boolean(), nullable=False),
        sa.Column("may_write", sa.Boolean(), nullable=False),
        sa.Column("safe_from", sa.Time()),
        sa.Column("safe_to", sa.Time()),
        sa.Column("neutral_name", sa.Text()),
        sa.Column("hidden", sa.Boolean(), nullable=False),
    )


def _person_staff() -> list[Key]:
    return record_table(
        "person_staff",
        to("person_id", "person"),
        to("staff_id", "staff"),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_to", sa.Date()),
    )


def _info_contact() -> list[Key]:
    return record_table(
        "info_contact",
        sa.Column("at", sa.BigInteger(), index=True, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        to("access_point_id", "access_point", nullable=True),
        sa.Column("need", sa.Text()),
        sa.Column("need_text", sa.Text()),
        sa.Column("function", sa.Text()),
        sa.Column("age_band", sa.Text()),
        sa.Column("answer", sa.Text()),
        to("operator_id", "staff"),
        to("access_card_id", "access_card", nullable=True),
    )


def _access_card() -> list[Key]:
    return record_table(
        "access_card",
        sa.Column("at", sa.BigInteger(), index=True, nullable=False),
        sa.Column("channel", sa.Text()),
        to("access_point_id", "access_point", nullable=True),
        to("operator_id", "staff"),
        sa.Column("caller_is_person", sa.Boolean(), nullable=False),
        to("caller_id", "person", nullable=True),
        sa.Column("caller_relation", sa.Text()),
        sa.Column("sent_by", sa.Text()),
        to("sent_by_body_id", "body", nullable=True),
        to("person_id", "person", nullable=True),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("informed", sa.Boolean(), nullable=False),
        sa.Column("accompanied_by", sa.Text()),
        sa.Column("reference_persons", sa.Text()),
        sa.Column("needs", sa.Text(), nullable=False),
        sa.Column("needs_family", sa.Text()),
        sa.Column("needs_operator", sa.Text()),
        sa.Column("urgency", sa.Text()),
        sa.Column("urgent_until", sa.Date()),
        sa.Column("heard", sa.Text()),
        sa.Column("interests", sa.Text(), nullable=False),
        sa.Column("answers", sa.Text()),
        sa.Column("outcome", sa.Text()),
        sa.Column("note", sa.Text()),
    )


def _card_person() -> list[Key]:
    return record_table(
        "card_person",
        to("access_card_id", "access_card"),
        to("person_id", "person"),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("relation", sa.Text()),
    )


def _draft() -> list[Key]:
    return record_table(
        "draft",
        to("staff_id", "staff"),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.UniqueConstraint("staff_id", "key", name="uq_draft_staff_id_key"),
    )


def _appointment() -> list[Key]:
    return record_table(
        "appointment",
        sa.Column("starts", sa.BigInteger(), index=True, nullable=False),
        sa.Column("ends", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("function", sa.Text()),
        sa.Column("label", sa.Text()),
        to("person_id", "person", nullable=True),
        to("staff_id", "staff", nullable=True),
        to("access_point_id", "access_point", nullable=True),
        to("room_id", "room", nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("cancelled_by", sa.Text()),
        sa.Column("reason", sa.Text()),
        sa.Column("overlap_reason", sa.Text()),
        sa.Column("mediator_language", sa.Text()),
        to("access_card_id", "access_card", nullable=True),
        sa.CheckConstraint("ends > starts", name="ends_after_start"),
    )


def _enrolment() -> list[Key]:
    return record_table(
        "enrolment",
        to("initiative_id", "initiative"),
        to("person_id", "person"),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("enrolled_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text()),
    )


def _attendance() -> list[Key]:
    return record_table(
        "attendance",
        to("meeting_id", "meeting"),
        to("enrolment_id", "enrolment"),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("meeting_id", "enrolment_id", name="uq_attendance_meeting_id_enrolment_id"),
    )
