from django.contrib import admin

from apps.core.admin import ReadOnlyAdmin
from apps.users.models import EmailToken


@admin.register(EmailToken)
class EmailTokenAdmin(ReadOnlyAdmin[EmailToken]):
    list_display = ("email", "purpose", "user", "created_at", "expires_at", "used_at")
    list_filter = ("purpose",)
    list_select_related = ("user",)
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("email",)
    exclude = ("digest",)
