"""Makes a bare machine ready: virtual environment, locked libraries, system packages.

    python3 operations/install.py run|test

Runs before anything is installed, so it needs nothing but Python 3.11.
What is right already is left alone: a second start skips all of it.
"""

import ctypes
import hashlib
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed-lock"

# What WeasyPrint draws certificates with: file to load → Debian package.
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libfontconfig.so.1": "fontconfig",
}
# What the tests look through: commands (any of them will do) → Debian package.
TOOLS = {
    ("chromium", "chromium-browser", "google-chrome"): "chromium",
    ("msgfmt",): "gettext",
    ("pdftotext",): "poppler-utils",
}
# pip's options that uv must be told too, because it does not read pip's configuration.
UV_NAMES = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "no-index": "UV_NO_INDEX",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
}


def main() -> None:
    purpose = sys.argv[1] if len(sys.argv) == 2 else ""
    if purpose not in ("run", "test"):
        sys.exit(__doc__)
    make_environment()
    # Who runs the tests here keeps the tools when she then runs the site.
    has_tools = STAMP.exists() and STAMP.read_text().startswith("dev ")
    install_libraries("dev" if purpose == "test" or has_tools else "run")
    install_packages(missing_libraries(), needed_for="certificates", must=False)
    if purpose == "test":
        install_packages(missing_tools(), needed_for="the tests", must=os.environ.get("CI") == "true")


def make_environment() -> None:
    if PYTHON.exists():
        return
    say("Making the virtual environment …")
    made = create_venv()
    if made.returncode and "ensurepip" in made.stdout + made.stderr:
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        shutil.rmtree(VENV, ignore_errors=True)
        install_packages([package], needed_for="virtual environments", must=True)
        made = create_venv()
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        stop(f"the virtual environment could not be made:\n{made.stdout}{made.stderr}")


def create_venv() -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False
    )


def install_libraries(which: str) -> None:
    lock = ROOT / "requirements" / f"{which}.txt"
    stamp = f"{which} {hashlib.sha256(lock.read_bytes()).hexdigest()}"
    if STAMP.exists() and STAMP.read_text() == stamp:
        return
    say(f"Installing the libraries of requirements/{which}.txt …")
    if not (VENV / "bin" / "uv").exists():
        run_or_stop([str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv"])
    # Compiled now: else the first start would do it, and every start where the folder is read-only.
    command = [
        str(VENV / "bin" / "uv"),
        "pip",
        "sync",
        "--quiet",
        "--compile-bytecode",
        "--require-hashes",
        str(lock),
    ]
    run_or_stop(command, {**os.environ, **pip_choices(), "VIRTUAL_ENV": str(VENV)})
    STAMP.write_text(stamp)


def pip_choices() -> dict[str, str]:
    """Where pip was told to look, in the words of uv; what uv was told itself wins."""
    listed = subprocess.run(
        [str(PYTHON), "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    ).stdout
    choices: dict[str, str] = {}
    for name, value in re.findall(r"^[\w:]+\.([\w-]+)='(.*)'$", listed, re.MULTILINE):
        if name in UV_NAMES:
            choices[UV_NAMES[name]] = " ".join(value.replace("\\n", " ").split())
    if "UV_FIND_LINKS" in choices:
        choices["UV_FIND_LINKS"] = choices["UV_FIND_LINKS"].replace(" ", ",")
    if "UV_INDEX" in choices:
        choices["UV_INDEX_STRATEGY"] = "unsafe-best-match"  # as pip chooses; the hashes still decide
    return {name: value for name, value in choices.items() if name not in os.environ}


def missing_libraries() -> list[str]:
    return [package for file, package in LIBRARIES.items() if not loads(file)]


def missing_tools() -> list[str]:
    return [package for commands, package in TOOLS.items() if not any(map(shutil.which, commands))]


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_packages(packages: list[str], *, needed_for: str, must: bool) -> None:
    """As root on Debian or Ubuntu; anybody else is told the exact command."""
    if not packages:
        return
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if shutil.which("apt-get") and os.geteuid() == 0:
        say(f"Installing {', '.join(packages)} …")
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "--quiet=2"], env=quiet, check=False)
        done = subprocess.run(command, env=quiet, check=False, capture_output=True, text=True)
        if done.returncode == 0:
            return
        say(done.stdout + done.stderr)
    wanted = f"{needed_for} need {', '.join(packages)}. Install with:\n\n    sudo {shlex.join(command)}\n"
    if must:
        stop(wanted)
    say(f"Note: {wanted}")


def run_or_stop(command: list[str], environment: dict[str, str] | None = None) -> None:
    if subprocess.run(command, env=environment, check=False).returncode:
        stop(f"this did not work: {shlex.join(command)}")


def say(line: str) -> None:
    print(line, flush=True)


def stop(why: str) -> NoReturn:
    sys.exit(f"StepIn cannot be installed: {why}")


if __name__ == "__main__":
    main()
