"""Who is logged in, with what every page of the admin asks of them: two queries, whatever the page."""

from collections import defaultdict
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Group, Permission, User
from django.db.models import CharField, F, IntegerField, Model, QuerySet, Value
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page
from wagtail.permission_policies.collections import CollectionPermissionLookupMixin
from wagtail.permission_policies.pages import PagePermissionPolicy

Row = tuple[Any, ...]
PERMISSION = ("permission_id", "permission__content_type__app_label", "permission__codename")
NO_TREE = ("", 0, 0)


class Backend(ModelBackend):
    def get_user(self, user_id: int) -> User | None:
        """With their language and time zone, which the admin asks for at once."""
        return User.objects.select_related("wagtail_userprofile").filter(pk=user_id, is_active=True).first()


def read_rights(user: Any) -> None:
    """Groups, permissions, and rights on sections and collections, in one query where Django and Wagtail ask five.

    They are left where both keep what they have read, for as long as this ``user`` is in hand: one request.
    """
    if not user.is_active or user.is_superuser:  # nobody asks of which rights these have what
        return
    found: dict[str, list[Row]] = defaultdict(list)
    first, *others = _queries(user)
    for kind, *row in first.union(*others, all=True):
        found[kind].append(tuple(row))
    user._user_perm_cache = {f"{row[4]}.{row[5]}" for row in found["own"]}
    user._group_perm_cache = {f"{row[4]}.{row[5]}" for row in found["granted"]}
    user._prefetched_objects_cache = {"groups": _groups(user, found["group"])}
    pages = [_right(GroupPagePermission, Page, "page", row) for row in found["page"]]
    collections = [_right(GroupCollectionPermission, Collection, "collection", row) for row in found["collection"]]
    setattr(user, PagePermissionPolicy.permission_cache_name, pages)
    setattr(user, CollectionPermissionLookupMixin.permission_cache_name, collections)


def _queries(user: User) -> "list[QuerySet[Any, Row]]":
    """Each with the same columns: kind, id, group, target, permission, its app, its name, and where in the tree."""
    theirs = {"group__user": user}
    names = ("content_type__app_label", "codename")
    pages, collections = GroupPagePermission.objects, GroupCollectionPermission.objects
    return [
        _alike("group", Group.objects.filter(user=user), "pk", 0, 0, 0, "", "name", *NO_TREE),
        _alike("own", Permission.objects.filter(user=user), "pk", 0, 0, 0, *names, *NO_TREE),
        _alike("granted", Permission.objects.filter(**theirs), "pk", 0, 0, 0, *names, *NO_TREE),
        _alike("page", pages.filter(**theirs), "pk", "group_id", "page_id", *PERMISSION, *_tree("page")),
        _alike(
            "collection", collections.filter(**theirs), "pk", "group_id", "collection_id", *PERMISSION,
            *_tree("collection"),
        ),
    ]  # fmt: skip


def _tree(name: str) -> tuple[str, str, str]:
    return f"{name}__path", f"{name}__depth", f"{name}__numchild"


def _alike(kind: str, rows: "QuerySet[Any]", *columns: str | int) -> "QuerySet[Any, Row]":
    """What has no such column fills its place: a name stands for a column, "" and 0 for nothing."""
    found = [F(column) if isinstance(column, str) and column else _nothing(column) for column in columns]
    return rows.order_by().values_list(Value(kind, output_field=CharField()), *found)


def _nothing(value: str | int) -> Value:
    return Value(value, output_field=CharField() if isinstance(value, str) else IntegerField())


def _groups(user: User, rows: list[Row]) -> "QuerySet[Group]":
    groups = user.groups.all()
    groups._result_cache = [Group(pk=row[0], name=row[5]) for row in rows]  # as ``prefetch_related`` leaves them
    groups._prefetch_done = True  # type: ignore[attr-defined]
    return groups


def _right(model: type[Model], target: type[Model], name: str, row: Row) -> Model:
    """As Wagtail reads it; of the target only where it stands, the rest is fetched when somebody asks for it."""
    pk, group, on, permission, _app, codename, path, depth, numchild = row
    right = _loaded(model, id=pk, group_id=group, permission_id=permission, **{f"{name}_id": on})
    setattr(right, name, _loaded(target, id=on, path=path, depth=depth, numchild=numchild))
    right.permission = _loaded(Permission, id=permission, codename=codename)  # type: ignore[attr-defined]
    return right


def _loaded(model: type[Model], **columns: Any) -> Model:
    """A row as from the database; what is not among ``columns`` is deferred."""
    names = [field.attname for field in model._meta.concrete_fields if field.attname in columns]
    return model.from_db("default", names, [columns[name] for name in names])
