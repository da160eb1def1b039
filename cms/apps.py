from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("content")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.models import Page
        from wagtail.permissions import register_permission_policy

        from cms import checks, contents, desk, guards, imported, mail, measures, receivers  # noqa: F401 (checks register)
        from cms.after import removing
        from cms.models import Video
        from cms.permissions import RoadPolicy, library_policy

        contents.install()
        desk.install()
        guards.install()
        imported.install()
        mail.connect()
        measures.install()
        receivers.connect()
        removing.install()
        register_permission_policy(Page, RoadPolicy())
        register_permission_policy(Video, library_policy(Video))
