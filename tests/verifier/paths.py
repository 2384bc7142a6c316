"""Where things stand: the suite, and the folder that holds all that a run leaves behind."""

import os
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STATE = ROOT / ".trivet"


def interpreter(version: str) -> Path | None:
    """Return the newest interpreter of this version, such as 3.11: the running one, one that pyenv
    holds, or one on PATH."""
    if version == f"{sys.version_info.major}.{sys.version_info.minor}":
        return Path(getattr(sys, "_base_executable", sys.executable)).resolve()
    held = Path(os.environ.get("PYENV_ROOT", "~/.pyenv")).expanduser() / "versions"
    found = sorted(held.glob(f"{version}.*/bin/python3"), key=lambda path: _patch(path.parents[1]))
    on_path = shutil.which(f"python{version}")
    if found:
        return found[-1]
    return Path(on_path).resolve() if on_path and "shims" not in on_path else None


def tool(name: str) -> str:
    """Return the path of a program of the suite's own environment, or of one on PATH."""
    beside = Path(sys.executable).parent / name
    found = str(beside) if beside.exists() else shutil.which(name)
    if not found:
        raise FileNotFoundError(f"{name} is not installed: run make .venv")
    return found


def _patch(folder: Path) -> int:
    digits = folder.name.split(".")[-1]
    return int(digits) if digits.isdigit() else -1
