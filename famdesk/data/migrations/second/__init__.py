"""Revision 0002 in parts. A released revision is never edited."""
