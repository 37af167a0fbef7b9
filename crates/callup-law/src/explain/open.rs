//! Open points: what was not known or is not settled, and what each answer brings.
//!
//! What an answer brings is read off the ways that give it; nothing is written in advance.

use crate::calendar::Day;
use crate::explain::ground::Ground;
use crate::explain::judge::{Judge, Judged};
use crate::explain::{Case, OpenAnswer, OpenPoint, merge, words};
use crate::forks::{Assumption, Fork, Question, picture_words};
use crate::holder::{Stretch, What};
use crate::roles::Event;
use crate::rulebook::{Anchor, Cite, Remedy, Test, Trigger};
use std::collections::BTreeSet;

/// All open points, those that change the timeline first.
pub(crate) fn points(case: &Case<'_>) -> Vec<OpenPoint> {
    let mut points: Vec<OpenPoint> = questions(case).iter().filter_map(|question| forking(case, question)).collect();
    for point in suspensions(case).into_iter().chain(unknown_learning(case)) {
        if !points.iter().any(|other| other.topic == point.topic && other.question == point.question) {
            points.push(point);
        }
    }
    points
}

/// Every question that was asked, in the order of the ways.
fn questions(case: &Case<'_>) -> Vec<Question> {
    let mut questions = Vec::new();
    for assumption in case.forks.iter().flat_map(|fork| &fork.assumptions) {
        if !questions.contains(&assumption.question) {
            questions.push(assumption.question.clone());
        }
    }
    questions
}

/// A question that splits the ways; `None` if its answers bring the same.
fn forking(case: &Case<'_>, question: &Question) -> Option<OpenPoint> {
    let everywhere = common(case, case.forks.iter());
    let given = |fork: &&Fork, alternative: usize| {
        fork.assumptions.iter().any(|made| made.question == *question && made.alternative == alternative)
    };
    let mut answers = Vec::new();
    let mut outcomes = Vec::new();
    for alternative in 0..question.alternatives().len() {
        let ways: Vec<&Fork> = case.forks.iter().filter(|fork| given(fork, alternative)).collect();
        if ways.is_empty() {
            continue;
        }
        outcomes.push(ways.iter().map(|fork| facts(case, fork)).collect::<BTreeSet<_>>());
        let always: BTreeSet<(Day, String)> = &common(case, ways.iter().copied()) - &everywhere;
        let others = case.forks.iter().filter(|fork| !given(fork, alternative));
        let only_here = &union(case, ways.iter().copied()) - &union(case, others);
        let mut effect: Vec<String> = always.iter().map(|(_, sentence)| sentence.clone()).collect();
        let sometimes: Vec<String> = only_here.difference(&always).map(|(_, sentence)| sentence.clone()).collect();
        if !sometimes.is_empty() {
            effect.push(format!("with some answers to the other points: {}", sometimes.join("; ")));
        }
        answers.push(OpenAnswer { answer: merge::answer(question, alternative), effect });
    }
    let is_open = outcomes.windows(2).any(|pair| pair[0] != pair[1]);
    let (asked, cite) = asked(case, question);
    is_open.then(|| OpenPoint { topic: question.topic(), question: asked, cite, answers })
}

/// What a way brings, as sentences with their day.
fn facts(case: &Case<'_>, fork: &Fork) -> BTreeSet<(Day, String)> {
    let mut facts = BTreeSet::new();
    for entry in &fork.history.entries {
        if let What::Entered { rule, track, state, .. } = entry.what {
            let book = case.book(entry.law);
            let (rule, state) = (&book.rules[rule], &book.tracks[track].states[usize::from(state)]);
            let said = match rule.trigger {
                Trigger::Event(_) => words::consequence(state),
                Trigger::Period { .. } if rule.label.is_empty() => words::state_words(state),
                Trigger::Period { .. } => rule.label.clone(),
            };
            if !said.is_empty() {
                facts.insert((entry.day, format!("{said} ({})", words::short_date(entry.day))));
            }
        }
        if let What::Void { .. } = entry.what {
            facts.insert((entry.day, "the notice is void".to_string()));
        }
    }
    for (ground, stretches) in case.grounds(&fork.history) {
        facts.extend(stretches.iter().map(|stretch| (stretch.start, stretch_words(case, ground, *stretch))));
    }
    facts
}

fn stretch_words(case: &Case<'_>, ground: Ground, stretch: Stretch) -> String {
    let label = case.ground_label(ground);
    let from = words::short_date(stretch.start);
    match stretch.lift {
        Some(lift) => format!("{label} from {from}, to be lifted by {}", words::short_date(lift)),
        None => format!("{label} from {from}, no lift due by {}", words::short_date(case.until)),
    }
}

fn common<'f>(case: &Case<'_>, ways: impl Iterator<Item = &'f Fork>) -> BTreeSet<(Day, String)> {
    let all = ways.map(|fork| facts(case, fork)).reduce(|one, other| one.intersection(&other).cloned().collect());
    all.unwrap_or_default()
}

fn union<'f>(case: &Case<'_>, ways: impl Iterator<Item = &'f Fork>) -> BTreeSet<(Day, String)> {
    ways.flat_map(|fork| facts(case, fork)).collect()
}

fn asked(case: &Case<'_>, question: &Question) -> (String, Vec<Cite>) {
    let books = case.laws.books();
    match question {
        Question::Switch { name, .. } => {
            let found = books.iter().flat_map(|book| &book.switches).find(|switch| switch.name == *name);
            let why = found.map_or_else(String::new, |switch| format!(": {}", switch.why));
            (
                format!("The reading of {}{why}", words::spaced(name)),
                found.map(|switch| switch.cite.clone()).into_iter().collect(),
            )
        }
        Question::Condition { name } => {
            let found = books.iter().flat_map(|book| &book.conditions).find(|condition| condition.name == *name);
            let label = found.map_or_else(String::new, |condition| format!(": {}", condition.label));
            (
                format!("You did not say {name}{label}"),
                found.map(|condition| condition.cite.clone()).into_iter().collect(),
            )
        }
        Question::Age { on, picture, .. } => {
            let (day, seen) = (words::long_date(*on), picture_words(*picture));
            (format!("You did not give your day of birth; the Act asks for your age on {day}{seen}"), Vec::new())
        }
        Question::Fact { .. } => (format!("You did not say: {}", question.topic()), Vec::new()),
    }
}

/// A measure that stands in some way and a remedy of which it is not settled whether it suspends it.
struct Unsettled<'c> {
    fork: &'c Fork,
    ground: Ground,
    stretch: Stretch,
    remedy: usize,
    switch: usize,
}

/// Remedies of which it is not settled whether they suspend a measure that stands in some way.
fn suspensions(case: &Case<'_>) -> Vec<OpenPoint> {
    let mut groups: Vec<Vec<Unsettled<'_>>> = Vec::new();
    for fork in &case.forks {
        for (ground, stretches) in case.grounds(&fork.history) {
            let remedies = &case.book(ground.law).remedies;
            let against = (0..remedies.len()).filter(|remedy| remedies[*remedy].against.contains(&ground.measure));
            for remedy in against {
                let Some(switch) = unsettled(case, fork, &remedies[remedy], ground) else { continue };
                let found = Unsettled { fork, ground, stretch: stretches[0], remedy, switch };
                match groups.iter_mut().find(|group| (group[0].ground.law, group[0].remedy) == (ground.law, remedy)) {
                    Some(group) if group.iter().any(|other| other.ground == ground) => {}
                    Some(group) => group.push(found),
                    None => groups.push(vec![found]),
                }
            }
        }
    }
    groups.iter().map(|group| suspension(case, group)).collect()
}

/// The switch without an answer on which it hangs whether a remedy suspends a measure.
fn unsettled(case: &Case<'_>, fork: &Fork, remedy: &Remedy, ground: Ground) -> Option<usize> {
    let guard = remedy.suspends_measure(ground.measure)?;
    let Judged::Open(_) = (Judge { case, fork, matter: ground.matter, law: ground.law }).judge(guard) else {
        return None;
    };
    let switches = &case.book(ground.law).switches;
    guard.0.iter().flatten().find_map(|test| match test {
        Test::Switch { switch, .. } if !case.stated.answers.contains_key(&switches[*switch].name) => Some(*switch),
        _ => None,
    })
}

fn suspension(case: &Case<'_>, group: &[Unsettled<'_>]) -> OpenPoint {
    let book = case.book(group[0].ground.law);
    let (remedy, switch) = (&book.remedies[group[0].remedy], &book.switches[group[0].switch]);
    let answer = |(alternative, option): (usize, &String)| {
        let question = Question::Switch { name: switch.name.clone(), options: switch.options.clone() };
        let assumption = Assumption { question, alternative };
        OpenAnswer { answer: option.clone(), effect: effects(case, remedy, group, &assumption) }
    };
    OpenPoint {
        topic: switch.name.clone(),
        question: format!("Whether a challenge ({}) suspends the measure: {}", words::spaced(&remedy.to), switch.why),
        cite: vec![switch.cite.clone()],
        answers: switch.options.iter().enumerate().map(answer).collect(),
    }
}

/// What a challenge does to each measure under an answer, with one day to show it by.
fn effects(case: &Case<'_>, remedy: &Remedy, group: &[Unsettled<'_>], assumption: &Assumption) -> Vec<String> {
    let (mut held, mut free, mut example) = (Vec::new(), Vec::new(), None);
    for found in group {
        let mut assumed = found.fork.clone();
        assumed.assumptions.push(assumption.clone());
        let judge = Judge { case, fork: &assumed, matter: found.ground.matter, law: found.ground.law };
        let label = words::the(&case.ground_label(found.ground));
        match remedy.suspends_measure(found.ground.measure).map(|guard| judge.judge(guard)) {
            Some(Judged::Holds) => {
                let day = filing_day(case, found.ground, found.stretch);
                example.get_or_insert_with(|| {
                    format!("for example, filed on {}, {label} from that day", words::short_date(day))
                });
                held.extend(Some(label).filter(|label| !held.contains(label)));
            }
            Some(Judged::Open(what)) => held.push(format!("{label} (if {what})")),
            Some(Judged::Fails) | None => free.extend(Some(label).filter(|label| !free.contains(label))),
        }
    }
    let mut effects = Vec::new();
    if !held.is_empty() {
        let example = example.map_or_else(String::new, |example| format!(" ({example})"));
        effects.push(format!("a challenge suspends {} from filing until the decision{example}", words::list(&held)));
    }
    if !free.is_empty() {
        effects.push(format!("a challenge does not suspend {}", words::list(&free)));
    }
    effects
}

/// A day to show it by: that of the stated filing, else the day after the person learned of the measure, else the day after its start.
fn filing_day(case: &Case<'_>, ground: Ground, stretch: Stretch) -> Day {
    let notice = &case.stated.notices[ground.matter];
    let filed = notice.events.iter().filter(|(event, _)| *event == Event::Filed).map(|(_, day)| *day).min();
    let kind = case.book(ground.law).measures[ground.measure].kind;
    let learned = notice.learned.get(&kind).copied().unwrap_or(stretch.start);
    filed.unwrap_or_else(|| learned.max(stretch.start).plus_days(1))
}

/// Measures whose time to challenge runs from a day of learning that was not stated, one point a remedy.
fn unknown_learning(case: &Case<'_>) -> Vec<OpenPoint> {
    let mut found: Vec<((usize, usize), Vec<String>)> = Vec::new();
    for (ground, _) in case.forks.iter().flat_map(|fork| case.grounds(&fork.history)) {
        let book = case.book(ground.law);
        let counts = |remedy: &Remedy| {
            let of_knowledge = remedy.file_within.as_ref().is_some_and(|limit| limit.of == Anchor::Knowledge);
            of_knowledge && remedy.against.contains(&ground.measure)
        };
        let Some(remedy) = book.remedies.iter().position(counts) else { continue };
        if case.stated.notices[ground.matter].learned.contains_key(&book.measures[ground.measure].kind) {
            continue;
        }
        let label = words::the(&case.ground_label(ground));
        match found.iter_mut().find(|(key, _)| *key == (ground.law, remedy)) {
            Some((_, labels)) => labels.extend(Some(label).filter(|label| !labels.contains(label))),
            None => found.push(((ground.law, remedy), vec![label])),
        }
    }
    let point = |((law, remedy), labels): ((usize, usize), Vec<String>)| OpenPoint {
        topic: "learned of it".to_string(),
        question: format!(
            "You did not say when you learned of {}; the time to challenge {} runs from that day",
            words::list(&labels),
            if labels.len() == 1 { "it" } else { "them" }
        ),
        cite: vec![case.book(law).remedies[remedy].cite.clone()],
        answers: Vec::new(),
    };
    found.into_iter().map(point).collect()
}
