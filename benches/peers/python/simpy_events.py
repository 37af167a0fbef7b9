"""R1 with SimPy, a process a person. usage: simpy_events.py PEOPLE [SEED]"""
import random
import math
import r1
import simpy
from r1 import APPEARED, DEFERRED, DRAFTED, REGISTERED, RESTRICTED, SERVED, SUMMONED

LEAVES = r1.COMPLIES + r1.LOCATED
STAYS_LOG = math.log(1 - LEAVES)


class World:
    """The environment, its chance and the running counts."""

    def __init__(self, people: int, seed: int):
        self.env = simpy.Environment()
        self.random = random.Random(seed)
        self.counts = [[0] * r1.STATES for _ in range(r1.REGIONS)]
        self.totals = dict.fromkeys(r1.TRANSITIONS, 0)
        self.table = []
        for person in range(people):
            region = self.counts[r1.region_of(person, people)]
            region[REGISTERED] += 1
            self.env.process(self.life(region))
        self.env.process(self.census())

    def move(self, region, before, after, name):
        region[before] -= 1
        region[after] += 1
        self.totals[name] += 1

    def life(self, region):
        env, chance = self.env, self.random
        yield env.timeout(int(chance.random() * r1.ISSUE_DAYS))
        self.move(region, REGISTERED, SUMMONED, "issued")
        yield env.timeout(int(chance.random() * r1.READ_DAYS) if chance.random() < r1.READ else r1.DEEMED)
        self.move(region, SUMMONED, SERVED, "served")
        if chance.random() < r1.COMES:
            yield env.timeout(r1.COMES_FROM + int(chance.random() * (r1.COMES_TO - r1.COMES_FROM + 1)))
            self.move(region, SERVED, APPEARED, "appeared")
        else:
            yield env.timeout(r1.RESTRICTED_AFTER)
            self.move(region, SERVED, RESTRICTED, "restricted")
            # The first success of a daily chance, from the day after.
            yield env.timeout(1 + int(math.log(1 - chance.random()) / STAYS_LOG))
            located = chance.random() < r1.LOCATED / LEAVES
            self.move(region, RESTRICTED, APPEARED, "located" if located else "complied")
        yield env.timeout(r1.DECIDED_AFTER)
        if chance.random() < r1.PUT_OFF:
            self.move(region, APPEARED, DEFERRED, "deferred")
        else:
            self.move(region, APPEARED, DRAFTED, "drafted")

    def census(self):
        """Writes the counts down at the end of each day."""
        yield self.env.timeout(0.5)
        while True:
            self.table.append([list(row) for row in self.counts])
            yield self.env.timeout(1)


if __name__ == "__main__":
    people, seed = r1.arguments()
    world = World(people, seed)
    world.env.run(until=r1.DAYS)
    r1.report(people, seed, world.totals, world.table)
