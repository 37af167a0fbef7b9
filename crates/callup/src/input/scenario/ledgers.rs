//! The section `[ledgers]`: those serving, legal aid and cost, each a table or `"none"`.

use super::super::document::Value;
use super::super::take::Taker;
use callup_law::calendar::Day;
use callup_sim::scenario::ledgers::{Cost, IntakeBefore, Leaving, Ledgers, LegalAid, Rotation, Service, Step};

pub(super) fn take_ledgers(mut table: Taker<'_>, start: Option<Day>) -> Option<Ledgers> {
    let service = some_or_none(&mut table, "service", |table| take_service(table, start));
    let legal_aid = some_or_none(&mut table, "legal_aid", take_legal_aid);
    let cost = some_or_none(&mut table, "cost", take_cost);
    table.finish();
    Some(Ledgers { service: service?, legal_aid: legal_aid?, cost: cost? })
}

/// A table, or the word `none`.
fn some_or_none<'a, T>(
    table: &mut Taker<'a>,
    key: &'static str,
    take: impl FnOnce(Taker<'a>) -> Option<T>,
) -> Option<Option<T>> {
    let node = table.required(key)?;
    if matches!(node.value, Value::Text(_)) {
        return table.as_word(key, node, &[("none", ())]).map(|()| None);
    }
    table.as_table(key, node).and_then(take).map(Some)
}

/// Numbers that hold from a day on; the days ascend (`S014`).
fn take_steps(table: &mut Taker<'_>, key: &'static str, number: &'static str) -> Option<Vec<Step>> {
    let tables = table.tables(key)?;
    let (span, path, collector) = (table.span(), table.path_of(key), table.collector());
    let count = tables.len();
    let steps: Vec<Step> = tables
        .into_iter()
        .filter_map(|mut step| {
            let (from, value) = (step.day("from"), step.parameter(number));
            step.finish();
            Some(Step { from: from?, value: value? })
        })
        .collect();
    if steps.windows(2).any(|pair| pair[0].from >= pair[1].from) {
        collector.add("S014", span, format!("the days of `{path}` do not ascend"), Vec::new());
    }
    (steps.len() == count).then_some(steps)
}

fn take_service(mut table: Taker<'_>, start: Option<Day>) -> Option<Service> {
    let establishment = take_steps(&mut table, "establishment", "posts_persons");
    let contract_at_start = table.parameter("contract_at_start_persons");
    let mobilised_at_start = table.parameter("mobilised_at_start_persons");
    let deployed_at_start = table.parameter("deployed_at_start_share");
    let intakes_before = take_intakes(&mut table, start);
    let term_days = table.parameter("term_days");
    let training_days = [
        table.parameter("conscript_training_days"),
        table.parameter("contract_training_days"),
        table.parameter("mobilised_training_days"),
        table.parameter("company_training_days"),
    ];
    let training_places = table.parameter("training_places_persons");
    let (equipment_at_start, equipment_per_day) =
        (table.parameter("equipment_at_start_sets"), table.parameter("equipment_per_day"));
    let deployment = take_steps(&mut table, "deployment", "wanted_persons");
    let rotation = some_or_none(&mut table, "rotation", take_rotation);
    let dead_per_day = take_steps(&mut table, "dead", "dead_per_day");
    let disabled_per_day = take_steps(&mut table, "disabled", "disabled_per_day");
    let leaving = some_or_none(&mut table, "leaving", take_leaving);
    table.finish();
    let [conscript, contract, mobilised, company] = training_days;
    Some(Service {
        establishment: establishment?,
        contract_at_start: contract_at_start?,
        mobilised_at_start: mobilised_at_start?,
        deployed_at_start: deployed_at_start?,
        intakes_before: intakes_before?,
        term_days: term_days?,
        training_days: [conscript?, contract?, mobilised?, company?],
        training_places: training_places?,
        equipment_at_start: equipment_at_start?,
        equipment_per_day: equipment_per_day?,
        deployment: deployment?,
        rotation: rotation?,
        dead_per_day: dead_per_day?,
        disabled_per_day: disabled_per_day?,
        leaving: leaving?,
    })
}

/// Intakes before the run: their days in order and before its first (`S014`).
fn take_intakes(table: &mut Taker<'_>, start: Option<Day>) -> Option<Vec<IntakeBefore>> {
    let tables = table.tables("intake_before")?;
    let count = tables.len();
    let intakes: Vec<IntakeBefore> = tables
        .into_iter()
        .filter_map(|mut intake| {
            let (from, until, persons) = (intake.day("from"), intake.day("until"), intake.parameter("intake_persons"));
            let (span, path, collector) = (intake.span(), intake.path().to_owned(), intake.collector());
            intake.finish();
            let (from, until) = (from?, until?);
            if from > until || start.is_some_and(|start| until >= start) {
                let help = vec!["from <= until, and until before the first day of the run".to_owned()];
                collector.add("S014", span, format!("the days of `{path}` are out of order"), help);
            }
            Some(IntakeBefore { from, until, persons: persons? })
        })
        .collect();
    (intakes.len() == count).then_some(intakes)
}

fn take_rotation(mut table: Taker<'_>) -> Option<Rotation> {
    let from = table.day("from");
    let (deployed_days, rest_days) = (table.parameter("deployed_days"), table.parameter("rest_days"));
    table.finish();
    Some(Rotation { from: from?, deployed_days: deployed_days?, rest_days: rest_days? })
}

fn take_leaving(mut table: Taker<'_>) -> Option<Leaving> {
    let leaves_per_year = table.parameter("leaves_per_year");
    let (case_share, case_days) = (table.parameter("case_share"), table.parameter("case_days"));
    let cases_at_start = table.parameter("at_start_cases");
    let verdicts_per_day = take_steps(&mut table, "verdicts", "verdicts_per_day");
    let suspended_share = table.parameter("suspended_share");
    table.finish();
    Some(Leaving {
        leaves_per_year: leaves_per_year?,
        case_share: case_share?,
        case_days: case_days?,
        cases_at_start: cases_at_start?,
        verdicts_per_day: verdicts_per_day?,
        suspended_share: suspended_share?,
    })
}

fn take_legal_aid(mut table: Taker<'_>) -> Option<LegalAid> {
    let unprompted_per_day = table.parameter("unprompted_per_day");
    let leaving_factor = table.parameter("leaving_factor");
    let open_at_start = table.parameter("open_at_start_requests");
    let answers_per_day = table.parameter("answers_per_day");
    table.finish();
    Some(LegalAid {
        unprompted_per_day: unprompted_per_day?,
        leaving_factor: leaving_factor?,
        open_at_start: open_at_start?,
        answers_per_day: answers_per_day?,
    })
}

fn take_cost(mut table: Taker<'_>) -> Option<Cost> {
    let unit_pay = table.parameter("unit_pay_a_month_roubles");
    let deployed_pay = table.parameter("deployed_pay_a_month_roubles");
    let conscript_pay = table.parameter("conscript_pay_a_month_roubles");
    let (offensive_share, offensive_day) =
        (table.parameter("offensive_days_share"), table.parameter("offensive_day_roubles"));
    let (kilometres_per_day, kilometre) = (table.parameter("kilometres_per_day"), table.parameter("kilometre_roubles"));
    let (death, disability) = (table.parameter("death_roubles"), table.parameter("disability_roubles"));
    let (deficit, levy) = (table.parameter("deficit_roubles"), table.parameter("levy_roubles"));
    table.finish();
    Some(Cost {
        unit_pay: unit_pay?,
        deployed_pay: deployed_pay?,
        conscript_pay: conscript_pay?,
        offensive_share: offensive_share?,
        offensive_day: offensive_day?,
        kilometres_per_day: kilometres_per_day?,
        kilometre: kilometre?,
        death: death?,
        disability: disability?,
        deficit: deficit?,
        levy: levy?,
    })
}
