"""`python -m chelate` is `chelate`."""

from __future__ import annotations

from chelate.cli import main

if __name__ == "__main__":
    main(prog_name="chelate")
