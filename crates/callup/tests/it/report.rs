//! The report: one page that asks nothing of the outside, escapes what it is given, and has a table beside every chart.

use crate::support::{copy_of_data, flagship, only_folder, plain, quick_run};
use std::fs;

fn page() -> String {
    plain(&fs::read_to_string(flagship().1.join("report.html")).unwrap()).to_owned()
}

#[test]
fn the_page_has_no_scripts_and_asks_nothing_of_the_outside() {
    let page = page();
    for word in ["<script", "<link", "<img", "<iframe", " src=", "url(", "@import", "javascript:", " onload="] {
        assert!(!page.contains(word), "{word}");
    }
    let links = page.match_indices("href=\"").map(|(at, word)| &page[at + word.len()..]);
    assert!(links.into_iter().all(|target| target.starts_with('#')), "links stay on the page");
    let whole = fs::read_to_string(flagship().1.join("report.html")).unwrap();
    let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'sha256-";
    assert!(whole.contains(policy), "the page may run its own script and fetch nothing");
}

#[test]
fn every_chart_has_words_and_a_table() {
    let page = page();
    let charts = page.matches("<figure role=\"img\" aria-label=\"").count();
    assert!((4..=6).contains(&charts), "{charts} charts");
    assert_eq!(page.matches("The same as a table").count(), charts);
    assert_eq!(page.matches("<svg width").count(), charts, "one drawing a figure");
}

#[test]
fn whom_it_wrongs_stands_beside_how_many_it_reaches() {
    let page = page();
    for words in ["reached: came to know", "deemed served before they knew", "of these, wrongly", "served before known"]
    {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn texts_of_a_scenario_are_escaped() {
    let data = copy_of_data();
    let path = data.path().join("scenarios/ru-2023.toml");
    let text = fs::read_to_string(&path).unwrap();
    let at = text.find("title = ").unwrap();
    let end = at + text[at..].find('\n').unwrap();
    fs::write(&path, format!("{}title = '<script>alert(\"x\")</script> & <b>'{}", &text[..at], &text[end..])).unwrap();
    let runs = tempfile::tempdir().unwrap();
    let run = quick_run(runs.path(), &["ru-2023", "--data", &data.path().display().to_string()]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let page = fs::read_to_string(only_folder(runs.path()).join("report.html")).unwrap();
    assert!(!plain(&page).contains("<script") && !plain(&page).contains("<b>"));
    let (_, data) = page.split_once("id=\"callup-data\">").expect("a report bears its data");
    assert!(data.split_once("</script>").expect("the data end").0.contains("\\u003cscript>"), "no text ends the data");
    assert!(page.contains("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &lt;b&gt;"));
}

#[test]
fn every_element_that_opens_closes() {
    let page = page();
    for element in ["table", "tr", "td", "th", "details", "figure", "section", "div", "svg", "main"] {
        let opened = page.matches(&format!("<{element}>")).count() + page.matches(&format!("<{element} ")).count();
        assert_eq!(opened, page.matches(&format!("</{element}>")).count(), "{element}");
    }
}
