"""Settings, alphabetical within each section. Everything that differs between places comes from the environment."""

import hashlib
from pathlib import Path
from typing import Any

import dj_database_url
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from cms import env

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.text("DATA_DIR", str(BASE_DIR / ".data")))
DATA_DIR.mkdir(parents=True, exist_ok=True)

# --- Core -----------------------------------------------------------------------------------------------------

DEBUG = env.boolean("DEBUG", True)
SECRET_KEY = env.text("SECRET_KEY", "only-for-the-demo" if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY must be set when DEBUG is False.")
# Channel credentials have a key of their own, so that the session key can be changed without losing them.
CREDENTIALS_KEYS = env.words("CREDENTIALS_KEYS") or ([hashlib.sha256(SECRET_KEY.encode()).hexdigest()] if DEBUG else [])

ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]" if DEBUG else "")
BASE_URL = env.text("BASE_URL", "http://localhost:8000")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

INSTALLED_APPS = [
    "cms",
    "campaigns",
    "publishing",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.forms",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cms.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "cms.middleware.AdminInlineScripts",
    "cms.middleware.RightsAtOnce",
    "cms.court.confinement.Confinement",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Broker (a doorbell: it may lose a message, the next second rings again) ----------------------------------

BROKER_URL = env.text("BROKER_URL", "filesystem://")
CELERY_BEAT_SCHEDULE: dict[str, Any] = {
    "close months": {"task": "campaigns.close_months", "schedule": 900.0, "options": {"expires": 900}},
    "count coverage": {"task": "campaigns.count_coverage", "schedule": 60.0, "options": {"expires": 60}},
    "count figures": {"task": "campaigns.count_figures", "schedule": 600.0, "options": {"expires": 600}},
    "send coverage": {"task": "campaigns.send_coverage", "schedule": 1800.0, "options": {"expires": 1800}},
    "send digests": {"task": "cms.send_digests", "schedule": 60.0, "options": {"expires": 60}},
    "settle cases": {"task": "cms.settle_cases", "schedule": 60.0, "options": {"expires": 60}},
    "purge protected names": {"task": "cms.purge_protected_names", "schedule": 3600.0, "options": {"expires": 1800}},
    "carry on removing": {"task": "cms.carry_on_removing", "schedule": 30.0, "options": {"expires": 30}},
    "bring in plans": {"task": "campaigns.bring_in_plans", "schedule": 2.0, "options": {"expires": 4}},
    "build exports": {"task": "cms.build_exports", "schedule": 10.0, "options": {"expires": 10}},
    "collect figures": {"task": "publishing.collect_figures", "schedule": 60.0, "options": {"expires": 60}},
    "expand series": {
        "task": "campaigns.expand_series",
        "schedule": crontab(hour="1", minute="20"),  # UTC: in the night in Copenhagen, summer and winter
        "options": {"expires": 3600},
    },
    "end content": {"task": "cms.end_content", "schedule": 600.0, "options": {"expires": 600}},
    "look up handles": {"task": "cms.look_up_handles", "schedule": 1800.0, "options": {"expires": 1800}},
    "send due": {"task": "publishing.send_due", "schedule": 1.0, "options": {"expires": 2}},
    "tend channels": {"task": "publishing.tend_channels", "schedule": 2.0, "options": {"expires": 4}},
    "tend feeds": {"task": "publishing.tend_feeds", "schedule": 2.0, "options": {"expires": 4}},
    "look over releases": {"task": "publishing.preflight_releases", "schedule": 3.0, "options": {"expires": 6}},
    "seal evidence": {"task": "publishing.seal_evidence", "schedule": 1.0, "options": {"expires": 2}},
    "sweep consents": {"task": "publishing.sweep_consents", "schedule": 60.0, "options": {"expires": 60}},
    "verify channels": {"task": "publishing.verify_channels", "schedule": 60.0, "options": {"expires": 60}},
    "verify evidence": {"task": "publishing.verify_evidence", "schedule": 86400.0, "options": {"expires": 3600}},
    "watch health": {"task": "publishing.watch_health", "schedule": 30.0, "options": {"expires": 60}},
}
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_URL = BROKER_URL
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TIMEZONE = "UTC"  # beat stops at a clock change in any other zone (celery#6438)
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
if BROKER_URL.startswith("filesystem://"):
    for folder in ("in", "processed", "control"):
        (DATA_DIR / "broker" / folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT = "cms.broker:Transport"
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
        "data_folder_in": str(DATA_DIR / "broker" / "in"),
        "data_folder_out": str(DATA_DIR / "broker" / "in"),
        "processed_folder": str(DATA_DIR / "broker" / "processed"),
        "control_folder": str(DATA_DIR / "broker" / "control"),
        "polling_interval": 0.1,
    }
elif BROKER_URL.startswith("redis"):
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 300,
        "unacked_restore_interval": 1,
        "unacked_restore_throttle": 1,
    }
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {}

# --- Database -------------------------------------------------------------------------------------------------

DATABASES = {
    "default": dj_database_url.parse(
        env.text("DATABASE_URL", f"sqlite:///{DATA_DIR / 'pejlemaerke.sqlite3'}"), conn_max_age=600
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # IMMEDIATE: a transaction that will write takes its turn at once instead of failing half-way.
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
        "timeout": 20,
    }
    DATABASES["default"]["TEST"] = {"NAME": env.text("TEST_DATABASE", str(DATA_DIR / "test.sqlite3"))}
elif env.boolean("DATABASE_PREPARES", True):
    # The few statements of a send are planned once a connection. A pooler between us that hands connections round by
    # the transaction cannot keep them: switch it off there.
    DATABASES["default"].setdefault("OPTIONS", {})["prepare_threshold"] = 3

# --- Files ----------------------------------------------------------------------------------------------------

# Where nginx has the media folder as an internal location, if it shall send what the guard lets through.
MEDIA_ACCEL_PREFIX = env.text("MEDIA_ACCEL_PREFIX")
OUTBOX_ACCEL_PREFIX = env.text("OUTBOX_ACCEL_PREFIX")
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)  # whitenoise warns of a missing one
STATIC_URL = "/static/"
STATICFILES_DIRS: list[Path] = []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Frozen media of the outbox: never under MEDIA_URL, named by their SHA-256.
    "outbox": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "outbox"},
    },
    # What was gathered for filing and for requests: only through the page that asks who may have it.
    "exports": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "exports"},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG

# --- Language and time ----------------------------------------------------------------------------------------

LANGUAGE_CODE = "da"
LANGUAGES = [("da", "Dansk"), ("en", "English")]
# The second is the Danish that Wagtail itself lacks or says badly; publishing and campaigns have their own.
LOCALE_PATHS = [BASE_DIR / "cms" / "locale", BASE_DIR / "cms" / "wagtail_locale"]
TIME_ZONE = "Europe/Copenhagen"
USE_I18N = True
USE_TZ = True

# --- Logging --------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "WARNING")},
}

# --- Mail (notifications to staff; press e-mail is a channel with its own server) -----------------------------

ADMINS = [(address, address) for address in env.words("ADMINS")]  # told when something needs an operator
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "pejlemaerke@localhost")
EMAIL_BACKEND = "cms.mail.AfterCommit"  # hands over to a worker, which posts by MAIL_BACKEND
MAIL_BACKEND = env.text(
    "EMAIL_BACKEND",
    "django.core.mail.backends.filebased.EmailBackend" if DEBUG else "django.core.mail.backends.smtp.EmailBackend",
)
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_PORT = env.integer("EMAIL_PORT", 25, minimum=1)
EMAIL_TIMEOUT = 10
EMAIL_USE_TLS = env.boolean("EMAIL_USE_TLS", False)

# --- Court ----------------------------------------------------------------------------------------------------

# Whether prosecutors may keep a sealed list of protected names for a case. Fresh personal data: off until the data
# protection officer has decided otherwise. Switching it off removes every list within the hour.
PROTECTED_NAMES = env.boolean("PROTECTED_NAMES", False)

# --- Publishing -----------------------------------------------------------------------------------------------

# Hosts on this machine or a private net that a channel may talk to (test servers, an internal webhook).
PUBLISHING_ALLOWED_PRIVATE_HOSTS = env.words("PUBLISHING_ALLOWED_PRIVATE_HOSTS")
PUBLISHING_LEASE_SECONDS = env.integer("PUBLISHING_LEASE_SECONDS", 60, minimum=1)
# What the house's line surely carries outwards, in a second. Some platforms take a video in one request only, which
# must end within half a lease: this decides how large a video they are offered (100 MB at 40).
PUBLISHING_UPLOAD_MEGABITS = env.integer("PUBLISHING_UPLOAD_MEGABITS", 40, minimum=1)

# --- Security -------------------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "cms.signing_in.Backend",
    "django.contrib.auth.backends.ModelBackend",  # who logged in before there was ours stays so
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
        "frame-src": [SELF],
        "img-src": [SELF],  # the admin's additions are in cms.middleware
        "media-src": [SELF],
        "object-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
    },
}
CSRF_FAILURE_VIEW = "cms.views.errors.form_expired"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_HSTS_SECONDS = 0 if DEBUG else env.integer("SECURE_HSTS_SECONDS", 31_536_000, minimum=0)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.boolean("BEHIND_PROXY", False) else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = env.boolean("SECURE_SSL_REDIRECT", not DEBUG)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEBUG
# So that `check --deploy` names only what somebody must do. Whether the whole domain is https only is not for this site
# to say (W005, W021), and its own previews stand in a frame (W019; others are kept out by the policy above).
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W019", "security.W021"]
X_FRAME_OPTIONS = "SAMEORIGIN"

# --- Wagtail --------------------------------------------------------------------------------------------------

VIDEO_MAX_MB = env.integer("VIDEO_MAX_MB", 500, minimum=1)  # largest file of a video in the library
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "pdf", "txt", "xlsx"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILIMAGES_EXTENSIONS = ["jpeg", "jpg", "png", "webp"]
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.image_form.ImageForm"
WAGTAILSEARCH_BACKENDS = {
    # PostgreSQL knows Danish word forms; SQLite takes words as they are.
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "danish"}
}
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "cms.finish.finish"  # approval is not publication
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # no request leaves the house from an admin page
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False  # who is asked can approve
WAGTAIL_DATE_FORMAT = "%d.%m.%Y"
WAGTAIL_DATETIME_FORMAT = "%d.%m.%Y %H:%M"
WAGTAIL_SITE_NAME = "Pejlemærke"
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = False  # what goes live was approved; a newer draft stays in its approval
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
