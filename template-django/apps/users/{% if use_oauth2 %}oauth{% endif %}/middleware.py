"""What views find with a request: the providers, and the logins that its cookie holds."""

from collections.abc import Mapping
from typing import cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from apps.core.middleware import GetResponse
from apps.users.oauth.cookies import COOKIE, PATH, Logins
from apps.users.oauth.flow import Provider
from apps.users.oauth.providers import make_providers

LOGINS, PROVIDERS = "oauth.logins", "oauth.providers"


class OAuthMiddleware:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.providers = make_providers()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(PATH):
            return self.get_response(request)
        logins = Logins(request.COOKIES.get(COOKIE, ""))
        request.META |= {LOGINS: logins, PROVIDERS: self.providers}
        response = self.get_response(request)
        if logins.has_changed:
            logins.save(response)
        return response


def logins_of(request: Request) -> Logins:
    """Return what the request's cookie holds; changes go out with the answer."""
    return cast(Logins, request.META[LOGINS])


def providers_of(request: Request) -> Mapping[str, Provider]:
    """Return by name the providers with which this service has a client."""
    return cast(Mapping[str, Provider], request.META[PROVIDERS])
