import django.db.models.deletion
import django.utils.timezone
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models

import apps.core.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tagging", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Todo",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("title", apps.core.fields.CodePointCharField(max_length=200)),
                (
                    "title_folded",
                    apps.core.fields.FoldedField(default="", editable=False, source="title"),
                ),
                (
                    "description",
                    apps.core.fields.CodePointTextField(blank=True, default="", max_length=10000),
                ),
                (
                    "description_folded",
                    apps.core.fields.FoldedField(default="", editable=False, source="description"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "open"), ("done", "done")], default="open", max_length=10
                    ),
                ),
                (
                    "priority",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "low"), (1, "medium"), (2, "high"), (3, "urgent")], default=1
                    ),
                ),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("completed_at", models.DateTimeField(editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="todos",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-created_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="TodoTag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE, to="tagging.tag"
                    ),
                ),
                (
                    "todo",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        to="todos.todo",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="todo",
            name="tags",
            field=models.ManyToManyField(
                related_name="todos", through="todos.TodoTag", to="tagging.tag"
            ),
        ),
        migrations.CreateModel(
            name="IdempotencyKey",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("key", apps.core.fields.CodePointCharField(max_length=255)),
                ("fingerprint", models.CharField(max_length=64)),
                ("expires_at", models.DateTimeField(db_index=True)),
                ("location", models.CharField(default="", max_length=255)),
                ("etag", models.CharField(default="", max_length=50)),
                ("body", models.TextField(default="")),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="idempotency_keys",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("user", "key"), name="key_of_user_is_unique")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="todotag",
            constraint=models.UniqueConstraint(
                fields=("todo", "tag"), name="tag_is_once_on_a_todo"
            ),
        ),
        migrations.AddIndex(
            model_name="todo",
            index=models.Index(fields=["owner", "created_at", "id"], name="todo_owner_created_at"),
        ),
        migrations.AddIndex(
            model_name="todo",
            index=models.Index(fields=["owner", "updated_at", "id"], name="todo_owner_updated_at"),
        ),
        migrations.AddIndex(
            model_name="todo",
            index=models.Index(fields=["owner", "due_at", "id"], name="todo_owner_due_at"),
        ),
        migrations.AddConstraint(
            model_name="todo",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("completed_at__isnull", True), ("status", "open")),
                    models.Q(("completed_at__isnull", False), ("status", "done")),
                    _connector="OR",
                ),
                name="todo_is_done_since_completed_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="todo",
            constraint=models.CheckConstraint(
                condition=models.Q(("priority__in", [0, 1, 2, 3])), name="todo_priority_is_known"
            ),
        ),
    ]
