//! Visits, mobilisation, remedies, objection and help made ready to run: shares as counts of words, capacities for each inhabitant.
//!
//! This file knows no law and no person.

use super::Wait;
use super::make::Maker;
use crate::random::Probability;
use crate::scenario::{Against, Asks, Cards, Freeing, Help, Mobilisation, Objection, Parameter, Remedy, Visit};
use callup_law::program::Offset;
use callup_law::roles::NoticeKind;

/// What happens to those who come.
#[derive(Clone, Debug)]
pub struct VisitSetting {
    /// Kind of notice.
    pub notice: NoticeKind,
    /// First day.
    pub from: Offset,
    /// Last day.
    pub until: Offset,
    /// Whether it holds in each region.
    pub regions: Vec<bool>,
    /// Chance of being pressed.
    pub pressed: Probability,
    /// Chance that one who is pressed signs.
    pub signs: Probability,
    /// Chance of being handed the paper.
    pub leave_region_paper: Probability,
    /// Chance that a wrong record is mended.
    pub record_mended: Probability,
}

/// A category of the reserve.
#[derive(Clone, Copy, Debug)]
pub struct CategorySetting {
    /// Youngest and oldest.
    pub ages: [u8; 2],
    /// Whether service must stand in the register.
    pub served: bool,
    /// Precedence in thousandths; nobody of one without is called.
    pub precedence: u64,
}

/// A mobilisation.
#[derive(Clone, Debug)]
pub struct MobilisationSetting {
    /// Categories; the first that fits a man is his.
    pub categories: Vec<CategorySetting>,
    /// What frees.
    pub frees: Vec<Freeing>,
    /// Appearance to decision.
    pub check: Wait,
    /// Decision to dispatch.
    pub dispatch: Wait,
    /// Chance that one who should be free is called.
    pub wrongly_called: Probability,
    /// Chance that one called wrongly is sent home.
    pub returned: Probability,
    /// Dispatch to that.
    pub return_delay: Wait,
    /// Cards of employers.
    pub cards: Option<CardsSetting>,
}

/// Cards of employers.
#[derive(Clone, Debug)]
pub struct CardsSetting {
    /// Share of working men covered.
    pub covered: Probability,
    /// Knowledge to filing.
    pub filing: Wait,
    /// Decisions a day for each inhabitant, at the scale of the run.
    pub decided_each: f64,
    /// Days of a decision.
    pub decision: Wait,
    /// Share granted.
    pub granted: Probability,
}

/// A remedy.
#[derive(Clone, Debug)]
pub struct RemedySetting {
    /// Against what.
    pub against: Against,
    /// Place of the remedy that must have been refused before.
    pub after: Option<u8>,
    /// First day.
    pub from: Offset,
    /// Last day.
    pub until: Offset,
    /// Share that files: of those without help and representation, with help, with representation, with both.
    pub files: [Probability; 4],
    /// Days to filing.
    pub filing: Wait,
    /// Share represented.
    pub represented: Probability,
    /// Decisions a day for each inhabitant, at the scale of the run.
    pub decided_each: f64,
    /// Days of a decision.
    pub decision: Wait,
    /// Chance of success of those in the right, and of others.
    pub granted: [Probability; 2],
    /// Its number among the remedies of a person, for chance.
    pub number: u32,
    /// Whether it is one that no law knows.
    pub is_unknown_to_law: bool,
    /// Days from the decision to its being final.
    pub final_delay: Wait,
    /// Chance of interim protection.
    pub interim: Probability,
    /// Days from a success to the return of one who has been dispatched.
    pub returning: Wait,
}

/// Objection.
#[derive(Clone, Copy, Debug)]
pub struct ObjectionSetting {
    /// Share of objectors who apply.
    pub files: Probability,
    /// Share in time.
    pub in_time: Probability,
    /// Share granted of those.
    pub granted: Probability,
}

/// Requests for help.
#[derive(Clone, Debug)]
pub struct HelpSetting {
    /// Share that asks, by [`Asks`].
    pub shares: [Probability; 6],
    /// Days until he does.
    pub delay: Wait,
}

impl HelpSetting {
    /// Share that asks about something.
    #[must_use]
    pub fn share(&self, asks: Asks) -> Probability {
        self.shares[asks as usize]
    }
}

impl Maker<'_> {
    pub(super) fn visit(&mut self, visit: &Visit) -> VisitSetting {
        let path = |name: &str| format!("visit.{}.{name}", visit.name);
        VisitSetting {
            notice: visit.notice,
            from: self.offset(visit.from),
            until: visit.until.map_or(Offset::MAX, |day| self.offset(day)),
            regions: self.region_mask(visit.regions.as_ref()),
            pressed: self.parameter(&path("pressed"), &visit.pressed),
            signs: self.parameter(&path("signs"), &visit.signs),
            leave_region_paper: self.parameter(&path("leave_region_paper"), &visit.leave_region_paper),
            record_mended: self.parameter(&path("record_mended"), &visit.record_mended),
        }
    }

    pub(super) fn mobilisation(&mut self, mobilisation: &Mobilisation) -> MobilisationSetting {
        let path = |name: &str| format!("mobilisation.{name}");
        let category = |category: &crate::scenario::Category| CategorySetting {
            ages: category.ages,
            served: category.served,
            precedence: category.precedence.thousandths(),
        };
        MobilisationSetting {
            categories: mobilisation.categories.iter().map(category).collect(),
            frees: mobilisation.frees.clone(),
            check: self.wait(&path("check_delay"), &mobilisation.check_delay),
            dispatch: self.wait(&path("dispatch_delay"), &mobilisation.dispatch_delay),
            wrongly_called: self.parameter(&path("wrongly_called"), &mobilisation.wrongly_called),
            returned: self.parameter(&path("returned"), &mobilisation.returned),
            return_delay: self.wait(&path("return_delay"), &mobilisation.return_delay),
            cards: mobilisation.cards.as_ref().map(|cards| self.cards(cards)),
        }
    }

    fn cards(&mut self, cards: &Cards) -> CardsSetting {
        let path = |name: &str| format!("mobilisation.cards.{name}");
        CardsSetting {
            covered: self.parameter(&path("covered"), &cards.covered),
            filing: self.wait(&path("filing_delay"), &cards.filing_delay),
            decided_each: self.each(&path("decided"), &cards.decided),
            decision: self.wait(&path("decision_delay"), &cards.decision_delay),
            granted: self.parameter(&path("granted"), &cards.granted),
        }
    }

    /// A capacity a day and 100,000 inhabitants, for each inhabitant at the scale of the run.
    fn each(&mut self, path: &str, parameter: &Parameter) -> f64 {
        self.not_negative(path, parameter) / 100_000.0 * self.scenario.scale
    }

    pub(super) fn remedy(&mut self, remedy: &Remedy) -> RemedySetting {
        let path = |name: &str| format!("remedy.{}.{name}", remedy.name);
        let files = self.parameter(&path("files"), &remedy.files).share();
        let help = self.scenario.recourse.help.as_ref().map_or(1.0, |help| help.files.value);
        let representation = self.not_negative(&path("representation"), &remedy.representation);
        let place = |name: &String| self.scenario.recourse.remedies.iter().position(|other| other.name == *name);
        let after = remedy.after.as_ref().map(|name| (name, place(name)));
        if let Some((name, None)) = after {
            self.wrong(&path("after"), format!("there is no remedy `{name}`"));
        }
        let interim = self.parameter(&path("interim"), &remedy.interim);
        if remedy.against == Against::Measure && interim != Probability::NEVER {
            self.wrong(&path("interim"), "interim protection holds up a dispatch; against a measure it is 0");
        }
        RemedySetting {
            against: remedy.against,
            after: after.and_then(|(_, place)| place).map(|place| place as u8),
            from: self.offset(remedy.from),
            until: remedy.until.map_or(Offset::MAX, |day| self.offset(day)),
            files: [1.0, help, representation, help * representation]
                .map(|factor| Probability::clamped(files * factor)),
            filing: self.wait(&path("filing_delay"), &remedy.filing_delay),
            represented: self.parameter(&path("represented"), &remedy.represented),
            decided_each: self.each(&path("decided"), &remedy.decided),
            decision: self.wait(&path("decision_delay"), &remedy.decision_delay),
            granted: [
                self.parameter(&path("granted_right"), &remedy.granted_right),
                self.parameter(&path("granted_other"), &remedy.granted_other),
            ],
            number: remedy.chance_number(),
            is_unknown_to_law: remedy.law.is_none(),
            final_delay: self.wait(&path("final_delay"), &remedy.final_delay),
            interim,
            returning: self.wait(&path("return_delay"), &remedy.return_delay),
        }
    }

    pub(super) fn objection(&mut self, objection: &Objection) -> ObjectionSetting {
        ObjectionSetting {
            files: self.parameter("objection.files", &objection.files),
            in_time: self.parameter("objection.in_time", &objection.in_time),
            granted: self.parameter("objection.granted", &objection.granted),
        }
    }

    pub(super) fn help(&mut self, help: &Help) -> HelpSetting {
        let mut shares = [Probability::NEVER; 6];
        for (share, given) in shares.iter_mut().zip(&help.shares) {
            *share = self.parameter("help", given);
        }
        self.not_negative("help.files", &help.files);
        HelpSetting { shares, delay: self.wait("help.asking_delay", &help.delay) }
    }
}
