//! The section `[[search]]`: ways of looking for those who have not come, each an abstract observation with a capacity and two errors.

use super::super::take::Taker;
use super::{take_regions, take_until};
use callup_sim::scenario::{Search, SearchKind};

pub(super) fn take_searches(root: &mut Taker<'_>) -> Option<Vec<Search>> {
    let tables = root.named_tables("search", "name")?;
    let count = tables.len();
    let searches: Vec<Search> = tables.into_iter().filter_map(|(name, table)| take_search(name, table)).collect();
    (searches.len() == count).then_some(searches)
}

fn take_search(name: String, mut table: Taker<'_>) -> Option<Search> {
    let kind = table.word("kind", &SearchKind::ALL.map(|kind| (kind.word(), kind)));
    let (from, until, regions) = (table.day("from"), take_until(&mut table), take_regions(&mut table));
    let (searches, hit) = (table.parameter("searches_per_day_and_100000"), table.parameter("hit_share"));
    let mistaken_at_10000 = table.parameter("mistaken_at_10000_listed_share");
    let (youngest, oldest) = (table.parameter("youngest_mistaken_years"), table.parameter("oldest_mistaken_years"));
    let (removal_delay, end_not_entered) = (table.delay("removal_delay"), table.parameter("end_not_entered_share"));
    let (span, collector, path) = (table.span(), table.collector(), table.path().to_owned());
    table.finish();
    if let (Some(from), Some(Some(until))) = (from, until)
        && from > until
    {
        let message = "its last day of use comes before its first".to_owned();
        collector.add("S014", collector.place(&format!("{path}.until")), message, Vec::new());
    }
    let (youngest, oldest) = (youngest?, oldest?);
    if youngest.value > oldest.value {
        let message = format!("the youngest age, {}, is above the oldest, {}", youngest.value, oldest.value);
        collector.add("S015", span, message, Vec::new());
    }
    Some(Search {
        name,
        kind: kind?,
        from: from?,
        until: until?,
        regions: regions?,
        searches: searches?,
        hit: hit?,
        mistaken_at_10000: mistaken_at_10000?,
        // The unit's range is 0 to 120 years, so both fit.
        mistaken_ages: [u8::try_from(youngest.whole()).ok()?, u8::try_from(oldest.whole()).ok()?],
        removal_delay: removal_delay?,
        end_not_entered: end_not_entered?,
    })
}
