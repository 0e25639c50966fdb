#!/usr/bin/env python3
"""Commands of the site. `site/` is the source root, so it goes first on the path."""

import os
import sys
from pathlib import Path


def main() -> None:
    sys.path.insert(0, str(Path(__file__).resolve().parent / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "starfish.settings")
    from django.core.management import execute_from_command_line
    from environs import EnvError

    try:
        execute_from_command_line(sys.argv)
    except EnvError as wrong:
        sys.exit(f"{wrong}\n\nThe settings above are wrong. Nothing was done.")


if __name__ == "__main__":
    main()
