from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """Every public page rendered once: served fast, copied to a folder, kept offline."""

    name = "starfish.publishing"
