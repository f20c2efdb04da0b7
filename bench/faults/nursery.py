"""The worker, started again each time it died, from a process that has loaded the code: a restart takes no time for it.

Not before ``House.mend`` has seen that it died: what happens while the worker is away is part of some journeys.
"""

import os
import signal
import sys
import time
from pathlib import Path

import django
from django.core.management import call_command


def main() -> None:
    django.setup()
    fired = Path(os.environ["FAULTS_FILE"]).with_suffix(".fired")
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(0))
    while True:
        child = os.fork()
        if not child:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            call_command("work", verbosity=1)
            os._exit(0)
        try:
            os.waitpid(child, 0)
        except SystemExit:
            os.kill(child, signal.SIGKILL)
            raise
        while fired.exists():
            time.sleep(0.05)


if __name__ == "__main__":
    main()
