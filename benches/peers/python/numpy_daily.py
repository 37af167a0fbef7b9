"""R1 with NumPy, one step a day with masks over all people. usage: numpy_daily.py PEOPLE [SEED]"""
import numpy as np
import r1
from r1 import APPEARED, DEFERRED, DRAFTED, REGISTERED, REGIONS, RESTRICTED, SERVED, STATES, SUMMONED


def run(people: int, seed: int):
    rng = np.random.default_rng(seed)
    region = (np.arange(people) * REGIONS // people).astype(np.int16)
    state = np.zeros(people, np.int8)
    due = rng.integers(0, r1.ISSUE_DAYS, people).astype(np.int16)
    comes = np.zeros(people, bool)
    table = np.zeros((r1.DAYS, REGIONS, STATES), np.int64)
    totals = dict.fromkeys(r1.TRANSITIONS, 0)
    for day in range(r1.DAYS):
        # Who was restricted on an earlier day; today's restricted leave tomorrow at the earliest.
        held = np.flatnonzero(state == RESTRICTED)
        luck = rng.random(held.size)
        back = held[luck < r1.COMPLIES + r1.LOCATED]
        complied = int((luck < r1.COMPLIES).sum())
        totals["complied"] += complied
        totals["located"] += back.size - complied

        issued = np.flatnonzero((state == REGISTERED) & (due == day))
        read = rng.random(issued.size) < r1.READ
        state[issued] = SUMMONED
        due[issued] = day + np.where(read, rng.integers(0, r1.READ_DAYS, issued.size), r1.DEEMED)
        totals["issued"] += issued.size

        ended = np.flatnonzero((state == SERVED) & (due == day))
        came, late = ended[comes[ended]], ended[~comes[ended]]
        state[late] = RESTRICTED
        totals["restricted"] += late.size
        totals["appeared"] += came.size

        # After the issues, for reading with offset 0 serves on the day of issue.
        served = np.flatnonzero((state == SUMMONED) & (due == day))
        state[served] = SERVED
        comes[served] = rng.random(served.size) < r1.COMES
        wait = rng.integers(r1.COMES_FROM, r1.COMES_TO + 1, served.size)
        due[served] = day + np.where(comes[served], wait, r1.RESTRICTED_AFTER)
        totals["served"] += served.size

        decided = np.flatnonzero((state == APPEARED) & (due == day))
        put_off = rng.random(decided.size) < r1.PUT_OFF
        state[decided] = np.where(put_off, DEFERRED, DRAFTED)
        deferred = int(put_off.sum())
        totals["deferred"] += deferred
        totals["drafted"] += decided.size - deferred

        appeared = np.concatenate([came, back])
        state[appeared] = APPEARED
        due[appeared] = day + r1.DECIDED_AFTER
        table[day] = np.bincount(region * STATES + state, minlength=REGIONS * STATES).reshape(REGIONS, STATES)
    return totals, table


if __name__ == "__main__":
    people, seed = r1.arguments()
    r1.report(people, seed, *run(people, seed))
