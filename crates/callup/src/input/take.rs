//! Taking keys out of a tree, one by one, with every finding kept and none repeated.
//!
//! A taker names each key that may stand in a table; what is left is unknown. Nothing is made up for a key that is
//! missing. This file knows what a parameter and a waiting time are, and no scenario.

use super::document::{Entry, NAME_BYTES_MAX, Node, Value, finding, keep, name_too_long};
use callup_law::calendar::Day;
use callup_law::diagnostic::{Diagnostic, Source, Span, nearest};
use callup_sim::people::AgeTable;
use callup_sim::scenario::{Basis, Delay, Parameter, ParameterRecord};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

/// What one reading collects.
#[derive(Debug)]
pub struct Collector<'s> {
    sources: &'s [Source],
    findings: RefCell<Vec<Diagnostic>>,
    register: RefCell<Vec<ParameterRecord>>,
    places: RefCell<BTreeMap<String, Span>>,
}

impl<'s> Collector<'s> {
    /// An empty one for these sources.
    #[must_use]
    pub fn new(sources: &'s [Source], findings: Vec<Diagnostic>) -> Self {
        let findings = RefCell::new(findings);
        Collector { sources, findings, register: RefCell::default(), places: RefCell::default() }
    }

    /// Adds a finding.
    pub fn add(&self, code: &'static str, span: Span, message: String, help: Vec<String>) {
        keep(&mut self.findings.borrow_mut(), finding(code, span, message, help));
    }

    /// Where the value with this path stands; of a path that was not given, where its nearest table stands.
    #[must_use]
    pub fn place(&self, path: &str) -> Span {
        let places = self.places.borrow();
        let mut path = path;
        loop {
            if let Some(span) = places.get(path) {
                return *span;
            }
            match path.rfind('.') {
                Some(dot) => path = &path[..dot],
                None => return Span { source: 0, start: 0, end: 0 },
            }
        }
    }

    /// The findings in the order of the text, and the register of parameters.
    #[must_use]
    pub fn finish(self) -> (Vec<Diagnostic>, Vec<ParameterRecord>) {
        let mut findings = self.findings.into_inner();
        findings.sort_by(|a, b| (a.span, a.code, &a.message).cmp(&(b.span, b.code, &b.message)));
        findings.dedup();
        (findings, self.register.into_inner())
    }
}

/// What numbers a key takes. The unit stands at the end of the key's name.
const UNITS: &[(&str, &str, f64, f64)] = &[
    ("_daily_share", "share per day", 0.0, 1.0),
    ("_share", "share", 0.0, 1.0),
    ("_per_year", "per year", 0.0, 1e9),
    ("_per_day_and_100000", "per day and 100,000 inhabitants", 0.0, 1e6),
    ("_per_day", "per day", 0.0, 1e9),
    ("_per_decreed", "notices per man of the decreed number", 0.0, 1000.0),
    ("_factor", "factor", 0.0, 1000.0),
    ("_persons", "persons", 0.0, 1e9),
    ("_sets", "sets", 0.0, 1e9),
    ("_cases", "cases", 0.0, 1e9),
    ("_requests", "requests", 0.0, 1e9),
    ("_roubles", "roubles", 0.0, 1e15),
    ("_attempts", "attempts", 1.0, 100.0),
    ("_roubles", "roubles", 0.0, 1e9),
    ("_days", "days", 0.0, 3650.0),
    ("_years", "years", 0.0, 120.0),
];

/// Unit of a key, with the least and the greatest value it can take; the part of the name before it.
fn unit_of(key: &str) -> Option<(&'static str, f64, f64)> {
    UNITS.iter().find(|unit| key.ends_with(unit.0)).map(|unit| (unit.1, unit.2, unit.3))
}

/// A key without the unit at its end.
fn stem_of(key: &str) -> &str {
    UNITS.iter().find_map(|unit| key.strip_suffix(unit.0)).unwrap_or(key)
}

/// A table being taken apart.
#[derive(Debug)]
pub struct Taker<'a> {
    collector: &'a Collector<'a>,
    entries: &'a [Entry],
    span: Span,
    path: String,
    asked: Vec<&'static str>,
}

impl<'a> Taker<'a> {
    /// The whole document.
    #[must_use]
    pub fn root(collector: &'a Collector<'a>, node: &'a Node) -> Self {
        let entries = if let Value::Table(entries) = &node.value { entries.as_slice() } else { &[] };
        Taker { collector, entries, span: node.span, path: String::new(), asked: Vec::new() }
    }

    /// Where the table stands.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// Path of the table.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Path of a key of this table.
    #[must_use]
    pub fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// The collector.
    #[must_use]
    pub fn collector(&self) -> &'a Collector<'a> {
        self.collector
    }

    /// All keys and values as they stand, for tables whose keys are free (answers, regions); nothing is then unknown.
    #[must_use]
    pub fn free_entries(&self) -> &'a [Entry] {
        for entry in self.entries {
            self.remember(&entry.key, entry.node.span);
        }
        self.entries
    }

    fn remember(&self, key: &str, span: Span) {
        self.collector.places.borrow_mut().insert(self.path_of(key), span);
    }

    /// Whether a key is given, without taking it.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| entry.key == key)
    }

    /// The value of a key that may be missing.
    pub fn optional(&mut self, key: &'static str) -> Option<&'a Node> {
        self.asked.push(key);
        let entry = self.entries.iter().find(|entry| entry.key == key)?;
        self.remember(key, entry.node.span);
        Some(&entry.node)
    }

    /// The value of a key that must be there: `S004` or, where only the unit is missing, `S005`.
    pub fn required(&mut self, key: &'static str) -> Option<&'a Node> {
        let found = self.optional(key);
        if found.is_none() {
            self.miss(key);
        }
        found
    }

    fn miss(&self, key: &str) {
        let stem = stem_of(key);
        let without_unit = self.entries.iter().find(|entry| stem != key && stem_of(&entry.key) == stem);
        if let Some(entry) = without_unit {
            let (unit, ..) = unit_of(key).unwrap_or(("", 0.0, 0.0));
            let fault = if unit_of(&entry.key).is_some() { "is in another unit" } else { "does not say its unit" };
            let message = format!("`{}` {fault}", self.path_of(&entry.key));
            self.collector.add("S005", entry.key_span, message, vec![format!("write `{key}` ({unit})")]);
            return;
        }
        let help = vec!["nothing is assumed for a key that is missing".to_owned()];
        self.collector.add("S004", self.span, format!("`{}` is missing", self.path_of(key)), help);
    }

    /// Says what is left over: `S003`. Call it once every key has been asked for.
    pub fn finish(self) {
        for entry in self.entries {
            if self.asked.contains(&entry.key.as_str()) || self.lacks_only_its_unit(&entry.key) {
                continue;
            }
            let message = format!("`{}` is not a key of this table", self.path_of(&entry.key));
            self.collector.add("S003", entry.key_span, message, self.other_keys(&entry.key));
        }
    }

    fn lacks_only_its_unit(&self, key: &str) -> bool {
        let stem = stem_of(key);
        self.asked.iter().any(|asked| stem_of(asked) == stem && stem_of(asked) != *asked && !self.has(asked))
    }

    fn other_keys(&self, key: &str) -> Vec<String> {
        match nearest(key, self.asked.iter().copied()) {
            Some(near) => vec![format!("did you mean `{near}`?")],
            None => vec![format!("it takes {}", listed(self.asked.iter().copied()))],
        }
    }

    /// `S006`: not what is wanted here. Silent on a value that is already reported.
    fn wrong(&self, key: &str, node: &Node, wanted: &str) {
        if node.value != Value::Broken {
            let message = format!("`{}` must be {wanted}, not {}", self.path_of(key), node.value.kind());
            self.collector.add("S006", node.span, message, Vec::new());
        }
    }

    /// A table.
    pub fn table(&mut self, key: &'static str) -> Option<Taker<'a>> {
        let node = self.required(key)?;
        self.as_table(key, node)
    }

    /// A table out of a node of this one.
    #[must_use]
    pub fn as_table(&self, key: &str, node: &'a Node) -> Option<Taker<'a>> {
        let Value::Table(entries) = &node.value else {
            self.wrong(key, node, "a table");
            return None;
        };
        Some(Taker { collector: self.collector, entries, span: node.span, path: self.path_of(key), asked: Vec::new() })
    }

    /// A list of tables `[[key]]`, each with a `name` that is its path and may stand once (`S016`). The name is asked for here.
    pub fn named_tables(&mut self, key: &'static str, naming: &'static str) -> Option<Vec<(String, Taker<'a>)>> {
        let node = self.required(key)?;
        let items = self.as_list(key, node)?;
        let mut seen: BTreeSet<String> = BTreeSet::new();
        let mut tables = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let Some(mut table) = self.as_table(&format!("{key}.{index}"), item) else { continue };
            if let Some((name, span)) = table.text_at(naming) {
                if name.len() > NAME_BYTES_MAX {
                    keep(&mut self.collector.findings.borrow_mut(), name_too_long(span, "the name of a table"));
                    continue;
                }
                if seen.contains(&name) {
                    let message = format!("there are two `[[{key}]]` with the {naming} `{name}`");
                    let help = vec!["give each its own; it is part of paths and of the key of chance".to_owned()];
                    self.collector.add("S016", span, message, help);
                } else {
                    table.path = self.path_of(&format!("{key}.{name}"));
                    seen.insert(name.clone());
                }
                let mut places = self.collector.places.borrow_mut();
                places.insert(table.path.clone(), table.span);
                places.insert(table.path_of(naming), span);
                drop(places);
                tables.push((name, table));
            } else {
                tables.push((String::new(), table));
            }
        }
        Some(tables)
    }

    /// A list of tables without names.
    pub fn tables(&mut self, key: &'static str) -> Option<Vec<Taker<'a>>> {
        let node = self.required(key)?;
        let items = self.as_list(key, node)?;
        let numbered = items.iter().enumerate();
        Some(numbered.filter_map(|(index, item)| self.as_table(&format!("{key}.{index}"), item)).collect())
    }

    fn as_list(&self, key: &str, node: &'a Node) -> Option<&'a [Node]> {
        let Value::List(items) = &node.value else {
            self.wrong(key, node, "a list");
            return None;
        };
        Some(items)
    }

    /// A list.
    pub fn list(&mut self, key: &'static str) -> Option<&'a [Node]> {
        let node = self.required(key)?;
        self.as_list(key, node)
    }

    /// A text that is not empty (`S012`).
    pub fn text(&mut self, key: &'static str) -> Option<String> {
        self.text_at(key).map(|found| found.0)
    }

    /// A text and its place.
    pub fn text_at(&mut self, key: &'static str) -> Option<(String, Span)> {
        let node = self.required(key)?;
        self.as_text(key, node).map(|text| (text, node.span))
    }

    /// A text out of a node.
    #[must_use]
    pub fn as_text(&self, key: &str, node: &Node) -> Option<String> {
        let Value::Text(text) = &node.value else {
            self.wrong(key, node, "a text");
            return None;
        };
        let text = text.trim();
        if text.is_empty() {
            self.collector.add("S012", node.span, format!("`{}` is empty", self.path_of(key)), Vec::new());
            return None;
        }
        Some(text.to_owned())
    }

    /// A date.
    pub fn day(&mut self, key: &'static str) -> Option<Day> {
        let node = self.required(key)?;
        self.as_day(key, node)
    }

    /// A date out of a node.
    #[must_use]
    pub fn as_day(&self, key: &str, node: &Node) -> Option<Day> {
        let Value::Date(day) = node.value else {
            self.wrong(key, node, "a date such as 2023-04-14, without quotes");
            return None;
        };
        Some(day)
    }

    /// Yes or no.
    pub fn truth(&mut self, key: &'static str) -> Option<bool> {
        let node = self.required(key)?;
        self.as_truth(key, node)
    }

    /// Yes or no out of a node.
    #[must_use]
    pub fn as_truth(&self, key: &str, node: &Node) -> Option<bool> {
        let Value::Truth(truth) = node.value else {
            self.wrong(key, node, "true or false");
            return None;
        };
        Some(truth)
    }

    /// A whole number in a range (`S007`).
    pub fn whole<T: TryFrom<i64>>(&mut self, key: &'static str, range: RangeInclusive<i64>) -> Option<T> {
        let node = self.required(key)?;
        self.as_whole(key, node, range)
    }

    /// A whole number out of a node.
    pub fn as_whole<T: TryFrom<i64>>(&self, key: &str, node: &Node, range: RangeInclusive<i64>) -> Option<T> {
        let Value::Integer(number) = node.value else {
            self.wrong(key, node, "a whole number");
            return None;
        };
        if !range.contains(&number) {
            self.out_of_range(key, node.span, number as f64, *range.start() as f64, *range.end() as f64);
            return None;
        }
        T::try_from(number).ok()
    }

    /// A number in a range (`S007`).
    pub fn number(&mut self, key: &'static str, range: RangeInclusive<f64>) -> Option<f64> {
        let node = self.required(key)?;
        self.as_number(key, node, range)
    }

    /// A number out of a node.
    #[must_use]
    pub fn as_number(&self, key: &str, node: &Node, range: RangeInclusive<f64>) -> Option<f64> {
        let number = match node.value {
            Value::Number(number) => number,
            Value::Integer(number) => number as f64,
            _ => {
                self.wrong(key, node, "a number");
                return None;
            }
        };
        if !range.contains(&number) {
            self.out_of_range(key, node.span, number, *range.start(), *range.end());
            return None;
        }
        Some(number)
    }

    fn out_of_range(&self, key: &str, span: Span, number: f64, low: f64, high: f64) {
        let message = format!("`{}` is {number}", self.path_of(key));
        self.collector.add("S007", span, message, vec![format!("it must lie between {low} and {high}")]);
    }

    /// A word of a closed list (`S011`).
    pub fn word<T: Copy>(&mut self, key: &'static str, words: &[(&'static str, T)]) -> Option<T> {
        let node = self.required(key)?;
        self.as_word(key, node, words)
    }

    /// A word out of a node.
    #[must_use]
    pub fn as_word<T: Copy>(&self, key: &str, node: &Node, words: &[(&'static str, T)]) -> Option<T> {
        let text = self.as_text(key, node)?;
        let found = words.iter().find(|word| word.0 == text).map(|word| word.1);
        if found.is_none() {
            let message = format!("`{}` cannot be `{text}`", self.path_of(key));
            let names = words.iter().map(|word| word.0);
            let help = match nearest(&text, names.clone()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("it is one of {}", listed(names)),
            };
            self.collector.add("S011", node.span, message, vec![help]);
        }
        found
    }

    /// The basis of the numbers of this table: `source` or `assumption`, exactly one (`S009`).
    pub fn basis(&mut self) -> Option<Basis> {
        let source = self.optional("source");
        let assumption = self.optional("assumption");
        match (source, assumption) {
            (Some(node), None) => self.as_text("source", node).map(Basis::Source),
            (None, Some(node)) => self.as_text("assumption", node).map(Basis::Assumption),
            (None, None) => {
                let message = format!("`{}` says neither its `source` nor an `assumption`", self.path);
                let help = "add `source = \"where it was read\"` or `assumption = \"why this value\"`".to_owned();
                self.collector.add("S009", self.span, message, vec![help]);
                None
            }
            (Some(_), Some(_)) => {
                let message = format!("`{}` gives both a `source` and an `assumption`", self.path);
                self.collector.add("S009", self.span, message, vec!["keep the one it rests on".to_owned()]);
                None
            }
        }
    }

    /// A parameter `{ value, low, high, source | assumption }`; its unit and range follow from the key's name.
    pub fn parameter(&mut self, key: &'static str) -> Option<Parameter> {
        let mut table = self.table(key)?;
        let (unit, least, greatest) = unit_of(key).unwrap_or(("number", f64::MIN, f64::MAX));
        let value = table.number("value", least..=greatest);
        let low = table.number("low", least..=greatest);
        let high = table.number("high", least..=greatest);
        let basis = table.basis();
        let (span, path) = (table.span, table.path.clone());
        table.finish();
        let parameter = Parameter { value: value?, low: low?, high: high?, basis: basis? };
        if !(parameter.low <= parameter.value && parameter.value <= parameter.high) {
            let Parameter { value, low, high, .. } = parameter;
            let message = format!("`{path}`: {value} does not lie between low = {low} and high = {high}");
            self.collector.add("S010", span, message, Vec::new());
            return None;
        }
        self.enter(path, unit, &parameter, span);
        Some(parameter)
    }

    /// A share by age: `{ bands = [[first age, last age, value, low, high], …], source | assumption }`, ages 16 to 64 each once.
    pub fn age_table(&mut self, key: &'static str) -> Option<AgeTable> {
        let mut table = self.table(key)?;
        let rows: Option<Vec<[f64; 5]>> = table.list("bands").and_then(|items| {
            let rows: Vec<[f64; 5]> = items.iter().filter_map(|item| table.band(item)).collect();
            (rows.len() == items.len()).then_some(rows)
        });
        let basis = table.basis();
        let (span, path) = (table.span, table.path.clone());
        table.finish();
        let (rows, basis) = (rows?, basis?);
        let bands: Vec<(u8, u8, f64)> = rows.iter().map(|row| (row[0] as u8, row[1] as u8, row[2])).collect();
        let ages = AgeTable::from_bands(&bands);
        if let Err(error) = &ages {
            self.collector.add("S013", span, format!("`{path}`: {error}"), Vec::new());
        }
        for [first, last, value, low, high] in rows {
            let parameter = Parameter { value, low, high, basis: basis.clone() };
            self.enter(format!("{path}.{first}_{last}"), "share", &parameter, span);
        }
        ages.ok()
    }

    fn band(&self, item: &Node) -> Option<[f64; 5]> {
        let Value::List(cells) = &item.value else {
            self.wrong("bands", item, "a list such as [16, 17, 0.9, 0.85, 0.95]");
            return None;
        };
        let [first, last, value, low, high] = cells.as_slice() else {
            let message = format!("`{}` has {} numbers, not 5", self.path_of("bands"), cells.len());
            let help = vec!["first age, last age, value, low, high".to_owned()];
            self.collector.add("S006", item.span, message, help);
            return None;
        };
        let first: u8 = self.as_whole("bands", first, 0..=120)?;
        let last: u8 = self.as_whole("bands", last, 0..=120)?;
        let value = self.as_number("bands", value, 0.0..=1.0)?;
        let (low, high) = (self.as_number("bands", low, 0.0..=1.0)?, self.as_number("bands", high, 0.0..=1.0)?);
        if !(low <= value && value <= high) {
            let message = format!("`{}`: {value} does not lie between low = {low} and high = {high}", self.path);
            self.collector.add("S010", item.span, message, Vec::new());
            return None;
        }
        Some([f64::from(first), f64::from(last), value, low, high])
    }

    fn enter(&self, path: String, unit: &'static str, parameter: &Parameter, span: Span) {
        let source = self.collector.sources.get(usize::from(span.source));
        let set_in = source.map(|source| source.name.clone()).unwrap_or_default();
        let record = ParameterRecord { path, unit, parameter: parameter.clone(), set_in };
        self.collector.register.borrow_mut().push(record);
    }

    /// A waiting time: `{ days }`, `{ from_days, to_days }` or `{ days_and_weights = [[day, weight], …] }`, with its basis.
    /// It stands in the register of parameters with its mean.
    pub fn delay(&mut self, key: &'static str) -> Option<Delay> {
        let mut table = self.table(key)?;
        let basis = table.basis();
        let delay = if table.has("days_and_weights") {
            let weights = table.days_and_weights("days_and_weights", 0.0..=1.0);
            weights.zip(basis).map(|(weights, basis)| Delay::Table { weights, basis })
        } else if table.has("from_days") || table.has("to_days") {
            let (from, to) = (table.whole("from_days", 0..=3650), table.whole("to_days", 0..=3650));
            from.zip(to).zip(basis).map(|((from_days, to_days), basis)| Delay::Uniform { from_days, to_days, basis })
        } else {
            table.whole("days", 0..=3650).zip(basis).map(|(days, basis)| Delay::Fixed { days, basis })
        };
        let (span, path) = (table.span, table.path.clone());
        table.finish();
        let delay = delay?;
        if let Err(why) = delay.check() {
            self.collector.add("S013", span, format!("`{path}`: {why}"), Vec::new());
            return None;
        }
        let mean = delay.mean_days();
        let parameter = Parameter { value: mean, low: mean, high: mean, basis: delay.basis().clone() };
        self.enter(path, "days (mean)", &parameter, span);
        Some(delay)
    }

    /// A list of pairs (day, number).
    pub fn days_and_weights(&mut self, key: &'static str, range: RangeInclusive<f64>) -> Option<Vec<(u16, f64)>> {
        let items = self.list(key)?;
        let mut pairs = Vec::new();
        for item in items {
            let Value::List(pair) = &item.value else {
                self.wrong(key, item, "a list of pairs such as [[0, 0.5], [1, 0.5]]");
                return None;
            };
            let [day, weight] = pair.as_slice() else {
                self.wrong(key, item, "a list of pairs such as [[0, 0.5], [1, 0.5]]");
                return None;
            };
            pairs.push((self.as_whole(key, day, 0..=3650)?, self.as_number(key, weight, range.clone())?));
        }
        Some(pairs)
    }
}

/// The names, each in back-quotes.
pub(crate) fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let quoted: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}
