"""Revision 0001 in parts. A released revision is never edited."""
