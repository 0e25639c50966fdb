"""What a server runs. A content folder that fails its checks is refused here, with the list of what is wrong."""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "starfish.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from starfish.curriculum.problems import BrokenContent
from starfish.pages.current import curriculum

try:
    curriculum()
except BrokenContent as broken:
    sys.stderr.write(
        f"{broken}\n\nThe content folder has the problems above, so the site has not started. Nothing was changed.\n"
    )
    sys.exit(1)
