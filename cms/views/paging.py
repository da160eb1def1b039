"""Long lists a page at a time, by ``?side=2``."""

from typing import Any

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import Http404, HttpRequest

from cms import public


def paged(found: Any, request: HttpRequest) -> Any:
    """The asked-for part of a list of pages; 404 for one that does not exist. Keys or a queryset."""
    paginator = Paginator(found, public.PAGE_SIZE)
    try:
        part: Any = paginator.page(request.GET.get("side", 1))
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404("No such part of the list.") from error
    part.pages = public.load([getattr(item, "pk", item) for item in part.object_list])
    return part
