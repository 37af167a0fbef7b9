//! The frame of every page for people: one file that stands alone, without scripts or outside requests, in one style.
//!
//! It knows nothing of what stands in a page.

use maud::{DOCTYPE, Markup, PreEscaped, html};

/// A page with this title.
#[must_use]
pub fn page(title: &str, header: &Markup, main: &Markup, footer: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                meta name="referrer" content="no-referrer";
                title { (title) " · callup" }
                style { (PreEscaped(include_str!("report/style.css"))) }
            }
            body {
                header { (header) }
                main { (main) }
                footer { (footer) }
            }
        }
    };
    page.into_string()
}

/// A part of a page, with its heading.
#[must_use]
pub fn section(anchor: &str, heading: &str, content: &Markup) -> Markup {
    html! {
        section id=(anchor) aria-labelledby={ (anchor) "-heading" } {
            h2 id={ (anchor) "-heading" } { (heading) }
            (content)
        }
    }
}
