//! The sections `[[visit]]`, `[mobilisation]`, `[[remedy]]`, `[objection]` and `[help]`: what offices do with those who come, and what people do about it.

use super::super::document::Value;
use super::super::take::Taker;
use super::{take_regions, take_until};
use callup_law::calendar::Day;
use callup_law::roles::NoticeKind;
use callup_sim::scenario::check;
use callup_sim::scenario::{Against, Cards, Category, Freeing, Help, Mobilisation, Objection, Recourse, Remedy, Visit};

/// Everything that can happen at offices beyond the notice, and what people do about it.
pub(super) fn take_recourse(root: &mut Taker<'_>) -> Option<Recourse> {
    let (visits, mobilisation) = (take_visits(root), take_mobilisation(root));
    let (remedies, objection, help) = (take_remedies(root), take_objection(root), take_help(root));
    Some(Recourse {
        visits: visits?,
        mobilisation: mobilisation?,
        remedies: remedies?,
        objection: objection?,
        help: help?,
    })
}

/// `key = "none"` or a table: `Some(None)` where it is switched off.
fn none_or<'t, T>(
    table: &mut Taker<'t>,
    key: &'static str,
    take: impl FnOnce(Taker<'t>) -> Option<T>,
) -> Option<Option<T>> {
    let node = table.required(key)?;
    if matches!(node.value, Value::Text(_)) {
        return table.as_word(key, node, &[("none", ())]).map(|()| None);
    }
    table.as_table(key, node).and_then(take).map(Some)
}

/// `S014`: a last day before the first.
fn check_days(table: &Taker<'_>, from: Option<Day>, until: Option<Option<Day>>) {
    if let (Some(from), Some(Some(until))) = (from, until)
        && from > until
    {
        let message = "its last day comes before its first".to_owned();
        table.collector().add("S014", table.span(), message, Vec::new());
    }
}

fn take_visits(root: &mut Taker<'_>) -> Option<Vec<Visit>> {
    let tables = root.named_tables("visit", "name")?;
    let count = tables.len();
    let visits: Vec<Visit> = tables.into_iter().filter_map(|(name, table)| take_visit(name, table)).collect();
    (visits.len() == count).then_some(visits)
}

fn take_visit(name: String, mut table: Taker<'_>) -> Option<Visit> {
    let notices: Vec<(&'static str, NoticeKind)> = NoticeKind::ALL.iter().map(|kind| (kind.word(), *kind)).collect();
    let notice = table.word("notice", &notices);
    let (from, until, regions) = (table.day("from"), take_until(&mut table), take_regions(&mut table));
    let (pressed, signs) = (table.parameter("pressed_share"), table.parameter("signs_share"));
    let leave_region_paper = table.parameter("leave_region_paper_share");
    let record_mended = table.parameter("record_mended_share");
    check_days(&table, from, until);
    table.finish();
    Some(Visit {
        name,
        notice: notice?,
        from: from?,
        until: until?,
        regions: regions?,
        pressed: pressed?,
        signs: signs?,
        leave_region_paper: leave_region_paper?,
        record_mended: record_mended?,
    })
}

fn take_mobilisation(root: &mut Taker<'_>) -> Option<Option<Mobilisation>> {
    none_or(root, "mobilisation", take_one_mobilisation)
}

fn take_one_mobilisation(mut table: Taker<'_>) -> Option<Mobilisation> {
    let categories = take_categories(&mut table);
    let frees = table.table("frees").and_then(take_frees);
    let (check_delay, dispatch_delay) = (table.delay("check_delay"), table.delay("dispatch_delay"));
    let (wrongly_called, returned) = (table.parameter("wrongly_called_share"), table.parameter("returned_share"));
    let return_delay = table.delay("return_delay");
    let cards = none_or(&mut table, "cards", take_cards);
    table.finish();
    Some(Mobilisation {
        categories: categories?,
        frees: frees?,
        check_delay: check_delay?,
        dispatch_delay: dispatch_delay?,
        wrongly_called: wrongly_called?,
        returned: returned?,
        return_delay: return_delay?,
        cards: cards?,
    })
}

fn take_categories(table: &mut Taker<'_>) -> Option<Vec<Category>> {
    let tables = table.named_tables("category", "name")?;
    let count = tables.len();
    let all: Vec<Category> = tables.into_iter().filter_map(|(name, table)| take_category(name, table)).collect();
    (all.len() == count).then_some(all)
}

fn take_category(name: String, mut table: Taker<'_>) -> Option<Category> {
    let (youngest, oldest) = (table.whole("age_min_years", 0..=120), table.whole("age_max_years", 0..=120));
    let served = table.truth("served");
    let precedence = table.parameter("precedence_factor");
    if let (Some(youngest), Some(oldest)) = (youngest, oldest)
        && youngest > oldest
    {
        let message = format!("the youngest age, {youngest}, is above the oldest, {oldest}");
        table.collector().add("S015", table.span(), message, Vec::new());
    }
    table.finish();
    Some(Category { name, ages: [youngest?, oldest?], served: served?, precedence: precedence? })
}

/// `frees = { facts = ["student", …], source = "…" }`.
fn take_frees(mut table: Taker<'_>) -> Option<Vec<Freeing>> {
    let words = Freeing::ALL.map(|freeing| (freeing.word(), freeing));
    let items = table.list("facts");
    let frees: Option<Vec<Freeing>> =
        items.map(|items| items.iter().filter_map(|item| table.as_word("facts", item, &words)).collect());
    let basis = table.basis();
    table.finish();
    basis.and(frees)
}

fn take_cards(mut table: Taker<'_>) -> Option<Cards> {
    let (covered, filing_delay) = (table.parameter("covered_share"), table.delay("filing_delay"));
    let (decided, decision_delay) = (table.parameter("decided_per_day_and_100000"), table.delay("decision_delay"));
    let granted = table.parameter("granted_share");
    table.finish();
    Some(Cards {
        covered: covered?,
        filing_delay: filing_delay?,
        decided: decided?,
        decision_delay: decision_delay?,
        granted: granted?,
    })
}

fn take_remedies(root: &mut Taker<'_>) -> Option<Vec<Remedy>> {
    let tables = root.named_tables("remedy", "name")?;
    let (count, collector) = (tables.len(), root.collector());
    let remedies: Vec<Remedy> = tables.into_iter().filter_map(|(name, table)| take_remedy(name, table)).collect();
    // One that cannot be read is missing for those after it, which is none of their faults.
    if remedies.len() == count {
        super::add(collector, check::remedies(&remedies));
    }
    (remedies.len() == count).then_some(remedies)
}

fn take_remedy(name: String, mut table: Taker<'_>) -> Option<Remedy> {
    let against = table.word("against", &Against::ALL.map(|against| (against.word(), against)));
    let law = table.text("law").map(|law| (law != "none").then_some(law));
    let after = table.text("after").map(|after| (after != "none").then_some(after));
    let (from, until) = (table.day("from"), take_until(&mut table));
    let (files, filing_delay) = (table.parameter("files_share"), table.delay("filing_delay"));
    let (represented, representation) =
        (table.parameter("represented_share"), table.parameter("representation_factor"));
    let (decided, decision_delay) = (table.parameter("decided_per_day_and_100000"), table.delay("decision_delay"));
    let (right, other) = (table.parameter("granted_right_share"), table.parameter("granted_other_share"));
    let (final_delay, return_delay) = (table.delay("final_delay"), table.delay("return_delay"));
    let interim = table.parameter("interim_share");
    check_days(&table, from, until);
    table.finish();
    Some(Remedy {
        name,
        law: law?,
        against: against?,
        after: after?,
        from: from?,
        until: until?,
        files: files?,
        filing_delay: filing_delay?,
        represented: represented?,
        representation: representation?,
        decided: decided?,
        decision_delay: decision_delay?,
        granted_right: right?,
        granted_other: other?,
        final_delay: final_delay?,
        return_delay: return_delay?,
        interim: interim?,
    })
}

fn take_objection(root: &mut Taker<'_>) -> Option<Option<Objection>> {
    none_or(root, "objection", |mut table| {
        let files = table.parameter("files_share");
        let (in_time, granted) = (table.parameter("in_time_share"), table.parameter("granted_share"));
        table.finish();
        Some(Objection { files: files?, in_time: in_time?, granted: granted? })
    })
}

fn take_help(root: &mut Taker<'_>) -> Option<Option<Help>> {
    none_or(root, "help", |mut table| {
        let shares = [
            table.parameter("summons_share"),
            table.parameter("data_check_share"),
            table.parameter("mobilisation_share"),
            table.parameter("remedy_share"),
            table.parameter("exit_share"),
            table.parameter("contract_pressure_share"),
        ];
        let (delay, files) = (table.delay("asking_delay"), table.parameter("files_factor"));
        table.finish();
        let [summons, data_check, mobilisation, remedy, exit, pressure] = shares;
        let shares = [summons?, data_check?, mobilisation?, remedy?, exit?, pressure?];
        Some(Help { shares, delay: delay?, files: files? })
    })
}
