"""Plots as SVG: how something grows, on logarithmic scales, and how long who takes, as bars. Light, and legible in grey too."""
import math
from xml.sax.saxutils import escape

OURS, OTHERS, GRID, INK, FADED = "#0b6e99", "#a8a8a8", "#e4e4e4", "#1f1f1f", "#6b6b6b"
FONT = "font-family=\"'DejaVu Sans', Verdana, Arial, sans-serif\""


class Picture:
    def __init__(self, width, height, title):
        self.width, self.height = width, height
        self.parts = [f'<rect width="{width}" height="{height}" fill="#ffffff"/>']
        self.text(16, 26, title, size=15, weight="bold")

    def text(self, x, y, text, size=12, anchor="start", colour=INK, weight="normal"):
        self.parts.append(f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{colour}" '
                          f'font-weight="{weight}">{escape(text)}</text>')

    def line(self, x1, y1, x2, y2, colour=GRID, width=1.0, dash=""):
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        place = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
        self.parts.append(f'<line {place} stroke="{colour}" stroke-width="{width}"{dashed}/>')

    def path(self, points, colour):
        joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self.parts.append(f'<polyline points="{joined}" fill="none" stroke="{colour}" stroke-width="2"/>')
        self.parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in points]

    def bar(self, x, y, width, height, colour):
        self.parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 1):.1f}" height="{height:.1f}" fill="{colour}"/>')

    def svg(self):
        head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}" height="{self.height}" '
        return head + f'viewBox="0 0 {self.width} {self.height}" {FONT}>\n' + "\n".join(self.parts) + "\n</svg>\n"


def short(number):
    """10000 as 10⁴, 0.001 as 10⁻³, and what lies in between as it is."""
    power = round(math.log10(number)) if number > 0 else 0
    if number > 0 and math.isclose(number, 10.0**power) and not -2 <= power <= 3:
        return "10" + str(power).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{number:g}"


def powers(values, base):
    """The powers of `base` around the values: one more where all are the same."""
    low = math.floor(math.log(min(values), base) + 1e-9)
    high = math.ceil(math.log(max(values), base) - 1e-9)
    return [float(base)**n for n in range(low, max(high, low + 1) + 1)]


def panel(picture, left, caption, xs_label, points, base):
    """One logarithmic plot of (size, value), 290 wide, between 60 and 260 from above."""
    top, bottom, right = 78.0, 268.0, left + 280.0
    across, up = powers([x for x, _ in points], base), powers([y for _, y in points], 10)
    place = lambda value, ticks, start, end: start + (end - start) * math.log(value / ticks[0]) / math.log(ticks[-1] / ticks[0])
    picture.text(left, top - 14, caption, colour=FADED)
    for tick in up:
        y = place(tick, up, bottom, top)
        picture.line(left, y, right, y)
        picture.text(left - 6, y + 4, short(tick), anchor="end", colour=FADED)
    for tick in across:
        x = place(tick, across, left, right)
        picture.line(x, top, x, bottom)
        picture.text(x, bottom + 17, short(tick), anchor="middle", colour=FADED)
    picture.text((left + right) / 2, bottom + 36, xs_label, anchor="middle", colour=FADED)
    picture.path([(place(x, across, left, right), place(y, up, bottom, top)) for x, y in points], OURS)


def growth(title, grows, times, memory):
    """Seconds by size and, where it was measured, peak MiB by size."""
    base = 10 if max(x for x, _ in times) >= 100 else 2
    picture = Picture(740 if memory else 380, 320, title)
    panel(picture, 62.0, "seconds", grows, times, base)
    if memory:
        panel(picture, 430.0, "peak memory, MiB", grows, memory, base)
    return picture.svg()


def bars(title, rows):
    """rows: (name, value, label, whether it is ours); lengths by the logarithm, from a third of the least."""
    picture = Picture(740, 48 + 28 * len(rows), title)
    least, most = min(value for _, value, _, _ in rows) / 3, max(value for _, value, _, _ in rows)
    for i, (name, value, label, ours) in enumerate(rows):
        y = 42 + 28 * i
        picture.text(196, y + 14, name, anchor="end", weight="bold" if ours else "normal")
        length = 360 * math.log(value / least) / math.log(most / least)
        picture.bar(204, y, length, 19, OURS if ours else OTHERS)
        picture.text(210 + max(length, 1), y + 14, label, colour=INK)
    return picture.svg()
