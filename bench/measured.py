"""What `./run bench` has left in its folder, read for the page: the parts, their figures, their microbenchmarks."""
import json
from dataclasses import dataclass, field

# The files of each part; one that has none of its files was not measured.
PARTS = {
    "answers": ["whole.json", "answers.json"],
    "peers": ["peers.json"],
    "sandbox": ["sandbox-1.json", "sandbox-2.json", "sandbox-idle.json", "sandbox-python.json", "limits.json"],
    "programs": ["programs.json"],
    "gradebook": ["gradebook.json", "gradebook-explained.json"],
    "pipeline": ["pipeline-ratios.json", "pipeline-restart.json", "pipeline-lanes.json", "pipeline-overload.json"],
    "growth": ["growth.json"],
}
NOTES = "machine.json"  # of every part: when, where, which commit
ALL_FILES = [NOTES, *(name for names in PARTS.values() for name in names), "pipeline-growth.json"]
USUAL_LIMIT = 60  # seconds that growth.py gives a size where it is not told otherwise
P99_SAMPLES = 100  # with fewer the hundredth part is not one sample
FEWEST_SAMPLES = 3  # with fewer a median is one run's chance

# Goals of the design for microbenchmarks, whose JSON knows none: file, benchmark, field, what it is called, unit, bound.
MICRO_GOALS = [
    ("answers.json", "lane_efficiency/min_time:2.000/manual_time", "efficiency", "answers lane, all threads: of its ideal", "times",
     ">=", 0.9),
    ("answers.json", "ledger/disorder:10000", "ns_per_message", "the ledger, a message, out of order by up to 10,000", "ns", "<=", 30),
    ("answers.json", "counter_add/threads:2", "cpu_time", "an add to a counter of `/metrics`, two threads", "ns", "<=", 2),
    ("programs.json", "on_all_slots/tests:20/real_time", "real_time", "20 tests of a 1 ms program, compiled already", "ms", "<=", 25),
    ("programs.json", "the_same_source_again", "real_time", "identical source again", "ms", "<=", 5),
]


@dataclass
class Figure:
    part: str
    name: str
    value: float
    unit: str
    goal: str = "-"
    met: bool = True


@dataclass
class Measured:
    notes: dict = field(default_factory=dict)
    files: dict = field(default_factory=dict)  # by name, as they were read
    figures: list = field(default_factory=list)
    sections: list = field(default_factory=list)  # of peers
    contests: list = field(default_factory=list)  # rows of other parts, by part

    def has(self, part):
        return any(name in self.files for name in PARTS[part])

    def options(self, part):
        """What a part was run with: as it was noted, or as its JSON tells where it was not."""
        note = self.notes.get(part, {})
        if "arguments" in note:
            return " ".join(note["arguments"])
        told = self.files.get(PARTS[part][0], {})
        limit = told.get("limit", USUAL_LIMIT)
        return " ".join(["--quick"] * bool(told.get("quick")) + [f"--limit {limit:g}"] * (limit != USUAL_LIMIT))

    def command(self, part):
        return f"./run bench {part} {self.options(part)}".rstrip()


def without_places(text):
    """Google Benchmark names the machine and the path of its program: neither says how fast it is."""
    return "".join(line for line in text.splitlines(keepends=True)
                   if not line.strip().startswith(('"host_name":', '"executable":')))


def micro_goals(files):
    for file, benchmark, key, name, unit, sign, limit in MICRO_GOALS:
        for one in files.get(file, {}).get("benchmarks", []):
            if one["name"] == benchmark and key in one:
                # One that gave up has a time of 0, which would meet any goal.
                if one.get("error_occurred"):
                    yield file, Figure("", f"{name}: {one['error_message']}", 0.0, unit, f"{sign} {limit:g}", False)
                    continue
                value = one[key]
                yield file, Figure("", name, value, unit, f"{sign} {limit:g}", value <= limit if sign == "<=" else value >= limit)


def precompiled(files):
    """How much faster a precompiled header makes C++."""
    times = {one["name"]: one["real_time"] for one in files.get("programs.json", {}).get("benchmarks", [])}
    plain, fast = (times.get(f"all_of_the_standard_library/precompiled:{n}/iterations:5/real_time") for n in (0, 1))
    if plain and fast:
        yield Figure("programs", "C++ with `<bits/stdc++.h>`: plain against precompiled", plain / fast, "times", ">= 3", plain / fast >= 3)


def read(folder):
    """All that is there; a file that is absent is not measured, one that cannot be read is an error."""
    out = Measured()
    for name in ALL_FILES:
        path = folder / name
        if path.exists():
            out.files[name] = json.loads(path.read_text(encoding="utf-8"))
    out.notes = out.files.get(NOTES, {})
    part_of = {name: part for part, names in PARTS.items() for name in names}
    for name, data in out.files.items():
        if name in part_of and name not in ("peers.json", "growth.json"):
            out.figures += [Figure(part_of[name], **one) for one in data.get("figures", [])]
            if data.get("rows"):
                out.contests.append((part_of[name], data["rows"]))
    for file, figure in micro_goals(out.files):
        figure.part = part_of[file]
        out.figures.append(figure)
    out.figures += precompiled(out.files)
    out.sections = out.files.get("peers.json", {}).get("sections", [])
    for section in out.sections:
        out.figures += [Figure("peers", **one) for one in section.get("figures", [])]
    return out
