//! Two hundred clients at once: no error but the refusals that the documents name, and memory that does not grow.

use super::client::Server;
use crate::support::own_flagship;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

const CLIENTS: usize = 200;

/// Beyond what it holds after a warm-up the server may take this much: buffers of connections and of the allocator, for 200 clients.
const GROWTH_BYTES_MAX: u64 = 96 * 1024 * 1024;

fn resident_bytes(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? * 1024)
}

/// Asks in turn for whatever a page asks for, for so long; how often each status came.
fn asked_for(server: &Server, id: &str, how_long: Duration) -> BTreeMap<u16, usize> {
    let paths = [
        "/".to_owned(),
        "/api/about".into(),
        "/api/runs".into(),
        format!("/api/runs/{id}"),
        format!("/api/runs/{id}/tables/coverage.json"),
        format!("/api/runs/{id}/tables/daily.json?region=RU-MOW&limit=20"),
        format!("/api/runs/{id}/tables/coverage.csv"),
        format!("/api/runs/{id}/tables/daily.csv?to=2023-01-20"),
        "/api/laws".into(),
        format!("/api/runs/{id}/report.html"),
        "/api/jobs".into(),
    ];
    let counted = Mutex::new(BTreeMap::new());
    let began = Instant::now();
    std::thread::scope(|scope| {
        for client in 0..CLIENTS {
            let (paths, counted) = (&paths, &counted);
            scope.spawn(move || {
                let mut turn = client;
                while began.elapsed() < how_long {
                    let status = server.get(&paths[turn % paths.len()]).status;
                    *counted.lock().unwrap().entry(status).or_insert(0) += 1;
                    turn += 1;
                }
            });
        }
    });
    counted.into_inner().unwrap()
}

/// Memory is judged only over a time that is long beside the first touches of buffers and threads.
fn hold_out(warm_up: Duration, how_long: Duration, judges_memory: bool) {
    let (runs, id) = own_flagship();
    let id = id.as_str();
    let server = Server::start(runs.path(), &[]);
    asked_for(&server, id, warm_up);
    let before = resident_bytes(server.child.id());
    let counted = asked_for(&server, id, how_long);
    let after = resident_bytes(server.child.id());
    println!("{counted:?}, {before:?} bytes before and {after:?} after");
    // 429 and 503 with Retry-After are the documented refusals of a server that has too much to do.
    assert!(counted.keys().all(|status| [200, 429, 503].contains(status)), "{counted:?}");
    assert!(counted.get(&200).is_some_and(|answers| *answers >= CLIENTS), "{counted:?}");
    if let (true, Some(before), Some(after)) = (judges_memory, before, after) {
        assert!(after <= before + GROWTH_BYTES_MAX, "{before} bytes have become {after}");
    }
    assert_eq!(server.get("/api/about").status, 200);
}

#[test]
fn two_hundred_clients_for_three_seconds() {
    hold_out(Duration::from_secs(1), Duration::from_secs(3), false);
}

#[test]
#[ignore = "takes a minute; `cargo test -p callup --test it --release -- --ignored two_hundred`"]
fn two_hundred_clients_for_a_minute() {
    hold_out(Duration::from_secs(20), Duration::from_secs(60), true);
}
