//! The section `[alarm]`: what was announced, rumoured or denied, and what it does.

use super::super::document::Value;
use super::super::take::Taker;
use super::take_regions;
use callup_sim::scenario::alarm::{Alarm, News, NewsKind};

/// `alarm = "none"` or a table.
pub(super) fn take_alarm(root: &mut Taker<'_>) -> Option<Option<Alarm>> {
    let node = root.required("alarm")?;
    if matches!(node.value, Value::Text(_)) {
        return root.as_word("alarm", node, &[("none", ())]).map(|()| None);
    }
    let mut table = root.as_table("alarm", node)?;
    let announcements = table.parameter("announcement_halving_days");
    let (rumours, denials) = (table.parameter("rumour_halving_days"), table.parameter("denial_halving_days"));
    let (departures, willingness) = (table.parameter("departures_factor"), table.parameter("willingness_factor"));
    let (requests, news) = (table.parameter("requests_factor"), take_news(&mut table));
    table.finish();
    Some(Some(Alarm {
        halving_days: [announcements?, rumours?, denials?],
        departures: departures?,
        willingness: willingness?,
        requests: requests?,
        news: news?,
    }))
}

fn take_news(table: &mut Taker<'_>) -> Option<Vec<News>> {
    let tables = table.named_tables("news", "name")?;
    let count = tables.len();
    let news: Vec<News> = tables.into_iter().filter_map(|(name, table)| take_one(name, table)).collect();
    (news.len() == count).then_some(news)
}

fn take_one(name: String, mut table: Taker<'_>) -> Option<News> {
    let kind = table.word("kind", &NewsKind::ALL.map(|kind| (kind.word(), kind)));
    let (day, regions) = (table.day("date"), take_regions(&mut table));
    let (strength, basis) = (table.parameter("strength_factor"), table.basis());
    table.finish();
    Some(News { name, kind: kind?, day: day?, regions: regions?, strength: strength?, basis: basis? })
}
