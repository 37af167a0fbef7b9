//! The sections `[[campaign]]` and `[commission]`: what the offices set going and how it is decided.

use super::super::document::Value;
use super::super::take::Taker;
use callup_law::calendar::Day;
use callup_law::roles::NoticeKind;
use callup_sim::scenario::{Act, Campaign, Capacity, Commission, Decreed, Outcome, Pace, Proceeding, Selection};

/// The campaigns that could be read, and whether these are all: one that is broken must not keep the others from being checked.
pub(super) fn take_campaigns(root: &mut Taker<'_>) -> (Vec<Campaign>, bool) {
    let Some(tables) = root.named_tables("campaign", "name") else { return (Vec::new(), false) };
    let count = tables.len();
    let campaigns: Vec<Campaign> = tables.into_iter().filter_map(|(name, table)| take_campaign(name, table)).collect();
    let whole = campaigns.len() == count;
    (campaigns, whole)
}

/// The section `[[proceeding]]`: acts of offices and courts that a law waits for, each once.
pub(super) fn take_proceedings(root: &mut Taker<'_>) -> Option<Vec<Proceeding>> {
    let tables = root.named_tables("proceeding", "act")?;
    let count = tables.len();
    let taken: Vec<Proceeding> = tables.into_iter().filter_map(|(name, table)| take_proceeding(&name, table)).collect();
    (taken.len() == count).then_some(taken)
}

fn take_proceeding(name: &str, mut table: Taker<'_>) -> Option<Proceeding> {
    let act = Act::ALL.into_iter().find(|act| act.word() == name);
    if act.is_none() {
        let help = format!("it is one of {}", Act::ALL.map(Act::word).join(", "));
        let message = format!("no office and no court `{name}` in a proceeding");
        table.collector().add("S011", table.span(), message, vec![help]);
    }
    let (share, delay) = (table.parameter("acts_share"), table.delay("act_delay"));
    table.finish();
    Some(Proceeding { act: act?, share: share?, delay: delay? })
}

fn take_campaign(name: String, mut table: Taker<'_>) -> Option<Campaign> {
    let notices: Vec<(&'static str, NoticeKind)> = NoticeKind::ALL.iter().map(|kind| (kind.word(), *kind)).collect();
    let notice = table.word("notice", &notices);
    let basis = table.basis();
    let (from, until) = (table.day("from"), table.day("until"));
    let regions = take_first_days(&mut table);
    let selection = table.table("selection").and_then(take_selection);
    let pace = table.table("pace").and_then(take_pace);
    let decreed = take_decreed(&mut table);
    let appearance_lead = table.delay("appearance_lead_delay");
    table.finish();
    Some(Campaign {
        name,
        notice: notice?,
        basis: basis?,
        from: from?,
        until: until?,
        regions: regions?,
        selection: selection?,
        pace: pace?,
        decreed: decreed?,
        appearance_lead: appearance_lead?,
    })
}

/// `regions_from = "all"` or a table of first days by ISO code.
fn take_first_days(table: &mut Taker<'_>) -> Option<Option<Vec<(String, Day)>>> {
    let node = table.required("regions_from")?;
    if matches!(node.value, Value::Text(_)) {
        return table.as_word("regions_from", node, &[("all", ())]).map(|()| None);
    }
    let regions = table.as_table("regions_from", node)?;
    let entries = regions.free_entries();
    let days: Vec<(String, Day)> = entries
        .iter()
        .filter_map(|entry| regions.as_day(&entry.key, &entry.node).map(|day| (entry.key.clone(), day)))
        .collect();
    (days.len() == entries.len()).then_some(Some(days))
}

#[derive(Clone, Copy)]
enum Who {
    Everyone,
    RecordedLiable,
    OnRecord,
    RecordedReservists,
}

fn take_selection(mut table: Taker<'_>) -> Option<Selection> {
    let words = [
        ("everyone", Who::Everyone),
        ("recorded_liable", Who::RecordedLiable),
        ("on_record", Who::OnRecord),
        ("recorded_reservists", Who::RecordedReservists),
    ];
    let who = table.word("kind", &words);
    let (age_min, age_max) = (table.whole("age_min_years", 0..=120), table.whole("age_max_years", 0..=120));
    table.finish();
    let (age_min, age_max) = (age_min?, age_max?);
    Some(match who? {
        Who::Everyone => Selection::Everyone { age_min, age_max },
        Who::RecordedLiable => Selection::RecordedLiable { age_min, age_max },
        Who::OnRecord => Selection::OnRecord { age_min, age_max },
        Who::RecordedReservists => Selection::RecordedReservists { age_min, age_max },
    })
}

#[derive(Clone, Copy)]
enum How {
    UniformDay,
    PerDecreed,
    Share,
}

fn take_pace(mut table: Taker<'_>) -> Option<Pace> {
    let words = [("uniform_day", How::UniformDay), ("per_decreed", How::PerDecreed), ("share", How::Share)];
    let pace = match table.word("kind", &words)? {
        How::UniformDay => Some(Pace::UniformDay),
        How::Share => table.parameter("issued_share").map(|share| Pace::Share { share }),
        How::PerDecreed => {
            let notices = table.parameter("notices_per_decreed");
            let ramp = table.table("ramp").and_then(take_ramp);
            notices.zip(ramp).map(|(notices_per_decreed, (ramp, basis))| Pace::PerDecreed {
                notices_per_decreed,
                ramp,
                basis,
            })
        }
    };
    table.finish();
    pace
}

type Ramp = (Vec<(u16, f64)>, callup_sim::scenario::Basis);

/// Days of the season with relative intensities: the first is day 0, they ascend, one is above 0 (`S013`).
fn take_ramp(mut table: Taker<'_>) -> Option<Ramp> {
    let steps = table.days_and_weights("days_and_intensities", 0.0..=1000.0);
    let basis = table.basis();
    let (span, collector) = (table.span(), table.collector());
    table.finish();
    let steps = steps?;
    let ascends = steps.windows(2).all(|pair| pair[0].0 < pair[1].0);
    if steps.first().is_none_or(|step| step.0 != 0) || !ascends || steps.iter().all(|step| step.1 <= 0.0) {
        let message = "the ramp must start at day 0, ascend by day and have an intensity above 0".to_owned();
        collector.add("S013", span, message, Vec::new());
        return None;
    }
    Some((steps, basis?))
}

/// `decreed = "none"` or a table.
fn take_decreed(table: &mut Taker<'_>) -> Option<Option<Decreed>> {
    let node = table.required("decreed")?;
    if matches!(node.value, Value::Text(_)) {
        return table.as_word("decreed", node, &[("none", ())]).map(|()| None);
    }
    let mut decreed = table.as_table("decreed", node)?;
    let number = decreed.whole("number_persons", 1..=10_000_000);
    let (source, dispatch_from) = (decreed.text("source"), decreed.day("dispatch_from"));
    let regions = take_decreed_regions(&mut decreed);
    decreed.finish();
    Some(Some(Decreed { number: number?, source: source?, regions: regions?, dispatch_from: dispatch_from? }))
}

fn take_decreed_regions(decreed: &mut Taker<'_>) -> Option<Vec<(String, u32)>> {
    let regions = decreed.table("regions_persons")?;
    let entries = regions.free_entries();
    let numbers: Vec<(String, u32)> = entries
        .iter()
        .filter_map(|entry| Some((entry.key.clone(), regions.as_whole(&entry.key, &entry.node, 0..=10_000_000)?)))
        .collect();
    (numbers.len() == entries.len()).then_some(numbers)
}

pub(super) fn take_commission(mut table: Taker<'_>) -> Option<Commission> {
    let capacity = table.table("capacity").and_then(take_capacity);
    let outcome = table.table("outcome").and_then(take_outcome);
    let (examination_delay, dispatch_delay) = (table.delay("examination_delay"), table.delay("dispatch_delay"));
    let (record_delay, record_lost) = (table.delay("record_delay"), table.parameter("record_lost_share"));
    table.finish();
    Some(Commission {
        capacity: capacity?,
        examination_delay: examination_delay?,
        outcome: outcome?,
        dispatch_delay: dispatch_delay?,
        record_delay: record_delay?,
        record_lost: record_lost?,
    })
}

fn take_capacity(mut table: Taker<'_>) -> Option<Capacity> {
    let capacity = if table.word("kind", &[("unlimited", false), ("national", true)])? {
        let (decisions, headroom) = (table.parameter("decisions_per_year"), table.parameter("headroom_factor"));
        decisions
            .zip(headroom)
            .map(|(decisions_per_year, headroom)| Capacity::National { decisions_per_year, headroom })
    } else {
        Some(Capacity::Unlimited)
    };
    table.finish();
    capacity
}

fn take_outcome(mut table: Taker<'_>) -> Option<Outcome> {
    let outcome = if table.word("kind", &[("shares", false), ("attributes", true)])? {
        let (ground, unfit) =
            (table.parameter("ground_recognised_share"), table.parameter("unfitness_recognised_share"));
        ground.zip(unfit).map(|(ground_recognised, unfitness_recognised)| Outcome::Attributes {
            ground_recognised,
            unfitness_recognised,
        })
    } else {
        let (deferred, exempted) = (table.parameter("deferred_share"), table.parameter("exempted_share"));
        deferred.zip(exempted).map(|(deferred, exempted)| Outcome::Shares { deferred, exempted })
    };
    table.finish();
    outcome
}
