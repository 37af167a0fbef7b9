//! The twelve lines that matter, each with the articles behind it as the run applied them.
//!
//! Articles come from the citations of the compiled laws and from how often the run used each; none is written here. How well the
//! authority reaches people never stands without whom it wrongs.

use super::replicates::OverReplicates;
use super::tables::expanded;
use crate::input::laws::full_name;
use crate::prepare::Prepared;
use callup_law::roles::{Event, MeasureKind, Milestone};
use callup_law::rulebook::{Anchor, Cite, Measure, Rule, Rulebook, Trigger};
use callup_sim::tally::Duration;
use callup_sim::{IndicatorRow, Outcome};
use serde::{Deserialize, Serialize};

/// One of the twelve lines.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadlineLine {
    /// Stable name.
    pub id: String,
    /// Words for people.
    pub label: String,
    /// The figure at the scale of the run; none where nothing was counted.
    pub value: Option<u64>,
    /// The figure as it would be at scale 1.
    pub expanded: Option<u64>,
    /// `persons`, `notices` or `days`.
    pub unit: String,
    /// The part of another line that this line is: its name.
    pub part_of: Option<String>,
    /// The part, where the other line is not 0.
    pub share: Option<f64>,
    /// Articles behind it.
    pub articles: Vec<Applied>,
    /// Choices of the scenario behind it.
    pub assumptions: Vec<String>,
    /// Where it lies over the replicates; none if the scenario was run once.
    pub replicates: Option<OverReplicates>,
}

/// An article and how often the run applied it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Applied {
    /// `id@date` of the law.
    pub law: String,
    /// For example `Article 7.1(1)`.
    pub article: String,
    /// How often, at the scale of the run.
    pub times: u64,
}

/// What makes a line, before its articles are looked up.
struct Draft<'a> {
    id: &'static str,
    label: &'a str,
    value: Option<u64>,
    part_of: Option<&'static str>,
    choose: &'a dyn Fn(&Rulebook) -> Vec<&Cite>,
    assumptions: &'a [&'static str],
}

/// The twelve lines.
#[must_use]
pub fn headline(prepared: &Prepared, outcome: &Outcome) -> Vec<HeadlineLine> {
    let totals = &outcome.totals;
    let mut lines = Vec::new();
    let mut person_line = |id, label, value, part_of, choose: &dyn Fn(&Rulebook) -> Vec<&Cite>, assumptions| {
        let draft = Draft { id, label, value: Some(value), part_of, choose, assumptions };
        let line = draft.line(prepared, outcome, "persons", &lines);
        lines.push(line);
    };
    let further = further_label(&prepared.books);
    person_line("summoned", "summoned", totals.summoned, None, &matters, &["campaigns"]);
    person_line(
        "reached",
        "reached: came to know of a summons",
        totals.reached,
        Some("summoned"),
        &service_seen,
        &["channels", "reading"],
    );
    person_line(
        "served_unseen",
        "deemed served before they knew",
        totals.served_unseen,
        Some("summoned"),
        &service_unseen,
        &["channels", "reading"],
    );
    person_line(
        "barred",
        "barred from leaving the country",
        totals.barred,
        Some("summoned"),
        &exit_ban_starts,
        &["agencies"],
    );
    for (id, label, value, assumptions) in of_the_barred(outcome) {
        person_line(id, label, value, Some("barred"), &exit_ban_starts, assumptions);
    }
    person_line(
        "restricted_further",
        &further,
        totals.restricted_further,
        Some("summoned"),
        &further_starts,
        &["response", "agencies"],
    );
    person_line("called_up", "called up", totals.called_up, None, &call_ups, &["commission"]);
    let place = lines.iter().position(|line| line.id == "barred").unwrap_or(lines.len());
    lines.insert(place, missed(prepared, outcome));
    lines.push(decreed(prepared, outcome));
    lines.push(days_barred(prepared, outcome));
    lines
}

/// Name, words, number and assumptions of a line.
type Line = (&'static str, &'static str, u64, &'static [&'static str]);

/// Whom the ban on leaving wrongs.
fn of_the_barred(outcome: &Outcome) -> [Line; 3] {
    let totals = &outcome.totals;
    let in_time = indicator(outcome, "over_inclusion").0;
    [
        ("barred_unseen", "of these, while they did not know of the summons", totals.barred_unseen, &["reading"]),
        (
            "barred_wrongly",
            "of these, wrongly: free of the call-up in truth",
            totals.barred_wrongly,
            &["population.record"],
        ),
        (
            "over_inclusion",
            "of these, never in default: they came in time, or were not late yet",
            in_time,
            &["response"],
        ),
    ]
}

impl Draft<'_> {
    fn line(&self, prepared: &Prepared, outcome: &Outcome, unit: &str, before: &[HeadlineLine]) -> HeadlineLine {
        let whole = self.part_of.and_then(|id| before.iter().find(|line| line.id == id)).and_then(|line| line.value);
        let share =
            self.value.zip(whole).filter(|(_, whole)| *whole > 0).map(|(value, whole)| value as f64 / whole as f64);
        HeadlineLine {
            id: self.id.into(),
            label: self.label.into(),
            value: self.value,
            expanded: self.value.map(|value| expanded(value, prepared.scenario.scale)),
            unit: unit.into(),
            part_of: self.part_of.map(str::to_owned),
            share,
            articles: applied(prepared, outcome, self.choose),
            assumptions: self.assumptions.iter().map(|path| (*path).to_owned()).collect(),
            replicates: None,
        }
    }
}

/// An indicator of the whole run, of everybody everywhere: its value and what that is a part of.
fn indicator(outcome: &Outcome, name: &str) -> (u64, u64) {
    let of_all = |row: &&IndicatorRow| (row.name, row.region, row.stratum, row.measure) == (name, None, None, None);
    outcome.whole.iter().find(of_all).map_or((0, 0), |row| (row.value, row.of.unwrap_or(0)))
}

/// Notices that counted as served by their date and were not known on it.
fn missed(prepared: &Prepared, outcome: &Outcome) -> HeadlineLine {
    let (value, of) = indicator(outcome, "missed_notice_rate");
    let label = "summonses served in law whose date passed before the man knew";
    let draft = Draft {
        id: "missed_notice_rate",
        label,
        value: Some(value),
        part_of: None,
        choose: &service_unseen,
        assumptions: &["channels", "reading"],
    };
    // A part of the summonses that count as served, by their dates: no line of persons.
    HeadlineLine { share: (of > 0).then(|| value as f64 / of as f64), ..draft.line(prepared, outcome, "notices", &[]) }
}

/// Decreed numbers of the campaigns that begin within the run, and how much of them is called up at its end: a call-up that fell is filled again.
fn decreed(prepared: &Prepared, outcome: &Outcome) -> HeadlineLine {
    let last = prepared.scenario.last_day();
    let campaigns = prepared.scenario.campaigns.iter().filter(|campaign| campaign.from <= last);
    let decrees: Vec<_> = campaigns.filter_map(|campaign| campaign.decreed.as_ref()).collect();
    let number: u64 = decrees.iter().map(|decree| u64::from(decree.number)).sum();
    let standing = outcome.daily.column("call_ups_standing").zip(outcome.daily.days().checked_sub(1));
    let standing = standing.map(|(column, day)| expanded(outcome.daily.national(day, column), prepared.scenario.scale));
    let share = standing.filter(|_| number > 0).map(|standing| standing as f64 / number as f64);
    HeadlineLine {
        id: "decreed".into(),
        label: "decreed number, and the part of it whose call-up stands at the end".into(),
        value: (!decrees.is_empty()).then_some(number),
        expanded: (!decrees.is_empty()).then_some(number),
        unit: "persons".into(),
        part_of: None,
        share,
        articles: Vec::new(),
        assumptions: decrees.iter().map(|decree| decree.source.clone()).collect(),
        replicates: None,
    }
}

/// Median length of the exit bans that were taken off.
fn days_barred(prepared: &Prepared, outcome: &Outcome) -> HeadlineLine {
    let fits = |histogram: &&callup_sim::Histogram| {
        histogram.duration == Duration::InEffect
            && histogram.is_of_all()
            && histogram.measure == Some(MeasureKind::ExitBan)
    };
    let median = outcome.histograms.iter().find(fits).and_then(|histogram| histogram.percentile_days(50));
    let label = "median days until an exit ban was lifted, of those lifted";
    let choose: &dyn Fn(&Rulebook) -> Vec<&Cite> = &exit_ban_ends;
    let assumptions = &["agencies"];
    let value = median.and_then(|days| u64::try_from(days).ok());
    let draft = Draft { id: "days_barred", label, value, part_of: None, choose, assumptions };
    // Days do not grow with the number of people.
    HeadlineLine { expanded: value, ..draft.line(prepared, outcome, "days", &[]) }
}

/// The chosen citations of each law, with how often the run applied them. Where it applied some of them, the idle ones are left out.
fn applied(prepared: &Prepared, outcome: &Outcome, choose: &dyn Fn(&Rulebook) -> Vec<&Cite>) -> Vec<Applied> {
    let mut list: Vec<Applied> = Vec::new();
    for (law, book) in prepared.books.iter().enumerate() {
        for cite in choose(book) {
            let counts = prepared.law_set.cites(law).iter().zip(outcome.exercised.get(law).into_iter().flatten());
            let times = counts.filter(|(known, _)| *known == cite).map(|(_, times)| times).sum();
            let (law, article) = (full_name(book), cite.to_string());
            match list.iter_mut().find(|applied| applied.law == law && applied.article == article) {
                Some(known) => known.times += times,
                None => list.push(Applied { law, article, times }),
            }
        }
    }
    if list.iter().any(|applied| applied.times > 0) {
        list.retain(|applied| applied.times > 0);
    }
    list
}

fn matters(book: &Rulebook) -> Vec<&Cite> {
    book.matters.iter().map(|matter| &matter.cite).collect()
}

fn leads_to(book: &Rulebook, rule: &Rule, milestone: Milestone) -> bool {
    let state = book.tracks.get(rule.track).and_then(|track| track.states.get(usize::from(rule.to)));
    state.is_some_and(|state| state.milestone == Some(milestone))
}

/// Events by which the person himself has the notice in his hands or before his eyes.
const SEEN: [Event; 4] = [Event::HandedOver, Event::HandedOverByEmployer, Event::Delivered, Event::Opened];

fn is_seen(rule: &Rule) -> bool {
    matches!(&rule.trigger, Trigger::Event(event) if SEEN.contains(event))
}

fn rules(book: &Rulebook, fits: impl Fn(&Rule) -> bool) -> Vec<&Cite> {
    book.rules.iter().filter(|rule| fits(rule)).map(|rule| &rule.cite).collect()
}

fn service_seen(book: &Rulebook) -> Vec<&Cite> {
    rules(book, |rule| leads_to(book, rule, Milestone::Served) && is_seen(rule))
}

fn service_unseen(book: &Rulebook) -> Vec<&Cite> {
    rules(book, |rule| leads_to(book, rule, Milestone::Served) && !is_seen(rule))
}

fn call_ups(book: &Rulebook) -> Vec<&Cite> {
    rules(book, |rule| leads_to(book, rule, Milestone::CalledUp))
}

fn exit_ban_starts(book: &Rulebook) -> Vec<&Cite> {
    let bans = book.measures.iter().filter(|measure| measure.kind == MeasureKind::ExitBan);
    bans.flat_map(|measure| measure.starts.iter().map(|start| &start.cite)).collect()
}

fn exit_ban_ends(book: &Rulebook) -> Vec<&Cite> {
    let bans = book.measures.iter().filter(|measure| measure.kind == MeasureKind::ExitBan);
    bans.flat_map(|measure| measure.ends.iter().map(|end| &end.cite).chain(&measure.ends_never)).collect()
}

fn is_further(measure: &&Measure) -> bool {
    !matches!(measure.kind, MeasureKind::ExitBan | MeasureKind::PassportBan)
}

fn further_starts(book: &Rulebook) -> Vec<&Cite> {
    let further = book.measures.iter().filter(is_further);
    further.flat_map(|measure| measure.starts.iter().map(|start| &start.cite)).collect()
}

/// The line's words name the period after which the laws of the run start further measures, if they agree on one.
fn further_label(books: &[Rulebook]) -> String {
    let mut periods: Vec<String> = books.iter().flat_map(further_periods).collect();
    periods.sort();
    periods.dedup();
    match periods.as_slice() {
        [period] => format!("under further measures, {period}"),
        _ => "under further measures".into(),
    }
}

/// Periods of the rules that lead to a state in which a further measure starts.
fn further_periods(book: &Rulebook) -> Vec<String> {
    let further = book.measures.iter().filter(is_further);
    let states: Vec<(usize, u8)> =
        further.flat_map(|measure| measure.starts.iter().map(|start| (start.track, start.state))).collect();
    let leading = book.rules.iter().filter(|rule| states.contains(&(rule.track, rule.to)));
    let words = leading.filter_map(|rule| match &rule.trigger {
        Trigger::Period { period, after, .. } => {
            Some(format!("{} {} after {}", period.count, unit_word(period.unit), anchor_words(book, *after)))
        }
        Trigger::Event(_) => None,
    });
    words.collect()
}

fn anchor_words(book: &Rulebook, anchor: Anchor) -> String {
    let word = match anchor {
        Anchor::Event(event) => event.word(),
        Anchor::Entry { track, state } => book
            .tracks
            .get(track)
            .and_then(|track| track.states.get(usize::from(state)))
            .map_or("", |state| &state.name),
        Anchor::Fact(fact) => book.facts.get(fact).map_or("", |fact| &fact.name),
        Anchor::MeasureStart(measure) => book.measures.get(measure).map_or("", |measure| &measure.name),
        Anchor::Knowledge => "knowledge",
        Anchor::Combined(_) => "later or earlier of two days",
        Anchor::WindowStart(window) | Anchor::WindowEnd(window) => {
            book.windows.get(window).map_or("", |window| &window.name)
        }
    };
    format!("the {}", word.replace('_', " "))
}

const fn unit_word(unit: callup_law::rulebook::Unit) -> &'static str {
    use callup_law::rulebook::Unit;
    match unit {
        Unit::Hours => "hours",
        Unit::Days => "days",
        Unit::Months => "months",
        Unit::Years => "years",
        Unit::WorkingDays => "working days",
    }
}

/// Whether a line states what is done to people who did nothing wrong or knew nothing; reports set these apart.
#[must_use]
pub fn is_harm(line: &HeadlineLine) -> bool {
    matches!(
        line.id.as_str(),
        "served_unseen" | "missed_notice_rate" | "barred_unseen" | "barred_wrongly" | "over_inclusion"
    )
}
