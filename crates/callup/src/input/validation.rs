//! Published figures, `validation/*.toml`: each with its source and with what in a run it is held against.
//!
//! An input of a scenario is never a hit; a figure the scenario was tuned to is marked as such. What a figure is held against must exist: a name that no
//! run can have is a finding, not a figure without a comparison. This file compares numbers that it is given; it knows no run.

use super::document::{Node, Value, parse};
use super::scenario::RegionsOf;
use super::tables::CONFIDENCE;
use super::take::{Collector, Taker};
use callup_law::calendar::Day;
use callup_law::diagnostic::{Diagnostic, Source, nearest};
use callup_law::roles::MeasureKind;
use callup_sim::indicators::{ColumnKind, Daily, registry};
use callup_sim::ledger::registry as ledgers;
use callup_sim::tally::Columns;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// The published figures of one file.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    /// Title.
    pub title: String,
    /// The scenario they are held against.
    pub scenario: String,
    /// The figures.
    pub figures: Vec<Figure>,
}

/// One published figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Name.
    pub name: String,
    /// What was published.
    pub what: String,
    /// Unit.
    pub unit: Unit,
    /// Lowest value that the publication allows.
    pub low: f64,
    /// Highest; `None` where it says "more than".
    pub high: Option<f64>,
    /// Who said it, and where it was read.
    pub source: String,
    /// When it was published, as far as known.
    pub published: String,
    /// How sure the figure is, one of [`CONFIDENCE`].
    pub confidence: String,
    /// What it is to the scenario.
    pub role: Role,
    /// Why that role, or what was guessed.
    pub reason: String,
    /// Name of the statement that it was published in together with others of the same day, which is not known: all of them are held against one day.
    pub statement: Option<String>,
    /// What in a run it is compared with; `None` where there is nothing.
    pub against: Option<Against>,
}

/// Unit of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Persons, notices or decisions.
    Persons,
    /// A share.
    Share,
    /// Regions.
    Regions,
    /// Days.
    Days,
    /// Cases, verdicts or requests.
    Cases,
    /// Roubles.
    Roubles,
}

/// What a figure is to the scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Independent of the scenario: a hit or a miss.
    Held,
    /// A number of the scenario was set with it in view.
    Tuned,
    /// It went into the scenario.
    Input,
    /// The model has nothing to compare.
    NotModelled,
}

/// Units by their words.
const UNITS: [(&str, Unit); 6] = [
    ("persons", Unit::Persons),
    ("share", Unit::Share),
    ("regions", Unit::Regions),
    ("days", Unit::Days),
    ("cases", Unit::Cases),
    ("roubles", Unit::Roubles),
];

/// Roles by their words.
const ROLES: [(&str, Role); 4] =
    [("held", Role::Held), ("tuned", Role::Tuned), ("input", Role::Input), ("not_modelled", Role::NotModelled)];

/// What in a run a figure is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sought {
    /// Flows of the daily table, summed over days.
    Columns {
        /// Columns to sum.
        columns: Vec<String>,
        /// Columns to divide by; empty for a count.
        of: Vec<String>,
    },
    /// An indicator, or what a ledger tells: over weeks or months that end on the days; its share where the unit of the figure is one.
    Told {
        /// Name.
        name: String,
        /// Group, if it is of one.
        group: Option<String>,
    },
    /// A statistic of a length, of the whole run.
    Length {
        /// Name.
        name: String,
        /// Group, if it is of one.
        group: Option<String>,
        /// `median`, `p90` or `p95`.
        statistic: String,
    },
}

/// What in a run a figure is compared with, and for which days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Against {
    /// What.
    pub sought: Sought,
    /// First day.
    pub from: Day,
    /// Last day.
    pub until: Day,
    /// Earliest last day that the publication allows.
    pub until_earliest: Day,
    /// Latest.
    pub until_latest: Day,
    /// Region by ISO code; `None` for all.
    pub region: Option<String>,
}

/// What reading gives: the figures if no finding stands.
#[derive(Clone, Debug)]
pub struct ValidationRead {
    /// The figures.
    pub published: Option<Published>,
    /// Findings.
    pub findings: Vec<Diagnostic>,
}

/// The value of a run beside a figure, with those at the earliest and the latest last day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Held {
    /// At the day chosen.
    pub model: f64,
    /// Least of the values at the three days.
    pub model_low: f64,
    /// Greatest.
    pub model_high: f64,
}

/// Who knows the numbers of a run, at full scale; `None` where there is no such number. Days are both included.
pub trait Lived {
    /// Sum of a flow of the daily table over a region (by ISO code, or all) and days.
    fn flow(&self, column: &str, region: Option<&str>, from: Day, until: Day) -> Option<f64>;
    /// An indicator, or what a ledger tells: the count, or its share.
    fn told(&self, name: &str, group: Option<&str>, region: Option<&str>, days: (Day, Day), share: bool)
    -> Option<f64>;
    /// Days of a statistic of a length.
    fn length(&self, name: &str, group: Option<&str>, region: Option<&str>, statistic: &str) -> Option<f64>;
}

impl Figure {
    /// Its unit, as a file of figures has it.
    #[must_use]
    pub fn unit_word(&self) -> &'static str {
        UNITS.iter().find(|(_, unit)| *unit == self.unit).map_or("", |(word, _)| word)
    }

    /// Its role, as a file of figures has it.
    #[must_use]
    pub fn role_word(&self) -> &'static str {
        ROLES.iter().find(|(_, role)| *role == self.role).map_or("", |(word, _)| word)
    }

    /// Whether an interval meets the range that was published.
    #[must_use]
    pub fn meets(&self, (low, high): (f64, f64)) -> bool {
        high >= self.low && self.high.is_none_or(|most| low <= most)
    }

    /// The run's value. `None` where there is nothing to compare, a number is not there, or the whole of a share is nothing.
    #[must_use]
    pub fn held(&self, lived: &dyn Lived) -> Option<Held> {
        let against = self.against.as_ref()?;
        let model = self.value(against, lived, against.until)?;
        let early = self.value(against, lived, against.until_earliest)?;
        let late = self.value(against, lived, against.until_latest)?;
        Some(Held { model, model_low: model.min(early).min(late), model_high: model.max(early).max(late) })
    }

    /// The run's value at each last day that the publication allows, in order; none on a day on which the run has none.
    #[must_use]
    pub fn by_day(&self, lived: &dyn Lived) -> Vec<Option<f64>> {
        let Some(against) = &self.against else { return Vec::new() };
        let (first, last) = (against.until_earliest, against.until_latest);
        (0..=last.days_since(first)).map(|day| self.value(against, lived, first.plus_days(day))).collect()
    }

    fn value(&self, against: &Against, lived: &dyn Lived, until: Day) -> Option<f64> {
        let (from, region) = (against.from, against.region.as_deref());
        match &against.sought {
            Sought::Columns { columns, of } => {
                let sum = |columns: &[String]| {
                    columns.iter().map(|column| lived.flow(column, region, from, until)).sum::<Option<f64>>()
                };
                let part = sum(columns)?;
                if of.is_empty() {
                    return Some(part);
                }
                sum(of).filter(|whole| *whole > 0.0).map(|whole| part / whole)
            }
            Sought::Told { name, group } => {
                lived.told(name, group.as_deref(), region, (from, until), self.unit == Unit::Share)
            }
            Sought::Length { name, group, statistic } => lived.length(name, group.as_deref(), region, statistic),
        }
    }
}

/// Names that figures can be held against.
struct Known<'r> {
    /// Columns of the daily table under laws with every kind of measure, and whether each is a flow.
    columns: Vec<(String, bool)>,
    regions: &'r dyn RegionsOf,
    /// Regions by folder of tables, each asked for once.
    asked: RefCell<BTreeMap<String, Option<Vec<String>>>>,
}

impl<'r> Known<'r> {
    fn new(regions: &'r dyn RegionsOf) -> Known<'r> {
        let daily = Daily::new(&Columns::new(MeasureKind::ALL.to_vec()), 0, 0, &[]);
        let columns = daily.columns().iter().map(|column| (column.name.clone(), column.kind == ColumnKind::Flow));
        Known { columns: columns.collect(), regions, asked: RefCell::default() }
    }

    /// The flow of this name, or a finding (`S011`).
    fn flow(&self, table: &Taker<'_>, key: &str, node: &Node) -> Option<String> {
        let name = table.as_text(key, node)?;
        let path = table.path_of(key);
        let flows = || self.columns.iter().filter(|column| column.1).map(|column| column.0.as_str());
        let found = self.columns.iter().find(|column| column.0 == name);
        let message = match found {
            Some((_, true)) => return Some(name),
            Some(_) => format!("`{path}`: `{name}` is what stands at the end of a day, and is not summed over days"),
            None => format!("`{path}`: no run has a column `{name}`"),
        };
        let help = nearest(&name, flows()).map(|near| format!("did you mean `{near}`?"));
        let help = help.unwrap_or_else(|| "the flows of daily.parquet can be named here".to_owned());
        table.collector().add("S011", node.span, message, vec![help]);
        None
    }

    /// The indicator or ledger of this name, or a finding (`S011`).
    fn told(&self, table: &mut Taker<'_>, key: &'static str) -> Option<String> {
        let (name, span) = table.text_at(key)?;
        let of_ledgers = || ledgers::LEDGER_INDICATORS.iter().map(|one| one.id);
        let of_lives = || registry::INDICATORS.iter().map(|one| one.id);
        let names: Vec<&str> = match key {
            "ledger" => of_ledgers().collect(),
            "indicator" => of_lives().collect(),
            _ => of_lives().chain(of_ledgers()).collect(),
        };
        if names.contains(&name.as_str()) {
            return Some(name);
        }
        let message = format!("`{}`: nothing is called `{name}`", table.path_of(key));
        let near = nearest(&name, names.into_iter()).map(|near| format!("did you mean `{near}`?"));
        let help = near.unwrap_or_else(|| "`callup list indicators` names them".to_owned());
        table.collector().add("S011", span, message, vec![help]);
        None
    }

    /// `all`, or a region of the tables of its country, or a finding (`S028`).
    fn region(&self, table: &mut Taker<'_>) -> Option<Option<String>> {
        let (code, span) = table.text_at("region")?;
        if code == "all" {
            return Some(None);
        }
        let country = code.split('-').next().unwrap_or_default().to_ascii_lowercase();
        let mut asked = self.asked.borrow_mut();
        let regions = asked.entry(country.clone()).or_insert_with(|| self.regions.regions_of(&country));
        let known = regions.iter().flatten().map(String::as_str);
        if known.clone().any(|one| one == code) {
            return Some(Some(code));
        }
        let help = nearest(&code, known).map(|near| format!("did you mean `{near}`?"));
        let help = help.unwrap_or_else(|| "`all`, or an ISO code of the tables".to_owned());
        table.collector().add("S028", span, format!("there is no region `{code}`"), vec![help]);
        None
    }
}

/// Reads a file of published figures. Codes as for scenarios.
#[must_use]
pub fn read_validation(source: &Source, regions: &dyn RegionsOf) -> ValidationRead {
    let mut findings = Vec::new();
    let Some(tree) = parse(source, 0, &mut findings) else { return ValidationRead { published: None, findings } };
    let sources = [source.clone()];
    let collector = Collector::new(&sources, findings);
    let mut root = Taker::root(&collector, &tree);
    let (title, scenario) = (root.text("title"), root.text("scenario"));
    let figures = root.named_tables("figure", "name").unwrap_or_default();
    let known = Known::new(regions);
    let figures: Vec<Figure> =
        figures.into_iter().filter_map(|(name, table)| take_figure(name, table, &known)).collect();
    root.finish();
    let findings = collector.finish().0;
    let published = title.zip(scenario).map(|(title, scenario)| Published { title, scenario, figures });
    ValidationRead { published: published.filter(|_| findings.is_empty()), findings }
}

fn take_figure(name: String, mut table: Taker<'_>, known: &Known<'_>) -> Option<Figure> {
    let what = table.text("what");
    let unit = table.word("unit", &UNITS);
    let range = table.table("value").and_then(take_range);
    let (source, published, reason) = (table.text("source"), table.text("published"), table.text("reason"));
    let confidence = table.word("confidence", &CONFIDENCE.map(|word| (word, word)));
    let role = table.word("role", &ROLES);
    let statement = if table.has("statement") { table.text("statement").map(Some) } else { Some(None) };
    let against = take_against(&mut table, role, known);
    table.finish();
    let (low, high) = range?;
    Some(Figure {
        name,
        what: what?,
        unit: unit?,
        low,
        high,
        source: source?,
        published: published?,
        confidence: confidence?.to_owned(),
        role: role?,
        reason: reason?,
        statement: statement?,
        against: against?,
    })
}

/// `{ low, high }`, where `high = "open"` stands for "more than".
fn take_range(mut table: Taker<'_>) -> Option<(f64, Option<f64>)> {
    let low = table.number("low", 0.0..=1e15);
    let node = table.required("high");
    let high = node.and_then(|node| match node.value {
        Value::Text(_) => table.as_word("high", node, &[("open", ())]).map(|()| None),
        _ => table.as_number("high", node, 0.0..=1e15).map(Some),
    });
    let (span, path, collector) = (table.span(), table.path().to_owned(), table.collector());
    table.finish();
    let (low, high) = (low?, high?);
    if high.is_some_and(|high| high < low) {
        collector.add("S010", span, format!("`{path}`: low is above high"), Vec::new());
        return None;
    }
    Some((low, high))
}

/// What a figure is held against: needed for `held` and `tuned`, possible for `input`, without sense for `not_modelled`.
fn take_against(table: &mut Taker<'_>, role: Option<Role>, known: &Known<'_>) -> Option<Option<Against>> {
    let needed = matches!(role, Some(Role::Held | Role::Tuned));
    if !needed && (role == Some(Role::NotModelled) || !table.has("against")) {
        return Some(None);
    }
    let mut against = table.table("against")?;
    let sought = take_sought(&mut against, known);
    let (from, until) = (against.day("from"), against.day("until"));
    let (earliest, latest) = (against.day("until_earliest"), against.day("until_latest"));
    let region = known.region(&mut against);
    let (span, path, collector) = (against.span(), against.path().to_owned(), against.collector());
    against.finish();
    let (from, until, until_earliest, until_latest) = (from?, until?, earliest?, latest?);
    if !(from <= until_earliest && until_earliest <= until && until <= until_latest) {
        let help = vec!["from <= until_earliest <= until <= until_latest".to_owned()];
        collector.add("S014", span, format!("the days of `{path}` are out of order"), help);
    }
    Some(Some(Against { sought: sought?, from, until, until_earliest, until_latest, region: region? }))
}

/// `columns` with `of`, or one name of an `indicator`, a `ledger` or a `duration`, each with its `group` if it is of one.
fn take_sought(against: &mut Taker<'_>, known: &Known<'_>) -> Option<Sought> {
    let group =
        |against: &mut Taker<'_>| if against.has("group") { against.text("group").map(Some) } else { Some(None) };
    if against.has("duration") {
        let (name, group) = (known.told(against, "duration"), group(against));
        let statistic = against.word("statistic", &["median", "p90", "p95"].map(|word| (word, word)));
        return Some(Sought::Length { name: name?, group: group?, statistic: statistic?.to_owned() });
    }
    for key in ["ledger", "indicator"] {
        if against.has(key) {
            let (name, group) = (known.told(against, key), group(against));
            return Some(Sought::Told { name: name?, group: group? });
        }
    }
    let columns = take_flows(against, "columns", known);
    let of = if against.has("of") { take_flows(against, "of", known) } else { Some(Vec::new()) };
    Some(Sought::Columns { columns: columns?, of: of? })
}

fn take_flows(table: &mut Taker<'_>, key: &'static str, known: &Known<'_>) -> Option<Vec<String>> {
    let items = table.list(key)?;
    let flows: Vec<String> = items.iter().filter_map(|item| known.flow(table, key, item)).collect();
    (flows.len() == items.len()).then_some(flows)
}

#[cfg(test)]
mod tests;
