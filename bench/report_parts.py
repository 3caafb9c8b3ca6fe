"""The sections of BENCHMARKS.md."""
import fit
import svg
from measured import ALL_FILES, FEWEST_SAMPLES, P99_SAMPLES, PARTS

WHAT = {
    "answers": "whole processes of `grade`, `serve`, `check`, and microbenchmarks of checkers, codec, specs, ledger and metrics",
    "peers": "the same work through others and through ours",
    "sandbox": "the walls after idling, around `python3`, and how exactly limits are kept",
    "programs": "programs judged by tests, the cache of compiled programs",
    "gradebook": "new, repeated and changed rows of PostgreSQL and SQLite",
    "pipeline": "restart, lanes and overload on a real Kafka",
    "growth": "time and memory as things grow",
}
METHOD = """\
- Who is compared does the same work in turns within one run: a machine that slows down slows both, and a ratio of one run holds where the
  figures themselves do not. Figures of different machines, days or pages do not compare.
- A sandbox's ratio is the median of the ratios of blocks that ran side by side; every other ratio is that of two medians. p99 is over the
  samples that stand beside it; where there are fewer than 100, the slowest stands in its place and is called that. Fewer than 3 are no
  comparison. A sample of the regular expressions is the mean of up to 100 answers.
- What is checked while it is timed, and ends the run or leaves out the figure where it is not so: a run in a sandbox, ours or another,
  ends with 0; the verdict on a regular expression is right; a program that is judged is accepted, in the growth of programs, tests and
  slots too; as many results come out of the pipeline as submissions went in, though nobody looks at what they say; a gradebook takes its
  rows, though nobody reads them again. Of all other whole processes, the growth of answers and of specs included, the exit code alone is
  looked at.
- A pattern that makes circles is bounded: PCRE2 gives up after a million steps, `std::regex`, which has no bound, gets 20 bytes only.
- bubblewrap and firejail are told to take away the network, the user's rights and the devices. Told so, neither sets limits, counts CPU
  time, captures output or wipes what a program leaves, all of which our figure has.
- Growth: whole processes. The exponent is the slope of the logarithm of the time by that of the size, over the last sizes that take at
  least three times what the least takes, since below that a process's start is all there is; what comes before the least does not count
  where three sizes are left. 1 is linear, 2 quadratic, 0 constant; a slope whose standard error is above 0.15 has no order: it scatters.
- Peaks are told by GNU time: of a command or of the largest that it starts, such as a compiler. GNU time's own start, about 1 ms, is part
  of the times that stand beside them."""


def human(value):
    """Three digits that count, thousands parted."""
    if value == 0:
        return "0"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if abs(value) >= 0.001 else f"{value:.2g}"


def count(value):
    """A whole number with its thousands parted, anything else as it is."""
    return f"{value:,.0f}" if float(value).is_integer() else human(value)


def shown(figure):
    return human(figure.value) + ("" if figure.unit == "times" else " µs" if figure.unit == "us" else f" {figure.unit}")


def table(head, rows):
    line = lambda cells: "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"
    return "\n".join([line(head), "|" + "---|" * len(head), *map(line, rows)])


def p99(row):
    """Of few samples the slowest, which is called that."""
    return human(row["p99"]) if row["samples"] >= P99_SAMPLES else f"slowest of {row['samples']}: {human(row['p99'])}"


def no_comparison(rows):
    """Says so where somebody was measured too seldom; nothing otherwise."""
    few = [f"{row['by']} {row['samples']}" for row in rows if row["samples"] < FEWEST_SAMPLES]
    return f"no comparison, fewer than {FEWEST_SAMPLES} samples: {'; '.join(few)}" if few else ""


def unit_of(row):
    return row["unit"].replace("us ", "µs ")


def is_ours(by):
    return by.startswith("otmetka")


def runs(data):
    """Where and when each part was measured; a machine is told once, however many parts it has measured."""
    rows, machines = [], {}
    for part in PARTS:
        note = data.notes.get(part, {})
        if not data.has(part):
            rows.append([f"`./run bench {part}`", "**not measured**", "", "", ""])
            continue
        if "machine" in note:
            machines.setdefault(str(note["machine"]), (note["machine"], []))[1].append(part)
        quick = " (a quick run: small sizes)" if data.files.get(PARTS[part][0], {}).get("quick") else ""
        took = f"{note['seconds']:,} s" if "seconds" in note else "not noted: it did not end"
        rows.append([f"`{data.command(part)}`", WHAT[part] + quick, note.get("commit", "?"), f"{note.get('began', '?')}, {took}",
                     note.get("load_before", "?")])
    out = "## Machine and commands\n\n"
    for machine, parts in machines.values():
        who = "" if len(machines) == 1 else f"{', '.join(parts)}: "
        kind = ", of a virtual machine" if machine["virtual"] else ""
        out += f"{who}{machine['processor']}, {machine['cores']} cores{kind}, {machine['memory_gib']} GiB; Linux {machine['kernel']}, "
        out += f"{machine['system']}; {machine['compiler']}.\n"
    versions = data.notes.get("peers", {}).get("others", {})
    if versions:
        out += "\nOthers: " + ", ".join(f"{name} {version or 'absent'}" for name, version in versions.items()) + ".\n"
    out += "\n`./run bench all` is all of it, `./run bench report` this page. Load is what the machine was busy with just before.\n\n"
    return out + table(["command", "measures", "commit", "when", "load before"], rows) + "\n"


def goals(data):
    with_goal = [f for f in data.figures if f.goal != "-"]
    missed = [f for f in with_goal if not f.met]
    out = f"## Goals\n\n{len(with_goal) - len(missed)} of {len(with_goal)} goals are met"
    out += ":\n\n" if not missed else f", **{len(missed)} missed**:\n\n"
    ordered = missed + [f for f in with_goal if f.met]
    return out + table(["what", "figure", "goal", "", "part"],
                       [[f.name, shown(f), f.goal.replace("<=", "≤").replace(">=", "≥"),
                         "met" if f.met else "**MISSED**", with_options(f.part, data, f.part)] for f in ordered]) + "\n"


def measured_by(data, part):
    """How a part was run, where that was not in its usual form."""
    return f"Measured by `{data.command(part)}`.\n\n" if data.options(part) else ""


def with_options(name, data, part):
    return f"{name} `{data.options(part)}`" if data.options(part) else name


def works_of(rows):
    """Rows by what is done, in their order."""
    out = {}
    for row in rows:
        out.setdefault(row["work"], []).append(row)
    return out


def peer_section(section, name, plots):
    out = f"### {section['title']}\n\n"
    if "failed" in section:
        return out + f"**Not measured: {section['failed']}.**\n"
    for number, (work, rows) in enumerate(works_of(section["rows"]).items()):
        file = f"{name}-{number}.svg"
        plots[file] = svg.bars(f"{work}: {unit_of(rows[0])}, median (logarithmic)",
                               [(r["by"], r["median"], f"{human(r['median'])}  ({human(r['ratio'])} ×)", is_ours(r["by"])) for r in rows])
        out += f"{work[0].upper() + work[1:]}:\n\n" + table(
            ["", f"median, {unit_of(rows[0])}", "p99", "ratio", "samples", ""],
            [[f"**{r['by']}**" if is_ours(r["by"]) else r["by"], human(r["median"]), p99(r), human(r["ratio"]),
              count(r["samples"]), r["note"]] for r in rows]) + "\n\n"
        out += f"**This is {no_comparison(rows)}.**\n\n" if no_comparison(rows) else ""
        out += f"![{work}](docs/plots/{file})\n\n"
    for figure in section["figures"]:
        mark = "" if figure["goal"] == "-" else f" (goal {figure['goal']}: {'met' if figure['met'] else '**MISSED**'})"
        out += f"- {figure['name']}: {human(figure['value'])}{mark}\n"
    for absent in section["absent"]:
        out += f"- {absent}\n"
    return out.rstrip("\n") + "\n"


def peers(data, plots):
    out = "## Beside others\n\n"
    if not data.has("peers"):
        return out + "Not measured: `./run bench peers`.\n"
    slug = lambda title: "-".join(title.lower().replace(",", "").split())
    out += measured_by(data, "peers")
    return out + "\n".join(peer_section(section, slug(section["title"]), plots) for section in data.sections)


def lost(ours, other):
    """How many times ours takes what the other does; None where it does not take longer. A ratio that rounds to 1 is a tie."""
    if is_ours(other["by"]) or ours["median"] <= other["median"]:
        return None
    times = ours["ratio"] / other["ratio"] if ours["ratio"] and other["ratio"] else ours["median"] / other["median"]
    return times if round(times, 2) > 1 else None


def lost_works(data):
    """One row for each work and who takes less time for it, the largest ratio first."""
    rows = []
    contests = [(with_options(s["title"], data, "peers"), s.get("rows", [])) for s in data.sections]
    contests += [(with_options(part, data, part), contest) for part, contest in data.contests]
    for title, contest in contests:
        for work, contestants in works_of(contest).items():
            for ours in (r for r in contestants if is_ours(r["by"])):
                for other in contestants:
                    times = lost(ours, other)
                    if times:
                        remarks = [no_comparison([ours, other]), other["note"] if other["by"] == "psql COPY" else ""]
                        rows.append((times, [title, work, f"{ours['by']} against {other['by']}", f"{human(times)} ×",
                                             "; ".join(filter(None, remarks))]))
    return [row for _, row in sorted(rows, key=lambda row: -row[0])]


def losses(data):
    """Whoever does the same work in less time than ours, whatever else it leaves undone, and the goals that are missed."""
    rows = lost_works(data)
    out = "## Where we lose\n\nComputed from the ratios above: whoever takes less time for the same work, though it may not do all that ours "
    out += "does. A ratio that rounds to 1 is a tie and not here.\n\n"
    out += table(["", "work", "who", "ours takes", ""], rows) if rows else "Nobody was measured who takes less time."
    out += "\n"
    missed = [f.name for f in data.figures if not f.met]
    return out + ("\nGoals missed: " + "; ".join(missed) + ".\n" if missed else "")


def growth_section(series, file, plots):
    points = series["points"]
    out = f"### {series['title']}\n\n`{series['command']}`{series['remark'] and ': ' + series['remark']}\n\n"
    if points:
        times = [(p["size"], p["seconds"]) for p in points]
        memory = [(p["size"], p["peak_mib"]) for p in points if p.get("peak_mib")]
        drawn = len(points) > 1
        if drawn:
            plots[file] = svg.growth(series["title"], series["grows"], times, memory)
        out += f"Time is {fit.sentence(times)}." + (f" Memory is {fit.sentence(memory)}." if memory else "") + "\n\n"
        out += table([series["grows"], "seconds", f"µs for {series['item']}", "peak MiB"],
                     [[count(p["size"]), human(p["seconds"]), human(p["seconds"] * 1e6 / p["items"]),
                       human(p["peak_mib"]) if p.get("peak_mib") else "–"] for p in points]) + "\n"
        out += f"\n![{series['title']}](docs/plots/{file})\n" if drawn else ""
    return out + "".join(f"\n{note}.\n" for note in series["notes"])


def growth(data, plots):
    out = "## Growth\n\n"
    if not data.has("growth"):
        return out + "Not measured: `./run bench growth`.\n"
    out += measured_by(data, "growth")
    sections = []
    for number, series in enumerate(data.files["growth.json"]["series"]):
        sections.append(growth_section(series, f"growth-{number}.svg", plots))
    return out + "\n".join(sections)


def other_figures(data):
    rows = [[with_options(f.part, data, f.part), f.name, shown(f)] for f in data.figures if f.goal == "-"]
    out = "## Other figures\n\n" + (table(["part", "what", "figure"], rows) if rows else "None.") + "\n"
    for part, contest in data.contests:
        for work, contestants in works_of(contest).items():
            out += f"\n{with_options(part, data, part)}: {work}\n\n"
            out += table(["", f"median, {unit_of(contestants[0])}", "p99", "ratio", ""],
                         [[r["by"], human(r["median"]), p99(r), human(r["ratio"]), r["note"]] for r in contestants]) + "\n"
    return out


def micro(data):
    rows = []
    for file in ("answers.json", "programs.json"):
        for one in data.files.get(file, {}).get("benchmarks", []):
            if one.get("error_occurred"):
                rows.append([f"`{one['name']}`", f"**not measured: {one['error_message']}**", "", ""])
                continue
            rate = one.get("items_per_second", 0)
            unit = one["time_unit"].replace("us", "µs")
            rows.append([f"`{one['name']}`", f"{human(one['real_time'])} {unit}", f"{human(one['cpu_time'])} {unit}",
                         f"{human(rate)}/s" if rate else ""])
    out = "## Microbenchmarks\n\n"
    return out + (table(["", "time", "CPU", "items"], rows) if rows else "Not measured: `./run bench answers` and `programs`.") + "\n"


def raw(data):
    links = [f"[{name}](docs/benchmarks-data/{name})" for name in ALL_FILES if name in data.files]
    return "## Raw data\n\nWhat this page is made of: " + ", ".join(links) + ".\n"


def page(data):
    """The text of BENCHMARKS.md, and its plots by the names of their files."""
    plots = {}
    head = ("# Benchmarks: what was measured\n\n"
            "Made by `./run bench report` from the JSON of [docs/benchmarks-data](docs/benchmarks-data): nothing here is typed.\n"
            "What was found out on the way, and why, is in [docs/benchmarks.md](docs/benchmarks.md).\n")
    parts = [head, runs(data), "## Method\n\n" + METHOD + "\n", goals(data), peers(data, plots), losses(data), growth(data, plots),
             other_figures(data), micro(data), raw(data)]
    return "\n".join(parts), plots
