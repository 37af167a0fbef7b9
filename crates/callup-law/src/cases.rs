//! Runs the `case` blocks of a law: what is given, what is expected, what came.
//!
//! A case must hold whatever it leaves unsaid: where a switch or a fact that it does not give changes the outcome, it fails and says which.

use crate::calendar::Day;
use crate::diagnostic::{Diagnostic, Severity, Source, Span};
use crate::forks::{Fork, Known, explore};
use crate::holder::{Laws, Notice, What, horizon_for};
use crate::program::{Answers, BindError, PictureCode};
use crate::rulebook::{Case, Cite, Expected, FactKind, Given, Rulebook};
use outcome::Ran;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

mod outcome;

/// How a case went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CaseResult {
    /// Name of the case.
    pub name: String,
    /// Whether all that was expected came.
    pub passed: bool,
    /// Each expectation.
    pub checks: Vec<Check>,
    /// Why the case could not be run at all.
    pub problem: Option<String>,
    /// Place.
    pub cite: Cite,
}

/// One expectation of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    /// As the law writes it.
    pub expected: String,
    /// What came instead, or the same.
    pub came: String,
    /// What was assumed where it failed, for example `credit_ban_active = no`; empty if nothing had to be.
    pub assuming: Vec<String>,
    /// Whether it came.
    pub passed: bool,
}

/// Years a case runs after its last date, so that what is expected never to come had time to.
const YEARS_AFTER: i32 = 10;
/// Ways that a case may leave open.
const FORKS_MAX: usize = 64;

/// Runs all cases of a rulebook.
#[must_use]
pub fn run_cases(book: &Rulebook) -> Vec<CaseResult> {
    book.cases.iter().map(|case| run_case(book, case)).collect()
}

/// The failing cases as findings on the text they come from, which has this index.
#[must_use]
pub fn findings(results: &[CaseResult], source: &Source, index: u16) -> Vec<Diagnostic> {
    let failing = results.iter().filter(|result| !result.passed);
    failing
        .map(|result| Diagnostic {
            code: "E090",
            severity: Severity::Error,
            span: line_span(&source.text, result.cite.line, index),
            heading: Some(heading(&result.cite)),
            message: format!("case \"{}\" fails", result.name),
            help: result.help(),
        })
        .collect()
}

impl CaseResult {
    /// One line for everything that did not come.
    #[must_use]
    pub fn help(&self) -> Vec<String> {
        let failed = self.checks.iter().filter(|check| !check.passed).map(|check| {
            let assuming = if check.assuming.is_empty() {
                String::new()
            } else {
                format!(" if {}, which the case does not say", check.assuming.join(" and "))
            };
            format!("expected {}; came {}{assuming}", check.expected, check.came)
        });
        self.problem.iter().cloned().chain(failed).collect()
    }
}

fn heading(cite: &Cite) -> String {
    if cite.paragraph.is_empty() { cite.article.clone() } else { format!("{}({})", cite.article, cite.paragraph) }
}

fn line_span(text: &str, line: u32, source: u16) -> Span {
    let mut start = 0;
    for (number, found) in (1u32..).zip(text.split_inclusive('\n')) {
        if number == line {
            let width = found.trim_end().len();
            return Span { source, start: start as u32, end: (start + width) as u32 };
        }
        start += found.len();
    }
    Span { source, start: start as u32, end: start as u32 }
}

fn run_case(book: &Rulebook, case: &Case) -> CaseResult {
    let forks = setting(book, case).and_then(|setting| Ok((forks_of(book, &setting)?, setting)));
    match forks {
        Err(problem) => CaseResult {
            name: case.name.clone(),
            passed: false,
            checks: Vec::new(),
            problem: Some(problem),
            cite: case.cite.clone(),
        },
        Ok((forks, setting)) => {
            let ran = Ran { book, dates: &setting.notices[CASE].dates };
            let checks: Vec<Check> = case.expected.iter().map(|expected| check(&ran, expected, &forks)).collect();
            let passed = checks.iter().all(|check| check.passed);
            CaseResult { name: case.name.clone(), passed, checks, problem: None, cite: case.cite.clone() }
        }
    }
}

/// Index of the notice that the case is about.
const CASE: usize = 0;

/// What a case gives, sorted.
struct Setting {
    /// That of the case, then the other matter, if something happens there.
    notices: Vec<Notice>,
    known: Known,
    answers: Answers,
    until: Day,
}

fn forks_of(book: &Rulebook, setting: &Setting) -> Result<Vec<Fork>, String> {
    let notices = &setting.notices;
    let horizon = horizon_for(notices, setting.until).ok_or("the dates of the case lie too far apart")?;
    let kinds = BTreeSet::from([notices[CASE].kind]);
    let laws = Laws::bind(&[book], &kinds, &setting.answers, horizon).map_err(|errors| sentence(&errors))?;
    let mut forks = explore(&laws, &setting.known, notices, setting.until, FORKS_MAX);
    let happened =
        |what: &What| forks.forks.iter().any(|fork| fork.history.entries.iter().any(|entry| entry.what == *what));
    if happened(&What::NoLaw) {
        return Err(format!("the matter opens on a day on which `{}` is not in force", book.id));
    }
    if forks.forks.iter().any(|fork| fork.history.endless) {
        return Err("the law moves in circles without time passing".to_string());
    }
    if forks.cut_off {
        return Err(format!("the case leaves more than {FORKS_MAX} ways open; say more"));
    }
    // The other matter is there for what it does to the one of the case.
    for fork in &mut forks.forks {
        fork.history.entries.retain(|entry| entry.matter == CASE);
    }
    Ok(forks.forks)
}

fn sentence(errors: &[BindError]) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

fn setting(book: &Rulebook, case: &Case) -> Result<Setting, String> {
    let first_kind = book.matters.first().and_then(|matter| matter.notices.first()).copied();
    let kind = case.given.iter().find_map(|given| if let Given::Kind(kind) = given { Some(*kind) } else { None });
    let kind = kind.or(first_kind).ok_or("the law has no matter")?;
    let mut notice = Notice { kind, dates: BTreeMap::new(), events: Vec::new(), remedies: Vec::new() };
    let mut other = notice.clone();
    let mut known = Known::default();
    for given in &case.given {
        match *given {
            Given::Event(event, day) => notice.events.push((event, day)),
            Given::Elsewhere(event, day) => other.events.push((event, day)),
            Given::Date(fact, day) => {
                let fact = book.facts.get(fact).ok_or("the case names an unknown fact")?;
                notice.dates.insert(fact.name.clone(), day);
            }
            Given::Person(fact, is) => {
                let fact = book.facts.get(fact).ok_or("the case names an unknown fact")?;
                if let FactKind::Person { role, picture } = &fact.kind {
                    known.facts.insert((*role, PictureCode::from(picture)), is);
                }
            }
            Given::Born(day) => known.born = Some(day),
            Given::Remedy(event, remedy, day) => {
                let remedy = book.remedies.get(remedy).ok_or("the case names an unknown remedy")?;
                notice.remedies.push((event, day, remedy.name.clone()));
            }
            Given::ConditionFrom(condition, is, from) => {
                let condition = book.conditions.get(condition).ok_or("the case names an unknown condition")?;
                known.conditions_from.insert(condition.name.clone(), (from, is));
            }
            Given::Condition(condition, is) => {
                let condition = book.conditions.get(condition).ok_or("the case names an unknown condition")?;
                known.conditions.insert(condition.name.clone(), is);
            }
            Given::Kind(_) => {}
        }
    }
    let mut answers = Answers::new();
    for (switch, option) in &case.answers {
        let switch = book.switches.get(*switch).ok_or("the case answers an unknown switch")?;
        let option = switch.options.get(*option).ok_or("the case gives an unknown answer")?;
        answers.insert(switch.name.clone(), option.clone());
    }
    let mut notices = vec![notice];
    notices.extend((!other.events.is_empty()).then_some(other));
    let until = last_day(case, &notices);
    Ok(Setting { notices, known, answers, until })
}

fn last_day(case: &Case, notices: &[Notice]) -> Day {
    let expected = case.expected.iter().filter_map(|expected| match expected {
        Expected::MeasureOn(_, day) | Expected::LiftedBy(_, day) | Expected::StateOn { day, .. } => Some(*day),
        Expected::SuspendedOn(_, day) | Expected::ResumedOn(_, day) => Some(*day),
        Expected::OpenUntil(_, day) | Expected::MustActBy(_, day) => Some(*day),
        Expected::NoMeasure(_) | Expected::MeasureOpen(_) | Expected::NeverState { .. } => None,
        Expected::Void | Expected::Gap(_) => None,
    });
    let given = notices.iter().flat_map(|notice| {
        let named = notice.remedies.iter().map(|(_, day, _)| *day);
        notice.dates.values().copied().chain(notice.events.iter().map(|(_, day)| *day)).chain(named)
    });
    let last = expected.chain(given).max().unwrap_or(Day::MIN);
    Day(last.plus_days(YEARS_AFTER * 366).0.min(Day::MAX.0))
}

fn check(ran: &Ran<'_>, expected: &Expected, forks: &[Fork]) -> Check {
    let holds = |fork: &&Fork| ran.holds(expected, &fork.history);
    let failing = forks.iter().find(|fork| !holds(fork));
    // What the outcome hangs on is said only where some way passes and some does not.
    let hangs = forks.iter().any(|fork| holds(&fork));
    let shown = failing.or(forks.first());
    let assuming = failing.filter(|_| hangs).map_or_else(Vec::new, |fork| {
        fork.assumptions
            .iter()
            .map(|assumption| {
                let answer = &assumption.question.alternatives()[assumption.alternative];
                format!("{} = {answer}", assumption.question.topic())
            })
            .collect()
    });
    Check {
        expected: ran.words(expected),
        came: shown.map_or_else(String::new, |fork| ran.came(expected, &fork.history)),
        assuming,
        passed: failing.is_none(),
    }
}
