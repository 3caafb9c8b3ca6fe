"""How time and memory grow: whole processes of the program at growing sizes, the order of it, and JSON for `./run bench report`.

A size whose time, by the size before it, would be beyond the limit is left out with a note that says so.
"""
import argparse
import contextlib
import json
import os
import pathlib
import sys
import tempfile

import growth_cases
import growth_gradebook
from fit import exponent, sentence
from growth_cases import Failed

OFTEN = 2.0  # seconds: what takes less is measured three times, and the median counts
STEEPEST = 1.2  # small sizes that others disturb would foretell more


def expected(points, size):
    """Seconds for `size`, if it grows from the last two points as they did: not at all at the least, and not faster than STEEPEST."""
    if not points:
        return 0.0
    last = points[-1]
    slope = exponent([(p["size"], p["seconds"]) for p in points[-2:]]) if len(points) > 1 else 0.0
    return last["seconds"] * (size / last["size"]) ** min(max(0.0, slope), STEEPEST)


def measured(case, size):
    runs = [case.measure(size)]
    if runs[0][0] < OFTEN:
        runs += [case.measure(size), case.measure(size)]
    seconds, peak, items = sorted(runs)[(len(runs) - 1) // 2]
    return {"size": size, "seconds": round(seconds, 5), "items": items, "peak_mib": round(peak / 1024, 1)}


def grow(case, sizes, limit):
    """One series, as the JSON has it."""
    series = {"title": case.title, "grows": case.grows, "item": case.item, "command": case.command, "remark": case.remark}
    series |= {"points": [], "notes": []}
    with contextlib.suppress(Failed):
        case.measure(sizes[0])  # what only the first of all does
    for size in sizes:
        soon = expected(series["points"], size)
        if soon > limit:
            series["notes"].append(f"{size:,} {case.grows} not measured: about {soon:,.0f} s, and a size may take {limit:g} s")
            break
        try:
            series["points"].append(measured(case, size))
        except Failed as failure:
            series["notes"].append(f"{size:,} {case.grows} not measured: {failure}")
            break
        show(series, series["points"][-1])
    tell_order(series)
    return series


def show(series, point):
    if point is series["points"][0]:
        print(f"\n{series['title']}: {series['command']} {series['remark']}")
        print(f"  {series['grows']:>14} {'seconds':>10} {'us for ' + series['item']:>22} {'peak MiB':>10}")
    each = point["seconds"] * 1e6 / point["items"]
    print(f"  {point['size']:>14,} {point['seconds']:>10.3f} {each:>22,.2f} {point.get('peak_mib', 0) or 0:>10,.1f}", flush=True)


def tell_order(series):
    print(f"  time is {sentence([(p['size'], p['seconds']) for p in series['points']])}")
    memory = [(p["size"], p["peak_mib"]) for p in series["points"] if p.get("peak_mib")]
    if memory:
        print(f"  memory is {sentence(memory)}")
    for note in series["notes"]:
        print(f"  {note}")


def of_partitions(path):
    """What pipeline_bench measured, as series."""
    if path is None or not path.exists():
        return []
    found = {}
    for point in json.loads(path.read_text(encoding="utf-8"))["points"]:
        series = found.setdefault(point["series"], {
            "title": point["series"].capitalize(), "grows": "partitions", "item": "a submission", "points": [], "notes": [],
            "command": "pipeline_bench BROKERS growth", "remark": "exactly once, Kafka on the same machine"})
        series["points"].append({"size": point["size"], "seconds": point["seconds"], "items": point["items"]})
    for series in found.values():
        for point in series["points"]:
            show(series, point)
        tell_order(series)
    return list(found.values())


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--otmetka", required=True)
    parser.add_argument("--gradebook-bench", help="where it is not given no gradebook is measured")
    parser.add_argument("--partitions", type=pathlib.Path, help="the JSON of pipeline_bench growth")
    parser.add_argument("--json", required=True, type=pathlib.Path)
    parser.add_argument("--quick", action="store_true", help="small sizes, for trying it out")
    parser.add_argument("--long", action="store_true", help="twenty minutes for a size: gradebooks of ten million rows")
    parser.add_argument("--limit", type=float, help="seconds that one size may take: 60, with --long 1200")
    parser.add_argument("--only", action="append", help="a case by its class: Answers, SpecItems, Programs, Tests, Slots, Gradebook")
    options = parser.parse_args()
    limit = options.limit or (1200.0 if options.long else 60.0)
    wanted = lambda name: not options.only or name in options.only
    otmetka, series = os.path.abspath(options.otmetka), []
    with tempfile.TemporaryDirectory(prefix="otmetka-growth-") as folder:
        for kind in growth_cases.ALL:
            if wanted(kind.__name__):
                series.append(grow(kind(otmetka, folder), kind.quick if options.quick else kind.sizes, limit))
        if options.gradebook_bench and wanted("Gradebook"):
            for one in growth_gradebook.measure(otmetka, os.path.abspath(options.gradebook_bench), folder, options.quick, limit, expected):
                for point in one["points"]:
                    show(one, point)
                tell_order(one)
                series.append(one)
    series += of_partitions(options.partitions)
    options.json.write_text(json.dumps({"quick": options.quick, "limit": limit, "series": series}, ensure_ascii=False, indent=1) + "\n",
                            encoding="utf-8")
    return 0 if all(one["points"] for one in series) else 1


if __name__ == "__main__":
    sys.exit(main())
