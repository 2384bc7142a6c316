"""Notes."""

from httpx2 import Client

from tests.api.support import MakeClient, is_problem, locations, sign_up


def test_notes_are_the_callers_own(client: Client) -> None:
    caller = sign_up(client)
    assert caller.post("/notes", json={"text": " a note "}).status_code == 201
    sign_up(client).post("/notes", json={"text": "another's"})
    [note] = caller.get("/notes").json()["items"]
    assert note["text"] == "a note"


def test_empty_note_is_refused(client: Client) -> None:
    assert locations(sign_up(client).post("/notes", json={"text": " "})) == {"body.text"}


def test_notes_are_limited(make_client: MakeClient) -> None:
    with make_client(NOTES_PER_USER="1") as client:
        caller = sign_up(client)
        caller.post("/notes", json={"text": "one"})
        assert is_problem(caller.post("/notes", json={"text": "two"}), 409)
