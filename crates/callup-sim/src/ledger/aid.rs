//! Legal aid (M17): requests by kind, the capacity to answer, the backlog and the waiting: a queue by whole requests, first come first served.
//!
//! What an individual's matter makes him ask is a flow of the run; here it meets a queue. Requests are numbers; nobody is known.

use super::credit::{Credit, Rate};
use super::service::{ServiceDay, scaled};
use super::{Flows, Frame, Movement};
use crate::indicators::Counts;
use crate::scenario::ledgers::LegalAid;
use std::collections::VecDeque;

/// Kinds of request and the flow of the daily table that they come from; those without one are made here.
pub const KINDS: [(&str, Option<&str>); 9] = [
    ("summons", Some("aid_summons")),
    ("data_check", Some("aid_data_check")),
    ("mobilisation", Some("aid_mobilisation")),
    ("remedy", Some("aid_remedy")),
    ("exit", Some("aid_exit")),
    ("contract_pressure", Some("aid_contract_pressure")),
    ("leaving_unit", None),
    ("unprompted", None),
    ("open_at_start", None),
];

const LEAVING: usize = 6;
const UNPROMPTED: usize = 7;
const AT_START: usize = 8;

/// A day of legal aid.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AidDay {
    /// Requests by kind.
    pub asked: [u64; KINDS.len()],
    /// Answers by kind.
    pub answered: [u64; KINDS.len()],
    /// Days that they had waited.
    pub waited: Counts,
    /// Requests open at the day's end.
    pub open: u64,
}

/// Days that what is open at the end of the run has waited.
#[must_use]
pub fn open_at_end(days: &[AidDay]) -> Counts {
    let mut counts = Counts::default();
    let last = days.len().saturating_sub(1);
    let answered: u64 = days.iter().map(|day| day.answered.iter().sum::<u64>()).sum();
    let mut skipped = 0;
    for (day, asked) in days.iter().map(|day| day.asked.iter().sum::<u64>()).enumerate() {
        // First come, first served: what was answered are the first.
        let done = (answered - skipped).min(asked);
        skipped += done;
        if asked > done {
            counts.add((last - day) as i16, asked - done);
        }
    }
    counts
}

/// The ledger of legal aid, day by day.
#[must_use]
pub fn keep(aid: &LegalAid, frame: &Frame<'_>, flows: &Flows<'_>, service: &[ServiceDay]) -> Vec<AidDay> {
    let (scale, alarm) = (frame.scale, frame.alarm);
    let mut line: VecDeque<(usize, usize, u64)> = VecDeque::new();
    let [mut unprompted, mut leaving, mut answers] = [Credit::default(); 3];
    let capacity = Rate::new(aid.answers_per_day.value * scale);
    let mut days = Vec::with_capacity(flows.days());
    for day in 0..flows.days() {
        let mut today = AidDay::default();
        for (kind, (_, flow)) in KINDS.iter().enumerate() {
            today.asked[kind] = flow.map_or(0, |flow| flows.national(flow, day));
        }
        let calm = aid.unprompted_per_day.value * scale / 1000.0;
        let factor = alarm.get(day).copied().unwrap_or(1000);
        today.asked[UNPROMPTED] = unprompted.draw(Rate::new(calm).times(factor));
        let left: u64 = service.get(day).map_or(0, |day| day.moved[Movement::LeftUnit as usize].iter().sum());
        today.asked[LEAVING] = leaving.draw(Rate::new(aid.leaving_factor.value).times(left));
        if day == 0 {
            // They have come before and go first.
            today.asked[AT_START] = scaled(aid.open_at_start.value, scale);
            line.push_back((day, AT_START, today.asked[AT_START]));
        }
        line.extend(today.asked[..AT_START].iter().enumerate().map(|(kind, asked)| (day, kind, *asked)));
        answer(&mut line, answers.draw(capacity), day, &mut today);
        today.open = line.iter().map(|one| one.2).sum();
        days.push(today);
    }
    days
}

/// Answers so many, the first come first; what could be answered and is not asked is lost.
fn answer(line: &mut VecDeque<(usize, usize, u64)>, capacity: u64, day: usize, today: &mut AidDay) {
    let mut left = capacity;
    while let Some((came, kind, open)) = line.front_mut() {
        let some = left.min(*open);
        if some > 0 {
            today.answered[*kind] += some;
            today.waited.add((day - *came) as i16, some);
        }
        (*open, left) = (*open - some, left - some);
        if *open > 0 {
            break;
        }
        line.pop_front();
    }
}
