//! What can be asked, by address and method, and who answers.
//!
//! Each answer is one call of the library; whether one may ask at all stands in `guard`.

use super::answer::{Refusal, json_answer, typed};
use super::shelf::{Card, Shelved};
use super::{Shared, ask, desk, guard, jobs, page, tables, told, turn, work};
use crate::input::laws::{self, LawText};
use crate::prepare::scenario_names;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, header};
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::{get, post};
use callup_sim::indicators::registry::INDICATORS;
use serde_json::{Value, json};
use std::sync::Arc;

/// What an answer comes to.
pub(super) type Answer = Result<Response, Refusal>;

/// All of it.
pub fn router(shop: &Shared) -> Router {
    let api = Router::new()
        .route("/about", get(about))
        .route("/laws", get(all_laws))
        .route("/laws/{law}", get(ask::law))
        .route("/diff", get(ask::difference))
        .route("/explain", post(ask::case))
        .route("/interview", post(ask::interview))
        .route("/scenarios", get(all_scenarios))
        .route("/scenarios/{name}", get(told::scenario))
        .route("/runs", get(runs))
        .route("/runs/{id}", get(run))
        .route("/runs/{id}/report.html", get(report))
        .route("/runs/{id}/tables", get(table_names))
        .route("/runs/{id}/tables/{file}", get(table))
        .route("/runs/{id}/lives", get(told::persons))
        .route("/runs/{id}/lives/{person}", get(told::one))
        .route("/jobs", get(desk::list).post(desk::add))
        .route("/jobs/{id}", get(desk::one).delete(desk::stop))
        .route("/jobs/{id}/events", get(desk::events))
        .route("/jobs/{id}/scenario.toml", get(desk::scenario))
        .route("/jobs/{id}/resume", post(desk::resume))
        .fallback(nothing);
    Router::new()
        .route("/", get(async || typed("text/html; charset=utf-8", page::PAGE)))
        .nest("/api", api)
        .fallback(nothing)
        .layer(from_fn_with_state(shop.clone(), guard::guard))
        .with_state(shop.clone())
}

async fn nothing() -> Refusal {
    Refusal::missing("page", "of this address", "see docs/serve.md")
}

async fn about(State(shop): State<Shared>) -> Answer {
    let indicators: Vec<Value> =
        INDICATORS.iter().map(|one| json!({ "id": one.id, "unit": one.unit, "definition": one.definition })).collect();
    Ok(json_answer(&json!({
        "name": "callup",
        "version": env!("CARGO_PKG_VERSION"),
        "sources": crate::SOURCES_SHA256,
        "data": shop.data.describe(),
        "max_jobs": jobs::RUNNING_MAX,
        "max_waiting": jobs::WAITING_MAX,
        "indicators": indicators,
    })))
}

async fn all_laws(State(shop): State<Shared>) -> Answer {
    let line = |law: &LawText| {
        let book = law.book.as_ref();
        json!({
            "id": law.name(),
            "name": book.map(|book| &book.id),
            "title": book.map(|book| &book.title),
            "from": book.map(|book| book.in_force_from.to_string()),
            "until": book.and_then(|book| book.in_force_until).map(|day| day.to_string()),
            "is_broken": law.is_broken(),
        })
    };
    work(&shop, move |shop| {
        let laws = laws::read_all(&shop.data)?;
        Ok(json_answer(&laws.iter().map(|law| line(law)).collect()))
    })
    .await
}

async fn all_scenarios(State(shop): State<Shared>) -> Answer {
    work(&shop, |shop| {
        let mut list = Vec::new();
        for name in scenario_names(&shop.data)? {
            let text = shop.data.peek(&format!("scenarios/{name}.toml"))?.text;
            list.push(json!({ "name": name, "title": crate::input::scenario::title_line(&text) }));
        }
        Ok(json_answer(&Value::Array(list)))
    })
    .await
}

async fn runs(State(shop): State<Shared>) -> Answer {
    work(&shop, |shop| {
        let list = shop.shelf.folded();
        let mut all: Vec<Value> = list.iter().map(|(head, under)| finished(&head.card, under)).collect();
        all.extend(shop.jobs.list().iter().filter(|card| !card.is_finished()).map(jobs::Card::among_runs));
        Ok(json_answer(&Value::Array(all)))
    })
    .await
}

fn finished(card: &Card, replicates: &[Arc<Shelved>]) -> Value {
    let mut value = json!(card);
    value["state"] = json!("finished");
    value["replicates"] = replicates.iter().map(|one| json!({ "id": one.card.id, "seed": one.card.seed })).collect();
    value
}

async fn run(State(shop): State<Shared>, Path(id): Path<String>) -> Answer {
    work(&shop, move |shop| {
        let shelved = shop.shelf.find(&id)?;
        Ok(typed("application/json", shop.shelf.page(&shelved)?))
    })
    .await
}

async fn report(State(shop): State<Shared>, Path(id): Path<String>) -> Answer {
    work(&shop, move |shop| {
        let shelved = shop.shelf.find(&id)?;
        let mut answer = typed("text/html; charset=utf-8", shop.shelf.report(&shelved)?);
        attach(&mut answer, &format!("{}.html", shelved.card.id));
        Ok(answer)
    })
    .await
}

async fn table_names(State(shop): State<Shared>, Path(id): Path<String>) -> Answer {
    work(&shop, move |shop| {
        let shelved = shop.shelf.find(&id)?;
        Ok(json_answer(&json!({
            "kind": shelved.card.kind,
            "tables": tables::names(&shelved),
            "formats": tables::Format::ALL.map(tables::Format::ending),
        })))
    })
    .await
}

async fn table(
    State(shop): State<Shared>,
    Path((id, file)): Path<(String, String)>,
    wanted: Result<Query<tables::Wanted>, axum::extract::rejection::QueryRejection>,
) -> Answer {
    let Query(wanted) = wanted.map_err(|error| {
        Refusal::unfit(format!("the question cannot be read: {error}"), "region, from, to and limit may be asked for")
    })?;
    let sheet = if file.ends_with(".xlsx") { Some(turn(&shop.sheets).await?) } else { None };
    work(&shop, move |shop| {
        let shelved = shop.shelf.find(&id)?;
        let table = tables::named(&shelved, &file)?;
        let mut answer = tables::answer(shop, &shelved, &table, &wanted)?;
        drop(sheet);
        if table.1 != tables::Format::Json {
            attach(&mut answer, &format!("{}-{file}", shelved.card.id));
        }
        Ok(answer)
    })
    .await
}

/// Makes an answer a file to keep. Names of runs and tables are plain letters.
fn attach(answer: &mut Response, name: &str) {
    let plain: String = name
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() || "-_.".contains(letter) { letter } else { '-' })
        .collect();
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{plain}\"")) {
        answer.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
}
