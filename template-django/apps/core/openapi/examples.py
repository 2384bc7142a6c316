"""Examples of members, by their names."""

EXAMPLES: dict[str, object] = {
    "code": "required",
    "current_password": "correct horse battery",
    "detail": "There is no such todo",
    "due_at": "2030-01-31T12:00:00Z",
    "email": "ada@example.com",
    "expires_in": 900,
    "full_name": "Ada Lovelace",
    "grant_type": "password",
    "instance": "/api/v1/todos/0190163d-8694-739b-aea5-966c26f8ad91",
    "location": "body.title",
    "message": "This field is required.",
    "new_password": "staple battery horse",
    "password": "correct horse battery",
    "request_id": "4bf92f3577b34da6a3ce929d0e0e4736",
    "tags": ["home"],
    "title": "Water the plants",
    "todo_count": 3,
    "token": "c2hvcnQtZXhhbXBsZQ",
    "username": "ada@example.com",
    "version": 1,
}
