//! What becomes of each measure in all that a matter can reach: whether it can be lifted, by whom, and whether that lasts.
//!
//! E030 to W036, W022 and W074. Knows the search of one matter; remedies are judged elsewhere.

use super::Finding;
use super::dates::Given;
use super::explore::{Edge, Space};
use super::machine::{Input, Machine};
use super::witness::{self, Story};
use crate::roles::Event;
use crate::rulebook::{Anchor, EndTrigger, Measure, MeasureEnd, MeasureStart, Remedy, Test, Trigger};
use std::collections::BTreeSet;

/// Who brings an event about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    Person,
    Authority,
    Others,
    Calendar,
}

/// Who brings each event of the vocabulary about, and whether the person must notice it.
fn origin(event: Event) -> (Origin, bool) {
    match event {
        Event::Refused | Event::Opened | Event::ValidReasonShown | Event::Rebutted => (Origin::Person, true),
        Event::Filed | Event::Complied | Event::Appeared | Event::Left => (Origin::Person, true),
        Event::Delivered | Event::HandedOverByEmployer | Event::Learned => (Origin::Others, true),
        Event::LeftWithOther => (Origin::Others, false),
        Event::HandedOver | Event::Located | Event::Examined => (Origin::Authority, true),
        Event::Deferred | Event::Exempted | Event::CalledUp | Event::Dispatched => (Origin::Authority, true),
        Event::Warned | Event::Demanded | Event::PenaltyImposed => (Origin::Authority, true),
        Event::Published | Event::Broadcast | Event::Messaged | Event::Sued => (Origin::Authority, false),
        // A court hears both sides.
        Event::Ordered | Event::RefusedByCourt => (Origin::Authority, true),
        Event::Restored | Event::Granted | Event::Rejected | Event::BecameFinal => (Origin::Authority, true),
        Event::Issued | Event::Sent | Event::Posted | Event::Placed | Event::PlacedInAccount => {
            (Origin::Authority, false)
        }
        Event::Cancelled | Event::NotCalledUp => (Origin::Authority, false),
        Event::SeasonEnded => (Origin::Calendar, false),
    }
}

/// Whether something happens without any act of the authority: by the person, or by the passing of time.
fn without_authority(input: Input) -> bool {
    match input {
        Input::Event(event) | Input::Named(event, _) => matches!(origin(event).0, Origin::Person | Origin::Calendar),
        Input::Period(_) => true,
        Input::Opening => false,
    }
}

/// Whether something can happen without the person seeing anything of it.
pub(crate) fn unnoticed(input: Input) -> bool {
    match input {
        Input::Event(event) | Input::Named(event, _) => !origin(event).1,
        Input::Opening | Input::Period(_) => true,
    }
}

/// Judges every measure of a matter, given all that it can reach and all that it can reach `unseen` by the person. Gives back the
/// measures (as indices into the rulebook) that need no further search for a way out.
pub(crate) fn check(machine: &Machine, space: &Space, unseen: &Space, findings: &mut Vec<Finding>) -> BTreeSet<usize> {
    let mut trapped = BTreeSet::new();
    let ahead = Ahead {
        lifts: space.ahead(|_| true, |edge| edge.lifted),
        own_lifts: space.ahead(|edge| without_authority(edge.input), |edge| edge.lifted),
        starts: space.ahead(|_| true, |edge| edge.started),
    };
    for (bit, &index) in machine.measures.iter().enumerate() {
        let view = View { machine, space, index, mask: 1 << bit, given: Given::default() };
        let measure = &machine.book.measures[index];
        findings.extend(view.starts_unseen(unseen));
        view.date_first_start(findings);
        if measure.ends_never.is_some() {
            trapped.insert(index);
            continue;
        }
        let no_exit = if measure.ends.is_empty() { Some(no_lifting(measure)) } else { view.out_of_reach(&ahead) };
        if let Some(finding) = no_exit {
            trapped.insert(index);
            findings.push(finding);
            continue;
        }
        findings.extend(view.only_by_authority(&ahead));
        findings.extend(view.starts_again(&ahead));
        findings.extend(view.other_ground());
        findings.extend(view.outlives_matter());
        findings.extend(view.moves_nothing());
    }
    trapped
}

/// W035: as [`check`], for a machine of some people, one reading or one state of the world only.
pub(crate) fn check_narrowed(
    machine: &Machine,
    space: &Space,
    answer: &Test,
    trapped: &BTreeSet<usize>,
    findings: &mut Vec<Finding>,
) {
    let ahead = space.ahead(|_| true, |edge| edge.lifted);
    for (bit, &index) in machine.measures.iter().enumerate().filter(|(_, index)| !trapped.contains(index)) {
        let view = View { machine, space, index, mask: 1 << bit, given: Given::that(machine.book, answer) };
        let measure = &machine.book.measures[index];
        let message = format!("nothing can lift {{}} as long as {}", witness::test_words(machine.book, answer));
        if findings.iter().any(|known| known.code == "W035" && known.cite == measure.cite) {
            continue;
        }
        let Some((node, story)) = view.told(&view.without(&ahead)) else { continue };
        findings.push(
            Finding::new("W035", &measure.cite, message)
                .about(&measure.name)
                .help(format!("no lifting can be reached from: {}", view.place(node)))
                .story(story)
                .help("write how it is lifted for them, or say in a waiver why it need not be"),
        );
    }
}

/// E030
fn no_lifting(measure: &Measure) -> Finding {
    Finding::new("E030", &measure.cite, "the law does not say when {} must be lifted")
        .about(&measure.name)
        .help("write `ends (n) on …`; if the law is silent, say so: `ends never (n)`")
}

/// What lies ahead of each state, a bit a measure.
struct Ahead {
    /// Liftings.
    lifts: Vec<u32>,
    /// Liftings without any act of the authority.
    own_lifts: Vec<u32>,
    /// Starts.
    starts: Vec<u32>,
}

/// One measure in one matter.
struct View<'a> {
    machine: &'a Machine<'a>,
    space: &'a Space,
    index: usize,
    mask: u32,
    given: Given,
}

impl View<'_> {
    fn measure(&self) -> &Measure {
        &self.machine.book.measures[self.index]
    }

    fn stands(&self, node: usize) -> bool {
        self.space.nodes[node].standing & self.mask != 0
    }

    fn lifts(&self, edge: &Edge) -> bool {
        edge.lifted & self.mask != 0
    }

    /// The states in which the measure stands and no edge with its mark lies ahead.
    fn without(&self, ahead: &[u32]) -> Vec<usize> {
        (0..self.space.nodes.len()).filter(|node| self.stands(*node) && ahead[*node] & self.mask == 0).collect()
    }

    fn place(&self, node: usize) -> String {
        let states = self.machine.tracks.iter().zip(self.space.nodes[node].states);
        let words: Vec<String> =
            states.map(|(track, state)| witness::state_words(self.machine.book, *track, state)).collect();
        words.join(", ")
    }

    /// The first of these states that can be come to on some dates, and how.
    fn told(&self, nodes: &[usize]) -> Option<(usize, Story)> {
        let ways = nodes.iter().map(|node| self.space.way_to(*node));
        let (at, story) = witness::tell(self.machine, self.space, ways, &self.given)?;
        Some((nodes[at], story))
    }

    /// The first of these edges that can be walked on some dates, on to what `further` adds, and how.
    fn told_edge(&self, edges: &[usize], further: impl Fn(usize) -> Vec<usize>) -> Option<(usize, Story)> {
        let ways = edges.iter().map(|edge| {
            let mut way = self.space.way_to(self.space.edges[*edge].from);
            way.push(*edge);
            way.extend(further(*edge));
            way
        });
        let (at, story) = witness::tell(self.machine, self.space, ways, &self.given)?;
        Some((edges[at], story))
    }

    fn finding(&self, code: &'static str, message: impl Into<String>) -> Finding {
        Finding::new(code, &self.measure().cite, message).about(&self.measure().name)
    }

    /// E031
    fn out_of_reach(&self, ahead: &Ahead) -> Option<Finding> {
        let (node, story) = self.told(&self.without(&ahead.lifts))?;
        let finding = self.finding("E031", "{} can stand with no way to its lifting");
        let finding = finding.help(format!("no lifting can be reached from: {}", self.place(node)));
        let help = "add an `ends` line that can still happen there; if the law knows none, say so: `ends never (n)`";
        Some(finding.story(story).help(help))
    }

    /// W032
    fn only_by_authority(&self, ahead: &Ahead) -> Option<Finding> {
        let (node, story) = self.told(&self.without(&ahead.own_lifts))?;
        let everywhere =
            (0..self.space.nodes.len()).all(|node| !self.stands(node) || ahead.own_lifts[node] & self.mask == 0);
        let message = if everywhere {
            "only an act of the authority can lift {}".to_owned()
        } else {
            format!("only an act of the authority can lift {{}} in {}", self.place(node))
        };
        let finding =
            self.finding("W032", message).help("nothing that the person can do, and no passing of time, ends it");
        Some(finding.story(story))
    }

    /// W033
    fn starts_again(&self, ahead: &Ahead) -> Option<Finding> {
        let remains = |edge: &Edge| {
            let node = &self.space.nodes[edge.to];
            let starts = ahead.starts[edge.to] & self.mask != 0 && !self.stands(edge.to);
            starts && self.machine.grounds(node, self.index) > 0
        };
        let edges = self.edges(|edge| self.lifts(edge) && remains(edge));
        let again = |edge: usize| self.space.way_on(self.space.edges[edge].to, |edge| edge.started & self.mask != 0);
        let (at, story) = self.told_edge(&edges, again)?;
        let edge = &self.space.edges[at];
        let finding = self.finding("W033", "{} can start again after its lifting: the state that started it remains");
        let finding = finding.help(format!("after the lifting: {}", self.place(edge.to)));
        let finding = finding.story(story);
        Some(finding.help("let the lifting event move the track as well"))
    }

    fn edges(&self, wanted: impl Fn(&Edge) -> bool) -> Vec<usize> {
        (0..self.space.edges.len()).filter(|edge| wanted(&self.space.edges[*edge])).collect()
    }

    /// W034
    fn other_ground(&self) -> Option<Finding> {
        if let Some(end) = self.measure().ends.iter().find(|end| end.in_any_matter) {
            let message = "one act lifts {} in every matter of the person, whatever the ground";
            let help = "two notices may both hold it; `in any matter` lifts the one that was not answered too";
            return Some(Finding::new("W034", &end.cite, message).about(&self.measure().name).help(help));
        }
        let grounds = |node: usize| self.machine.grounds(&self.space.nodes[node], self.index);
        let several = |edge: &Edge| self.lifts(edge) && grounds(edge.from) > 1 && grounds(edge.to) > 0;
        let (at, story) = self.told_edge(&self.edges(several), |_| Vec::new())?;
        let edge = &self.space.edges[at];
        let message = "one lifting ends {} while another ground for it remains";
        let finding = self.finding("W034", message).help(format!("after the lifting: {}", self.place(edge.to)));
        Some(finding.story(story))
    }

    /// W036
    fn outlives_matter(&self) -> Option<Finding> {
        let over = |node: &usize| self.stands(*node) && self.machine.is_over(&self.space.nodes[*node]);
        let over: Vec<usize> = (0..self.space.nodes.len()).filter(over).collect();
        let (node, story) = self.told(&over)?;
        let finding = self
            .finding("W036", "the matter can be over without the lifting of {}")
            .help(format!("the matter is over in: {}", self.place(node)));
        Some(
            finding
                .story(story)
                .help("write `ends (n) on …` for this end of the matter, or say in a waiver who still lifts it"),
        )
    }

    /// W022
    fn moves_nothing(&self) -> Vec<Finding> {
        let open =
            (0..self.space.nodes.len()).any(|node| self.stands(node) && !self.machine.is_over(&self.space.nodes[node]));
        let ends = self.measure().ends.iter().filter(|_| open);
        ends.filter_map(|end| self.moves_no_track(end)).collect()
    }

    fn moves_no_track(&self, end: &MeasureEnd) -> Option<Finding> {
        let EndTrigger::Event(event) = end.on else { return None };
        let book = self.machine.book;
        let reacts = |track: usize| self.machine.tracks.contains(&track);
        if book.rules.iter().any(|rule| reacts(rule.track) && rule.trigger == Trigger::Event(event)) {
            return None;
        }
        let message =
            format!("`{}` lifts `{}`, but no rule of the matter reacts to it", event.word(), self.measure().name);
        let help = "the matter goes on as if it had not happened: write what state follows";
        Some(Finding::new("W022", &end.cite, message).about(&self.measure().name).help(help))
    }

    /// W074, and W058 where the time to file runs from such a start.
    fn starts_unseen(&self, unseen: &Space) -> Vec<Finding> {
        let view = View { space: unseen, given: Given::default(), ..*self };
        let starts = view.edges(|edge| edge.started & self.mask != 0);
        let Some((_, story)) = view.told_edge(&starts, |_| Vec::new()) else { return Vec::new() };
        let help = "let it start on an event that reaches the person, or say in a waiver why the fiction is enough";
        let message = "{} can start without anything the person could have seen";
        let mut found = vec![self.finding("W074", message).story(story.clone()).help(help)];
        let remedies = self.machine.book.remedies.iter().filter(|remedy| remedy.against.contains(&self.index));
        found.extend(remedies.filter_map(|remedy| self.filed_unknowing(remedy, &story)));
        found
    }

    /// W059: a way on which the measure begins, with its dates; what remedies can do by then is said already.
    fn date_first_start(&self, findings: &mut [Finding]) {
        let cite = &self.measure().cite;
        let bare = |found: &&mut Finding| found.code == "W059" && found.cite == *cite && found.witness.is_none();
        let Some(finding) = findings.iter_mut().find(bare) else { return };
        let starts = self.edges(|edge| edge.started & self.mask != 0);
        if let Some((_, story)) = self.told_edge(&starts, |_| Vec::new()) {
            *finding = finding.clone().story(story);
        }
    }

    fn filed_unknowing(&self, remedy: &Remedy, story: &Story) -> Option<Finding> {
        let limit = remedy.file_within.as_ref()?;
        let entered = |start: &MeasureStart| limit.of == Anchor::Entry { track: start.track, state: start.state };
        let from_start = limit.of == Anchor::MeasureStart(self.index) || self.measure().starts.iter().any(entered);
        let message = format!("the time to file `{}` can be over before the person knows of {{}}", remedy.name);
        let finding = Finding::new("W058", &limit.cite, message).about(&self.measure().name).story(story.clone());
        let period = witness::period_words(limit.period);
        let help =
            format!("{period} later it is over, known or not; count from knowledge: `file within PERIOD of knowledge`");
        from_start.then(|| finding.help(help))
    }
}
