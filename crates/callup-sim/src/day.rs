//! One day of a district: the phases in fixed order.
//!
//! 1. *Due.* Grounds for deferment that ended yesterday; the change of law, if this is its day; periods that have run out (phase 1 of the law);
//!    decisions entered in the register; agencies.
//! 2. *Decide.* Events in the order of the vocabulary: offices form and give notice, people read, travel, learn, are found, appear.
//! 3. *Allocate.* The commission takes from its queue what its capacity allows, in a stable order.
//! 4. *Apply.* Dispatch, leaving, the end of a season; then periods that end with their last day (phase 3) and what takes effect at once (phase 4).
//!
//! Then the counters are held against yesterday's. What an entry raises stands later in this order, or comes tomorrow.

use crate::district::{Common, District};
use crate::event::{Entry, Kind};
use callup_law::calendar::Phase;
use callup_law::program::Offset;
use callup_law::roles::Event;

impl District<'_> {
    /// Runs the days of a week.
    pub fn run_week(&mut self, common: &Common<'_>, days: std::ops::RangeInclusive<Offset>) {
        for day in days {
            self.run_day(common, day);
        }
    }

    fn run_day(&mut self, common: &Common<'_>, day: Offset) {
        self.today = day;
        self.agenda.begin(day);
        self.recruit(common);
        let mut place = 0;
        loop {
            let left = self.agenda.kinds_from(place, ALWAYS);
            let Some(kind) = Kind::ALL.get(left.trailing_zeros() as usize).copied() else { break };
            place = kind as usize + 1;
            self.agenda.reach(kind);
            match kind {
                Kind::RunOut => {
                    self.change_law(common);
                    self.serve_expiries(common, kind, Phase::RunOut);
                }
                Kind::Issue => self.issue_notices(common),
                Kind::Locate => {
                    self.search(common);
                    self.serve(common, kind);
                }
                Kind::Decide => self.decide_at_desks(common),
                Kind::SeasonEnd => self.end_seasons(common),
                Kind::LastDay => self.serve_expiries(common, kind, Phase::LastDay),
                Kind::AtOnce => self.serve_expiries(common, kind, Phase::AtOnce),
                Kind::Examine => {
                    self.serve(common, kind);
                    self.hold_commission(common);
                }
                _ => self.serve(common, kind),
            }
        }
        self.end_day(common);
    }

    /// Serves today's entries of a kind until none is left.
    fn serve(&mut self, common: &Common<'_>, kind: Kind) {
        let mut list = std::mem::take(&mut self.batch);
        while self.agenda.is_due(kind) {
            self.agenda.take(kind, &mut list);
            if matches!(kind, Kind::Reassess | Kind::Trip) {
                // Two measures may watch for the same thing of the same person.
                list.sort_unstable();
                list.dedup();
            }
            if kind == Kind::Muster || kind == Kind::Examine && common.settings.commission.per_day.is_none() {
                // Places of a decreed number go by lot, whatever has brought people on the agenda in which order.
                if common.has_decrees || self.has_overlaps {
                    list.sort_by_cached_key(|entry| self.place_by_lot(common, entry.index));
                }
            } else if common.laws.looks_elsewhere && !kind.is_personal() {
                // One event in several matters of a person is heard in the order in which they were opened.
                list.sort_by_key(|entry| self.matters.order_of_opening(entry.index));
            }
            self.served[kind as usize] += list.len() as u64;
            for entry in &list {
                if kind.is_personal() {
                    self.serve_person(common, kind, *entry);
                } else if self.matters.holds(*entry) {
                    self.serve_matter(common, kind, *entry);
                }
            }
            list.clear();
        }
        self.batch = list;
    }

    /// Serves what comes due in one phase: of every matter the first rule in document order, again and again, until none is due.
    fn serve_expiries(&mut self, common: &Common<'_>, kind: Kind, phase: Phase) {
        let mut due = std::mem::take(&mut self.batch);
        self.agenda.take(kind, &mut due);
        self.sort_expiries(&mut due);
        let mut next = 0;
        while let Some(entry) = due.get(next).copied() {
            next += 1;
            self.served[kind as usize] += 1;
            if self.matters.holds(entry) {
                self.expire(common, entry, phase);
            }
            if self.agenda.is_due(kind) {
                due.drain(..next);
                next = 0;
                self.agenda.take(kind, &mut due);
                self.sort_expiries(&mut due);
            }
        }
        due.clear();
        self.batch = due;
    }

    /// Brings expiries into the order in which they are served: the rules of one matter in document order. Where somebody has had two matters at
    /// once, those of one person come in the order in which they were opened; else one matter's expiries touch no other's.
    fn sort_expiries(&mut self, due: &mut [Entry]) {
        if self.has_overlaps {
            due.sort_by_key(|entry| self.place_of_expiry(entry));
        } else if !due.is_sorted_by_key(|entry| entry.payload) {
            sort_by_rule(due, &mut self.sorting);
        }
    }

    /// Sorts expiries by person, matter and rule: the rules of one matter come in document order, and nothing else depends on the law.
    fn place_of_expiry(&self, entry: &Entry) -> (u32, (Offset, u8), u16) {
        (self.matters.header(entry.index).row, self.matters.order_of_opening(entry.index), entry.payload)
    }

    fn serve_person(&mut self, common: &Common<'_>, kind: Kind, entry: Entry) {
        let (row, payload) = (entry.index, entry.payload);
        match kind {
            Kind::Reassess => self.reassess(common, row),
            Kind::RecordEntered => self.enter_record(common, row),
            Kind::Trip => self.trip(common, row, payload),
            Kind::Depart => self.depart(common, row, payload),
            Kind::Leave => self.leave(common, row, payload),
            Kind::Return => self.come_back(common, row),
            Kind::Sign => self.sign(common, row, payload),
            Kind::Enlist => self.enlist(common, row),
            Kind::ContractEnds => self.end_contract(common, row, payload),
            Kind::ComesHome => self.come_home(common, row, payload),
            Kind::SentHome => self.send_home(common, row, payload),
            Kind::FileFor => self.file_for(common, row, payload),
            Kind::Final => self.become_final(common, row, payload),
            _ => debug_assert!(false, "{kind:?} belongs to a matter"),
        }
    }

    fn serve_matter(&mut self, common: &Common<'_>, kind: Kind, entry: Entry) {
        let (slot, payload) = (entry.index, entry.payload);
        match kind {
            Kind::MeasureOn => self.measure_on(common, slot, payload as u8),
            Kind::MeasureOff => self.measure_off(common, slot, payload as u8),
            Kind::Send => self.send(common, slot, payload),
            Kind::Post => self.post(common, slot, payload),
            Kind::Place => self.place(common, slot, payload),
            Kind::PlaceInAccount => self.place_in_account(common, slot),
            Kind::PostOutcome => self.post_outcome(common, slot, payload),
            Kind::Refused => self.refuse(common, slot),
            Kind::Visit => self.visit(common, slot, payload),
            Kind::EmployerOutcome => self.employer_outcome(common, slot, payload),
            Kind::Open => self.open_notice(common, slot, payload),
            Kind::Learn => self.learn(common, slot),
            Kind::Locate => self.locate(common, slot, payload),
            Kind::ShowReason => self.show_reason(common, slot),
            Kind::Proceed => self.proceed(common, slot, payload),
            Kind::File => self.file(common, slot, payload),
            Kind::Card => self.file_card(common, slot),
            Kind::Appear => return self.appear(common, slot, payload),
            Kind::Muster => return self.muster(common, slot),
            Kind::Examine => return self.come_before_commission(common, slot),
            Kind::Examined => self.hear_of_sitting(common, slot, Event::Examined),
            Kind::Deferred => self.hear_of_sitting(common, slot, Event::Deferred),
            Kind::Exempted => self.hear_of_sitting(common, slot, Event::Exempted),
            Kind::CalledUp => self.hear_of_sitting(common, slot, Event::CalledUp),
            Kind::NotCalledUp => self.hear_of_sitting(common, slot, Event::NotCalledUp),
            Kind::Dispatch => return self.dispatch(common, slot),
            _ => debug_assert!(false, "{kind:?} belongs to a person or to the law"),
        }
        self.close_if_over(common, slot);
    }

    /// Whether a matter is pending in law: a track is in no final state, or a measure stands. What agencies still have to do does not count.
    fn is_pending(&self, common: &Common<'_>, slot: u32) -> bool {
        let program = &common.laws.programs[usize::from(self.matters.header(slot).program)].program;
        let tracks = program.layout().tracks;
        self.matters.standing(slot) != 0 || !program.all_final(&self.matters.states(slot)[..tracks])
    }

    /// On the first day of a law, pending matters of the one before are carried to it, if the law says so.
    fn change_law(&mut self, common: &Common<'_>) {
        let day = common.run_day(self.today);
        if day == 0 || common.law_on[day] == common.law_on[day - 1] {
            return;
        }
        let before = common.law_on[day - 1];
        let mut slots: Vec<u32> = self.matters.open_slots().collect();
        if self.has_overlaps {
            // Else each is somebody else's, and the order is nobody's concern.
            slots.sort_by_key(|slot| self.matters.order_of_opening(*slot));
        }
        for slot in slots {
            let program = &common.laws.programs[usize::from(self.matters.header(slot).program)];
            if program.law == before && program.transfer.is_some() && self.is_pending(common, slot) {
                self.transfer(common, slot);
            }
        }
    }
}

/// Rules that are sorted by counting.
const RULES_COUNTED: usize = 128;

/// Sorts by rule; what has the same rule stays in order.
fn sort_by_rule(due: &mut [Entry], room: &mut Vec<Entry>) {
    let rules = due.iter().map(|entry| usize::from(entry.payload)).max().map_or(0, |last| last + 1);
    if rules > RULES_COUNTED {
        due.sort_by_key(|entry| entry.payload);
        return;
    }
    let mut places = [0_u32; RULES_COUNTED + 1];
    due.iter().for_each(|entry| places[usize::from(entry.payload) + 1] += 1);
    for rule in 0..rules {
        places[rule + 1] += places[rule];
    }
    room.clear();
    room.extend_from_slice(due);
    for entry in room.iter() {
        let place = &mut places[usize::from(entry.payload)];
        due[*place as usize] = *entry;
        *place += 1;
    }
}

/// Kinds at whose place in the day something happens even without an entry, as bits.
const ALWAYS: u64 = 1 << Kind::RunOut as u64
    | 1 << Kind::Issue as u64
    | 1 << Kind::Locate as u64
    | 1 << Kind::Decide as u64
    | 1 << Kind::SeasonEnd as u64
    | 1 << Kind::Examine as u64;
