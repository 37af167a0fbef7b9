"""R1 with NumPy, whole lives at once, region by region: fast, but nobody can meet anybody. usage: numpy_lives.py PEOPLE [SEED]"""
import numpy as np
import r1
from r1 import DAYS, REGIONS, STATES


def by_day(days, who=None):
    """How many things happen on each day; what lies past the end is left out."""
    days = days if who is None else days[who]
    return np.bincount(np.minimum(days, DAYS), minlength=DAYS + 1)[:DAYS]


def lives(rng, people: int):
    """For each transition how many on each day."""
    issued = rng.integers(0, r1.ISSUE_DAYS, people, dtype=np.int32)
    read = rng.random(people, dtype=np.float32) < r1.READ
    served = issued + np.where(read, rng.integers(0, r1.READ_DAYS, people, dtype=np.int32), r1.DEEMED)
    comes = rng.random(people, dtype=np.float32) < r1.COMES
    on_time = served[comes]
    on_time = on_time + rng.integers(r1.COMES_FROM, r1.COMES_TO + 1, on_time.size, dtype=np.int32)
    restricted = served[~comes] + r1.RESTRICTED_AFTER
    leaves = r1.COMPLIES + r1.LOCATED
    freed = restricted + rng.geometric(leaves, restricted.size)
    located = rng.random(freed.size) < r1.LOCATED / leaves
    decided = np.concatenate([on_time, freed]) + r1.DECIDED_AFTER
    put_off = rng.random(decided.size, dtype=np.float32) < r1.PUT_OFF
    return {
        "issued": by_day(issued),
        "served": by_day(served),
        "appeared": by_day(on_time),
        "restricted": by_day(restricted),
        "complied": by_day(freed, ~located),
        "located": by_day(freed, located),
        "deferred": by_day(decided, put_off),
        "drafted": by_day(decided, ~put_off),
    }


def states(people: int, moved: dict):
    """Counts of the seven states at the end of each day."""
    total = {name: np.cumsum(days) for name, days in moved.items()}
    left_restriction = total["complied"] + total["located"]
    decided = total["deferred"] + total["drafted"]
    return np.stack([
        people - total["issued"],
        total["issued"] - total["served"],
        total["served"] - total["appeared"] - total["restricted"],
        total["appeared"] + left_restriction - decided,
        total["restricted"] - left_restriction,
        total["deferred"],
        total["drafted"],
    ], axis=1)


def run(people: int, seed: int):
    rng = np.random.default_rng(seed)
    table = np.zeros((DAYS, REGIONS, STATES), np.int64)
    totals = dict.fromkeys(r1.TRANSITIONS, 0)
    # Person i lives in region i * REGIONS // people.
    edges = [-(-region * people // REGIONS) for region in range(REGIONS + 1)]
    for region in range(REGIONS):
        size = edges[region + 1] - edges[region]
        moved = lives(rng, size)
        table[:, region] = states(size, moved)
        for name, days in moved.items():
            totals[name] += int(days.sum())
    return totals, table


if __name__ == "__main__":
    people, seed = r1.arguments()
    r1.report(people, seed, *run(people, seed))
