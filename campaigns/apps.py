from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "campaigns"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from campaigns import receivers
        from campaigns.coverage import effect, press, reach
        from campaigns.knowing import KnowsWhy
        from campaigns.models import ClosedPeriod

        register_permission_policy(ClosedPeriod, KnowsWhy(ClosedPeriod))
        receivers.connect()
        reach.install()
        press.install()
        effect.install()
