"""Compiles the translations before they are packed into the wheel."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface[Any]):
    """`translations/*/LC_MESSAGES/famdesk.po` → `.mo`; git ignores those, so they are named as artifacts."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        command = [sys.executable, "-m", "babel.messages.frontend", "compile", "-D", "famdesk", "-d", "translations"]
        subprocess.run(command, cwd=self.root, check=True)
        build_data["artifacts"].append("translations/**/*.mo")
