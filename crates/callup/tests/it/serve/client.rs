//! A server of the program, and as much of a client as the tests need.

use crate::support::program;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Duration;

/// A server that runs until it is dropped.
pub struct Server {
    pub child: Child,
    /// `127.0.0.1:PORT`
    pub address: String,
    pub token: String,
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Server {
    /// Serves this folder of runs on a free port.
    pub fn start(runs: &Path, more: &[&str]) -> Server {
        let mut command = program();
        command.args(["serve", "--port", "0", "--runs"]).arg(runs).args(more);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("it is piped")).read_line(&mut line).expect("an address is printed");
        let (address, token) = line.trim().split_once("/#token=").expect("the address bears the token");
        let address = address.strip_prefix("http://").expect("the address is one of HTTP").to_owned();
        Server { child, address, token: token.to_owned() }
    }

    /// Asks with the token, and with nothing that a browser would add.
    pub fn get(&self, path: &str) -> Reply {
        self.ask("GET", path, &[&self.bearer()], b"")
    }

    /// Sends JSON with the token.
    pub fn post(&self, path: &str, body: &serde_json::Value) -> Reply {
        self.ask("POST", path, &[&self.bearer(), "Content-Type: application/json"], body.to_string().as_bytes())
    }

    pub fn bearer(&self) -> String {
        format!("Authorization: Bearer {}", self.token)
    }

    /// Asks with these headers and the right Host.
    pub fn ask(&self, method: &str, path: &str, headers: &[&str], body: &[u8]) -> Reply {
        let host = format!("Host: {}", self.address);
        self.ask_as(method, path, &[&[host.as_str()], headers].concat(), body)
    }

    /// Asks with these headers and no others but the length of the body.
    pub fn ask_as(&self, method: &str, path: &str, headers: &[&str], body: &[u8]) -> Reply {
        // With HTTP/1.0 an answer ends where the connection does, so that no pieces have to be put together.
        let mut request = format!("{method} {path} HTTP/1.0\r\n");
        for header in headers {
            request += &format!("{header}\r\n");
        }
        if !body.is_empty() {
            request += &format!("Content-Length: {}\r\n", body.len());
        }
        let mut bytes = (request + "\r\n").into_bytes();
        bytes.extend_from_slice(body);
        self.raw(&bytes)
    }

    /// Sends these very bytes.
    pub fn raw(&self, bytes: &[u8]) -> Reply {
        let mut stream = TcpStream::connect(&self.address).expect("the server listens");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a timeout can be set");
        // A server that has heard enough may close before all is said.
        drop(stream.write_all(bytes));
        let mut all = Vec::new();
        drop(stream.read_to_end(&mut all));
        let split = all.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(all.len());
        let head = String::from_utf8_lossy(&all[..split]).to_lowercase();
        let status = head.split(' ').nth(1).and_then(|word| word.parse().ok()).unwrap_or(0);
        Reply { status, head, body: all.get(split + 4..).unwrap_or_default().to_vec() }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Reply {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {} {}", self.head, self.text()))
    }
}
