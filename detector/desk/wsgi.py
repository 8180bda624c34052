"""The desk as a WSGI application: `gunicorn detector.desk.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "detector.desk.settings")
application = get_wsgi_application()
