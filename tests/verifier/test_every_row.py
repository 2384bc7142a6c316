"""Every row of the array as far as it can be judged without installing it."""

import subprocess
from pathlib import Path

import pytest

from tests.verifier import delivery, render, tree
from tests.verifier.array import Row, rows
from tests.verifier.paths import tool
from tests.verifier.prove import complete


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("suite")
    render.copy_suite(folder)
    (folder / "settings.yml").write_text("{}\n")
    return folder


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.name)
def test_renders_clean(
    row: Row, suite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COPIER_SETTINGS_PATH", str(suite / "settings.yml"))
    project = tmp_path / "project"
    render.render(row.answers, project, suite)
    assert tree.findings(project, complete(row.answers)) + delivery.findings(project) == []
    for command in (("check", "."), ("format", "--check", ".")):
        judged = subprocess.run(  # noqa: S603
            [tool("ruff"), *command, "--no-cache"],
            cwd=project,
            capture_output=True,
            text=True,
            check=False,
        )
        assert judged.returncode == 0, judged.stdout
