//! R1 with krABMaga: a person is an agent that is scheduled once for each thing that happens to him.
//!
//! usage: peer-krabmaga PEOPLE [SEED]. An agent's step sees the state, not the schedule; what follows is scheduled after the step.

use krabmaga::engine::agent::Agent;
use krabmaga::engine::agentimpl::AgentImpl;
use krabmaga::engine::schedule::Schedule;
use krabmaga::engine::state::State;
use peer_r1::{
    COMES, COMES_DAYS, Chance, DAYS, DECIDED_AFTER, DEEMED, ISSUE_DAYS, PUT_OFF, READ, READ_DAYS, RESTRICTED_AFTER, Tally,
    Transition, region_of, report,
};
use std::any::Any;

/// What happens next to a person.
#[derive(Clone, Copy)]
enum Next {
    Issue,
    Serve,
    Come(Transition),
    Restrict,
    Decide,
}

#[derive(Clone, Copy)]
struct Person {
    id: u32,
    region: u8,
    next: Next,
}

impl Agent for Person {
    fn step(&mut self, state: &mut dyn State) {
        let nation = state.as_any_mut().downcast_mut::<Nation>().expect("the only state");
        match self.next {
            Next::Issue => self.issue(nation),
            Next::Serve => self.serve(nation),
            Next::Come(how) => {
                nation.moved(self, how);
                nation.schedule(self, DECIDED_AFTER, Next::Decide);
            }
            Next::Restrict => {
                nation.moved(self, Transition::Restricted);
                let (days, how) = nation.chance.leaves();
                nation.schedule(self, days, Next::Come(how));
            }
            Next::Decide => {
                let put_off = nation.chance.happens(PUT_OFF);
                nation.moved(self, if put_off { Transition::Deferred } else { Transition::Drafted });
            }
        }
    }
}

impl Person {
    fn issue(&self, nation: &mut Nation) {
        nation.moved(self, Transition::Issued);
        let days = if nation.chance.happens(READ) { nation.chance.below(READ_DAYS) } else { DEEMED };
        // Reading with offset 0 serves on the day of issue.
        if days == 0 { self.serve(nation) } else { nation.schedule(self, days, Next::Serve) }
    }

    fn serve(&self, nation: &mut Nation) {
        nation.moved(self, Transition::Served);
        if nation.chance.happens(COMES) {
            let days = 1 + nation.chance.below(COMES_DAYS);
            nation.schedule(self, days, Next::Come(Transition::Appeared));
        } else {
            nation.schedule(self, RESTRICTED_AFTER, Next::Restrict);
        }
    }
}

/// Writes the counts down after everybody's step.
#[derive(Clone)]
struct Census;

impl Agent for Census {
    fn step(&mut self, state: &mut dyn State) {
        let nation = state.as_any_mut().downcast_mut::<Nation>().expect("the only state");
        nation.tally.end_of_day();
    }
}

struct Nation {
    people: u32,
    today: u32,
    chance: Chance,
    tally: Tally,
    upcoming: Vec<(u32, Person)>,
}

impl Nation {
    fn moved(&mut self, person: &Person, transition: Transition) {
        self.tally.moved(usize::from(person.region), transition);
    }

    fn schedule(&mut self, person: &Person, days: u32, next: Next) {
        self.upcoming.push((self.today + days, Person { next, ..*person }));
    }
}

impl State for Nation {
    fn init(&mut self, schedule: &mut Schedule) {
        for id in 0..self.people {
            let region = region_of(id, self.people) as u8;
            let day = self.chance.below(ISSUE_DAYS);
            let person = Person { id, region, next: Next::Issue };
            schedule.schedule_once(AgentImpl::new(Box::new(person), id), day as f32, 0);
        }
        schedule.agent_ids_counting = self.people;
        schedule.schedule_repeating(Box::new(Census), 0.0, i32::MAX);
    }

    fn after_step(&mut self, schedule: &mut Schedule) {
        for (day, person) in self.upcoming.drain(..) {
            schedule.schedule_once(AgentImpl::new(Box::new(person), person.id), day as f32, 0);
        }
        self.today += 1;
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }

    fn as_state(&self) -> &dyn State {
        self
    }

    fn as_state_mut(&mut self) -> &mut dyn State {
        self
    }

    fn reset(&mut self) {}

    fn update(&mut self, _step: u64) {}
}

fn main() {
    let (people, seed) = peer_r1::arguments();
    let mut nation =
        Nation { people, today: 0, chance: Chance(seed), tally: Tally::new(people), upcoming: Vec::new() };
    let mut schedule = Schedule::new();
    nation.init(&mut schedule);
    // The census makes every day a step.
    for _ in 0..DAYS {
        schedule.step(&mut nation);
    }
    report(people, seed, &nation.tally.totals, &nation.tally.table);
}
