"""Intake: accesses, the waiting room, calls and follow-ups, referrals."""
