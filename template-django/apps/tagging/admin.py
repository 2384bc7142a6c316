from django.contrib import admin
from django.db.models import Count, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from apps.tagging import services
from apps.tagging.models import Tag


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin[Tag]):
    list_display = ("name", "owner", "todo_count", "created_at")
    list_select_related = ("owner",)
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("name", "owner__email_key")
    autocomplete_fields = ("owner",)

    @admin.display(description="todos", ordering="todo_count")
    def todo_count(self, tag: Tag) -> int:
        count: int = tag.todo_count  # type: ignore[attr-defined]
        return count

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:
        return super().get_queryset(request).annotate(todo_count=Count("todos"))

    def get_readonly_fields(self, request: HttpRequest, obj: Tag | None = None) -> tuple[str, ...]:
        """The owner of a tag stays: its todos are theirs."""
        return ("owner",) if obj else ()

    def save_model(
        self, request: HttpRequest, obj: Tag, form: ModelForm[Tag], change: bool
    ) -> None:
        if change:
            services.rename_tag(owner_id=obj.owner_id, name=form.initial["name"], new_name=obj.name)
        else:
            super().save_model(request, obj, form, change)

    def delete_model(self, request: HttpRequest, obj: Tag) -> None:
        services.delete_tag(owner_id=obj.owner_id, name=obj.name)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Tag]) -> None:
        for tag in queryset:
            self.delete_model(request, tag)
