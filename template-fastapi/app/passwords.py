"""Password hashing by Argon2id, in threads."""

import os
import secrets

import anyio.to_thread
from anyio import CapacityLimiter
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

password_hasher = PasswordHash((Argon2Hasher(),))
_hashing_slots = CapacityLimiter(os.cpu_count() or 1)
_dummy_hashes: dict[PasswordHash, str] = {}


async def hash_password(password: str) -> str:
    """Hash in a thread, on at most as many threads as there are processors."""
    return await anyio.to_thread.run_sync(password_hasher.hash, password, limiter=_hashing_slots)


async def verify_password(password: str, password_hash: str | None) -> bool:
    """Tell whether the password is the hash's; takes as long when there is no account."""
    return await anyio.to_thread.run_sync(_verify, password, password_hash, limiter=_hashing_slots)


def _verify(password: str, password_hash: str | None) -> bool:
    known = password_hash is not None
    matches = password_hasher.verify(password, password_hash or _dummy_hash())
    return matches and known


def _dummy_hash() -> str:
    if password_hasher not in _dummy_hashes:
        _dummy_hashes[password_hasher] = password_hasher.hash(secrets.token_urlsafe())
    return _dummy_hashes[password_hasher]
