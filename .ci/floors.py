#!/usr/bin/env python3
"""Runs the development scorers on a build and holds each figure to its floor, so that quality can only rise.

floors.py BIN EVAL FLOORS [--set]    --set writes what was seen, less a margin, where it is above the floor

A line of FLOORS: scorer and arguments, the path of a figure in the scorer's JSON (keys parted by colons), the
floor; parted by tabs.
Without the scorers (EVAL is no folder) it says so and leaves with 0.
"""
import json
import os
import shlex
import subprocess
import sys
import tempfile


# Scorers that write their figures to the file that --json names; the others print them.
TO_FILE = {"claims", "rhetoric", "rebuttals", "links"}


def figures(command, evaluation, binary):
    """The JSON of one scorer."""
    script, *rest = shlex.split(command)
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        to_file = os.path.dirname(script) in TO_FILE
        argv = [sys.executable, os.path.join(evaluation, script), "--bin", os.path.abspath(binary), *rest, "--json"]
        run = subprocess.run(argv + [out.name] * to_file, capture_output=True, text=True, check=False)
        if run.returncode:
            sys.exit(f"{command}: exit {run.returncode}\n{run.stderr[-2000:]}")
        return json.load(open(out.name, encoding="utf-8")) if to_file else json.loads(run.stdout)


def at(value, path):
    for key in path.split(":"):
        value = value[int(key)] if isinstance(value, list) else value[key]
    return float(value)


def main():
    binary, evaluation, floors = sys.argv[1:4]
    if not os.path.isdir(evaluation):
        print(f"skipped: no scorers at {evaluation}")
        return
    seen, below, lines = {}, 0, []
    for line in open(floors, encoding="utf-8"):
        if not line.strip() or line.startswith("#"):
            lines.append(line)
            continue
        command, path, floor = line.rstrip("\n").split("\t")
        if command not in seen:
            seen[command] = figures(command, evaluation, binary)
        value = at(seen[command], path)
        fine = value >= float(floor)
        below += not fine
        print(f"{'ok   ' if fine else 'BELOW'} {value:9.4f}  floor {float(floor):9.4f}  {command} {path}")
        lines.append(f"{command}\t{path}\t{max(float(floor), round(value * 0.99, 4))}\n")
    if "--set" in sys.argv:
        open(floors, "w", encoding="utf-8").writelines(lines)
    if below:
        sys.exit(f"{below} figures are below their floor")


if __name__ == "__main__":
    main()
