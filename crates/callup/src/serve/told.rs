//! Single lives of a run or a comparison, and a scenario as it is read: what the page asks for beyond the data of a run.
//!
//! People are synthetic; ids are region, year and serial, and lead to nobody.

use super::answer::{Refusal, json_answer};
use super::routes::Answer;
use super::shelf::{Kind, Shelved};
use super::{Shared, Shop, work};
use crate::input::laws::full_name;
use crate::life::{LifeRequest, life, sample};
use crate::lives::{lives, parted};
use crate::output::comparison::Receipt;
use crate::output::page_data;
use crate::output::receipt::ParameterLine;
use crate::prepare::{RunRequest, law_names, prepare, scenario_names};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use serde::Deserialize;
use serde_json::{Value, json};

/// Persons of a list if nobody says how many.
const PERSONS: usize = 100;

/// Most persons of a list.
const PERSONS_MAX: usize = 2_000;

/// Whose lives are asked for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Whose {
    /// Of whom this is true in one world alone.
    quantity: Option<String>,
    /// In which: `first` or `other`.
    only: Option<String>,
    /// At most so many.
    limit: Option<usize>,
}

/// The persons of a run who were drawn by lot, or those whose lives a comparison parts.
pub async fn persons(
    State(shop): State<Shared>,
    Path(id): Path<String>,
    whose: Result<Query<Whose>, QueryRejection>,
) -> Answer {
    let Query(whose) =
        whose.map_err(|_| Refusal::unfit("whose lives?", "quantity, only=first|other and limit may be asked for"))?;
    work(&shop, move |shop| {
        let shelved = shop.shelf.find(&id)?;
        let limit = whose.limit.unwrap_or(PERSONS).min(PERSONS_MAX);
        let all = listed(&shelved, &whose)?;
        let (total, some): (usize, Vec<Value>) = (all.len(), all.into_iter().take(limit).collect());
        let persons: Vec<&Value> = some.iter().map(|one| &one["id"]).collect();
        Ok(json_answer(&json!({ "persons": persons, "total": total, "is_cut": total > some.len(), "told": some })))
    })
    .await
}

fn listed(shelved: &Shelved, whose: &Whose) -> Result<Vec<Value>, Refusal> {
    if shelved.card.kind == Kind::Run {
        let sampled = sample(&shelved.folder)?;
        return Ok(sampled.iter().map(|one| json!({ "id": one.id, "rows": one.rows })).collect());
    }
    let side = match whose.only.as_deref() {
        None | Some("other") => 1,
        Some("first") => 0,
        Some(other) => return Err(Refusal::unfit(format!("no world `{other}`"), "only is first or other")),
    };
    let only = whose.quantity.as_deref().map(|quantity| (side, quantity));
    let parted = parted(&shelved.folder, &receipt(shelved)?, only)?;
    Ok(parted.iter().map(|one| json!(one)).collect())
}

fn receipt(shelved: &Shelved) -> Result<Receipt, Refusal> {
    Receipt::of_folder(&shelved.folder).ok_or_else(|| Refusal::missing("comparison", &shelved.card.id, "GET /api/runs"))
}

/// One life, under each law where there are several.
pub async fn one(State(shop): State<Shared>, Path((id, person)): Path<(String, String)>) -> Answer {
    work(&shop, move |shop| {
        let shelved = shop.shelf.find(&id)?;
        if person.len() > 40 || !person.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            return Err(Refusal::missing("person", &person, "an id is region, year of birth and serial: 45-1999-12"));
        }
        if shelved.card.kind == Kind::Comparison {
            let told = lives(&shelved.folder, &receipt(&shelved)?, &person, &shop.data.anew())?;
            return Ok(json_answer(&json!(told)));
        }
        let scenario = shop.jobs.scenario_of(&id);
        let request = LifeRequest { run: shelved.folder.clone(), id: person.clone(), scenario };
        Ok(json_answer(&json!(life(&request, &shop.data.anew())?)))
    })
    .await
}

/// A scenario: its text, its parameters with value, range and reason, and what else it decides.
pub async fn scenario(State(shop): State<Shared>, Path(name): Path<String>) -> Answer {
    work(&shop, move |shop| Ok(json_answer(&read(shop, &name)?))).await
}

fn read(shop: &Shop, name: &str) -> Result<Value, Refusal> {
    if !scenario_names(&shop.data)?.iter().any(|known| known == name) {
        return Err(Refusal::missing("scenario", name, "GET /api/scenarios lists them"));
    }
    let text = shop.data.peek(&format!("scenarios/{name}.toml"))?.text;
    let prepared = prepare(&RunRequest::once(name), &shop.data.anew())?;
    let scenario = &prepared.scenario;
    let switches: Value = prepared
        .books
        .iter()
        .flat_map(|book| book.switches.iter().map(move |switch| (book, switch)))
        .map(|(book, switch)| {
            let mut line = page_data::law::switch(switch);
            line["law"] = json!(full_name(book));
            line["answer"] = json!(scenario.answers.get(&switch.name));
            line
        })
        .collect();
    Ok(json!({
        "name": name,
        "title": scenario.title,
        "about": scenario.about,
        "country": scenario.country,
        "start": scenario.start.to_string(),
        "days": scenario.days,
        "scale": scenario.scale,
        "seed": scenario.seed,
        "laws": law_names(&prepared),
        "in_force": scenario.laws.iter().map(|law| json!({ "id": law.id, "from": law.from.to_string() })).collect::<Value>(),
        "switches": switches,
        "parameters": scenario.register.iter().map(|one| json!(ParameterLine::from(one))).collect::<Value>(),
        "text": text,
    }))
}
