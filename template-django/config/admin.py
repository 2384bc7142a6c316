"""The admin's site: its logins are limited as the API's are, and its pages load their scripts."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.decorators import method_decorator
from django.views.decorators.csp import csp_override

from apps.core.errors import RateLimited
from apps.core.limits import attempts
from apps.users.models import email_key


class LoginForm(AdminAuthenticationForm):
    """Counts attempts of the caller's address and of the account."""

    def clean(self) -> dict[str, Any]:
        request = cast(HttpRequest, self.request)
        try:
            attempts().hit(request.path, "address", request.META["REMOTE_ADDR"])
            attempts().hit(request.path, "account", email_key(self.cleaned_data["username"]))
        except RateLimited as error:
            message = f"Too many attempts. Try again in {error.retry_after} seconds."
            raise ValidationError(message, "rate_limited") from error
        return super().clean()


def with_page_headers[View: Callable[..., HttpResponseBase]](view: View) -> View:
    """Let pages load their own scripts, and forms say where they were sent from.

    Without a referrer a form's `Origin` is null, which the check of forged requests refuses.
    """

    @wraps(view)
    def answer(*arguments: Any, **named: Any) -> HttpResponseBase:
        response = view(*arguments, **named)
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return cast(View, csp_override(settings.ADMIN_CSP)(answer))


class Site(admin.AdminSite):
    site_title = site_header = index_title = "Administration"
    site_url = None
    login_form = LoginForm

    def admin_view[View: Callable[..., HttpResponseBase]](
        self, view: View, cacheable: bool = False
    ) -> View:
        return with_page_headers(super().admin_view(view, cacheable))

    @method_decorator(with_page_headers)
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().login(request, extra_context)
