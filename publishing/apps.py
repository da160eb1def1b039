from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "publishing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from publishing import checks, guards, risk, waiting  # noqa: F401 (checks register themselves)

        guards.register("risk", risk.guard)
        waiting.install()
