//! The section `[population]`: what people are like and how good the register is, as shares by age and by kind.

use super::super::take::Taker;
use callup_sim::people::{EntryErrors, PopulationParameters, RecordQuality};
use callup_sim::random::{KindTable, Probability};

pub(super) fn take_population(mut table: Taker<'_>) -> Option<PopulationParameters> {
    let study = table.age_table("study_share");
    let study_year_ends = take_month_day(&mut table);
    let (works, student_works) = (table.age_table("works_share"), table.age_table("student_works_share"));
    let employer_reports = take_share(&mut table, "employer_reports_share");
    let fitness = take_kinds(&mut table, "fitness", &["a_share", "b_share", "v_share", "g_share", "d_share"]);
    let served = table.age_table("served_share");
    let reserve_unserved = table.age_table("reserve_unserved_share");
    let unfit_decided = table.age_table("unfit_decided_share");
    let family_ground = table.age_table("family_ground_share");
    let objector = take_share(&mut table, "objector_share");
    let at_address = table.age_table("at_address_share");
    let account = table.age_table("account_share");
    let reading = take_kinds(&mut table, "reading", &["daily_share", "weekly_share", "monthly_share", "never_share"]);
    let needs_driving = take_share(&mut table, "needs_driving_share");
    let record = table.table("record").and_then(take_record);
    table.finish();
    Some(PopulationParameters {
        study: study?,
        study_year_ends: study_year_ends?,
        works: works?,
        student_works: student_works?,
        employer_reports: employer_reports?,
        fitness: fitness?,
        served: served?,
        reserve_unserved: reserve_unserved?,
        unfit_decided: unfit_decided?,
        family_ground: family_ground?,
        objector: objector?,
        at_address: at_address?,
        account: account?,
        reading: reading?,
        needs_driving: needs_driving?,
        record: record?,
    })
}

fn take_share(table: &mut Taker<'_>, key: &'static str) -> Option<Probability> {
    table.parameter(key).map(|share| share.probability())
}

/// Shares of kinds that together are everybody (`S013`, within a thousandth, so that thirds can be written).
fn take_kinds(table: &mut Taker<'_>, key: &'static str, kinds: &[&'static str]) -> Option<KindTable> {
    let mut shares = table.table(key)?;
    let weights: Vec<f64> = kinds.iter().filter_map(|kind| shares.parameter(kind).map(|share| share.value)).collect();
    let (span, path, collector) = (shares.span(), shares.path().to_owned(), shares.collector());
    shares.finish();
    if weights.len() != kinds.len() {
        return None;
    }
    let total: f64 = weights.iter().sum();
    if !(0.999..=1.001).contains(&total) {
        collector.add("S013", span, format!("`{path}`: the shares sum to {total:.3}, not to 1"), Vec::new());
        return None;
    }
    KindTable::new(&weights).ok()
}

/// `study_year_ends = "06-30"`: month and day.
fn take_month_day(table: &mut Taker<'_>) -> Option<(u8, u8)> {
    let (text, span) = table.text_at("study_year_ends")?;
    let parts = text.split_once('-').map(|(month, day)| (month.parse::<u8>(), day.parse::<u8>()));
    match parts {
        Some((Ok(month @ 1..=12), Ok(day @ 1..=28))) => Some((month, day)),
        Some((Ok(month @ (1 | 3..=12)), Ok(day @ 29..=30))) => Some((month, day)),
        Some((Ok(month @ (1 | 3 | 5 | 7 | 8 | 10 | 12)), Ok(day @ 31))) => Some((month, day)),
        _ => {
            let help = vec!["write month and day, for example \"06-30\"".to_owned()];
            table.collector().add("S008", span, format!("`{text}` is no day of every year"), help);
            None
        }
    }
}

fn take_record(mut table: Taker<'_>) -> Option<RecordQuality> {
    let missing = table.age_table("missing_share");
    let deferment = take_errors(&mut table, "deferment");
    let exemption = take_errors(&mut table, "exemption");
    let service = take_errors(&mut table, "service");
    let study = take_errors(&mut table, "study");
    let reserve = take_errors(&mut table, "reserve");
    let address_stale = table.age_table("address_stale_share");
    let employer_lost = take_share(&mut table, "employer_lost_share");
    table.finish();
    Some(RecordQuality {
        missing: missing?,
        deferment: deferment?,
        exemption: exemption?,
        service: service?,
        study: study?,
        reserve: reserve?,
        address_stale: address_stale?,
        employer_lost: employer_lost?,
    })
}

fn take_errors(table: &mut Taker<'_>, key: &'static str) -> Option<EntryErrors> {
    let mut errors = table.table(key)?;
    let (lost, falsely) = (errors.parameter("lost_share"), errors.parameter("falsely_entered_share"));
    errors.finish();
    EntryErrors::new(lost?.value, falsely?.value).ok()
}
