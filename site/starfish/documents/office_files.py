"""The files that a teacher can edit."""

from .office.letter import letter_docx
from .office.plan import plan_docx
from .office.slides import slides_pptx

__all__ = ["letter_docx", "plan_docx", "slides_pptx"]
