//! The sections `[offices]`, `[[channel]]` and `[[agency]]`: who gives notice, and who carries measures out how late.

use super::super::take::Taker;
use super::{take_regions, take_until};
use callup_law::roles::MeasureKind;
use callup_sim::scenario::{Agency, Channel, ChannelKind, Offices};

const WEEKDAYS: [(&str, usize); 7] =
    [("monday", 0), ("tuesday", 1), ("wednesday", 2), ("thursday", 3), ("friday", 4), ("saturday", 5), ("sunday", 6)];

const CHANNELS: [(&str, ChannelKind); 6] = [
    ("in_hand", ChannelKind::InHand),
    ("employer", ChannelKind::Employer),
    ("post", ChannelKind::Post),
    ("account", ChannelKind::Account),
    ("register", ChannelKind::Register),
    ("published", ChannelKind::Published),
];

pub(super) fn take_offices(mut table: Taker<'_>) -> Option<Offices> {
    let inhabitants_per_district = table.parameter("inhabitants_per_district_persons");
    let office_days = take_office_days(&mut table);
    table.finish();
    Some(Offices { inhabitants_per_district: inhabitants_per_district?, office_days: office_days? })
}

fn take_office_days(table: &mut Taker<'_>) -> Option<[bool; 7]> {
    let items = table.list("office_days")?;
    let mut days = [false; 7];
    for item in items {
        days[table.as_word("office_days", item, &WEEKDAYS)?] = true;
    }
    Some(days)
}

pub(super) fn take_channels(root: &mut Taker<'_>) -> Option<Vec<Channel>> {
    let tables = root.named_tables("channel", "name")?;
    let count = tables.len();
    let channels: Vec<Channel> = tables.into_iter().filter_map(|(name, table)| take_channel(name, table)).collect();
    (channels.len() == count).then_some(channels)
}

fn take_channel(name: String, mut table: Taker<'_>) -> Option<Channel> {
    let kind = table.word("kind", &CHANNELS);
    let (from, until, regions) = (table.day("from"), take_until(&mut table), take_regions(&mut table));
    let (used, success) = (table.parameter("used_share"), table.parameter("success_share"));
    let (act_delay, outcome_delay) = (table.delay("act_delay"), table.delay("outcome_delay"));
    let attempts = table.parameter("at_most_attempts");
    let (span, collector, path) = (table.span(), table.collector(), table.path().to_owned());
    table.finish();
    if let (Some(from), Some(Some(until))) = (from, until)
        && from > until
    {
        let place = collector.place(&format!("{path}.until"));
        let message = "its last day of use comes before its first".to_owned();
        collector.add("S014", if place.end > 0 { place } else { span }, message, Vec::new());
    }
    Some(Channel {
        name,
        kind: kind?,
        from: from?,
        until: until?,
        regions: regions?,
        used: used?,
        act_delay: act_delay?,
        outcome_delay: outcome_delay?,
        success: success?,
        // The unit's range is 1 to 100, so the number fits.
        attempts_max: u8::try_from(attempts?.whole()).ok()?,
    })
}

pub(super) fn take_agencies(root: &mut Taker<'_>) -> Option<Vec<Agency>> {
    let tables = root.named_tables("agency", "name")?;
    let count = tables.len();
    let agencies: Vec<Agency> = tables.into_iter().filter_map(|(name, table)| take_agency(name, table)).collect();
    (agencies.len() == count).then_some(agencies)
}

fn take_agency(name: String, mut table: Taker<'_>) -> Option<Agency> {
    let words: Vec<(&'static str, MeasureKind)> = MeasureKind::ALL.iter().map(|kind| (kind.word(), *kind)).collect();
    let items = table.list("measures");
    let measures: Option<Vec<MeasureKind>> =
        items.map(|items| items.iter().filter_map(|item| table.as_word("measures", item, &words)).collect());
    let (start_latency, lift_latency) = (table.delay("start_delay"), table.delay("lift_delay"));
    table.finish();
    Some(Agency { name, measures: measures?, start_latency: start_latency?, lift_latency: lift_latency? })
}
