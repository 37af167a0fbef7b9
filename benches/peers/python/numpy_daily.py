"""R1 with NumPy, one vectorised step a day over all people. usage: numpy_daily.py PEOPLE [SEED]"""
import sys
import numpy as np

REGISTERED, SUMMONED, SERVED, APPEARED, RESTRICTED, DEFERRED, DRAFTED = range(7)
DAYS, REGIONS = 365, 85


def run(people: int, seed: int) -> dict:
    rng = np.random.default_rng(seed)
    region = (np.arange(people) * REGIONS // people).astype(np.int16)
    state = np.zeros(people, np.int8)
    due = rng.integers(0, 105, people).astype(np.int16)
    comes = np.zeros(people, bool)
    table = np.zeros((DAYS, REGIONS, 7), np.int64)
    moved = dict(issued=0, served=0, appeared=0, restricted=0, decided=0, deferred=0)
    for day in range(DAYS):
        new = np.flatnonzero((state == REGISTERED) & (due == day))
        read = rng.random(new.size) < 0.35
        state[new] = SUMMONED
        due[new] = day + np.where(read, rng.integers(0, 7, new.size), 7)
        moved["issued"] += new.size
        held = np.flatnonzero(state == RESTRICTED)
        back = held[rng.random(held.size) < 0.012]
        new = np.flatnonzero((state == SUMMONED) & (due == day))
        comes[new] = rng.random(new.size) < 0.6
        due[new] = day + np.where(comes[new], rng.integers(1, 20, new.size), 20)
        moved["served"] += new.size
        ended = np.flatnonzero((state == SERVED) & (due == day))
        state[new] = SERVED
        late, came = ended[~comes[ended]], ended[comes[ended]]
        state[late] = RESTRICTED
        moved["restricted"] += late.size
        decided = np.flatnonzero((state == APPEARED) & (due == day))
        came = np.concatenate([came, back])
        state[came] = APPEARED
        due[came] = day + 3
        moved["appeared"] += came.size
        put_off = rng.random(decided.size) < 0.25
        state[decided] = np.where(put_off, DEFERRED, DRAFTED)
        moved["decided"] += decided.size
        moved["deferred"] += int(put_off.sum())
        table[day] = np.bincount(region * 7 + state, minlength=REGIONS * 7).reshape(REGIONS, 7)
    return moved


if __name__ == "__main__":
    people = int(sys.argv[1])
    moved = run(people, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    print("people", people)
    print("issued {issued} served {served} appeared {appeared} restricted {restricted}".format(**moved))
    print("decided {decided} deferred {deferred}".format(**moved))
    events = sum(moved[key] for key in ("issued", "served", "appeared", "restricted", "decided"))
    print(f"events_per_person {events / people:.4f}")
