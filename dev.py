#!/usr/bin/env python3
"""Run, check and maintain FamDesk from a checkout, with nothing but Python 3.11 or newer and the package index.

  python3 dev.py run [ARGS]         open the demo centre; with ARGS any command of famdesk ("run open --json")
  python3 dev.py test               every check and every test, as the continuous integration does
  python3 dev.py test everyday      one in three, without slow tests, the database server and real windows
  python3 dev.py test PYTEST-ARGS   just these tests, for example: test tests/i18n -k week
  python3 dev.py lint               style, types, layers
  python3 dev.py coverage           all tests, then the share of lines and branches they reach
  python3 dev.py coverage domain    what the tests without window and server reach of the rules; "usecases" likewise
  python3 dev.py messages           collect the visible text into translations/ and list what is not translated
  python3 dev.py bench [ARGS]       the time budgets
  python3 dev.py shots [ARGS]       make the screenshots of the README again
  python3 dev.py lock [ARGS]        resolve the lock files again for Linux, Windows and macOS

The packages live in .venv, installed from the lock files by hash, and are touched again only when a lock changes.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "famdesk-installed.txt"
LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"  # holds everything of LOCK in the same versions

OLDEST, NEWEST = (3, 11), (3, 14)
GLIBC = (2, 34)  # of the Qt wheels for Linux
MEASURED = {"domain": ["tests/domain", "tests/exchange"], "usecases": ["tests/domain", "tests/usecases"], "all": []}
EVERYDAY = "not slow and not postgres and not window and not seldom"
MEMORY_NEEDED = 4 << 30  # for the homes and databases that tests make, if they are to be in memory

# What Qt's wheels expect from a Linux system: library → Debian package.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libgl1",
    "libOpenGL.so.0": "libopengl0",
    "libbrotlicommon.so.1": "libbrotli1",
    "libbrotlidec.so.1": "libbrotli1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libcups.so.2": "libcups2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
QT_PARTS = (
    "plugins/platforms/libqxcb.so",
    "plugins/platforms/libqoffscreen.so",
    "plugins/printsupport/libcupsprintersupport.so",
    "lib/libQt6PdfWidgets.so.6",
    "lib/libQt6PrintSupport.so.6",
    "lib/libQt6SvgWidgets.so.6",
    "lib/libQt6Network.so.6",
)
# Programs of the full test run: file or command → Debian package.
TEST_TOOLS = {
    "/usr/lib/postgresql/*/bin/initdb": "postgresql",
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "scrot": "scrot",
    "pdftoppm": "poppler-utils",
    "dbus-run-session": "dbus-daemon",
    "/usr/libexec/at-spi-bus-launcher": "at-spi2-core",
    "/usr/lib/python3/dist-packages/pyatspi": "python3-pyatspi",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf": "fonts-dejavu-core",
    "/usr/share/unicode/BidiCharacterTest.txt": "unicode-data",
}


class Problem(Exception):
    """What stands in the way, in a sentence for the person who typed the command."""


def main(arguments: list[str]) -> int:
    """Carry out one command of the list above; the exit status of what it ran."""
    command, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    if command not in COMMANDS:
        print(__doc__)
        return 0 if command in ("help", "-h", "--help") else 2
    try:
        require_python()
        return COMMANDS[command](rest)
    except Problem as problem:
        print(f"dev.py: {problem}", file=sys.stderr)
    except PermissionError as error:
        print(f"dev.py: {error.filename} cannot be written. Is this folder yours?", file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    return 1


# ---------------------------------------------------------------------------------------------------- commands


def run(arguments: list[str]) -> int:
    """The program itself, in place of this process where the system can do that."""
    prepare(dev=False)
    if not arguments or arguments[0].startswith("-"):
        arguments = ["demo", *arguments]
    command = [str(PYTHON), "-P", "-m", "famdesk", *arguments]
    sys.stdout.flush()
    if os.name != "nt":
        os.execve(command[0], command, environment())  # noqa: S606
    return subprocess.call(command, env=environment())


def test(arguments: list[str]) -> int:
    """All checks and tests, the everyday subset, or exactly what pytest is told."""
    scope = arguments[0] if arguments[:1] in (["all"], ["everyday"]) else "" if arguments else "all"
    prepare(dev=True)
    if not scope:
        return python("-m", "pytest", *arguments)
    spread = ["--dist", "worksteal"]  # each worker has whole modules, with what they share, until one has none left
    options = ["-n", "auto", *spread, *arguments[1:]]
    if scope == "everyday":
        workers = (os.cpu_count() or 2) * 3 // 2  # more than cores: tests of the window also wait
        options = ["-n", str(workers), *spread, "-m", EVERYDAY, "--hypothesis-profile=everyday", *arguments[1:]]
    else:
        require_system(missing_tools())
    failed = check_code()
    with temporary_folder() as variables:
        status = python("-m", "pytest", *options, **variables)
    if failed:
        print(f"Failed before the tests: {', '.join(failed)}", file=sys.stderr)
    return status or len(failed)


def lint(arguments: list[str]) -> int:
    """Style, types and layers."""
    prepare(dev=True)
    return len(check_code())


def coverage(arguments: list[str]) -> int:
    """Rules and use-cases are to be reached in full, the rest to nine tenths; of one part only, by its own tests."""
    part, options = (arguments[0], arguments[1:]) if arguments[:1] and arguments[0] in MEASURED else ("all", arguments)
    prepare(dev=True)
    if part != "all":
        cheap = ["-m", "not postgres and not window", "--cov=famdesk", "--cov-report="]
        status = python("-m", "pytest", "--quiet", *MEASURED[part], *cheap, *options)
        return status | python("-m", "coverage", "report", f"--include=famdesk/{part}/*", "--fail-under=100")
    require_system(missing_tools())
    status = python("-m", "pytest", "-n", "auto", "--cov", "--cov-report=", *options)
    status |= python("-m", "coverage", "report", "--fail-under=90")
    core = "--include=famdesk/domain/*,famdesk/usecases/*"
    return status | python("-m", "coverage", "report", core, "--fail-under=100")


def messages(arguments: list[str]) -> int:
    """Collect the visible text, bring the catalogues up to date, list what is missing."""
    prepare(dev=True)
    status = python("-m", "tests.support.catalogues", *arguments)
    compile_catalogues()
    return status


def bench(arguments: list[str]) -> int:
    """The time budgets, as ratios measured in one run."""
    prepare(dev=True)
    return python("-m", "tests.benchmarks", *arguments)


def shots(arguments: list[str]) -> int:
    """The pictures of the README."""
    prepare(dev=True)
    require_system(missing_tools())
    return python("-m", "tests.shots", *arguments)


def lock(arguments: list[str]) -> int:
    """Both lock files, once for all systems, wheels only; `--upgrade` takes the newest versions."""
    prepare(dev=True)
    os.chdir(ROOT)
    command = ["-m", "uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--only-binary", ":all:"]
    command += ["--python-version", ".".join(map(str, OLDEST)), "--custom-compile-command", "python3 dev.py lock"]
    status = python(*command, *arguments, "pyproject.toml", "-o", LOCK.name)
    dev = ["--extra", "dev", "-c", LOCK.name]
    return status or python(*command, *arguments, *dev, "pyproject.toml", "-o", DEV_LOCK.name)


COMMANDS = {
    "run": run,
    "test": test,
    "lint": lint,
    "coverage": coverage,
    "messages": messages,
    "bench": bench,
    "shots": shots,
    "lock": lock,
}


def check_code() -> list[str]:
    """Run every check of the code, all at the same time; the names of those that failed."""
    os.chdir(ROOT)
    checks = {
        "ruff": ["-m", "ruff", "check", "--quiet"],
        "format": ["-m", "ruff", "format", "--check", "--quiet"],
        "types": ["-m", "mypy"],
        "types on Windows": ["-m", "mypy", "--platform", "win32", "--cache-dir", ".mypy_cache/win32", "famdesk"],
        "layers": ["-c", "import importlinter.cli as cli; cli.lint_imports_command()", "--no-logo"],
    }
    running = {
        name: subprocess.Popen([str(PYTHON), *command], cwd=ROOT, env=environment(), stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT)
        for name, command in checks.items()
    }  # fmt: skip
    failed = []
    for name, process in running.items():
        print(f"== {name}", flush=True)
        said, _ = process.communicate()
        sys.stdout.buffer.write(said)
        sys.stdout.flush()
        if process.returncode:
            failed.append(name)
    return failed


# ------------------------------------------------------------------------------------------- the environment


def python(*arguments: str, **variables: str) -> int:
    """Run the environment's Python in the checkout and return its exit status."""
    return subprocess.call([str(PYTHON), *arguments], cwd=ROOT, env=environment() | variables)


@contextmanager
def temporary_folder() -> Iterator[dict[str, str]]:
    """The variables that send temporary files into memory, where no test waits for a disk; removed at the end."""
    memory = Path("/dev/shm")  # noqa: S108 - a file system in memory, used with a folder of our own
    if not memory.is_dir() or shutil.disk_usage(memory).free < MEMORY_NEEDED:
        yield {}
        return
    folder = tempfile.mkdtemp(prefix="famdesk-test-", dir=memory)
    os.chmod(folder, 0o711)  # noqa: S103 - another user, the tests' database server, has a folder of its own in there
    try:
        yield {"TMPDIR": folder}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def environment() -> dict[str, str]:
    """This process's variables without those that would send Python elsewhere or make every start slow."""
    kept = {k: v for k, v in os.environ.items() if k not in ("PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONPATH")}
    return kept | {"PYTHONPATH": str(ROOT)}


def require_python() -> None:
    """Go on with a Python that the packages are made for, or say that there is none."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        other = shutil.which(f"python3.{minor}")
        if other:
            raise SystemExit(subprocess.call([other, *sys.argv]))
    here = ".".join(map(str, sys.version_info[:2]))
    raise Problem(f"FamDesk needs Python 3.{OLDEST[1]} to 3.{NEWEST[1]}; this is Python {here}.")


def prepare(dev: bool) -> None:
    """Make the environment fit the lock file and build what is not committed; next to nothing when it already does."""
    wanted = DEV_LOCK if dev else LOCK
    stamp = set(STAMP.read_text(encoding="utf-8").split()) if STAMP.is_file() and PYTHON.exists() else set()
    done = set(stamp)
    if digest(wanted) not in stamp:
        install(wanted)
        done = {digest(LOCK), digest(wanted)}
        write_stamp(done)
    if "libraries" not in done and require_system(missing_libraries(), needed=dev):
        write_stamp(done | {"libraries"})
    compile_catalogues()


def write_stamp(done: set[str]) -> None:
    """Note which locks are installed and whether Qt found its libraries, so that the next start need not look."""
    STAMP.write_text("\n".join(sorted(done)) + "\n", encoding="utf-8")


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def install(wanted: Path) -> None:
    """Create .venv if needed and install a lock file into it.

    Raises:
        Problem: if Python lacks its venv module or the packages cannot be had.
    """
    require_glibc()
    if not PYTHON.exists():
        print("Making the environment in .venv (once; about 900 MB).", flush=True)
        make_venv()
    print(f"Installing the packages of {wanted.name} (about 300 MB to download).", flush=True)
    settings = pip_environment()
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-input", "--require-hashes", "--no-deps"]
    command += ["--only-binary", ":all:", "-r", str(wanted)]
    if subprocess.call(command, env=settings):
        raise Problem(
            "the packages could not be installed; pip says above why. "
            "They come from the Python package index or from the mirror that pip is configured for."
        )
    subprocess.call([str(PYTHON), "-m", "compileall", "-q", str(ROOT / "famdesk")], env=environment())


def pip_environment() -> dict[str, str]:
    """A machine's own pip settings may name a mirror, which is welcome, or another place to install to, which is not.

    Raises:
        Problem: if a configuration file names such a place: variables can be left out, files cannot.
    """
    elsewhere = ("target", "prefix", "root")
    settings = {k: v for k, v in environment().items() if k not in [f"PIP_{name.upper()}" for name in elsewhere]}
    settings |= {"PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    listing = [str(PYTHON), "-m", "pip", "config", "list"]
    told = subprocess.run(listing, env=settings, check=False, capture_output=True, text=True).stdout.splitlines()
    for name in (line.partition("=")[0] for line in told):
        if name.rpartition(".")[2] in elsewhere:
            raise Problem(f"pip is configured to install elsewhere ({name}); try: pip config unset {name}")
    return settings


def make_venv() -> None:
    """Create .venv with pip in it."""
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        require_system([f"python3.{sys.version_info[1]}-venv" if debian_python() else "python3-venv"])
    done = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)], check=False, capture_output=True, text=True
    )
    if done.returncode:
        raise Problem(f"the environment .venv could not be made: {(done.stdout + done.stderr).strip()}")


def debian_python() -> bool:
    """Whether this is the Python of the system, whose parts are Debian packages."""
    return sys.base_prefix == "/usr" and Path("/etc/debian_version").exists()


def require_glibc() -> None:
    """Say at once if the Linux system is older than the Qt wheels allow; pip would only say "no matching version"."""
    if sys.platform != "linux":
        return
    import platform

    library, version = platform.libc_ver()
    if library != "glibc" or tuple(map(int, version.split(".")[:2])) < GLIBC:
        raise Problem("this Linux has no glibc of version 2.34 or newer (Debian 12, Ubuntu 22.04), which Qt needs.")


def compile_catalogues() -> None:
    """Build the .mo files that are missing or older than their translation."""
    catalogues = list((ROOT / "translations").glob("*/LC_MESSAGES/famdesk.po"))
    if all(is_newer(po.with_suffix(".mo"), po) for po in catalogues):
        return
    command = ["-m", "babel.messages.frontend", "--quiet", "compile", "-D", "famdesk", "-d", "translations"]
    if python(*command):
        raise Problem("a translation in translations/ cannot be read; see above.")


def is_newer(built: Path, source: Path) -> bool:
    return built.is_file() and built.stat().st_mtime_ns >= source.stat().st_mtime_ns


# ------------------------------------------------------------------------------------------------ the system


def missing_libraries() -> list[str]:
    """Debian packages of the system libraries that Qt's wheels link to and do not find; unknown ones by their name."""
    ldd = shutil.which("ldd")
    qt = next(VENV.glob("lib/python3*/site-packages/PySide6/Qt"), None)
    if ldd is None or qt is None:
        return []
    parts = [str(qt / part) for part in QT_PARTS if (qt / part).is_file()]
    told = subprocess.run([ldd, *parts], check=False, capture_output=True, text=True).stdout.splitlines()
    lost = {line.split()[0] for line in told if line.rstrip().endswith("not found") and "=>" in line}
    return sorted({QT_LIBRARIES.get(name, name) for name in lost})


def missing_tools() -> list[str]:
    """Debian packages of the programs that the full test run starts and does not find."""
    if sys.platform != "linux":
        return []
    return sorted({package for tool, package in TEST_TOOLS.items() if not is_there(tool)})


def is_there(tool: str) -> bool:
    if tool.startswith("/"):
        return next(Path("/").glob(tool[1:]), None) is not None
    return shutil.which(tool) is not None


def require_system(lacking: list[str], needed: bool = True) -> bool:
    """Install Debian packages if we may; otherwise name the command, and stop if they are needed.

    `lacking` may hold names of libraries whose package is not known. The answer is whether nothing is lacking now.

    Raises:
        Problem: if something is needed and cannot be installed.
    """
    packages = [name for name in lacking if ".so" not in name]
    unknown = [name for name in lacking if ".so" in name]
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    installed = not packages or apt(command)
    if installed and not unknown:
        return True
    told = [f"the libraries {', '.join(unknown)}"] if unknown else []
    if not installed:
        told.append(f"{', '.join(packages)}. On Debian or Ubuntu: sudo {' '.join(command)}")
    text = f"this system lacks {' and '.join(told)}"
    if needed:
        raise Problem(text)
    print(f"dev.py: {text}", file=sys.stderr)
    return False


def apt(command: list[str]) -> bool:
    """Whether the packages could be installed; only root on a Debian-like system may try."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    print(f"Installing system packages: {' '.join(command[4:])}", flush=True)
    settings = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for step in (["apt-get", "update", "-qq"], [*command, "-qq"]):
        status = subprocess.call(step, env=settings, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return status == 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
