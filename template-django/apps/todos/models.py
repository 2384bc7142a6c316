"""Todos, which tags they carry, and first answers to requests with an Idempotency-Key."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from apps.core.fields import CodePointCharField, CodePointTextField, FoldedField
from apps.core.models import Identified, Timestamped
from apps.tagging.models import Tag

TITLE_LENGTH = 200
DESCRIPTION_LENGTH = 10_000
KEY_LENGTH = 255


class TodoStatus(models.TextChoices):
    OPEN = "open", "open"
    DONE = "done", "done"


class Priority(models.IntegerChoices):
    """How priorities sort; the column holds the numbers, the API shows the labels."""

    LOW = 0, "low"
    MEDIUM = 1, "medium"
    HIGH = 2, "high"
    URGENT = 3, "urgent"


class Todo(Timestamped):
    """A todo; the folded columns are what a search reads."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DB_CASCADE, related_name="todos", db_index=False
    )
    title = CodePointCharField(max_length=TITLE_LENGTH)
    title_folded = FoldedField(source="title")
    description = CodePointTextField(max_length=DESCRIPTION_LENGTH, blank=True, default="")
    description_folded = FoldedField(source="description")
    status = models.CharField(max_length=10, choices=TodoStatus, default=TodoStatus.OPEN)
    priority = models.PositiveSmallIntegerField(choices=Priority, default=Priority.MEDIUM)
    due_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    tags = models.ManyToManyField(Tag, through="TodoTag", related_name="todos")

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = (
            models.Index(fields=["owner", "created_at", "id"], name="todo_owner_created_at"),
            models.Index(fields=["owner", "updated_at", "id"], name="todo_owner_updated_at"),
            models.Index(fields=["owner", "due_at", "id"], name="todo_owner_due_at"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(status=TodoStatus.OPEN, completed_at__isnull=True)
                | models.Q(status=TodoStatus.DONE, completed_at__isnull=False),
                name="todo_is_done_since_completed_at",
            ),
            models.CheckConstraint(
                condition=models.Q(priority__in=Priority.values), name="todo_priority_is_known"
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def tag_names(self) -> list[str]:
        return sorted(tag.name for tag in self.tags.all())

    def set_status(self, status: str) -> None:
        """Set the status; `completed_at` follows it where it changes."""
        is_done = status == TodoStatus.DONE
        if is_done != (self.completed_at is not None):
            self.completed_at = timezone.now() if is_done else None
        self.status = status


class TodoTag(models.Model):
    """A tag on a todo."""

    todo = models.ForeignKey(Todo, models.DB_CASCADE, db_index=False)
    tag = models.ForeignKey(Tag, models.DB_CASCADE)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["todo", "tag"], name="tag_is_once_on_a_todo"),
        )

    def __str__(self) -> str:
        return f"{self.tag_id} on {self.todo_id}"


class IdempotencyKey(Identified):
    """A key of a user, the digest of the body that came with it, and the answer it got."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DB_CASCADE,
        related_name="idempotency_keys",
        db_index=False,
    )
    key = CodePointCharField(max_length=KEY_LENGTH)
    fingerprint = models.CharField(max_length=64)
    expires_at = models.DateTimeField(db_index=True)
    location = models.CharField(max_length=255, default="")
    etag = models.CharField(max_length=50, default="")
    body = models.TextField(default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["user", "key"], name="key_of_user_is_unique"),
        )

    def __str__(self) -> str:
        return self.key
