"""How passwords are kept: Argon2id with 19 MiB, two passes, one lane, as OWASP names it. Django's default costs seven times as much."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2Hasher(Argon2PasswordHasher):
    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
