from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "starfish.assessment"
    label = "assessment"

    def ready(self) -> None:
        from starfish.schools import evidence

        from .pooled import section

        evidence.sections.append(section)
