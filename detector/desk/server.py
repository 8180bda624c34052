"""The web server: gunicorn with threads, told what to do by the desk and not by files."""

from __future__ import annotations

from typing import Any

from gunicorn.app.base import BaseApplication

# Requests under way in each worker; screening itself is done one batch after another
_THREADS = 8


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """Serves the desk at `bind` ("host:port") with so many processes."""

    def __init__(self, bind: str, workers: int) -> None:
        self._settings: dict[str, Any] = {
            "bind": bind,
            "workers": workers,
            "threads": _THREADS,
            "worker_class": "gthread",
            "timeout": 120,
            "graceful_timeout": 20,
            "keepalive": 30,
            "limit_request_line": 4094,
            "proc_name": "detector-desk",
            "loglevel": "warning",
            "control_socket_disable": True,
            "post_worker_init": warm,
        }
        super().__init__()

    def load_config(self) -> None:
        """Hand gunicorn its settings."""
        for name, value in self._settings.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        """The application, made in the worker."""
        from detector.desk.wsgi import application

        return application


def warm(worker: object) -> None:
    """Open the engine before the first request, so that nobody waits for it."""
    from detector.desk.engine import engine

    engine().screener.read(["人民日报"])
