//! A scenario file, and those it extends, read into a checked [`Scenario`] with all findings of one pass.
//!
//! The chain of `extends` is laid over tree by tree, then the sections are taken, then what must hold between them and the
//! laws is asked of `callup_sim::scenario::check`. Key names and codes: `docs/scenario-format.md`.

mod alarm;
mod contracts;
mod ledgers;
mod offices;
mod people;
mod population;
mod procedure;
mod recourse;
mod searches;
mod strata;
#[cfg(test)]
mod tests;

use super::document::{Entry, FINDINGS_MAX, Node, Value, finding, lay_over, parse};
use super::set;
use super::take::{Collector, Taker};
use callup_law::calendar::Day;
use callup_law::diagnostic::{Diagnostic, Severity, Source, Span, nearest};
use callup_law::program::Answers;
use callup_law::rulebook::Rulebook;
use callup_sim::scenario::alarm::Alarm;
use callup_sim::scenario::check::{self, Problem};
use callup_sim::scenario::contract::{Contract, Quota};
use callup_sim::scenario::ledgers::Ledgers;
use callup_sim::scenario::{
    Agency, Basis, Border, Campaign, ConditionSetting, LawInForce, Recourse, Remedy, Scenario, ValidReason,
};
use callup_sim::strata::StrataChoice;
use std::collections::BTreeMap;

/// Longest chain of `extends`.
pub const CHAIN_MAX: usize = 8;
/// Longest run, days: two years and the leap day between them.
pub const DAYS_MAX: i64 = 731;

/// What a scenario is read against.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    /// Every law that a scenario may name.
    pub laws: &'a [Rulebook],
    /// Regions of a country's tables by ISO code, `None` where there is no such country.
    pub regions: &'a dyn RegionsOf,
}

/// Who knows the regions of a country.
pub trait RegionsOf: std::fmt::Debug {
    /// ISO codes of the regions of this folder of tables; `None` if there is no such folder.
    fn regions_of(&self, country: &str) -> Option<Vec<String>>;
}

/// What a reading gives: the scenario if no error was found, and everything there is to say about its texts.
#[derive(Clone, Debug)]
pub struct ScenarioRead {
    /// The scenario, if there is no error.
    pub scenario: Option<Scenario>,
    /// Findings in the order of the texts; a span's source is a place in `sources`.
    pub findings: Vec<Diagnostic>,
    /// The texts read: the scenario, then what it extends, and so on.
    pub sources: Vec<Source>,
}

/// Reads the scenario `name`, whose text and the texts of those it extends are given by `text_of` (a name without folder
/// or `.toml`). A name without a text is a finding.
#[must_use]
pub fn read_scenario(
    name: &str,
    text_of: &dyn Fn(&str) -> Option<Source>,
    surroundings: &Surroundings<'_>,
) -> ScenarioRead {
    let mut chain = Chain::default();
    chain.follow(name, text_of);
    let Chain { sources, trees, sets, mut findings } = chain;
    let Some(mut tree) = trees.into_iter().rev().reduce(lay_over) else {
        return ScenarioRead { scenario: None, findings, sources };
    };
    // What a file sets holds over all that it extends; the scenario itself comes last.
    sets.into_iter().rev().flatten().for_each(|entry| set::apply(&mut tree, entry, &mut findings));
    let broken = findings.iter().any(|finding| finding.code == "S001" || finding.code == "S002");
    let collector = Collector::new(&sources, findings);
    let scenario = if broken { None } else { take_scenario(name, &collector, &tree, surroundings) };
    let (findings, register) = collector.finish();
    let failed = findings.iter().any(|finding| finding.severity == Severity::Error);
    let scenario = scenario.filter(|_| !failed).map(|scenario| Scenario { register, ..scenario });
    ScenarioRead { scenario, findings, sources }
}

/// The title as it stands in the text, so that a list does not need to understand a whole scenario.
#[must_use]
pub fn title_line(text: &str) -> String {
    let value = text.lines().find_map(|line| line.strip_prefix("title")?.trim_start().strip_prefix('='));
    value.map_or(String::new(), |value| value.trim().trim_matches('"').to_owned())
}

/// The texts of a chain of `extends`, the scenario itself first.
#[derive(Default)]
struct Chain {
    sources: Vec<Source>,
    trees: Vec<Node>,
    /// What each sets by path.
    sets: Vec<Vec<Entry>>,
    findings: Vec<Diagnostic>,
}

impl Chain {
    fn follow(&mut self, name: &str, text_of: &dyn Fn(&str) -> Option<Source>) {
        let mut names: Vec<String> = vec![name.to_owned()];
        let mut named_at = Span { source: 0, start: 0, end: 0 };
        loop {
            let wanted = names.last().map(String::as_str).unwrap_or_default();
            let Some(source) = text_of(wanted) else {
                self.findings.push(finding("S018", named_at, format!("there is no scenario `{wanted}`"), Vec::new()));
                self.keep_a_place_for(wanted);
                return;
            };
            let index = u16::try_from(self.sources.len()).unwrap_or(u16::MAX);
            let tree = parse(&source, index, &mut self.findings);
            self.sources.push(source);
            let Some(mut tree) = tree else { return };
            let next = take_extends(&mut tree, &mut self.findings);
            self.sets.push(set::take_set(&mut tree, &mut self.findings));
            self.trees.push(tree);
            let Some((next, span)) = next else { return };
            if names.contains(&next) || names.len() >= CHAIN_MAX {
                let way = names.iter().chain([&next]).map(String::as_str).collect::<Vec<_>>().join(" -> ");
                let message = format!("`extends` goes in a circle or further than {CHAIN_MAX} files: {way}");
                self.findings.push(finding("S019", span, message, Vec::new()));
                return;
            }
            names.push(next);
            named_at = span;
        }
    }

    /// A finding needs a source to stand in, even where no text was found at all.
    fn keep_a_place_for(&mut self, name: &str) {
        if self.sources.is_empty() {
            self.sources.push(Source { name: name.to_owned(), text: String::new() });
        }
    }
}

/// Takes `extends` out of a tree, since it speaks of that file alone.
fn take_extends(tree: &mut Node, findings: &mut Vec<Diagnostic>) -> Option<(String, Span)> {
    let Value::Table(entries) = &mut tree.value else { return None };
    let place = entries.iter().position(|entry| entry.key == "extends")?;
    let entry = entries.remove(place);
    match entry.node.value {
        Value::Text(name) => Some((name, entry.node.span)),
        other => {
            let message = format!("`extends` must be the name of a scenario, not {}", other.kind());
            findings.push(finding("S006", entry.node.span, message, Vec::new()));
            None
        }
    }
}

/// The parts of a scenario that stand at its top.
struct Head {
    title: Option<String>,
    about: Option<String>,
    seed: Option<u64>,
    start: Option<Day>,
    days: Option<u16>,
    scale: Option<f64>,
    country: Option<String>,
    history_share: Option<f64>,
}

fn take_head(root: &mut Taker<'_>) -> Head {
    Head {
        title: root.text("title"),
        about: root.text("about"),
        seed: root.whole("seed", 0..=i64::MAX),
        start: root.day("start"),
        days: root.whole("length_days", 1..=DAYS_MAX),
        scale: root.number("scale", 1e-6..=1.0),
        country: root.text("country"),
        history_share: root.number("history_share", 0.0..=1.0),
    }
}

fn take_scenario(
    name: &str,
    collector: &Collector<'_>,
    tree: &Node,
    surroundings: &Surroundings<'_>,
) -> Option<Scenario> {
    let mut root = Taker::root(collector, tree);
    let (head, laws) = (take_head(&mut root), take_laws(&mut root));
    let (answers, answer_bases) = take_answers(&mut root).unzip();
    let conditions = take_conditions(&mut root);
    let population = root.table("population").and_then(population::take_population);
    let offices = root.table("offices").and_then(offices::take_offices);
    let channels = offices::take_channels(&mut root);
    let reading = root.table("reading").and_then(people::take_reading);
    let response = root.table("response").and_then(people::take_response);
    let agencies = offices::take_agencies(&mut root);
    let (campaigns, all_campaigns) = procedure::take_campaigns(&mut root);
    let searches = searches::take_searches(&mut root);
    let proceedings = procedure::take_proceedings(&mut root);
    let commission = root.table("commission").and_then(procedure::take_commission);
    let further = take_further(&mut root, head.start);
    root.finish();
    let parts = Parts {
        head: &head,
        laws: laws.as_deref(),
        answers: answers.as_ref(),
        conditions: conditions.as_deref(),
        agencies: agencies.as_deref(),
        campaigns: &campaigns,
        remedies: further.as_ref().map_or(&[], |further| &further.recourse.remedies),
    };
    check_parts(collector, &parts, surroundings);
    check_regions(collector, &head, tree, surroundings);
    let Further { border, alarm, contracts, quota, strata, valid_reason, ledgers, recourse } = further?;
    Some(Scenario {
        name: name.to_owned(),
        title: head.title?,
        about: head.about?,
        seed: head.seed?,
        start: head.start?,
        days: head.days?,
        scale: head.scale?,
        country: head.country?,
        laws: laws?,
        answers: answers?,
        answer_bases: answer_bases?,
        conditions: conditions?,
        population: population?,
        offices: offices?,
        channels: channels?,
        reading: reading?,
        response: response?,
        agencies: agencies?,
        campaigns: all_campaigns.then_some(campaigns)?,
        searches: searches?,
        proceedings: proceedings?,
        commission: commission?,
        border,
        alarm,
        contracts,
        bonuses: Vec::new(),
        quota,
        strata,
        valid_reason,
        ledgers,
        recourse,
        history_share: head.history_share?,
        register: Vec::new(),
    })
}

/// Sections that no other one is held against.
struct Further {
    border: Border,
    alarm: Option<Alarm>,
    contracts: Vec<Contract>,
    quota: Option<Quota>,
    strata: StrataChoice,
    valid_reason: ValidReason,
    ledgers: Ledgers,
    recourse: Recourse,
}

fn take_further(root: &mut Taker<'_>, start: Option<Day>) -> Option<Further> {
    let border = root.table("border").and_then(people::take_border);
    let alarm = alarm::take_alarm(root);
    let contracts = contracts::take_contracts(root);
    let quota = contracts::take_quota(root);
    let strata = root.table("strata").and_then(strata::take_strata);
    let valid_reason = root.table("valid_reason").and_then(people::take_valid_reason);
    let ledgers = root.table("ledgers").and_then(|table| ledgers::take_ledgers(table, start));
    let recourse = recourse::take_recourse(root);
    Some(Further {
        border: border?,
        alarm: alarm?,
        contracts: contracts?,
        quota: quota?,
        strata: strata?,
        valid_reason: valid_reason?,
        ledgers: ledgers?,
        recourse: recourse?,
    })
}

fn take_laws(root: &mut Taker<'_>) -> Option<Vec<LawInForce>> {
    let tables = root.tables("law")?;
    let count = tables.len();
    let laws: Vec<LawInForce> = tables
        .into_iter()
        .filter_map(|mut table| {
            let (id, from) = (table.text("id"), table.day("from"));
            table.finish();
            Some(LawInForce { id: id?, from: from? })
        })
        .collect();
    (laws.len() == count).then_some(laws)
}

fn take_answers(root: &mut Taker<'_>) -> Option<(Answers, BTreeMap<String, Basis>)> {
    let table = root.table("answers")?;
    let mut answers = Answers::new();
    let mut bases = BTreeMap::new();
    for entry in table.free_entries() {
        let Some(mut answer) = table.as_table(&entry.key, &entry.node) else { continue };
        let (option, basis) = (answer.text("answer"), answer.basis());
        answer.finish();
        if let (Some(option), Some(basis)) = (option, basis) {
            answers.insert(entry.key.clone(), option);
            bases.insert(entry.key.clone(), basis);
        }
    }
    Some((answers, bases))
}

fn take_conditions(root: &mut Taker<'_>) -> Option<Vec<ConditionSetting>> {
    let tables = root.tables("condition")?;
    let count = tables.len();
    let settings: Vec<ConditionSetting> = tables
        .into_iter()
        .filter_map(|mut table| {
            let (name, from, regions) = (table.text("name"), table.day("from"), take_regions(&mut table));
            let (value, basis) = (table.truth("value"), table.basis());
            table.finish();
            Some(ConditionSetting { name: name?, from: from?, regions: regions?, value: value?, basis: basis? })
        })
        .collect();
    (settings.len() == count).then_some(settings)
}

/// `regions = "all"` or a list of ISO codes.
fn take_regions(table: &mut Taker<'_>) -> Option<Option<Vec<String>>> {
    let node = table.required("regions")?;
    if let Value::List(items) = &node.value {
        return Some(Some(items.iter().filter_map(|item| table.as_text("regions", item)).collect()));
    }
    table.as_word("regions", node, &[("all", ())]).map(|()| None)
}

/// `until = 2023-07-15` or `until = "end"`.
fn take_until(table: &mut Taker<'_>) -> Option<Option<Day>> {
    let node = table.required("until")?;
    if matches!(node.value, Value::Text(_)) {
        return table.as_word("until", node, &[("end", ())]).map(|()| None);
    }
    table.as_day("until", node).map(Some)
}

/// What there is to be checked; a part that could not be read is absent.
struct Parts<'a> {
    head: &'a Head,
    laws: Option<&'a [LawInForce]>,
    answers: Option<&'a Answers>,
    conditions: Option<&'a [ConditionSetting]>,
    agencies: Option<&'a [Agency]>,
    campaigns: &'a [Campaign],
    remedies: &'a [Remedy],
}

fn check_parts(collector: &Collector<'_>, parts: &Parts<'_>, surroundings: &Surroundings<'_>) {
    let books = surroundings.laws;
    let mut problems = Vec::new();
    if let (Some(start), Some(days)) = (parts.head.start, parts.head.days) {
        problems.extend(check::campaigns(parts.campaigns, start, Day(start.0 + i32::from(days) - 1)));
    }
    if let (Some(laws), Some(start)) = (parts.laws, parts.head.start) {
        problems.extend(check::laws(laws, start, books));
        problems.extend(parts.answers.into_iter().flat_map(|answers| check::answers(answers, laws, books)));
        problems.extend(parts.conditions.into_iter().flat_map(|set| check::conditions(set, laws, start, books)));
        problems.extend(parts.agencies.into_iter().flat_map(|agencies| check::agencies(agencies, laws, books)));
        problems.extend(check::notices(parts.campaigns, laws, books));
        problems.extend(check::remedies_in_laws(parts.remedies, laws, books));
    }
    add(collector, problems);
}

/// Adds what the engine finds in a scenario, each where its path stands.
fn add(collector: &Collector<'_>, problems: Vec<Problem>) {
    for Problem { code, path, message, help } in problems {
        collector.add(code, collector.place(&path), message, help);
    }
}

/// `S028`: a country without tables, a region that its tables do not have. Looks at every text of the form of an ISO
/// code and every key of `regions_persons`, wherever it stands.
fn check_regions(collector: &Collector<'_>, head: &Head, tree: &Node, surroundings: &Surroundings<'_>) {
    let Some(country) = &head.country else { return };
    let Some(codes) = surroundings.regions.regions_of(country) else {
        let message = format!("there are no tables for the country `{country}`");
        collector.add("S028", collector.place("country"), message, Vec::new());
        return;
    };
    let mut given = Vec::new();
    region_codes("", tree, &mut given);
    // Looking for the nearest of all codes takes long; more findings than are kept are not looked into.
    for (code, span) in given.into_iter().filter(|(code, _)| !codes.contains(code)).take(FINDINGS_MAX) {
        let message = format!("the tables of `{country}` have no region `{code}`");
        let near = nearest(&code, codes.iter().map(String::as_str));
        collector.add("S028", span, message, near.map(|near| format!("did you mean `{near}`?")).into_iter().collect());
    }
}

fn region_codes(key: &str, node: &Node, given: &mut Vec<(String, Span)>) {
    match (&node.value, key) {
        (Value::Table(entries), "regions_from" | "regions_persons") => {
            given.extend(entries.iter().map(|entry| (entry.key.clone(), entry.key_span)));
        }
        (Value::Table(entries), _) => entries.iter().for_each(|entry| region_codes(&entry.key, &entry.node, given)),
        (Value::List(items), _) => items.iter().for_each(|item| region_codes(key, item, given)),
        (Value::Text(code), "regions") if code != "all" => given.push((code.clone(), node.span)),
        _ => {}
    }
}
