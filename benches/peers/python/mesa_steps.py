"""R1 with Mesa 3, every agent stepped every day. usage: mesa_steps.py PEOPLE [SEED]"""
import mesa
import r1
from r1 import APPEARED, DEFERRED, DRAFTED, REGISTERED, RESTRICTED, SERVED, SUMMONED


class Person(mesa.Agent):
    """Somebody liable to service."""

    def __init__(self, model, region):
        super().__init__(model)
        self.counts = model.counts[region]
        self.state = REGISTERED
        self.due = int(self.random.random() * r1.ISSUE_DAYS)
        self.comes = False

    def move(self, state, name):
        self.counts[self.state] -= 1
        self.counts[state] += 1
        self.model.totals[name] += 1
        self.state = state

    def step(self):
        today = self.model.today
        if self.state == RESTRICTED:
            luck = self.random.random()
            if luck < r1.COMPLIES + r1.LOCATED:
                self.move(APPEARED, "complied" if luck < r1.COMPLIES else "located")
                self.due = today + r1.DECIDED_AFTER
            return
        if self.due != today:
            return
        chance = self.random.random
        if self.state == REGISTERED:
            self.move(SUMMONED, "issued")
            self.due = today + (int(chance() * r1.READ_DAYS) if chance() < r1.READ else r1.DEEMED)
            if self.due == today:
                self.serve(today)
        elif self.state == SUMMONED:
            self.serve(today)
        elif self.state == SERVED and self.comes:
            self.move(APPEARED, "appeared")
            self.due = today + r1.DECIDED_AFTER
        elif self.state == SERVED:
            self.move(RESTRICTED, "restricted")
        elif self.state == APPEARED and chance() < r1.PUT_OFF:
            self.move(DEFERRED, "deferred")
        elif self.state == APPEARED:
            self.move(DRAFTED, "drafted")

    def serve(self, today):
        chance = self.random.random
        self.move(SERVED, "served")
        self.comes = chance() < r1.COMES
        wait = r1.COMES_FROM + int(chance() * (r1.COMES_TO - r1.COMES_FROM + 1))
        self.due = today + (wait if self.comes else r1.RESTRICTED_AFTER)


class Nation(mesa.Model):
    """Everybody and the running counts."""

    def __init__(self, people: int, seed: int):
        super().__init__(seed=seed)
        self.today = 0
        self.counts = [[0] * r1.STATES for _ in range(r1.REGIONS)]
        self.totals = dict.fromkeys(r1.TRANSITIONS, 0)
        self.table = []
        regions = [r1.region_of(person, people) for person in range(people)]
        for region in regions:
            self.counts[region][REGISTERED] += 1
        Person.create_agents(self, people, regions)

    def step(self):
        self.agents.do("step")
        self.table.append([list(row) for row in self.counts])
        self.today += 1


if __name__ == "__main__":
    people, seed = r1.arguments()
    nation = Nation(people, seed)
    for _ in range(r1.DAYS):
        nation.step()
    r1.report(people, seed, nation.totals, nation.table)
