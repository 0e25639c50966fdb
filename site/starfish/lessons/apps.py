from django.apps import AppConfig


class LessonsConfig(AppConfig):
    """Find, read, teach, practise."""

    name = "starfish.lessons"
