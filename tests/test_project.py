"""The house rules that no other tool checks: sizes, declared packages, locks, what travels inside the wheel."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import dev

LINES_OF_A_FILE = 500
LINES_OF_A_CLASS = 300
METHODS_OF_A_CLASS = 20
LINES_OF_A_FUNCTION = 60

PARTS_OF_QT = {"pyside6-essentials", "shiboken6"}  # of the same version as PySide6, which asks for them
ROOT = Path(dev.__file__).parent
Function = ast.FunctionDef | ast.AsyncFunctionDef


def program() -> list[Path]:
    return [ROOT / "dev.py", ROOT / "hatch_build.py", *sorted((ROOT / "famdesk").rglob("*.py"))]


def length(node: ast.AST) -> int:
    """Lines of a class or function without its docstring: explanations are not to be cut for room."""
    assert isinstance(node, ast.ClassDef | Function)
    assert node.end_lineno
    first = node.body[0]
    explained = ast.get_docstring(node) is not None
    text = (first.end_lineno or first.lineno) - first.lineno + 1 if explained else 0
    return node.end_lineno - node.lineno + 1 - text


def too_large(source: str, name: str) -> Iterator[str]:
    if len(source.splitlines()) >= LINES_OF_A_FILE:
        yield f"{name}: {len(source.splitlines())} lines"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef):
            methods = sum(isinstance(part, Function) for part in node.body)
            if length(node) >= LINES_OF_A_CLASS or methods > METHODS_OF_A_CLASS:
                yield f"{name}:{node.lineno}: class {node.name}: {length(node)} lines, {methods} methods"
        elif isinstance(node, Function) and length(node) >= LINES_OF_A_FUNCTION:
            yield f"{name}:{node.lineno}: {node.name}: {length(node)} lines"


def test_nothing_has_grown_too_large() -> None:
    files = [*program(), *sorted((ROOT / "tests").rglob("*.py"))]
    lines = [line for path in files for line in too_large(path.read_text("utf-8"), str(path.relative_to(ROOT)))]
    if lines:
        pytest.fail("too large:\n" + "\n".join(lines), pytrace=False)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("x = 1\n" * 500, "a.py: 500 lines"),
        ("def f():\n" + "    x = 1\n" * 59, "a.py:1: f: 60 lines"),
        ("class A:\n" + "    def m(self): ...\n" * 21, "a.py:1: class A: 22 lines, 21 methods"),
        ("class A:\n" + "    x = 1\n" * 299, "a.py:1: class A: 300 lines, 0 methods"),
    ],
)
def test_what_is_too_large_is_told(source: str, told: str) -> None:
    assert list(too_large(source, "a.py")) == [told]


def test_every_imported_package_is_declared() -> None:
    """A package that only comes along with another one may be gone with that one's next version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {normal(re.split(r"[\[<>=!~; ]", line)[0]) for line in project["dependencies"]}
    owners = packages_distributions()
    undeclared = set()
    for path in (ROOT / "famdesk").rglob("*.py"):
        for name in imported(ast.parse(path.read_text("utf-8"))) - sys.stdlib_module_names - {"famdesk"}:
            if not {normal(owner) for owner in owners.get(name, [name])} & (declared | PARTS_OF_QT):
                undeclared.add(f"{path.relative_to(ROOT)}: {name}")
    assert not undeclared


def imported(tree: ast.Module) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(path: Path) -> dict[str, str]:
    """Name → version; every entry has at least one hash."""
    entries = re.split(r"\n(?=[a-z0-9])", re.sub(r"^\s*#.*\n", "", path.read_text("utf-8"), flags=re.MULTILINE))
    found = {}
    for entry in entries:
        match = re.match(r"(\S+)==(\S+)", entry)
        assert match, entry
        assert "--hash=sha256:" in entry, entry
        found[match[1]] = match[2]
    return found


def test_the_locks_agree_and_hold_every_declared_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    runtime, everything = locked(dev.LOCK), locked(dev.DEV_LOCK)
    assert runtime.items() <= everything.items()
    names = {normal(re.split(r"[\[<>=!~; ]", line)[0]) for line in project["dependencies"]}
    assert names <= runtime.keys()
    extra = {normal(re.split(r"[\[<>=!~; ]", line)[0]) for line in project["optional-dependencies"]["dev"]}
    assert extra <= everything.keys()


def test_the_supported_pythons_are_said_once() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    newest = (dev.NEWEST[0], dev.NEWEST[1] + 1)
    assert project["requires-python"] == f">={dev.OLDEST[0]}.{dev.OLDEST[1]},<{newest[0]}.{newest[1]}"


def test_dev_starts_with_the_standard_library_alone() -> None:
    tree = ast.parse((ROOT / "dev.py").read_text("utf-8"))
    assert imported(tree) <= sys.stdlib_module_names


@pytest.mark.parametrize(("arguments", "status"), [([], 0), (["--help"], 0), (["nonsense"], 2)])
def test_dev_tells_its_commands(arguments: list[str], status: int) -> None:
    done = subprocess.run([sys.executable, ROOT / "dev.py", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == status
    assert all(f"dev.py {command}" in done.stdout for command in dev.COMMANDS)


def test_an_old_python_is_refused_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev.sys, "version_info", (3, 9, 2, "final", 0))
    monkeypatch.setattr(dev.shutil, "which", lambda _name: None)
    assert dev.main(["run"]) == 1
    assert capsys.readouterr().err == "dev.py: FamDesk needs Python 3.11 to 3.14; this is Python 3.9.\n"


def test_missing_system_packages_are_named_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000, raising=False)
    with pytest.raises(dev.Problem, match=r"sudo apt-get install -y --no-install-recommends libegl1 xvfb$"):
        dev.require_system(["libegl1", "xvfb"])


def test_the_environment_of_a_child_is_our_own(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONHOME"):
        monkeypatch.setenv(name, "/somewhere")
    child = dev.environment()
    assert child["PYTHONPATH"] == str(ROOT)
    assert "PYTHONDONTWRITEBYTECODE" not in child
    assert "PYTHONHOME" not in child


def test_missing_libraries_of_qt_are_told_as_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    part = tmp_path / "venv" / "lib" / "python3.11" / "site-packages" / "PySide6" / "Qt" / dev.QT_PARTS[0]
    part.parent.mkdir(parents=True)
    part.touch()
    ldd = tmp_path / "ldd"
    ldd.write_text(
        "#!/bin/sh\n"
        "echo '\tlibEGL.so.1 => not found'\n"
        "echo '\tlibc.so.6 => /lib/libc.so.6 (0x1)'\n"
        "echo '\tlibnew.so.1 => not found'\n"
    )
    ldd.chmod(0o755)
    monkeypatch.setattr(dev, "VENV", tmp_path / "venv")
    monkeypatch.setattr(dev.shutil, "which", lambda _name: str(ldd))
    assert dev.missing_libraries() == ["libegl1", "libnew.so.1"]


def test_pip_that_installs_elsewhere_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tmp_path / "pip.conf"
    config.write_text("[global]\ntarget = /elsewhere\n")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(config))
    monkeypatch.setattr(dev, "PYTHON", Path(sys.executable))
    with pytest.raises(dev.Problem, match=r"install elsewhere \(global\.target\)"):
        dev.pip_environment()
    config.write_text("[global]\nindex-url = http://localhost/simple\n")
    monkeypatch.setenv("PIP_PREFIX", "/elsewhere")
    settings = dev.pip_environment()
    assert "PIP_PREFIX" not in settings
    assert settings["PIP_USER"] == "0"


def test_translations_are_built_when_they_are_older(tmp_path: Path) -> None:
    source, built = tmp_path / "a.po", tmp_path / "a.mo"
    source.touch()
    assert not dev.is_newer(built, source)
    built.touch()
    os.utime(source, ns=(1, 1))
    assert dev.is_newer(built, source)
    os.utime(built, ns=(0, 0))
    assert not dev.is_newer(built, source)


@pytest.mark.slow
def test_the_wheel_holds_resources_and_built_translations(tmp_path: Path) -> None:
    """Built without a network: the build's own requirements are those of the environment."""
    build = [sys.executable, "-m", "uv", "build", "--wheel", "--no-build-isolation", "--offline", "-o", str(tmp_path)]
    done = subprocess.run(build, cwd=ROOT, env=dev.environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("famdesk-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    shipped = {f"famdesk/resources/{p.relative_to(ROOT / 'resources').as_posix()}" for p in resource_files()}
    assert shipped <= names
    for language in ("it", "de"):
        assert f"famdesk/translations/{language}/LC_MESSAGES/famdesk.mo" in names
    assert not [name for name in names if name.startswith(("tests/", "resources/", "translations/"))]


def resource_files() -> list[Path]:
    return [path for path in (ROOT / "resources").rglob("*") if path.is_file() and not path.name.startswith(".")]
