//! Jobs: what is refused, line and limit, stopping, a server that is killed in the middle, and that what comes out is what the command line makes.

use super::client::{Reply, Server};
use crate::support::{DAYS, SCALE, ended, files_but_receipt, names, only_folder, program};
use serde_json::{Value, json};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::time::{Duration, Instant};

fn quick() -> Value {
    json!({ "kind": "run", "scenario": "ru-2023-as-enacted", "scale": SCALE.parse::<f64>().unwrap(), "days": DAYS.parse::<u16>().unwrap() })
}

/// Long enough to be met in the middle: many weeks come after the first save.
fn several_months() -> Value {
    json!({ "kind": "run", "scenario": "ru-2023-as-enacted", "scale": 0.005, "days": 200 })
}

/// Long enough that more come in line than are done.
fn long() -> Value {
    with(several_months(), json!({ "scale": 0.02 }))
}

fn with(mut job: Value, more: Value) -> Value {
    for (key, value) in more.as_object().unwrap() {
        job[key] = value.clone();
    }
    job
}

fn added(server: &Server, job: &Value) -> String {
    let reply = server.post("/api/jobs", job);
    assert_eq!(reply.status, 202, "{}", reply.text());
    reply.json()["job"].as_str().unwrap().to_owned()
}

/// A busy machine takes its time.
const PATIENCE: Duration = Duration::from_secs(900);

/// Waits until something is true of a job.
fn until(server: &Server, id: &str, is_so: impl Fn(&Value) -> bool) -> Value {
    let began = Instant::now();
    loop {
        let card = server.get(&format!("/api/jobs/{id}")).json();
        if is_so(&card) {
            return card;
        }
        assert!(began.elapsed() < PATIENCE, "{card}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn ended_card(server: &Server, id: &str) -> Value {
    until(server, id, |card| !["queued", "running"].contains(&card["state"].as_str().unwrap()))
}

/// The only run in a folder of runs, made by the command line.
fn by_hand(args: &[&str], runs: &Path) {
    let made = ended(program().args(args).args(["--quiet", "--runs"]).arg(runs));
    assert_eq!(made.code, Some(0), "{}", made.err);
}

#[test]
fn a_job_makes_what_the_command_line_makes_and_tells_how_far_it_is() {
    let runs = tempfile::tempdir().unwrap();
    let server = Server::start(runs.path(), &[]);
    let id = added(&server, &quick());
    let events = server.get(&format!("/api/jobs/{id}/events"));
    assert!(events.head.contains("content-type: text/event-stream"), "{}", events.head);
    let told = events.text();
    let cards: Vec<Value> = told
        .lines()
        .filter_map(|line| line.strip_prefix("data: "))
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(cards.last().unwrap()["state"], "finished", "the telling ends with the job: {told}");
    assert_eq!(cards.last().unwrap()["day"], DAYS.parse::<u16>().unwrap());
    let run = cards.last().unwrap()["run"].as_str().unwrap().to_owned();
    let other = tempfile::tempdir().unwrap();
    by_hand(&["run", "ru-2023-as-enacted", "--scale", SCALE, "--days", DAYS], other.path());
    let folder = only_folder(other.path());
    assert_eq!(folder.file_name().unwrap().to_str().unwrap(), run);
    assert_eq!(files_but_receipt(&folder), files_but_receipt(&runs.path().join(&run)));
    assert_eq!(names(runs.path()), [".jobs".to_owned(), run], "no save is left");
}

#[test]
fn a_change_is_a_scenario_of_its_own_whose_lives_can_be_told() {
    let runs = tempfile::tempdir().unwrap();
    let server = Server::start(runs.path(), &[]);
    let changes = json!({ "changes": [{ "path": "response.appears_share", "value": 0.1, "reason": "a try" }, { "path": "channel.post.used_share", "value": 0.9 }], "name": "nobody-comes" });
    let id = added(&server, &with(quick(), changes));
    let card = ended_card(&server, &id);
    assert_eq!(card["state"], "finished", "{card}");
    let run = card["run"].as_str().unwrap();
    assert!(run.starts_with("nobody-comes-"));
    let page = server.get(&format!("/api/runs/{run}")).json();
    let parameter =
        |path: &str| page["parameters"].as_array().unwrap().iter().find(|one| one["path"] == path).unwrap().clone();
    let share = parameter("response.appears_share");
    assert_eq!((share["value"].as_f64(), share["low"].as_f64()), (Some(0.1), Some(0.1)), "the range holds the value");
    assert!(share["assumption"].as_str().unwrap().starts_with("a try"));
    assert_eq!(parameter("channel.post.used_share")["value"], 0.9);
    let text = server.get(&format!("/api/jobs/{id}/scenario.toml")).text();
    assert!(text.starts_with("extends = \"ru-2023-as-enacted\"\n"), "{text}");
    let life = server.get(&format!("/api/runs/{run}/lives/1-2000-0"));
    assert!(life.status == 200 || life.text().contains("no person"), "{}", life.text());
    // The text that comes down goes up again, and makes the same.
    let again = json!({ "kind": "run", "toml": text, "name": "nobody-comes", "scale": quick()["scale"], "days": quick()["days"] });
    let same = ended_card(&server, &added(&server, &again));
    assert_eq!(same["run"].as_str(), Some(run), "{same}");
}

#[test]
fn a_text_is_changed_in_its_own_tables() {
    let runs = tempfile::tempdir().unwrap();
    let server = Server::start(runs.path(), &[]);
    let given = "extends = \"ru-2023-as-enacted\"\n# kept\n[set] # why\n\"response.appears_share\" = { value = 0.7, assumption = \"a text\" } # mine\n";
    let changes = json!([{ "path": "response.appears_share", "value": 0.1, "reason": "a try" }, { "path": "response.leave_delay", "value": 9 }]);
    let question = server.get("/api/scenarios/ru-2023-as-enacted").json()["switches"][0].clone();
    let answers = json!({ question["name"].as_str().unwrap(): question["answer"] });
    let asked = json!({ "kind": "run", "toml": given, "changes": changes, "answers": answers, "scale": quick()["scale"], "days": quick()["days"] });
    let id = added(&server, &asked);
    assert!(
        !server.get("/api/jobs").text().contains("# kept"),
        "thousands of long texts would be told again and again"
    );
    let text = server.get(&format!("/api/jobs/{id}/scenario.toml")).text();
    assert!(text.contains("# kept\n[set] # why\n\"response.leave_delay\" = { days = 9,"), "{text}");
    assert!(text.contains("value = 0.1") && text.contains("(was 0.7)") && text.contains("# mine"), "{text}");
    assert!(text.contains("\n[answers]\n"), "{text}");
    let card = ended_card(&server, &id);
    assert_eq!(card["state"], "finished", "{card}");
    let page = server.get(&format!("/api/runs/{}", card["run"].as_str().unwrap())).json();
    let value = |path: &str| {
        page["parameters"].as_array().unwrap().iter().find(|one| one["path"] == path).unwrap()["value"].as_f64()
    };
    assert_eq!((value("response.appears_share"), value("response.leave_delay")), (Some(0.1), Some(9.0)));
}

#[test]
fn a_comparison_is_a_job_too() {
    let runs = tempfile::tempdir().unwrap();
    let server = Server::start(runs.path(), &[]);
    let job = with(quick(), json!({ "kind": "compare", "worlds": ["ru_paper_2022", "ru_127fz"] }));
    let card = ended_card(&server, &added(&server, &job));
    assert_eq!(card["state"], "finished", "{card}");
    let run = card["run"].as_str().unwrap();
    assert_eq!(server.get(&format!("/api/runs/{run}")).json()["kind"], "comparison");
}

#[test]
fn a_run_with_replicates_is_a_job_whose_page_has_bands() {
    let runs = tempfile::tempdir().unwrap();
    let server = Server::start(runs.path(), &[]);
    let job = with(quick(), json!({ "replicates": 2, "scale": 0.0002, "days": 110 }));
    let id = added(&server, &job);
    let events = server.get(&format!("/api/jobs/{id}/events")).text();
    let told = events.lines().filter_map(|line| line.strip_prefix("data: "));
    let told: Vec<Value> = told.map(|line| serde_json::from_str(line).unwrap()).collect();
    let lived = |card: &Value| (card["replicate"].as_u64().unwrap() - 1) * 110 + card["day"].as_u64().unwrap();
    assert!(told.windows(2).all(|pair| lived(&pair[0]) <= lived(&pair[1])), "one progress over all: {events}");
    let card = ended_card(&server, &id);
    assert_eq!(card["state"], "finished", "{card}");
    assert_eq!((&card["replicate"], &card["replicates"], lived(&card)), (&json!(2), &json!(2), 220));
    let run = card["run"].as_str().unwrap();
    let page = server.get(&format!("/api/runs/{run}")).json();
    assert_eq!((&page["replicates"], page["replicate_runs"].as_array().map(Vec::len)), (&json!(2), Some(2)));
    assert!(page["weekly"]["series"].as_array().unwrap().iter().any(|series| series["low"].is_array()));
    let list = server.get("/api/runs").json();
    assert_eq!(
        (list.as_array().unwrap().len(), &list[0]["id"]),
        (1, &json!(run)),
        "the other stands under its run: {list}"
    );
    let seed = list[0]["seed"].as_u64().unwrap();
    let under = &list[0]["replicates"];
    assert_eq!((under.as_array().unwrap().len(), &under[0]["seed"]), (1, &json!(seed + 1)));
    assert_eq!(
        server.get(&format!("/api/runs/{}", under[0]["id"].as_str().unwrap())).status,
        200,
        "and can be looked at"
    );
    assert_eq!(server.post("/api/jobs", &with(job, json!({ "replicates": 101 }))).status, 422);
}

#[test]
fn what_cannot_be_run_is_refused_at_once_with_the_findings() {
    let runs = tempfile::tempdir().unwrap();
    let server = Server::start(runs.path(), &[]);
    let changes = json!([{ "path": "response.appears_share", "value": 0.5 }]);
    let refused: [(Value, u16); 19] = [
        (json!({ "kind": "run", "toml": "extends = \"ru-2023\"\nset = 7", "changes": changes }), 422),
        (json!({ "kind": "run", "toml": "extends = \"nothing\"", "changes": changes }), 422),
        (
            json!({ "kind": "run", "toml": "extends = \"ru-2023\"", "changes": [{ "path": "response.nothing", "value": 1 }] }),
            422,
        ),
        (
            with(
                quick(),
                json!({ "changes": [{ "path": "response.appears_share", "value": 0.5 }, { "path": "response.appears_share", "value": 0.6 }] }),
            ),
            422,
        ),
        (with(quick(), json!({ "scenario": "nothing" })), 404),
        (with(quick(), json!({ "scenario": "../../etc/passwd" })), 404),
        (with(quick(), json!({ "scenario": "/etc/passwd.toml" })), 404),
        (with(quick(), json!({ "laws": ["/etc/passwd"] })), 404),
        (with(quick(), json!({ "kind": "compare", "worlds": ["ru_127fz", "../x.toml"] })), 404),
        (with(quick(), json!({ "kind": "compare", "worlds": ["ru_127fz"] })), 422),
        (with(quick(), json!({ "scale": 2.0 })), 422),
        (with(quick(), json!({ "days": 5_000 })), 422),
        (with(quick(), json!({ "speed": 1 })), 422),
        (with(quick(), json!({ "answers": { "x = 1\n[set]": "y" } })), 422),
        (
            with(
                quick(),
                json!({ "name": "../../x", "changes": [{ "path": "response.appears_share", "value": 0.5 }] }),
            ),
            422,
        ),
        (with(quick(), json!({ "changes": [{ "path": "response.nothing", "value": 0.5 }] })), 422),
        (with(quick(), json!({ "changes": [{ "path": "response.appears_share", "value": 7 }] })), 422),
        (json!({ "kind": "run", "toml": "extends = \"../../etc/passwd\"" }), 422),
        (json!({ "kind": "run", "toml": "extends = \"ru-2023\"\nseeds = 1" }), 422),
    ];
    for (job, status) in refused {
        let reply = server.post("/api/jobs", &job);
        assert_eq!(reply.status, status, "{job}: {}", reply.text());
        assert!(reply.json()["error"].is_string() && !reply.text().contains("root:"));
    }
    let unknown = server.post("/api/jobs", &json!({ "kind": "run", "toml": "extends = \"ru-2023\"\nseeds = 1" }));
    assert!(unknown.json()["findings"][0]["help"].as_str().unwrap().contains("seed"), "{}", unknown.text());
    let plain = server.ask(
        "POST",
        "/api/jobs",
        &[&server.bearer(), "Content-Type: text/plain"],
        quick().to_string().as_bytes(),
    );
    assert_eq!(plain.status, 415, "what a form of another page could send");
    let long = format!("{{\"kind\": \"run\", \"toml\": \"{}\"}}", "#".repeat(400_000));
    assert_eq!(
        server.ask("POST", "/api/jobs", &[&server.bearer(), "Content-Type: application/json"], long.as_bytes()).status,
        413
    );
    assert_eq!(
        server.ask("POST", "/api/jobs", &[&server.bearer(), "Content-Type: application/json"], b"{").status,
        400
    );
    assert_eq!(
        server.ask("POST", "/api/jobs", &["Content-Type: application/json"], quick().to_string().as_bytes()).status,
        401
    );
    assert_eq!(server.get("/api/jobs").text(), "[]", "none of them is a job");
    assert_eq!(names(&runs.path().join(".jobs")), ["lock"], "nothing is left of them");
}

#[test]
fn two_run_the_others_wait_and_too_many_are_refused() {
    let runs = tempfile::tempdir().unwrap();
    let server = Server::start(runs.path(), &[]);
    let mut ids: Vec<String> = Vec::new();
    let refusal: Reply = loop {
        // Each of another seed, so that none is the run of another.
        let reply = server.post("/api/jobs", &with(long(), json!({ "seed": ids.len() })));
        if reply.status != 202 {
            break reply;
        }
        ids.push(reply.json()["job"].as_str().unwrap().to_owned());
        assert!(ids.len() < 60, "no limit");
    };
    assert_eq!(refusal.status, 429);
    assert!(refusal.head.contains("retry-after: "), "{}", refusal.head);
    let states: Vec<Value> =
        server.get("/api/jobs").json().as_array().unwrap().iter().map(|card| card["state"].clone()).collect();
    assert!(states.iter().filter(|state| **state == "running").count() <= 2, "{states:?}");
    let ask = |method: &str, id: &str, rest: &str| {
        server.ask(method, &format!("/api/jobs/{id}{rest}"), &[&server.bearer()], b"")
    };
    let waiting = ids.last().unwrap();
    assert_eq!(ask("DELETE", waiting, "").json()["state"], "stopped", "what waits is out of the line at once");
    let running = ids.iter().find(|id| server.get(&format!("/api/jobs/{id}")).json()["state"] == "running").unwrap();
    assert_eq!(ask("DELETE", running, "").status, 200);
    for id in &ids {
        ask("DELETE", id, "");
    }
    let stopped = ended_card(&server, running);
    assert!(["stopped", "finished"].contains(&stopped["state"].as_str().unwrap()), "{stopped}");
    assert_eq!(ask("DELETE", running, "").status, 409);
    assert_eq!(ask("DELETE", "999999", "").status, 404);
    assert_eq!(ask("POST", "..%2f..", "/resume").status, 404);
}

#[test]
fn a_killed_server_leaves_an_interrupted_job_that_goes_on_to_the_same_bytes() {
    let runs = tempfile::tempdir().unwrap();
    let mut server = Server::start(runs.path(), &[]);
    let id = added(&server, &several_months());
    let has_save = || names(runs.path()).iter().any(|name| name.ends_with(".save"));
    let began = Instant::now();
    while !has_save() {
        assert!(began.elapsed() < PATIENCE, "{}", server.get("/api/jobs").text());
        std::thread::sleep(Duration::from_millis(2));
    }
    server.child.kill().unwrap();
    server.child.wait().unwrap();
    drop(server);

    let server = Server::start(runs.path(), &[]);
    let card = server.get(&format!("/api/jobs/{id}")).json();
    assert_eq!(card["state"], "interrupted", "{card}");
    let listed = server.get("/api/runs").json();
    assert!(
        listed.as_array().unwrap().iter().all(|run| run["state"] == "interrupted" && run["job"] == *id),
        "{listed}"
    );
    let resumed = server.ask("POST", &format!("/api/jobs/{id}/resume"), &[&server.bearer()], b"");
    assert_eq!(resumed.status, 200, "{}", resumed.text());
    let card = ended_card(&server, &id);
    assert_eq!(card["state"], "finished", "{card}");
    let folder = runs.path().join(card["run"].as_str().unwrap());
    let receipt: Value = serde_json::from_slice(&std::fs::read(folder.join("receipt.json")).unwrap()).unwrap();
    assert!(!receipt["resumed_at_days"].as_array().unwrap().is_empty(), "it went on from its save");
    let other = tempfile::tempdir().unwrap();
    by_hand(&["run", "ru-2023-as-enacted", "--scale", "0.005", "--days", "200"], other.path());
    assert_eq!(files_but_receipt(&only_folder(other.path())), files_but_receipt(&folder));
    assert_eq!(server.ask("POST", &format!("/api/jobs/{id}/resume"), &[&server.bearer()], b"").status, 409);
}

#[test]
fn two_servers_do_not_share_a_folder() {
    let runs = tempfile::tempdir().unwrap();
    let _first = Server::start(runs.path(), &[]);
    let second = ended(program().args(["serve", "--port", "0", "--runs"]).arg(runs.path()));
    assert_eq!(second.code, Some(2), "{}", second.err);
    assert!(second.err.contains("another server has"), "{}", second.err);
}

#[test]
fn a_card_that_somebody_sent_leads_to_no_file_outside_its_folder() {
    let runs = tempfile::tempdir().unwrap();
    let server = Server::start(runs.path(), &[]);
    let text = json!({ "kind": "run", "toml": "extends = \"ru-2023-as-enacted\"\n", "scale": 0.0001, "days": 7 });
    let id = added(&server, &text);
    ended_card(&server, &id);
    drop(server);
    std::fs::write(runs.path().join("secret.toml"), "not to be read").unwrap();
    let path = runs.path().join(".jobs").join(&id).join("job.json");
    let card: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    for way in ["../../secret.toml", "/etc/passwd", "..", ""] {
        std::fs::write(&path, with(card.clone(), json!({ "scenario_file": way })).to_string()).unwrap();
        let server = Server::start(runs.path(), &[]);
        let reply = server.get(&format!("/api/jobs/{id}/scenario.toml"));
        assert_eq!(reply.status, 404, "{way}: {}", reply.text());
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_somebody_sent_makes_the_server_cut_no_file_short() {
    let runs = tempfile::tempdir().unwrap();
    let precious = runs.path().join("precious");
    std::fs::write(&precious, "of the user").unwrap();
    std::fs::create_dir(runs.path().join(".jobs")).unwrap();
    std::os::unix::fs::symlink(&precious, runs.path().join(".jobs/lock")).unwrap();
    let server = Server::start(runs.path(), &[]);
    assert_eq!(server.get("/api/jobs").status, 200);
    assert_eq!(std::fs::read_to_string(&precious).unwrap(), "of the user");
}

#[test]
fn so_many_follow_a_job_and_no_more() {
    let runs = tempfile::tempdir().unwrap();
    let server = Server::start(runs.path(), &[]);
    let id = added(&server, &long());
    let path = format!("/api/jobs/{id}/events");
    let follow = |_| {
        let mut stream = TcpStream::connect(&server.address).unwrap();
        let head = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n{}\r\n\r\n", server.address, server.bearer());
        stream.write_all(head.as_bytes()).unwrap();
        stream.read_exact(&mut [0; 64]).unwrap();
        stream
    };
    let followers: Vec<TcpStream> = (0..64).map(follow).collect();
    let refused = server.get(&path);
    assert_eq!(refused.status, 429, "{}", refused.text());
    assert!(refused.head.contains("retry-after: "), "{}", refused.head);
    assert_eq!(server.get(&format!("/api/jobs/{id}")).status, 200, "whoever only asks is answered");
    drop(followers);
    server.ask("DELETE", &format!("/api/jobs/{id}"), &[&server.bearer()], b"");
    ended_card(&server, &id);
    // Whoever went away is missed at the next word.
    let began = Instant::now();
    while server.get(&path).status != 200 {
        assert!(began.elapsed() < PATIENCE, "places of followers who went away stay taken");
        std::thread::sleep(Duration::from_millis(50));
    }
}
