"""How time or memory grows: the slope of its logarithm by the logarithm of the size."""
import math

# What a process takes before it does anything is at the small end, and says nothing of growth.
FLOOR_TIMES = 3.0
ORDERS = [(0.1, "constant"), (0.85, "less than linear"), (1.15, "linear"), (1.5, "a little more than linear"),
          (1.85, "between linear and quadratic"), (2.15, "quadratic")]


def beyond_floor(points):
    """The points whose value is at least three times the least; all where fewer than two are."""
    least = min(value for _, value in points)
    grown = [(size, value) for size, value in points if value >= FLOOR_TIMES * least]
    if len(grown) >= 2:
        return grown
    # One point that stands out still has a slope to the last that does not.
    return points if not grown else points[-2:]


def exponent(points):
    """Of value ~ size^exponent, by least squares; None where there are fewer than two sizes with a value."""
    points = [(size, value) for size, value in points if size > 0 and value > 0]
    if len({size for size, _ in points}) < 2:
        return None
    logs = [(math.log(size), math.log(value)) for size, value in beyond_floor(sorted(points))]
    mean_x = sum(x for x, _ in logs) / len(logs)
    mean_y = sum(y for _, y in logs) / len(logs)
    return sum((x - mean_x) * (y - mean_y) for x, y in logs) / sum((x - mean_x) ** 2 for x, _ in logs)


def sentence(points):
    """`linear: 1.02`."""
    slope = exponent(points)
    if slope is None:
        return "not known: too few sizes"
    if slope < -0.1:
        return f"falling: {slope:.2f}"
    order = next((name for most, name in ORDERS if slope <= most), "more than quadratic")
    return f"{order}: {slope:.2f}"
