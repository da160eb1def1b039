from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "campaigns"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from campaigns import receivers
        from campaigns.coverage import effect, press, reach

        receivers.connect()
        reach.install()
        press.install()
        effect.install()
