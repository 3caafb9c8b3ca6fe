#!/usr/bin/python3
"""Tests of growth.py on the program that was built, in its quick form, and of peers.py on programs that only say what they measured.

    runs_test.py OTMETKA GRADEBOOK_BENCH
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
OTMETKA, GRADEBOOK_BENCH = sys.argv[1:3]

# Writes what a program of bench/ writes, after `--json`; the answers lane is Google Benchmark's.
MEASURES = """#!/bin/sh
for word; do case $word in --benchmark_out=*) file=${word#*=} ;; esac; last=$word; done
[ -z "$file" ] || { echo '{"benchmarks": [{"efficiency": 0.95}]}' >"$file"; exit; }
echo '{"rows": [{"work": "w", "by": "otmetka", "unit": "us a run", "median": 5, "p99": 9, "samples": 3, "ratio": 1.25,' >"$last"
echo '"note": ""}],' >>"$last"
echo '"figures": [{"name": "a ratio", "value": 1.25, "unit": "times", "goal": "<= 1", "met": false}], "points": []}' >>"$last"
"""


class Growth(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as folder:
            out = pathlib.Path(folder) / "growth.json"
            cls.done = subprocess.run(
                [sys.executable, "-B", ROOT / "bench/growth.py", "--otmetka", OTMETKA, "--gradebook-bench", GRADEBOOK_BENCH, "--json", out,
                 "--quick", "--only", "Answers", "--only", "SpecItems", "--only", "Gradebook"], capture_output=True, text=True)
            cls.series = {one["title"]: one for one in json.loads(out.read_text())["series"]}

    def test_measures_every_size_of_the_quick_form(self):
        self.assertEqual(self.done.returncode, 0, self.done.stderr)
        sizes = {title: [point["size"] for point in one["points"]] for title, one in self.series.items()}
        self.assertEqual(sizes["Answers"], [1_000, 10_000])
        self.assertEqual(sizes["Items of a spec"], [1, 10, 100])
        self.assertEqual(sizes["Learners in the gradebook, SQLite: stored"], [1_000, 5_000])
        self.assertEqual(sizes["Learners in the gradebook, SQLite: one is read"], [1_000, 5_000])

    def test_gives_each_size_a_time_and_a_memory(self):
        for title, one in self.series.items():
            for point in one["points"]:
                self.assertGreater(point["seconds"], 0, title)
                self.assertGreater(point["peak_mib"], 1, title)

    def test_prints_the_order(self):
        self.assertEqual(self.done.stdout.count("  time is "), len(self.series))


class Peers(unittest.TestCase):
    def run_peers(self, folder, broken=()):
        for name in ("sandbox_bench", "regex_peers", "gradebook_bench", "answers_bench"):
            path = pathlib.Path(folder) / name
            path.write_text("#!/bin/sh\nexit 1\n" if name in broken else MEASURES)
            path.chmod(0o755)
        out = pathlib.Path(folder) / "peers.json"
        command = [sys.executable, "-B", ROOT / "bench/peers.py", "--programs", folder, "--otmetka", OTMETKA, "--json", out, "--quick"]
        done = subprocess.run(command, capture_output=True, text=True)
        return done, {one["title"]: one for one in json.loads(out.read_text())["sections"]}

    def test_print_one_table_of_all_contests_and_write_it(self):
        with tempfile.TemporaryDirectory() as folder:
            done, sections = self.run_peers(folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(list(sections), ["Sandboxes, two slots", "Sandboxes, one slot", "Regular expressions", "The gradebook", "Answers"])
        for title in ("Sandboxes, two slots", "Regular expressions", "The gradebook"):
            self.assertEqual(sections[title]["rows"][0]["ratio"], 1.25)
            self.assertIn(title + "\n  otmetka ", done.stdout)
        self.assertRegex(done.stdout, r"otmetka +5\.00 +slowest 9\.00 us a run +1\.25 +3 ")  # of three there is no p99
        self.assertIn("MISS a ratio: 1.25 (goal: <= 1)", done.stdout)
        self.assertEqual(sections["Answers"]["figures"][0]["value"], 0.95)

    def test_say_which_others_were_not_there(self):
        with tempfile.TemporaryDirectory() as folder:
            done, sections = self.run_peers(folder)
        self.assertIn("isolate: not in Debian; measured where `--isolate PATH` is given", sections["Sandboxes, one slot"]["absent"])
        self.assertIn("isolate: not in Debian", done.stdout)

    def test_go_on_after_one_that_fails_and_end_with_one(self):
        with tempfile.TemporaryDirectory() as folder:
            done, sections = self.run_peers(folder, broken=["regex_peers"])
        self.assertEqual(done.returncode, 1)
        self.assertEqual(sections["Regular expressions"]["failed"], "regex_peers ended with 1")
        self.assertEqual(sections["The gradebook"]["rows"][0]["median"], 5)
        self.assertIn("  failed: regex_peers ended with 1", done.stdout)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
