"""How time or memory grows: the slope of its logarithm by the logarithm of the size."""
import math

# What a process takes before it does anything is at the small end, and says nothing of growth.
FLOOR_TIMES = 3.0
# A slope with a larger standard error has no order: it is half of what is called linear, and another run would likely be called otherwise.
MOST_ERROR = 0.15
ORDERS = [(0.1, "constant"), (0.85, "less than linear"), (1.15, "linear"), (1.5, "a little more than linear"),
          (1.85, "between linear and quadratic"), (2.15, "quadratic")]


def behind_least(points):
    """From the least value on: what is larger before it, such as a first run, is no growth. All where fewer than three are left."""
    least = min(range(len(points)), key=lambda i: points[i][1])
    return points[least:] if len(points) - least >= 3 else points


def beyond_floor(points):
    """The last points, as many as stay at three times the least or above; all where none does."""
    points = behind_least(points)
    floor = FLOOR_TIMES * min(value for _, value in points)
    grown = next((i for i in range(len(points), 0, -1) if points[i - 1][1] < floor), 0)
    if grown == len(points):
        return points
    # One point that stands out still has a slope to the last that does not.
    return points[min(grown, len(points) - 2):]


def slope_and_error(points):
    """Of the logarithms, by least squares, and the slope's standard error, which two points do not have: 0. None without two sizes."""
    points = [(size, value) for size, value in points if size > 0 and value > 0]
    if len({size for size, _ in points}) < 2:
        return None
    logs = [(math.log(size), math.log(value)) for size, value in beyond_floor(sorted(points))]
    mean_x = sum(x for x, _ in logs) / len(logs)
    mean_y = sum(y for _, y in logs) / len(logs)
    spread = sum((x - mean_x) ** 2 for x, _ in logs)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in logs) / spread
    residuals = sum((y - mean_y - slope * (x - mean_x)) ** 2 for x, y in logs)
    return slope, math.sqrt(residuals / (len(logs) - 2) / spread) if len(logs) > 2 else 0.0


def exponent(points):
    """Of value ~ size^exponent; None where there are fewer than two sizes with a value."""
    fitted = slope_and_error(points)
    return None if fitted is None else fitted[0]


def sentence(points):
    """`linear: 1.02`."""
    fitted = slope_and_error(points)
    if fitted is None:
        return "not known: too few sizes"
    slope, error = fitted
    if error > MOST_ERROR:
        return f"not known: it scatters, {slope:.2f} ± {error:.2f}"
    if slope < -0.1:
        return f"falling: {slope:.2f}"
    order = next((name for most, name in ORDERS if slope <= most), "more than quadratic")
    return f"{order}: {slope:.2f}"
