"""What goes out by mail: letters, reminders, labels, envelopes."""
