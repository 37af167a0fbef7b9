"""R1 with Numba, one whole life after the other, compiled: nobody can meet anybody. usage: numba_lives.py PEOPLE [SEED]"""
import math
import numpy as np
import r1
from numba import njit
from numpy_lives import states
from r1 import DAYS, REGIONS, STATES

ISSUED_, SERVED_, APPEARED_, RESTRICTED_, COMPLIED_, LOCATED_, DEFERRED_, DRAFTED_ = range(8)
LEAVES = r1.COMPLIES + r1.LOCATED
STAYS_LOG = math.log(1 - LEAVES)


@njit
def lives(rng, people, moved):
    """Adds to `moved[transition, day]`; its last day collects what lies past the end."""
    for _ in range(people):
        day = int(rng.random() * r1.ISSUE_DAYS)
        moved[ISSUED_, day] += 1
        day += int(rng.random() * r1.READ_DAYS) if rng.random() < r1.READ else r1.DEEMED
        moved[SERVED_, day] += 1
        if rng.random() < r1.COMES:
            day += r1.COMES_FROM + int(rng.random() * (r1.COMES_TO - r1.COMES_FROM + 1))
            moved[APPEARED_, day] += 1
        else:
            day += r1.RESTRICTED_AFTER
            moved[RESTRICTED_, day] += 1
            day = min(day + 1 + int(math.log(1 - rng.random()) / STAYS_LOG), DAYS)
            moved[LOCATED_ if rng.random() < r1.LOCATED / LEAVES else COMPLIED_, day] += 1
        day = min(day + r1.DECIDED_AFTER, DAYS)
        moved[DEFERRED_ if rng.random() < r1.PUT_OFF else DRAFTED_, day] += 1


def run(people: int, seed: int):
    rng = np.random.default_rng(seed)
    table = np.zeros((DAYS, REGIONS, STATES), np.int64)
    totals = np.zeros(len(r1.TRANSITIONS), np.int64)
    edges = [-(-region * people // REGIONS) for region in range(REGIONS + 1)]
    for region in range(REGIONS):
        size = edges[region + 1] - edges[region]
        moved = np.zeros((len(r1.TRANSITIONS), DAYS + 1), np.int64)
        lives(rng, size, moved)
        moved = moved[:, :DAYS]
        table[:, region] = states(size, dict(zip(r1.TRANSITIONS, moved)))
        totals += moved.sum(axis=1)
    return dict(zip(r1.TRANSITIONS, totals)), table


if __name__ == "__main__":
    people, seed = r1.arguments()
    r1.report(people, seed, *run(people, seed))
