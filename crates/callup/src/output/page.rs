//! The frame of every page for people: one file that stands alone, without outside requests, in one style. A report is the page that the server has
//! too, with its own data in it; where no script runs it shows the same figures as plain tables.
//!
//! It knows nothing of what stands in a page.

use maud::{DOCTYPE, Markup, PreEscaped, html};

/// The page of reports, as it is built from `web/`.
const REPORT: &str = include_str!("../../web/report.html");

/// Where the data of a report go.
const DATA: &str = "<!--callup-data-->";

/// How the plain tables of a report begin.
const PLAIN: &str = "<noscript id=\"callup-plain\">";

/// A report: the page with this element of data, and the plain tables.
#[must_use]
pub fn report(title: &str, (header, main, footer): (&Markup, &Markup, &Markup), data: &str) -> String {
    let plain = html! {
        style { (PreEscaped(include_str!("report/style.css"))) }
        header { (header) }
        main { (main) }
        footer { (footer) }
    };
    let own = html! { title { (title) " · callup" } };
    let page = REPORT.replacen("<title>callup</title>", &own.into_string(), 1);
    page.replacen(DATA, &format!("{data}\n{PLAIN}{}</noscript>", plain.into_string()), 1)
}

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

#[cfg(test)]
mod tests {
    use super::{DATA, PLAIN, REPORT, report};
    use maud::html;

    #[test]
    fn the_built_page_has_a_place_for_data_and_no_text_runs_in_it() {
        assert_eq!(REPORT.matches(DATA).count(), 1);
        assert_eq!(REPORT.matches("<title>callup</title>").count(), 1);
        let part = html! { p { "</noscript><script>alert(1)</script>" } };
        let page = report("<b>", (&part, &part, &part), "<data>");
        assert_eq!(page.matches("<script").count(), REPORT.matches("<script").count());
        assert!(page.contains("<title>&lt;b&gt; · callup</title>") && page.contains(PLAIN) && !page.contains(DATA));
    }
}
