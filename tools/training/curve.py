"""The curve of a training run as SVG, from its log.csv.

    python3 curve.py log.csv curve.svg
"""
import csv
import math
import sys

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 760, 420, 64, 44, 34


def read(path):
    """{column: [(step, value)]} of a log."""
    with open(path, newline="") as f:
        rows = list(csv.DictReader(f))
    return {name: [(int(r["step"]), float(r[name])) for r in rows if r[name] != ""] for name in (rows[0] if rows else {}) if name not in ("step", "seconds", "rate")}


def smooth(points, share=0.02):
    """Running mean over about a fiftieth of the run."""
    window = max(1, int(len(points) * share))
    out, total = [], 0.0
    for i, (step, value) in enumerate(points):
        total += value - (points[i - window][1] if i >= window else 0)
        out.append((step, total / min(i + 1, window)))
    return out


def draw(series, title):
    """Loss over steps, both named columns on one logarithmic axis."""
    series = {name: smooth(points) for name, points in series.items() if len(points) > 1}
    if not series:
        return None
    values = [v for points in series.values() for _, v in points if v > 0 and math.isfinite(v)]
    steps = [s for points in series.values() for s, _ in points]
    low, high = math.floor(math.log10(min(values)) * 4) / 4, math.ceil(math.log10(max(values)) * 4) / 4
    high = max(high, low + 0.25)
    x0, x1 = min(steps), max(max(steps), min(steps) + 1)

    def at(step, value):
        x = LEFT + (WIDTH - LEFT - 120) * (step - x0) / (x1 - x0)
        y = HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * (math.log10(max(value, 10 ** low)) - low) / (high - low)
        return x, y
    parts = ['<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="12">' % (WIDTH, HEIGHT),
             '<rect width="100%" height="100%" fill="#fff"/>', '<text x="%d" y="20" font-size="14">%s</text>' % (LEFT, title)]
    level = low
    while level <= high + 1e-9:
        _, y = at(x0, 10 ** level)
        parts.append('<line x1="%d" x2="%d" y1="%.1f" y2="%.1f" stroke="#ddd"/><text x="%d" y="%.1f" text-anchor="end">%.3g</text>'
                     % (LEFT, WIDTH - 120, y, y, LEFT - 6, y + 4, 10 ** level))
        level += 0.25
    for k in range(5):
        step = x0 + (x1 - x0) * k / 4
        parts.append('<text x="%.1f" y="%d" text-anchor="middle">%d</text>' % (at(step, 1)[0], HEIGHT - BOTTOM + 18, step))
    parts.append('<text x="%d" y="%d" text-anchor="middle">step</text>' % ((LEFT + WIDTH - 120) // 2, HEIGHT - 8))
    for n, (name, points) in enumerate(series.items()):
        colour = ("#1f5fa8", "#c2410c", "#2e7d32", "#6a1b9a", "#795548", "#00838f", "#ad1457", "#9e9d24", "#455a64", "#ef6c00")[n % 10]
        kept = points[:: max(1, len(points) // 800)]
        if kept[-1] != points[-1]:
            kept.append(points[-1])
        parts.append('<polyline fill="none" stroke="%s" stroke-width="%s" points="%s"/>' % (
            colour, 2 if n == 0 else 1, " ".join("%.1f,%.1f" % at(s, v) for s, v in kept)))
        parts.append('<text x="%d" y="%d" fill="%s">%s</text>' % (WIDTH - 112, TOP + 16 * n, colour, name))
    return "\n".join(parts + ["</svg>", ""])


def write(log, target, title="training loss"):
    picture = draw(read(log), title)
    if picture is not None:
        with open(target, "w") as f:
            f.write(picture)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    write(sys.argv[1], sys.argv[2])
