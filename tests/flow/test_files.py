"""docs/files.md: current, so that no choice changes a file that the page does not name."""

import pytest

from schema import files


def test_the_page_is_current() -> None:
    assert files.FILE.read_text("utf-8") == files.text(), "run make schema"


@pytest.mark.parametrize(
    ("new", "paths"),
    [
        ({"README.md": b"1", "app/main.py": b"1", "app/tasks/mail.py": b"1"}, []),
        ({"README.md": b"2", "app/main.py": b"1", "app/tasks/mail.py": b"1"}, ["README.md"]),
        ({"README.md": b"1", "app/main.py": b"1"}, ["app/tasks/"]),
        ({"README.md": b"1"}, ["app/"]),
        (
            {
                "README.md": b"1",
                "app/main.py": b"1",
                "app/tasks/mail.py": b"1",
                "app/tasks/exports.py": b"1",
            },
            ["app/tasks/exports.py"],
        ),
    ],
)
def test_what_changes_is_named_and_a_whole_folder_by_its_name(
    new: dict[str, bytes], paths: list[str]
) -> None:
    old = {"README.md": b"1", "app/main.py": b"1", "app/tasks/mail.py": b"1"}
    assert files.changed(old, new) == files.changed(new, old) == paths
