//! `callup person`: the whole legal life of one synthetic person of a run, told again; or whom the run has written down.

use super::args::PersonArgs;
use super::render::{aligned, print, print_json, talk};
use crate::data::Data;
use crate::error::Error;
use crate::life::{LifeRequest, Portrait, life, sample};
use crate::lives::{Lives, Parted, lives, parted};
use crate::output::comparison;
use crate::output::tables::Told;

/// Runs the verb.
///
/// # Errors
/// When the run cannot be read, does not go with the inputs at hand, or has no such person.
pub fn execute(args: &PersonArgs, data: &Data) -> Result<(), Error> {
    if let Some(receipt) = comparison::Receipt::of_folder(&args.run) {
        return of_comparison(args, &receipt, data);
    }
    if args.only_first.is_some() || args.only_other.is_some() {
        let help = "`callup compare` makes one".into();
        return Err(Error::Usage { message: format!("{} holds no comparison", args.run.display()), help });
    }
    let Some(id) = &args.id else { return list(args) };
    let request = LifeRequest { run: args.run.clone(), id: id.clone(), scenario: args.scenario.clone() };
    let life = life(&request, data)?;
    if args.json {
        return print_json(&life);
    }
    let rows: Vec<Vec<String>> = life.rows.iter().map(cells).collect();
    let told = match rows.as_slice() {
        [] => format!("nothing happened to him until {}\n", life.until),
        rows => aligned(rows, &[]),
    };
    print(&format!("{}\n\n{told}", heading(&life.person)))
}

fn list(args: &PersonArgs) -> Result<(), Error> {
    let persons = sample(&args.run)?;
    if args.json {
        return print_json(&persons);
    }
    let rows: Vec<Vec<String>> = persons.iter().map(|one| vec![one.id.clone(), one.rows.to_string()]).collect();
    talk("person, lines of his life");
    print(&aligned(&rows, &[1]))
}

fn of_comparison(args: &PersonArgs, receipt: &comparison::Receipt, data: &Data) -> Result<(), Error> {
    if let Some(id) = &args.id {
        let lives = lives(&args.run, receipt, id, data)?;
        return if args.json { print_json(&lives) } else { print(&side_by_side(&lives)) };
    }
    let only = args.only_first.iter().map(|name| (0, name.as_str()));
    let only = only.chain(args.only_other.iter().map(|name| (1, name.as_str()))).next();
    let persons = parted(&args.run, receipt, only)?;
    if args.json {
        return print_json(&persons);
    }
    talk("person, the other world, what happens in the first alone, what in the other alone");
    let side =
        |side: &Option<[String; 2]>| side.as_ref().map_or("nothing".to_owned(), |[what, why]| format!("{what}, {why}"));
    let row = |one: &Parted| vec![one.id.clone(), one.world.clone(), side(&one.first), side(&one.other)];
    print(&aligned(&persons.iter().map(row).collect::<Vec<_>>(), &[]))
}

/// What all worlds share, then each from where they part.
fn side_by_side(lives: &Lives) -> String {
    let rows = |rows: &[Told]| aligned(&rows.iter().map(cells).collect::<Vec<_>>(), &[]);
    let mut text = format!("{}\n", heading(&lives.person));
    if lives.worlds.iter().all(|world| world.rows.len() == lives.alike) {
        text += &format!("\nthe same in every world until {}\n", lives.until);
        return text + &shared(lives);
    }
    if lives.alike > 0 {
        text += &format!("\nin every world\n{}", shared(lives));
    }
    for world in &lives.worlds {
        let own = &world.rows[lives.alike..];
        let rest = if own.is_empty() { format!("nothing more happens until {}\n", lives.until) } else { rows(own) };
        text += &format!("\nunder {}\n{rest}", world.world);
    }
    text
}

/// What all worlds share. Where their laws differ, each article is named once, without its law.
fn shared(lives: &Lives) -> String {
    let row = |place: usize| {
        let of_worlds: Vec<&Told> = lives.worlds.iter().map(|world| &world.rows[place]).collect();
        let mut cells = cells(of_worlds[0]);
        if of_worlds.iter().any(|row| row.cause != of_worlds[0].cause) {
            let mut articles: Vec<&str> = of_worlds.iter().filter_map(|row| row.cause.article.as_deref()).collect();
            articles.dedup();
            cells[3] = articles.join(" or ");
        }
        cells
    };
    aligned(&(0..lives.alike).map(row).collect::<Vec<_>>(), &[])
}

fn heading(person: &Portrait) -> String {
    let Portrait { id, region, district, born, truth, register } = person;
    let register = if register.is_empty() { "is right".to_owned() } else { register.join(", ") };
    format!(
        "{id}: synthetic, of district {district} of {region}, born {born}\n  he: {}\n  the register: {register}",
        truth.join(", ")
    )
}

/// Date, campaign, what happened, and why.
fn cells(row: &Told) -> Vec<String> {
    let mut what = row.what.clone();
    what += &row.detail.iter().map(|detail| format!(" {detail}")).collect::<String>();
    what += &row.day.iter().map(|day| format!(" ({day})")).collect::<String>();
    let cause = &row.cause;
    let why = match (&cause.article, &cause.law, &cause.assumption) {
        (Some(article), Some(law), _) => format!("{article} ({law})"),
        (_, _, Some(assumption)) => format!("assumption {assumption}"),
        _ => String::new(),
    };
    vec![row.date.clone(), row.campaign.clone().unwrap_or_default(), what, why]
}
