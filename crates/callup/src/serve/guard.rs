//! Who may come in: the Host and Origin of a request, what the browser says of its page, and the token.
//!
//! A page of another site can make a browser send requests here (cross-site requests), or give its own name the address of this machine (DNS
//! rebinding); neither can read the token, and both say so in their headers. Nothing here knows what is asked for.

use super::Shared;
use super::answer::Refusal;
use super::page;
use crate::data::hex;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::{IpAddr, SocketAddr};
use subtle::ConstantTimeEq as _;

/// Bytes of a token: 128 bits, which nobody guesses.
const TOKEN_BYTES: usize = 16;

/// The longest address that is looked at, bytes.
const ADDRESS_BYTES_MAX: usize = 2048;

/// What opens the door. It is in no log: browsers do not send what stands behind `#`.
pub struct Token(String);

impl std::fmt::Debug for Token {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Token(..)")
    }
}

impl Token {
    /// A new one, from the chance of the system.
    pub fn new() -> Result<Token, String> {
        let mut bytes = [0; TOKEN_BYTES];
        getrandom::fill(&mut bytes).map_err(|error| format!("no token could be drawn: {error}"))?;
        Ok(Token(hex(&bytes)))
    }

    /// As it stands in the address.
    pub fn shown(&self) -> &str {
        &self.0
    }

    /// Compares in a time that does not tell how much of it is right.
    fn is(&self, given: &str) -> bool {
        self.0.as_bytes().ct_eq(given.as_bytes()).into()
    }
}

/// The door.
#[derive(Debug)]
pub struct Door {
    token: Token,
    address: SocketAddr,
}

impl Door {
    /// A door at this address.
    pub fn new(token: Token, address: SocketAddr) -> Door {
        Door { token, address }
    }

    /// Whether the request may come in.
    ///
    /// # Errors
    /// With the answer that it gets otherwise.
    fn check(&self, request: &Request) -> Result<(), Refusal> {
        let headers = request.headers();
        if request.uri().to_string().len() > ADDRESS_BYTES_MAX {
            return Err(Refusal::new(StatusCode::URI_TOO_LONG, "the address is too long", "ask for less"));
        }
        let host = one(headers, &header::HOST)?.ok_or_else(|| strange("the request names no host"))?;
        if !self.is_ours(host) {
            return Err(strange("the request is for another host"));
        }
        if one(headers, &header::ORIGIN)?.is_some_and(|origin| origin.strip_prefix("http://") != Some(host)) {
            return Err(strange("the request comes from a page of another origin"));
        }
        let site = one(headers, &HeaderName::from_static("sec-fetch-site"))?;
        if site.is_some_and(|site| site != "same-origin" && site != "none") {
            return Err(strange("the request comes from a page of another site"));
        }
        if ![Method::GET, Method::HEAD, Method::POST, Method::DELETE].contains(request.method()) {
            return Err(Refusal::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "there is no such method here",
                "see docs/serve.md",
            ));
        }
        if request.uri().path().starts_with("/api") { self.check_token(headers) } else { Ok(()) }
    }

    fn check_token(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        let given = one(headers, &header::AUTHORIZATION)?.and_then(|value| value.strip_prefix("Bearer "));
        if given.is_some_and(|given| self.token.is(given)) {
            return Ok(());
        }
        let help = "open the address that `callup serve` printed; it ends in the token";
        Err(Refusal::new(StatusCode::UNAUTHORIZED, "the request bears no token, or a wrong one", help))
    }

    /// Names of other machines are never ours, whatever address they lead to. Opened to others, the server goes by its addresses alone.
    fn is_ours(&self, host: &str) -> bool {
        if let Ok(address) = host.parse::<SocketAddr>() {
            return address == self.address || (self.is_open() && address.port() == self.address.port());
        }
        // Port 80 is left out of a host.
        if let Ok(address) = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>() {
            return self.address.port() == 80 && (address == self.address.ip() || self.is_open());
        }
        let name = host.strip_suffix(&format!(":{}", self.address.port()));
        name.is_some_and(|name| name.eq_ignore_ascii_case("localhost")) && self.address.ip().is_loopback()
    }

    fn is_open(&self) -> bool {
        !self.address.ip().is_loopback()
    }
}

fn strange(error: &str) -> Refusal {
    Refusal::new(StatusCode::FORBIDDEN, error, "open the address that `callup serve` printed, in a window of its own")
}

/// The value of a header that may be there once.
fn one<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Result<Option<&'h str>, Refusal> {
    let mut values = headers.get_all(name).iter();
    let (first, second) = (values.next(), values.next());
    if second.is_some() {
        return Err(strange("a header that may stand once stands twice"));
    }
    first.map(|value| value.to_str().map_err(|_| strange("a header is no plain text"))).transpose()
}

/// Lets a request in or turns it away, and says on every answer what the page may do: nothing but speak with this server.
pub async fn guard(State(shop): State<Shared>, request: Request, next: Next) -> Response {
    let is_api = request.uri().path().starts_with("/api");
    let mut answer = match shop.door.check(&request) {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    };
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, page::policy());
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
        ("cache-control", if is_api { "no-store" } else { "no-cache" }),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::{Door, Token};

    fn door(address: &str) -> Door {
        Door::new(Token("00".repeat(16)), address.parse().unwrap())
    }

    #[test]
    fn only_our_own_addresses_are_ours() {
        let local = door("127.0.0.1:8411");
        for host in ["127.0.0.1:8411", "localhost:8411", "LOCALHOST:8411"] {
            assert!(local.is_ours(host), "{host}");
        }
        for host in
            ["127.0.0.1", "127.0.0.1:80", "evil.example:8411", "127.0.0.1.evil.example:8411", "192.0.2.1:8411", ""]
        {
            assert!(!local.is_ours(host), "{host}");
        }
        let open = door("0.0.0.0:8411");
        assert!(open.is_ours("192.0.2.1:8411"), "an address of this machine that others use");
        assert!(
            !open.is_ours("evil.example:8411") && !open.is_ours("localhost:8411"),
            "a name can be made to lead anywhere"
        );
    }

    #[test]
    fn tokens_are_long_and_differ_and_are_not_shown_by_accident() {
        let (one, other) = (Token::new().unwrap(), Token::new().unwrap());
        assert_eq!(one.shown().len(), 32);
        assert_ne!(one.shown(), other.shown());
        assert!(one.is(one.shown()) && !one.is(other.shown()) && !one.is("") && !one.is(&one.shown()[..31]));
        assert!(!format!("{one:?}").contains(one.shown()));
    }
}
