"""The headers of every response: pages, errors, redirects and static files."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

FOR_EVER = "public, max-age=31536000, immutable"  # only where the address holds the content's hash

Responder = Callable[[HttpRequest], HttpResponse]

# Every feature that could reach a camera, a place, a sensor or another site is off; slides may fill the screen.
_OFF = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "gamepad",
    "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment",
    "picture-in-picture", "screen-wake-lock", "serial",
    "storage-access", "usb", "window-management", "xr-spatial-tracking",
)  # fmt: skip
_PASSKEYS = ("publickey-credentials-create", "publickey-credentials-get")


def permissions(path: str) -> str:
    """Passkeys are for school staff, and on no other page."""
    own = "(self)" if path.startswith(settings.STAFF_PATHS) else "()"
    off = (f"{feature}=()" for feature in _OFF)
    return ", ".join([*off, *(f"{feature}={own}" for feature in _PASSKEYS), "fullscreen=(self)"])


def content_security_policy(path: str) -> str:
    """The policy in SECURE_CSP, a setting named and shaped as in Django 6. A page in SECURE_CSP_OF differs in what stands there."""
    policy = {**settings.SECURE_CSP, **settings.SECURE_CSP_OF.get(path, {})}
    return "; ".join(f"{directive} {' '.join(sources)}" for directive, sources in policy.items())


def security_headers(path: str) -> dict[str, str]:
    headers = {
        "Content-Security-Policy": content_security_policy(path),
        "Permissions-Policy": permissions(path),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cross-Origin-Embedder-Policy": "require-corp",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "X-DNS-Prefetch-Control": "off",
        "Server": "starfish",
    }
    if settings.SECURE_HSTS_SECONDS:
        headers["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains; preload"
    return headers


class HeadersMiddleware:
    """Outermost, so that no response leaves without them. A page is never kept on the device's disk."""

    def __init__(self, get_response: Responder) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in security_headers(request.path).items():
            response.headers[name] = value
        kept = response.headers.get("Cache-Control", "")
        response.headers["Cache-Control"] = FOR_EVER if "immutable" in kept else kept or "no-store"
        return response
