"""Rules of the first access: the card, needs, the waiting room, referrals."""
