//! Numbers of the official words that the rules of their paragraph do not contain (W014): cheap, and catches slips of the pen.
//!
//! Only numbers that measure time or age count (`seven days`, `aged 18 to 29`); years, article and act numbers do not.
//! Which words say a number stands in `numerals.rs`. This file knows no grammar of laws.

use super::{Finding, coverage, numerals};
use crate::rulebook::{Article, Cite, Compare, Deadline, Guard, Number, Period, Rulebook, Test, Trigger, Unit};
use std::collections::{BTreeMap, BTreeSet};

type Place<'a> = (&'a str, &'a str);

/// The numbers that the statements of each paragraph contain.
#[derive(Default)]
struct Numbers<'a> {
    /// As the rules have them.
    written: BTreeMap<Place<'a>, BTreeSet<i64>>,
    /// In every form in which a text may give them: 12 months for a year, 14 days for two weeks.
    of: BTreeMap<Place<'a>, BTreeSet<i64>>,
    /// Words of duties, powers and gaps: a number there has been seen by the drafter.
    words: BTreeMap<Place<'a>, BTreeSet<i64>>,
    cites: BTreeMap<Place<'a>, &'a Cite>,
}

pub(crate) fn check(book: &Rulebook, findings: &mut Vec<Finding>) {
    let numbers = collect(book);
    for article in &book.articles {
        check_article(article, &numbers, findings);
    }
}

fn check_article(article: &Article, numbers: &Numbers, findings: &mut Vec<Finding>) {
    for (paragraph, text) in coverage::paragraphs(article) {
        let place = (article.number.as_str(), paragraph.as_str());
        let Some(known) = numbers.of.get(&place) else { continue };
        let seen = numbers.words.get(&place);
        for (value, words) in numerals::measuring(&text) {
            if known.contains(&value) || seen.is_some_and(|seen| seen.contains(&value)) {
                continue;
            }
            let message = format!("the quotation says `{words}`, but no rule of this paragraph has the number {value}");
            let known: Vec<String> = numbers.written[&place].iter().map(i64::to_string).collect();
            let help = format!(
                "the rules have {}; mend the rule or the quotation, or name the rest in a gap",
                known.join(", ")
            );
            findings.push(Finding::new("W014", numbers.cites[&place], message).help(help));
        }
    }
}

fn collect(book: &Rulebook) -> Numbers<'_> {
    let mut numbers = Numbers::default();
    for rule in &book.rules {
        if let Trigger::Period { period, .. } = rule.trigger {
            numbers.period(&rule.cite, period);
        }
        numbers.guard(book, &rule.cite, &rule.guard);
    }
    for measure in &book.measures {
        for start in &measure.starts {
            numbers.guard(book, &start.cite, &start.guard);
        }
        for end in &measure.ends {
            end.within.iter().for_each(|period| numbers.period(&end.cite, *period));
            numbers.guard(book, &end.cite, &end.guard);
        }
    }
    let remedies = book.remedies.iter().flat_map(|remedy| [&remedy.file_within, &remedy.decide_within]);
    let limits = remedies.chain(book.duties.iter().map(|duty| &duty.within));
    limits.flatten().for_each(|limit: &Deadline| numbers.period(&limit.cite, limit.period));
    for bound in &book.notices {
        bound.min_days.into_iter().chain(bound.max_days).for_each(|days| numbers.add(&bound.cite, [i64::from(days)]));
    }
    for parameter in &book.parameters {
        numbers.add(&parameter.cite, parameter.values.iter().map(|value| i64::from(value.value)));
    }
    numbers.words_of(book);
    numbers
}

impl<'a> Numbers<'a> {
    fn add(&mut self, cite: &'a Cite, values: impl IntoIterator<Item = i64> + Clone) {
        let place = (cite.article.as_str(), cite.paragraph.as_str());
        self.written.entry(place).or_default().extend(values.clone());
        self.accept(cite, values);
    }

    /// Another form of a number that has been added.
    fn accept(&mut self, cite: &'a Cite, values: impl IntoIterator<Item = i64>) {
        let place = (cite.article.as_str(), cite.paragraph.as_str());
        self.of.entry(place).or_default().extend(values);
        self.cites.entry(place).or_insert(cite);
    }

    fn period(&mut self, cite: &'a Cite, period: Period) {
        let count = i64::from(period.count);
        let (smaller, larger) = match period.unit {
            Unit::Hours => (1, 24),
            Unit::Days => (24, 7),
            Unit::Months => (1, 12),
            Unit::Years => (12, 1),
            Unit::WorkingDays => (1, 1),
        };
        self.add(cite, [count]);
        self.accept(cite, [count * smaller]);
        if count % larger == 0 {
            self.accept(cite, [count / larger]);
        }
    }

    fn guard(&mut self, book: &Rulebook, cite: &'a Cite, guard: &Guard) {
        for test in guard.0.iter().flatten() {
            let Test::Age { compare, with, .. } = test else { continue };
            let values: Vec<i64> = match *with {
                Number::Value(value) => vec![i64::from(value)],
                Number::Parameter(index) => book.parameters[index].values.iter().map(|v| i64::from(v.value)).collect(),
            };
            // `aged 18 to 29` is `>= 18 and < 30`, `until he is 30` is `<= 29`: the text may stop one year beside the test.
            let beside = match compare {
                Compare::Less => -1,
                Compare::LessOrEqual | Compare::Greater => 1,
                Compare::GreaterOrEqual | Compare::Equal => 0,
            };
            self.accept(cite, values.iter().map(|value| value + beside));
            self.add(cite, values);
        }
    }

    fn words_of(&mut self, book: &'a Rulebook) {
        let duties = book.duties.iter().map(|duty| (&duty.cite, &duty.what));
        let powers = book.powers.iter().map(|power| (&power.cite, &power.what));
        let gaps = book.gaps.iter().map(|gap| (&gap.cite, &gap.what));
        let reasons = book.gaps.iter().map(|gap| (&gap.cite, &gap.because));
        for (cite, text) in duties.chain(powers).chain(gaps).chain(reasons) {
            self.words.entry((&cite.article, &cite.paragraph)).or_default().extend(numerals::all(text));
        }
    }
}
