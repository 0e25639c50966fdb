"""What a server runs. Wrong settings and a content folder that fails its checks are refused here, with the list."""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "starfish.settings")

import django
from environs import EnvError

try:
    django.setup(set_prefix=False)
except EnvError as wrong:
    sys.stderr.write(f"{wrong}\n\nThe settings above are wrong, so the site has not started. Nothing was changed.\n")
    sys.exit(1)

from starfish.curriculum.problems import BrokenContent
from starfish.pages.current import curriculum

try:
    curriculum()
except BrokenContent as broken:
    sys.stderr.write(
        f"{broken}\n\nThe content folder has the problems above, so the site has not started. Nothing was changed.\n"
    )
    sys.exit(1)

from starfish.publishing import answers
from starfish.publishing.published import Published

application = Published(answers.django(), behind_front=os.environ.get("STARFISH_BEHIND_FRONT") == "true")
