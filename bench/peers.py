"""The same work through what one would take instead and through ours, interleaved in one run; one table, and JSON for `report`.

What is not there is said and left out. A contest that fails is said too, the others go on, and the exit code is 1.
"""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from measured import P99_SAMPLES

BWRAP = "--unshare-all --ro-bind / / --dev /dev --proc /proc --tmpfs /tmp --ro-bind {work} {work} --"
FIREJAIL = "--quiet --noprofile --net=none --seccomp --caps.drop=all --nonewprivs --private-dev --ipc-namespace --"
SLOTS = (0, 1)


class Sandboxes:
    """The other sandboxes that are there, as sandbox_bench takes them; isolate's boxes are made and taken away again."""

    def __init__(self, work, isolate, go_judge):
        self.work, self.isolate, self.go_judge, self.absent = work, isolate, go_judge, []

    def __exit__(self, *_):
        if self.isolate:
            for slot in SLOTS:
                subprocess.run([self.isolate, f"--box-id={slot}", "--cleanup"], check=False)

    def __enter__(self):
        """The program that is measured lies in each box: a box has its own /tmp."""
        self.nothing = static_program(self.work)
        for slot in SLOTS if self.isolate else ():
            made = subprocess.run([self.isolate, f"--box-id={slot}", "--init"], check=False, capture_output=True, text=True)
            if made.returncode != 0:
                self.absent.append(f"isolate: `--init` ended with {made.returncode}: {made.stderr.strip()}")
                self.isolate = None
                break
            shutil.copy(self.nothing, os.path.join(made.stdout.strip(), "box"))
        return self

    def options(self):
        out = []
        for name, program, rest in (("bubblewrap", "bwrap", BWRAP), ("firejail", "firejail", FIREJAIL)):
            path = shutil.which(program)
            if path:
                out += ["--other", f"{name}={path} {rest.format(work=self.work)}"]
            else:
                self.absent.append(f"{name}: not installed")
        if self.isolate:
            out += ["--other", f"isolate={self.isolate} --box-id={{slot}} --silent --run -- ./{os.path.basename(self.nothing)} ;"]
        elif not any(one.startswith("isolate") for one in self.absent):
            self.absent.append("isolate: not in Debian; measured where `--isolate PATH` is given")
        if self.go_judge:
            out += ["--go-judge", self.go_judge]
        else:
            self.absent.append("go-judge: not in Debian; measured where `--go-judge PATH` is given")
        return out


def run_program(command, folder):
    """What a program of bench/ has measured, or why it has not."""
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".json") as file:
        print("\n" + " ".join(command[:1] + [word for word in command[1:] if len(word) < 40]), flush=True)
        try:
            code = subprocess.run([*command, "--json", file.name], check=False).returncode
        except OSError as problem:
            return {"failed": f"{command[0]}: {problem.strerror}"}
        if code != 0:
            return {"failed": f"{os.path.basename(command[0])} ended with {code}"}
        measured = json.load(open(file.name, encoding="utf-8"))
    return {"rows": measured["rows"], "figures": measured["figures"]}


def static_program(folder):
    """A program that does nothing, static: what is measured is the sandbox alone."""
    path = os.path.join(folder, "nothing")
    subprocess.run(["gcc", "-O2", "-static", "-x", "c", "-o", path, "-"], input=b"int main(void) { return 0; }\n", check=True)
    return path


def sandboxes(options):
    with Sandboxes(options.work, options.isolate, options.go_judge) as others:
        words = others.options()
        for title, slots in (("Sandboxes, two slots", "2"), ("Sandboxes, one slot", "1")):
            yield title, [f"{options.programs}/sandbox_bench", others.nothing, slots, *words], others.absent


def contests(options):
    """Title, command and what is missing, one after another."""
    yield from sandboxes(options)
    yield "Regular expressions", [f"{options.programs}/regex_peers"], []
    if options.brokers:
        records = ["20000"] if options.quick else []
        yield "The pipeline on Kafka", [f"{options.programs}/pipeline_bench", options.brokers, "ratios", *records], []
    rows = ["5000", "2"] if options.quick else []
    yield "The gradebook", [f"{options.programs}/gradebook_bench", "copy", *rows], []


def answers(options):
    """How near the answers lane comes to its ideal, and `grade` to its goal: both as ratios."""
    figures = []
    with tempfile.TemporaryDirectory(dir=options.work) as folder:
        lane = os.path.join(folder, "lane.json")
        subprocess.run([f"{options.programs}/answers_bench", "--benchmark_filter=lane_efficiency", f"--benchmark_out={lane}",
                        "--benchmark_out_format=json"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        efficiency = json.load(open(lane, encoding="utf-8"))["benchmarks"][0]["efficiency"]
        figures.append({"name": "answers lane, all threads: of its ideal", "value": efficiency, "unit": "times", "goal": ">= 0.9",
                        "met": efficiency >= 0.9})
        import whole
        rate = whole.grade_rate(os.path.abspath(options.otmetka), folder, 20_000 if options.quick else 200_000)
    figures.append({"name": "`grade`, answers per CPU second: of the goal's 200,000", "value": rate / 200_000, "unit": "times",
                    "goal": ">= 1", "met": rate >= 200_000})
    return {"rows": [], "figures": figures}


def show(sections):
    print(f"\n{'':32} {'median':>12} {'p99':>20} {'':18} {'ratio':>9} {'samples':>8}")
    for section in sections:
        print(section["title"])
        for row in section.get("rows", []):
            p99 = ("" if row["samples"] >= P99_SAMPLES else "slowest ") + f"{row['p99']:,.2f}"
            numbers = f"{row['median']:>12,.2f} {p99:>20} {row['unit']:18} {row['ratio']:>9,.2f} {row['samples']:>8}"
            print(f"  {row['by'][:30]:30} {numbers}  {row['work']}")
        for figure in section.get("figures", []):
            print(f"  {'ok  ' if figure['met'] else 'MISS'} {figure['name']}: {figure['value']:,.2f} (goal: {figure['goal']})")
        for text in [section["failed"]] if "failed" in section else []:
            print(f"  failed: {text}")
        for text in section["absent"]:
            print(f"  {text}")


def main():
    parser = argparse.ArgumentParser(prog="./run bench peers", description=__doc__)
    parser.add_argument("--programs", required=True, help="the folder of the programs of bench/")
    parser.add_argument("--otmetka", required=True)
    parser.add_argument("--json", required=True, type=pathlib.Path)
    parser.add_argument("--brokers", help="a Kafka; where it is not given the pipeline is left out")
    parser.add_argument("--isolate", metavar="PATH", help="isolate, installed as its manual says")
    parser.add_argument("--go-judge", metavar="PATH", help="the server of go-judge")
    parser.add_argument("--quick", action="store_true", help="little of each, for trying it out")
    options = parser.parse_args()
    options.work = str(options.json.resolve().parent)
    sections = []
    for title, command, absent in contests(options):
        sections.append({"title": title, **run_program(command, options.work), "absent": list(absent)})
    sections.append({"title": "Answers", **answers(options), "absent": []})
    measured = {"quick": options.quick, "sections": sections}
    options.json.write_text(json.dumps(measured, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    show(sections)
    return 1 if any("failed" in section for section in sections) else 0


if __name__ == "__main__":
    sys.exit(main())
