"""What `./run bench growth` lets grow: for each case the sizes, and what is run for one size."""
import json
import os

from process import run_with_peak
from whole import QUIET, SPEC, write_lines

DOUBLE_C = '#include <stdio.h>\nint main(void) { long n; if (scanf("%ld", &n) != 1) return 1; printf("%ld\\n", 2 * n); }\n'
SLOTS_SUBMISSIONS = 60


class Failed(Exception):
    """A command of a case ended with something else than 0."""


class Case:
    """`grows`: what the size counts; `measure(size)` gives seconds, peak KiB and how many items that was."""
    title = grows = command = remark = item = ""
    sizes = quick = ()

    def __init__(self, otmetka, folder):
        self.otmetka, self.folder = otmetka, folder

    def file(self, name, text=None):
        path = os.path.join(self.folder, name)
        if text is not None:
            with open(path, "w", encoding="utf-8") as out:
                out.write(text)
        return path

    def timed(self, *arguments, slots=None):
        environment = dict(os.environ, **({"OTMETKA_SLOTS": str(slots)} if slots else {}))
        seconds, _, peak, code = run_with_peak([self.otmetka, *arguments], env=environment, **QUIET)
        if code != 0:
            raise Failed(f"`otmetka {arguments[0]}` ended with {code}")
        return seconds, peak


class Answers(Case):
    title, grows, item = "Answers", "answers", "an answer"
    command = "otmetka grade --spec mixed.yaml --format jsonl answers.jsonl"
    sizes, quick = tuple(10**n for n in range(3, 8)), (1_000, 10_000)

    def measure(self, size):
        answers = self.file("answers.jsonl")
        write_lines(answers, size // 4)  # four answers a line
        try:
            return *self.timed("grade", "--spec", self.file("mixed.yaml", SPEC), "--format", "jsonl", answers), size
        finally:
            os.unlink(answers)


class SpecItems(Case):
    title, grows, item = "Items of a spec", "items", "an item"
    command = "otmetka check long.yaml"
    sizes, quick = (1, 10, 100, 1_000, 10_000), (1, 10, 100)

    def measure(self, size):
        kinds = ["{{id: i{0}, numeric: {{answer: '{0}.5', tolerance: 0.1}}, samples: [{{give: '{0},5', score: 1}}]}}",
                 "{{id: i{0}, text: {{answer: word{0}}}, samples: [{{give: Word{0}, score: 1}}]}}",
                 "{{id: i{0}, choice: {{right: {{a: x}}, wrong: {{b: y}}}}, samples: [{{give: [b], score: 0}}]}}",
                 "{{id: i{0}, digits: {{answer: '1{0}'}}, samples: [{{give: '9', score: 0}}]}}"]
        lines = "".join("- " + kinds[i % len(kinds)].format(i) + "\n" for i in range(size))
        return *self.timed("check", self.file("long.yaml", "grade: v1\nid: long\nlocale: ru\nitems:\n" + lines)), size


class ProgramCase(Case):
    def spec(self, tests):
        lines = "".join(f"    - {{in: '{i}', out: '{2 * i}'}}\n" for i in range(tests))
        head = "grade: v1\nid: doubles\nlocale: en\nitems:\n- id: c\n  code:\n    languages: [c, python3]\n    tests:\n"
        return self.file("doubles.yaml", head + lines)

    def answers(self, programs):
        lines = [json.dumps({"learner_id": f"p-{i}", "responses": {"c": {"files": files}}}) for i, files in enumerate(programs)]
        return self.file("programs.jsonl", "\n".join(lines) + "\n")

    def graded(self, spec, answers, slots=None):
        """All of it is right, or what was timed is something else."""
        try:
            return self.timed("grade", "--spec", spec, "--format", "jsonl", "--fail-under", "100%", answers, slots=slots)
        finally:
            os.unlink(answers)


class Programs(ProgramCase):
    title, grows, item = "Programs", "submissions", "a submission"
    command = "otmetka grade --spec doubles.yaml programs.jsonl"
    remark = "in Python, each another text, two tests"
    sizes, quick = (1, 10, 100, 1_000), (1, 4)

    def measure(self, size):
        answers = self.answers({"a.py": f"# {i}\nprint(2 * int(input()))\n"} for i in range(size))
        return *self.graded(self.spec(2), answers), size


class Tests(ProgramCase):
    title, grows, item = "Tests of a submission", "tests", "a test"
    command = "otmetka grade --spec doubles.yaml programs.jsonl"
    remark = "one C program"
    sizes, quick = (1, 10, 100, 1_000), (1, 10)  # no spec may have more

    def measure(self, size):
        return *self.graded(self.spec(size), self.answers([{"a.c": DOUBLE_C}])), size


class Slots(ProgramCase):
    title, grows, item = "Slots", "slots", "a submission"
    command = "OTMETKA_SLOTS=N otmetka grade --spec doubles.yaml programs.jsonl"
    remark = f"{SLOTS_SUBMISSIONS} programs in Python, two tests each"
    sizes, quick = (1, 2, 4, 8), (1, 2)

    def measure(self, size):
        answers = self.answers({"a.py": f"# {i}\nprint(2 * int(input()))\n"} for i in range(SLOTS_SUBMISSIONS))
        return *self.graded(self.spec(2), answers, slots=size), SLOTS_SUBMISSIONS


ALL = [Answers, SpecItems, Programs, Tests, Slots]
