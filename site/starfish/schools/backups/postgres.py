"""PostgreSQL: its own programs write a copy and read it back."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from .file import Refused

ENVIRONMENT = {
    "dbname": "PGDATABASE", "user": "PGUSER", "password": "PGPASSWORD", "host": "PGHOST", "port": "PGPORT",
    "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "connect_timeout": "PGCONNECT_TIMEOUT", "options": "PGOPTIONS",
}  # fmt: skip
"""How the programs name what Django names otherwise. None of it stands on a command line, where others could read it."""
WITHOUT_OWNER = ("--no-owner", "--no-privileges")


def dump(to: Path) -> tuple[str, ...]:
    """Our tables as they are at one moment, without what no backup keeps. Returns the migrations that they have been through."""
    schema = tuple(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())
    ours = [f"--table={table}" for table in tables()]
    if not schema or not ours:
        raise Refused("The database holds no tables of Starfish yet.")
    without = [f"--exclude-table-data={table}" for table in settings.NOT_IN_BACKUPS]
    _run("pg_dump", "--format=custom", *WITHOUT_OWNER, *ours, *without, f"--file={to}")
    return schema


def look_through(copy: Path) -> None:
    _run("pg_restore", f"--file={os.devnull}", str(copy))


def write_over(copy: Path) -> None:
    """In one transaction: all of our tables go, and come back as they were. Tables of others stay."""
    script = copy.with_suffix(".sql")
    _run("pg_restore", *WITHOUT_OWNER, f"--file={script}", str(copy))
    quoted = ", ".join(connection.ops.quote_name(table) for table in tables())
    drop = [f"--command=DROP TABLE {quoted} CASCADE"] if quoted else []
    _run("psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction", *drop, f"--file={script}")


def tables() -> list[str]:
    ours = connection.introspection.django_table_names(only_existing=True)
    return sorted({*ours, *({"django_migrations"} & set(connection.introspection.table_names()))})


def _run(program: str, *arguments: str) -> None:
    parameters = connection.get_connection_params()
    named = {ENVIRONMENT[name]: str(value) for name, value in parameters.items() if name in ENVIRONMENT and value}
    try:
        subprocess.run(  # noqa: S603 - fixed programs; nothing that somebody typed
            [program, *arguments], env={**os.environ, **named}, check=True, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip
    except FileNotFoundError:
        raise Refused(
            f"This needs the program {program}, and it is not here. On Debian: apt-get install postgresql-client"
        ) from None
    except subprocess.CalledProcessError as error:
        raise Refused(
            f"{program} could not do it: {error.stderr.strip().splitlines()[-1] if error.stderr else ''}"
        ) from None
