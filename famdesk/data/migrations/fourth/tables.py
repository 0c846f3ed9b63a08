"""The tables of programmes in full, as they were first made."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from famdesk.data.migrations.tables import Key, add_columns, record_table, to


def create() -> list[Key]:
    """Gives the foreign keys to add."""
    return [*_initiative(), *_meeting(), *_enrolment(), *_notice(), *_after(), *_call(), *_application()]


def _flag(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.text("false"))


def _text(name: str, value: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False, server_default=sa.text(f"'{value}'"))


def _number(name: str, value: int) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False, server_default=sa.text(str(value)))


def _initiative() -> list[Key]:
    keys = add_columns(
        "initiative",
        to("requires_id", "initiative", nullable=True),
        to("copied_from_id", "initiative", nullable=True),
        _flag("template"),
        sa.Column("season", sa.Text()),
        sa.Column("season_year", sa.Integer()),
        _text("capacity_per", "cycle"),
        _text("counting", "names"),
        sa.Column("group_form", sa.Text()),
        _flag("approval"),
        _number("offer_hours", 48),
        sa.Column("enrol_until", sa.Date()),
        sa.Column("target_who", sa.Text()),
        _flag("target_of_child"),
        sa.Column("target_from", sa.Integer()),
        sa.Column("target_to", sa.Integer()),
        _flag("residents"),
        sa.Column("questions", sa.Text()),
        sa.Column("fee_cents", sa.Integer()),
        sa.Column("flyer_text", sa.Text()),
        sa.Column("contact_text", sa.Text()),
        _number("blank_rows", 5),
        _number("certificate_share", 80),
    )
    act = record_table(
        "initiative_act",
        to("initiative_id", "initiative"),
        to("act_id", "act"),
        sa.Column("position", sa.Integer(), nullable=False),
    )
    picture = record_table(
        "initiative_picture",
        to("initiative_id", "initiative"),
        sa.Column("image", sa.Text(), nullable=False),
        sa.Column("alt", sa.Text(), nullable=False),
        sa.Column("credit", sa.Text()),
    )
    return [*keys, *act, *picture]


def _meeting() -> list[Key]:
    add_columns(
        "meeting",
        sa.Column("moved_from", sa.Date()),
        sa.Column("moved_from_starts", sa.Time()),
        sa.Column("overlap_reason", sa.Text()),
        sa.Column("capacity", sa.Integer()),
        sa.Column("materials", sa.Text()),
        sa.Column("note", sa.Text()),
        _flag("child_care"),
        sa.Column("child_care_places", sa.Integer()),
        sa.Column("interpreter_language", sa.Text()),
        sa.Column("adults", sa.Integer()),
        sa.Column("children", sa.Integer()),
        sa.Column("newcomers", sa.Integer()),
    )
    return record_table(
        "meeting_party",
        to("meeting_id", "meeting"),
        sa.Column("kind", sa.Text(), nullable=False),
        to("staff_id", "staff", nullable=True),
        to("resource_id", "resource", nullable=True),
        sa.Column("name", sa.Text()),
        sa.Column("minutes", sa.Integer()),
        sa.Column("prepared", sa.Integer()),
    )


def _enrolment() -> list[Key]:
    add_columns("attendance", sa.Column("minutes", sa.Integer()))
    return add_columns(
        "enrolment",
        to("meeting_id", "meeting", nullable=True),
        to("household_id", "household", nullable=True),
        to("body_id", "body", nullable=True),
        _text("part", "participant"),
        _flag("walk_in"),
        sa.Column("asked_at", sa.String(32)),
        sa.Column("offered_until", sa.BigInteger()),
        sa.Column("picked_reason", sa.Text()),
        sa.Column("mismatch_reason", sa.Text()),
        sa.Column("answers", sa.Text()),
        sa.Column("allergies", sa.Text()),
        sa.Column("pick_up", sa.Text()),
        sa.Column("photo_release", sa.Boolean()),
    )


def _notice() -> list[Key]:
    return record_table(
        "meeting_notice",
        to("initiative_id", "initiative"),
        to("meeting_id", "meeting", nullable=True),
        to("enrolment_id", "enrolment"),
        to("person_id", "person"),
        to("contact_id", "contact_point", nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("starts", sa.BigInteger()),
        sa.Column("due", sa.BigInteger(), nullable=False, index=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text()),
        sa.Column("done_at", sa.String(32)),
        to("follow_up_id", "follow_up", nullable=True),
        to("with_id", "meeting_notice", nullable=True),
    )


def _after() -> list[Key]:
    certificate = record_table(
        "certificate",
        to("enrolment_id", "enrolment"),
        to("person_id", "person"),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("meetings", sa.Integer(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.UniqueConstraint("centre_id", "year", "number", name="uq_certificate_centre_id_year_number"),
    )
    question = record_table(
        "feedback_question",
        to("initiative_id", "initiative"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("scale", sa.Text(), nullable=False),
    )
    count = record_table(
        "feedback_count",
        to("question_id", "feedback_question"),
        to("meeting_id", "meeting", nullable=True),
        *(sa.Column(f"count{number}", sa.Integer(), nullable=False) for number in range(1, 6)),
        sa.Column("remarks", sa.Text()),
    )
    return [*certificate, *question, *count]


def _call() -> list[Key]:
    keys = add_columns(
        "call",
        sa.Column("opens", sa.BigInteger()),
        sa.Column("description", sa.Text()),
        _text("state", "open"),
        sa.Column("min_points", sa.Integer()),
        sa.Column("seats", sa.Integer()),
        to("initiative_id", "initiative", nullable=True),
    )
    document = record_table(
        "call_document",
        to("call_id", "call"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
    )
    criterion = record_table(
        "call_criterion",
        to("call_id", "call"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("max_points", sa.Integer(), nullable=False),
        sa.Column("min_points", sa.Integer()),
    )
    return [*keys, *document, *criterion]


def _application() -> list[Key]:
    application = record_table(
        "application",
        to("call_id", "call"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("received_ms", sa.BigInteger(), nullable=False),
        sa.Column("by_hand", sa.Text()),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("applicant", sa.Text(), nullable=False),
        to("body_id", "body", nullable=True),
        sa.Column("channel", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text()) for name in ("reference", "phone", "mail", "address")),
        sa.Column("requested_cents", sa.Integer()),
        sa.Column("granted_cents", sa.Integer()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("note", sa.Text()),
        sa.Column("checked_on", sa.Date()),
        sa.Column("decided_on", sa.Date()),
        sa.Column("rank", sa.Integer()),
        sa.UniqueConstraint("call_id", "number", name="uq_application_call_id_number"),
    )
    document = record_table(
        "application_document",
        to("application_id", "application"),
        to("document_id", "call_document"),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("until", sa.Date()),
        sa.Column("note", sa.Text()),
        sa.UniqueConstraint("application_id", "document_id",
                            name="uq_application_document_application_id_document_id"),
    )  # fmt: skip
    score = record_table(
        "application_score",
        to("application_id", "application"),
        to("criterion_id", "call_criterion"),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.UniqueConstraint("application_id", "criterion_id", name="uq_application_score_application_id_criterion_id"),
    )
    return [*application, *document, *score]
