"""R1 with Numba, one step a day over all people, compiled. usage: numba_daily.py PEOPLE [SEED]"""
import numpy as np
import r1
from numba import njit
from r1 import APPEARED, DEFERRED, DRAFTED, REGISTERED, REGIONS, RESTRICTED, SERVED, STATES, SUMMONED

ISSUED_, SERVED_, APPEARED_, RESTRICTED_, COMPLIED_, LOCATED_, DEFERRED_, DRAFTED_ = range(8)


@njit
def step(day, rng, region, state, due, comes, counts, totals):
    """One day for everybody."""
    for person in range(state.size):
        now = state[person]
        if now == RESTRICTED:
            luck = rng.random()
            if luck >= r1.COMPLIES + r1.LOCATED:
                continue
            totals[COMPLIED_ if luck < r1.COMPLIES else LOCATED_] += 1
            state[person] = APPEARED
            due[person] = day + r1.DECIDED_AFTER
        elif due[person] != day:
            continue
        elif now == REGISTERED or now == SUMMONED:
            if now == REGISTERED:
                totals[ISSUED_] += 1
                state[person] = SUMMONED
                due[person] = day + (int(rng.random() * r1.READ_DAYS) if rng.random() < r1.READ else r1.DEEMED)
            # Reading with offset 0 serves on the day of issue.
            if due[person] == day:
                totals[SERVED_] += 1
                state[person] = SERVED
                comes[person] = rng.random() < r1.COMES
                wait = r1.COMES_FROM + int(rng.random() * (r1.COMES_TO - r1.COMES_FROM + 1))
                due[person] = day + (wait if comes[person] else r1.RESTRICTED_AFTER)
        elif now == SERVED:
            if comes[person]:
                totals[APPEARED_] += 1
                state[person] = APPEARED
                due[person] = day + r1.DECIDED_AFTER
            else:
                totals[RESTRICTED_] += 1
                state[person] = RESTRICTED
        elif now == APPEARED:
            put_off = rng.random() < r1.PUT_OFF
            totals[DEFERRED_ if put_off else DRAFTED_] += 1
            state[person] = DEFERRED if put_off else DRAFTED
        counts[region[person], now] -= 1
        counts[region[person], state[person]] += 1


def run(people: int, seed: int):
    rng = np.random.default_rng(seed)
    region = (np.arange(people) * REGIONS // people).astype(np.int16)
    state = np.zeros(people, np.int8)
    due = rng.integers(0, r1.ISSUE_DAYS, people).astype(np.int16)
    comes = np.zeros(people, np.bool_)
    counts = np.zeros((REGIONS, STATES), np.int64)
    counts[:, REGISTERED] = np.bincount(region, minlength=REGIONS)
    totals = np.zeros(len(r1.TRANSITIONS), np.int64)
    table = np.zeros((r1.DAYS, REGIONS, STATES), np.int64)
    for day in range(r1.DAYS):
        step(day, rng, region, state, due, comes, counts, totals)
        table[day] = counts
    return dict(zip(r1.TRANSITIONS, totals)), table


if __name__ == "__main__":
    people, seed = r1.arguments()
    r1.report(people, seed, *run(people, seed))
