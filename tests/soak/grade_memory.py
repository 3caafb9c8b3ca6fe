#!/usr/bin/python3
"""`otmetka grade` reads ten million lines through a pipe and never holds more than 300 MiB: grade_memory.py PROGRAM [LINES]."""
import os
import pathlib
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "bench"))
import random  # noqa: E402

import whole  # noqa: E402

MOST_MIB = 300
POOL = 20_000

program, lines = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 10_000_000
rng = random.Random(20260901)
chunk = "".join(whole.make_line(rng, i) + "\n" for i in range(POOL)).encode()
with tempfile.TemporaryDirectory(prefix="otmetka-soak-") as folder:
    spec = os.path.join(folder, "mixed.yaml")
    pathlib.Path(spec).write_text(whole.SPEC, encoding="utf-8")
    counter = subprocess.Popen(["wc", "-l"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    grade = subprocess.Popen([program, "grade", "--spec", spec, "--format", "jsonl", "-"], stdin=subprocess.PIPE,
                             stdout=counter.stdin, stderr=subprocess.DEVNULL)
    counter.stdin.close()  # grade has it now
    counter.stdin = None
    for _ in range(lines // POOL):
        grade.stdin.write(chunk)
    grade.stdin.close()
    _, status, usage = os.wait4(grade.pid, 0)
    grade.returncode = os.waitstatus_to_exitcode(status)
    rows = int(counter.communicate()[0])
peak = usage.ru_maxrss / 1024
cpu = usage.ru_utime + usage.ru_stime
print(f"{rows:,} rows, peak {peak:.0f} MiB (at most {MOST_MIB}), {cpu:.0f} s of CPU, exit code {grade.returncode}")
sys.exit(0 if grade.returncode == 0 and rows == lines // POOL * POOL and peak <= MOST_MIB else 1)
