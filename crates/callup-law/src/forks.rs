//! What is not known forks a history: every switch without an answer and every fact that was not given is asked once and followed both ways.
//!
//! Nothing is ever assumed in silence. Cases and explanations stand on this; it prints nothing.

use crate::calendar::Day;
use crate::holder::{History, Laws, Notice, Person};
use crate::program::PictureCode;
use crate::roles::PersonFact;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// What is known about a person and the world.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Day of birth, in every picture.
    pub born: Option<Day>,
    /// Facts, each in one picture.
    pub facts: BTreeMap<(PersonFact, PictureCode), bool>,
    /// Conditions of the world by name.
    pub conditions: BTreeMap<String, bool>,
    /// Conditions that hold (or not) from a day on, and the opposite before.
    pub conditions_from: BTreeMap<String, (Day, bool)>,
}

/// Something that a guard asked and nobody had said.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    /// A switch; its options are the alternatives.
    Switch {
        /// Name.
        name: String,
        /// Options.
        options: Vec<String>,
    },
    /// The age on a day: younger than `least`, between, older than `most`.
    Age {
        /// On this day.
        on: Day,
        /// Least age that passes.
        least: i32,
        /// Greatest age that passes.
        most: i32,
        /// In whose picture.
        picture: PictureCode,
    },
    /// A fact about the person: yes or no.
    Fact {
        /// Which.
        fact: PersonFact,
        /// In whose picture.
        picture: PictureCode,
    },
    /// A condition of the world: yes or no.
    Condition {
        /// Name.
        name: String,
    },
}

/// A question and the alternative that is followed (index in [`Question::alternatives`]).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Assumption {
    /// The question.
    pub question: Question,
    /// The alternative.
    pub alternative: usize,
}

/// One way things go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fork {
    /// What it assumes, in the order in which it was asked.
    pub assumptions: Vec<Assumption>,
    /// What follows.
    pub history: History,
}

/// All ways things go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forks {
    /// At least one.
    pub forks: Vec<Fork>,
    /// There are more ways than were followed.
    pub cut_off: bool,
}

impl Question {
    /// The alternatives, as printed after `if`.
    #[must_use]
    pub fn alternatives(&self) -> Vec<String> {
        match self {
            Question::Switch { options, .. } => options.clone(),
            Question::Age { least, most, .. } => vec![
                format!("younger than {least}"),
                match (*least, *most) {
                    (i32::MIN, most) => format!("{most} or younger"),
                    (least, i32::MAX) => format!("{least} or older"),
                    (least, most) if least == most => format!("{least}"),
                    (least, most) => format!("{least} to {most}"),
                },
                format!("older than {most}"),
            ],
            Question::Fact { .. } | Question::Condition { .. } => vec!["yes".to_string(), "no".to_string()],
        }
    }

    /// What is asked, in a few words.
    #[must_use]
    pub fn topic(&self) -> String {
        match self {
            Question::Switch { name, .. } | Question::Condition { name } => name.clone(),
            Question::Age { on, picture, .. } => format!("age on {on}{}", picture_words(*picture)),
            Question::Fact { fact, picture } => format!("{}{}", fact.word(), picture_words(*picture)),
        }
    }
}

/// How a picture is printed behind a fact.
#[must_use]
pub fn picture_words(picture: PictureCode) -> &'static str {
    match picture {
        PictureCode::Recorded => " as recorded",
        PictureCode::Truth => " as it is",
        PictureCode::Proved => " as proved",
    }
}

/// Follows every way things can go, at most `limit` of them.
#[must_use]
pub fn explore(laws: &Laws<'_>, known: &Known, notices: &[Notice], until: Day, limit: usize) -> Forks {
    let mut forks = Forks { forks: Vec::new(), cut_off: false };
    let keep = |fork: Fork| {
        forks.forks.push(fork);
        None::<()>
    };
    let more = search(laws, known, notices, until, limit, keep).1;
    forks.cut_off = more;
    forks
}

/// Follows the ways things can go, at most `limit` of them, until one comes to something; and whether there are more than were followed.
pub fn search<T>(
    laws: &Laws<'_>,
    known: &Known,
    notices: &[Notice],
    until: Day,
    limit: usize,
    mut comes_to: impl FnMut(Fork) -> Option<T>,
) -> (Option<T>, bool) {
    let mut open: Vec<Vec<Assumption>> = vec![Vec::new()];
    let mut followed = 0;
    while let Some(assumptions) = open.pop() {
        if followed >= limit {
            return (None, true);
        }
        let inquirer = Inquirer { known, assumptions: &assumptions, unanswered: RefCell::new(None) };
        let history = laws.live(&inquirer, notices, until);
        let Some(question) = inquirer.unanswered.take() else {
            followed += 1;
            if let Some(found) = comes_to(Fork { assumptions, history }) {
                return (Some(found), !open.is_empty());
            }
            continue;
        };
        // Last first, so that the stack gives them back in their order.
        for alternative in (0..question.alternatives().len()).rev() {
            let mut further = assumptions.clone();
            further.push(Assumption { question: question.clone(), alternative });
            if births(&further).is_some() {
                open.push(further);
            }
        }
    }
    (None, false)
}

/// The one way things go under these assumptions; `None` if something is asked that they do not answer.
#[must_use]
pub fn follow(
    laws: &Laws<'_>,
    known: &Known,
    assumptions: &[Assumption],
    notices: &[Notice],
    until: Day,
) -> Option<History> {
    let inquirer = Inquirer { known, assumptions, unanswered: RefCell::new(None) };
    let history = laws.live(&inquirer, notices, until);
    inquirer.unanswered.take().is_none().then_some(history)
}

/// Answers from what is known and assumed, and notes the first question that neither answers.
struct Inquirer<'a> {
    known: &'a Known,
    assumptions: &'a [Assumption],
    unanswered: RefCell<Option<Question>>,
}

impl Inquirer<'_> {
    fn ask(&self, question: Question) -> usize {
        let assumed = self.assumptions.iter().find(|assumption| assumption.question == question);
        if let Some(assumption) = assumed {
            return assumption.alternative;
        }
        let mut unanswered = self.unanswered.borrow_mut();
        if unanswered.is_none() {
            *unanswered = Some(question);
        }
        // This history is thrown away; any answer does.
        0
    }
}

impl Person for Inquirer<'_> {
    fn age_between(&self, on: Day, least: i32, most: i32, picture: PictureCode) -> bool {
        if let Some(born) = self.known.born {
            return (least..=most).contains(&on.age_of(born));
        }
        if let Some((first, last)) = births(self.assumptions) {
            let (oldest, youngest) = (on.age_of(Day(first)), on.age_of(Day(last)));
            if least <= youngest && oldest <= most {
                return true;
            }
            if oldest < least || most < youngest {
                return false;
            }
        }
        self.ask(Question::Age { on, least, most, picture }) == 1
    }

    fn person(&self, fact: PersonFact, picture: PictureCode) -> bool {
        if let Some(is) = self.known.facts.get(&(fact, picture)) {
            return *is;
        }
        // What is not so cannot be proved.
        if picture == PictureCode::Proved && self.known.facts.get(&(fact, PictureCode::Truth)) == Some(&false) {
            return false;
        }
        self.ask(Question::Fact { fact, picture }) == 0
    }

    fn condition(&self, name: &str, day: Day) -> bool {
        if let Some((from, is)) = self.known.conditions_from.get(name) {
            return (day >= *from) == *is;
        }
        match self.known.conditions.get(name) {
            Some(is) => *is,
            None => self.ask(Question::Condition { name: name.to_string() }) == 0,
        }
    }

    fn switch(&self, name: &str, options: &[String]) -> usize {
        self.ask(Question::Switch { name: name.to_string(), options: options.to_vec() })
    }
}

/// First and last day of birth that the assumed ages leave open; `None` if they contradict each other.
fn births(assumptions: &[Assumption]) -> Option<(i32, i32)> {
    let (mut first, mut last) = (Day::MIN.0, Day::MAX.0);
    for assumption in assumptions {
        let Question::Age { on, least, most, .. } = assumption.question else { continue };
        let (of_least, above_most) =
            (latest_birth(on, least), most.checked_add(1).map_or(-1, |age| latest_birth(on, age)));
        let (from, to) = match assumption.alternative {
            0 => (of_least + 1, last),
            1 => (above_most + 1, of_least),
            _ => (first, above_most),
        };
        (first, last) = (first.max(from), last.min(to));
    }
    (first <= last).then_some((first, last))
}

/// The latest day of birth with at least this age on a day; the day before [`Day::MIN`] if there is none.
fn latest_birth(on: Day, age: i32) -> i32 {
    let (mut low, mut high) = (Day::MIN.0 - 1, Day::MAX.0);
    while low < high {
        let middle = low + (high - low + 1) / 2;
        if on.age_of(Day(middle)) >= age { low = middle } else { high = middle - 1 }
    }
    low
}
