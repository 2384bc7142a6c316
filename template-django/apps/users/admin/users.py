from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from apps.users.models import User
from apps.users.services import logins

# Superusers may do everything and nobody else gets in: there is nothing to group.
admin.site.unregister(Group)


class PasswordForm(AdminPasswordChangeForm[User]):
    """Another password ends every session of the user, as it does in the API."""

    def save(self, commit: bool = True) -> User:
        user = super().save(commit)
        logins.end_all(user=user)
        return user


@admin.register(User)
class UserAdmin(BaseUserAdmin[User]):
    change_password_form = PasswordForm
    list_display = (
        "email",
        "full_name",
        "is_active",
        "is_superuser",
        "email_verified",
        "created_at",
    )
    list_filter = ("is_active", "is_superuser", "email_verified")
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("email_key", "full_name")
    ordering = ("-id",)
    filter_horizontal = ()
    readonly_fields = ("created_at", "updated_at", "last_login")
    fieldsets = (
        (None, {"fields": ("email", "full_name", "password")}),
        ("Rights", {"fields": ("is_active", "is_superuser", "email_verified")}),
        ("Times", {"fields": ("created_at", "updated_at", "last_login")}),
    )
    add_fieldsets = (
        (None, {"fields": ("email", "full_name", "usable_password", "password1", "password2")}),
    )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[User], search_term: str
    ) -> tuple[QuerySet[User], bool]:
        return super().get_search_results(request, queryset, search_term.casefold())

    def save_model(
        self, request: HttpRequest, obj: User, form: ModelForm[User], change: bool
    ) -> None:
        """Save an account; a deactivated one is logged out for good."""
        super().save_model(request, obj, form, change)
        if not obj.is_active:
            logins.end_all(user=obj)
