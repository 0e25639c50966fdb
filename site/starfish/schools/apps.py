from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    name = "starfish.schools"
    label = "schools"
