"""Tags: listed, created with todos, renamed, deleted."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, QuerySet
from django.utils import timezone

from apps.core.errors import Conflict, NotFound
from apps.tagging.models import Tag


def select_tags(*, owner_id: UUID) -> QuerySet[Tag]:
    """Select the owner's tags, each with its `todo_count`."""
    return Tag.objects.filter(owner_id=owner_id).annotate(todo_count=Count("todos"))


@transaction.atomic
def rename_tag(*, owner_id: UUID, name: str, new_name: str) -> Tag:
    """Rename a tag on every todo that has it, and return it with its `todo_count`.

    Raises:
        NotFound: there is no such tag.
        Conflict: the new name is taken.
    """
    tags = {tag.name: tag for tag in _lock_tags(owner_id=owner_id, names=[name, new_name])}
    tag = _found(tags.get(name))
    if new_name != name:
        if new_name in tags:
            raise Conflict("There is a tag of this name")
        tag.name = new_name
        tag.save(update_fields=["name"])
        _touch_todos(tag)
    return select_tags(owner_id=owner_id).get(id=tag.id)


@transaction.atomic
def delete_tag(*, owner_id: UUID, name: str) -> None:
    """Delete a tag and take it off every todo.

    Raises:
        NotFound: there is no such tag.
    """
    tag = _found(*_lock_tags(owner_id=owner_id, names=[name]))
    _touch_todos(tag)
    tag.delete()


def get_or_create_tags(*, owner_id: UUID, names: Collection[str]) -> list[Tag]:
    """Return the owner's tags of these names; what is new is created.

    Those that were there stay locked until the transaction ends. New names are inserted in sorted
    order, so that two transactions never wait for each other.
    """
    tags = _lock_tags(owner_id=owner_id, names=names)
    missing = sorted(set(names) - {tag.name for tag in tags})
    if missing:
        new = [Tag(owner_id=owner_id, name=name) for name in missing]
        Tag.objects.bulk_create(new, ignore_conflicts=True)
        tags = list(Tag.objects.filter(owner_id=owner_id, name__in=names))
    return tags


def _lock_tags(*, owner_id: UUID, names: Collection[str]) -> list[Tag]:
    """Lock the tags that there are, always in the order of their names."""
    tags = Tag.objects.filter(owner_id=owner_id, name__in=names)
    return list(tags.select_for_update().order_by("name"))


def _found(tag: Tag | None = None) -> Tag:
    if tag is None:
        raise NotFound("There is no such tag")
    return tag


def _touch_todos(tag: Tag) -> None:
    """Move the version of the tag's todos on.

    They are locked alone and in the order of their ids, before anything else is: two renamed tags
    of the same todos, or a todo that loses the tag, then wait and never deadlock.
    """
    tagged = tag.todos.through.objects.filter(tag=tag).values("todo_id")
    todos = tag.todos.model.objects.filter(id__in=tagged)
    list(todos.order_by("id").select_for_update().values_list("id", flat=True))
    todos.update(version=F("version") + 1, updated_at=timezone.now())
