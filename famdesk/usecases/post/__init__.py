"""What leaves the centre: the safe-contact gate, letters, mails, reminders, the print register."""
