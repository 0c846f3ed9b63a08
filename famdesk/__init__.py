"""FamDesk: the front-office program of a family centre."""

__version__ = "0.1.0"
