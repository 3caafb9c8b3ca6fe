#!/usr/bin/python3
"""Writes the files that a page shows (`<!-- file NAME -->` above a block) into a folder: extract_files.py PAGE FOLDER."""
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
import run_docs  # noqa: E402

page, folder = map(pathlib.Path, sys.argv[1:])
for block in run_docs.blocks(page.read_text()):
    if block.said("file"):
        target = folder / block.said("file")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(block.text)
