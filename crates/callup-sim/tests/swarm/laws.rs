//! The laws of a world: random ones that replace each other, shipped ones, and shipped ones with changes in their text.

use crate::grounds::CHAINS;
use crate::naive::bounded_law;
use crate::support::{day, law_text};
use crate::trim::Trim;
use callup_law::calendar::Day;
use callup_law::compile;
use callup_law::diagnostic::Source;
use callup_law::rulebook::{Pending, Period, Replaces, Rulebook, Trigger};
use callup_naive::changed_text::{Material, changed};
use callup_naive::random_law::Stream;
use callup_sim::scenario::LawInForce;
use std::sync::LazyLock;

/// Changes of a text that are tried before the shipped one is taken: most changes make an error.
const TRIES: usize = 12;

/// Shipped laws that no other of them replaces within a run; the mobilisation twice, as it alone knows musters and cards.
const ALONE: &[&[(&str, &str, &str)]] = &[
    &[("ru/mobilisation/2022-09-21.law.md", "ru_mobilisation_2022", "2022-09-21")],
    &[("ru/mobilisation/2022-09-21.law.md", "ru_mobilisation_2022", "2022-09-21")],
    &[("ee/kvts/2024-07-01.law.md", "ee_kvts", "2024-07-01")],
    &[("lt/i-1593/2025-01-01.law.md", "lt_2025", "2025-01-01")],
    &[("kz/summons/2025-09-01.law.md", "kz_2025", "2025-09-01")],
    &[("by/summons/2024-04-07.law.md", "by_2024", "2024-04-07")],
    &[("sg/ea/2024-05-01.law.md", "sg_ea_2024", "2024-05-01")],
    &[("us/sss/1987-07-01.law.md", "us_sss_contingency", "2023-02-01")],
];

/// What kind of laws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Made up.
    Random,
    /// Shipped, some with changes in their text.
    Shipped,
}

/// The laws and the days on which they come.
pub struct Laws {
    pub family: Family,
    pub books: Vec<Rulebook>,
    pub in_force: Vec<LawInForce>,
}

/// Laws from one stream.
pub fn laws(stream: &mut Stream, trim: &Trim) -> Laws {
    let mut laws = if stream.one_in(2) { random(stream) } else { shipped(stream, !trim.drops("changed_texts")) };
    let kept = trim.laws.unwrap_or(usize::MAX).max(1);
    laws.books.truncate(kept);
    laws.in_force.truncate(kept);
    laws
}

fn random(stream: &mut Stream) -> Laws {
    let mut book = bounded_law(stream.next_number());
    let start = day("2023-01-29");
    let mut laws = Laws { family: Family::Random, books: Vec::new(), in_force: Vec::new() };
    let mut from = start;
    for number in 0..stream.pick(&[1, 1, 1, 2, 3]) {
        book.id = format!("random_{number}");
        if number > 0 {
            vary(&mut book, stream);
            from = from.plus_days(1 + stream.below(60) as i32);
            let pending = stream.pick(&[Pending::Old, Pending::New, Pending::New]);
            let cite = book.rules[0].cite.clone();
            book.replaces = Some(Replaces { id: format!("random_{}", number - 1), from, pending, cite });
        }
        laws.in_force.push(LawInForce { id: book.id.clone(), from });
        laws.books.push(book.clone());
    }
    laws
}

/// The next version of a random law: other periods, a rule or a measure less. Its states stay, so that pending matters can be carried to it.
fn vary(book: &mut Rulebook, stream: &mut Stream) {
    for rule in &mut book.rules {
        if let Trigger::Period { period, .. } = &mut rule.trigger {
            *period = Period { count: 1 + stream.below(30) as u16, ..*period };
        }
    }
    if book.rules.len() > 1 && stream.one_in(2) {
        book.rules.remove(stream.below(book.rules.len()));
    }
    for measure in &mut book.measures {
        if measure.ends.len() > 1 && stream.one_in(3) {
            measure.ends.pop();
        }
    }
}

fn shipped(stream: &mut Stream, may_change: bool) -> Laws {
    let chain = if stream.one_in(3) { stream.pick(ALONE) } else { stream.pick(CHAINS) };
    let changes = may_change && stream.one_in(2);
    let books = chain.iter().map(|(path, id, _)| {
        let text = law_text(path);
        let other = if changes { other_text(&text, id, stream) } else { None };
        other.or_else(|| book_of(text)).expect("a shipped law compiles")
    });
    let books = books.collect();
    let in_force = chain.iter().map(|(_, id, from)| LawInForce { id: (*id).to_owned(), from: day(from) }).collect();
    Laws { family: Family::Shipped, books, in_force }
}

/// A changed text that still is a law of this name without an error.
fn other_text(text: &str, id: &str, stream: &mut Stream) -> Option<Rulebook> {
    let fits = |book: &Rulebook| book.id == id && !book.matters.is_empty();
    (0..TRIES).find_map(|_| book_of(changed(text, &MATERIAL, stream)).filter(fits))
}

fn book_of(text: String) -> Option<Rulebook> {
    compile(&[Source { name: "law.md".to_owned(), text }]).rulebooks.into_iter().next()
}

static MATERIAL: LazyLock<Material> = LazyLock::new(|| {
    let shipped = CHAINS.iter().chain(ALONE).copied().flatten();
    let texts: Vec<String> = shipped.map(|(path, _, _)| law_text(path)).collect();
    let separate = |letter: char| !(letter.is_ascii_alphanumeric() || "_-.".contains(letter));
    let mut words: Vec<String> = texts.iter().flat_map(|text| text.split(separate)).map(str::to_owned).collect();
    words.sort();
    words.dedup();
    Material::new(texts.iter().map(String::as_str), words)
});

/// The first day of a run under these laws.
pub fn start(laws: &Laws) -> Day {
    laws.in_force[0].from
}
