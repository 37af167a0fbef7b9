//! What is counted of a person by strata, and of a notice when its matter is over: lengths, defaults, dates that passed unknown.
//!
//! Without strata in the scenario nothing is counted twice; with them each count is one entry more, which the nation folds. The strata of a
//! person are looked up once, when his matter opens. This file knows no article, no chance and no mechanism.

use crate::district::{Common, District, mark};
use crate::lawset::Bound;
use crate::matter::{Header, flag};
use crate::strata::NO_STRATUM;
use crate::tally::{Columns, Duration, Flow, MeasureFlow, MeasureStock, Sample, Stock};
use callup_law::program::{Offset, UNSET};

/// No kind of measure.
const NO_KIND: u8 = u8::MAX;

impl District<'_> {
    /// Code of the strata of a person.
    #[must_use]
    pub fn stratum_of(&self, common: &Common<'_>, row: u32) -> u16 {
        let strata = &common.settings.strata;
        if strata.is_empty() { NO_STRATUM } else { strata.code(self.people[row as usize]) }
    }

    /// Counts one for the person of a matter.
    pub fn count_of(&mut self, slot: u32, flow: Flow) {
        self.tally.count(flow);
        self.observe(self.matters.stratum(slot), flow as usize, 1);
    }

    /// Counts one for a person.
    pub fn count_for(&mut self, common: &Common<'_>, row: u32, flow: Flow) {
        self.tally.count(flow);
        self.observe(self.stratum_of(common, row), flow as usize, 1);
    }

    /// Counts one of a kind of measure for the person of a matter.
    pub fn count_measure_of(&mut self, slot: u32, place: u8, flow: MeasureFlow) {
        self.tally.count_measure(place, flow);
        self.observe(self.matters.stratum(slot), Columns::measure_flow(place, flow), 1);
    }

    /// A measure counted today as due to start before service was not: the notice came to count as served later on this day.
    pub fn take_back_unserved(&mut self, slot: u32, place: u8) {
        let column = Columns::measure_flow(place, MeasureFlow::StartDueUnserved);
        if let Some(less) = self.tally.flows[column].checked_sub(1) {
            self.tally.flows[column] = less;
            self.observe(self.matters.stratum(slot), column, -1);
        }
    }

    /// Moves a stock of persons by one of certain strata, if it was true of him and is not, or the other way.
    pub fn shift_person(&mut self, stratum: u16, stock: Stock, was: bool, is: bool) {
        if was != is {
            let by = i16::from(is) - i16::from(was);
            self.tally.shift(stock, by.into());
            let column = self.tally.stock_column(stock as usize);
            self.observe(stratum, column, by);
        }
    }

    /// The same for a kind of measure.
    pub fn shift_restricted_person(&mut self, stratum: u16, place: u8, stock: MeasureStock, is: bool) {
        let by = if is { 1 } else { -1 };
        self.tally.shift_measure(place, stock, by.into());
        let column = self.tally.stock_column(Columns::measure_stock(place, stock));
        self.observe(stratum, column, by);
    }

    fn observe(&mut self, stratum: u16, column: usize, by: i16) {
        if stratum != NO_STRATUM {
            self.tally.observe(self.today, stratum, column, by);
        }
    }

    /// Counts the length of something from one day to another.
    pub fn measured(&mut self, slot: u32, duration: Duration, place: u8, span: (Offset, Offset), ended: bool) {
        let days = i32::from(span.1) - i32::from(span.0);
        self.length(slot, duration, place, days, ended);
    }

    fn length(&mut self, slot: u32, duration: Duration, measure: u8, days: i32, ended: bool) {
        let (days, stratum) = (days.clamp(i16::MIN.into(), i16::MAX.into()) as i16, self.matters.stratum(slot));
        self.tally.samples.push(Sample { duration, measure, ended, days, stratum });
    }

    /// What can be said of a notice once its matter is over, or the run.
    pub fn conclude(&mut self, common: &Common<'_>, slot: u32, closes: bool) {
        let header = *self.matters.header(slot);
        let bound = &common.laws.programs[usize::from(header.program)];
        // The last day of a run is over when it ends; the day on which a matter closes is not.
        let end = if closes { self.today } else { self.today + 1 };
        self.conclude_knowledge(slot, &header, bound.is_dated, end);
        if bound.is_dated {
            self.conclude_date(slot, &header, closes);
            self.conclude_unreached(slot, &header);
        }
        if header.flags & flag::DEFAULTED != 0 && !bound.kinds.is_empty() {
            let stack = self.stack(slot, bound);
            self.length(slot, Duration::SanctionStack, NO_KIND, stack, closes);
        }
    }

    /// How long the person did not know of the notice, and how long he had to comply.
    fn conclude_knowledge(&mut self, slot: u32, header: &Header, is_dated: bool, end: Offset) {
        let knows = header.seen != UNSET;
        let known = if knows { header.seen } else { end };
        if header.person_marks & mark::SERVED_UNSEEN as u16 != 0 {
            self.measured(slot, Duration::NoticeGap, NO_KIND, (header.served, known), knows);
        }
        if is_dated && (knows || header.flags & flag::SERVED != 0) {
            self.measured(slot, Duration::TimeToComply, NO_KIND, (known, header.appearance), knows);
        }
    }

    /// Whether the date of a notice that counts as served passed before the person knew of it.
    fn conclude_date(&mut self, slot: u32, header: &Header, closes: bool) {
        let has_passed = header.appearance <= self.today;
        // Before its date a notice is settled only if its matter is over and the person knew of it.
        let is_settled = has_passed || closes && header.seen != UNSET;
        if header.flags & flag::SERVED == 0 || !is_settled {
            return;
        }
        let (day, stratum) = (header.appearance.min(self.today), self.matters.stratum(slot));
        self.tally.observe(day, stratum, Flow::ServedDated as usize, 1);
        // A day that is not set comes after every date.
        if has_passed && header.served <= header.appearance && header.seen > header.appearance {
            self.tally.observe(day, stratum, Flow::Missed as usize, 1);
        }
    }

    /// Why a notice whose date has come was neither served nor known on it. A service that is deemed is no failure, whoever reads it.
    fn conclude_unreached(&mut self, slot: u32, header: &Header) {
        let date = header.appearance;
        // A day that is not set comes after every date.
        if date <= self.today && header.served.min(header.seen) > date {
            let (stratum, cause) = (self.matters.stratum(slot), self.matters.cause(slot));
            self.tally.observe(date, stratum, cause as usize, 1);
        }
    }

    /// The most kinds of measure of a matter that were in effect at once.
    fn stack(&self, slot: u32, bound: &Bound) -> i32 {
        let on = self.matters.on(slot);
        let span = |measure: u8| {
            let dates = self.matters.dates(slot, measure);
            let off = if on >> measure & 1 == 1 { UNSET } else { dates.off };
            // A measure lifted before its agency had put it into effect never was, nor one that is still to come.
            (dates.on < off && dates.on <= self.today).then_some((dates.on, off, bound.kinds[usize::from(measure)]))
        };
        let spans: Vec<_> = (0..bound.kinds.len() as u8).filter_map(span).collect();
        let at = |day: Offset| {
            let standing = spans.iter().filter(|(on, off, _)| (*on..*off).contains(&day));
            standing.fold(0_u32, |kinds, (_, _, kind)| kinds | 1 << *kind as u32).count_ones()
        };
        spans.iter().map(|(on, ..)| at(*on)).max().unwrap_or(0) as i32
    }

    /// Concludes what is still open when the run ends: notices, and measures in effect with the days that they have lasted.
    pub fn conclude_open(&mut self, common: &Common<'_>) {
        let slots: Vec<u32> = self.matters.open_slots().collect();
        for slot in slots {
            self.conclude(common, slot, false);
            let program = usize::from(self.matters.header(slot).program);
            for measure in 0..common.laws.programs[program].kinds.len() as u8 {
                if self.matters.on(slot) >> measure & 1 == 1 {
                    self.conclude_measure(common, slot, measure);
                }
            }
        }
    }

    fn conclude_measure(&mut self, common: &Common<'_>, slot: u32, measure: u8) {
        let dates = self.matters.dates(slot, measure);
        let kind = common.laws.programs[usize::from(self.matters.header(slot).program)].kinds[usize::from(measure)];
        let (place, end) = (common.columns.place(kind), self.today + 1);
        self.measured(slot, Duration::InEffect, place, (dates.on, end), false);
        if dates.off != UNSET {
            let lifted = dates.off - self.lift_latency(common, slot, kind).min(dates.off);
            self.measured(slot, Duration::LiftLatency, place, (lifted, end), false);
            self.measured(slot, Duration::Overdue, place, (dates.due.min(end), end), false);
        }
    }
}
