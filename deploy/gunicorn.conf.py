"""How the web processes run. Started by systemd; settings come from /etc/yanxing/env."""

from pathlib import Path

bind = "unix:/run/yanxing/web.sock"
workers = 3
threads = 4
timeout = 60
graceful_timeout = 30
keepalive = 5
max_requests = 2000
max_requests_jitter = 200
preload_app = False
accesslog = None  # the site notes every answer itself, without addresses
errorlog = "-"
control_socket_disable = True  # systemd controls it; the socket would lie in a home nobody may write to
forwarded_allow_ips = "*"  # nobody but the proxy reaches the socket

METRICS = Path("/run/yanxing/metrics")
"""Figures of all processes add up here; named by PROMETHEUS_MULTIPROC_DIR in the unit."""


def on_starting(server):
    """Figures of processes of an earlier start are no figures of this one."""
    METRICS.mkdir(parents=True, exist_ok=True)
    for file in METRICS.glob("*.db"):
        file.unlink()


def child_exit(server, worker):
    from prometheus_client import multiprocess

    multiprocess.mark_process_dead(worker.pid)
