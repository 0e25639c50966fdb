"""Practising: stories with choices, and My starfish. Nothing leaves the device."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .read import show


def stories(request: HttpRequest, lesson_id: str) -> HttpResponse:
    return show(request, lesson_id, "lessons/practise.html")


def my_starfish(request: HttpRequest) -> HttpResponse:
    return render(request, "lessons/my_starfish.html")
