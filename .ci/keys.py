#!/usr/bin/env python3
"""Writes the tables of keys in README.md anew: keys.py target/debug/visavis

They are what `visavis config dump keys --markdown` prints where nobody has keys of their own.
"""
import os
import pathlib
import subprocess
import sys
import tempfile

MARK = "<!-- keys -->\n", "<!-- /keys -->"
readme = pathlib.Path(__file__).resolve().parent.parent / "README.md"
with tempfile.TemporaryDirectory() as home:
    environment = {**os.environ, "HOME": home, "XDG_CONFIG_HOME": home}
    command = [sys.argv[1], "config", "dump", "keys", "--markdown"]
    tables = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
text = readme.read_text(encoding="utf-8")
before, rest = text.split(MARK[0], 1)
after = rest.split(MARK[1], 1)[1]
readme.write_text(before + MARK[0] + tables.strip() + "\n" + MARK[1] + after, encoding="utf-8")
