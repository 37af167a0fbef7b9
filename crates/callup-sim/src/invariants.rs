//! What must always hold: every stock is yesterday's plus what came minus what went, and equals a full count of the matters.
//!
//! The balance of each day on which something was counted runs in every build and costs a few additions; the full count runs at the end (in tests every day). Both stop the
//! run with what is out of balance: only a bug of this crate can do that. This file knows no law.

use crate::district::{Common, District};
use crate::matter::NONE;
use crate::people::{Attribute, Status};
use crate::tally::{Columns, Flow, MeasureFlow, MeasureStock, Stock};
use callup_law::roles::Milestone;

/// The flows that fill and empty each stock.
const BALANCES: [(Stock, &[Flow], &[Flow]); 12] = [
    (Stock::MattersOpen, &[Flow::MattersOpened], &[Flow::MattersClosed]),
    (Stock::Queue, &[Flow::Queued], &[Flow::Examined, Flow::QueueDropped]),
    (Stock::CallUpsStanding, &[Flow::CalledUp], &[Flow::CallUpsFallen]),
    (Stock::Serving, &[Flow::Dispatched], &[Flow::DispatchedReturned]),
    (Stock::Listed, &[Flow::ListEntered], &[Flow::ListRemoved]),
    (Stock::OnTrip, &[Flow::TripsBegun], &[Flow::TripsEnded]),
    (Stock::Abroad, &[Flow::Left], &[Flow::Returned]),
    (Stock::Contract, &[Flow::ContractsSigned], &[Flow::ContractsLeft]),
    (Stock::Company, &[Flow::CompanyContracts], &[Flow::CompanyReturned]),
    (Stock::MobilisedServing, &[Flow::Mobilised], &[Flow::MobilisedReturned]),
    (Stock::RemediesPending, &[Flow::RemediesFiled], &[Flow::RemediesGranted, Flow::RemediesRefused]),
    (Stock::InAlternativeService, &[Flow::AlternativeService], &[]),
];

impl District<'_> {
    /// Ends a day: balances the stocks and lays the day's counters aside.
    pub fn end_day(&mut self, common: &Common<'_>) {
        self.count_crossings(common);
        self.tally.settle_passages();
        self.remember_the_day(common);
        // Yesterday's stocks were in balance, and on many days of a small district nothing happens.
        if !self.tally.is_quiet() {
            self.check_balance(common);
        }
        if common.settings.recount_daily {
            self.recount(common);
        }
        self.tally.end_day();
    }

    /// Ends the run: everything is counted once more, and persons get the marks that open matters still keep for them.
    pub fn end_run(&mut self, common: &Common<'_>) {
        self.recount(common);
        self.conclude_open(common);
        self.conclude_filings(common);
        self.mark_persons();
    }

    fn check_balance(&self, common: &Common<'_>) {
        let flow = |flow: usize| i64::from(self.tally.flows[flow]);
        let sum = |flows: &[Flow]| flows.iter().map(|one| flow(*one as usize)).sum::<i64>();
        for (stock, came, went) in BALANCES {
            self.assert_moved(stock as usize, sum(came) - sum(went), stock.word());
        }
        if !self.tally.milestones_balance() {
            for milestone in 0..Milestone::ALL.len() as u8 {
                let moved = flow(Columns::entered(milestone)) - flow(Columns::departed(milestone));
                let name = Milestone::ALL[usize::from(milestone)].word();
                self.assert_moved(Columns::at_milestone(milestone), moved, name);
            }
        }
        for (place, kind) in (0..).zip(common.columns.kinds()) {
            let of = |one| flow(Columns::measure_flow(place, one));
            let grounds = of(MeasureFlow::On) - of(MeasureFlow::Off);
            self.assert_moved(Columns::measure_stock(place, MeasureStock::Grounds), grounds, kind.word());
            let persons = of(MeasureFlow::Restricted) - of(MeasureFlow::Freed);
            self.assert_moved(Columns::measure_stock(place, MeasureStock::Standing), persons, kind.word());
        }
    }

    fn assert_moved(&self, stock: usize, by: i64, name: &str) {
        let (was, is) = (self.tally.yesterday(stock), self.tally.stocks[stock]);
        assert!(
            was + by == is && is >= 0,
            "the stock `{name}` of a district of region {} is {is} on day {} of the horizon; yesterday's {was} and the flows give {}",
            self.region,
            self.today,
            was + by
        );
    }

    /// Counts everything anew and holds the stocks against it.
    pub fn recount(&self, common: &Common<'_>) {
        let counted = self.count_stocks(common);
        let milestones = Columns::at_milestone(0)..Columns::at_milestone(Milestone::ALL.len() as u8);
        for (stock, counted) in counted.iter().enumerate().filter(|(stock, _)| !milestones.contains(stock)) {
            assert_eq!(self.tally.stocks[stock], *counted, "stock {stock} on day {} of the horizon", self.today);
        }
    }

    /// Every stock, counted anew; those of milestones, which closed matters belong to as well, are left at 0.
    pub(crate) fn count_stocks(&self, common: &Common<'_>) -> Vec<i64> {
        let mut counted = vec![0_i64; common.columns.stocks()];
        for slot in self.matters.open_slots() {
            let header = self.matters.header(slot);
            counted[Stock::MattersOpen as usize] += 1;
            let kinds = &common.laws.programs[usize::from(header.program)].kinds;
            for (measure, kind) in kinds.iter().enumerate() {
                if self.matters.on(slot) >> measure & 1 == 1 {
                    counted[Columns::measure_stock(common.columns.place(*kind), MeasureStock::Grounds)] += 1;
                }
            }
            if self.standings[header.row as usize].open_matter == slot {
                self.count_restriction(common, header.row, &mut counted);
            }
        }
        // Nobody is looked at for it: what has begun and not ended is all there is.
        counted[Stock::OnTrip as usize] = self.tally.stocks[Stock::OnTrip as usize];
        counted[Stock::CallUpsStanding as usize] = self.rolls.iter().map(|roll| roll.called as i64).sum();
        counted[Stock::Queue as usize] = self.commission.waiting() as i64;
        counted[Stock::RemediesPending as usize] =
            self.desks.filings.values().filter(|filing| !filing.is_decided).count() as i64;
        counted[Stock::Listed as usize] = self.lists.listings.len() as i64;
        for standing in self.standings.iter() {
            counted[Stock::Serving as usize] += i64::from(standing.status == Status::Conscript);
            counted[Stock::Abroad as usize] += i64::from(standing.status == Status::Abroad);
            counted[Stock::Contract as usize] += i64::from(standing.status == Status::Contract);
            counted[Stock::Company as usize] += i64::from(standing.status == Status::Company);
            counted[Stock::MobilisedServing as usize] += i64::from(standing.status == Status::Mobilised);
            let serves_otherwise = standing.status == Status::AlternativeService;
            counted[Stock::InAlternativeService as usize] += i64::from(serves_otherwise);
            debug_assert!(standing.open_matter == NONE || (standing.open_matter as usize) < self.matters.slots());
        }
        counted
    }

    fn count_restriction(&self, common: &Common<'_>, row: u32, counted: &mut [i64]) {
        let found = self.restriction(common, row);
        let columns = [
            (MeasureStock::Standing, Stock::Restricted, found.standing),
            (MeasureStock::Unseen, Stock::RestrictedUnseen, found.unseen),
            (MeasureStock::Wrongful, Stock::RestrictedWrongful, found.wrongful),
            (MeasureStock::WrongfulByRecord, Stock::RestrictedByRecord, found.by_record),
        ];
        let drives = common.driving_ban != u8::MAX && found.standing >> common.driving_ban & 1 == 1;
        let needs = self.people[row as usize].truth().has(Attribute::NeedsDriving);
        counted[Stock::DrivingBarred as usize] += i64::from(drives);
        counted[Stock::LivelihoodBarred as usize] += i64::from(drives && needs);
        for (stock, any, kinds) in columns {
            counted[any as usize] += i64::from(kinds != 0);
            for place in (0..common.columns.kinds().len() as u8).filter(|place| kinds >> place & 1 == 1) {
                counted[Columns::measure_stock(place, stock)] += 1;
            }
        }
    }
}
