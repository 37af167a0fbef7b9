//! The words of explanations: dates, articles, lengths of time, events, states, measures.
//!
//! It knows no case.

use crate::calendar::{Day, MonthDay, Period, Unit};
use crate::roles::{Event, MeasureKind, Milestone};
use crate::rulebook::{Anchor, Cite, Pick, Remedy, Rulebook, State};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `Tue 10 March 2026`.
pub(crate) fn long_date(day: Day) -> String {
    date(day, MONTHS[month_index(day)])
}

/// `Tue 10 Mar 2026`.
pub(crate) fn short_date(day: Day) -> String {
    date(day, &MONTHS[month_index(day)][..3])
}

fn month_index(day: Day) -> usize {
    day.to_ymd().1 as usize - 1
}

fn date(day: Day, month: &str) -> String {
    if day > Day::MAX {
        return day.to_string();
    }
    let (year, _, number) = day.to_ymd();
    format!("{} {number} {month} {year}", day.weekday().short())
}

/// `10 Mar`, with the year where it is not that of the line.
pub(crate) fn brief_date(day: Day, near: Day) -> String {
    let (year, _, number) = day.to_ymd();
    let month = &MONTHS[month_index(day)][..3];
    if year == near.to_ymd().0 { format!("{number} {month}") } else { format!("{number} {month} {year}") }
}

/// `7 days`, `1 month`.
pub(crate) fn length(period: Period) -> String {
    let unit = match period.unit {
        Unit::Hours => "hour",
        Unit::Days => "day",
        Unit::Months => "month",
        Unit::Years => "year",
        Unit::WorkingDays => "working day",
    };
    format!("{} {unit}{}", period.count, if period.count == 1 { "" } else { "s" })
}

/// `Art. 6(1)`; the paragraph stands behind the number where more words follow it.
pub(crate) fn basis(cite: &Cite) -> String {
    let (head, number, rest) = split(cite);
    let paragraph = if cite.paragraph.is_empty() { String::new() } else { format!("({})", cite.paragraph) };
    format!("{head}{number}{paragraph}{rest}")
}

/// `Art. 12(1), 2(2)`.
pub(crate) fn bases(cites: &[Cite]) -> String {
    let mut printed: Vec<String> = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    let mut last_head = String::new();
    for cite in cites {
        let whole = basis(cite);
        if seen.contains(&whole) {
            continue;
        }
        let head = split(cite).0;
        let short = if head == last_head { whole[head.len()..].to_string() } else { whole.clone() };
        last_head = head;
        printed.push(short);
        seen.push(whole);
    }
    printed.join(", ")
}

fn split(cite: &Cite) -> (String, String, String) {
    let Some((word, rest)) = cite.article.split_once(' ') else {
        return (String::new(), cite.article.clone(), String::new());
    };
    let head = if word == "Article" { "Art. ".to_string() } else { format!("{word} ") };
    match rest.split_once(' ') {
        Some((number, words)) => (head, number.to_string(), format!(" {words}")),
        None => (head, rest.to_string(), String::new()),
    }
}

/// What happened, as said to the person.
pub(crate) fn event_past(event: Event) -> &'static str {
    match event {
        Event::Issued => "the notice was formed",
        Event::Sent => "the notice was sent to an employer or a place of study",
        Event::Posted => "the notice was given to the post",
        Event::Placed => "the notice was placed in the register",
        Event::PlacedInAccount => "the notice was placed in your account on the portal",
        Event::Published => "the notice was published",
        Event::Broadcast => "the notice was broadcast",
        Event::Messaged => "the notice was sent to you as a message",
        Event::Delivered => "the post marked the notice as delivered",
        Event::Refused => "the notice was refused or not collected",
        Event::HandedOver => "the notice was handed over to you",
        Event::HandedOverByEmployer => "the notice was handed over at work or at the place of study",
        Event::LeftWithOther => "the notice was left with somebody else",
        Event::Opened => "you opened the notice",
        Event::Learned => "you learned of a measure in another way",
        Event::Located => "you were found",
        Event::ValidReasonShown => "you showed a valid reason",
        Event::Rebutted => "you proved that the notice did not reach you",
        Event::Warned => "you were warned",
        Event::Demanded => "the office demanded that you comply",
        Event::Complied => "you complied",
        Event::Sued => "the office applied to the court",
        Event::Ordered => "the court ordered it",
        Event::RefusedByCourt => "the court refused it",
        Event::PenaltyImposed => "a penalty was imposed",
        Event::Filed => "a challenge was filed",
        Event::Restored => "the missed time limit was restored",
        Event::Granted => "the challenge succeeded",
        Event::Rejected => "the challenge failed",
        Event::BecameFinal => "the decision on the challenge became final",
        Event::Cancelled => "the notice or the measure was cancelled",
        Event::Appeared => "you appeared",
        Event::Examined => "you were examined",
        Event::Deferred => "a deferment was granted",
        Event::Exempted => "you were exempted or released",
        Event::CalledUp => "a call-up was decided",
        Event::NotCalledUp => "the call-up ended without a decision against you",
        Event::Dispatched => "you were dispatched to the forces",
        Event::Left => "you left the country for good",
        Event::SeasonEnded => "the season ended",
    }
}

/// What ends a measure, after `it ends when`.
pub(crate) fn event_clause(event: Event) -> &'static str {
    match event {
        Event::Issued => "the notice is formed",
        Event::Sent => "the notice is sent to an employer or a place of study",
        Event::Posted => "the notice is given to the post",
        Event::Placed => "the notice is placed in the register",
        Event::PlacedInAccount => "the notice is placed in your account",
        Event::Published => "the notice is published",
        Event::Broadcast => "the notice is broadcast",
        Event::Messaged => "the notice is sent to you as a message",
        Event::Delivered => "the post marks the notice as delivered",
        Event::Refused => "the notice is refused or not collected",
        Event::HandedOver => "the notice is handed over to you",
        Event::HandedOverByEmployer => "the notice is handed over at work or at the place of study",
        Event::LeftWithOther => "the notice is left with somebody else",
        Event::Opened => "you open the notice",
        Event::Learned => "you learn of a measure in another way",
        Event::Located => "you are found",
        Event::ValidReasonShown => "you show a valid reason",
        Event::Rebutted => "you prove that the notice did not reach you",
        Event::Warned => "you are warned",
        Event::Demanded => "the office demands that you comply",
        Event::Complied => "you comply",
        Event::Sued => "the office applies to the court",
        Event::Ordered => "the court orders it",
        Event::RefusedByCourt => "the court refuses it",
        Event::PenaltyImposed => "a penalty is imposed",
        Event::Filed => "a challenge is filed",
        Event::Restored => "the missed time limit is restored",
        Event::Granted => "the challenge succeeds",
        Event::Rejected => "the challenge fails",
        Event::BecameFinal => "the decision on the challenge becomes final",
        Event::Cancelled => "the notice or the measure is cancelled",
        Event::Appeared => "you appear",
        Event::Examined => "you are examined",
        Event::Deferred => "a deferment is granted",
        Event::Exempted => "you are exempted or released",
        Event::CalledUp => "a call-up is decided",
        Event::NotCalledUp => "the call-up ends without a decision against you",
        Event::Dispatched => "you are dispatched to the forces",
        Event::Left => "you leave the country for good",
        Event::SeasonEnded => "the season ends",
    }
}

/// What a person can do, as an order and as a gerund; `None` for what others do.
pub(crate) fn act(event: Event) -> Option<(&'static str, &'static str)> {
    match event {
        Event::Opened => Some(("open the notice", "Opening the notice")),
        Event::ValidReasonShown => Some(("show a valid reason", "Showing a valid reason")),
        Event::Complied => Some(("comply", "Complying")),
        Event::Appeared => Some(("appear", "Appearing")),
        _ => None,
    }
}

/// What entering a state comes to, after the event that led there; empty where nothing needs saying.
pub(crate) fn consequence(state: &State) -> String {
    let label = state.label.as_str();
    let said = match state.milestone {
        Some(Milestone::Served) if state.name == Milestone::Served.word() => "the notice counts as served",
        Some(Milestone::Defaulted) if label.is_empty() => "the time to appear has run out",
        Some(Milestone::Lapsed) => "the notice has lost its effect",
        Some(Milestone::Deferred) => "the matter ends with a deferment",
        Some(Milestone::CalledUp) => "the matter ends with a call-up",
        Some(Milestone::Closed) => "the matter is closed",
        Some(Milestone::Served | Milestone::Defaulted) => label,
        Some(Milestone::Placed | Milestone::Appeared | Milestone::None) | None => "",
    };
    said.to_string()
}

/// A state, for a reader.
pub(crate) fn state_words(state: &State) -> String {
    match (state.label.as_str(), state.milestone) {
        ("", _) => {
            let said = consequence(state);
            if said.is_empty() { state.name.replace('_', " ") } else { said }
        }
        (label, _) => label.to_string(),
    }
}

/// What the measure bars, after `the Act bars`; `None` for what is no bar.
pub(crate) fn barred(kind: MeasureKind) -> Option<&'static str> {
    match kind {
        MeasureKind::ExitBan => Some("leaving the country"),
        MeasureKind::PassportBan => Some("the issue of a passport for travel abroad"),
        MeasureKind::DrivingBan => Some("driving"),
        MeasureKind::VehicleRegistrationBan => Some("the registration of vehicles"),
        MeasureKind::PropertyRegistrationBan => Some("the registration of real estate"),
        MeasureKind::SoleTraderBan => Some("registration as a sole trader"),
        MeasureKind::SelfEmployedBan => Some("registration as self-employed"),
        MeasureKind::CreditBan => Some("credit and loan contracts"),
        MeasureKind::AssetFreeze => Some("disposing of assets"),
        MeasureKind::RegionalLeaveBan => Some("leaving the region"),
        MeasureKind::RegionalSupportBan => Some("regional payments and support"),
        MeasureKind::WantedStatus => None,
    }
}

/// A measure with its article: `the ban on driving`, `"no registration of vehicles"`.
pub(crate) fn the(label: &str) -> String {
    if label.starts_with("no ") { format!("\"{label}\"") } else { format!("the {label}") }
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// A name of the law in prose.
pub(crate) fn spaced(name: &str) -> String {
    name.replace('_', " ")
}

/// With a capital letter in front.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What a period is counted from.
pub(crate) fn anchor(book: &Rulebook, anchor: Anchor) -> String {
    match anchor {
        Anchor::Event(Event::Filed) => "filing".to_string(),
        Anchor::Event(event) => format!("the day on which {}", event_clause(event)),
        Anchor::Entry { track, state } => {
            let state = &book.tracks[track].states[usize::from(state)];
            format!("the day of \"{}\"", state_words(state))
        }
        Anchor::Fact(fact) => spaced(&book.facts[fact].name),
        Anchor::MeasureStart(measure) => format!("the start of {}", the(&book.measures[measure].label)),
        Anchor::Knowledge => "the day you learn of it".to_string(),
        Anchor::Combined(index) => {
            let combined = &book.combined[index];
            let of: Vec<String> = combined.of.iter().map(|one| self::anchor(book, *one)).collect();
            let pick = if combined.pick == Pick::Later { "later" } else { "earlier" };
            format!("the {pick} of {}", list(&of))
        }
        Anchor::WindowStart(index) => format!("the first day of {}", window(book, index)),
        Anchor::WindowEnd(index) => format!("the last day of {}", window(book, index)),
    }
}

/// A window with its days.
pub(crate) fn window(book: &Rulebook, index: usize) -> String {
    let window = &book.windows[index];
    let label =
        if window.label.is_empty() { format!("the window {}", spaced(&window.name)) } else { the(&window.label) };
    let ranges: Vec<String> =
        window.ranges.iter().map(|range| format!("{} to {}", month_day(range.from), month_day(range.until))).collect();
    format!("{label} ({})", list(&ranges))
}

/// `1 April`
fn month_day(day: MonthDay) -> String {
    let day = day.of_year(2000);
    format!("{} {}", day.to_ymd().2, MONTHS[month_index(day)])
}

/// The label of a remedy, or its name where it has none.
pub(crate) fn remedy_label(remedy: &Remedy) -> String {
    if remedy.label.is_empty() { spaced(&remedy.name) } else { remedy.label.clone() }
}

/// The label of a measure, or its name where it has none.
pub(crate) fn measure_label(book: &Rulebook, measure: usize) -> String {
    let measure = &book.measures[measure];
    if measure.label.is_empty() { spaced(&measure.name) } else { measure.label.clone() }
}
