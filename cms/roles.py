"""The three roles of those who write pages, and the workflow between them.

An author writes drafts of her own and hands them in; an editor changes any page and reviews; a publisher publishes.
``apps`` is the registry to take models from: that of a migration, or Django's own.
"""

AUTHORS, EDITORS, PUBLISHERS = "Authors", "Editors", "Publishers"
OLD_PUBLISHERS = "Moderators"
PAGES = {
    AUTHORS: ("add_page",),
    EDITORS: ("add_page", "change_page", "lock_page"),
    PUBLISHERS: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page", "bulk_delete_page"),
}
FILES = {
    AUTHORS: ("add_image", "choose_image", "add_document", "choose_document"),
    EDITORS: ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document"),
}
FILES[PUBLISHERS] = FILES[EDITORS]
MODELS = {"image": "wagtailimages", "document": "wagtaildocs", "page": "wagtailcore"}
REDIRECTS = ("add_redirect", "change_redirect", "delete_redirect", "view_redirect")
WORKFLOW, REVIEW, PUBLICATION = "审核并发布", "编辑审核", "发布"
"""Names are data: editors read them in the rooms, and may change them there."""
FIRST_NAMES = {"Review and publish": WORKFLOW, "Review by an editor": REVIEW, "Publication": PUBLICATION}
"""What they were called before; sites that still call them so are told the Chinese names."""


def give_roles(apps) -> None:
    """Make the groups, their rights over all pages and files, and the workflow; what Wagtail brought along gives way."""
    Group = apps.get_model("auth", "Group")
    Group.objects.filter(name=OLD_PUBLISHERS).update(name=PUBLISHERS)
    groups = {name: Group.objects.get_or_create(name=name)[0] for name in (AUTHORS, EDITORS, PUBLISHERS)}
    for name, group in groups.items():
        group.permissions.add(permission(apps, "access_admin", "admin", "wagtailadmin"))
        give_pages(apps, group, PAGES[name])
        give_files(apps, group, FILES[name])
    groups[PUBLISHERS].permissions.add(
        *[permission(apps, codename, "redirect", "wagtailredirects") for codename in REDIRECTS]
    )
    lay_workflow(apps, groups)


def permission(apps, codename: str, model: str, app: str):
    """The permission, made now if the app's own have not been made yet."""
    kind, _new = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app, model=model)
    found, _new = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=kind, codename=codename, defaults={"name": codename.replace("_", " ").capitalize()}
    )
    return found


def give_pages(apps, group, codenames) -> None:
    Page, rights = apps.get_model("wagtailcore", "Page"), apps.get_model("wagtailcore", "GroupPagePermission").objects
    root = Page.objects.filter(depth=1).first()
    for codename in codenames if root else ():
        rights.get_or_create(group=group, page=root, permission=permission(apps, codename, "page", MODELS["page"]))


def give_files(apps, group, codenames) -> None:
    rights = apps.get_model("wagtailcore", "GroupCollectionPermission").objects
    root = apps.get_model("wagtailcore", "Collection").objects.filter(depth=1).first()
    for codename in codenames if root else ():
        kind = codename.partition("_")[2]
        rights.get_or_create(group=group, collection=root, permission=permission(apps, codename, kind, MODELS[kind]))


def lay_workflow(apps, groups) -> None:
    """Draft, review by an editor, publication by a publisher; for all pages."""
    Workflow, Task = apps.get_model("wagtailcore", "Workflow"), apps.get_model("wagtailcore", "GroupApprovalTask")
    root = apps.get_model("wagtailcore", "Page").objects.filter(depth=1).first()
    kind, _new = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="wagtailcore", model="groupapprovaltask"
    )
    Workflow.objects.exclude(name=WORKFLOW).update(active=False)
    workflow, _new = Workflow.objects.get_or_create(name=WORKFLOW, defaults={"active": True})
    steps = apps.get_model("wagtailcore", "WorkflowTask").objects
    for place, (name, group) in enumerate([(REVIEW, groups[EDITORS]), (PUBLICATION, groups[PUBLISHERS])]):
        task, _new = Task.objects.get_or_create(name=name, defaults={"active": True, "content_type": kind})
        task.groups.add(group)
        steps.get_or_create(workflow=workflow, task_id=task.pk, defaults={"sort_order": place})
    if root:
        apps.get_model("wagtailcore", "WorkflowPage").objects.update_or_create(
            page=root, defaults={"workflow": workflow}
        )


def name_steps_in_chinese(apps) -> None:
    """The workflow and its steps as editors read them, where nobody named them otherwise meanwhile."""
    for model in ("Workflow", "Task"):
        for before, name in FIRST_NAMES.items():
            apps.get_model("wagtailcore", model).objects.filter(name=before).update(name=name)


def take_roles(apps) -> None:
    """The way back: the old name, the old workflow."""
    Group, Workflow = apps.get_model("auth", "Group"), apps.get_model("wagtailcore", "Workflow")
    apps.get_model("wagtailcore", "WorkflowPage").objects.all().delete()
    Workflow.objects.filter(name=WORKFLOW).delete()
    apps.get_model("wagtailcore", "Task").objects.filter(name__in=[REVIEW, PUBLICATION]).delete()
    Group.objects.filter(name=AUTHORS).delete()
    Group.objects.filter(name=PUBLISHERS).update(name=OLD_PUBLISHERS)
    root = apps.get_model("wagtailcore", "Page").objects.filter(depth=1).first()
    before = Workflow.objects.exclude(name=WORKFLOW).first()
    if before and root:
        Workflow.objects.filter(pk=before.pk).update(active=True)
        apps.get_model("wagtailcore", "WorkflowPage").objects.create(page=root, workflow=before)


def give_frame(apps) -> None:
    """Publishers write the menu and the footer."""
    group = apps.get_model("auth", "Group").objects.filter(name=PUBLISHERS).first()
    if group:
        group.permissions.add(permission(apps, "change_frame", "frame", "cms"))


def take_frame(apps) -> None:
    apps.get_model("auth", "Permission").objects.filter(codename="change_frame").delete()
