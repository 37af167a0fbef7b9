"""R1 with Starsim 3, a module with states and times, stepped daily. usage: starsim_daily.py PEOPLE [SEED]"""
import numpy as np
import r1
import starsim as ss

NAMES = ("registered", "summoned", "served", "appeared", "restricted", "deferred", "drafted")


class Conscription(ss.Module):
    """Who stands where, and when the next thing happens to him."""

    def __init__(self, people: int):
        super().__init__()
        self.define_states(
            ss.BoolState("registered", default=True),
            *(ss.BoolState(name) for name in NAMES[1:]),
            ss.FloatArr("ti_issued"),
            ss.FloatArr("ti_served"),
            ss.FloatArr("ti_appeared"),
            ss.FloatArr("ti_restricted"),
            ss.FloatArr("ti_decided"),
        )
        self.define_pars(
            issue_day=ss.randint(0, r1.ISSUE_DAYS),
            reads=ss.bernoulli(r1.READ),
            read_wait=ss.randint(0, r1.READ_DAYS),
            comes=ss.bernoulli(r1.COMES),
            comes_wait=ss.randint(r1.COMES_FROM, r1.COMES_TO + 1),
            leaves=ss.bernoulli(r1.COMPLIES + r1.LOCATED),
            is_located=ss.bernoulli(r1.LOCATED / (r1.COMPLIES + r1.LOCATED)),
            put_off=ss.bernoulli(r1.PUT_OFF),
        )
        self.region = (np.arange(people) * r1.REGIONS // people).astype(np.int16)
        self.totals = dict.fromkeys(r1.TRANSITIONS, 0)
        self.table = np.zeros((r1.DAYS, r1.REGIONS, r1.STATES), np.int64)

    def init_post(self):
        super().init_post()
        everybody = self.sim.people.auids
        self.ti_issued[everybody] = self.pars.issue_day.rvs(everybody)

    def step(self):
        ti, pars = self.ti, self.pars
        # Who was restricted on an earlier day; today's restricted leave tomorrow at the earliest.
        back = pars.leaves.filter(self.restricted.uids)

        issued = (self.registered & (self.ti_issued == ti)).uids
        self.move("issued", self.registered, self.summoned, issued)
        read = pars.reads.rvs(issued)
        self.ti_served[issued] = ti + r1.DEEMED
        readers = issued[read]
        self.ti_served[readers] = ti + pars.read_wait.rvs(readers)

        served = (self.summoned & (self.ti_served == ti)).uids
        self.move("served", self.summoned, self.served, served)
        coming, others = pars.comes.split(served)
        self.ti_appeared[coming] = ti + pars.comes_wait.rvs(coming)
        self.ti_restricted[others] = ti + r1.RESTRICTED_AFTER

        came = (self.served & (self.ti_appeared == ti)).uids
        self.move("appeared", self.served, self.appeared, came)
        late = (self.served & (self.ti_restricted == ti)).uids
        self.move("restricted", self.served, self.restricted, late)
        located, complied = pars.is_located.split(back)
        self.move("located", self.restricted, self.appeared, located)
        self.move("complied", self.restricted, self.appeared, complied)
        self.ti_decided[came] = ti + r1.DECIDED_AFTER
        self.ti_decided[back] = ti + r1.DECIDED_AFTER

        decided = (self.appeared & (self.ti_decided == ti)).uids
        deferred, drafted = pars.put_off.split(decided)
        self.move("deferred", self.appeared, self.deferred, deferred)
        self.move("drafted", self.appeared, self.drafted, drafted)

    def move(self, name, before, after, uids):
        before[uids] = False
        after[uids] = True
        self.totals[name] += len(uids)

    def update_results(self):
        super().update_results()
        for place, name in enumerate(NAMES):
            here = self.region[getattr(self, name).uids]
            self.table[self.ti, :, place] = np.bincount(here, minlength=r1.REGIONS)


if __name__ == "__main__":
    people, seed = r1.arguments()
    module = Conscription(people)
    sim = ss.Sim(
        n_agents=people, modules=module, dt=ss.day, start=ss.date("2023-01-01"), stop=ss.date("2023-12-31"),
        rand_seed=seed, verbose=0, copy_inputs=False,
    )
    sim.run()
    r1.report(people, seed, module.totals, module.table)
