//! A rulebook with its labels in another language: each label that the law gives words for, and those that the compiler writes.
//!
//! Names, rules and days are untouched; a label without words in the language stays as the law has it.

use crate::explain::language::{Language, Words};
use crate::rulebook::Rulebook;
use std::collections::BTreeMap;

/// What the compiler writes for the rules of chains and remedies, with the message that says the same.
pub(crate) const MADE: [(&str, &str); 25] = [
    ("it begins", "made-begins"),
    ("the time to comply has run out", "made-comply-over"),
    ("the time to act has run out", "made-act-over"),
    ("the time to file is over", "made-file-over"),
    ("what the court must refuse", "made-must-refuse"),
    ("the court has ordered it", "made-ordered"),
    ("the court has refused it", "made-refused"),
    ("the person is warned", "made-warned"),
    ("it is demanded in writing", "made-demanded"),
    ("the court is applied to", "made-sued"),
    ("the penalty is imposed", "made-penalised"),
    ("warn the person of what follows", "made-warn"),
    ("demand in writing that the duty be met", "made-demand"),
    ("apply to the court", "made-sue"),
    ("impose the penalty", "made-penalise"),
    ("the matter lapses", "made-lapses"),
    ("the demand is met", "made-demand-met"),
    ("it is withdrawn", "made-withdrawn"),
    ("filed", "made-filed"),
    ("it succeeds", "made-succeeds"),
    ("it fails", "made-fails"),
    ("the decision is final", "made-decision-final"),
    ("filed too late", "made-filed-late"),
    ("the time limit is restored", "made-restored"),
    ("decide", "made-decide"),
];

/// The law in a language.
pub(crate) fn translated(book: &Rulebook, language: Language) -> Rulebook {
    let mut book = book.clone();
    let of_language = book.translations.iter().filter(|words| words.language == language.code());
    let labels: BTreeMap<String, String> = of_language.map(|words| (words.label.clone(), words.text.clone())).collect();
    let made: BTreeMap<&str, String> = MADE.iter().map(|(said, id)| (*said, Words(language).say(id))).collect();
    let say = |label: &mut String| {
        if let Some(text) = labels.get(label).or_else(|| made.get(label.as_str())) {
            label.clone_from(text);
        }
    };
    // The compiler writes `whose: what` for the rules of a chain or a remedy.
    let say_made = |label: &mut String| match label.rsplit_once(": ") {
        Some((whose, what)) if made.contains_key(what) && !labels.contains_key(label) => {
            let said = labels.get(whose).or_else(|| labels.get(&whose.replace(' ', "_")));
            let whose = said.cloned().unwrap_or_else(|| whose.to_owned());
            *label = format!("{whose}: {}", made[what]);
        }
        _ => say(label),
    };
    each_label(&mut book, &say);
    book.rules.iter_mut().for_each(|rule| say_made(&mut rule.label));
    book
}

fn each_label(book: &mut Rulebook, say: &impl Fn(&mut String)) {
    say(&mut book.title);
    book.switches.iter_mut().for_each(|switch| say(&mut switch.why));
    book.conditions.iter_mut().for_each(|condition| say(&mut condition.label));
    book.windows.iter_mut().for_each(|window| say(&mut window.label));
    for track in &mut book.tracks {
        say(&mut track.label);
        track.states.iter_mut().for_each(|state| say(&mut state.label));
    }
    book.measures.iter_mut().for_each(|measure| say(&mut measure.label));
    book.remedies.iter_mut().for_each(|remedy| say(&mut remedy.label));
    book.no_remedies.iter_mut().for_each(|silence| say(&mut silence.label));
    for duty in &mut book.duties {
        say(&mut duty.what);
        duty.breach.iter_mut().for_each(say);
    }
    book.powers.iter_mut().for_each(|power| say(&mut power.what));
    for gap in &mut book.gaps {
        say(&mut gap.what);
        say(&mut gap.because);
    }
}
