"""Addresses to which a text leads when the sheet is read on a screen: a telephone number, mail, a page of the web."""

from __future__ import annotations

import re

_NUMBER = r"[+(]?\d[\d\s().\u00a0/–-]{3,}\d"
_MAIL = r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+"
_WEB = r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?:[/?#]\S*)?"


def telephone(text: str) -> str:
    """The address of a number (RFC 3966), "" if the text is more or less than one number."""
    shown = _plain(text)
    if not re.fullmatch(_NUMBER, shown):
        return ""
    return "tel:" + ("+" if shown.startswith("+") else "") + "".join(re.findall(r"\d", shown))


def mail(text: str) -> str:
    """The address of a mailbox (RFC 6068), "" if the text is none."""
    return f"mailto:{_plain(text)}" if re.fullmatch(_MAIL, _plain(text)) else ""


def web(text: str) -> str:
    """The address of a page, "" if the text is none."""
    shown = _plain(text)
    if not re.fullmatch(_WEB, shown, re.ASCII):
        return ""
    return shown if "://" in shown else f"https://{shown}"


def _plain(text: str) -> str:
    """Without the marks that keep it in one piece beside words from right to left."""
    return "".join(character for character in text if character not in "\u2066\u2067\u2068\u2069").strip()
