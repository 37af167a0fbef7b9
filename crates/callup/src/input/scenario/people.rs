//! The sections about how people act: `[reading]`, `[response]`, `[border]`, `[valid_reason]`.

use super::super::take::Taker;
use callup_sim::scenario::{Border, Decides, Reading, Response, Surge, Timing, ValidReason};

pub(super) fn take_reading(mut table: Taker<'_>) -> Option<Reading> {
    let reading = if table.word("kind", &[("timeline", true), ("per_notice", false)])? {
        table.table("stretches").and_then(take_stretches)
    } else {
        let (opened, delay) = (table.parameter("opened_share"), table.delay("delay"));
        opened.zip(delay).map(|(probability, delay)| Reading::PerNotice { probability, delay })
    };
    table.finish();
    reading
}

fn take_stretches(mut table: Taker<'_>) -> Option<Reading> {
    let daily = table.whole("daily_class_days", 1..=366);
    let weekly = table.whole("weekly_class_days", 1..=366);
    let monthly = table.whole("monthly_class_days", 1..=366);
    let basis = table.basis();
    table.finish();
    Some(Reading::Timeline { stretch_days: [daily?, weekly?, monthly?], basis: basis? })
}

pub(super) fn take_response(mut table: Taker<'_>) -> Option<Response> {
    let decides = table.word("decides", &[("aware", Decides::Aware), ("served", Decides::Served)]);
    let appears = table.parameter("appears_share");
    let objector_factor = table.parameter("objector_factor");
    let timing = table.table("timing").and_then(take_timing);
    let comes_late_daily = table.parameter("comes_late_daily_share");
    let measure_factor = table.parameter("measure_factor");
    let located_daily = table.parameter("located_daily_share");
    let tries_to_leave = table.parameter("tries_to_leave_share");
    let leave_delay = table.delay("leave_delay");
    table.finish();
    Some(Response {
        decides: decides?,
        appears: appears?,
        objector_factor: objector_factor?,
        timing: timing?,
        comes_late_daily: comes_late_daily?,
        measure_factor: measure_factor?,
        located_daily: located_daily?,
        tries_to_leave: tries_to_leave?,
        leave_delay: leave_delay?,
    })
}

fn take_timing(mut table: Taker<'_>) -> Option<Timing> {
    let timing = if table.word("kind", &[("on_appearance_date", true), ("after_deciding", false)])? {
        table.delay("when_late_delay").map(|when_late| Timing::OnAppearanceDate { when_late })
    } else {
        table.delay("delay").map(Timing::AfterDeciding)
    };
    table.finish();
    timing
}

pub(super) fn take_border(mut table: Taker<'_>) -> Option<Border> {
    let (trips, departures) = (table.parameter("trips_per_year"), table.parameter("departures_per_year"));
    let (youngest, oldest) = (table.parameter("youngest_leaver_years"), table.parameter("oldest_leaver_years"));
    let trip_length = table.delay("trip_end_delay");
    let (returns, return_delay) = (table.parameter("returns_share"), table.delay("return_delay"));
    let ban_seen = table.parameter("ban_seen_share");
    let surges = take_surges(&mut table);
    let (span, collector) = (table.span(), table.collector());
    table.finish();
    let (youngest, oldest) = (youngest?, oldest?);
    if youngest.value > oldest.value {
        let message = format!("the youngest leaver, {}, is above the oldest, {}", youngest.value, oldest.value);
        collector.add("S015", span, message, Vec::new());
    }
    // The unit's range is 0 to 120 years, so both fit.
    let departure_ages = [u8::try_from(youngest.whole()).ok()?, u8::try_from(oldest.whole()).ok()?];
    Some(Border {
        trips_per_year: trips?,
        trip_length: trip_length?,
        departures_per_year: departures?,
        departure_ages,
        returns: returns?,
        return_delay: return_delay?,
        ban_seen: ban_seen?,
        surges: surges?,
    })
}

pub(super) fn take_valid_reason(mut table: Taker<'_>) -> Option<ValidReason> {
    let (spells_per_year, spell_length) = (table.parameter("spells_per_year"), table.delay("spell_end_delay"));
    let (shown, shown_delay) = (table.parameter("shown_share"), table.delay("shown_delay"));
    table.finish();
    Some(ValidReason {
        spells_per_year: spells_per_year?,
        spell_length: spell_length?,
        shown: shown?,
        shown_delay: shown_delay?,
    })
}

fn take_surges(table: &mut Taker<'_>) -> Option<Vec<Surge>> {
    let tables = table.named_tables("surge", "name")?;
    let count = tables.len();
    let surges: Vec<Surge> = tables.into_iter().filter_map(|(_, table)| take_surge(table)).collect();
    (surges.len() == count).then_some(surges)
}

fn take_surge(mut table: Taker<'_>) -> Option<Surge> {
    let (from, until) = (table.day("from"), table.day("until"));
    let (departures, trips) = (table.parameter("departures_factor"), table.parameter("trips_factor"));
    let (path, collector) = (table.path().to_owned(), table.collector());
    table.finish();
    let (from, until) = (from?, until?);
    if from > until {
        let message = "the surge ends before it starts".to_owned();
        collector.add("S014", collector.place(&format!("{path}.until")), message, Vec::new());
    }
    Some(Surge { from, until, departures: departures?, trips: trips? })
}
