"""Makes BENCHMARKS.md and its plots from the JSON that `./run bench` has left, and from nothing else; the JSON is kept beside the page."""
import argparse
import pathlib
import shutil
import sys

import measured
import report_parts

ROOT = pathlib.Path(__file__).resolve().parent.parent


def write_plots(folder, plots):
    """These and no others: a plot of what is no longer measured goes."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, svg in plots.items():
        (folder / name).write_text(svg, encoding="utf-8")


def keep(source, folder):
    """The raw data beside the page: the files that were read, without the name of the machine and its paths."""
    if source.resolve() == folder.resolve():
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in measured.ALL_FILES:
        if (source / name).exists():
            (folder / name).write_text(measured.without_places((source / name).read_text(encoding="utf-8")), encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(prog="./run bench report", description=__doc__)
    parser.add_argument("--data", type=pathlib.Path, default=ROOT / "build/bench", help="what was measured")
    parser.add_argument("--into", type=pathlib.Path, default=ROOT, help="where BENCHMARKS.md and docs/ are written")
    options = parser.parse_args()
    if not any((options.data / name).exists() for name in measured.ALL_FILES):
        print(f"bench: nothing is measured in {options.data}: `./run bench all` measures", file=sys.stderr)
        return 2
    kept = options.into / "docs/benchmarks-data"
    keep(options.data, kept)
    page, plots = report_parts.page(measured.read(kept))
    write_plots(options.into / "docs/plots", plots)
    (options.into / "BENCHMARKS.md").write_text(page, encoding="utf-8")
    print(f"BENCHMARKS.md: {page.count(chr(10))} lines, {len(plots)} plots in docs/plots, raw data in docs/benchmarks-data")
    return 0


if __name__ == "__main__":
    sys.exit(main())
