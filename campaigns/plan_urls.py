"""Addresses of the campaign plan, below the admin."""

from django.urls import path

from campaigns.views import beginning, copying, plan_templates, plans, slots

app_name = "campaigns_plans"
urlpatterns = [
    path("<int:pk>/", plans.PlanPage.as_view(), name="plan"),
    path("<int:pk>/copy/", copying.CopyPage.as_view(), name="copy"),
    path("templates/<int:pk>/use/", plan_templates.UseTemplate.as_view(), name="use_template"),
    path("slots/new/", slots.NewSlot.as_view(), name="new_slot"),
    path("slots/<int:pk>/", slots.SlotPage.as_view(), name="slot"),
    path("slots/<int:pk>/fill/", slots.FillSlot.as_view(), name="fill_slot"),
    path("slots/<int:pk>/remove/", slots.RemoveSlot.as_view(), name="remove_slot"),
    path("slots/<int:pk>/draft/", beginning.BeginSlot.as_view(), name="draft_slot"),
    path("draft/", beginning.Begin.as_view(), name="draft"),
]
