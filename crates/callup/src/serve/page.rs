//! The page itself, as it was built into the program, and what a browser lets it do.
//!
//! The page is one file. Its own scripts are allowed by their SHA-256 and no others, so that nothing that slips into a text can run.

use axum::http::HeaderValue;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};
use std::sync::OnceLock;

/// The page.
pub const PAGE: &str = include_str!("../../web/app.html");

/// What every answer tells the browser. Styles may stand in the page, for charts set them on their parts; nothing may be fetched elsewhere.
pub fn policy() -> HeaderValue {
    static POLICY: OnceLock<HeaderValue> = OnceLock::new();
    let made = || {
        let scripts: String = scripts_of(PAGE).map(|script| format!(" 'sha256-{}'", digest(script))).collect();
        let text = format!(
            "default-src 'self'; script-src 'self'{scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
             object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        );
        // Base64 and the words above are plain.
        HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'"))
    };
    POLICY.get_or_init(made).clone()
}

fn digest(script: &str) -> String {
    STANDARD.encode(Sha256::digest(script.as_bytes()))
}

/// What stands within the script elements of a page.
fn scripts_of(page: &str) -> impl Iterator<Item = &str> {
    page.split("<script").skip(1).filter_map(|rest| {
        let (_, inside) = rest.split_once('>')?;
        inside.split_once("</script>").map(|(script, _)| script)
    })
}

#[cfg(test)]
mod tests {
    use super::{digest, policy, scripts_of};

    #[test]
    fn own_scripts_are_allowed_by_their_digest_and_no_others() {
        let page = "<p></p><script type=\"module\">let a = 1;</script><script>b()</script>";
        assert_eq!(scripts_of(page).collect::<Vec<_>>(), ["let a = 1;", "b()"]);
        // `printf '' | openssl dgst -sha256 -binary | base64`
        assert_eq!(digest(""), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
        let policy = policy();
        let scripts =
            policy.to_str().unwrap().split("; ").find(|part| part.starts_with("script-src")).unwrap().to_owned();
        assert!(!scripts.contains("unsafe"), "{scripts}");
    }
}
