"""How callers log in, and what goes along with their requests: a cookie, and proof of intent."""

from dataclasses import dataclass

from httpx2 import Client, Response

LOGIN = "/api/v1/auth/login"
LOGOUT = "/api/v1/auth/logout"
SCHEME = "Cookie"
HEADER = "X-CSRF-Token"
REFUSED = 401
"""The status that wrong credentials are answered by."""
OWN_ERRORS: tuple[str, ...] = ()
"""Operations whose 400 is no problem."""
FOR_ANYBODY = ("log_in",)
"""Operations whose 401 is no demand for a session."""
COOKIE = "session"


@dataclass(frozen=True)
class Login:
    token: str
    csrf_token: str

    @property
    def headers(self) -> dict[str, str]:
        return cookie(self.token) | {HEADER: self.csrf_token}


def cookie(token: str) -> dict[str, str]:
    return {"Cookie": f"{COOKIE}={token}"}


BAD_CREDENTIALS = [
    {"Cookie": sent}
    for sent in (
        *("nonsense", f"{COOKIE}=", f"{COOKIE}=nonsense", f'{COOKIE}="a b"', f"{COOKIE}=é"),
        *("other=nonsense", f"; {COOKIE}"),
    )
]


def log_in(client: Client, email: str, password: str) -> Response:
    answer = client.post(LOGIN, json={"email": email, "password": password})
    client.cookies.clear()  # Callers share the client, and each sends its own.
    return answer


def log_out(client: Client, login: Login) -> Response:
    return client.post(LOGOUT, headers=login.headers)


def read_login(answer: Response) -> Login:
    return Login(read_cookie(answer), answer.json()["csrf_token"])


def read_cookie(answer: Response) -> str:
    """Return what the cookie that an answer sets holds."""
    name, _, token = answer.headers["set-cookie"].partition(";")[0].partition("=")
    assert name == COOKIE
    return token


def goes_on(client: Client, login: Login) -> bool:
    """Whether the session is good still."""
    return client.get("/api/v1/auth/session", headers=login.headers).status_code == 200
