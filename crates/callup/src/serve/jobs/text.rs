//! The text of a scenario that says only what differs from another: laws, answers to switches, single numbers; or of one that was given, with these in it.
//!
//! It is what somebody would write by hand (`docs/scenario-format.md`); reading and checking it is not done here.

use super::super::answer::Refusal;
use crate::input::document::{self, Entry, Node, Value as Tree};
use crate::prepare::Prepared;
use callup_law::diagnostic::Source;
use callup_sim::scenario::ParameterRecord;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::ops::Range;

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

impl Change {
    /// Path.
    pub fn path(&self) -> &str {
        &self.path
    }
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
    for (table, lines) in [("answers", answers(differences)), ("set", sets(base, differences)?)] {
        if !lines.is_empty() {
            text += &format!("\n[{table}]\n");
        }
        lines.iter().for_each(|(key, value)| text += &format!("{key} = {value}\n"));
    }
    Ok(text)
}

/// The text that was given, with answers and numbers laid into its own tables; `base` is that text, as it was read.
///
/// # Errors
/// As [`text`]; and where the text says the same in a way that cannot be mended in its place.
pub fn laid_into(base: &Prepared, given: &str, differences: &Differences<'_>) -> Result<String, Refusal> {
    let source = Source { name: base.scenario.name.clone(), text: given.to_owned() };
    let tree = document::parse(&source, 0, &mut Vec::new());
    let tree = tree.ok_or_else(|| Refusal::unfit("the text is no TOML", "mend it"))?;
    let (mut edits, mut end) = (Vec::new(), String::new());
    for (table, lines) in [("answers", answers(differences)), ("set", sets(base, differences)?)] {
        let own = entry(&tree, table);
        let mut new = String::new();
        for (key, value) in lines {
            match own.and_then(|own| entry(&own.node, &unquoted(&key))) {
                None => new += &format!("{key} = {value}\n"),
                Some(old) if shown(given, &old.node).starts_with('{') => edits.push((range(&old.node), value)),
                Some(_) => {
                    let help = "write it there, or as one line";
                    return Err(Refusal::unfit(format!("the text has a table `{table}.{key}` of its own"), help));
                }
            }
        }
        match own.map(|own| (shown(given, &own.node), range(&own.node).end)) {
            _ if new.is_empty() => {}
            Some((header, past)) if is_header(header, table) => {
                let rest = &given[past..];
                let line_ends = past + rest.find('\n').map_or(rest.len(), |place| place + 1);
                let begun = if given[..line_ends].ends_with('\n') { "" } else { "\n" };
                edits.push((line_ends..line_ends, format!("{begun}{new}")));
            }
            _ => end += &format!("\n[{table}]\n{new}"),
        }
    }
    edits.sort_by_key(|(range, _)| range.start);
    let mut text = given.to_owned();
    edits.into_iter().rev().for_each(|(range, new)| text.replace_range(range, &new));
    let begun = if end.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    still_toml(Source { text: text + begun + &end, ..source })
}

/// A table on one line, or of keys with dots, takes no header beside it: then the text would be no TOML any more.
fn still_toml(source: Source) -> Result<String, Refusal> {
    let mut findings = Vec::new();
    document::parse(&source, 0, &mut findings);
    if findings.is_empty() {
        return Ok(source.text);
    }
    let help = "write what is to be changed into the text, or give it the headers `[set]` and `[answers]`";
    Err(Refusal::unfit(
        "the text has `set` or `answers` on one line or as keys with dots, and neither can be added to",
        help,
    ))
}

fn entry<'t>(node: &'t Node, key: &str) -> Option<&'t Entry> {
    match &node.value {
        Tree::Table(entries) => entries.iter().find(|entry| entry.key == key),
        _ => None,
    }
}

fn range(node: &Node) -> Range<usize> {
    node.span.start as usize..node.span.end as usize
}

fn shown<'g>(given: &'g str, node: &Node) -> &'g str {
    given.get(range(node)).unwrap_or_default()
}

/// Whether this is the header of that table, and not of one within it.
fn is_header(text: &str, table: &str) -> bool {
    text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).is_some_and(|inside| inside.trim() == table)
}

/// Answers to switches: keys and values of `[answers]`.
fn answers(differences: &Differences<'_>) -> Vec<(String, String)> {
    let reason = quoted("chosen on the page of a new run");
    let line = |(switch, answer): (&String, &String)| {
        (quoted(switch), format!("{{ answer = {}, assumption = {reason} }}", quoted(answer)))
    };
    differences.answers.iter().map(line).collect()
}

/// Single numbers: keys and values of `[set]`.
fn sets(base: &Prepared, differences: &Differences<'_>) -> Result<Vec<(String, String)>, Refusal> {
    let line = |change: &Change| {
        let known = base.scenario.register.iter().find(|one| one.path == change.path);
        let known = known.ok_or_else(|| {
            Refusal::unfit(format!("there is no parameter `{}`", change.path), "GET /api/scenarios/{name} lists them")
        })?;
        Ok((quoted(&change.path), format!("{{ {} }}", set(known, change)?)))
    };
    differences.changes.iter().map(line).collect()
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

/// The text that these quotes hold.
fn unquoted(text: &str) -> String {
    serde_json::from_str(text).unwrap_or_default()
}

/// A text in quotes, which JSON and TOML write alike.
fn quoted(text: &str) -> String {
    // The one letter that JSON leaves as it is and TOML does not take.
    Value::String(text.to_owned()).to_string().replace('\u{7f}', "\\u007f")
}

#[cfg(test)]
mod tests {
    use super::{Change, Differences, laid_into, text};
    use crate::data::Data;
    use crate::prepare::{RunRequest, Variant, prepare, prepare_variant};
    use serde_json::json;
    use std::collections::BTreeMap;

    fn written(changes: &[(&str, serde_json::Value)]) -> Option<String> {
        let base = prepare(&RunRequest::once("ru-2023-as-enacted"), &Data::embedded()).unwrap();
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

    fn laid(given: &str) -> Option<toml::Table> {
        let variant = Variant { name: "given".into(), text: given.into(), law: None };
        let base = prepare_variant(&RunRequest::once("ru-2023-as-enacted"), Some(&variant), &Data::embedded()).unwrap();
        let change = Change { path: "response.appears_share".into(), value: json!(0.25), reason: None };
        let answers = BTreeMap::from([("some".to_owned(), "one".to_owned())]);
        let differences = Differences { laws: &[], answers: &answers, changes: &[change] };
        laid_into(&base, given, &differences)
            .ok()
            .map(|text| text.parse().unwrap_or_else(|error| panic!("{error}: {text}")))
    }

    #[test]
    fn what_differs_is_laid_into_a_text_wherever_it_has_its_tables() {
        let head = "extends = \"ru-2023-as-enacted\"\n";
        let own = "\"response.appears_share\" = { value = 0.7, assumption = \"mine\" }";
        let other = "\"response.measure_factor\" = { value = 1.7, low = 1.5, high = 1.9, assumption = \"mine\" }";
        for given in [
            head.to_owned(),
            head.trim_end().to_owned(),
            format!("{head}[set]"),
            format!("{head}[ set ] # why\n"),
            format!("{head}[set]\n{own}"),
            format!("{head}[set]\n{other}\n[answers]\n"),
            format!("set = {{ {own} }}\n{head}"),
            format!("{head}[set.\"response.measure_factor\"]\nvalue = 1.7\nassumption = \"mine\"\n"),
        ] {
            let read = laid(&given).unwrap_or_else(|| panic!("{given}"));
            assert_eq!(read["set"]["response.appears_share"]["value"].as_float(), Some(0.25), "{given}");
            assert_eq!(read["answers"]["some"]["answer"].as_str(), Some("one"), "{given}");
            assert_eq!(
                read["set"].get("response.measure_factor").is_some(),
                given.contains("measure_factor"),
                "{given}"
            );
        }
        for closed in
            [format!("set = {{ {other} }}\n{head}"), format!("set.{other}\n{head}"), format!("answers = {{}}\n{head}")]
        {
            assert!(laid(&closed).is_none(), "nothing can be added to the table of\n{closed}");
        }
        let table = format!("{head}[set.\"response.appears_share\"]\nvalue = 0.7\nassumption = \"mine\"\n");
        assert!(laid(&table).is_none(), "a table of its own is not mended in its place");
    }
}
