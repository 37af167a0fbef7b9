//! Questions that need no run of their own: laws, scenarios, a case, the lives of a comparison; the same answers as the command line gives.

use super::client::Server;
use crate::support::{DAYS, SCALE, callup, program};
use serde_json::{Value, json};

fn empty() -> (tempfile::TempDir, Server) {
    let runs = tempfile::tempdir().unwrap();
    let server = Server::start(runs.path(), &[]);
    (runs, server)
}

fn printed(args: &[&str]) -> Value {
    let ended = callup(args);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    serde_json::from_str(&ended.out).unwrap()
}

#[test]
fn laws_and_scenarios_are_those_of_the_data() {
    let (_runs, server) = empty();
    let laws = server.get("/api/laws").json();
    let names: Vec<&str> = laws.as_array().unwrap().iter().map(|law| law["id"].as_str().unwrap()).collect();
    let listed = printed(&["list", "laws", "--json"]);
    let known: Vec<&str> = listed["laws"].as_array().unwrap().iter().map(|law| law["name"].as_str().unwrap()).collect();
    assert_eq!(names, known);
    let law = server.get("/api/laws/ru_127fz@2023-04-14").json();
    assert!(law["articles"].as_array().unwrap().len() >= 5);
    assert!(law["cases"].as_array().unwrap().iter().all(|case| case["passed"] == true));
    let rules = law["states"][0]["rules"].as_array().unwrap();
    assert!(rules.iter().all(|rule| rule["article"].as_str().unwrap().contains(' ')), "each arrow has its article");
    let scenario = server.get("/api/scenarios/ru-2023-as-enacted").json();
    let share =
        scenario["parameters"].as_array().unwrap().iter().find(|one| one["path"] == "response.appears_share").unwrap();
    assert!(share["low"].as_f64().unwrap() <= share["value"].as_f64().unwrap());
    assert!(scenario["switches"].as_array().unwrap().iter().all(|switch| switch["answer"].is_string()));
    for missing in [
        "/api/laws/nothing",
        "/api/laws/..%2fru",
        "/api/laws/%2fetc%2fpasswd",
        "/api/scenarios/..%2fx",
        "/api/scenarios/nothing",
    ] {
        assert_eq!(server.get(missing).status, 404, "{missing}");
    }
}

#[test]
fn two_laws_side_by_side_as_the_command_line_has_them() {
    let (_runs, server) = empty();
    let diff = server.get("/api/diff?first=ru_paper_2022&second=ru_127fz").json();
    assert_eq!(diff, printed(&["diff", "ru_paper_2022", "ru_127fz", "--format", "json"]));
    assert_eq!(server.get("/api/diff?first=ru_paper_2022&second=%2fetc%2fpasswd").status, 404);
    assert_eq!(server.get("/api/diff").status, 422);
}

#[test]
fn a_case_is_explained_as_on_the_command_line_and_nothing_of_it_is_kept() {
    let (runs, server) = empty();
    let facts = "[[notice]]\nkind = \"draft_notice\"\n[notice.dates]\nappearance_date = 2024-10-21\n[notice.events]\nplaced = 2024-10-01\n";
    let file = runs.path().join("facts.toml");
    std::fs::write(&file, facts).unwrap();
    let printed = printed(&["explain", "ru_437fz", "--facts", &file.display().to_string(), "--format", "json"]);
    std::fs::remove_file(&file).unwrap();
    let given = json!({ "notice": [{ "kind": "draft_notice", "dates": { "appearance_date": "2024-10-21" }, "events": { "placed": "2024-10-01" } }] });
    for facts in [json!(facts), given] {
        let reply = server.post("/api/explain", &json!({ "laws": ["ru_437fz"], "facts": facts }));
        assert_eq!(reply.status, 200, "{}", reply.text());
        assert_eq!(reply.json(), printed);
    }
    let calendar = server
        .post("/api/explain", &json!({ "laws": ["ru_437fz"], "facts": facts, "format": "ics", "language": "ru" }));
    assert!(calendar.text().starts_with("BEGIN:VCALENDAR"), "{}", calendar.text());
    for wrong in [
        json!({ "laws": [], "facts": facts }),
        json!({ "laws": ["ru_437fz"], "facts": "born = soon" }),
        json!({ "laws": ["ru_437fz"], "facts": facts, "who": "me" }),
    ] {
        assert_eq!(server.post("/api/explain", &wrong).status, 422, "{wrong}");
    }
    assert_eq!(server.post("/api/explain", &json!({ "laws": ["/etc/passwd"], "facts": facts })).status, 404);
    let kept = std::fs::read_dir(runs.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert_eq!(kept.collect::<Vec<_>>(), [".jobs"], "nothing was written");
}

#[test]
fn an_interview_asks_and_is_not_kept_between_two_questions() {
    let (_runs, server) = empty();
    let first = server.post("/api/interview", &json!({ "laws": ["ru_437fz"], "answers": [] })).json();
    assert!(first["prompt"]["question"].is_string(), "{first}");
    let again = server.post("/api/interview", &json!({ "laws": ["ru_437fz"], "answers": [] })).json();
    assert_eq!(first, again);
    let refused = server.post("/api/interview", &json!({ "laws": ["ru_437fz"], "answers": ["what?!"] })).json();
    assert!(refused["refused"].is_object() || refused["prompt"] != first["prompt"], "{refused}");
}

#[test]
fn the_lives_of_a_comparison_are_those_that_the_command_line_tells() {
    let runs = tempfile::tempdir().unwrap();
    let args =
        ["compare", "ru_paper_2022", "ru_127fz", "--scale", SCALE, "--days", DAYS, "--json", "--quiet", "--runs"];
    let compared = crate::support::ended(program().args(args).arg(runs.path()));
    assert_eq!(compared.code, Some(0), "{}", compared.err);
    let receipt: Value = serde_json::from_str(&compared.out).unwrap();
    let server = Server::start(runs.path(), &[]);
    let id = server.get("/api/runs").json()[0]["id"].as_str().unwrap().to_owned();
    let folder = runs.path().join(&id);
    let page = server.get(&format!("/api/runs/{id}")).json();
    let shown: Vec<&Value> = page["persons"].as_array().unwrap().iter().collect();
    assert_eq!(shown, receipt["figures"].as_array().unwrap().iter().collect::<Vec<_>>());
    let all = server.get(&format!("/api/runs/{id}/lives?limit=2000")).json();
    let parted = all["total"].as_u64().unwrap();
    assert_eq!(parted, receipt["worlds"][1]["lives_that_part"].as_u64().unwrap());
    assert!(parted > 0);
    let person = all["persons"][0].as_str().unwrap();
    let told = server.get(&format!("/api/runs/{id}/lives/{person}")).json();
    assert_eq!(told, printed(&["person", &folder.display().to_string(), person, "--json"]));
    let mailed = page["lives"].as_array().unwrap();
    assert!(mailed.len() == 20 && page["lives"].to_string().len() < 300_000, "{} lives", mailed.len());
    for life in [&mailed[0], &mailed[19]] {
        let id = life["person"]["id"].as_str().unwrap();
        assert!(all["persons"].as_array().unwrap().iter().any(|known| known == id), "{id} is among the parted");
        assert_eq!(*life, printed(&["person", &folder.display().to_string(), id, "--json"]));
    }
    let regions: std::collections::BTreeSet<&str> =
        mailed.iter().map(|life| life["person"]["region"].as_str().unwrap()).collect();
    assert!(regions.len() > 5, "a lot does not stay in one region: {regions:?}");
    let only = server.get(&format!("/api/runs/{id}/lives?quantity=barred&only=other&limit=1")).json();
    assert!(only["total"].as_u64().unwrap() <= parted);
    assert_eq!(server.get(&format!("/api/runs/{id}/lives?quantity=happy")).status, 422);
    for nobody in ["..%2f..", "1-1990-999999999", "x"] {
        assert!([404, 422].contains(&server.get(&format!("/api/runs/{id}/lives/{nobody}")).status), "{nobody}");
    }
}

#[test]
fn a_question_names_so_many_laws_and_no_more() {
    // Each is read and checked; a body has room for tens of thousands of names.
    let (_runs, server) = empty();
    let facts = "[[notice]]\nkind = \"draft_notice\"\n[notice.dates]\nappearance_date = 2024-10-21\n[notice.events]\nplaced = 2024-10-01\n";
    let joined = vec!["ru_127fz"; 10_000].join("+");
    for laws in [json!([joined]), json!(vec!["ru_127fz"; 10_000]), json!([])] {
        let reply = server.post("/api/explain", &json!({ "laws": laws, "facts": facts }));
        assert_eq!(reply.status, 422, "{}", reply.text());
        assert!(reply.text().contains("name 1 to 8"), "{}", reply.text());
        assert_eq!(server.post("/api/interview", &json!({ "laws": laws, "answers": [] })).status, 422);
    }
}
