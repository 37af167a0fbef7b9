//! Whom an article concerned: what a run counts while it goes is what the histories of everybody give.

use crate::support::{busy, mixed, run, two_laws};
use callup_law::rulebook::Rulebook;
use callup_sim::journal::Cause;
use callup_sim::random::PersonId;
use callup_sim::scenario::Scenario;
use callup_sim::{LawSet, Outcome};
use std::collections::BTreeSet;

/// Persons of each citation, and of each law as a whole, by the rows of everybody and by the count of the run; how many citations were used.
pub fn assert_of_histories(books: &[Rulebook], scenario: &Scenario, outcome: &Outcome) -> usize {
    let laws = LawSet::bind(books, scenario).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let mut used = 0;
    for law in 0..books.len() {
        let persons = |fits: &dyn Fn(usize) -> bool| -> u64 {
            let rows = outcome.histories.iter().filter(|row| match row.cause {
                Cause::Article { law: of, cite } => usize::from(of) == law && fits(usize::from(cite)),
                Cause::Assumption(_) => false,
            });
            rows.map(|row| row.person).collect::<BTreeSet<PersonId>>().len() as u64
        };
        let places: Vec<usize> = (0..laws.cites(law).len()).map(|cite| laws.citation(law, cite)).collect();
        for (cite, place) in places.iter().enumerate() {
            let counted = outcome.covered.persons(&[*place]);
            assert_eq!(counted, persons(&|of| of == cite), "{} of law {law}", laws.cites(law)[cite]);
            assert_eq!(counted == 0, outcome.exercised[law][cite] == 0, "{} of law {law}", laws.cites(law)[cite]);
            used += usize::from(counted > 0);
        }
        assert_eq!(outcome.covered.persons(&places), persons(&|_| true), "law {law}");
    }
    used
}

#[test]
fn who_is_concerned_by_an_article_is_counted_once() {
    let (people, mut scenario) = (mixed(3, 30), busy());
    scenario.history_share = 1.0;
    let books = two_laws();
    let outcome = run(&people, &books, &scenario);
    let used = assert_of_histories(&books, &scenario, &outcome);
    assert!(used > 30, "only {used} citations were used");
    let repeated = outcome.covered.ways();
    assert!(repeated > 50, "only {repeated} ways through the laws");
}
