//! Answers that say no: a status, one sentence, and what to do about it, as JSON; and bodies that are read strictly.
//!
//! It knows no route. An error of the library keeps its words; paths of this machine stay in them, since only its user reads them.

use crate::data::ReadError;
use crate::error::Error;
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use callup_law::diagnostic::{Diagnostic, render as render_findings};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::time::Duration;

/// The longest body that is read, bytes: a scenario is a tenth of it.
pub const BODY_BYTES_MAX: usize = 256 * 1024;

/// Within this time a body is there, or is not waited for any longer.
const BODY_WITHIN: Duration = Duration::from_secs(10);

/// Why there is no answer.
#[derive(Debug)]
pub struct Refusal {
    status: StatusCode,
    error: String,
    help: Option<String>,
    findings: Vec<Value>,
    retry_after_seconds: Option<u32>,
}

impl Refusal {
    /// A refusal with its help.
    pub fn new(status: StatusCode, error: impl Into<String>, help: impl Into<String>) -> Refusal {
        Refusal {
            status,
            error: error.into(),
            help: Some(help.into()),
            findings: Vec::new(),
            retry_after_seconds: None,
        }
    }

    /// Nothing bears this name.
    pub fn missing(what: &str, name: &str, help: &str) -> Refusal {
        let shown: String = name.chars().take(80).collect();
        Refusal::new(StatusCode::NOT_FOUND, format!("there is no {what} `{shown}`"), help)
    }

    /// A value that cannot be.
    pub fn unfit(error: impl Into<String>, help: impl Into<String>) -> Refusal {
        Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, error, help)
    }

    /// Too many at once; to be asked again.
    pub fn too_many(error: impl Into<String>, retry_after_seconds: u32) -> Refusal {
        let refusal = Refusal::new(StatusCode::TOO_MANY_REQUESTS, error, "ask again later");
        Refusal { retry_after_seconds: Some(retry_after_seconds), ..refusal }
    }

    /// No turn came.
    pub fn busy() -> Refusal {
        let error = "the server is busy with other requests";
        let refusal = Refusal::new(StatusCode::SERVICE_UNAVAILABLE, error, "ask again in a moment");
        Refusal { retry_after_seconds: Some(1), ..refusal }
    }

    /// A mistake of the program.
    pub fn broken() -> Refusal {
        let help = "this is a mistake of the program; its standard error says more";
        Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "the answer could not be made", help)
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Refusal {
        let status = match &error {
            Error::Findings { .. } | Error::Unfit { .. } | Error::Usage { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Error::Unlike(_) => StatusCode::CONFLICT,
            Error::Read(ReadError::Missing { .. }) => StatusCode::NOT_FOUND,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let mut found = Vec::new();
        if let Error::Findings { sources, findings, .. } = &error {
            let shown = |one: &Diagnostic| render_findings(std::slice::from_ref(one), sources);
            let line = |one: &Diagnostic| json!({ "code": one.code, "message": one.message, "help": one.help.join("\n"), "shown": shown(one) });
            found = findings.iter().map(line).collect();
        }
        Refusal { status, error: error.to_string(), help: error.help(), findings: found, retry_after_seconds: None }
    }
}

impl From<ReadError> for Refusal {
    fn from(error: ReadError) -> Refusal {
        Error::from(error).into()
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut answer = json_answer(&json!({ "error": self.error, "help": self.help, "findings": self.findings }));
        *answer.status_mut() = self.status;
        if let Some(seconds) = self.retry_after_seconds {
            answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            answer.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        answer
    }
}

/// A value as an answer.
pub fn json_answer(value: &Value) -> Response {
    typed("application/json", value.to_string())
}

/// A body of this type.
pub fn typed(content_type: &'static str, body: impl Into<Body>) -> Response {
    let mut answer = Response::new(body.into());
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    answer
}

/// A body of JSON in which every key is known.
#[derive(Debug)]
pub struct Posted<T>(pub T);

impl<T: DeserializeOwned, S: Sync> FromRequest<S> for Posted<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &S) -> Result<Posted<T>, Refusal> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
        if kind.split(';').next().map(str::trim) != Some("application/json") {
            let help = "say `content-type: application/json`";
            return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "the body is not said to be JSON", help));
        }
        let body = tokio::time::timeout(BODY_WITHIN, to_bytes(request.into_body(), BODY_BYTES_MAX)).await;
        let body = body.map_err(|_| {
            Refusal::new(StatusCode::REQUEST_TIMEOUT, "the body did not come in time", "send all of it at once")
        })?;
        let bytes = body.map_err(|_| {
            let error = format!("the body is longer than {BODY_BYTES_MAX} bytes, or broke off");
            Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, error, "send less")
        })?;
        let value: Value = serde_json::from_slice(&bytes).map_err(|error| {
            Refusal::new(StatusCode::BAD_REQUEST, format!("the body is no JSON: {error}"), "mend it")
        })?;
        let read = serde_json::from_value(value);
        read.map(Posted)
            .map_err(|error| Refusal::unfit(format!("the body is not what is asked for: {error}"), "mend it"))
    }
}
