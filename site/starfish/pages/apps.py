from django.apps import AppConfig


class PagesConfig(AppConfig):
    """What every page is made of: the current curriculum, blocks, pictures, headers, errors."""

    name = "starfish.pages"
