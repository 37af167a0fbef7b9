//! Where fuzzing begins: for each target the shipped files, the tests' broken ones and a few made from them, and the words it tries.
//!
//! Files are read from the repository when fuzzing starts, so that they never go stale beside it.

use crate::pack::packed;
use crate::shipped::files;
use crate::targets::snapshot::states;
use callup::data::InputFile;
use callup::origin::Origin;
use callup::save::{FORMAT_VERSION, Label};
use callup_law::check::CODES;
use callup_law::compile;
use callup_law::diagnostic::Source;
use callup_law::roles::{Event, MeasureKind, Milestone, NoticeKind, PersonFact};
use callup_law::schema::rulebook_to_json;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Longest seed, bytes: what is longer is cut to whole lines, so that an input stays quick to change.
pub const SEED_BYTES_MAX: usize = 1 << 16;

/// Seeds of a target as bytes, in a fixed order. A name without a target has none.
#[must_use]
pub fn bytes_of(target: &str) -> Vec<Vec<u8>> {
    if target == "snapshot" { saves() } else { of(target).into_iter().map(String::into_bytes).collect() }
}

/// States of a small run, and one of them as the file of a save, without its digest.
fn saves() -> Vec<Vec<u8>> {
    let mut seeds = states();
    let label = Label {
        origin: Origin {
            version: "0.1.0".into(),
            sources: "0".repeat(64),
            identity: "1".repeat(64),
            scenario: "ru-2023-as-enacted".into(),
            scale: 0.01,
            seed: 1,
            days: 84,
            inputs: vec![InputFile { name: "laws/a.law.md".into(), sha256: "2".repeat(64), bytes: 1 }],
        },
        asked: "ru-2023-as-enacted".into(),
        day: 7,
        resumed_at_days: vec![7],
    };
    let label = serde_json::to_vec(&label).expect("a label has text keys only");
    let mut file = b"callup save\n".to_vec();
    file.extend_from_slice(&FORMAT_VERSION.to_le_bytes());
    for part in [&label, &seeds[0]] {
        file.extend_from_slice(&(part.len() as u64).to_le_bytes());
    }
    file.extend_from_slice(&label);
    file.extend_from_slice(&seeds[0]);
    seeds.push(file);
    seeds
}

/// Seeds of a target whose inputs are texts, in a fixed order.
#[must_use]
pub fn of(target: &str) -> Vec<String> {
    let texts = match target {
        "law" => laws(),
        "scenario" => scenarios(),
        "facts" => facts(),
        "tables" => tables(),
        "validation" => text_of(files("validation", ".toml")),
        "rulebook" => rulebooks(),
        _ => Vec::new(),
    };
    texts.into_iter().map(shortened).collect()
}

fn text_of(sources: Vec<Source>) -> Vec<String> {
    sources.into_iter().map(|source| source.text).collect()
}

fn shortened(text: String) -> String {
    let mut left = SEED_BYTES_MAX;
    text.split_inclusive('\n')
        .take_while(|line| left.checked_sub(line.len()).map(|rest| left = rest).is_some())
        .collect()
}

fn laws() -> Vec<String> {
    let shipped = text_of(files("laws", ".law.md"));
    let pair = |one: usize, other: usize| packed([("one", shipped[one].as_str()), ("other", shipped[other].as_str())]);
    let mut texts: Vec<String> = (1..shipped.len()).map(|place| pair(place - 1, place)).collect();
    texts.extend(shipped.iter().cloned());
    texts.extend(folder("crates/callup-law/tests/it/good", "law.md"));
    texts.extend(folder("crates/callup-law/tests/it/bad", "law.md"));
    texts
}

/// The compiled form of every law among the seeds, where it is not too long.
fn rulebooks() -> Vec<String> {
    let sources = laws().into_iter().map(|text| Source { name: "law.md".to_owned(), text });
    let compiled = compile(&sources.collect::<Vec<_>>());
    let texts = compiled.rulebooks.iter().map(rulebook_to_json);
    texts.filter(|text| text.len() <= SEED_BYTES_MAX).collect()
}

fn scenarios() -> Vec<String> {
    let shipped = files("scenarios", ".toml");
    let name = |source: &Source| source.name.trim_start_matches("scenarios/").trim_end_matches(".toml").to_owned();
    let mut texts = Vec::new();
    for source in &shipped {
        texts.push(source.text.clone());
        texts.push(format!("extends = \"{}\"\n", name(source)));
        texts.push(packed([("", "extends = \"base\"\nseed = 2\n"), ("base", source.text.as_str())]));
    }
    texts
}

fn facts() -> Vec<String> {
    let pages = folder("docs", "md");
    let blocks = pages.iter().flat_map(|page| page.split("```toml\n").skip(1));
    let bodies = blocks.filter_map(|block| block.split("```").next()).map(str::to_owned);
    let mut texts: Vec<String> = bodies.filter(|body| body.contains("[[notice]]")).collect();
    for kind in NoticeKind::ALL {
        texts.push(format!(
            "born = 1999-05-05\n[person]\nis_student = {{ as_it_is = true, as_recorded = false }}\n\
             [[notice]]\nkind = \"{}\"\ndates = {{ appearance_date = 2024-11-20 }}\n\
             events = {{ issued = 2024-11-01, placed = 2024-11-02 }}\nlearned = {{ exit_ban = 2024-12-01 }}\n",
            kind.word()
        ));
    }
    texts
}

/// Each table alone, and a country of three regions.
fn tables() -> Vec<String> {
    let shipped: Vec<(String, String)> = files("tables/ru", "")
        .into_iter()
        .map(|source| (source.name.rsplit('/').next().unwrap_or_default().to_owned(), source.text))
        .collect();
    let codes = ["iso_code", "RU-AD", "RU-BA", "RU-MOW"];
    let few = |text: &str| -> String {
        text.split_inclusive('\n').filter(|line| codes.iter().any(|code| line.contains(code))).collect()
    };
    let mut texts: Vec<String> = shipped.iter().map(|(name, text)| packed([(name.as_str(), text.as_str())])).collect();
    let small: Vec<(&str, String)> = shipped
        .iter()
        .filter(|(name, _)| name.ends_with(".csv"))
        .map(|(name, text)| (name.as_str(), if text.starts_with("age") { text.clone() } else { few(text) }))
        .collect();
    texts.push(packed(small.iter().map(|(name, text)| (*name, text.as_str()))));
    texts
}

/// Texts of the files of a folder of the repository whose names end so, in the order of their names.
fn folder(path: &str, ending: &str) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    let Ok(entries) = std::fs::read_dir(&root) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.retain(|path| path.to_string_lossy().ends_with(ending));
    paths.sort();
    paths.iter().filter_map(|path| std::fs::read_to_string(path).ok()).collect()
}

/// Words of a target: the vocabulary, the codes, every word of its seeds, and values at the ends of what can be written.
#[must_use]
pub fn words(target: &str) -> Vec<String> {
    let mut words: BTreeSet<String> = EXTREMES.iter().map(|word| (*word).to_owned()).collect();
    if target != "tables" {
        words.extend(Event::ALL.iter().map(|word| word.word().to_owned()));
        words.extend(NoticeKind::ALL.iter().map(|word| word.word().to_owned()));
        words.extend(Milestone::ALL.iter().map(|word| word.word().to_owned()));
        words.extend(MeasureKind::ALL.iter().map(|word| word.word().to_owned()));
        words.extend(PersonFact::ALL.iter().map(|word| word.word().to_owned()));
    }
    if target == "law" {
        words.extend(CODES.iter().map(|code| code.code.to_owned()));
    }
    for seed in of(target) {
        let separate = |letter: char| !(letter.is_ascii_alphanumeric() || "_-.".contains(letter));
        let found = seed.split(separate).filter(|word| (2..=40).contains(&word.len()));
        words.extend(found.map(str::to_owned));
    }
    words.into_iter().collect()
}

/// What stands at the ends of what can be written, and what hides in a text.
const EXTREMES: &[&str] = &[
    "0",
    "-1",
    "255",
    "256",
    "65535",
    "65536",
    "4294967295",
    "4294967296",
    "9223372036854775807",
    "18446744073709551615",
    "99999999999999999999",
    "1e308",
    "1e-320",
    "-0.0",
    "nan",
    "inf",
    "0x7fff",
    "0.1",
    "1900-01-01",
    "1899-12-31",
    "2099-12-31",
    "9999-12-31",
    "0000-00-00",
    "2024-02-29",
    "2023-02-29",
    "1979-05-27T07:32:00Z",
    "\u{0}",
    "\u{feff}",
    "\u{202e}",
    "\u{301}",
    "\r\n",
    "\r",
    "\n",
    "\t",
    "\"\"\"",
    "'''",
    "((((((((",
    "[[[[[[[[",
    "a.b.c.d.e.f.g.h.i.j.k.l.m",
    "%%%% ",
    "召",
    "\u{1f4dc}",
];
