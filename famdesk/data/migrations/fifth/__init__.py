"""Revision 0005 in parts. A released revision is never edited."""
