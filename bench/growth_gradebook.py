"""A gradebook that is filled step by step: what a step takes, and what it takes to read one learner's line of it."""
import json
import os
import statistics
import subprocess

from growth_cases import Failed
from process import run_with_peak
from whole import QUIET

READS = 7
LEARNERS = 2_654_435_761  # as in result_of of gradebook_rows.cc: learners come in no order


def fill(program, dsn, before, size, folder):
    """Rows from `before` to `size`: seconds in the store, and the process's peak KiB."""
    figures = os.path.join(folder, "fill.json")
    _, _, peak, code = run_with_peak([program, "fill", dsn, str(before), str(size), "--json", figures], **QUIET)
    if code != 0:
        raise Failed(f"gradebook_bench fill ended with {code}")
    with open(figures, encoding="utf-8") as file:
        return json.load(file)["points"][0]["seconds"], peak


def read_one(otmetka, dsn, number):
    """`otmetka results` of one learner: the median of some, and the largest peak in KiB."""
    learner = f"learner-{number * LEARNERS % 2**32}"
    command = [otmetka, "results", "--gradebook", dsn, "--learner", learner, "--format", "jsonl"]
    said = subprocess.run(command, capture_output=True, check=False)
    if said.returncode != 0 or learner.encode() not in said.stdout:
        raise Failed("`otmetka results` does not show a learner that is there")
    runs = [run_with_peak(command, **QUIET) for _ in range(READS)]
    return statistics.median(one[0] for one in runs), max(one[2] for one in runs)


def filled(otmetka, program, store, dsn, sizes, folder, limit, expected):
    """Two series of one gradebook that grows."""
    write = {"title": f"Learners in the gradebook, {store}: stored", "grows": "rows", "item": "a row", "points": [], "notes": [],
             "command": f"gradebook_bench fill {dsn.split(':')[0]}:… 0 N", "remark": "in batches of 5,000, as `serve` writes them"}
    read = {"title": f"Learners in the gradebook, {store}: one is read", "grows": "rows", "item": "a reading", "points": [], "notes": [],
            "command": f"otmetka results --gradebook {dsn.split(':')[0]}:… --learner ONE --format jsonl", "remark": ""}
    before, total = 0, 0.0
    for size in sizes:
        soon = expected(write["points"], size) - total
        if soon > limit:
            for one in (write, read):
                one["notes"].append(f"{size:,} rows not measured: about {soon:,.0f} s to fill it, and a size may take {limit:g} s")
            break
        try:
            seconds, peak = fill(program, dsn, before, size, folder)
            total += seconds
            write["points"].append({"size": size, "seconds": round(total, 4), "items": size, "peak_mib": round(peak / 1024, 1)})
            seconds, peak = read_one(otmetka, dsn, size // 2)
            read["points"].append({"size": size, "seconds": round(seconds, 5), "items": 1, "peak_mib": round(peak / 1024, 1)})
        except Failed as failure:
            write["notes"].append(f"{size:,} rows: {failure}")
            break
        before = size
    return [write, read]


def measure(otmetka, program, folder, quick, limit, expected):
    """SQLite to ten million rows, PostgreSQL to a million: as far as the limit lets them."""
    sizes = (1_000, 5_000) if quick else tuple(10**n for n in range(3, 8))
    out = filled(otmetka, program, "SQLite", "sqlite:" + os.path.join(folder, "growing.db"), sizes, folder, limit, expected)
    with subprocess.Popen([program, "server"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        dsn = server.stdout.readline().strip()
        if dsn:
            out += filled(otmetka, program, "PostgreSQL", dsn, [n for n in sizes if n <= 10**6], folder, limit, expected)
        server.stdin.close()
    return out
