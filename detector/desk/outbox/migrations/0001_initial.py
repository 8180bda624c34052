"""The first tables of outbox."""

import django.db.models.deletion
from django.db import migrations, models

import detector.desk.outbox.models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Target",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("url", models.URLField(max_length=500)),
                ("client", models.CharField(blank=True, default="", max_length=64)),
                (
                    "secret",
                    models.CharField(default=detector.desk.outbox.models.new_secret, max_length=80),
                ),
                ("active", models.BooleanField(default=True)),
                ("added", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("event", models.BigIntegerField()),
                ("message_id", models.CharField(max_length=40)),
                ("body", models.TextField()),
                ("created", models.DateTimeField()),
                ("attempts", models.IntegerField(default=0)),
                ("next_at", models.DateTimeField(db_index=True, null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("error", models.CharField(default="", max_length=200)),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="outbox.target"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("target", "event"), name="one_delivery_an_event"
                    )
                ],
            },
        ),
    ]
