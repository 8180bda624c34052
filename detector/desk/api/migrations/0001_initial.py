"""The first tables of api."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Client",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=64, unique=True)),
                ("key", models.CharField(max_length=64, unique=True)),
                ("old_key", models.CharField(max_length=64, null=True, unique=True)),
                ("old_until", models.DateTimeField(null=True)),
                ("scopes", models.CharField(default="screen", max_length=80)),
                ("rate", models.IntegerField(default=1000)),
                ("burst", models.IntegerField(default=5000)),
                ("active", models.BooleanField(default=True)),
                ("added", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=128)),
                ("request", models.CharField(max_length=64)),
                ("body", models.TextField()),
                ("at", models.DateTimeField(db_index=True)),
                (
                    "client",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="api.client"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("client", "key"), name="one_answer_a_key")
                ],
            },
        ),
    ]
