//! The score of a law, held against numbers counted by hand from the text of a shipped law.

use crate::shipped::shipped;
use callup_law::diff::{Days, Exit, MeasureScore, Score, score};
use callup_law::roles::MeasureKind;

fn of_127_fz() -> Score {
    let source = shipped().into_iter().find(|source| source.name.contains("127-fz")).expect("the law ships");
    let compiled = callup_law::compile(&[source]);
    score(&compiled.rulebooks[0]).expect("every situation can be told")
}

fn measure(score: &Score, kind: MeasureKind) -> &MeasureScore {
    score.measures.iter().find(|one| one.measure == kind).expect("the law has the measure")
}

#[test]
fn the_days_of_127_fz_are_those_of_its_text() {
    let score = of_127_fz();
    // Served at placement in the account under one reading (day 0), or once seven days have run out (day 8).
    let exit_ban = measure(&score, MeasureKind::ExitBan);
    assert_eq!(exit_ban.after_placement_days, Some(Days { from: 0, to: 8 }));
    // The date is day 14; twenty days after it end with day 34.
    let driving_ban = measure(&score, MeasureKind::DrivingBan);
    assert_eq!(driving_ban.after_placement_days, Some(Days { from: 35, to: 35 }));
    assert_eq!(driving_ban.after_notice_days, Some(Days { from: 35, to: 35 }));
}

#[test]
fn exits_and_remedies_of_127_fz_are_those_of_its_text() {
    let score = of_127_fz();
    assert_eq!(score.measures.len(), 7);
    for one in &score.measures {
        assert_eq!(one.exit, Exit::ByThePerson, "appearing lifts every one of them");
        assert_eq!(one.remedies.len(), 1, "a claim to the court lies against every one of them");
        // Appearance here or elsewhere, and the end of the matter; a valid reason ends the exit ban only, for it comes too late for the others.
        assert_eq!(one.ends.len(), if one.measure == MeasureKind::ExitBan { 4 } else { 3 });
    }
    let driving_ban = measure(&score, MeasureKind::DrivingBan);
    assert!(driving_ban.ends.iter().all(|end| end.within.as_deref() == Some("24 hours")));
    let text = score.text();
    for words in [
        "driving_ban\n    begins after placement: day 35\n",
        "day 0 at the earliest, day 8 at the latest",
        "\nARTICLES\n",
    ] {
        assert!(text.contains(words), "{words:?} in {text}");
    }
    let modelled: usize = score.articles.iter().map(|article| article.modelled).sum();
    assert_eq!(
        (modelled, score.articles.iter().map(|article| article.paragraphs).sum()),
        (score.card.paragraphs_modelled, score.card.paragraphs)
    );
}
