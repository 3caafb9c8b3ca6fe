#!/usr/bin/env python3
"""Makes samples/class/: a class's work for the demonstration, 200 submissions over four assignments.

    samples/make_class.py            writes samples/class/ASSIGNMENT.jsonl
    samples/make_class.py --check    exit code 1 when the files there are not what this program makes

The learners are made up (p-001 to p-028), the mistakes are those that classes make. The same bytes come out on every
machine: the only source of chance is random(), whose sequence Python fixes for a seed.
"""
import datetime
import json
import pathlib
import random
import sys

FOLDER = pathlib.Path(__file__).resolve().parent / "class"
LEARNERS = [f"p-{number:03d}" for number in range(1, 29)]
MOST_ATTEMPTS = 3
MOST_AGAIN = 20  # learners who come for one more attempt

TRIP = {"v": "72 км/ч", "t": "5 ч", "why": "путь делить на время"}
CAPITALS = {"Франция": "Париж", "Япония": "Токио", "Канада": "Оттава"}
STEPS = ["прочитать", "составить", "решить", "проверить"]
QUESTION = ["have", "you", "ever", "been", "to", "London"]
OPPOSITES = {"early": "late", "cheap": "expensive", "ancient": "modern", "polite": "rude"}
UNITS = {"force": "newton", "energy": "joule", "power": "watt"}

# For each item: how easy it is (the share of right answers in an average class), the ways to write the right answer, and
# the mistakes, the most frequent first (each is half as frequent as the one before it, or nearly).
ASSIGNMENTS = {
    "physics-8-motion": {
        "submissions": 56,
        "due": "2025-10-10T20:00:00Z",
        "items": {
            "gravity": (0.55, ["9,8 м/с²", "9,8 м/с^2", "9.8 м/с2", "9,81 м/с²", "9,8 м/с²"],
                        ["9,8", "10 м/с²", "9,8 м/с", "−9,8 м/с²", "9,8 Н", "10", "не знаю"]),
            "capital": (0.85, ["Москва", "москва", "МОСКВА", "Москва.", "Масква"],
                        ["Санкт-Петербург", "Тверь", "Россия"]),
            "date": (0.6, ["12.04.1961", "12/04/1961", "12.4.1961"], ["12.04.1960", "12.04.61", "12 апреля 1961", "21.04.1961"]),
            "primes": (0.6, [["a", "b"], ["b", "a"]], [["a"], ["a", "b", "c"], ["b"], ["c", "d"], []]),
            "ege16": (0.5, ["14", "41", "1, 4"], ["145", "1", "134", "24", "35", "один"]),
            "capitals": (0.6, [CAPITALS], [{**CAPITALS, "Канада": "Сидней"}, {**CAPITALS, "Япония": "Оттава", "Канада": "Токио"},
                                           {"Франция": "Париж"}]),
            "steps": (0.7, [STEPS], [["прочитать", "решить", "составить", "проверить"], ["проверить", "прочитать", "составить", "решить"],
                                     ["прочитать", "составить", "решить"]]),
            "trip": (0.5, [TRIP, {**TRIP, "v": "20 м/с"}, {**TRIP, "t": "5"}],
                     [{**TRIP, "v": "72"}, {**TRIP, "v": "70 км/ч", "t": "5,14"}, {"v": "450 км/ч", "t": "0,8 ч", "why": "умножить"},
                      {**TRIP, "why": "не знаю"}, {"v": "72 км/ч"}]),
        },
    },
    "maths-9": {
        "submissions": 48,
        "due": "2025-10-14T20:00:00Z",
        "items": {
            "roots": (0.7, [{"x1": "2", "x2": "3"}], [{"x1": "3", "x2": "2"}, {"x1": "-3", "x2": "-2"}, {"x1": "2", "x2": "-3"}, {"x1": "1", "x2": "6"}]),
            "sum": (0.75, ["3/4", "0,75", "6/8"], ["2/6", "1/3", "1/8", "2/4"]),
            "inequality": (0.45, ["(-3; 3)", "(−3;3)"], ["-3 < x < 3", "[-3; 3]", "x < 3", "(-9; 9)", "±3"]),
            "rectangle": (0.5, [{"w": "6", "s": "48", "d": "10"}, {"w": "6 см", "s": "48 см²", "d": "10 см"}],
                          [{"w": "20", "s": "160", "d": "21,5"}, {"w": "6", "s": "48"}, {"w": "6 см", "s": "48 см", "d": "14"},
                           {"w": "3,5", "s": "28", "d": "10"}]),
            "identities": (0.5, [["а", "б"]], [["а", "б", "г"], ["б"], ["б", "в"], ["в", "г"], []]),
            "pi": (0.8, ["3,14", "3.14"], ["3,1", "3,141", "22/7", "3,15"]),
            "price": (0.6, ["20%", "20", "20 %"], ["100", "16,7%", "120%", "на 20"]),
            "earth": (0.4, ["1,50·10^8", "1,50 × 10⁸ км"], ["1,5·10^8", "149,6·10^6", "1,50·10^6", "150 млн"]),
            "mean": (0.65, ["4"], ["5", "1", "4,5"]),
        },
    },
    "english-7": {
        "submissions": 52,
        "due": "2025-10-08T20:00:00Z",
        "items": {
            "past": (0.75, ["went", "Went"], ["goed", "gone", "go", "was going"]),
            "colour": (0.8, ["colour", "color", "Colour."], ["coler", "couleur", "цвет"]),
            "environment": (0.6, ["environment", "enviroment", "Environment", "the environment"], ["nature", "ecology", "enviromint"]),
            "article": (0.7, [["b"]], [["a"], ["c"]]),
            "question": (0.6, [QUESTION], [["you", "have", "ever", "been", "to", "London"], ["have", "you", "been", "ever", "to", "London"],
                                           ["have", "you", "been", "to", "London", "ever"]]),
            "opposites": (0.65, [OPPOSITES], [{**OPPOSITES, "ancient": "old"}, {**OPPOSITES, "cheap": "rude", "polite": "expensive"}, {"early": "late"}]),
            "passive": (0.45, ["This house was built in 1990.", "this house was built by them in 1990"],
                        ["This house was built.", "This house is built in 1990.", "This house was build in 1990.", "They build this house in 1990."]),
            "prepositions": (0.6, [{"a": "at", "b": "on", "c": "in"}], [{"a": "at", "b": "in", "c": "in"}, {"a": "in", "b": "on", "c": "in"}, {"a": "at", "b": "at", "c": "at"}]),
            "date": (0.85, ["366", "366 days"], ["365", "364", "three hundred and sixty-six"]),
        },
    },
    "forces-en": {
        "submissions": 44,
        "due": "2025-10-16T20:00:00Z",
        "items": {
            "weight": (0.5, ["49 N", "49.0 N", "49N"], ["49", "5 kg", "50 N", "49 kg", "0.51 N"]),
            "moon": (0.65, ["384,400 km", "384400", "3.84e5 km", "385 000"], ["400,000", "150,000,000", "38,440", "very far"]),
            "field": (0.75, ["9.8", "9.81 m/s²", "9.8 m/s^2"], ["10", "9.8 m/s", "8.9"]),
            "law": (0.8, ["Newton", "newton", "Newton's second law", "Isaac Newton", "Netwon"], ["Hooke", "Einstein", "Ohm"]),
            "circuit": (0.5, [{"r": "6", "i": "2", "p": "24"}, {"r": "6 Ω", "i": "2 A", "p": "24 W"}],
                        [{"r": "1.5", "i": "8", "p": "96"}, {"r": "6", "i": "72", "p": "864"}, {"r": "6", "i": "2"}, {"r": "9", "i": "2", "p": "24"}]),
            "vectors": (0.6, [["a", "b"]], [["a"], ["a", "b", "c"], ["a", "e"], ["c", "d", "e"]]),
            "units": (0.75, [UNITS], [{**UNITS, "energy": "watt", "power": "joule"}, {**UNITS, "force": "pascal"}, {"force": "newton"}]),
        },
    },
}


class Chance:
    """random() and nothing else of Python's generator."""

    def __init__(self, seed):
        self.random = random.Random(seed).random

    def one_of(self, values, halving=False):
        if not halving:
            return values[int(self.random() * len(values))]
        for value in values[:-1]:
            if self.random() < 0.45:
                return value
        return values[-1]


def answers(items, skill, attempt, chance):
    """What a learner of this skill (-0.4 to 0.4) hands in; later attempts are better."""
    responses = {}
    for item, (easy, right, wrong) in items.items():
        luck = chance.random()
        if luck < 0.03:
            continue  # left out
        knows = min(0.97, easy + skill + 0.15 * (attempt - 1))
        responses[item] = chance.one_of(right) if chance.random() < knows else chance.one_of(wrong, halving=True)
    return responses


def submitted(due, attempt, chance):
    """Mostly in the three days before the due time; one in eight later, by up to two days."""
    late = chance.random() < 0.125
    hours = chance.random() * 48 if late else -(chance.random() * 24 + 24 * (MOST_ATTEMPTS - attempt))
    return due + datetime.timedelta(seconds=int(hours * 3600))


def make(assignment, plan, skills, chance):
    due = datetime.datetime.strptime(plan["due"], "%Y-%m-%dT%H:%M:%SZ")
    # Everyone hands in once; then the weakest come again.
    turns = [(learner, 1) for learner in LEARNERS]
    weakest_first = sorted(LEARNERS, key=lambda learner: (skills[learner], learner))
    turns += [(learner, attempt) for attempt in range(2, MOST_ATTEMPTS + 1) for learner in weakest_first[:MOST_AGAIN]]
    lines, last = [], {}
    for learner, attempt in sorted(turns[:plan["submissions"]]):
        at = submitted(due, attempt, chance)
        if learner in last and at <= last[learner]:  # the one before was late
            at = last[learner] + datetime.timedelta(seconds=600 + int(chance.random() * 7200))
        last[learner] = at
        lines.append({
            "submission_id": f"{assignment}-{learner}-{attempt}",
            "assignment_id": assignment,
            "learner_id": learner,
            "attempt_no": attempt,
            "submitted_at": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "due_at": plan["due"],
            "responses": answers(plan["items"], skills[learner], attempt, chance),
        })
    lines.sort(key=lambda line: (line["submitted_at"], line["submission_id"]))
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def main():
    chance = Chance(20251010)
    skills = {learner: chance.random() * 0.8 - 0.4 for learner in LEARNERS}
    same = True
    for assignment, plan in ASSIGNMENTS.items():
        text = make(assignment, plan, skills, chance)
        path = FOLDER / f"{assignment}.jsonl"
        if "--check" in sys.argv[1:]:
            if not path.is_file() or path.read_text(encoding="utf-8") != text:
                print(f"{path}: not what samples/make_class.py makes", file=sys.stderr)
                same = False
        else:
            path.write_text(text, encoding="utf-8")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
