//! Questions about laws that need no run: one law, two laws side by side, a case explained, the facts of a case asked for.
//!
//! Facts are explained and forgotten: nothing of them is stored, sent or written to a log. Laws are named by `id` or `id@date`, never by a path.

use super::answer::{Posted, Refusal, json_answer, typed};
use super::routes::Answer;
use super::{Shared, Shop, work};
use crate::data::Data;
use crate::error::Error;
use crate::explaining::{Wanted, chosen_law};
use crate::input::facts::{facts_text, read_facts};
use crate::input::laws;
use crate::output::page_data;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use callup_law::calendar::Day;
use callup_law::diagnostic::Source;
use callup_law::diff::diff;
use callup_law::explain::{self, Explanation, Interview, Language, StatedFacts};
use callup_law::rulebook::Rulebook;
use callup_law::schema::rulebook_to_json;
use serde::Deserialize;
use serde_json::{Value, json};

/// Most laws of a question.
const LAWS_MAX: usize = 8;

/// Most answers of one interview.
const ANSWERS_MAX: usize = 500;

/// One law.
pub async fn law(State(shop): State<Shared>, Path(name): Path<String>) -> Answer {
    work(&shop, move |shop| {
        let law = chosen_law(&shop.data, plain(&name)?).map_err(|_| Refusal::missing("law", &name, "GET /api/laws"))?;
        let mut page = page_data::law::law(&law, &[]);
        page["text"] = json!(law.source.text);
        let compiled = law.book.as_ref().map(rulebook_to_json);
        page["compiled"] = compiled.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or(Value::Null);
        Ok(json_answer(&page))
    })
    .await
}

/// A name of a law that is no path.
fn plain(name: &str) -> Result<&str, Refusal> {
    if name.split('+').any(laws::is_path) {
        Err(Refusal::missing("law", name, "GET /api/laws lists them"))
    } else {
        Ok(name)
    }
}

/// Two laws.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Two {
    first: String,
    second: String,
}

/// Two laws side by side, as `callup diff --format json`.
pub async fn difference(State(shop): State<Shared>, two: Result<Query<Two>, QueryRejection>) -> Answer {
    let Query(two) = two.map_err(|_| Refusal::unfit("which two?", "say ?first=LAW&second=LAW"))?;
    work(&shop, move |shop| {
        let (first, second) = (book(&shop.data, &two.first)?, book(&shop.data, &two.second)?);
        let diff = diff(&first, &second).map_err(|errors| Error::Unfit {
            what: format!("`{}` and `{}` cannot be told side by side", two.first, two.second),
            reasons: errors.iter().map(ToString::to_string).collect(),
        })?;
        Ok(json_answer(&json!(diff)))
    })
    .await
}

fn book(data: &Data, name: &str) -> Result<Rulebook, Refusal> {
    let law = chosen_law(data, plain(name)?)?;
    let book = law.book.clone().filter(|_| !law.is_broken());
    book.ok_or_else(|| Refusal::unfit(format!("the law `{name}` has errors"), "`callup lint` shows them"))
}

/// A case to be explained.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Laws; those joined with `+` succeed one another.
    laws: Vec<String>,
    /// The facts, with the keys of a file of facts, or such a file as text.
    facts: Value,
    #[serde(default)]
    language: Option<String>,
    #[serde(default)]
    until: Option<String>,
    #[serde(default)]
    format: Form,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Form {
    #[default]
    Json,
    Html,
    Markdown,
    Ics,
}

/// A case explained.
pub async fn case(State(shop): State<Shared>, Posted(case): Posted<Case>) -> Answer {
    work(&shop, move |shop| explained(shop, &case)).await
}

fn explained(shop: &Shop, case: &Case) -> Answer {
    let facts = facts(&case.facts)?;
    let until = match &case.until {
        None => facts.last_day().unwrap_or(Day::MAX),
        Some(text) => {
            Day::parse(text).ok_or_else(|| Refusal::unfit(format!("`{text}` is no date"), "write it as 2026-11-22"))?
        }
    };
    let language = language(case.language.as_deref())?;
    let wanted = wanted(shop, &case.laws)?;
    let explanations: Vec<Explanation> =
        wanted.iter().map(|one| one.explained(language, &facts, until)).collect::<Result<_, _>>()?;
    Ok(match case.format {
        Form::Json => match explanations.as_slice() {
            [one] => json_answer(&json!(one)),
            several => json_answer(&json!(several)),
        },
        Form::Html => typed("text/html; charset=utf-8", explain::html(&explanations)),
        Form::Markdown => typed("text/markdown; charset=utf-8", explain::markdown(&explanations)),
        Form::Ics => typed("text/calendar; charset=utf-8", explain::calendar_file(&explanations)),
    })
}

fn wanted(shop: &Shop, names: &[String]) -> Result<Vec<Wanted>, Refusal> {
    // Those that succeed one another count one by one.
    let count = names.iter().flat_map(|name| name.split('+')).count();
    if count == 0 || count > LAWS_MAX {
        return Err(Refusal::unfit(format!("{count} laws"), format!("name 1 to {LAWS_MAX}")));
    }
    names.iter().map(|name| Ok(Wanted::read(&shop.data, plain(name)?)?)).collect()
}

fn language(code: Option<&str>) -> Result<Language, Refusal> {
    match code {
        None | Some("en") => Ok(Language::English),
        Some("ru") => Ok(Language::Russian),
        Some("uk") => Ok(Language::Ukrainian),
        Some(other) => Err(Refusal::unfit(format!("no language `{other}`"), "there are en, ru and uk")),
    }
}

/// Facts as text, or as JSON with the same keys.
fn facts(given: &Value) -> Result<StatedFacts, Refusal> {
    let text = match given {
        Value::String(text) => text.clone(),
        Value::Object(keys) => {
            keys.iter().map(|(key, value)| format!("{} = {}\n", quoted(key), in_toml(value))).collect()
        }
        _ => return Err(Refusal::unfit("the facts are neither text nor an object", "see docs/scenario-format.md")),
    };
    let source = Source { name: "facts".into(), text };
    let read = read_facts(&source);
    read.facts.ok_or_else(|| {
        let error = Error::Findings { what: "the facts".into(), sources: vec![source], findings: read.findings };
        error.into()
    })
}

fn quoted(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}

/// A value in the words of a file of facts: what looks like a date is one, for nothing else there does.
fn in_toml(value: &Value) -> String {
    match value {
        Value::String(text) if Day::parse(text).is_some() => text.clone(),
        Value::String(text) => quoted(text),
        Value::Array(list) => format!("[{}]", list.iter().map(in_toml).collect::<Vec<_>>().join(", ")),
        Value::Object(keys) => {
            let said = keys.iter().filter(|(_, value)| !value.is_null());
            let entries = said.map(|(key, value)| format!("{} = {}", quoted(key), in_toml(value)));
            format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

/// An interview as far as it has come: the answers so far, in order.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Talk {
    laws: Vec<String>,
    #[serde(default)]
    language: Option<String>,
    answers: Vec<String>,
}

/// The next question of an interview, or the facts that it came to. The server keeps nothing: each time all answers are given again.
pub async fn interview(State(shop): State<Shared>, Posted(talk): Posted<Talk>) -> Answer {
    work(&shop, move |shop| next_question(shop, &talk)).await
}

fn next_question(shop: &Shop, talk: &Talk) -> Result<Response, Refusal> {
    if talk.answers.len() > ANSWERS_MAX {
        return Err(Refusal::unfit("too many answers", "begin anew"));
    }
    let wanted = wanted(shop, &talk.laws)?;
    let texts: Vec<Vec<explain::LawText<'_>>> = wanted.iter().map(Wanted::texts).collect::<Result<_, _>>()?;
    let mut interview = Interview::new(language(talk.language.as_deref())?, &texts);
    let intro = interview.intro();
    for (place, answer) in talk.answers.iter().enumerate() {
        let Some(_) = interview.ask() else { break };
        if let Err(help) = interview.answer(answer) {
            let refused = json!({ "refused": place, "help": help });
            let prompt =
                interview.ask().map(|prompt| json!({ "question": prompt.question, "choices": prompt.choices }));
            return Ok(json_answer(&json!({ "intro": intro, "prompt": prompt, "refused": refused })));
        }
    }
    if let Some(prompt) = interview.ask() {
        let prompt = json!({ "question": prompt.question, "choices": prompt.choices });
        return Ok(json_answer(&json!({ "intro": intro, "prompt": prompt })));
    }
    let (facts, note) = interview.finish();
    Ok(json_answer(&json!({ "intro": intro, "prompt": null, "facts": facts.as_ref().map(facts_text), "note": note })))
}

#[cfg(test)]
mod tests {
    use super::facts;
    use serde_json::json;

    #[test]
    fn facts_as_json_are_those_of_a_file() {
        let text = "born = 2000-05-01\n[[notice]]\nkind = \"draft_notice\"\n[notice.dates]\nappearance_date = 2026-10-01\n[notice.events]\nposted = 2026-09-01\n";
        let value = json!({
            "born": "2000-05-01",
            "notice": [{ "kind": "draft_notice", "dates": { "appearance_date": "2026-10-01" }, "events": { "posted": "2026-09-01" } }],
        });
        let both = (facts(&json!(text)), facts(&value));
        match both {
            (Ok(one), Ok(other)) => assert_eq!(one, other),
            (Err(one), Err(other)) => panic!("{one:?} {other:?}"),
            (one, other) => panic!("{one:?} {other:?}"),
        }
        assert!(facts(&json!({ "name": "x" })).is_err(), "no key names anybody");
        assert!(facts(&json!(7)).is_err());
    }
}
