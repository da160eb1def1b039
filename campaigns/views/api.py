"""The figures for other systems: JSON and CSV, read only, by a key in the header ``Authorization: Bearer``."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import override
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from campaigns.api_questions import Question, Unclear
from campaigns.coverage import Dimension, dossier, outside, report
from campaigns.models import ApiToken, Strategy

FRESH = "private, max-age=60"


@method_decorator(csrf_exempt, name="dispatch")
class Api(View):
    """What all of it shares: only reads, only with a key, a little at a time."""

    http_method_names = ["get", "head"]
    now: datetime

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            return self.http_method_not_allowed(request)
        self.now = timezone.now()
        token = ApiToken.objects.of_key(_key(request), self.now)
        if token is None:  # missing, wrong, ended or taken back: all the same to whoever asks
            return _refused(401, "A valid key is needed.", **{"WWW-Authenticate": 'Bearer realm="coverage"'})
        if wait := token.count(self.now):
            return _refused(429, "Too many questions in this minute.", **{"Retry-After": str(wait)})
        language = "en" if request.GET.get("language") == "en" else "da"
        try:
            with override(language):
                response = super().dispatch(request, *args, **kwargs)
        except Unclear as error:
            return _refused(400, str(error))
        response["Cache-Control"] = FRESH
        response["Vary"] = "Authorization"
        response["Content-Language"] = language
        return response

    def told(self, data: dict[str, Any], body: bytes | None = None, kind: str = "application/json") -> HttpResponse:
        """With a tag that is the same as long as the figures are, so that nothing is sent twice."""
        same = {name: value for name, value in data.items() if name not in outside.MOMENTS}
        said = f"{kind} {json.dumps(same, sort_keys=True)}"
        tag = f'"{hashlib.sha256(said.encode()).hexdigest()[:32]}"'
        known = [one.strip().removeprefix("W/") for one in self.request.headers.get("If-None-Match", "").split(",")]
        if tag in known or "*" in known:
            response = HttpResponse(status=304)
        else:
            content = json.dumps(data, ensure_ascii=False).encode() if body is None else body
            response = HttpResponse(content, content_type=f"{kind}; charset=utf-8")
        response["ETag"] = tag
        return response


class Index(Api):
    """What there is to ask for."""

    def get(self, request: HttpRequest) -> HttpResponse:
        addresses = ("campaigns_api:report", "campaigns_api:report_csv", "campaigns_api:definitions")
        return self.told(
            {
                "addresses": [request.build_absolute_uri(reverse(one)) for one in addresses],
                "strategies": list(Strategy.objects.values_list("year", flat=True)),
                "dimensions": [str(one) for one in Dimension],
                "asks": {"year": "2026", "quarter": "1-4", "month": "1-12", "by": "dimension", "strategy": "year"},
            }
        )


class Report(Api):
    """One period by one dimension."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        asked = Question.of(request.GET, self.now)
        gathered = dossier.gather(asked.strategy, asked.period, self.now)
        data = outside.as_dict(gathered, asked.by)
        if kwargs["form"] == "csv":
            return self.told(data, report.as_csv(gathered, outside=True).encode(), "text/csv")
        return self.told(data)


class Definitions(Api):
    """What every figure means."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.told({"definitions": outside.meanings()})


def _key(request: HttpRequest) -> str:
    scheme, _space, key = request.headers.get("Authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" else ""


def _refused(status: int, sentence: str, **headers: str) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=status, headers={"Cache-Control": "no-store", **headers})
