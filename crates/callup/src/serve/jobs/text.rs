//! The text of a scenario that says only what differs from another: laws, answers to switches, single numbers.
//!
//! It is what somebody would write by hand (`docs/scenario-format.md`); reading and checking it is not done here.

use super::super::answer::Refusal;
use crate::prepare::Prepared;
use callup_sim::scenario::ParameterRecord;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// The unit of a waiting time, whose mean the register shows.
const MEAN_OF_DAYS: &str = "days (mean)";

/// A single number set otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// Path, as the register of parameters has it.
    path: String,
    /// The new number; of a waiting time whole days.
    value: Value,
    /// Why.
    #[serde(default)]
    reason: Option<String>,
}

/// What differs.
#[derive(Clone, Debug)]
pub struct Differences<'d> {
    /// Id and first day of each law, if they are not those of the base.
    pub laws: &'d [(String, String)],
    /// Answers to switches.
    pub answers: &'d BTreeMap<String, String>,
    /// Single numbers.
    pub changes: &'d [Change],
}

/// The text; `base` is the scenario that it extends, as it was read.
///
/// # Errors
/// When a change is of what is no number, or to what is none.
pub fn text(base: &Prepared, differences: &Differences<'_>) -> Result<String, Refusal> {
    let mut text = format!("extends = {}\n", quoted(&base.scenario.name));
    for (id, from) in differences.laws {
        text += &format!("\n[[law]]\nid = {}\nfrom = {from}\n", quoted(id));
    }
    if !differences.answers.is_empty() {
        text += "\n[answers]\n";
    }
    for (switch, answer) in differences.answers {
        let reason = quoted("chosen on the page of a new run");
        text += &format!("{} = {{ answer = {}, assumption = {reason} }}\n", quoted(switch), quoted(answer));
    }
    if !differences.changes.is_empty() {
        text += "\n[set]\n";
    }
    for change in differences.changes {
        let known = base.scenario.register.iter().find(|one| one.path == change.path);
        let known = known.ok_or_else(|| {
            Refusal::unfit(format!("there is no parameter `{}`", change.path), "GET /api/scenarios/{name} lists them")
        })?;
        text += &format!("{} = {{ {} }}\n", quoted(&change.path), set(known, change)?);
    }
    Ok(text)
}

/// What a number is set to; its range is widened to hold it.
fn set(known: &ParameterRecord, change: &Change) -> Result<String, Refusal> {
    let wanted = |what: &str| Refusal::unfit(format!("`{}` takes {what}", change.path), "mend the value");
    let old = &known.parameter;
    let reason = change.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
    let reason = reason.unwrap_or("changed on the page of a new run, without a reason");
    let reason = quoted(&format!("{reason} (was {})", old.value));
    if known.unit == MEAN_OF_DAYS {
        let days = number(&change.value).filter(|days| days.fract() == 0.0).ok_or_else(|| wanted("whole days"))?;
        return Ok(format!("days = {days:.0}, assumption = {reason}"));
    }
    let value = number(&change.value).ok_or_else(|| wanted("a number"))?;
    let (low, high) = (old.low.min(value), old.high.max(value));
    Ok(format!("value = {value:?}, low = {low:?}, high = {high:?}, assumption = {reason}"))
}

/// A number, or the text of one.
fn number(value: &Value) -> Option<f64> {
    let number = value.as_f64().or_else(|| value.as_str()?.trim().parse().ok())?;
    number.is_finite().then_some(number)
}

/// A text in quotes, which JSON and TOML write alike.
fn quoted(text: &str) -> String {
    // The one letter that JSON leaves as it is and TOML does not take.
    Value::String(text.to_owned()).to_string().replace('\u{7f}', "\\u007f")
}

#[cfg(test)]
mod tests {
    use super::{Change, Differences, text};
    use crate::data::Data;
    use crate::prepare::prepare;
    use crate::serve::told::request;
    use serde_json::json;
    use std::collections::BTreeMap;

    fn written(changes: &[(&str, serde_json::Value)]) -> Option<String> {
        let base = prepare(&request("ru-2023-as-enacted"), &Data::embedded()).unwrap();
        let change = |(path, value): &(&str, serde_json::Value)| Change {
            path: (*path).to_owned(),
            value: value.clone(),
            reason: Some("a \"try\"\n[set]".into()),
        };
        let changes: Vec<Change> = changes.iter().map(change).collect();
        let laws = [("ru_127fz".to_owned(), "2023-04-14".to_owned())];
        let answers = BTreeMap::from([("some".to_owned(), "one".to_owned())]);
        text(&base, &Differences { laws: &laws, answers: &answers, changes: &changes }).ok()
    }

    #[test]
    fn what_differs_is_said_and_a_range_holds_its_value() {
        let text = written(&[
            ("response.appears_share", json!(0.1)),
            ("response.leave_delay", json!("9")),
            ("population.study_share.18_18", json!(0.7)),
        ]);
        let read: toml::Table = text.unwrap().parse().unwrap();
        assert_eq!(read["extends"].as_str(), Some("ru-2023-as-enacted"));
        let set = |path: &str| &read["set"][path];
        assert_eq!(
            (set("response.appears_share")["value"].as_float(), set("response.appears_share")["low"].as_float()),
            (Some(0.1), Some(0.1))
        );
        assert_eq!(set("response.leave_delay")["days"].as_integer(), Some(9));
        assert_eq!(
            set("response.appears_share")["assumption"].as_str(),
            Some("a \"try\"\n[set] (was 0.83)"),
            "no text leaves its quotes"
        );
        assert_eq!(read["answers"]["some"]["answer"].as_str(), Some("one"));
        assert_eq!(read["law"][0]["id"].as_str(), Some("ru_127fz"));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for (path, value) in [
            ("response.nothing", json!(1)),
            ("response.appears_share", json!("often")),
            ("response.appears_share", json!(null)),
            ("response.leave_delay", json!(1.5)),
            ("title", json!(1)),
        ] {
            assert!(written(&[(path, value)]).is_none(), "{path}");
        }
    }
}
