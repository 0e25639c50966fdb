"""The site's own settings, and one more address: a page that always breaks."""

from starfish.settings import *  # noqa: F403

ROOT_URLCONF = "breaking_urls"
