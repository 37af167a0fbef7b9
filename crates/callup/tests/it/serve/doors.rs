//! Who is let in: a test for each attack that a door stops.

use super::client::Server;
use crate::support::callup;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

fn empty() -> (tempfile::TempDir, Server) {
    let runs = tempfile::tempdir().unwrap();
    let server = Server::start(runs.path(), &[]);
    (runs, server)
}

#[test]
fn another_program_of_the_machine_without_the_token_learns_nothing() {
    let (_runs, server) = empty();
    assert_eq!(server.get("/api/about").status, 200);
    for wrong in ["", "0", &"0".repeat(32), &server.token[..31], &format!("{}0", server.token)] {
        let reply = server.ask("GET", "/api/about", &[&format!("Authorization: Bearer {wrong}")], b"");
        assert_eq!(reply.status, 401, "{wrong}");
        assert!(!reply.text().contains("indicators"));
    }
    for path in ["/api", "/api/", "/api/runs", "/api/nothing", "/api/jobs"] {
        assert_eq!(server.ask("GET", path, &[], b"").status, 401, "{path}");
    }
    // The token is no part of an address: there it would stand in histories and logs.
    assert_eq!(server.ask("GET", &format!("/api/about?token={}", server.token), &[], b"").status, 401);
    let page = server.ask("GET", "/", &[], b"");
    assert_eq!(page.status, 200, "the page itself says nothing of the runs");
    assert!(!page.text().contains(&server.token));
}

#[test]
fn a_name_that_was_led_to_this_machine_is_refused() {
    // DNS rebinding: a page of evil.example makes its name lead to 127.0.0.1 and is then of one origin with the server.
    let (_runs, server) = empty();
    let port = server.address.rsplit(':').next().unwrap().to_owned();
    for host in [
        format!("evil.example:{port}"),
        "evil.example".into(),
        format!("127.0.0.1.evil.example:{port}"),
        "127.0.0.1:1".into(),
    ] {
        let reply = server.ask_as("GET", "/api/about", &[&format!("Host: {host}"), &server.bearer()], b"");
        assert_eq!(reply.status, 403, "{host}");
    }
    assert_eq!(server.ask_as("GET", "/", &[], b"").status, 403, "no host at all");
    let twice = [&format!("Host: {}", server.address), "Host: evil.example"];
    assert_ne!(server.ask_as("GET", "/", &twice, b"").status, 200, "two hosts");
    assert_eq!(server.ask_as("GET", "/", &[&format!("Host: localhost:{port}")], b"").status, 200);
}

#[test]
fn a_page_of_another_site_can_send_nothing() {
    // Cross-site request forgery: the browser of the user sends what another page tells it to.
    let (_runs, server) = empty();
    for origin in ["http://evil.example", "null", &format!("https://{}", server.address), "http://127.0.0.1:1"] {
        let reply = server.ask("GET", "/api/about", &[&server.bearer(), &format!("Origin: {origin}")], b"");
        assert_eq!(reply.status, 403, "{origin}");
        assert!(!reply.head.contains("access-control-allow"), "no page of another origin may read an answer");
    }
    for site in ["cross-site", "same-site"] {
        assert_eq!(server.ask("GET", "/", &[&format!("Sec-Fetch-Site: {site}")], b"").status, 403, "{site}");
    }
    let own = format!("Origin: http://{}", server.address);
    assert_eq!(
        server.ask("GET", "/api/about", &[&server.bearer(), &own, "Sec-Fetch-Site: same-origin"], b"").status,
        200
    );
    let preflight = ["Origin: http://evil.example", "Access-Control-Request-Method: POST"];
    assert_eq!(server.ask("OPTIONS", "/api/about", &preflight, b"").status, 403);
}

#[test]
fn no_path_is_taken_from_a_client() {
    let runs = tempfile::tempdir().unwrap();
    let secret = runs.path().join("secret");
    std::fs::create_dir(&secret).unwrap();
    std::fs::write(secret.join("report.html"), "not to be read").unwrap();
    let inside = runs.path().join("runs");
    std::fs::create_dir(&inside).unwrap();
    let server = Server::start(&inside, &[]);
    let ways = [
        "../secret",
        "..%2fsecret",
        "%2e%2e%2fsecret",
        "..%5csecret",
        "%252e%252e%252fsecret",
        "/etc",
        "secret%00",
        ".",
    ];
    for id in ways {
        for rest in ["", "/report.html", "/tables", "/tables/daily.csv", "/tables/..%2f..%2fetc%2fpasswd"] {
            let reply = server.get(&format!("/api/runs/{id}{rest}"));
            assert!([400, 404].contains(&reply.status), "{id}{rest}: {}", reply.status);
            assert!(!reply.text().contains("not to be read"));
        }
    }
    for path in ["/../Cargo.toml", "/app.html", "/%2e%2e/etc/passwd", "//etc/passwd"] {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
}

#[test]
fn every_answer_tells_the_browser_to_speak_with_nobody_else() {
    let (_runs, server) = empty();
    for (path, headers) in
        [("/", vec![]), ("/api/about", vec![server.bearer()]), ("/api/about", vec![]), ("/nothing", vec![])]
    {
        let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
        let head = server.ask("GET", path, &headers, b"").head;
        let policy = head.lines().find_map(|line| line.strip_prefix("content-security-policy: ")).unwrap().to_owned();
        assert!(policy.starts_with("default-src 'self'; "), "{policy}");
        assert!(!policy.contains("eval") && !policy.contains("http") && !policy.contains('*'), "{policy}");
        let scripts = policy.split("; ").find(|part| part.starts_with("script-src")).unwrap();
        assert!(!scripts.contains("unsafe"), "{scripts}");
        for header in [
            "x-content-type-options: nosniff",
            "x-frame-options: deny",
            "referrer-policy: no-referrer",
            "cross-origin-resource-policy: same-origin",
        ] {
            assert!(head.contains(header), "{path}: {header}");
        }
    }
}

#[test]
fn others_are_let_in_only_if_it_is_said_twice() {
    let once = callup(["serve", "--port", "0", "--listen", "0.0.0.0"]);
    assert_eq!(once.code, Some(2));
    assert!(once.err.contains("--others-can-reach-it"), "{}", once.err);
    assert!(once.out.is_empty(), "no address is printed");
    let runs = tempfile::tempdir().unwrap();
    let server = Server::start(runs.path(), &["--listen", "0.0.0.0", "--others-can-reach-it"]);
    let port = server.address.rsplit(':').next().unwrap();
    let local = Server { address: format!("127.0.0.1:{port}"), token: server.token.clone(), child: spare() };
    assert_eq!(local.get("/api/about").status, 200);
    assert_eq!(local.ask_as("GET", "/", &[&format!("Host: evil.example:{port}")], b"").status, 403);
}

/// A process to fill a place, at its end already.
fn spare() -> std::process::Child {
    crate::support::program().arg("--version").stdout(std::process::Stdio::null()).spawn().unwrap()
}

#[test]
fn what_is_too_much_is_refused() {
    let (_runs, server) = empty();
    assert_eq!(server.get(&format!("/api/runs?{}", "a".repeat(3_000))).status, 414, "a long address");
    let long = format!("X-Long: {}", "a".repeat(40_000));
    assert!([400, 431].contains(&server.ask("GET", "/", &[&long], b"").status), "long headers");
    assert_eq!(server.ask("PUT", "/api/about", &[&server.bearer()], b"").status, 405);
    assert_eq!(server.ask("POST", "/api/about", &[&server.bearer()], b"{}").status, 405);
}

#[test]
fn whoever_never_ends_his_sentence_is_not_listened_to_for_long() {
    // A slow client that opens a connection and says nothing more would otherwise hold its place for ever.
    let (_runs, server) = empty();
    let begun = format!("POST /api/explain HTTP/1.1\r\nHost: {}\r\n{}\r\n", server.address, server.bearer());
    let sentences = [
        ("nothing at all", String::new()),
        ("half of a head", "GET / HTTP/1.1\r\nHost: ".to_owned()),
        ("one request, then nothing", format!("GET / HTTP/1.1\r\nHost: {}\r\n\r\n", server.address)),
        ("a head, and no body", format!("{begun}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{{")),
    ];
    let closed = |said: &str| {
        let mut stream = TcpStream::connect(&server.address).unwrap();
        stream.write_all(said.as_bytes()).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let began = Instant::now();
        let mut all = Vec::new();
        drop(stream.read_to_end(&mut all));
        (began.elapsed(), String::from_utf8_lossy(&all).into_owned())
    };
    std::thread::scope(|scope| {
        let talks = sentences.map(|(what, said)| (what, scope.spawn(move || closed(&said))));
        for (what, talk) in talks {
            let (after, heard) = talk.join().unwrap();
            assert!(after < Duration::from_secs(40), "{what}: closed after {after:?}");
            assert_eq!(heard.contains(" 408 "), what == "a head, and no body", "{what}: {heard:.200}");
        }
    });
    assert_eq!(server.get("/api/about").status, 200);
}
