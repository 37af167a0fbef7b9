//! The data of the page that people read: one JSON value for a run, for a comparison, for a law. A report bears it in an element of its own, and the
//! server hands out what stands there, so that file and server can never differ.
//!
//! Keys and shapes: `docs/serve.md`. Counts are given raw and as they would be at scale 1. The data know no clock.

pub mod comparison;
pub mod law;
pub mod run;

use super::series::{WEEK_DAYS, whole_weeks};
use super::tables::{expanded, region_codes};
use crate::prepare::Prepared;
use callup_sim::Daily;
use callup_sim::indicators::ColumnKind;
use serde_json::{Value, json};

/// How the element of the data begins.
const BEGIN: &str = "<script type=\"application/json\" id=\"callup-data\">";

/// How it ends.
const END: &str = "</script>";

/// The element that bears the data. No text in it can end it: `<` is written as its number.
#[must_use]
pub fn element(data: &Value) -> String {
    format!("{BEGIN}{}{END}", data.to_string().replace('<', "\\u003c"))
}

/// The data that a report bears.
#[must_use]
pub fn of_report(report: &str) -> Option<&str> {
    let (_, rest) = report.split_once(BEGIN)?;
    rest.split_once(END).map(|(data, _)| data)
}

/// Last days of the whole weeks of a run; a rest of less than a week would look like a fall.
fn week_ends(prepared: &Prepared, daily: &Daily) -> Vec<String> {
    let ends = (1..=daily.days() / WEEK_DAYS).map(|week| (week * WEEK_DAYS - 1) as u16);
    ends.map(|day| prepared.scenario.start.plus_days(day.into()).to_string()).collect()
}

/// A column by whole weeks at scale 1: of a flow the sum, of a stock what stands at the end.
fn by_week(daily: &Daily, column: usize, scale: f64, value: &dyn Fn(usize) -> u64) -> Vec<u64> {
    let is_flow = daily.columns()[column].kind == ColumnKind::Flow;
    whole_weeks(daily.days(), is_flow, value).into_iter().map(|counted| expanded(counted, scale)).collect()
}

/// A column of the nation, described; none where nothing ever happens.
fn national(daily: &Daily, column: usize, scale: f64) -> Option<Value> {
    let values = by_week(daily, column, scale, &|day| daily.national(day, column));
    values.iter().any(|value| *value > 0).then(|| described(daily, column, json!(values)))
}

fn described(daily: &Daily, column: usize, values: Value) -> Value {
    let about = &daily.columns()[column];
    let kind = if about.kind == ColumnKind::Flow { "flow" } else { "stock" };
    json!({ "id": about.name, "unit": about.unit, "definition": about.definition, "kind": kind, "basis": about.basis, "values": values })
}

/// The regions of a run, in the order of all that is told by region.
fn regions(prepared: &Prepared) -> Value {
    let codes = region_codes(prepared);
    let line = |(region, code): (&callup_sim::margins::RegionMargin, String)| json!({ "iso": code, "name": region.name, "name_local": region.name_local, "inhabitants": region.inhabitants });
    prepared.margins.regions.iter().zip(codes).map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::{element, of_report};
    use serde_json::json;

    #[test]
    fn no_text_ends_the_element_and_all_of_it_comes_back() {
        let data = json!({ "title": "</script><script>alert(1)</script><!--", "count": 7 });
        let element = element(&data);
        assert_eq!(element.matches("</script>").count(), 1);
        assert!(!element.contains("<!--"));
        let page = format!("<html><body>{element}<script>let a = '<'</script></body></html>");
        let read: serde_json::Value = serde_json::from_str(of_report(&page).unwrap()).unwrap();
        assert_eq!(read, data);
        assert_eq!(of_report("<html></html>"), None);
    }
}
