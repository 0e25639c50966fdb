from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """The same lesson as PDF, PPTX, DOCX and zip."""

    name = "starfish.documents"
