"""Notes."""

from flask.testing import FlaskClient

from app.notes import count_notes

NOTES = "/api/v1/notes"


def test_notes_are_kept(client: FlaskClient) -> None:
    assert client.post(NOTES, json={"text": " a note "}).status_code == 201
    listed = client.get(NOTES).json
    assert listed
    assert [note["text"] for note in listed["items"]] == ["a note"]
    with client.application.app_context():
        assert count_notes() == 1


def test_empty_note_is_refused(client: FlaskClient) -> None:
    assert client.post(NOTES, json={"text": " "}).status_code == 422
