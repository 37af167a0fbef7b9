//! `callup compare`: the same people under two laws or scenarios, or more; the differences that matter, and what parts the lives.

use super::args::CompareArgs;
use super::progress::{Display, listen_for_interrupts};
use super::render::{aligned, print, print_json, talk};
use crate::comparing::compare;
use crate::data::Data;
use crate::error::Error;
use crate::output::comparison::{Clause, FIRST, Figure, Receipt, Side, Step};
use crate::output::tables::expanded;
use crate::output::words::grouped;
use crate::prepare::RunRequest;
use crate::worlds::CompareRequest;
use callup_law::calendar::Day;

/// Articles and choices that are printed; the folder has all.
const CLAUSES: usize = 8;

/// Runs the verb.
///
/// # Errors
/// Whatever keeps the comparison from being made, written or printed.
pub fn execute(args: &CompareArgs, data: &Data) -> Result<(), Error> {
    listen_for_interrupts();
    let request = request(args)?;
    let mut display = Display::new(args.quiet);
    let finished = compare(&request, data, &mut |stage| display.show(&stage));
    display.end();
    let finished = finished?;
    let path = finished.folder.display();
    talk(&if finished.already_there { format!("already there: {path}") } else { format!("written: {path}") });
    if args.json {
        return print_json(&finished.receipt);
    }
    print(&told(&finished.receipt))
}

fn request(args: &CompareArgs) -> Result<CompareRequest, Error> {
    let from = args.from.as_deref().map(|text| {
        Day::parse(text).ok_or_else(|| Error::Usage {
            message: format!("--from {text} is no date"),
            help: "write it as 2023-04-14".into(),
        })
    });
    Ok(CompareRequest {
        worlds: args.worlds.clone(),
        run: RunRequest {
            scale: args.made.scale,
            seed: args.made.seed,
            days: args.made.days,
            threads: args.made.written.threads,
            place: super::place(&args.made.written),
            ..RunRequest::once(&args.scenario)
        },
        from: from.transpose()?,
        answers: super::answers(&args.answer)?,
        attribute: args.attribute,
        replicates: args.replicates,
    })
}

/// All that is printed.
fn told(receipt: &Receipt) -> String {
    let first = &receipt.worlds[0].name;
    let mut parts = Vec::new();
    for world in &receipt.worlds[1..] {
        let lives = grouped(expanded(world.lives_that_part, receipt.scale));
        let head = format!("{} against {first}: the lives of {lives} of the same people go otherwise", world.name);
        parts.push(format!("{head}\n\n{}", figures(receipt, &world.name)));
        parts.push(clauses(receipt, &world.name));
    }
    if !receipt.steps.is_empty() {
        parts.push(steps(receipt));
    }
    parts.join("\n")
}

fn figures(receipt: &Receipt, world: &str) -> String {
    let head = ["persons", "first", "other", "difference", "only first", "only other", ""].map(str::to_owned).to_vec();
    let own = |name: &str| receipt.figures.iter().find(|one| one.world == world && one.name == *name);
    let rows = FIRST.iter().filter_map(|name| own(name)).map(|one| figure(receipt, one));
    aligned(&std::iter::once(head).chain(rows).collect::<Vec<_>>(), &[1, 2, 3, 4, 5])
}

fn figure(receipt: &Receipt, one: &Figure) -> Vec<String> {
    let count = |count: u64| grouped(expanded(count, receipt.scale));
    let differs = one.first_only + one.other_only > 0;
    let noise = match (differs, one.is_within_noise) {
        (false, _) => String::new(),
        (true, true) => "within noise".to_owned(),
        (true, false) if receipt.replicates > 1 => {
            let saved = one.unpaired_runs_for_one.map(|runs| format!(", worth {runs:.0} unpaired runs"));
            format!("in {} of {} replicates{}", one.replicates_agreeing, receipt.replicates, saved.unwrap_or_default())
        }
        (true, false) => String::new(),
    };
    let difference = signed(one.difference, receipt.scale);
    vec![
        one.name.clone(),
        count(one.first),
        count(one.other),
        difference,
        count(one.first_only),
        count(one.other_only),
        noise,
    ]
}

fn signed(difference: f64, scale: f64) -> String {
    let size = grouped(expanded(difference.abs().round() as u64, scale));
    if difference < 0.0 {
        format!("-{size}")
    } else if difference > 0.0 {
        format!("+{size}")
    } else {
        size
    }
}

fn clauses(receipt: &Receipt, world: &str) -> String {
    let row = |one: &Clause| {
        let why = match (&one.article, &one.law, &one.assumption) {
            (Some(article), Some(law), _) => format!("{article} ({law})"),
            (_, _, assumption) => format!("choice {}", assumption.as_deref().unwrap_or_default()),
        };
        let side = if one.side == Side::First { &receipt.worlds[0].name } else { world };
        vec![grouped(expanded(one.persons, receipt.scale)), format!("{} under {side}", one.what), why]
    };
    let rows: Vec<Vec<String>> =
        receipt.clauses.iter().filter(|one| one.world == world).take(CLAUSES).map(row).collect();
    if rows.is_empty() {
        "no life parts\n".to_owned()
    } else {
        format!("what parts the lives\n{}", aligned(&rows, &[0]))
    }
}

fn steps(receipt: &Receipt) -> String {
    let head = ["where it comes from", "unit", "first", "the law itself", "places", "feedback", "other"];
    let is_shown = |step: &&Step| step.unit == "days" || FIRST.contains(&step.name.as_str());
    let row = |step: &Step| {
        let (count, part) =
            (|count: u64| grouped(expanded(count, receipt.scale)), |part: i64| signed(part as f64, receipt.scale));
        let parts = [part(step.direct), part(step.displacement), part(step.feedback)];
        [vec![step.name.clone(), step.unit.clone(), count(step.first)], parts.to_vec(), vec![count(step.other)]]
            .concat()
    };
    let rows = receipt.steps.iter().filter(is_shown).map(row);
    aligned(&std::iter::once(head.map(str::to_owned).to_vec()).chain(rows).collect::<Vec<_>>(), &[2, 3, 4, 5, 6])
}
