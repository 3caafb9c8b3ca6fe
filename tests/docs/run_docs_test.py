#!/usr/bin/python3
"""Tests of run_docs.py on small pages."""
import pathlib
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
import run_docs  # noqa: E402

RUN = "case $1 in\n  build) shift; build ;;\n  demo) shift; demo ;;\nesac\n"


def run_page(markdown):
    """The failures of a page, and how many blocks were run."""
    with tempfile.TemporaryDirectory() as name:
        root = pathlib.Path(name)
        (root / "run").write_text(RUN)
        (root / "page.md").write_text(markdown)
        work = root / "work"
        work.mkdir()
        page = run_docs.Page(root / "page.md", root, root / "otmetka")
        page.run(work)
        return page.failures, page.ran


def sh(commands, comment="", text=None):
    page = (f"<!-- {comment} -->\n" if comment else "") + f"```sh\n{commands}\n```\n"
    return page + (f"\n```text\n{text}\n```\n" if text is not None else "")


class Blocks(unittest.TestCase):
    def test_each_has_its_language_line_and_comments(self):
        found = run_docs.blocks("a\n<!-- exit 1 -->\n<!-- ru -->\n```sh\nx\n```\n```text\ny\n```\n")
        self.assertEqual([(b.language, b.line, b.text) for b in found], [("sh", 4, "x\n"), ("text", 7, "y\n")])
        self.assertEqual(found[0].said("exit"), "1")
        self.assertEqual(found[0].said("ru"), "")
        self.assertIsNone(found[1].said("exit"))

    def test_prose_between_takes_a_comment_and_an_output_away(self):
        found = run_docs.blocks("<!-- exit 1 -->\nprose\n```sh\nx\n```\nprose\n```text\ny\n```\n")
        self.assertIsNone(found[0].said("exit"))
        self.assertEqual(found[1].language, "prose")

    def test_indented_blocks_lose_their_indent(self):
        self.assertEqual(run_docs.blocks("- a\n  ```sh\n  x\n    y\n  ```\n")[0].text, "x\n  y\n")


class Matches(unittest.TestCase):
    def test_table(self):
        for expected, printed, answer in [
                ("a\n", "a\n", True), ("a\n", "b\n", False), ("a\n", "a\nb\n", False), ("a\n…\n", "a\nb\nc\n", True),
                ("a\n…\nc\n", "a\nc\n", True), ("a…c\n", "abbc\n", True), ("a…c\n", "abb\n", False), ("…\n", "", True),
                ("a.c\n", "abc\n", False), ("a  \n", "a\n", True), ("a\n", "a", True)]:
            self.assertEqual(run_docs.matches(expected, printed), answer, (expected, printed))


class OnKafka(unittest.TestCase):
    PAGE = sh("echo plain") + "\ntext\n\n" + sh("echo broker.example:9092 -t otmetka.results", "on Kafka", "broker.example:9092 …page.results")

    def run_it(self, broker):
        with tempfile.TemporaryDirectory() as name:
            root = pathlib.Path(name)
            (root / "run").write_text(RUN)
            (root / "page.md").write_text(self.PAGE)
            page = run_docs.Page(root / "page.md", root, root / "otmetka", broker)
            page.run(root)
            return page.failures, page.ran

    def test_blocks_are_run_with_a_broker_or_without(self):
        self.assertEqual(self.run_it(None), ([], 1))
        self.assertEqual(self.run_it("localhost:7"), ([], 1))


class Pages(unittest.TestCase):
    def test_a_page_that_is_true(self):
        self.assertEqual(run_page(sh("echo a", text="a")), ([], 1))

    def test_a_command_that_fails_is_told_with_its_line(self):
        failures, _ = run_page("\n" + sh("false"))
        self.assertEqual(len(failures), 1)
        self.assertIn("page.md:2: ended with 1 instead of 0", failures[0])

    def test_an_exit_code_may_be_promised(self):
        self.assertEqual(run_page(sh("exit 3", comment="exit 3"))[0], [])
        self.assertEqual(len(run_page(sh("true", comment="exit 3"))[0]), 1)

    def test_other_output_than_shown_fails(self):
        self.assertEqual(len(run_page(sh("echo a", text="b"))[0]), 1)

    def test_blocks_share_a_folder_and_files_are_written(self):
        page = "<!-- file in.txt -->\n```yaml\nx: 1\n```\n" + sh("cp in.txt b") + sh("cat b", text="x: 1")
        self.assertEqual(run_page(page), ([], 2))

    def test_what_is_not_run(self):
        self.assertEqual(run_page(sh("false", comment="not run: needs a network")), ([], 0))
        self.assertEqual(run_page("```yaml\nx\n```\n"), ([], 0))

    def test_the_project_script_is_only_looked_up(self):
        self.assertEqual(run_page(sh("./run demo   # the main job")), ([], 0))
        self.assertEqual(len(run_page(sh("./run demos"))[0]), 1)
        self.assertEqual(run_page(sh("./run build\necho a", text="a")), ([], 1))

    def test_the_demo_is_run_where_its_output_is_shown(self):
        script = "<!-- file samples/demo.sh -->\n```text\necho shown\n```\n" + sh("chmod +x samples/demo.sh")
        self.assertEqual(run_page(script + sh("./run demo", text="shown")), ([], 2))
        self.assertEqual(len(run_page(script + sh("./run demo", text="other"))[0]), 1)


if __name__ == "__main__":
    unittest.main()
