//! `docs/checks.md` and the list of codes say the same, and every code has a broken law that shows it.

use crate::support::{folder, laws};
use callup_law::check::CODES;

#[test]
fn the_page_has_every_code_with_its_meaning_in_order() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/checks.md");
    let page = std::fs::read_to_string(path).expect("the page of the checks");
    let rows: Vec<Vec<&str>> = page
        .lines()
        .filter(|line| line.starts_with("| E") || line.starts_with("| W") || line.starts_with("| I"))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    let shown: Vec<(&str, &str)> = rows.iter().map(|row| (row[0], row[1])).collect();
    let listed: Vec<(&str, &str)> = CODES.iter().map(|code| (code.code, code.meaning)).collect();
    assert_eq!(shown, listed);
    assert!(rows.iter().all(|row| row.len() == 4 && row.iter().all(|cell| !cell.is_empty())), "four cells a row");
}

/// Codes that no text can show: JSON that nobody compiled, a law beyond all bounds. `form.rs` and `src/check/tests.rs` have them.
const OTHERWISE: &[&str] = &["E090", "E091", "E098", "E099"];

#[test]
fn every_code_has_a_broken_law() {
    let printed = |name: String| std::fs::read_to_string(folder("bad").join(name)).unwrap_or_default();
    let alone = laws("bad").into_iter().map(|source| source.name.replace(".law.md", ".stderr"));
    let pairs =
        laws("bad/pairs").into_iter().map(|source| format!("pairs/{}", source.name.replace(".1.law.md", ".stderr")));
    let printed: Vec<String> = alone.chain(pairs).map(printed).collect();
    for code in CODES.iter().filter(|code| !OTHERWISE.contains(&code.code)) {
        let shown = format!("[{}]: ", code.code);
        assert!(printed.iter().any(|text| text.contains(&shown)), "no broken law shows {}", code.code);
    }
    let heads = printed.iter().flat_map(|text| text.lines()).filter_map(|line| line.split_once("]: "));
    for (_, code) in heads
        .filter_map(|(head, _)| head.split_once('['))
        .filter(|(word, _)| ["error", "warning", "info"].contains(word))
    {
        assert!(CODES.iter().any(|listed| listed.code == code), "{code} is printed and not listed");
    }
}
