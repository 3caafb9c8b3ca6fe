#!/usr/bin/python3
"""Tests of what makes BENCHMARKS.md: small measurements in, the page out; and of the order that growth is said to have."""
import contextlib
import io
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as xml

sys.dont_write_bytecode = True
ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench"))
import fit  # noqa: E402
import growth  # noqa: E402
import measured  # noqa: E402
import report_parts  # noqa: E402
import svg  # noqa: E402


def row(by, median, ratio, work="some work", samples=700):
    return {"work": work, "by": by, "unit": "us a run", "median": median, "p99": 3 * median, "samples": samples,
            "ratio": ratio, "note": ""}


def figure(value, goal="-", met=True, name="a figure"):
    return {"name": name, "value": value, "unit": "ms", "goal": goal, "met": met}


def peers(rows=(), figures=(), absent=(), **more):
    section = {"title": "Some contest", "rows": list(rows), "figures": list(figures), "absent": list(absent), **more}
    return {"quick": False, "sections": [section]}


def series(points, notes=()):
    of = [{"size": size, "seconds": seconds, "items": size, "peak_mib": 20.0} for size, seconds in points]
    return {"quick": False, "series": [{"title": "Things", "grows": "things", "item": "a thing", "command": "otmetka things", "remark": "",
                                        "points": of, "notes": list(notes)}]}


def page_of(**files):
    """The page and the plots of files such as peers={…}: peers.json holds it."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for file, content in files.items():
            (folder / f"{file}.json").write_text(json.dumps(content))
        return report_parts.page(measured.read(folder))


def section(page, title):
    return page.split(f"## {title}\n", 1)[1].split("\n## ")[0]


def losses_of(rows):
    page, _ = page_of(peers=peers(rows))
    return [line.split(" | ")[3] for line in section(page, "Where we lose").splitlines() if "otmetka against" in line]


class Page(unittest.TestCase):
    def test_shows_a_value_of_the_json(self):
        page, _ = page_of(whole={"figures": [figure(43.21, "<= 60")]})
        self.assertIn("| a figure | 43.2 ms | ≤ 60 | met | answers |", page)

    def test_shows_median_p99_ratio_and_samples_of_everybody(self):
        page, _ = page_of(peers=peers([row("posix_spawn", 432.0, 1.0), row("otmetka", 513.0, 1.19)]))
        self.assertIn("| posix_spawn | 432 | 1,296 | 1 | 700 |  |", page)
        self.assertIn("| **otmetka** | 513 | 1,539 | 1.19 | 700 |  |", page)

    def test_calls_the_slowest_of_few_samples_that_and_no_p99(self):
        rows = [row("RE2", 10.0, 1.0, samples=99), row("otmetka", 20.0, 2.0, samples=100)]
        for page, _ in (page_of(peers=peers(rows)), page_of(**{"sandbox-1": {"rows": rows}})):
            self.assertIn("| RE2 | 10 | slowest of 99: 30 | 1 | ", page)
            self.assertRegex(page, r"otmetka(\*\*)? \| 20 \| 60 \| 2 \| ")

    def test_says_of_fewer_than_three_samples_that_they_are_no_comparison(self):
        page, _ = page_of(peers=peers([row("psql COPY", 10.0, 1.0, samples=2), row("otmetka", 20.0, 2.0, samples=3)]))
        self.assertIn("**This is no comparison, fewer than 3 samples: psql COPY 2.**", section(page, "Beside others"))
        self.assertIn("| 2 × | no comparison, fewer than 3 samples: psql COPY 2 |", section(page, "Where we lose"))
        page, _ = page_of(peers=peers([row("psql COPY", 10.0, 1.0, samples=3), row("otmetka", 20.0, 2.0, samples=3)]))
        self.assertNotIn("no comparison,", page)

    def test_says_that_a_goal_is_missed_and_counts_it(self):
        page, _ = page_of(whole={"figures": [figure(70.0, "<= 60", False, "one"), figure(1.0, "<= 2", True, "other")]})
        self.assertIn("1 of 2 goals are met, **1 missed**", page)
        self.assertIn("| one | 70 ms | ≤ 60 | **MISSED** | answers |", page)
        self.assertIn("Goals missed: one.", section(page, "Where we lose"))

    def test_says_of_a_part_without_measurements_that_it_is_not_measured(self):
        page, _ = page_of(whole={"figures": []})
        for part in measured.PARTS:
            said = f"| `./run bench {part}` | **not measured** |" in page
            self.assertEqual(said, part != "answers", part)
        self.assertIn("Not measured: `./run bench peers`.", section(page, "Beside others"))
        self.assertIn("Not measured: `./run bench growth`.", section(page, "Growth"))

    def test_says_what_a_contest_was_without_and_why_one_failed(self):
        page, _ = page_of(peers=peers(absent=["firejail: not installed"], failed="regex_peers ended with 1"))
        self.assertIn("Not measured: regex_peers ended with 1.", page)
        page, _ = page_of(peers=peers([row("otmetka", 1.0, 1.0)], absent=["firejail: not installed"]))
        self.assertIn("- firejail: not installed", page)

    def test_computes_where_we_lose_the_most_first(self):
        rows = [row("RE2", 50.0, 1.0), row("PCRE2", 25.0, 0.5), row("std::regex", 400.0, 8.0), row("otmetka", 200.0, 4.0)]
        page, _ = page_of(peers=peers(rows))
        lines = [line for line in section(page, "Where we lose").splitlines() if "otmetka against" in line]
        self.assertEqual([line.split(" | ")[2:4] for line in lines],
                         [["otmetka against PCRE2", "8 ×"], ["otmetka against RE2", "4 ×"]])

    def test_loses_nothing_by_a_ratio_that_rounds_to_one_nor_to_a_larger_median(self):
        self.assertEqual(losses_of([row("posix_spawn", 100.0, 1.0), row("otmetka", 100.4, 1.004)]), [])
        self.assertEqual(losses_of([row("posix_spawn", 100.0, 1.0), row("otmetka", 99.0, 1.2)]), [])
        self.assertEqual(losses_of([row("posix_spawn", 100.0, 1.0), row("otmetka", 101.0, 1.01)]), ["1.01 ×"])

    def test_says_that_nobody_is_faster_where_nobody_is(self):
        page, _ = page_of(peers=peers([row("otmetka", 1.0, 0.1), row("bubblewrap", 10.0, 1.0)]))
        self.assertIn("Nobody was measured who takes less time.", section(page, "Where we lose"))

    def test_shows_growth_with_its_order_its_table_its_notes_and_its_plot(self):
        page, plots = page_of(growth=series([(10, 0.1), (100, 1.0), (1000, 10.0)], ["10,000 things not measured: about 100 s"]))
        self.assertIn("Time is linear: 1.00. Memory is constant: 0.00.", page)
        self.assertIn("| 1,000 | 10 | 10,000 | 20 |", page)
        self.assertIn("10,000 things not measured: about 100 s.", page)
        self.assertIn("![Things](docs/plots/growth-0.svg)", page)
        self.assertEqual(list(plots), ["growth-0.svg"])

    def test_names_machine_commit_and_how_long_it_took(self):
        note = {"began": "2026-12-01 10:00 UTC", "commit": "abc1234", "load_before": 0.1, "seconds": 77, "others": {"RE2": "9"},
                "machine": {"processor": "A Processor", "cores": 3, "memory_gib": 5.5, "virtual": False, "kernel": "6.1",
                            "system": "Debian", "compiler": "g++ 12"}}
        page, _ = page_of(machine={"peers": note}, peers=peers([row("otmetka", 1.0, 1.0)]))
        self.assertIn("A Processor, 3 cores, 5.5 GiB; Linux 6.1, Debian; g++ 12.", page)
        self.assertIn("| abc1234 | 2026-12-01 10:00 UTC, 77 s | 0.1 |", page)
        self.assertIn("Others: RE2 9.", page)

    def test_says_of_a_quick_run_that_it_was_one(self):
        page, _ = page_of(growth=dict(series([(1, 1.0), (2, 2.0)]), quick=True))
        self.assertIn("time and memory as things grow (a quick run: small sizes)", page)

    def test_gives_the_command_with_its_options_in_the_table_and_in_the_section(self):
        page, _ = page_of(machine={"peers": {"arguments": ["--quick"]}, "growth": {"arguments": ["--limit", "20"]}},
                          peers=peers([row("RE2", 1.0, 1.0), row("otmetka", 2.0, 2.0)], [figure(1.0, "<= 2", name="one"), figure(3.0, name="other")]),
                          growth=series([(1, 1.0)]))
        for part, command in (("Beside others", "peers --quick"), ("Growth", "growth --limit 20")):
            self.assertIn(f"Measured by `./run bench {command}`.", section(page, part))
            self.assertIn(f"| `./run bench {command}` | ", section(page, "Machine and commands"))
        self.assertIn("| met | peers `--quick` |", section(page, "Goals"))
        self.assertIn("| peers `--quick` | other | ", section(page, "Other figures"))
        self.assertIn("| Some contest `--quick` | some work | ", section(page, "Where we lose"))

    def test_knows_options_that_only_the_measurements_tell(self):
        page, _ = page_of(growth=dict(series([(1, 1.0), (2, 2.0)]), quick=True, limit=20.0))
        self.assertIn("| `./run bench growth --quick --limit 20` | ", page)

    def test_says_nothing_of_options_where_there_are_none(self):
        page, _ = page_of(machine={"growth": {"arguments": []}}, growth=dict(series([(1, 1.0)]), limit=60.0))
        self.assertIn("| `./run bench growth` | ", page)
        self.assertNotIn("Measured by", page)

    def test_holds_microbenchmarks_against_the_goals_of_the_design(self):
        one = {"name": "the_same_source_again", "real_time": 7.0, "cpu_time": 7.0, "time_unit": "ms"}
        page, _ = page_of(programs={"benchmarks": [one]})
        self.assertIn("| identical source again | 7 ms | ≤ 5 | **MISSED** | programs |", page)
        self.assertIn("| `the_same_source_again` | 7 ms | 7 ms |  |", section(page, "Microbenchmarks"))

    def test_takes_the_time_of_a_microbenchmark_that_gave_up_for_no_time(self):
        one = {"name": "the_same_source_again", "real_time": 0.0, "cpu_time": 0.0, "time_unit": "ms", "error_occurred": True,
               "error_message": "not accepted"}
        page, _ = page_of(programs={"benchmarks": [one]})
        self.assertIn("| identical source again: not accepted | 0 ms | ≤ 5 | **MISSED** | programs |", page)
        self.assertIn("| `the_same_source_again` | **not measured: not accepted** |  |  |", section(page, "Microbenchmarks"))


class Plots(unittest.TestCase):
    def test_are_xml_with_a_light_background_and_every_name(self):
        _, plots = page_of(peers=peers([row("a<b", 1.0, 1.0), row("otmetka", 1000.0, 1000.0)]), growth=series([(1, 1.0), (10, 1.0)]))
        self.assertEqual(len(plots), 2)
        for name, text in plots.items():
            root = xml.fromstring(text)
            self.assertEqual(root[0].attrib["fill"], "#ffffff", name)
        self.assertIn("a&lt;b", plots["some-contest-0.svg"])

    def test_keep_points_within_their_panel(self):
        for times in ([(1, 1.0), (2, 1.0)], [(1000, 0.003), (10_000_000, 99.0)], [(3, 5.0), (7, 500.0)]):
            root = xml.fromstring(svg.growth("Things", "things", times, []))
            dots = [one for one in root if one.tag.endswith("circle")]
            self.assertEqual(len(dots), len(times))
            for dot in dots:
                self.assertTrue(60 <= float(dot.attrib["cx"]) <= 344 and 76 <= float(dot.attrib["cy"]) <= 270, times)


class Order(unittest.TestCase):
    def test_is_the_slope_of_the_logarithms(self):
        for power, said in ((0, "constant: 0.00"), (0.5, "less than linear: 0.50"), (1, "linear: 1.00"), (2, "quadratic: 2.00"),
                            (3, "more than quadratic: 3.00"), (-1, "falling: -1.00")):
            self.assertEqual(fit.sentence([(n, 5.0 * n**power) for n in (1, 10, 100, 1000)]), said)

    def test_leaves_out_what_a_process_takes_to_start(self):
        self.assertEqual(fit.sentence([(n, 0.05 + 0.0001 * n) for n in (1, 10, 100, 10_000, 100_000)]), "linear: 0.98")

    def test_takes_no_slow_first_run_for_growth(self):
        self.assertEqual(fit.sentence([(1, 1.45), (10, 0.235), (100, 0.288), (1000, 0.862)]), "less than linear: 0.48")
        self.assertEqual(fit.sentence([(1, 5.0), (10, 0.1), (100, 1.0), (1000, 10.0)]), "linear: 1.00")

    def test_takes_no_single_slow_size_for_growth(self):
        self.assertEqual(fit.sentence([(1, 0.1), (10, 0.9), (100, 0.1), (1000, 1.0), (10_000, 10.0)]), "linear: 1.00")

    def test_of_what_scatters_is_not_known(self):
        self.assertEqual(fit.sentence([(1, 2.89), (2, 6.04), (4, 5.15), (8, 3.38)]), "not known: it scatters, 0.04 ± 0.27")
        self.assertEqual(fit.sentence([(1, 1.45), (10, 0.235), (100, 0.288)]), "not known: it scatters, -0.35 ± 0.25")

    def test_is_known_where_what_differs_by_chance_is_little_beside_the_range_of_sizes(self):
        for power, said in ((0, "constant: -0.01"), (1, "linear: 0.98"), (2, "quadratic: 1.98")):
            scattered = zip((1, 10, 100, 1000, 10_000), (1.0, 1.1, 0.95, 1.05, 0.9))
            self.assertEqual(fit.sentence([(n, chance * n**power) for n, chance in scattered]), said)

    def test_of_one_size_is_not_known(self):
        self.assertEqual(fit.sentence([(10, 1.0)]), "not known: too few sizes")


def grown(case, sizes, limit):
    with contextlib.redirect_stdout(io.StringIO()):
        return growth.grow(case, sizes, limit)


class Limit(unittest.TestCase):
    class Squares:
        title, grows, item, command, remark = "Squares", "things", "a thing", "squares", ""

        def measure(self, size):
            return size**2 / 10.0, 1024, size

    def test_leaves_out_a_size_that_would_take_longer_and_says_so(self):
        series = grown(self.Squares(), (1, 2, 4, 8, 16), 7.0)
        self.assertEqual([point["size"] for point in series["points"]], [1, 2, 4, 8])
        self.assertEqual(series["notes"], ["16 things not measured: about 15 s, and a size may take 7 s"])

    def test_takes_the_median_of_what_is_measured_often(self):
        class Slower(self.Squares):
            times = iter((9.0, 0.3, 0.1, 0.2))  # the first is thrown away

            def measure(self, size):
                return next(self.times), 1024, size

        self.assertEqual(grown(Slower(), (1,), 7.0)["points"][0]["seconds"], 0.2)

    def test_tells_a_command_that_fails_instead_of_a_time(self):
        class Fails(self.Squares):
            def measure(self, size):
                raise growth.Failed("`otmetka grade` ended with 2")

        series = grown(Fails(), (1, 2), 5.0)
        self.assertEqual((series["points"], series["notes"]), ([], ["1 things not measured: `otmetka grade` ended with 2"]))


class Notes(unittest.TestCase):
    def test_of_a_part_have_its_arguments_without_the_folders_of_programs(self):
        with tempfile.TemporaryDirectory() as folder:
            notes = pathlib.Path(folder) / "machine.json"
            for words in (["begin", "peers", "--quick", "--isolate", "/opt/isolate", "--go-judge=../go-judge"], ["end", "peers"]):
                subprocess.run([sys.executable, "-B", ROOT / "bench/machine.py", "--json", notes, *words], check=True)
            note = json.loads(notes.read_text())["peers"]
        self.assertEqual(note["arguments"], ["--quick", "--isolate", "isolate", "--go-judge=go-judge"])
        self.assertIn("seconds", note)


class Tool(unittest.TestCase):
    def report(self, data, into):
        command = [sys.executable, "-B", ROOT / "bench/report.py", "--data", data, "--into", into]
        return subprocess.run(command, capture_output=True, text=True)

    def test_the_page_in_the_repository_is_what_the_data_in_the_repository_make(self):
        with tempfile.TemporaryDirectory() as into:
            done = self.report(ROOT / "docs/benchmarks-data", into)
            self.assertEqual(done.returncode, 0, done.stderr)
            made = {str(path.relative_to(into)): path.read_text() for path in pathlib.Path(into).rglob("*") if path.is_file()}
        self.assertGreater(len([name for name in made if name.endswith(".svg")]), 5)
        for name, text in made.items():
            self.assertEqual((ROOT / name).read_text(), text, f"{name}: make it anew by `./run bench report`")
        kept = {f"docs/plots/{path.name}" for path in (ROOT / "docs/plots").iterdir()}
        self.assertEqual(kept, {name for name in made if name.endswith(".svg")})

    def test_nothing_measured_is_an_error_that_says_what_to_run(self):
        with tempfile.TemporaryDirectory() as empty:
            done = self.report(empty, empty)
            self.assertEqual(done.returncode, 2)
            self.assertIn("`./run bench all`", done.stderr)
            self.assertEqual(list(pathlib.Path(empty).iterdir()), [])

    def test_the_kept_data_name_neither_the_machine_nor_its_paths(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            context = {"date": "2026-12-01", "host_name": "secret-host", "executable": "/somewhere/bench", "num_cpus": 2}
            (folder / "answers.json").write_text(json.dumps({"context": context, "benchmarks": []}, indent=2))
            self.assertEqual(self.report(folder, folder / "out").returncode, 0)
            kept = json.loads((folder / "out/docs/benchmarks-data/answers.json").read_text())
        self.assertEqual(kept, {"context": {"date": "2026-12-01", "num_cpus": 2}, "benchmarks": []})


if __name__ == "__main__":
    unittest.main()
