"""What speaks against a time, each as an error whose sentence tells it, and the ways out."""

from __future__ import annotations

from famdesk.domain.calendar.claims import Overlap
from famdesk.domain.errors import FamDeskError, RuleError
from famdesk.i18n import N_


class StaffTaken(Overlap):
    # Translators: {what} is the kind of appointment, such as "First interview"
    message = N_("{who} already has an appointment at {time} ({what}).")


class StaffBusy(Overlap):
    message = N_("{who} is already busy at {time}.")


class StaffAbsent(Overlap):
    message = N_("{who} is absent from {time} to {until}.")


class StaffAway(Overlap):
    # Translators: {time} and {until} are moments such as "Thu 13 Feb, 17:00"
    message = N_("{who} is absent from {time} until {until}.")


class StaffLeads(Overlap):
    # Translators: {what} is the name of an initiative and the number of the meeting
    message = N_("{who} already leads a meeting at {time} ({what}).")


class StaffMeets(Overlap):
    # Translators: as before, of somebody who works there while another one leads it
    message = N_("{who} already works at a meeting at {time} ({what}).")


class StaffOnTheWay(Overlap):
    # Translators: a colleague travels to or from a home visit; {what} the kind of appointment
    message = N_("{who} is on the way between {time} and {until} ({what}).")


class RoomTaken(Overlap):
    # Translators: {who} is the name of a room, {what} the kind of appointment or the name of an initiative
    message = N_("{who} is already taken at {time} ({what}).")


class RoomBusy(Overlap):
    # Translators: {who} is the name of a room
    message = N_("{who} is already taken at {time}.")


class ResourceTaken(Overlap):
    """A mediator, a vehicle, a piece of equipment cannot be in two places: no reason makes it possible."""

    allowed = False
    # Translators: {who} is a mediator, a vehicle or a piece of equipment
    message = N_("{who} is already booked at {time} and cannot be in two places.")


class PersonTaken(Overlap):
    hint = True
    # Translators: {who} is a person who is received, {what} the kind of appointment
    message = N_("{who} already has another appointment at {time} ({what}).")


class FamilyTaken(Overlap):
    hint = True
    # Translators: {who} is somebody of the same household, {what} the kind of appointment
    message = N_("{who}, of the same family, has an appointment at {time} ({what}).")


class FamilySameDay(Overlap):
    hint = True
    # Translators: {who} is somebody of the same household, {what} the kind of appointment
    message = N_("{who}, of the same family, comes the same day at {time} ({what}).")


class ClosedThen(RuleError):
    message = N_("{who} is closed at {time}.")


class ClosedThatDay(RuleError):
    # Translators: {who} is an access point, {reason} is for example the name of a holiday
    message = N_("{who} is closed on {day}: {reason}.")


class FreeThen(FamDeskError):
    """A way out: somebody else or something else is free at the wanted time."""

    # Translators: {who} is the name of a room, a colleague or a mediator
    message = N_("{who} is free at that time.")


class FreeFrom(FamDeskError):
    """A way out: who is taken is free later that day."""

    message = N_("{who} is free from {time}.")


class FreeOn(FamDeskError):
    """A way out: who is taken is free on another day."""

    # Translators: {when} is a moment such as "Thu 13 Feb, 17:00"
    message = N_("{who} is free next on {when}.")
