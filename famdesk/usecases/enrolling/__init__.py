"""Enrolment: places, the waiting list, and who came."""
