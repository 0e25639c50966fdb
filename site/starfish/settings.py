"""Settings. Nothing needs to be set to run on one's own machine; a public server sets the STARFISH_ names below.

Every bad value is listed at start, without printing it.
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import timedelta
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from urllib.parse import SplitResult, quote, urlsplit

import dj_database_url
from django.core.management.utils import get_random_secret_key
from environs import Env, EnvError, ValidationError, validate

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "site"
LOOPBACK = {"127.0.0.1", "::1", "localhost"}  # this machine itself, which nobody else can reach or read along with
SQLITE, POSTGRESQL = "django.db.backends.sqlite3", "django.db.backends.postgresql"


def _parts(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:
        raise ValidationError("must be a whole address") from None


def _neutral_https(address: str) -> None:
    parts = _parts(address)
    if parts.scheme != "https" or not parts.hostname or "@" in parts.netloc:
        raise ValidationError("must be an https address of a neutral site")


def _whole_address(address: str) -> None:
    parts = _parts(address)
    if address and (
        parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/") or parts.query
    ):
        raise ValidationError("must be an address such as https://example.org, without a path")


def _private_address(address: str) -> None:
    """Over https; to this machine itself, to try it out, http will do."""
    parts = _parts(address)
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    if address and (not safe or not parts.hostname or "@" in parts.netloc or parts.query or parts.fragment):
        raise ValidationError("must be an https address such as https://accounts.google.com")


def _nothing_or_mail(address: str) -> None:
    if address:
        validate.Email()(address)


env = Env(eager=False)

# A public server names its hosts (comma separated). Without them the site answers on the loopback address only.
_hosts: list[str] = env.list("STARFISH_HOSTS", [])
HOSTS = [host.strip() for host in _hosts or ()]
# The address under which the site is known, for the sitemap and the feed; no path.
ADDRESS: str = env.str("STARFISH_ADDRESS", "", validate=[_whole_address]) or (
    f"https://{HOSTS[0]}" if HOSTS else "http://127.0.0.1:8000"
)
# Signs forms and sign-ins. A public server needs one of its own, 50 characters or more; elsewhere one is made and kept in var/.
SECRET = env.str("STARFISH_SECRET_KEY", "")
DEBUG: bool = env.bool("STARFISH_DEBUG", False)
# The folder of lessons, help and guides.
CONTENT_FOLDER = Path(env.str("STARFISH_CONTENT", str(ROOT / "content")) or "")
# Look for changed content while running (at most once a second). What is broken never replaces what is good.
WATCH_CONTENT: bool = env.bool("STARFISH_WATCH_CONTENT", True)
# Make every public page ready at start and after a change, so that nobody waits for the first of each. Otherwise the first visitor's wish makes it.
PRERENDER: bool = env.bool("STARFISH_PRERENDER", False)
# Where `Leave this page` leads: a neutral site without personal content.
LEAVE_ADDRESS: str = env.str("STARFISH_LEAVE_ADDRESS", "https://www.bbc.co.uk/weather", validate=[_neutral_https])
# Where files to take away are kept once they are made, and how large that folder may grow, in megabytes.
DOCUMENTS_FOLDER = Path(env.str("STARFISH_DOCUMENTS", str(ROOT / "var" / "documents")) or "")
DOCUMENTS_LIMIT: int = (env.int("STARFISH_DOCUMENTS_MEGABYTES", 500) or 0) * 1024 * 1024
# The copy for a stick that the site offers at /offline/, once `manage.py publish --bundle` has made it.
OFFLINE_BUNDLE = Path(env.str("STARFISH_OFFLINE_BUNDLE", str(ROOT / "var" / "starfish-offline.zip")) or "")
# The folder from which nginx shows public pages by itself. The running site keeps it as the content is.
COPY_FOLDER: str = env.str("STARFISH_COPY", "")
# Trust the `X-Forwarded-Proto` header. Only behind a front server that overwrites it.
BEHIND_PROXY: bool = env.bool("STARFISH_BEHIND_PROXY", False)
# Where school staff's own records are kept: a SQLite file, or PostgreSQL. The name is the one that hosting services use.
DATABASE: str = env.str("DATABASE_URL", "") or f"sqlite:///{quote(str(ROOT / 'var' / 'starfish.sqlite3'))}"
# For how many months a school's log of who changed what is kept.
LOG_MONTHS: int = env.int("STARFISH_LOG_MONTHS", 24, validate=[validate.Range(min=1, max=120)])
# Sends invitations. Without a mail server a link is copied or scanned.
MAIL_HOST: str = env.str("STARFISH_MAIL_HOST", "")
MAIL_PORT: int = env.int("STARFISH_MAIL_PORT", 587, validate=[validate.Range(min=1, max=65535)])
MAIL_SECURITY: str = env.str("STARFISH_MAIL_SECURITY", "starttls", validate=validate.OneOf(["starttls", "tls", "none"]))
MAIL_USER: str = env.str("STARFISH_MAIL_USER", "")
MAIL_PASSWORD: str = env.str("STARFISH_MAIL_PASSWORD", "")
MAIL_FROM: str = env.str("STARFISH_MAIL_FROM", "", validate=[_nothing_or_mail])
# Signing in through a provider of OpenID Connect, such as Google or Microsoft: its name on the button, its address (that before
# /.well-known/), and what the provider gave us to be known by. All of them, or none.
OIDC_NAME: str = env.str("STARFISH_OIDC_NAME", "", validate=[validate.Length(max=40)])
OIDC_SERVER: str = env.str("STARFISH_OIDC_SERVER", "", validate=[_private_address])
OIDC_CLIENT_ID: str = env.str("STARFISH_OIDC_CLIENT_ID", "")
OIDC_CLIENT_SECRET: str = env.str("STARFISH_OIDC_CLIENT_SECRET", "")
OIDC_SECRET_FILE: str = env.str("STARFISH_OIDC_SECRET_FILE", "")
LOG_LEVEL: str = env.str("STARFISH_LOG_LEVEL", "INFO", validate=validate.OneOf(["DEBUG", "INFO", "WARNING", "ERROR"]))


def _is_ours(address: str) -> bool:
    """`.example.org` among the hosts stands for that host and every one below it."""
    host = urlsplit(address or "").hostname or ""
    names = [name.lower() for name in HOSTS]
    return any(host == name.lstrip(".") or (name.startswith(".") and host.endswith(name)) for name in names)


def _database_at(address: str) -> dict[str, Any]:
    """Django's own shape of a database. Says what is wrong with an address, and never repeats it: it may hold a password."""
    try:
        found: dict[str, Any] = {**dj_database_url.parse(address)}
    except (ValueError, KeyError):
        raise ValidationError("must be sqlite:////folder/file or postgres://user:password@host/name") from None
    if found["ENGINE"] == SQLITE:
        if not Path(found["NAME"]).is_absolute():
            raise ValidationError("a SQLite file needs an absolute path, with four slashes: sqlite:////folder/file")
        # Lessons and help need no database. In its usual mode SQLite would lose writes that come at the same moment.
        found["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
        }
    elif found["ENGINE"] == POSTGRESQL:
        if not found["NAME"]:
            raise ValidationError("names no database: postgres://user:password@host/name")
        if find_spec("psycopg") is None:
            raise ValidationError("PostgreSQL needs one package more: requirements/install.sh postgres")
        found["OPTIONS"] = {
            "connect_timeout": 5,
            **found.get("OPTIONS", {}),
        }  # seconds; a page says so rather than wait
    else:
        raise ValidationError(
            "must be SQLite or PostgreSQL: sqlite:////folder/file or postgres://user:password@host/name"
        )
    return found


def _kept_key(file: Path) -> str:
    """The key of this machine, made once, whole or not at all, so that a restart signs nobody out."""
    with suppress(OSError, ValueError):  # nowhere to keep it: a new one at each start
        if not file.exists():
            file.parent.mkdir(exist_ok=True)
            with NamedTemporaryFile("w", dir=file.parent, prefix=f".{file.name}-") as new:  # for nobody else to read
                new.write(get_random_secret_key())
                new.flush()
                os.fsync(new.fileno())
                with suppress(FileExistsError):  # another process was quicker
                    file.hardlink_to(new.name)
        if len(key := file.read_text(encoding="ascii")) >= SECRET_LENGTH:
            return key
    return get_random_secret_key()


def _oidc_secret() -> str:
    if not OIDC_SECRET_FILE:
        return OIDC_CLIENT_SECRET
    try:
        return Path(OIDC_SECRET_FILE).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        raise ValidationError("is no file that can be read") from None


def single_sign_on(name: str, server: str, client_id: str, secret: str) -> dict[str, Any]:
    """In allauth's shape. We ask who it is, and for neither a name nor an email address."""
    where = {"server_url": server.rstrip("/"), "fetch_userinfo": False}
    ours = {"provider_id": OIDC_ID, "name": name, "client_id": client_id, "secret": secret, "settings": where}
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "SCOPE": ["openid"], "APPS": [ours]}}


PUBLIC = bool(HOSTS)
SECRET_LENGTH = 50
RELEASE = "0.1.0"  # of the software; files to take away are made anew when it changes
_wrong = []
try:
    env.seal()
except EnvError as error:
    _wrong.append(str(error))
_database: dict[str, Any] = {}
try:
    _database = _database_at(DATABASE)
except ValidationError as error:
    _wrong.append(f"DATABASE_URL: {error}")
if PUBLIC and len(SECRET or "") < SECRET_LENGTH:
    _wrong.append(f"STARFISH_SECRET_KEY: a public server needs a secret key of {SECRET_LENGTH} characters or more")
if PUBLIC and DEBUG:
    _wrong.append("STARFISH_DEBUG: a public server never runs with debugging on")
if PUBLIC and _is_ours(LEAVE_ADDRESS):
    _wrong.append("STARFISH_LEAVE_ADDRESS: leaving must lead to another site than this one")
if MAIL_HOST and not MAIL_FROM:
    _wrong.append("STARFISH_MAIL_FROM: an email needs an address that it comes from")
if MAIL_HOST and MAIL_SECURITY == "none" and MAIL_HOST not in LOOPBACK:
    _wrong.append("STARFISH_MAIL_SECURITY: only a mail server on this machine itself may be spoken to in the open")
_oidc_needs = {"NAME": OIDC_NAME, "SERVER": OIDC_SERVER, "CLIENT_ID": OIDC_CLIENT_ID}
try:
    _oidc_needs["CLIENT_SECRET"] = _oidc_secret()
except ValidationError as error:
    _wrong.append(f"STARFISH_OIDC_SECRET_FILE: {error}")
OIDC = any(_oidc_needs.values())
# Another provider is another name, so that nobody is taken for somebody else who has the same number there.
OIDC_ID = f"oidc-{sha256((OIDC_SERVER or '').encode()).hexdigest()[:16]}"
if OIDC:
    _wrong += [f"STARFISH_OIDC_{name}: single sign-on needs it" for name, value in _oidc_needs.items() if not value]
    if not all(find_spec(package) for package in ("jwt", "oauthlib", "requests")):
        _wrong.append("STARFISH_OIDC_SERVER: single sign-on needs a few packages more: requirements/install.sh oidc")
if _wrong:
    raise EnvError("\n".join(_wrong))

SECRET_KEY = SECRET or _kept_key(ROOT / "var" / "secret-key")
# Whoever sits at this machine may make the first school in the browser: nobody else reaches it.
FIRST_RUN = not (PUBLIC or SECRET or BEHIND_PROXY)
ALLOWED_HOSTS = HOSTS or ["127.0.0.1", "localhost", "[::1]"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "starfish.schools",  # before allauth, so that our templates come first
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",  # always, so that every database has the same tables
    *(["allauth.socialaccount.providers.openid_connect"] if OIDC else []),
    "crispy_forms",
    "starfish.pages",
    "starfish.support",
    "starfish.lessons",
    "starfish.documents",
    "starfish.assessment",
    "starfish.publishing",
]

MIDDLEWARE = [
    "starfish.pages.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "starfish.pages.refusals.RefuseUploadsMiddleware",
    "starfish.pages.refusals.OnlyReadingMiddleware",
    "django.middleware.common.CommonMiddleware",
    "starfish.schools.middleware.StaffSessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "starfish.schools.middleware.StaffAuthenticationMiddleware",
    "starfish.schools.middleware.StaffSignInEndsMiddleware",
    "starfish.schools.middleware.StaffMessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "starfish.urls"
WSGI_APPLICATION = "starfish.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SITE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "starfish.pages.context.every_page",
                # Public pages ask for none of what follows, and stay the same for everybody.
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "starfish.pages.templatetags.starfish",
            ],
        },
    },
]

CRISPY_ALLOWED_TEMPLATE_PACKS = "starfish"
CRISPY_TEMPLATE_PACK = "starfish"
CRISPY_FAIL_SILENTLY = False

DATABASES: dict[str, dict[str, Any]] = {"default": _database}
# A stolen backup opens no window and tells no failures at the door, and two backups made a minute apart do not tell what a pupil answered in between.
NOT_IN_BACKUPS = ("django_session", "schools_failures", "assessment_tally", "assessment_spentticket")

# School staff sign in here; everything else is public, is only read, and knows no cookie.
STAFF_PATHS = ("/school/", "/accounts/")
# The one public address that takes a form: pupils send the code of a class check, and their answers. It knows no cookie either.
CHECK_PATH = "/check/"
AUTH_USER_MODEL = "schools.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "school"
LOGOUT_REDIRECT_URL = "front"
PASSWORD_HASHERS = [
    "starfish.schools.passwords.Argon2Hasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_COOKIE_AGE = int(timedelta(minutes=30).total_seconds())  # without a page asked for
SESSION_LASTS = timedelta(hours=8)  # however busy
SESSION_SAVE_EVERY_REQUEST = True
SESSION_COOKIE_NAME = "__Host-starfish-session" if PUBLIC else "starfish-session"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "starfish.schools.refusals.csrf_failed"
# Holds the failures of each account, in the database, so that every worker counts the same ones and a restart forgets none.
# With the usual 300 places, trying 300 other names would wipe them out.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "schools_failures",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

ACCOUNT_ADAPTER = "starfish.schools.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_USERNAME_MIN_LENGTH = 3
ACCOUNT_PRESERVE_USERNAME_CASING = False
# Failures slow an account down, never an address: a whole school sits behind one.
ACCOUNT_RATE_LIMITS = {
    "login": None, "login_failed": "5/5m/key", "signup": None, "reset_password": "5/5m/key",
    "change_password": "5/5m/user", "reauthenticate": "10/5m/user", "manage_email": "10/m/user",
}  # fmt: skip
MFA_RATE_LIMITS = {"webauthn_login": None}  # there is nothing to guess, and allauth would count by address
MFA_ADAPTER = "starfish.schools.accounts.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PUBLIC
MFA_FORMS = {
    "add_webauthn": "starfish.schools.account_forms.AddPasskeyForm",
    "edit_webauthn": "starfish.schools.account_forms.RenamePasskeyForm",
}
ACCOUNT_FORMS = {
    "login": "starfish.schools.account_forms.SignInForm",
    "change_password": "starfish.schools.account_forms.PasswordForm",
}
MFA_TOTP_ISSUER = "Starfish"
SOCIALACCOUNT_REAUTHENTICATION_REQUIRED = True
SOCIALACCOUNT_ADAPTER = "starfish.schools.single_sign_on.SingleSignOnAdapter"
SOCIALACCOUNT_PROVIDERS = (
    single_sign_on(OIDC_NAME, OIDC_SERVER, OIDC_CLIENT_ID, _oidc_needs["CLIENT_SECRET"]) if OIDC else {}
)

EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL_HOST else 'dummy'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT, EMAIL_TIMEOUT = MAIL_HOST, MAIL_PORT, 10
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL_USER, MAIL_PASSWORD
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL_SECURITY == "starttls", MAIL_SECURITY == "tls"
DEFAULT_FROM_EMAIL = MAIL_FROM

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = ROOT / "var" / "static"
STATICFILES_DIRS = [SITE / "static"]
STORAGES = {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MAX_AGE = 0

# Forms are small; nothing is ever uploaded.
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 100
DATA_UPLOAD_MAX_NUMBER_FILES = 0
FILE_UPLOAD_HANDLERS: list[str] = []

# Headers: the rest is in starfish.pages.headers. `no-referrer` would make Django refuse every form.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_SSL_REDIRECT = PUBLIC
SECURE_HSTS_SECONDS = 63_072_000 if PUBLIC else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PUBLIC
SECURE_HSTS_PRELOAD = PUBLIC
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = PUBLIC
CSRF_COOKIE_NAME = "__Host-starfish-csrf" if PUBLIC else "starfish-csrf"

SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
    "require-trusted-types-for": ["'script'"],
    "trusted-types": ["'none'"],
}
# A page that starts a worker has to name its script, and trusted types let it do so through one named policy (decision 0023).
SECURE_CSP_OF = {"/offline/": {"trusted-types": ["keep-offline"]}}

# Nothing that could tell who visited what: no address, agent, referrer, path or query is ever logged.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"nameless": {"()": "starfish.pages.logs.Nameless"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["nameless"]}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": LOG_LEVEL, "propagate": False},
        "django.server": {"handlers": [], "level": "CRITICAL", "propagate": False},
        # These tell every step of every file that is made.
        **{name: {"level": "WARNING"} for name in ("weasyprint.progress", "fontTools", "pikepdf")},
        "markdown_it": {"level": "WARNING"},  # else a hundred thousand lines at DEBUG
    },
}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
