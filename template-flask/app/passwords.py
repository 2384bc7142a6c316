"""Password hashing by Argon2id."""

import os
import secrets
from threading import BoundedSemaphore

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

password_hasher = PasswordHash((Argon2Hasher(),))
_hashing_slots = BoundedSemaphore(os.cpu_count() or 1)
_dummy_hashes: dict[PasswordHash, str] = {}


def hash_password(password: str) -> str:
    """Hash, on at most as many threads at once as there are processors."""
    with _hashing_slots:
        return password_hasher.hash(password)


def verify_password(password: str, password_hash: str | None) -> bool:
    """Tell whether the password is the hash's; takes as long when there is no account."""
    known = password_hash is not None
    with _hashing_slots:
        matches = password_hasher.verify(password, password_hash or _dummy_hash())
    return matches and known


def _dummy_hash() -> str:
    if password_hasher not in _dummy_hashes:
        _dummy_hashes[password_hasher] = password_hasher.hash(secrets.token_urlsafe())
    return _dummy_hashes[password_hasher]
