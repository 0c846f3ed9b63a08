"""Revision 0004 in parts. A released revision is never edited."""
