"""Writes a billing export in the FOCUS format of any length, whose sums are known without reading it.

usage: make_export.py ROWS > export.csv

A block of distinct rows is written again and again, each time with other resource names, so that the sums of
the whole are those of the block times the number of blocks. Nothing in it comes from anybody's bill.
"""

import random
import sys
from decimal import Decimal

BLOCK = 10_000
COLUMNS = ("BilledCost,BillingAccountId,BillingCurrency,BillingPeriodEnd,BillingPeriodStart,ChargeCategory,ChargeClass,"
           "ChargeDescription,ChargePeriodEnd,ChargePeriodStart,CommitmentDiscountCategory,CommitmentDiscountId,"
           "CommitmentDiscountStatus,CommitmentDiscountType,EffectiveCost,ListCost,ProviderName,RegionId,ResourceId,ServiceCategory,"
           "ServiceName,Tags").split(",")
PROVIDERS = {"Northcloud": ["north-1", "north-2", "west-1"], "Südwolke": ["süd-1", "süd-2"], "Easthost, Inc.": ["e1", ""]}
CATEGORIES = ["Compute", "Storage", "Databases", "Networking", "AI and Machine Learning"]
MONTHS = [("2025-11", "2025-12"), ("2025-12", "2026-01"), ("2026-01", "2026-02")]


def rows(seed=7):
    """The block: a dictionary for each row; ResourceId has a place for the number of the block."""
    draw = random.Random(seed)
    for number in range(BLOCK):
        provider = draw.choice(list(PROVIDERS))
        month, after = draw.choice(MONTHS)
        day = draw.randint(1, 27)
        cost = Decimal(draw.randint(-2000, 10**9)).scaleb(-draw.choice([2, 6, 11, 15]))
        committed = draw.random() < 0.1
        status = draw.choice(["Used", "Used", "Used", "Unused"]) if committed else ""
        yield {
            "BilledCost": "0" if committed else f"{cost:f}", "BillingAccountId": "1000", "BillingCurrency": "EUR",
            "BillingPeriodEnd": f"{after}-01T00:00:00Z", "BillingPeriodStart": f"{month}-01T00:00:00Z", "ChargeCategory": "Usage",
            "ChargeClass": "", "ChargeDescription": f'says "{number}", and more', "ChargePeriodEnd": f"{month}-{day + 1:02}T00:00:00Z",
            "ChargePeriodStart": f"{month}-{day:02}T00:00:00Z", "CommitmentDiscountCategory": "Spend" if committed else "",
            "CommitmentDiscountId": f"plan-{number % 5}" if committed else "", "CommitmentDiscountStatus": status,
            "CommitmentDiscountType": "Plan" if committed else "", "EffectiveCost": f"{cost * 3 / 4:f}", "ListCost": f"{cost * 5 / 4:f}",
            "ProviderName": provider, "RegionId": draw.choice(PROVIDERS[provider]), "ResourceId": f"r-%d-{number}",
            "ServiceCategory": draw.choice(CATEGORIES), "ServiceName": "Service", "Tags": '{"team": "a"}'}


def quoted(text):
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"\n') else text


def write(count, out):
    """`count` rows, a multiple of BLOCK, with their header."""
    write_part(0, count, out)


def write_part(first, count, out):
    """`count` rows from number `first` on, both multiples of BLOCK; the header goes before row 0."""
    if first == 0:
        out.write((",".join(COLUMNS) + "\n").encode())
    block = "".join(",".join(quoted(row[column]) for column in COLUMNS) + "\n" for row in rows())
    around_number = block.split("r-%d-")
    for number in range(first // BLOCK, (first + count) // BLOCK):
        out.write(f"r-{number}-".join(around_number).encode())


if __name__ == "__main__":
    if len(sys.argv) != 2 or int(sys.argv[1]) % BLOCK:
        sys.exit(f"usage: make_export.py ROWS, a multiple of {BLOCK}")
    write(int(sys.argv[1]), sys.stdout.buffer)
