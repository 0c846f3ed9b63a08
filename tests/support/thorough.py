"""What takes too long for every run: `FAMDESK_THOROUGH=1 python3 dev.py test tests/sheets`."""

from __future__ import annotations

import os

THOROUGH = bool(os.environ.get("FAMDESK_THOROUGH"))
"""All texts in all fields, all languages in large print; without it some of them."""
