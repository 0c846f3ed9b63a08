"""Schema versions. `HEAD` is the newest: it is compared with the database's at sign-in, without importing Alembic."""

from __future__ import annotations

HEAD = "0006"
