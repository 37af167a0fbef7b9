//! `callup person`: the whole legal life of one synthetic person of a run, told again; or whom the run has written down.

use super::args::PersonArgs;
use super::render::{aligned, print, print_json, talk};
use crate::data::Data;
use crate::error::Error;
use crate::life::{LifeRequest, Portrait, life, sample};
use crate::output::tables::Told;

/// Runs the verb.
///
/// # Errors
/// When the run cannot be read, does not go with the inputs at hand, or has no such person.
pub fn execute(args: &PersonArgs, data: &Data) -> Result<(), Error> {
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
