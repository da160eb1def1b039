"""The Celery application: a doorbell, nothing more. Due times live in the database."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")

app = Celery("pejlemaerke")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
