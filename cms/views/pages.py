"""Every page of the newsroom goes through here: as Wagtail serves it, for everybody."""

from wagtail.views import serve

from cms.views.caching import for_everybody

page = for_everybody(serve)
