"""Whole-process figures of the answers lane: `otmetka grade`, `serve`, `check`, `--help`.

Prints one line a figure with the goal beside it, and writes them as JSON. Lines are generated from a fixed seed.
"""
import argparse
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time

from process import run, run_with_peak

QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
SPEC = """grade: v1
id: mixed
title: {ru: Смесь, en: Mixed}
locale: ru
items:
- {id: g, points: 2, numeric: {answer: 9.8 м/с², tolerance: 0.05}}
- {id: c, text: {answer: Москва, accept: [{value: Moscow}]}}
- {id: d, regex: {match: '(?P<d>\\d{1,2})[./](?P<m>\\d{1,2})[./](?P<y>\\d{4})'}}
- {id: p, choice: {right: {a: "2", b: "7"}, wrong: {c: "9", d: "15"}}}
"""


def make_line(rng, i):
    numbers = ["9,8 м/с²", "9.79 м/с^2", "980 см/с²", "10 м/с²", "9,8", "−9,8 м/с²", "12"]
    towns = ["Москва", "москва", " Moscow ", "Санкт-Петербург", "Моcква", "Киев"]
    dates = ["12.04.1961", "12/04/1961", "1.1.2000", "вчера"]
    ticks = [["a", "b"], ["b", "a"], ["a"], ["a", "c"], []]
    responses = {"g": rng.choice(numbers), "c": rng.choice(towns), "d": rng.choice(dates), "p": rng.choice(ticks)}
    return json.dumps({"learner_id": f"p-{i % 30000}", "responses": responses}, ensure_ascii=False, separators=(",", ":"))


def write_lines(path, count, extra=""):
    rng = random.Random(20260901)
    pool = [make_line(rng, i) for i in range(20000)]
    with open(path, "w", encoding="utf-8") as out:
        for start in range(0, count, len(pool)):
            out.write("\n".join(pool[: min(len(pool), count - start)]))
            out.write("\n")


class Report:
    def __init__(self):
        self.rows = []

    def add(self, name, value, unit, goal, good):
        self.rows.append({"name": name, "value": value, "unit": unit, "goal": goal, "met": bool(good)})
        print(f"{'ok  ' if good else 'MISS'} {name}: {value:,.2f} {unit} (goal: {goal})", flush=True)


def grade_rate(otmetka, folder, lines):
    """Short answers per CPU second with one job: the median of three."""
    spec = os.path.join(folder, "mixed.yaml")
    with open(spec, "w", encoding="utf-8") as out:
        out.write(SPEC)
    answers = os.path.join(folder, "answers.jsonl")
    write_lines(answers, lines)
    rates = []
    for _ in range(3):
        _, cpu, code = run([otmetka, "grade", "--spec", spec, "--format", "jsonl", "--jobs", "1", answers], **QUIET)
        assert code == 0, code
        rates.append(lines * 4 / cpu)
    return statistics.median(rates)


def bench_grade(report, otmetka, folder, lines, long_lines):
    rate = grade_rate(otmetka, folder, lines)
    spec, answers = os.path.join(folder, "mixed.yaml"), os.path.join(folder, "answers.jsonl")
    report.add("grade, answers per CPU second (1 job)", rate, "/s", ">= 200,000", rate >= 200_000)
    peaks = []
    for count in (lines, long_lines):
        write_lines(answers, count)
        wall, _, peak, code = run_with_peak([otmetka, "grade", "--spec", spec, "--format", "jsonl", answers], **QUIET)
        assert code == 0, code
        peaks.append(peak / 1024)
        report.add(f"grade of {count:,} lines, peak memory", peak / 1024, "MiB", "<= 300", peak / 1024 <= 300)
        report.add(f"grade of {count:,} lines, answers per second on all cores", count * 4 / wall, "/s", "-", True)
    os.unlink(answers)


def wait_for(condition, seconds):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.001)
    return False


def bench_serve(report, otmetka, folder, count):
    spec_dir = os.path.join(folder, "specs")
    os.makedirs(spec_dir, exist_ok=True)
    with open(os.path.join(spec_dir, "mixed.yaml"), "w", encoding="utf-8") as out:
        out.write(SPEC)
    queue, book = os.path.join(folder, "queue"), os.path.join(folder, "book.db")
    rng = random.Random(7)
    events = os.path.join(folder, "events.jsonl")
    with open(events, "w", encoding="utf-8") as out:
        for i in range(count):
            line = json.loads(make_line(rng, i))
            line["learner_id"] = f"p-{i}"
            line["assignment_id"] = "mixed"
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
    wall, _, code = run([otmetka, "submit", "--queue", "embedded:" + queue, events], **QUIET)
    assert code == 0, code
    report.add("submit, submissions per second", count / wall, "/s", "-", True)
    serve = [otmetka, "serve", "--queue", "embedded:" + queue, "--gradebook", "sqlite:" + book, "--specs", spec_dir]
    wall, _, peak, code = run_with_peak(serve + ["--until-empty"], stderr=subprocess.DEVNULL)
    assert code == 0, code
    report.add(f"serve draining {count:,} submissions into the gradebook", count / wall, "/s", ">= 20,000", count / wall >= 20_000)
    report.add("serve draining, peak memory", peak / 1024, "MiB", "-", True)
    bench_idle(report, otmetka, folder, serve, queue, book)


def resident_kib(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))


def cpu_seconds(pid):
    with open(f"/proc/{pid}/schedstat", encoding="ascii"):
        pass
    total = 0
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/schedstat", encoding="ascii") as stat:
            total += int(stat.read().split()[0])
    return total / 1e9


def bench_idle(report, otmetka, folder, serve, queue, book):
    # A fresh gradebook and queue: idle memory is that of a server which has just begun.
    queue, book = queue + "-idle", book + "-idle"
    serve = serve[:2] + ["--queue", "embedded:" + queue, "--gradebook", "sqlite:" + book] + serve[6:]
    process = subprocess.Popen(serve, stderr=subprocess.DEVNULL)
    try:
        assert wait_for(lambda: os.path.exists(book), 10)
        latencies = []
        one = os.path.join(folder, "one.jsonl")
        for i in range(20):
            with open(one, "w", encoding="utf-8") as out:
                out.write(json.dumps({"learner_id": f"lone-{i}", "submission_id": f"lone-{i}", "assignment_id": "mixed", "responses": {"c": "Москва"}}))
            began = time.monotonic()
            subprocess.run([otmetka, "submit", "--queue", "embedded:" + queue, "--gradebook", "sqlite:" + book, "--wait", one], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            latencies.append((time.monotonic() - began) * 1000)
        report.add("a lone submission, submit to readable, median (whole process)", statistics.median(latencies), "ms", "<= 100", statistics.median(latencies) <= 100)
        report.add("a lone submission, worst of 20", max(latencies), "ms", "-", True)
        time.sleep(2)
        before = cpu_seconds(process.pid)
        time.sleep(10)
        used = (cpu_seconds(process.pid) - before) * 1000 / 10
        report.add("serve idle, CPU", used, "ms/s", "<= 1", used <= 1)
        report.add("serve idle, memory", resident_kib(process.pid) / 1024, "MiB", "<= 60", resident_kib(process.pid) / 1024 <= 60)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def bench_check(report, otmetka, folder):
    spec = os.path.join(folder, "long.yaml")
    with open(spec, "w", encoding="utf-8") as out:
        out.write("grade: v1\nid: long\nitems:\n")
        for i in range(50):
            out.write(f"- {{id: n{i}, numeric: {{answer: '{i}.5', tolerance: 0.1}}, samples: [{{give: '{i},5', score: 1}}, {{give: '-1', score: 0}}]}}\n")
            out.write(f"- {{id: t{i}, text: {{answer: слово{i}}}, samples: [{{give: Слово{i}, score: 1}}, {{give: нет, score: 0}}]}}\n")
            out.write(f"- {{id: c{i}, choice: {{right: {{a: x}}, wrong: {{b: y}}}}, samples: [{{give: [a], score: 1}}, {{give: [b], score: 0}}]}}\n")
            out.write(f"- {{id: d{i}, digits: {{answer: '1{i}'}}, samples: [{{give: '1{i}', score: 1}}, {{give: '99999', score: 0}}]}}\n")
    times = [run([otmetka, "check", spec], **QUIET)[0] * 1000 for _ in range(7)]
    report.add("check of a 200-item spec, median", statistics.median(times), "ms", "<= 50", statistics.median(times) <= 50)
    times = [run([otmetka, "--help"], stdout=subprocess.DEVNULL)[0] * 1000 for _ in range(7)]
    report.add("--help, median", statistics.median(times), "ms", "<= 100", statistics.median(times) <= 100)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--otmetka", required=True)
    parser.add_argument("--json", required=True)
    parser.add_argument("--lines", type=int, default=200_000)
    parser.add_argument("--long-lines", type=int, default=2_000_000)
    parser.add_argument("--submissions", type=int, default=100_000)
    options = parser.parse_args()
    otmetka = os.path.abspath(options.otmetka)
    report = Report()
    with tempfile.TemporaryDirectory(prefix="otmetka-bench-") as folder:
        bench_check(report, otmetka, folder)
        bench_grade(report, otmetka, folder, options.lines, options.long_lines)
        bench_serve(report, otmetka, folder, options.submissions)
    with open(options.json, "w", encoding="utf-8") as out:
        json.dump({"figures": report.rows}, out, ensure_ascii=False, indent=1)
    return 0 if all(row["met"] for row in report.rows) else 1


if __name__ == "__main__":
    sys.exit(main())
