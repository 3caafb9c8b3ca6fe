#!/usr/bin/python3
"""Tests of what bench/process.py says that one process used."""
import pathlib
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True
ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench"))
import process  # noqa: E402

MIB = 1024


def python(text):
    return ["/usr/bin/python3", "-c", text]


class Peak(unittest.TestCase):
    def test_of_a_small_program_is_not_that_of_who_measures(self):
        self.large = b"x" * (64 << 20)
        self.assertLess(process.run_with_peak(["/bin/true"])[2], 4 * MIB)

    def test_is_what_a_program_takes_at_its_largest(self):
        peak = process.run_with_peak(python("x = b'x' * (50 << 20); del x"))[2]
        self.assertTrue(50 * MIB <= peak <= 80 * MIB, peak)

    def test_is_known_of_a_program_that_a_signal_ends(self):
        _, _, peak, code = process.run_with_peak(["/bin/sh", "-c", "kill -9 $$"])
        self.assertEqual(code, 128 + 9)
        self.assertTrue(0 < peak < 4 * MIB, peak)


class Run(unittest.TestCase):
    def test_gives_the_exit_code_with_and_without_the_peak(self):
        command = ["/bin/sh", "-c", "exit 3"]
        self.assertEqual((process.run(command)[-1], process.run_with_peak(command)[-1]), (3, 3))

    def test_counts_the_processor_time_of_the_program_and_not_its_sleep(self):
        for measure in (process.run, process.run_with_peak):
            worked = measure(python("import time\nwhile time.process_time() < 0.3: pass"))
            slept = measure(["/bin/sleep", "0.3"])
            self.assertTrue(0.3 <= worked[1] < 0.6, worked)
            self.assertTrue(slept[0] >= 0.3 and slept[1] < 0.1, slept)

    def test_hands_streams_and_environment_on_to_the_program(self):
        said = {"env": {"WORD": "here"}, "stderr": subprocess.DEVNULL}
        for measure in (process.run, process.run_with_peak):
            self.assertEqual(measure(["/bin/sh", "-c", "echo quiet >&2; test $WORD = here"], **said)[-1], 0)


if __name__ == "__main__":
    unittest.main()
