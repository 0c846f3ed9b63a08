"""Revision 0006 in parts. A released revision is never edited."""
