//! `callup explain`: one case under one law or several, dated, with the article behind every line.
//!
//! The facts are read, explained and forgotten: nothing is stored or sent, and nothing in them names anybody.

use super::args::{ExplainArgs, Format};
use super::chosen_law;
use super::render::{print, print_json};
use crate::data::{Data, sha256_hex};
use crate::error::Error;
use crate::input::facts::read_facts;
use crate::input::laws::LawText;
use callup_law::calendar::Day;
use callup_law::diagnostic::nearest;
use callup_law::explain::{self, Explanation, StatedFacts};
use callup_law::roles::MeasureKind;

/// How far a case is followed when no last day is given: a year after the last day that was stated.
const DAYS_AFTER: i32 = 366;

/// Runs the verb.
///
/// # Errors
/// When a law or the facts cannot be read or used, or standard output cannot be written.
pub fn execute(args: &ExplainArgs, data: &Data) -> Result<(), Error> {
    let facts = stated(args, data)?;
    let until = until(args, &facts)?;
    let explanations: Vec<Explanation> =
        args.laws.iter().map(|wanted| explained(data, wanted, &facts, until)).collect::<Result<_, _>>()?;
    let text = match (&args.why, &args.why_not) {
        (Some(measure), _) => each(&explanations, measure_kind(measure)?, explain::why),
        (None, Some(measure)) => each(&explanations, measure_kind(measure)?, explain::why_not),
        (None, None) if args.ics => explain::calendar_file(&explanations),
        (None, None) => match args.format {
            Format::Json => return in_json(&explanations),
            Format::Md => explain::markdown(&explanations),
            Format::Html => explain::html(&explanations),
            Format::Text if args.plain => spoken(&explanations),
            Format::Text => in_words(&explanations),
        },
    };
    print(&text)
}

fn in_json(explanations: &[Explanation]) -> Result<(), Error> {
    match explanations {
        [one] => print_json(one),
        several => print_json(&several),
    }
}

fn in_words(explanations: &[Explanation]) -> String {
    match explanations {
        [one] => explain::text(one),
        several => explain::columns(several),
    }
}

fn spoken(explanations: &[Explanation]) -> String {
    under_its_law(explanations, |explanation, title| match title {
        Some(title) => format!("Under {title}.\n{}", explain::plain(explanation)),
        None => explain::plain(explanation),
    })
}

fn each(explanations: &[Explanation], kind: MeasureKind, say: fn(&Explanation, MeasureKind) -> String) -> String {
    under_its_law(explanations, |explanation, title| match title {
        Some(title) => format!("{title}\n{}", say(explanation, kind)),
        None => say(explanation, kind),
    })
}

/// Says something of each explanation, with the title of its law where there are several.
fn under_its_law(explanations: &[Explanation], say: impl Fn(&Explanation, Option<&str>) -> String) -> String {
    let said = explanations.iter().map(|explanation| {
        let titles: Vec<&str> = explanation.laws.iter().map(|law| law.title.as_str()).collect();
        let title = titles.join("; ");
        say(explanation, Some(title.as_str()).filter(|_| explanations.len() > 1))
    });
    said.collect::<Vec<_>>().join("\n")
}

fn stated(args: &ExplainArgs, data: &Data) -> Result<StatedFacts, Error> {
    let source = data.text_at(&args.facts)?;
    let read = read_facts(&source);
    let what = format!("the facts in {}", args.facts.display());
    read.facts.ok_or_else(|| Error::Findings { what, sources: vec![source], findings: read.findings })
}

/// Explains the case by one law, or by several joined with `+`, which then succeed one another.
fn explained(data: &Data, wanted: &str, facts: &StatedFacts, until: Day) -> Result<Explanation, Error> {
    let names: Vec<&str> = if wanted.contains('/') { vec![wanted] } else { wanted.split('+').collect() };
    let laws: Vec<LawText> = names.iter().map(|name| chosen_law(data, name)).collect::<Result<_, _>>()?;
    let digests: Vec<String> = laws.iter().map(|law| sha256_hex(law.source.text.as_bytes())).collect();
    let mut texts = Vec::new();
    for (law, sha256) in laws.iter().zip(&digests) {
        let Some(book) = law.book.as_ref().filter(|_| !law.is_broken()) else { return Err(broken(law)) };
        texts.push(explain::LawText { book, sha256 });
    }
    explain::explain(&texts, facts, until).map_err(|errors| Error::Unfit {
        what: format!("the facts and {wanted} do not go together"),
        reasons: errors.iter().map(ToString::to_string).collect(),
    })
}

fn broken(law: &LawText) -> Error {
    let (what, findings) = (format!("law {}", law.source.name), law.findings.clone());
    Error::Findings { what, sources: vec![law.source.clone()], findings }
}

fn until(args: &ExplainArgs, facts: &StatedFacts) -> Result<Day, Error> {
    let Some(text) = &args.until else {
        let days = facts.notices.iter().flat_map(|notice| {
            let events = notice.events.iter().map(|event| event.1);
            events.chain(notice.dates.values().copied()).chain(notice.learned.values().copied())
        });
        let last = days.max().map_or(Day::MAX, |last| last.plus_days(DAYS_AFTER));
        return Ok(last.min(Day::MAX));
    };
    Day::parse(text).ok_or_else(|| Error::Usage {
        message: format!("--until {text} is not a date"),
        help: "write it as YYYY-MM-DD, from 1900-01-01 to 2099-12-31".into(),
    })
}

fn measure_kind(word: &str) -> Result<MeasureKind, Error> {
    MeasureKind::from_word(&word.replace('-', "_")).ok_or_else(|| {
        let words: Vec<&str> = MeasureKind::ALL.iter().map(|kind| kind.word()).collect();
        let near =
            nearest(word, words.iter().copied()).map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
        let help = format!("{near}the kinds are {}", words.join(", "));
        Error::Usage { message: format!("there is no measure `{word}`"), help }
    })
}
