"""All modules of use-cases, so that every action is registered: labels of old steps and the rights test need them."""

from __future__ import annotations

import importlib
import pkgutil
from functools import lru_cache


@lru_cache(maxsize=1)
def load() -> None:
    """Imports every module of this package and of those in it."""
    import famdesk.usecases as package

    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        importlib.import_module(module.name)
