//! `callup list`: the laws, scenarios and indicators that there are.

use super::args::{ListArgs, Listed};
use super::render::{aligned, print, print_json};
use crate::data::Data;
use crate::error::Error;
use crate::input::laws::{self, LawText};
use crate::input::scenario::title_line;
use callup_sim::indicators::registry::INDICATORS;
use callup_sim::ledger::registry::LEDGER_INDICATORS;
use serde::Serialize;

/// A thing that can be named on the command line.
#[derive(Debug, Serialize)]
struct Entry {
    name: String,
    title: String,
}

#[derive(Debug, Serialize)]
struct Lists {
    #[serde(skip_serializing_if = "Option::is_none")]
    laws: Option<Vec<Entry>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scenarios: Option<Vec<Entry>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    indicators: Option<Vec<Entry>>,
}

/// Runs the verb.
///
/// # Errors
/// When the data cannot be read or standard output cannot be written.
pub fn execute(args: &ListArgs, data: &Data) -> Result<(), Error> {
    let wanted = |what| args.what.is_none_or(|only| only == what);
    let lists = Lists {
        laws: wanted(Listed::Laws).then(|| law_entries(data)).transpose()?,
        scenarios: wanted(Listed::Scenarios).then(|| scenario_entries(data)).transpose()?,
        indicators: wanted(Listed::Indicators).then(indicator_entries),
    };
    if args.json {
        return print_json(&lists);
    }
    let sections = [("Laws", &lists.laws), ("Scenarios", &lists.scenarios), ("Indicators", &lists.indicators)];
    let mut parts = Vec::new();
    for (heading, entries) in sections {
        let Some(entries) = entries else { continue };
        let rows: Vec<Vec<String>> =
            entries.iter().map(|entry| vec![format!("  {}", entry.name), entry.title.clone()]).collect();
        parts.push(format!("{heading}\n{}", aligned(&rows, &[])));
    }
    print(&parts.join("\n"))
}

fn law_entries(data: &Data) -> Result<Vec<Entry>, Error> {
    let title = |law: &LawText| law.book.as_ref().map_or("(has errors: callup lint)".into(), |book| book.title.clone());
    let laws = laws::read_all(data)?;
    Ok(laws.iter().map(|law| Entry { name: law.name(), title: title(law) }).collect())
}

fn scenario_entries(data: &Data) -> Result<Vec<Entry>, Error> {
    let mut entries = Vec::new();
    for name in data.list("scenarios", ".toml")? {
        let source = data.peek(&name)?;
        let short = name.trim_start_matches("scenarios/").trim_end_matches(".toml").to_owned();
        entries.push(Entry { name: short, title: title_line(&source.text) });
    }
    Ok(entries)
}

/// The registry and what ledgers tell, with the unit in front of each definition.
fn indicator_entries() -> Vec<Entry> {
    let lived = INDICATORS.iter().map(|one| (one.id, one.unit, one.definition));
    let kept = LEDGER_INDICATORS.iter().map(|one| (one.id, one.unit, one.definition));
    let entry = |(id, unit, definition)| Entry { name: String::from(id), title: format!("[{unit}] {definition}") };
    lived.chain(kept).map(entry).collect()
}
