"""What stands in addresses of lessons. Importing this module makes `<length:length>` known."""

from __future__ import annotations

from django.urls import register_converter

from starfish.curriculum.records import LENGTHS


class LengthConverter:
    """Minutes of a plan that is shorter than the full one."""

    regex = "|".join(str(length) for length in LENGTHS if length != max(LENGTHS))

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(LengthConverter, "length")
