from django.apps import AppConfig


class SupportConfig(AppConfig):
    """Get help, guides for adults, leaving."""

    name = "starfish.support"
