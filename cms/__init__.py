"""What we say: pages, rules, approval, and the wiring of the whole site."""

# Every process knows the broker, also one that only rings: without this a bell of the web server's goes to Celery's
# default application, which knows none of our settings, and no worker ever hears it.
from cms.celery import app as celery_app

__all__ = ["celery_app"]
