//! The section `[strata]`: by which ages and groups indicators are split.

use super::super::take::Taker;
use callup_sim::strata::{BANDS_MAX, Group, StrataChoice};

pub(super) fn take_strata(mut table: Taker<'_>) -> Option<StrataChoice> {
    let (age_bands_from, groups) = (take_bands(&mut table), take_groups(&mut table));
    table.finish();
    Some(StrataChoice { age_bands_from: age_bands_from?, groups: groups? })
}

/// First ages of bands, ascending (`S013`).
fn take_bands(table: &mut Taker<'_>) -> Option<Vec<u8>> {
    let items = table.list("age_bands_from_years")?;
    let ages: Vec<u8> = items.iter().filter_map(|item| table.as_whole("age_bands_from_years", item, 0..=120)).collect();
    if ages.len() != items.len() {
        return None;
    }
    if ages.len() > BANDS_MAX || !ages.is_sorted_by(|one, next| one < next) {
        let path = table.path_of("age_bands_from_years");
        let message = format!("`{path}`: the first ages of at most {BANDS_MAX} bands ascend");
        table.collector().add("S013", table.span(), message, Vec::new());
        return None;
    }
    Some(ages)
}

/// Groups, each once (`S016`).
fn take_groups(table: &mut Taker<'_>) -> Option<Vec<Group>> {
    let words: Vec<(&str, Group)> = Group::ALL.iter().map(|group| (group.word(), *group)).collect();
    let items = table.list("groups")?;
    let mut groups = Vec::new();
    let mut whole = true;
    for item in items {
        match table.as_word("groups", item, &words) {
            Some(group) if groups.contains(&group) => {
                let message = format!("`{}` names `{}` twice", table.path_of("groups"), group.word());
                table.collector().add("S016", item.span, message, Vec::new());
                whole = false;
            }
            Some(group) => groups.push(group),
            None => whole = false,
        }
    }
    whole.then_some(groups)
}
