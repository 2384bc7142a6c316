from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from apps.core.admin import ReadOnlyAdmin
from apps.todos.fields import MAXIMUM_TAGS
from apps.todos.models import IdempotencyKey, Todo, TodoTag


class TodoForm(forms.ModelForm[Todo]):
    """Refuses what was written while somebody else changed the todo."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Todo
        fields = ("owner", "title", "description", "status", "priority", "due_at")

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.initial["seen_version"] = self.instance.version

    def clean_seen_version(self) -> int:
        seen: int | None = self.cleaned_data["seen_version"]
        if seen != self.instance.version:
            raise forms.ValidationError("Somebody else has changed this todo; open it again.")
        return seen


class TodoTagFormSet(forms.BaseInlineFormSet[TodoTag, Todo, forms.ModelForm[TodoTag]]):
    """Refuses tags of somebody else."""

    def clean(self) -> None:
        super().clean()
        for form in self.forms:
            tag = form.cleaned_data.get("tag")
            if tag is not None and tag.owner_id != self.instance.owner_id:
                form.add_error("tag", "This tag is not the owner's.")


class TodoTagInline(admin.TabularInline[TodoTag, Todo]):
    model = TodoTag
    formset = TodoTagFormSet
    autocomplete_fields = ("tag",)
    extra = 1
    max_num = MAXIMUM_TAGS
    verbose_name = "tag"


@admin.register(Todo)
class TodoAdmin(admin.ModelAdmin[Todo]):
    form = TodoForm
    inlines = (TodoTagInline,)
    list_display = ("title", "owner", "status", "priority", "due_at", "shown_tags", "updated_at")
    list_filter = ("status", "priority")
    list_select_related = ("owner",)
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("title_folded", "description_folded", "owner__email_key")
    autocomplete_fields = ("owner",)
    readonly_fields = ("created_at", "updated_at", "completed_at", "version")

    @admin.display(description="tags")
    def shown_tags(self, todo: Todo) -> str:
        return ", ".join(todo.tag_names)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Todo]:
        return super().get_queryset(request).prefetch_related("tags")

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Todo | None:
        """Find a todo, and lock it where it is about to be changed."""
        todo = super().get_object(request, object_id, from_field)
        if todo is None or request.method != "POST":
            return todo
        return Todo.objects.select_for_update().filter(id=todo.id).first()

    def get_readonly_fields(self, request: HttpRequest, obj: Todo | None = None) -> tuple[str, ...]:
        """The owner of a todo stays: its tags are theirs."""
        return ("owner", *self.readonly_fields) if obj else self.readonly_fields

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Todo], search_term: str
    ) -> tuple[QuerySet[Todo], bool]:
        return super().get_search_results(request, queryset, search_term.casefold())

    def save_model(
        self, request: HttpRequest, obj: Todo, form: forms.ModelForm[Todo], change: bool
    ) -> None:
        obj.set_status(obj.status)
        if change:
            obj.version += 1
        super().save_model(request, obj, form, change)


@admin.register(IdempotencyKey)
class IdempotencyKeyAdmin(ReadOnlyAdmin[IdempotencyKey]):
    list_display = ("key", "user", "created_at", "expires_at")
    list_select_related = ("user",)
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("key", "user__email_key")
