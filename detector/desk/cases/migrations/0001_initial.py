"""The first tables of cases."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import detector.desk.cases.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=detector.desk.cases.models.new_id,
                        max_length=32,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("client", models.CharField(default="", max_length=64)),
                ("account_id", models.CharField(max_length=512)),
                ("name", models.TextField()),
                ("outcome", models.CharField(max_length=8)),
                ("clause", models.CharField(default="", max_length=8)),
                ("body_id", models.CharField(default="", max_length=120)),
                ("body_name", models.TextField(default="")),
                ("avatar", models.CharField(default="", max_length=80)),
                (
                    "lane",
                    models.CharField(
                        choices=[
                            ("confirm", "confirm"),
                            ("strict", "strict"),
                            ("rescreen", "rescreen"),
                            ("senior", "senior"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("waiting", "waiting"),
                            ("decided", "decided"),
                            ("superseded", "superseded"),
                        ],
                        max_length=10,
                    ),
                ),
                ("final", models.CharField(default="", max_length=10)),
                ("risk", models.FloatField(null=True)),
                ("harm", models.FloatField()),
                ("opened_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("explore", models.IntegerField()),
                ("record", models.TextField()),
                ("record_digest", models.CharField(max_length=64)),
                ("last_event", models.BigIntegerField()),
                (
                    "barred",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "closing_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "twin",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="second",
                        to="cases.case",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Turn",
            fields=[
                ("pattern", models.CharField(max_length=10, primary_key=True, serialize=False)),
                ("number", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("allow", "allow"),
                            ("proof", "proof"),
                            ("refuse", "refuse"),
                            ("close", "close"),
                            ("escalate", "escalate"),
                            ("undo", "undo"),
                            ("reopen", "reopen"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(max_length=40)),
                ("note", models.TextField(default="")),
                ("at", models.DateTimeField()),
                ("event", models.BigIntegerField(unique=True)),
                ("bulk", models.CharField(db_index=True, default="", max_length=32)),
                ("before", models.JSONField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="cases.case",
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "undoes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undone_by",
                        to="cases.review",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="cases.case",
                    ),
                ),
                ("until", models.DateTimeField(db_index=True)),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["state", "lane", "due_at", "id"], name="cases_case_state_05b261_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["state", "lane", "explore"], name="cases_case_state_efe9b5_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["state", "body_id"], name="cases_case_state_c32ea9_idx"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["client", "account_id"], name="cases_case_client_55114d_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(fields=["reviewer", "at"], name="cases_revie_reviewe_25081c_idx"),
        ),
    ]
