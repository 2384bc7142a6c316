"""The image of a project where there is no container engine: its Dockerfile under a plain folder.

Each instruction that the templates use is followed, and another one fails. Unlike an engine, the
base image is an interpreter of this machine, absolute paths stand below the folder, and
everything runs as whoever runs the verifier.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.verifier import managers
from tests.verifier.paths import interpreter
from tests.verifier.project import MAKE, PRIVATE, Project, StageError

# The image's own folders; /usr/local is the base image's.
ABSOLUTE = re.compile(r"(?<![\w.])/(?=(?:data|srv)\b)")
SYSTEM_PATH = "/usr/bin:/bin"
BUILD_SECONDS = 600


@dataclass
class Image:
    """One stage of a build, under `root`; the last one is what would be shipped."""

    root: Path
    environment: dict[str, str]
    workdir: str = "/"
    user: str = "root"
    command: list[str] = field(default_factory=list)
    health: list[str] = field(default_factory=list)

    def path(self, name: str) -> Path:
        """Return where a path of the image stands here."""
        return self.root / str(Path(self.workdir) / name).lstrip("/")

    def text(self, text: str) -> str:
        """Return the text with the image's absolute paths put below its folder."""
        return ABSOLUTE.sub(f"{self.root}/", text)

    def start(self, command: list[str], project: Project, **extra: str) -> subprocess.Popen[bytes]:
        """Start a command as the image would: in its folder, with its environment alone."""
        environment = {**self.environment, "HOME": str(self.root), **extra}
        project.write(f"$ {shlex.join(command)}\n")
        with project.log.open("a") as log:
            return subprocess.Popen(  # noqa: S603
                command,
                cwd=self.path("."),
                env={name: self.text(value) for name, value in environment.items()},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )


def build(project: Project, folder: Path) -> Image:
    """Follow the project's Dockerfile below the folder, and return the last stage.

    Raises:
        StageError: an instruction fails, or is none that is known here.
    """
    stages: dict[str, Path] = {}
    name, image = "", None
    for word, rest in instructions((project.folder / "Dockerfile").read_text()):
        if word == "FROM":
            if image:
                # Each stage is built at the same path, as scripts name their interpreter by it.
                stages[name] = image.root.rename(folder / name)
            base, _, name = rest.partition(" AS ")
            image = _from(project, base, folder / "image")
        elif image:
            _follow(project, image, stages, word, rest)
    if not image:
        raise StageError("the Dockerfile has no FROM")
    return image


def instructions(text: str) -> Iterator[tuple[str, str]]:
    """Yield each instruction's word and what follows it, continued lines joined."""
    for line in text.replace("\\\n", " ").splitlines():
        if line.strip() and not line.startswith("#"):
            word, _, rest = line.strip().partition(" ")
            yield word, rest.strip()


def _from(project: Project, base: str, root: Path) -> Image:
    version = base.removeprefix("python:").removesuffix("-slim")
    python = interpreter(version) or project.python()
    venv = [str(python), "-m", "venv", "--without-pip", str(root / "usr/local")]
    subprocess.run(venv, check=True)  # noqa: S603
    project.write(f"{base} is {python}\n")
    return Image(root, {"PATH": f"{root}/usr/local/bin:{SYSTEM_PATH}"})


def _follow(
    project: Project, image: Image, stages: Mapping[str, Path], word: str, rest: str
) -> None:
    match word:
        case "WORKDIR":
            image.workdir = rest
            image.path(".").mkdir(parents=True, exist_ok=True)
        case "ENV":
            for pair in shlex.split(rest):
                name, _, value = pair.partition("=")
                value = value.replace("$PATH", image.environment["PATH"])
                image.environment[name] = image.text(value)
        case "COPY":
            _copy(project, image, stages, rest.split())
        case "RUN":
            _run(project, image, rest)
        case "USER":
            image.user = rest
        case "CMD":
            image.command = json.loads(rest)
        case "HEALTHCHECK":
            image.health = json.loads(rest.partition("CMD ")[2])
        case "EXPOSE":
            pass
        case _:
            raise StageError(f"{word} is no instruction that the verifier knows")


def _copy(project: Project, image: Image, stages: Mapping[str, Path], words: list[str]) -> None:
    *sources, target = words
    if sources[0].startswith("--from="):
        root = stages[sources.pop(0).removeprefix("--from=")]
        found = [root / source.lstrip("/") for source in sources]
    else:
        found = [path for source in sources for path in _context(project.folder, source)]
    if not found:
        raise StageError(f"COPY {shlex.join(words)}: nothing of it is in the context")
    for path in found:
        to = image.path(target) / path.name if target.endswith("/") else image.path(target)
        if path.is_dir():
            shutil.copytree(path, to, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(path, to)


def _context(folder: Path, pattern: str) -> list[Path]:
    """Return what an instruction may copy: what `.dockerignore`, which ignores all, lets in."""
    let_in = (folder / ".dockerignore").read_text().splitlines()
    return [path for path in folder.glob(pattern) if f"!{path.name}" in let_in]


def _run(project: Project, image: Image, command: str) -> None:
    # The machine's own variables reach its package index; uv sees no interpreter of a venv.
    kept = {name: v for name, v in os.environ.items() if name not in {*PRIVATE, *MAKE}}
    python = image.path("/usr/local/bin/python").resolve()
    settings = managers.environment(project.manager, python)
    if os.geteuid():
        command = command.replace("-o 10001 -g 10001 ", "")  # Only root may give files away.
    if re.search(r"\bpip\b", command) and not image.path("/usr/local/bin/pip").exists():
        command = f"python -m ensurepip --default-pip && {command}"
    project.write(f"RUN {command}\n")
    with project.log.open("a") as log:
        ended = subprocess.run(  # noqa: S603
            ["/bin/sh", "-c", image.text(command)],
            cwd=image.path("."),
            env={**kept, **settings, **image.environment},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            timeout=BUILD_SECONDS,
            check=False,
        )
    if ended.returncode:
        raise StageError(f"RUN {command}: exit status {ended.returncode}")
