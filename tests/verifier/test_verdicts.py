"""A kept verdict holds for exactly what was proved, and a failed row is told by the exit status."""

import json
from pathlib import Path

import pytest

from tests.verifier import __main__ as command
from tests.verifier import changed, report, verdicts
from tests.verifier.array import Row, random_row, rows
from tests.verifier.conftest import MakeProject
from tests.verifier.project import StageError
from tests.verifier.prove import Verdict, complete, prove, run_stages
from tests.verifier.services import Services

ROW = Row("default", {"framework": "fastapi"})


def test_the_key_follows_the_tree_its_modes_the_stages_and_how_thorough_they_are(
    make_project: MakeProject,
) -> None:
    folder = make_project({"a.py": "x = 1\n"}).folder
    first = verdicts.key(folder, ["tree"])
    assert verdicts.key(folder, ["tree"]) == first
    assert verdicts.key(folder, ["tree", "lint"]) != first
    assert verdicts.key(folder, ["tree"], thorough=False) != first
    (folder / "a.py").chmod(0o755)
    second = verdicts.key(folder, ["tree"])
    (folder / "a.py").write_text("x = 2\n")
    assert len({first, second, verdicts.key(folder, ["tree"])}) == 3


def test_the_key_passes_over_where_the_project_was_rendered_from(
    make_project: MakeProject,
) -> None:
    folder = make_project({"a.py": "x = 1\n"}).folder
    first = verdicts.key(folder, [])
    (folder / ".copier-answers.yml").write_text("_src_path: elsewhere\n")
    assert verdicts.key(folder, []) == first


def test_the_key_follows_the_judges() -> None:
    names = {path.name for path in verdicts.judges()}
    assert {"stages.py", "tree.py", "journey.py", "pyproject.toml"} <= names
    assert not any(name.startswith("test_") for name in names)


def test_a_verdict_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verdicts, "FOLDER", tmp_path)
    assert verdicts.load("k") is None
    verdicts.keep("k", {"tree": 1.5})
    assert verdicts.load("k") == {"tree": 1.5}


def test_a_failed_stage_ends_the_row(
    make_project: MakeProject, capsys: pytest.CaptureFixture[str]
) -> None:
    verdict = Verdict(ROW)
    project = make_project({"README.md": "{{ x }}"})
    run_stages(verdict, project, Services(), ["tree", "install"])
    assert (verdict.failed, list(verdict.seconds)) == ("tree", ["tree"])
    assert "FAILED: 1 findings" in capsys.readouterr().out


def test_a_missing_service_fails_the_row_by_name(make_project: MakeProject) -> None:
    verdict = Verdict(ROW)
    missing = Services(missing={"postgresql": "postgres is not installed"})
    run_stages(verdict, make_project({}), missing, ["migrations"])
    assert verdict.reason == "postgresql is missing: postgres is not installed"


def test_the_command_ends_with_1_where_a_row_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    failing = Verdict(ROW, {"tree": 1.0}, "tree", "why")
    monkeypatch.setattr(command, "Services", NoServices)
    monkeypatch.setattr(command, "prove", lambda *_, **__: failing)
    assert command.main(["--row", "default"]) == 1
    monkeypatch.setattr(command, "prove", lambda *_, **__: Verdict(ROW, {"tree": 1.0}))
    assert command.main(["--row", "default"]) == 0


def test_an_unknown_row_is_refused() -> None:
    with pytest.raises(SystemExit, match="no row 'nothing'"):
        command.main(["--row", "nothing"])


def test_list_prints_every_row_and_a_random_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--list"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(rows()) + 1
    assert command.main(["--list", "--json"]) == 0
    *names, drawn = json.loads(capsys.readouterr().out)
    assert names == [row.name for row in rows()]
    assert drawn.startswith("random-")


def test_a_random_row_is_listed_again_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--list", "--row", "random-7"]) == 0
    listed = capsys.readouterr().out
    assert listed == f"{report.described(random_row(7, rows()))}\n"


def test_the_table_has_a_line_a_row_and_marks_what_failed() -> None:
    lines = report.table([Verdict(ROW, {"render": 1.0, "tree": 2.0}, "tree", "why")]).splitlines()
    assert len(lines) == 2
    assert lines[1].split()[:3] == ["default", "1.0", "FAILED"]
    assert lines[1].split()[-1] == "3.0"


def test_changes_concern_the_rows_that_they_can_alter() -> None:
    every = rows()
    assert changed.rows(every, ["questions/data.yml"]) == every
    fastapi = [row for row in every if complete(row.answers)["framework"] == "fastapi"]
    assert changed.rows(every, ["template-fastapi/app/main.py"]) == fastapi
    assert changed.rows(every, ["template-none/app/main.py", "README.md"]) == []


def test_a_row_that_cannot_be_rendered_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise StageError("no")

    monkeypatch.setattr("tests.verifier.prove.render", fail)
    verdict = prove(Row("broken", {}), Services())
    assert verdict.failed == "render"


class NoServices(Services):
    """Services that are neither looked for nor started."""

    def __enter__(self) -> "NoServices":
        return self
