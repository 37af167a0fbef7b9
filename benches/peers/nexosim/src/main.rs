//! R1 with nexosim: a model a region, every waiting time an event that the region schedules for itself.
//!
//! usage: peer-nexosim PEOPLE [SEED]. A day is a second of simulated time, counted from 1, for an event lies strictly in the future.

use nexosim::model::{Context, Model, schedulable};
use nexosim::ports::{EventSinkReader, Output, SinkState, event_queue};
use nexosim::simulation::{Mailbox, SimInit, SimulationError};
use nexosim::time::MonotonicTime;
use peer_r1::{
    COMES, COMES_DAYS, Chance, DAYS, DECIDED_AFTER, DEEMED, ISSUE_DAYS, PUT_OFF, READ, READ_DAYS, REGIONS, RESTRICTED_AFTER,
    STATES, Transition, region_size, report,
};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// A region's running counts and totals at the end of a day.
#[derive(Clone, Copy, Debug)]
struct Row {
    region: usize,
    counts: [u32; STATES],
    totals: [u64; 8],
}

/// A region and its people, who are numbers: all that is known of them stands in their next event.
#[derive(Serialize, Deserialize)]
pub struct Region {
    /// Counts at the end of each day -- output port.
    #[serde(skip)]
    census: Output<Row>,
    region: usize,
    chance: u64,
    counts: [u32; STATES],
    totals: [u64; 8],
}

#[Model]
impl Region {
    fn new(region: usize, people: u32, seed: u64) -> Region {
        let mut counts = [0; STATES];
        counts[0] = people;
        // Streams apart by the generator's own mixing.
        let chance = Chance(seed.wrapping_mul(1_000_003).wrapping_add(region as u64)).word();
        Region { census: Output::default(), region, chance, counts, totals: [0; 8] }
    }

    fn moved(&mut self, transition: Transition) {
        let (before, after) = transition.ends();
        self.counts[before as usize] -= 1;
        self.counts[after as usize] += 1;
        self.totals[transition as usize] += 1;
    }

    fn draw<T>(&mut self, draw: impl FnOnce(&mut Chance) -> T) -> T {
        let mut chance = Chance(self.chance);
        let drawn = draw(&mut chance);
        self.chance = chance.0;
        drawn
    }

    /// Schedules everybody's summons and the daily census, in the middle of the day so that it sees all of it.
    #[nexosim(init)]
    async fn init(&mut self, cx: &Context<Self>) {
        for person in 0..self.counts[0] {
            let day = self.draw(|chance| chance.below(ISSUE_DAYS));
            cx.schedule_event(days(1 + day), schedulable!(Self::issue), person).expect("in the future");
        }
        cx.schedule_periodic_event(Duration::from_millis(1500), days(1), schedulable!(Self::count), ())
            .expect("in the future");
    }

    #[nexosim(schedulable)]
    async fn count(&mut self) {
        self.census.send(Row { region: self.region, counts: self.counts, totals: self.totals }).await;
    }

    #[nexosim(schedulable)]
    fn issue(&mut self, person: u32, cx: &Context<Self>) {
        self.moved(Transition::Issued);
        let wait = self.draw(|chance| if chance.happens(READ) { chance.below(READ_DAYS) } else { DEEMED });
        // Reading with offset 0 serves on the day of issue.
        if wait == 0 {
            self.serve(person, cx);
        } else {
            cx.schedule_event(days(wait), schedulable!(Self::serve), person).expect("in the future");
        }
    }

    #[nexosim(schedulable)]
    fn serve(&mut self, person: u32, cx: &Context<Self>) {
        self.moved(Transition::Served);
        if self.draw(|chance| chance.happens(COMES)) {
            let wait = self.draw(|chance| 1 + chance.below(COMES_DAYS));
            cx.schedule_event(days(wait), schedulable!(Self::appear), person).expect("in the future");
        } else {
            cx.schedule_event(days(RESTRICTED_AFTER), schedulable!(Self::restrict), person).expect("in the future");
        }
    }

    #[nexosim(schedulable)]
    fn restrict(&mut self, person: u32, cx: &Context<Self>) {
        self.moved(Transition::Restricted);
        let (wait, how) = self.draw(Chance::leaves);
        let scheduled = if how == Transition::Located {
            cx.schedule_event(days(wait), schedulable!(Self::locate), person)
        } else {
            cx.schedule_event(days(wait), schedulable!(Self::comply), person)
        };
        scheduled.expect("in the future");
    }

    #[nexosim(schedulable)]
    fn appear(&mut self, person: u32, cx: &Context<Self>) {
        self.come(person, Transition::Appeared, cx);
    }

    #[nexosim(schedulable)]
    fn comply(&mut self, person: u32, cx: &Context<Self>) {
        self.come(person, Transition::Complied, cx);
    }

    #[nexosim(schedulable)]
    fn locate(&mut self, person: u32, cx: &Context<Self>) {
        self.come(person, Transition::Located, cx);
    }

    fn come(&mut self, person: u32, how: Transition, cx: &Context<Self>) {
        self.moved(how);
        cx.schedule_event(days(DECIDED_AFTER), schedulable!(Self::decide), person).expect("in the future");
    }

    #[nexosim(schedulable)]
    fn decide(&mut self, _person: u32) {
        let put_off = self.draw(|chance| chance.happens(PUT_OFF));
        self.moved(if put_off { Transition::Deferred } else { Transition::Drafted });
    }
}

fn days(days: u32) -> Duration {
    Duration::from_secs(u64::from(days))
}

fn main() -> Result<(), SimulationError> {
    let (people, seed) = peer_r1::arguments();
    let (sink, mut rows) = event_queue(SinkState::Enabled);
    let mut bench = SimInit::with_num_threads(1);
    for region in 0..REGIONS {
        let mut model = Region::new(region, region_size(region as u32, people), seed);
        model.census.connect_sink(sink.clone());
        bench = bench.add_model(model, Mailbox::new(), &format!("region {region}"));
    }
    let mut simulation = bench.init(MonotonicTime::EPOCH)?;
    simulation.step_until(days(DAYS as u32) + Duration::from_millis(500))?;
    let mut table = vec![[0; STATES]; DAYS * REGIONS];
    let mut seen = [0; REGIONS];
    let mut last = [[0; 8]; REGIONS];
    while let Some(row) = rows.try_read() {
        table[seen[row.region] * REGIONS + row.region] = row.counts;
        seen[row.region] += 1;
        last[row.region] = row.totals;
    }
    let totals = std::array::from_fn(|kind| last.iter().map(|totals| totals[kind]).sum());
    report(people, seed, &totals, &table);
    Ok(())
}
