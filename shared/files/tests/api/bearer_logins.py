"""How callers log in, and what goes along with their requests: tokens (RFC 6749, RFC 6750)."""

from dataclasses import dataclass

from httpx2 import Client, Response

LOGIN = "/api/v1/auth/token"
LOGOUT = "/api/v1/auth/revoke"
SCHEME = "Bearer"
HEADER = "Authorization"
REFUSED = 400
"""The status that wrong credentials are answered by."""
OWN_ERRORS = ("issue_token", "revoke_token")
"""Operations whose 400 is no problem, but what RFC 6749 says."""
FOR_ANYBODY: tuple[str, ...] = ()
"""Operations whose 401 is no demand for a token."""


@dataclass(frozen=True)
class Login:
    access_token: str
    refresh_token: str

    @property
    def headers(self) -> dict[str, str]:
        return bearer(self.access_token)


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


BAD_CREDENTIALS = [
    {"Authorization": credentials}
    for credentials in (
        *("Bearer", "Bearer ", "Bearer nonsense", "Bearer a.b.c", "Bearer é"),
        *("Basic YTpi", "nonsense"),
    )
]


def request_tokens(client: Client, **form: str) -> Response:
    return client.post(LOGIN, data=form)


def log_in(client: Client, email: str, password: str) -> Response:
    return request_tokens(client, grant_type="password", username=email, password=password)


def log_out(client: Client, login: Login) -> Response:
    return client.post(LOGOUT, data={"token": login.refresh_token})


def refresh(client: Client, token: str) -> Response:
    return request_tokens(client, grant_type="refresh_token", refresh_token=token)


def read_login(answer: Response) -> Login:
    tokens = answer.json()
    return Login(tokens["access_token"], tokens["refresh_token"])


def goes_on(client: Client, login: Login) -> bool:
    """Whether the login can still be used, which uses its refresh token up."""
    return refresh(client, login.refresh_token).status_code == 200
