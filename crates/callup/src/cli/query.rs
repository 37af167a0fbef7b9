//! `callup query`: one figure of a run or comparison that is there, with its unit, its definition and, where there are replicates, its interval.

use super::args::QueryArgs;
use super::render::{aligned, print, print_json};
use crate::error::Error;
use crate::output::words::{grouped, percent};
use crate::shelf::{Answer, AnswerKind, Interval, Question, Shelved, Unanswered, of_folder};
use callup_law::calendar::Day;
use serde::Serialize;

/// Version of the meaning of the JSON.
const FORMAT_VERSION: u32 = 1;

#[derive(Debug, Serialize)]
struct Told {
    /// World of a comparison.
    #[serde(skip_serializing_if = "Option::is_none")]
    world: Option<String>,
    #[serde(flatten)]
    answer: Answer,
    /// Of the number at scale 1; of a length of its median in days.
    interval: Option<Interval>,
    /// Of the share.
    share_interval: Option<Interval>,
}

#[derive(Debug, Serialize)]
struct Printed<'p> {
    format_version: u32,
    run: String,
    answers: &'p [Told],
}

/// Runs the verb.
///
/// # Errors
/// When the folder cannot be read, or has no such figure.
pub fn execute(args: &QueryArgs) -> Result<(), Error> {
    let question = question(args)?;
    let told: Vec<Told> =
        of_folder(&args.run)?.iter().map(|shelved| tell(shelved, &question)).collect::<Result<_, _>>()?;
    if args.json {
        let run = args.run.display().to_string();
        return print_json(&Printed { format_version: FORMAT_VERSION, run, answers: &told });
    }
    print(&told.iter().map(words).collect::<Vec<_>>().join("\n"))
}

fn question(args: &QueryArgs) -> Result<Question, Error> {
    let day = |option: &str, text: &Option<String>| {
        let parse = |text: &String| {
            Day::parse(text).ok_or_else(|| Error::Usage {
                message: format!("{option} {text} is no date"),
                help: "write it as 2023-04-14".into(),
            })
        };
        text.as_ref().map(parse).transpose()
    };
    Ok(Question {
        indicator: args.indicator.clone(),
        place: args.place.clone().filter(|place| place != crate::output::tables::ALL_REGIONS),
        from: day("--from", &args.from)?,
        until: day("--to", &args.to)?,
        group: args.group.clone(),
    })
}

fn tell(shelved: &Shelved, question: &Question) -> Result<Told, Error> {
    let usage = |unanswered: Unanswered| Error::Usage { message: unanswered.message, help: unanswered.help };
    let answer = shelved.shelf.answer(question).map_err(usage)?;
    // A sister in which nothing of the kind happened has no answer: it is left out, and the number of replicates says so.
    let others: Vec<Answer> = shelved.sisters.iter().filter_map(|sister| sister.answer(question).ok()).collect();
    let all = || std::iter::once(&answer).chain(&others);
    let number = |answer: &Answer| match answer.kind {
        AnswerKind::Length => answer.days.get("median").copied().flatten().map(f64::from),
        _ => Some(answer.expanded as f64),
    };
    let interval = Interval::of(&all().filter_map(number).collect::<Vec<_>>());
    let share_interval = Interval::of(&all().filter_map(|answer| answer.share).collect::<Vec<_>>());
    Ok(Told { world: shelved.world.clone(), answer, interval, share_interval })
}

fn words(told: &Told) -> String {
    let answer = &told.answer;
    let mut rows = vec![[answer.indicator.clone(), answer.definition.clone()]];
    rows.extend(told.world.iter().map(|world| ["world".into(), world.clone()]));
    rows.push(["place".into(), answer.place.clone()]);
    rows.extend(answer.group.iter().map(|group| ["group".into(), group.clone()]));
    let when = match (&answer.from, &answer.until) {
        (Some(from), Some(until)) => format!("{from} to {until}"),
        (None, Some(until)) => format!("at the end of {until}"),
        _ => "the whole run".to_owned(),
    };
    rows.push(["when".into(), when]);
    let between = |interval: Option<&Interval>, show: &dyn Fn(f64) -> String| {
        interval.map_or_else(String::new, |one| {
            let [low, median, high] = [one.low, one.median, one.high].map(show);
            format!(", {low} to {high}, median {median}, in {} replicates ({})", one.replicates, one.bounds.words())
        })
    };
    if answer.kind == AnswerKind::Length {
        rows.push(["counted".into(), grouped(answer.expanded)]);
        for (statistic, days) in &answer.days {
            let days = days.map_or_else(|| "not reached".to_owned(), |days| format!("{days} days"));
            let noise = between(told.interval.as_ref().filter(|_| statistic == "median"), &|days| format!("{days}"));
            rows.push([statistic.clone(), format!("{days}{noise}")]);
        }
        rows.extend(answer.counts.iter().map(|(statistic, count)| [statistic.clone(), grouped(*count)]));
    } else {
        let noise = between(told.interval.as_ref(), &|number| grouped(number.round() as u64));
        rows.push(["value".into(), format!("{} {}{noise}", grouped(answer.expanded), answer.unit)]);
        if let Some(share) = answer.share {
            rows.push([
                "share".into(),
                format!("{}{}", percent(share), between(told.share_interval.as_ref(), &percent)),
            ]);
        }
    }
    aligned(&rows.into_iter().map(Vec::from).collect::<Vec<_>>(), &[])
}
