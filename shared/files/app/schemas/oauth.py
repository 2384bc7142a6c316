"""What a provider has a browser bring back (RFC 6749, section 4.1.2; RFC 9207)."""

from pydantic import BaseModel


class Callback(BaseModel):
    """Providers may add parameters of their own."""

    code: str | None = None
    state: str | None = None
    iss: str | None = None
    error: str | None = None
    error_description: str | None = None
