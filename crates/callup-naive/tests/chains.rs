//! Random chains, written as a law writes them, go step by step as point (n) of docs/law-language.md says; whatever differs prints its seed.
//!
//! The walker below is the test's own and reads the steps as drawn, not the compiled law.

use callup_law::calendar::Day;
use callup_law::diagnostic::{Source, render};
use callup_law::holder::{self, Laws, Person, What, horizon_for};
use callup_law::program::{Answers, PictureCode};
use callup_law::roles::{Event, NoticeKind, PersonFact};
use callup_naive::random_law::Stream;
use std::collections::{BTreeMap, BTreeSet};

const FIRST_DAY: i32 = 46_000;
const DAYS: i32 = 150;

#[derive(Clone, Copy, Debug)]
enum Step {
    /// Act, days to act if there is a limit, whether the matter lapses then.
    Office(Event, Option<i32>, bool),
    /// Days to comply, and whether they take effect on the last day.
    Comply(i32, bool),
    /// Whether the court must refuse who lives at his address.
    Decide(bool),
}

const ACTS: [(Event, &str); 4] = [
    (Event::Warned, "warns"),
    (Event::Demanded, "demands"),
    (Event::Sued, "sues"),
    (Event::PenaltyImposed, "penalises"),
];

fn steps(stream: &mut Stream) -> Vec<Step> {
    let mut steps = Vec::new();
    for _ in 0..1 + stream.below(4) {
        let days = 1 + stream.below(12) as i32;
        steps.push(if stream.one_in(3) {
            Step::Comply(days, stream.one_in(2))
        } else {
            let limit = (!stream.one_in(3)).then_some(days);
            Step::Office(ACTS[stream.below(ACTS.len())].0, limit, limit.is_some() && stream.one_in(2))
        });
    }
    if stream.one_in(2) {
        steps.push(Step::Decide(stream.one_in(2)));
    }
    steps
}

fn law(steps: &[Step]) -> String {
    let line = |(place, step): (usize, &Step)| match step {
        Step::Office(event, limit, lapses) => {
            let word = ACTS.iter().find(|(act, _)| act == event).expect("one of the acts").1;
            let limit = limit.map_or(String::new(), |days| format!(" within {days} days"));
            format!("  office {word} as step{place}{limit}{}\n", if *lapses { "; else lapses" } else { "" })
        }
        Step::Comply(days, on_last) => {
            let moment = if *on_last { "on the last day" } else { "once it has run out" };
            format!("  {days} days to comply as step{place}, {moment}\n")
        }
        Step::Decide(refuses) => {
            format!("  court decides{}\n", if *refuses { "; must refuse if lives_at_address is yes" } else { "" })
        }
    };
    let lines: String = steps.iter().enumerate().map(line).collect();
    format!(
        "# A law\n\nsource \"drawn\" confidence fictional\n\n## Article 1\n\n```law\nlaw drawn \"A law\"\nin force from 2020-01-01\n\
         periods in days: start next-day, roll none\nmatter draft_notice:\n  fact lives_at_address: yes/no as it is\n  track service: none, closed final\n\
         rule end \"over\":\n  when appeared\n  service: none -> closed\nchain pressure:\n  begins on handed_over\n{lines}```\n"
    )
}

/// What happens: mostly what the steps wait for, in their order, now and then something else.
fn events(stream: &mut Stream, steps: &[Step]) -> BTreeSet<(i32, Event)> {
    let others = [Event::Complied, Event::Cancelled, Event::Ordered, Event::RefusedByCourt, Event::Warned, Event::Sued];
    let mut day = FIRST_DAY + stream.below(5) as i32;
    let mut events = BTreeSet::from([(FIRST_DAY, Event::Issued), (day, Event::HandedOver)]);
    for step in steps {
        day += stream.below(14) as i32;
        match step {
            Step::Office(event, _, _) => drop(events.insert((day, *event))),
            Step::Comply(days, _) => day += days,
            Step::Decide(_) => drop(events.insert((day, stream.pick(&[Event::Ordered, Event::RefusedByCourt])))),
        }
        if stream.one_in(6) {
            events.insert((day + stream.below(5) as i32, stream.pick(&others)));
        }
    }
    events
}

/// The states that the chain enters, each with its day.
fn walk(steps: &[Step], events: &BTreeSet<(i32, Event)>, at_address: bool) -> Vec<(i32, String)> {
    let mut entered: Vec<(i32, String)> = Vec::new();
    // The step that is waited for; `None` before the beginning.
    let mut at: Option<usize> = None;
    let mut over = false;
    for day in FIRST_DAY..FIRST_DAY + DAYS {
        let advance = |entered: &mut Vec<(i32, String)>, at: &mut Option<usize>, step: usize| {
            let name = if matches!(steps[step], Step::Decide(_)) { "ordered".into() } else { format!("step{step}") };
            entered.push((day, name));
            *at = Some(step + 1);
        };
        let since = |entered: &[(i32, String)]| entered.last().map_or(day, |(since, _)| *since);
        if let (Some(step), false) = (at, over) {
            match steps.get(step) {
                Some(Step::Comply(days, false)) if since(&entered) + days + 1 == day => {
                    advance(&mut entered, &mut at, step)
                }
                Some(Step::Office(_, Some(days), true)) if since(&entered) + days + 1 == day => {
                    entered.push((day, "lapsed".into()));
                    over = true;
                }
                _ => {}
            }
        }
        for (_, event) in events.iter().filter(|(on, _)| *on == day) {
            if over {
                break;
            }
            let end = match (*event, at, at.and_then(|step| steps.get(step))) {
                (Event::HandedOver, None, _) => {
                    entered.push((day, "begun".into()));
                    at = Some(0);
                    None
                }
                (Event::Complied, Some(_), _) => Some("complied"),
                (Event::Cancelled, Some(_), _) => Some("withdrawn"),
                (Event::RefusedByCourt, _, Some(Step::Decide(_))) => Some("refused"),
                (Event::Ordered, _, Some(Step::Decide(true))) if at_address => Some("refused"),
                (Event::Ordered, Some(step), Some(Step::Decide(_))) => {
                    advance(&mut entered, &mut at, step);
                    None
                }
                (event, Some(step), Some(Step::Office(act, _, _))) if event == *act => {
                    advance(&mut entered, &mut at, step);
                    None
                }
                _ => None,
            };
            if let Some(end) = end {
                entered.push((day, end.into()));
                over = true;
            }
        }
        if let (Some(step), false) = (at, over)
            && let Some(Step::Comply(days, true)) = steps.get(step)
            && since(&entered) + days == day
        {
            advance(&mut entered, &mut at, step);
        }
    }
    entered
}

struct Stated(bool);

impl Person for Stated {
    fn age_between(&self, _on: Day, _least: i32, _most: i32, _picture: PictureCode) -> bool {
        unreachable!("no chain asks for an age")
    }

    fn person(&self, _fact: PersonFact, _picture: PictureCode) -> bool {
        self.0
    }

    fn condition(&self, _name: &str, _day: Day) -> bool {
        unreachable!("no chain asks for a condition")
    }

    fn switch(&self, _name: &str, _options: &[String]) -> usize {
        unreachable!("the law has no switch")
    }
}

fn held(text: &str, events: &BTreeSet<(i32, Event)>, at_address: bool) -> Vec<(i32, String)> {
    let sources = [Source { name: "drawn.law.md".to_owned(), text: text.to_owned() }];
    let compiled = callup_law::compile(&sources);
    let Some(book) = compiled.rulebooks.first() else {
        panic!("{}\n{text}", render(&compiled.diagnostics, &sources));
    };
    let notices = [holder::Notice {
        kind: NoticeKind::DraftNotice,
        dates: BTreeMap::new(),
        events: events.iter().map(|(day, event)| (*event, Day(*day))).collect(),
        remedies: Vec::new(),
    }];
    let until = Day(FIRST_DAY + DAYS - 1);
    let horizon = horizon_for(&notices, until).expect("a short life");
    let answers = Answers::new();
    let laws = Laws::bind(&[book], &[NoticeKind::DraftNotice].into(), &answers, horizon).expect("it binds");
    let history = laws.live(&Stated(at_address), &notices, until);
    let entered = history.entries.iter().filter_map(|entry| match entry.what {
        What::Entered { track, state, .. } if book.tracks[track].name == "pressure" => {
            Some((entry.day.0, book.tracks[track].states[usize::from(state)].name.clone()))
        }
        _ => None,
    });
    entered.collect()
}

#[test]
fn chains_go_step_by_step() {
    let mut ends: BTreeMap<String, usize> = BTreeMap::new();
    for seed in 0..400 {
        let mut stream = Stream(seed);
        let steps = steps(&mut stream);
        let (events, at_address) = (events(&mut stream, &steps), stream.one_in(2));
        let wanted = walk(&steps, &events, at_address);
        assert_eq!(held(&law(&steps), &events, at_address), wanted, "chain {seed}: {steps:?}\n{events:?}");
        *ends.entry(wanted.last().map_or_else(String::new, |(_, name)| name.clone())).or_default() += 1;
    }
    for end in ["complied", "withdrawn", "lapsed", "refused", "ordered"] {
        assert!(ends.get(end).is_some_and(|count| *count >= 5), "few chains end so: {end} {ends:?}");
    }
}
