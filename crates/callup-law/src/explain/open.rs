//! Open points: what was not known or is not settled, and what each answer brings.
//!
//! What an answer brings is read off the ways that give it; nothing is written in advance.

use crate::calendar::Day;
use crate::explain::ground::Ground;
use crate::explain::judge::{Judge, Judged};
use crate::explain::language::say;
use crate::explain::{Case, OpenAnswer, OpenKind, OpenPoint};
use crate::forks::{Assumption, Fork, Question};
use crate::holder::{Entry, Stretch, What};
use crate::roles::Event;
use crate::rulebook::{Anchor, Cite, Remedy, Test, Trigger};
use std::collections::BTreeSet;

/// All open points, those that change the timeline first.
pub(crate) fn points(case: &Case<'_>) -> Vec<OpenPoint> {
    let brings: Vec<Brings> = case.forks.iter().map(|fork| facts(case, fork)).collect();
    let outcomes: Vec<Outcome> = case.forks.iter().map(|fork| outcome(case, fork)).collect();
    let asked = questions(case).into_iter().filter(|question| splits(case, &outcomes, question));
    let mut points: Vec<OpenPoint> = asked.map(|question| forking(case, &brings, &question)).collect();
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

/// What a way brings, as sentences with their day.
type Brings = BTreeSet<(Day, String)>;

/// All that follows in a way with its basis, without what was stated: two ways that differ in it have different timelines.
type Outcome = BTreeSet<(Day, usize, usize, What, String)>;

fn outcome(case: &Case<'_>, fork: &Fork) -> Outcome {
    let follows = |entry: &&Entry| !matches!(entry.what, What::Event(_) | What::RemedyEvent { .. } | What::Opened);
    // Which of several lines of a measure brought it is nothing to a reader but the article that he is told.
    let plain = |entry: &Entry| match entry.what {
        What::Entered { track, state, rule, .. } => {
            (What::Entered { track, state, rule, counted: None }, String::new())
        }
        What::Starts { measure, line } => {
            let cite = &case.book(entry.law).measures[measure].starts[line].cite;
            (What::Starts { measure, line: 0 }, case.words.basis(cite))
        }
        What::LiftDue { measure, line, by, .. } => {
            let cite = &case.book(entry.law).measures[measure].ends[line].cite;
            (What::LiftDue { measure, line: 0, by, counted: None }, case.words.basis(cite))
        }
        ref other => (other.clone(), String::new()),
    };
    let entries = fork.history.entries.iter().filter(follows);
    let with_basis = |entry: &Entry| {
        let (what, basis) = plain(entry);
        (entry.day, entry.matter, entry.law, what, basis)
    };
    entries.map(with_basis).collect()
}

/// Whether two answers to a question, all else the same, bring different timelines.
fn splits(case: &Case<'_>, outcomes: &[Outcome], question: &Question) -> bool {
    let ways = 0..case.forks.len();
    let pairs = ways.clone().flat_map(|one| ways.clone().skip(one + 1).map(move |other| (one, other)));
    pairs.into_iter().any(|(one, other)| {
        outcomes[one] != outcomes[other] && differ_in(question, &case.forks[one], &case.forks[other])
    })
}

/// Whether two ways answer a question differently and nothing else. Ages hang together: they are one day of birth.
fn differ_in(question: &Question, one: &Fork, other: &Fork) -> bool {
    let is_age = |question: &Question| matches!(question, Question::Age { .. });
    let answer = |fork: &Fork, question: &Question| {
        let made = fork.assumptions.iter().find(|made| made.question == *question);
        made.map(|made| made.alternative)
    };
    let (Some(first), Some(second)) = (answer(one, question), answer(other, question)) else { return false };
    let same = |made: &Assumption| {
        made.question == *question
            || (is_age(question) && is_age(&made.question))
            || answer(other, &made.question).is_none_or(|alternative| alternative == made.alternative)
    };
    first != second && one.assumptions.iter().all(same)
}

/// A question that splits the ways, with what each answer brings.
fn forking(case: &Case<'_>, brings: &[Brings], question: &Question) -> OpenPoint {
    let everywhere = common(brings.iter());
    let given = |way: &usize, alternative: usize| {
        let made = &case.forks[*way].assumptions;
        made.iter().any(|made| made.question == *question && made.alternative == alternative)
    };
    let all = 0..case.forks.len();
    let mut answers = Vec::new();
    for alternative in 0..question.alternatives().len() {
        let ways: Vec<usize> = all.clone().filter(|way| given(way, alternative)).collect();
        if ways.is_empty() {
            continue;
        }
        let always: Brings = &common(ways.iter().map(|way| &brings[*way])) - &everywhere;
        let others = all.clone().filter(|way| !given(way, alternative));
        let only_here = &union(ways.iter().map(|way| &brings[*way])) - &union(others.map(|way| &brings[way]));
        let mut effect: Vec<String> = always.iter().map(|(_, sentence)| sentence.clone()).collect();
        let sometimes: Vec<String> = only_here.difference(&always).map(|(_, sentence)| sentence.clone()).collect();
        if !sometimes.is_empty() {
            effect.push(say!(case.words, "open-sometimes", what = sometimes.join("; ")));
        }
        answers.push(OpenAnswer { answer: case.words.answer(case.laws.books(), question, alternative), effect });
    }
    let (asked, cite) = asked(case, question);
    let topic = case.words.topic(case.laws.books(), question);
    OpenPoint {
        kind: OpenKind::of(question),
        name: question.topic(),
        changes_timeline: true,
        asked: Some(question.clone()),
        topic,
        question: asked,
        cite,
        answers,
    }
}

fn facts(case: &Case<'_>, fork: &Fork) -> Brings {
    let words = case.words;
    let said = fork.history.entries.iter().filter_map(|entry| Some((entry.day, sentence(case, entry)?)));
    let dated = |(day, said): (Day, String)| (day, format!("{said} ({})", words.short_date(day)));
    let mut facts: Brings = said.map(dated).collect();
    for (ground, stretches) in case.grounds(&fork.history) {
        facts.extend(stretches.iter().map(|stretch| (stretch.start, stretch_words(case, ground, *stretch))));
    }
    facts
}

/// What follows besides measures, where it needs saying.
fn sentence(case: &Case<'_>, entry: &Entry) -> Option<String> {
    let (words, book) = (case.words, || case.book(entry.law));
    let said = match entry.what {
        What::Entered { rule, track, state, .. } => {
            let (rule, state) = (&book().rules[rule], &book().tracks[track].states[usize::from(state)]);
            match rule.trigger {
                Trigger::Event(_) if words.consequence(state).is_empty() => rule.label.clone(),
                Trigger::Event(_) => words.consequence(state),
                Trigger::Period { .. } if rule.label.is_empty() => words.state(book(), state),
                Trigger::Period { .. } => rule.label.clone(),
            }
        }
        What::Void { .. } => words.say("open-void"),
        What::Barred { .. } => words.say("barred-event"),
        What::Suspended { measure, remedy } => {
            let until = if book().remedies[remedy].until_final { "until-final" } else { "until-decision" };
            let measure = words.the(&words.measure(book(), measure));
            say!(words, "suspended-measure", measure = measure, until = words.say(until))
        }
        What::Resumed { measure } => {
            say!(words, "resumed-measure", measure = words.the(&words.measure(book(), measure)))
        }
        What::Transferred { old_law } => {
            let (old, new) = (case.book(old_law).id.as_str(), book().id.as_str());
            say!(words, "matter-passes", old = old, new = new)
        }
        _ => String::new(),
    };
    (!said.is_empty()).then_some(said)
}

fn stretch_words(case: &Case<'_>, ground: Ground, stretch: Stretch) -> String {
    let (words, measure) = (case.words, case.ground_label(ground));
    let (from, id) = (words.short_date(stretch.start), "open-stands-lifted");
    match stretch.lift {
        Some(lift) => say!(words, id, measure = measure, from = from, date = words.short_date(lift)),
        None => say!(words, "open-stands", measure = measure, from = from, date = words.short_date(case.until)),
    }
}

fn common<'b>(mut ways: impl Iterator<Item = &'b Brings>) -> Brings {
    let first = ways.next().cloned().unwrap_or_default();
    ways.fold(first, |one, other| one.intersection(other).cloned().collect())
}

fn union<'b>(ways: impl Iterator<Item = &'b Brings>) -> Brings {
    ways.flat_map(|brings| brings.iter().cloned()).collect()
}

fn asked(case: &Case<'_>, question: &Question) -> (String, Vec<Cite>) {
    let (books, words) = (case.laws.books(), case.words);
    match question {
        Question::Switch { name, .. } => {
            let found = books.iter().flat_map(|book| &book.switches).find(|switch| switch.name == *name);
            let why = found.map_or_else(String::new, |switch| format!(": {}", switch.why));
            (
                say!(words, "not-settled-reading", name = words.name_in(books, name), why = why),
                found.map(|switch| switch.cite.clone()).into_iter().collect(),
            )
        }
        Question::Condition { name } => {
            let found = books.iter().flat_map(|book| &book.conditions).find(|condition| condition.name == *name);
            let what = words.topic(books, question);
            (
                say!(words, "not-said-condition", what = what),
                found.map(|condition| condition.cite.clone()).into_iter().collect(),
            )
        }
        Question::Age { on, picture, .. } => {
            let (date, picture) = (words.long_date(*on), words.picture(*picture));
            (say!(words, "not-said-age", date = date, picture = picture), Vec::new())
        }
        Question::Fact { .. } => (say!(words, "not-said", what = words.topic(books, question)), Vec::new()),
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
    let (book, words) = (case.book(group[0].ground.law), case.words);
    let (remedy, switch) = (&book.remedies[group[0].remedy], &book.switches[group[0].switch]);
    let answer = |(alternative, option): (usize, &String)| {
        let question = Question::Switch { name: switch.name.clone(), options: switch.options.clone() };
        let assumption = Assumption { question, alternative };
        OpenAnswer { answer: words.name(book, option), effect: effects(case, remedy, group, &assumption) }
    };
    OpenPoint {
        kind: OpenKind::Reading,
        name: switch.name.clone(),
        changes_timeline: false,
        asked: None,
        topic: words.name(book, &switch.name),
        question: say!(words, "whether-suspends", body = words.name(book, &remedy.to), why = switch.why.as_str()),
        cite: vec![switch.cite.clone()],
        answers: switch.options.iter().enumerate().map(answer).collect(),
    }
}

/// What a challenge does to each measure under an answer, with one day to show it by.
fn effects(case: &Case<'_>, remedy: &Remedy, group: &[Unsettled<'_>], assumption: &Assumption) -> Vec<String> {
    let (mut held, mut free, mut example) = (Vec::new(), Vec::new(), None);
    let words = case.words;
    for found in group {
        let mut assumed = found.fork.clone();
        assumed.assumptions.push(assumption.clone());
        let judge = Judge { case, fork: &assumed, matter: found.ground.matter, law: found.ground.law };
        let label = words.the(&case.ground_label(found.ground));
        match remedy.suspends_measure(found.ground.measure).map(|guard| judge.judge(guard)) {
            Some(Judged::Holds) => {
                let day = filing_day(case, found.ground, found.stretch);
                example.get_or_insert_with(|| {
                    say!(words, "open-example", date = words.short_date(day), measure = label.as_str())
                });
                held.extend(Some(label).filter(|label| !held.contains(label)));
            }
            Some(Judged::Open(what)) => held.push(say!(words, "open-if", measure = label, what = what)),
            Some(Judged::Fails) | None => free.extend(Some(label).filter(|label| !free.contains(label))),
        }
    }
    let mut effects = Vec::new();
    if !held.is_empty() {
        let example = example.map_or_else(String::new, |example| format!(" {example}"));
        let id = if remedy.until_final { "open-suspends-final" } else { "open-suspends" };
        effects.push(say!(words, id, measures = words.list(&held), example = example));
    }
    if !free.is_empty() {
        effects.push(say!(words, "open-suspends-not", measures = words.list(&free)));
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
        let label = case.words.the(&case.ground_label(ground));
        match found.iter_mut().find(|(key, _)| *key == (ground.law, remedy)) {
            Some((_, labels)) => labels.extend(Some(label).filter(|label| !labels.contains(label))),
            None => found.push(((ground.law, remedy), vec![label])),
        }
    }
    let point = |((law, remedy), labels): ((usize, usize), Vec<String>)| OpenPoint {
        kind: OpenKind::Learning,
        name: case.book(law).remedies[remedy].name.clone(),
        changes_timeline: false,
        asked: None,
        topic: case.words.say("topic-learned"),
        question: say!(
            case.words,
            "not-said-learned",
            measures = case.words.list(&labels),
            n = i32::from(labels.len() != 1) + 1
        ),
        cite: vec![case.book(law).remedies[remedy].cite.clone()],
        answers: Vec::new(),
    };
    found.into_iter().map(point).collect()
}
