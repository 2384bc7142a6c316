"""The base of views on which attempts are counted."""

from typing import Any

from rest_framework.request import Request

from apps.core.limits import attempts
from apps.core.views import OpenView
from apps.users.models import email_key


class LimitedView(OpenView):
    """Counts attempts of the caller's address; of an account by `limit_account`."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        attempts().hit(request.path, "address", request.META["REMOTE_ADDR"])

    def limit_account(self, email: str) -> None:
        """Count an attempt on the account of this address.

        Raises:
            RateLimited: there were too many.
        """
        attempts().hit(self.request.path, "account", email_key(email))
