from django.contrib import admin

from apps.core.admin import ReadOnlyAdmin
from apps.exports.models import Export


@admin.register(Export)
class ExportAdmin(ReadOnlyAdmin[Export]):
    list_display = ("id", "owner", "status", "row_count", "created_at", "finished_at")
    list_filter = ("status",)
    list_select_related = ("owner",)
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("owner__email_key",)
