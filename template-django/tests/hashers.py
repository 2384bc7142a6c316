"""Hashing that costs next to nothing."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class CheapHasher(Argon2PasswordHasher):
    """Argon2 at its least, since tests hash a password in every other line."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
