"""The admin: who gets in, what its lists cost, and that its changes keep the API's promises."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.conf import settings
from django.contrib import admin
from django.test import Client as Browser
from django.test import override_settings
from django.urls import reverse
from httpx2 import Client

from apps.core.admin import ReadOnlyAdmin
from apps.exports.models import Export
from apps.tagging.models import Tag
from apps.todos.models import Todo
from apps.users.models import User
from tests.api.support import PHRASE, Caller, Counter, create_todo, sign_up

EMAIL = "root@example.com"
CountQueries = Callable[[], AbstractContextManager[Counter]]


@pytest.fixture
def browser(client: Client) -> Iterator[Browser]:
    """A browser in which a superuser has logged in."""
    browser = Browser(SERVER_NAME="testserver")
    browser.force_login(User.objects.create_superuser(EMAIL, PHRASE))
    yield browser


@pytest.fixture
def caller(client: Client) -> Caller:
    return sign_up(client)


def page(name: str, *arguments: Any) -> str:
    return reverse(f"admin:{name}", args=arguments)


def form(todo: Todo, **changes: Any) -> dict[str, Any]:
    """Return what a browser sends of the form of a todo, whose tags stay."""
    rows = [{"id": row.pk, "todo": todo.id, "tag": row.tag_id} for row in todo.todotag_set.all()]
    return {
        "title": todo.title,
        "description": todo.description,
        "status": todo.status,
        "priority": todo.priority,
        "due_at_0": "",
        "due_at_1": "",
        "seen_version": todo.version,
        "todotag_set-TOTAL_FORMS": len(rows),
        "todotag_set-INITIAL_FORMS": len(rows),
        **{
            f"todotag_set-{n}-{name}": value
            for n, row in enumerate(rows)
            for name, value in row.items()
        },
        **changes,
    }


def test_a_superuser_logs_in_and_others_do_not(client: Client, caller: Caller) -> None:
    User.objects.create_superuser(EMAIL, PHRASE)
    browser = Browser()

    refused = browser.post(page("login"), {"username": caller.email, "password": PHRASE})
    taken = browser.post(page("login"), {"username": EMAIL.upper(), "password": PHRASE})

    assert refused.status_code == 200
    assert taken.headers["Location"] == page("index")
    cookie = browser.cookies["sessionid"]
    assert (cookie["path"], cookie["samesite"]) == (f"/{settings.ADMIN_PATH}", "Strict")


def test_logins_are_limited(client: Client) -> None:
    browser = Browser(REMOTE_ADDR="192.0.2.7")
    guess = {"username": EMAIL, "password": "wrong"}

    with override_settings(AUTH_RATE_LIMIT="2/minute"):
        answers = [browser.post(page("login"), guess).content.decode() for _ in range(3)]

    assert ["Too many attempts" in answer for answer in answers] == [False, False, True]


def test_pages_may_load_their_own_scripts_and_nothing_else(browser: Browser) -> None:
    for name in ("index", "login"):
        policy = browser.get(page(name), follow=True).headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe-inline" not in policy


@pytest.mark.parametrize(
    "model", [model for model in admin.site._registry if model.__module__.startswith("apps.")]
)
def test_every_page_is_shown(browser: Browser, caller: Caller, model: Any) -> None:
    caller.post("/todos", json={"title": "a", "tags": ["b"]}, headers={"Idempotency-Key": "k"})
    caller.post("/todos/exports")
    name = f"{model._meta.app_label}_{model._meta.model_name}"
    row = model.objects.first()

    assert browser.get(page(f"{name}_changelist"), {"q": "A"}).status_code == 200
    assert browser.get(page(f"{name}_change", row.pk)).status_code == 200


@pytest.mark.parametrize("model", [User, Todo, Tag, Export])
def test_a_list_costs_as_many_queries_whatever_its_length(
    client: Client, browser: Browser, count_queries: CountQueries, model: Any
) -> None:
    name = page(f"{model._meta.app_label}_{model._meta.model_name}_changelist")
    create_todo(sign_up(client), tags=["a"])
    browser.get(name)
    with count_queries() as few:
        browser.get(name)
    for number in range(5):
        owner = sign_up(client)
        create_todo(owner, tags=[f"{number}", "b"])
        owner.post("/todos/exports")

    with count_queries() as many:
        assert browser.get(name).content.count(b"field-") > 5

    assert many.count <= few.count


def test_search_folds_case(browser: Browser, caller: Caller) -> None:
    create_todo(caller, "Straße")
    create_todo(caller, "neither")

    found = browser.get(page("todos_todo_changelist"), {"q": "STRASSE"}).content.decode()

    assert "Straße" in found
    assert "neither" not in found


def test_a_changed_todo_has_another_version_and_folded_text(
    browser: Browser, caller: Caller
) -> None:
    sent = create_todo(caller, "before", tags=["home"])
    todo = Todo.objects.get()

    answer = browser.post(
        page("todos_todo_change", todo.id), form(todo, title="AFTER", status="done")
    )

    assert answer.status_code == 302
    shown = caller.get("/todos", params={"q": "after"}).json()["items"][0]
    assert (shown["title"], shown["status"], shown["tags"]) == ("AFTER", "done", ["home"])
    assert shown["completed_at"] is not None
    assert shown["version"] > sent["version"]


def test_a_change_that_has_not_seen_the_last_one_is_refused(
    browser: Browser, caller: Caller
) -> None:
    sent = create_todo(caller, "before")
    stale = form(Todo.objects.get(), title="mine")
    caller.patch(f"/todos/{sent['id']}", json={"title": "theirs"})

    answer = browser.post(page("todos_todo_change", sent["id"]), stale)

    assert "Somebody else has changed this todo" in answer.content.decode()
    assert caller.get(f"/todos/{sent['id']}").json()["title"] == "theirs"


def test_a_todo_is_added(browser: Browser, caller: Caller) -> None:
    blank = form(Todo(title="new"), owner=caller.id)

    assert browser.post(page("todos_todo_add"), blank).status_code == 302
    assert caller.get("/todos").json()["items"][0]["title"] == "new"


def test_tags_of_somebody_else_are_refused(
    client: Client, browser: Browser, caller: Caller
) -> None:
    create_todo(sign_up(client), tags=["theirs"])
    todo = Todo.objects.get(id=create_todo(caller)["id"])
    row = {
        "todotag_set-TOTAL_FORMS": 1,
        "todotag_set-0-todo": todo.id,
        "todotag_set-0-tag": Tag.objects.get().id,
    }

    answer = browser.post(page("todos_todo_change", todo.id), form(todo, **row))

    assert "not the owner" in answer.content.decode()
    assert caller.get(f"/todos/{todo.id}").json()["tags"] == []


def test_a_missing_todo_is_not_found(browser: Browser) -> None:
    for unknown in ("0190163d-8694-739b-aea5-966c26f8ad91", "nonsense"):
        answer = browser.post(page("todos_todo_change", unknown), {})
        assert answer.headers["Location"] == page("index")


def test_a_renamed_and_a_deleted_tag_change_their_todos(browser: Browser, caller: Caller) -> None:
    todo = create_todo(caller, tags=["home", "work"])
    home, work = Tag.objects.order_by("name")

    browser.post(page("tagging_tag_change", home.id), {"name": "house"})
    browser.post(page("tagging_tag_delete", work.id), {"post": "yes"})

    shown = caller.get(f"/todos/{todo['id']}").json()
    assert shown["tags"] == ["house"]
    assert shown["version"] == todo["version"] + 2


def test_tags_are_added_and_deleted_by_the_dozen(browser: Browser, caller: Caller) -> None:
    for name in ("a", "b"):
        browser.post(page("tagging_tag_add"), {"name": name, "owner": caller.id})
    chosen = [str(tag.id) for tag in Tag.objects.all()]
    assert len(chosen) == 2

    browser.post(
        page("tagging_tag_changelist"),
        {"action": "delete_selected", "_selected_action": chosen, "post": "yes"},
    )

    assert caller.get("/tags").json()["items"] == []


def test_a_deactivated_user_is_logged_out(browser: Browser, caller: Caller) -> None:
    browser.post(page("users_user_change", caller.id), {"email": caller.email})

    assert not caller.is_logged_in()
    assert caller.get("/users/me").status_code == 401


def test_another_password_ends_every_login(browser: Browser, caller: Caller) -> None:
    password = "another long pass phrase"

    browser.post(
        page("auth_user_password_change", caller.id),
        {"password1": password, "password2": password, "usable_password": "true"},
    )

    assert not caller.is_logged_in()
    assert User.objects.get(id=caller.id).check_password(password)


def test_a_user_is_added(browser: Browser, client: Client) -> None:
    password = "correct horse battery staple"
    form = {
        "email": "new@example.com",
        "usable_password": "true",
        "password1": password,
        "password2": password,
    }

    assert browser.post(page("users_user_add"), form).status_code == 302
    assert User.objects.get(email="new@example.com").check_password(password)


def test_what_only_the_service_writes_cannot_be_changed(browser: Browser) -> None:
    registered = admin.site._registry.items()
    kept = [model._meta for model, shown in registered if isinstance(shown, ReadOnlyAdmin)]
    assert {"export", "emailtoken"} <= {kind.model_name for kind in kept}
    for kind in kept:
        assert browser.get(page(f"{kind.app_label}_{kind.model_name}_add")).status_code == 403


def test_a_deleted_user_takes_their_rows_along(browser: Browser, caller: Caller) -> None:
    create_todo(caller, tags=["home"])
    caller.post("/todos/exports")

    browser.post(page("users_user_delete", caller.id), {"post": "yes"})

    assert not User.objects.filter(id=caller.id).exists()
    assert not any(model.objects.exists() for model in (Todo, Tag, Export))
