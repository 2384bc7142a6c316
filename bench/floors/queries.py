"""What the backends ask PostgreSQL for a request, in plain SQL."""

import os

COLUMNS = (
    "id, title, description, status, priority, due_at, created_at, updated_at, completed_at,"
    " version"
)
PRIORITIES = ("low", "medium", "high", "urgent")
ALEMBIC_TABLES = ("users", "todos", "tags", "todo_tags")
TABLES = {"django": ("users_user", "todos_todo", "tagging_tag", "todos_todotag")}

_users, _todos, _tags, _todo_tags = TABLES.get(os.environ["BENCH_FRAMEWORK"], ALEMBIC_TABLES)
_NAMES = (
    f"(SELECT string_agg(g.name, chr(31)) FROM {_tags} g"  # noqa: S608
    f" JOIN {_todo_tags} tt ON tt.tag_id = g.id WHERE tt.todo_id = t.id) AS tags"
)
USER = f"SELECT * FROM {_users} WHERE id = $1 AND is_active"  # noqa: S608
LIST = (
    f"SELECT {COLUMNS}, {_NAMES} FROM {_todos} t WHERE owner_id = $1"  # noqa: S608
    " ORDER BY created_at DESC, id DESC LIMIT 21"
)
GET = f"SELECT {COLUMNS}, {_NAMES} FROM {_todos} t WHERE owner_id = $1 AND id = $2"  # noqa: S608
CREATE = (
    f"INSERT INTO {_todos} (id, owner_id, title, title_folded, description,"  # noqa: S608
    " description_folded, status, priority, version, created_at, updated_at)"
    " VALUES ($1, $2, $3, $4, '', '', 'open', 1, 1, now(), now())"
    f" RETURNING {COLUMNS}, NULL AS tags"
)
