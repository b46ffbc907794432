#!/usr/bin/python3
"""Draws the picture of the README: docs/pictures/draw.py RESULTS.json > docs/pictures/article.svg"""

import json
import sys
from html import escape

WIDTH, LEFT, RIGHT, ROW, TOP = 860, 130, 40, 92, 64
PARTS = {  # what is drawn as one part: its components and its colour
    "bills and commitments": (("spend", "commitment_shortfall"), "#4c78a8"),
    "outages less credits": (("outage", "reputation", "sla_credit"), "#e45756"),
    "capacity cut off": (("capacity_shortage",), "#f2a541"),
    "moving away": (("migration",), "#72b7b2"),
    "roadmap and IP": (("regime",), "#9d755d")}


def percentile(measure, level):
    return next(p["value"] for p in measure["percentiles"] if p["level"] == level)


def text(x, y, words, size=13, anchor="start", colour="#333", weight="normal"):
    return (f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{colour}" '
            f'font-weight="{weight}">{escape(words)}</text>')


def draw(result):
    strategies = result["strategies"]
    low, high = 0.0, 1.05 * max(percentile(s["measures"]["total_cost"], 0.999) for s in strategies.values())
    bottom = TOP + ROW * len(strategies)
    height = bottom + 86

    def x(value):
        return LEFT + (value - low) / (high - low) * (WIDTH - LEFT - RIGHT)

    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" '
           f'role="img" aria-label="Total cost of each strategy: its parts in the mean, and the spread of paths">',
           f'<rect width="{WIDTH}" height="{height}" fill="white"/>',
           text(LEFT, 26, result["title"], 16, weight="bold"),
           text(LEFT, 46, f'Total cost over {result["horizon"]["months"] // 12} years, present value in billion '
                          f'{result["currency"]}', 13, colour="#666")]
    for tick in range(0, int(high / 1e9) + 1, 50):
        out.append(f'<line x1="{x(tick * 1e9):.1f}" y1="{TOP}" x2="{x(tick * 1e9):.1f}" y2="{bottom}" stroke="#e5e5e5"/>')
        out.append(text(x(tick * 1e9), bottom + 18, str(tick), 12, "middle", "#666"))
    for row, (name, strategy) in enumerate(strategies.items()):
        y, at = TOP + row * ROW + 14, 0.0
        out.append(text(LEFT - 10, y + 30, name, 14, "end"))
        for components, colour in PARTS.values():
            mean = sum(strategy["measures"][component]["mean"]["value"] for component in components)
            out.append(f'<rect x="{x(at):.1f}" y="{y}" width="{max(x(at + mean) - x(at), 0):.1f}" height="22" fill="{colour}"/>')
            at += mean
        total = strategy["measures"]["total_cost"]
        p = {level: percentile(total, level) for level in (0.05, 0.5, 0.95, 0.99, 0.999)}
        y += 44
        out.append(f'<line x1="{x(p[0.05]):.1f}" y1="{y}" x2="{x(p[0.999]):.1f}" y2="{y}" stroke="#555" stroke-width="2"/>')
        out.append(f'<rect x="{x(p[0.05]):.1f}" y="{y - 7}" width="{x(p[0.95]) - x(p[0.05]):.1f}" height="14" fill="#bbb"/>')
        out.append(f'<line x1="{x(p[0.5]):.1f}" y1="{y - 9}" x2="{x(p[0.5]):.1f}" y2="{y + 9}" stroke="#222" stroke-width="3"/>')
        for level in (0.99, 0.999):
            out.append(f'<line x1="{x(p[level]):.1f}" y1="{y - 7}" x2="{x(p[level]):.1f}" y2="{y + 7}" stroke="#555" stroke-width="2"/>')
        out.append(text(x(p[0.999]) + 6, y + 4, f'{p[0.999] / 1e9:.0f}', 12, colour="#555"))
    at = LEFT
    for name, (_, colour) in PARTS.items():
        out.append(f'<rect x="{at}" y="{bottom + 32}" width="12" height="12" fill="{colour}"/>')
        out.append(text(at + 18, bottom + 43, name, 12))
        at += 32 + 6.4 * len(name)
    out.append(text(LEFT, bottom + 70, 'Upper bar: the mean and its parts. Lower bar: 5 % to 95 % of paths, median; '
                                       'ticks at 99 % and 99.9 %.', 12, colour="#666"))
    out.append("</svg>")
    return "\n".join(out) + "\n"


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as results:
        sys.stdout.write(draw(json.load(results)))
