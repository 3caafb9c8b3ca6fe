"""machine.py begin PART ARGUMENTS…, machine.py end PART: notes in build/bench/machine.json how, where, when and at which commit it ran."""
import argparse
import datetime
import json
import os
import pathlib
import platform
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent
# What a page is made of, and what is made of it, does not change what is measured.
NOT_MEASURED = [":!BENCHMARKS.md", ":!docs", ":!CHANGELOG.md", ":!README.md"]


def said_by(*command):
    """The first line that a command prints, or nothing where there is no such command or it fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, cwd=ROOT)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return (done.stdout or done.stderr).strip().split("\n")[0] if done.returncode == 0 else ""


def field(path, name):
    try:
        with open(path, encoding="utf-8", errors="replace") as lines:
            return next((line.split(":", 1)[1].strip() for line in lines if line.startswith(name)), "")
    except OSError:
        return ""


def package(name):
    return said_by("dpkg-query", "-W", "-f=${Version}", name)


def machine():
    """What figures depend on."""
    memory = field("/proc/meminfo", "MemTotal").split()
    system = said_by("sh", "-c", ". /etc/os-release && echo \"$PRETTY_NAME\"")
    return {
        "processor": field("/proc/cpuinfo", "model name") or platform.machine(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gib": round(int(memory[0]) / 2**20, 1) if memory else 0,
        "virtual": "hypervisor" in field("/proc/cpuinfo", "flags").split(),
        "kernel": platform.release(),
        "system": system,
        "compiler": said_by("g++", "--version"),
    }


def others():
    """Versions of what ours is compared with."""
    return {
        "bubblewrap": package("bubblewrap"), "firejail": package("firejail"), "RE2": package("libre2-dev"),
        "PCRE2": package("libpcre2-dev"), "libstdc++": said_by("g++", "-dumpfullversion"), "PostgreSQL": package("postgresql"),
        "librdkafka": package("librdkafka-dev"),
    }


def commit():
    short = said_by("git", "rev-parse", "--short", "HEAD")
    changed = subprocess.run(["git", "diff", "--quiet", "HEAD", "--", ".", *NOT_MEASURED], cwd=ROOT, check=False).returncode
    return short + (" with changes" if short and changed else "")


def without_folders(word):
    """Where a program lies on this machine is nobody's concern: `--isolate /opt/isolate` becomes `--isolate isolate`."""
    return re.sub(r"[^=]*/", "", word)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["begin", "end"])
    parser.add_argument("part")
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="of the part")
    parser.add_argument("--json", default=ROOT / "build/bench/machine.json", type=pathlib.Path)
    options = parser.parse_args()
    parts = json.loads(options.json.read_text(encoding="utf-8")) if options.json.exists() else {}
    now = datetime.datetime.now(datetime.timezone.utc)
    if options.what == "begin":
        parts[options.part] = {"arguments": [without_folders(word) for word in options.arguments],
                               "began": now.strftime("%Y-%m-%d %H:%M UTC"), "second": now.timestamp(), "commit": commit(),
                               "load_before": round(os.getloadavg()[0], 2), "machine": machine(), "others": others()}
    elif options.part in parts:
        parts[options.part]["seconds"] = round(now.timestamp() - parts[options.part].pop("second", now.timestamp()))
    options.json.write_text(json.dumps(parts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
