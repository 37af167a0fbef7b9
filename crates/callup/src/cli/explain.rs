//! `callup explain`: one case under one law or several, dated, with the article behind every line.
//!
//! The facts are read, explained and forgotten: nothing is stored or sent, and nothing in them names anybody.

use super::args::{ExplainArgs, Format, Lang};
use super::ask;
use super::render::{print, print_json};
use crate::data::Data;
use crate::error::Error;
use crate::explaining::Wanted;
use crate::input::facts::{facts_text, read_facts};
use callup_law::calendar::Day;
use callup_law::diagnostic::nearest;
use callup_law::explain::{self, Explanation, Language, StatedFacts};
use callup_law::roles::MeasureKind;
use std::path::Path;

/// Runs the verb.
///
/// # Errors
/// When a law or the facts cannot be read or used, or standard output cannot be written.
pub fn execute(args: &ExplainArgs, data: &Data) -> Result<(), Error> {
    let language = language(args.lang);
    let wanted: Vec<Wanted> = args.laws.iter().map(|name| Wanted::read(data, name)).collect::<Result<_, _>>()?;
    let facts = match &args.facts {
        Some(path) => stated(path, data)?,
        None => asked(args, language, &wanted)?,
    };
    if args.print_facts {
        return print(&facts_text(&facts));
    }
    let until = until(args, &facts)?;
    let explanations: Vec<Explanation> =
        wanted.iter().map(|one| one.explained(language, &facts, until)).collect::<Result<_, _>>()?;
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
        Some(title) => format!("{}\n{}", explain::under_law(explanation, title), explain::plain(explanation)),
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

fn language(lang: Lang) -> Language {
    match lang {
        Lang::En => Language::English,
        Lang::Ru => Language::Russian,
        Lang::Uk => Language::Ukrainian,
    }
}

fn asked(args: &ExplainArgs, language: Language, wanted: &[Wanted]) -> Result<StatedFacts, Error> {
    let texts: Vec<Vec<explain::LawText<'_>>> = wanted.iter().map(Wanted::texts).collect::<Result<_, _>>()?;
    ask::facts(language, &texts, args.ask)
}

fn stated(path: &Path, data: &Data) -> Result<StatedFacts, Error> {
    let source = data.text_at(path)?;
    let read = read_facts(&source);
    let what = format!("the facts in {}", path.display());
    read.facts.ok_or_else(|| Error::Findings { what, sources: vec![source], findings: read.findings })
}

fn until(args: &ExplainArgs, facts: &StatedFacts) -> Result<Day, Error> {
    let Some(text) = &args.until else {
        return Ok(facts.last_day().unwrap_or(Day::MAX));
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
