//! The desk where jobs are asked for, followed, stopped and taken up again.
//!
//! What a job is stands in `jobs`. Whoever follows one gets its card whenever it changes, as server-sent events, until it has ended.

use super::answer::{Posted, Refusal, json_answer, typed};
use super::jobs::{Asked, Card};
use super::routes::Answer;
use super::{Shared, work};
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::Value;
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, watch};

/// A word now and then, by which both sides know that the other is there.
const WORD_EVERY: Duration = Duration::from_secs(15);

/// At most so many tellings a second: a small run ends its weeks faster than anybody reads.
const TOLD_EVERY: Duration = Duration::from_millis(100);

/// A new job.
pub async fn add(State(shop): State<Shared>, Posted(asked): Posted<Asked>) -> Answer {
    work(&shop, move |shop| {
        let card = shop.jobs.add(asked)?;
        let mut answer = json_answer(&card.told());
        *answer.status_mut() = StatusCode::ACCEPTED;
        Ok(answer)
    })
    .await
}

/// Every job.
pub async fn list(State(shop): State<Shared>) -> Answer {
    Ok(json_answer(&shop.jobs.list().iter().map(Card::told).collect()))
}

/// One job.
pub async fn one(State(shop): State<Shared>, Path(id): Path<String>) -> Answer {
    let card = shop.jobs.follow(&id)?.borrow().clone();
    Ok(json_answer(&card.told()))
}

/// The scenario that was written for a job.
pub async fn scenario(State(shop): State<Shared>, Path(id): Path<String>) -> Answer {
    work(&shop, move |shop| {
        let text = shop.jobs.text_of(&id)?;
        Ok(typed("application/toml", text))
    })
    .await
}

/// Stops a job.
pub async fn stop(State(shop): State<Shared>, Path(id): Path<String>) -> Answer {
    work(&shop, move |shop| Ok(json_answer(&shop.jobs.stop(&id)?.told()))).await
}

/// Lets a job go on.
pub async fn resume(State(shop): State<Shared>, Path(id): Path<String>) -> Answer {
    work(&shop, move |shop| Ok(json_answer(&shop.jobs.resume(&id)?.told()))).await
}

/// A job as it goes.
pub async fn events(State(shop): State<Shared>, Path(id): Path<String>) -> Answer {
    let follower = shop.jobs.follow(&id)?;
    let Ok(place) = shop.followers.clone().try_acquire_owned() else {
        return Err(Refusal::too_many("too many follow jobs at once", 5));
    };
    Ok(stream(Follow { follower, _place: place, has_told: false, has_ended: false }))
}

struct Follow {
    follower: watch::Receiver<Card>,
    _place: OwnedSemaphorePermit,
    has_told: bool,
    has_ended: bool,
}

fn stream(follow: Follow) -> Response {
    let pieces = futures_util::stream::unfold(follow, |mut follow| async move {
        if follow.has_ended {
            return None;
        }
        let is_new = !follow.has_told || changed(&mut follow.follower).await;
        let piece = if is_new {
            let card = follow.follower.borrow_and_update().clone();
            (follow.has_told, follow.has_ended) = (true, card.state.has_ended());
            event(&card.told())
        } else {
            // Nothing new; or nobody is left who could tell, and the next word finds no reader.
            ": still here\n\n".to_owned()
        };
        Some((Ok::<Bytes, Infallible>(piece.into()), follow))
    });
    typed("text/event-stream", Body::from_stream(pieces))
}

/// Whether something new came before it was time for a word.
async fn changed(follower: &mut watch::Receiver<Card>) -> bool {
    tokio::time::sleep(TOLD_EVERY).await;
    tokio::time::timeout(WORD_EVERY, follower.changed()).await.is_ok_and(|told| told.is_ok())
}

fn event(value: &Value) -> String {
    format!("event: progress\ndata: {value}\n\n")
}
