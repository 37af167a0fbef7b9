//! The worlds of a comparison made ready: scenarios as they are, or one scenario under several laws.
//!
//! A law becomes a world by a text that extends the scenario and puts the law in force, so that everything is checked as if somebody had
//! written it. Nothing runs here.

use crate::data::{Data, sha256_hex};
use crate::error::Error;
use crate::input::laws::{self, ChooseError, LawText};
use crate::prepare::{Prepared, RunRequest, Variant, name_and_path, prepare, prepare_variant, scenario_names};
use callup_law::calendar::Day;
use callup_sim::compare::comparable;
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// What the user asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct CompareRequest {
    /// Scenarios or laws.
    pub worlds: Vec<String>,
    /// Scale, seed, days, threads and place; its scenario is the one under which laws are compared.
    pub run: RunRequest,
    /// From which day laws apply.
    pub from: Option<Day>,
    /// Answers to switches: name and answer.
    pub answers: Vec<(String, String)>,
    /// Whether to say where the difference comes from.
    pub attribute: bool,
    /// How many times to compare, at least 1.
    pub replicates: u16,
}

/// What was asked for, as it is kept beside the result; scale, seed and days stand there already.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// Scenarios or laws, as they were named.
    pub worlds: Vec<String>,
    /// The scenario under which laws are compared.
    pub scenario: String,
    /// From which day laws apply.
    pub from: Option<String>,
    /// Answers to switches: name and answer.
    pub answers: Vec<(String, String)>,
    /// Whether to say where the difference comes from.
    pub attribute: bool,
    /// How many times to compare.
    pub replicates: u16,
}

impl Asked {
    fn of(request: &CompareRequest) -> Asked {
        Asked {
            worlds: request.worlds.clone(),
            scenario: request.run.scenario.clone(),
            from: request.from.map(|day| day.to_string()),
            answers: request.answers.clone(),
            attribute: request.attribute,
            replicates: request.replicates,
        }
    }

    /// The same again, of so much of the nation.
    #[must_use]
    pub fn again(&self, (scale, seed, days): (f64, u64, u16)) -> CompareRequest {
        let once = RunRequest::once(&self.scenario);
        let run = RunRequest { scale: Some(scale), seed: Some(seed), days: Some(days), ..once };
        CompareRequest {
            worlds: self.worlds.clone(),
            run,
            from: self.from.as_deref().and_then(Day::parse),
            answers: self.answers.clone(),
            attribute: self.attribute,
            replicates: self.replicates,
        }
    }
}

/// Worlds that can be held against the first one.
#[derive(Debug)]
pub struct Worlds {
    /// How each is called, the first one first.
    pub names: Vec<String>,
    /// Each made ready.
    pub prepared: Vec<Prepared>,
    /// SHA-256 of all that the result depends on.
    pub identity: String,
    /// What was asked for.
    pub asked: Asked,
}

/// Reads and checks every world.
///
/// # Errors
/// When one cannot be used, or cannot be held against the first.
pub fn prepare_worlds(request: &CompareRequest, data: &Data) -> Result<Worlds, Error> {
    if request.attribute && request.worlds.len() != 2 {
        let message = format!("--attribute tells two worlds apart, not {}", request.worlds.len());
        return Err(Error::Usage { message, help: "compare two at a time".into() });
    }
    let (mut names, mut prepared): (Vec<String>, Vec<Prepared>) = (Vec::new(), Vec::new());
    for world in &request.worlds {
        // Each has inputs of its own.
        let data = data.anew();
        let (name, made) = if is_scenario(world, &data)? {
            (name_and_path(world).0, prepare(&RunRequest { scenario: world.clone(), ..request.run.clone() }, &data)?)
        } else {
            under_law(
                &UnderLaw { run: &request.run, law: world, from: request.from, answers: &request.answers },
                &data,
            )?
        };
        if let Some(first) = prepared.first() {
            comparable(&first.scenario, &made.scenario).map_err(|why| incomparable(&names[0], &name, why.why()))?;
            if first.margins != made.margins {
                return Err(incomparable(&names[0], &name, "its tables are not those of the first"));
            }
        }
        names.push(name);
        prepared.push(made);
    }
    tell_apart(&mut names);
    let of_worlds: Vec<&str> = prepared.iter().map(|world| world.identity.as_str()).collect();
    let asked =
        format!("attribute {}\nreplicates {}\n{}\n", request.attribute, request.replicates, of_worlds.join("\n"));
    Ok(Worlds { names, prepared, identity: sha256_hex(asked.as_bytes()), asked: Asked::of(request) })
}

fn incomparable(first: &str, other: &str, why: &str) -> Error {
    Error::Unfit { what: format!("`{other}` cannot be held against `{first}`"), reasons: vec![why.to_owned()] }
}

/// Worlds that bear one name are numbered.
fn tell_apart(names: &mut [String]) {
    let all = names.to_vec();
    for (place, name) in names.iter_mut().enumerate() {
        if all.iter().filter(|other| *other == name).count() > 1 {
            *name = format!("{name} ({})", place + 1);
        }
    }
}

fn is_scenario(world: &str, data: &Data) -> Result<bool, Error> {
    Ok(world.ends_with(".toml") || scenario_names(data)?.iter().any(|name| name == world))
}

/// A scenario under one law.
#[derive(Clone, Copy, Debug)]
pub struct UnderLaw<'r> {
    /// The scenario, and what is changed in it.
    pub run: &'r RunRequest,
    /// The law as `id`, `id@date` or path.
    pub law: &'r str,
    /// From which day; its own first day, or the scenario's, if not given.
    pub from: Option<Day>,
    /// Answers to its switches.
    pub answers: &'r [(String, String)],
}

/// Makes a scenario under one law ready; with the name of the law.
///
/// # Errors
/// When there is no such law, or it does not go with the scenario.
pub fn under_law(asked: &UnderLaw<'_>, data: &Data) -> Result<(String, Prepared), Error> {
    let (world, request) = (asked.law, asked.run);
    let law = laws::choose(&data.anew(), world).map_err(|error| of_neither(data, world, error))?;
    let Some(book) = law.book.clone().filter(|_| !law.is_broken()) else {
        let LawText { source, findings, .. } = law;
        return Err(Error::Findings { what: format!("law `{world}`"), sources: vec![source], findings });
    };
    let base = prepare(request, &data.anew())?;
    let first_day = base.scenario.start;
    let last_day = first_day.plus_days(i32::from(base.scenario.days) - 1);
    let own = if (first_day..=last_day).contains(&book.in_force_from) { book.in_force_from } else { first_day };
    let from = asked.from.unwrap_or(own);
    let name = law.name();
    let mut text = format!("extends = {:?}\ntitle = {:?}\n", name_and_path(&request.scenario).0, base.scenario.title);
    for before in base.scenario.laws.iter().filter(|law| law.from < from) {
        entry(&mut text, &before.id, before.from);
    }
    entry(&mut text, &book.id, from);
    text += "\n[answers]\n";
    for (switch, answer) in asked.answers {
        let line = format!("{switch} = {{ answer = {answer:?}, assumption = \"given with --answer\" }}\n");
        text += &line;
    }
    let by_path = laws::is_path(world).then_some(law);
    let variant = Variant { name: format!("{}-under-{name}", base.scenario.name), text, law: by_path };
    Ok((name, prepare_variant(request, Some(&variant), data)?))
}

fn entry(text: &mut String, id: &str, from: Day) {
    write!(text, "\n[[law]]\nid = {id:?}\nfrom = {from}\n").expect("writing to memory does not fail");
}

/// What is neither a scenario nor a law.
fn of_neither(data: &Data, world: &str, error: ChooseError) -> Error {
    match error {
        ChooseError::Read(error) => error.into(),
        ChooseError::Name { message, help } => {
            let near = scenario_names(data).unwrap_or_default();
            let near = callup_law::diagnostic::nearest(world, near.iter().map(String::as_str)).map(str::to_owned);
            let help = near.map_or(help, |near| format!("did you mean the scenario `{near}`?"));
            Error::Usage { message: format!("{message}, nor a scenario of that name"), help }
        }
    }
}
