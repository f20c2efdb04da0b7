"""Which of them is asked for."""

import sys
from importlib import import_module

for name in sys.argv[1:] or ("replica", "hosts", "outages", "doors", "upgrade"):
    import_module(f"bench.operating.{name}").main()
