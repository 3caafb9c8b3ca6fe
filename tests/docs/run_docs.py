#!/usr/bin/python3
"""Runs the commands that a Markdown page shows and compares what they print.

A fenced ```sh block is run, in order, in a folder of its own that holds a copy of samples/; `otmetka` on PATH is the program
that was built. It must end with 0, or with what a comment above it says. A ```text block that follows is what it prints: a
line of `…` stands for any lines, `…` inside a line for any characters. Comments above a block:

    <!-- exit 1 -->            the block ends with 1
    <!-- not run: REASON -->   shown only
    <!-- file NAME -->         above any other block: its text is written to NAME first
    <!-- on Kafka -->          the block is run, or written, where --broker gives one, and only such blocks are run then: it stands
                               for broker.example:9092, and topics begin with the page's name instead of otmetka

Lines that begin with `./run` are not run; the word behind it must be a command of the script. `./run demo` alone, with its output
below, is: samples/demo.sh with the program that was built, which is what that command comes to.
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass

FENCE = re.compile(r"^(\s*)```(\w*)\s*$")
COMMENT = re.compile(r"^\s*<!--\s*(.*?)\s*-->\s*$")


@dataclass
class Block:
    language: str
    text: str
    line: int
    comments: list

    def said(self, word):
        """What a comment that begins with `word` says behind it, or None."""
        for comment in self.comments:
            if comment == word or comment.startswith((word + " ", word + ":")):
                return comment[len(word):].lstrip(": ")
        return None


def blocks(markdown):
    """The fenced blocks in order, each with the comments that stand right above it."""
    found, comments, current, indent = [], [], None, ""
    for number, line in enumerate(markdown.splitlines(), 1):
        fence = FENCE.match(line)
        if current is None and fence:
            indent = fence.group(1)
            current = Block(fence.group(2), "", number, comments)
        elif current is not None and line.strip() == "```":
            found.append(current)
            current, comments = None, []
        elif current is not None:
            current.text += line.removeprefix(indent) + "\n"
        elif COMMENT.match(line):
            comments = comments + [COMMENT.match(line).group(1)]
        elif line.strip():
            comments = []
            if found and found[-1].language == "sh":
                found.append(Block("prose", "", number, []))
    return found


def matches(expected, printed):
    """Whether `printed` is `expected`, where a line `…` is any lines and `…` in a line any characters."""
    pattern = ""
    for line in expected.splitlines():
        if line.strip() == "…":
            pattern += r"(?:.*\n)*?"
        else:
            pattern += ".*?".join(re.escape(piece.rstrip() if i == line.count("…") else piece)
                                  for i, piece in enumerate(line.split("…"))) + r"[ \t]*\n"
    return re.fullmatch(pattern, printed if printed.endswith("\n") or not printed else printed + "\n") is not None


def script_commands(script):
    """The words that ./run knows, read from its last `case`."""
    return set(re.findall(r"^\s+([a-z-]+)\) shift;", script, re.MULTILINE))


class Page:
    def __init__(self, path, root, program, broker=None):
        self.path, self.root, self.program, self.broker = path, root, program, broker
        self.failures, self.ran = [], 0

    def fail(self, block, what):
        self.failures.append(f"{self.path}:{block.line}: {what}")

    def check_script_lines(self, block, known):
        kept = []
        for line in block.text.splitlines():
            words = line.split("#")[0].split()
            if words[:1] != ["./run"]:
                kept.append(line)
            elif len(words) < 2 or words[1] not in known:
                self.fail(block, f"`{line.strip()}`: ./run has no such command")
        return "\n".join(kept).strip()

    def on_broker(self, text):
        if self.broker is None or text is None:
            return text
        return text.replace("broker.example:9092", self.broker).replace("-t otmetka.", f"-t {self.path.stem}.")

    def is_run(self, block):
        if block.language != "sh" or block.said("not run") is not None:
            return False
        return (block.said("on Kafka") is not None) == (self.broker is not None)

    def run_block(self, block, commands, expected, folder):
        code = int(block.said("exit") or 0)
        environment = {"PATH": f"{self.program.parent}:/usr/bin:/bin", "HOME": str(folder), "LANG": "C.UTF-8",
                       "OTMETKA_LANG": "ru" if block.said("ru") is not None else "en"}
        if self.broker is not None:
            environment["OTMETKA_PREFIX"] = self.path.stem
        done = subprocess.run(["bash", "-eu", "-o", "pipefail", "-c", commands], cwd=folder, env=environment, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60, check=False)
        self.ran += 1
        if done.returncode != code:
            self.fail(block, f"ended with {done.returncode} instead of {code}\n{commands}\n{done.stdout}")
        elif expected is not None and not matches(expected, done.stdout):
            self.fail(block, f"does not print what the page says\n{commands}\n--- the page:\n{expected}--- printed:\n{done.stdout}")

    def run(self, folder):
        known = script_commands((self.root / "run").read_text())
        found = blocks(self.path.read_text())
        for block, following in zip(found, found[1:] + [None]):
            if block.said("file") and (block.said("on Kafka") is None or self.broker is not None):
                target = folder / block.said("file")
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(self.on_broker(block.text))
            if not self.is_run(block):
                continue
            shown = following is not None and following.language == "text" and following.said("not compared") is None
            commands = self.check_script_lines(block, known)
            if shown and block.text.strip() == "./run demo":
                commands = 'samples/demo.sh "$(command -v otmetka)"'
            if not commands:
                continue
            self.run_block(block, self.on_broker(commands), self.on_broker(following.text) if shown else None, folder)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", required=True, type=pathlib.Path)
    parser.add_argument("--program", required=True, type=pathlib.Path)
    parser.add_argument("--least", type=int, default=0, help="fail when fewer blocks were run")
    parser.add_argument("--broker", help="run the blocks that are marked `on Kafka`, and no others")
    parser.add_argument("page", type=pathlib.Path)
    options = parser.parse_args()
    page = Page(options.page, options.root, options.program, options.broker)
    with tempfile.TemporaryDirectory(prefix="docs-") as name:
        folder = pathlib.Path(name)
        if (options.root / "samples").is_dir():
            shutil.copytree(options.root / "samples", folder / "samples")
        page.run(folder)
    for failure in page.failures:
        print(failure)
    print(f"{page.path.name}: {page.ran} run, {len(page.failures)} failed")
    if page.ran < options.least:
        print(f"fewer than {options.least} were run: are the blocks still marked ```sh?")
    return 1 if page.failures or page.ran < options.least else 0


if __name__ == "__main__":
    os.umask(0o077)
    sys.exit(main())
