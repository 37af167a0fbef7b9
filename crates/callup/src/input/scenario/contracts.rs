//! The sections `[[contract]]` and `[quota]`: what is offered to whom by which channels, and how many the centre wants.

use super::super::document::Value;
use super::super::take::Taker;
use super::take_until;
use callup_sim::scenario::contract::{Channel, ChannelUse, Contract, Leaving, Party, Quota, Term};

pub(super) fn take_contracts(root: &mut Taker<'_>) -> Option<Vec<Contract>> {
    let tables = root.named_tables("contract", "name")?;
    let count = tables.len();
    let contracts: Vec<Contract> = tables.into_iter().filter_map(|(name, table)| take_one(name, table)).collect();
    (contracts.len() == count).then_some(contracts)
}

fn take_one(name: String, mut table: Taker<'_>) -> Option<Contract> {
    let party = table.word("party", &[("ministry", Party::Ministry), ("company", Party::Company)]);
    let (from, until, willing) = (table.day("from"), take_until(&mut table), table.age_table("willing_share"));
    let (student_factor, works_factor) = (table.parameter("student_factor"), table.parameter("works_factor"));
    let trained_factor = table.parameter("trained_factor");
    let (pay, benefits) = (table.parameter("pay_a_month_roubles"), table.parameter("benefits_a_month_roubles"));
    let (has_bonus, bonus_spread_days) = (table.truth("has_bonus"), table.parameter("bonus_spread_days"));
    let (income, reference) = (table.parameter("income_a_month_roubles"), table.parameter("reference_factor"));
    let (response, elsewhere) = (table.parameter("response_factor"), table.parameter("elsewhere_share"));
    let (term, leaving) = (take_term(&mut table), take_leaving(&mut table));
    let (channels, basis) = (take_channels(&mut table), table.basis());
    table.finish();
    Some(Contract {
        name,
        party: party?,
        basis: basis?,
        from: from?,
        until: until?,
        willing: willing?,
        student_factor: student_factor?,
        works_factor: works_factor?,
        trained_factor: trained_factor?,
        pay: pay?,
        benefits: benefits?,
        bonus_spread_days: bonus_spread_days?,
        income: income?,
        reference: reference?,
        response: response?,
        has_bonus: has_bonus?,
        term: term?,
        leaving: leaving?,
        channels: channels?,
        elsewhere: elsewhere?,
    })
}

/// `term = "open"` or a table.
fn take_term(table: &mut Taker<'_>) -> Option<Option<Term>> {
    let node = table.required("term")?;
    if matches!(node.value, Value::Text(_)) {
        return table.as_word("term", node, &[("open", ())]).map(|()| None);
    }
    let mut term = table.as_table("term", node)?;
    let (days, returns, basis) = (term.whole("length_days", 1..=3650), term.parameter("returns_share"), term.basis());
    term.finish();
    Some(Some(Term { days: days?, returns: returns?, basis: basis? }))
}

/// `leaving = "none"` or a table.
fn take_leaving(table: &mut Taker<'_>) -> Option<Option<Leaving>> {
    let node = table.required("leaving")?;
    if matches!(node.value, Value::Text(_)) {
        return table.as_word("leaving", node, &[("none", ())]).map(|()| None);
    }
    let mut leaving = table.as_table("leaving", node)?;
    let (until, leaves_daily) = (leaving.day("can_be_left_until"), leaving.parameter("leaves_daily_share"));
    leaving.finish();
    Some(Some(Leaving { until: until?, leaves_daily: leaves_daily? }))
}

fn take_channels(table: &mut Taker<'_>) -> Option<Vec<ChannelUse>> {
    let tables = table.named_tables("channel", "kind")?;
    let count = tables.len();
    let words = Channel::ALL.map(|channel| (channel.word(), channel));
    let take = |(_, mut table): (String, Taker<'_>)| {
        let channel = table.word("kind", &words);
        let (reach, conversion) = (table.parameter("reached_daily_share"), table.parameter("conversion_share"));
        table.finish();
        Some(ChannelUse { channel: channel?, reach: reach?, conversion: conversion? })
    };
    let channels: Vec<ChannelUse> = tables.into_iter().filter_map(take).collect();
    (channels.len() == count).then_some(channels)
}

/// `quota = "none"` or a table.
pub(super) fn take_quota(root: &mut Taker<'_>) -> Option<Option<Quota>> {
    let node = root.required("quota")?;
    if matches!(node.value, Value::Text(_)) {
        return root.as_word("quota", node, &[("none", ())]).map(|()| None);
    }
    let mut table = root.as_table("quota", node)?;
    let (number, source) = (table.whole("number_persons", 1..=10_000_000), table.text("source"));
    let (from, until) = (table.day("from"), table.day("until"));
    let (youngest, oldest) = (table.whole("youngest_years", 16..=64), table.whole("oldest_years", 16..=64));
    let (gain, limit) = (table.parameter("effort_gain_factor"), table.parameter("effort_limit_factor"));
    let regions = take_regions_persons(&mut table);
    let (path, collector) = (table.path().to_owned(), table.collector());
    table.finish();
    let quota = Quota {
        number: number?,
        source: source?,
        regions: regions?,
        from: from?,
        until: until?,
        ages: [youngest?, oldest?],
        gain: gain?,
        limit: limit?,
    };
    let known: u64 = quota.regions.iter().map(|region| u64::from(region.1)).sum();
    let place = |key: &str| collector.place(&format!("{path}.{key}"));
    if quota.from > quota.until {
        collector.add("S014", place("until"), "the quota ends before it starts".to_owned(), Vec::new());
    }
    if quota.ages[0] > quota.ages[1] {
        collector.add("S015", place("oldest_years"), "the youngest is above the oldest".to_owned(), Vec::new());
    }
    if known > u64::from(quota.number) {
        let message = format!("its regions sum to {known}, more than the quota, {}", quota.number);
        collector.add("S030", place("number_persons"), message, Vec::new());
    }
    Some(Some(quota))
}

fn take_regions_persons(table: &mut Taker<'_>) -> Option<Vec<(String, u32)>> {
    let regions = table.table("regions_persons")?;
    let entries = regions.free_entries();
    let numbers: Vec<(String, u32)> = entries
        .iter()
        .filter_map(|entry| Some((entry.key.clone(), regions.as_whole(&entry.key, &entry.node, 0..=10_000_000)?)))
        .collect();
    (numbers.len() == entries.len()).then_some(numbers)
}
