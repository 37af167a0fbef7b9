//! Forming notices: whom a campaign takes in a district, in which order, how many a day, and the acts of the channels that follow.
//!
//! A roll is drawn up once, from the birth years of the selection; those who come of age later wait on it for their day. The order is the
//! ascending keyed draw, so that a larger number always takes the same men and more. This file knows no law and no outcome.

use crate::district::{Common, District, mark};
use crate::environment::{CutOff, Office};
use crate::event::Kind;
use crate::journal::{Assumption, Cause};
use crate::matter::{Header, NONE, flag};
use crate::office::Roll;
use crate::places::Line;
use crate::random::{Decision, DrawKey, PersonId, Probability, lanes, scaled_below};
use crate::scenario::Freeing;
use crate::scenario::{ChannelKind, Selection};
use crate::settings::{CampaignSetting, PaceSetting, Wait};
use crate::tally::Flow;
use callup_law::calendar::Day;
use callup_law::program::{Offset, UNSET};
use callup_law::roles::{Event, NoticeKind};

impl District<'_> {
    /// Draws up the roll of a campaign. Reads each row of its birth years once.
    pub fn draw_up_roll(&mut self, common: &Common<'_>, campaign: usize) {
        let setting = &common.settings.campaigns[campaign];
        let from = setting.from[usize::from(self.region)].max(common.settings.first);
        let until = setting.until.min(common.settings.last);
        if from > until {
            return;
        }
        let window = Window::new(common, setting, from, until);
        let weights = weights_left(common, setting, from, until);
        let mut roll = Roll::saved_up(self.saved_up(common, common.matter_keys[campaign], 1));
        let mut words = Vec::new();
        for rows in self.cohorts_of_ages(common, setting.ages[0], setting.ages[1]) {
            self.draw_words(common, setting, campaign, rows.clone(), &mut words);
            let whole = self.window_of_cohort(&window, rows.clone());
            for (row, [select, day]) in rows.zip(words.iter().copied()) {
                let Some(first) = self.first_day(common, setting, &window, row, whole) else { continue };
                let Some(select) = self.order_of_calling(common, setting, row, select) else { continue };
                match &setting.pace {
                    PaceSetting::UniformDay => {
                        let day = first + scaled_below(day, u32::from(until - first) + 1) as Offset;
                        roll.ready.push((day.into(), row));
                    }
                    PaceSetting::Share(share) => {
                        let day = if share.hits(select) { office_day(&weights, first - from, day) } else { None };
                        roll.ready.extend(day.map(|day| (u32::from(from + day), row)));
                    }
                    PaceSetting::PerDecreed(..) if first == from => roll.ready.push((select, row)),
                    PaceSetting::PerDecreed(..) => roll.later.push((first, select, row)),
                }
            }
        }
        roll.weights_left = weights;
        roll.drawn_up = (roll.ready.len() + roll.later.len()) as u64;
        let is_for_number = matches!(setting.pace, PaceSetting::PerDecreed(..));
        if is_for_number && common.order_of_calling(setting.notice).is_some() {
            self.count_roll(common, from, &roll);
        }
        match setting.pace {
            PaceSetting::PerDecreed(..) => roll.ready.sort_unstable_by(|one, other| other.cmp(one)),
            PaceSetting::UniformDay | PaceSetting::Share(_) => roll.ready = by_day_descending(&roll.ready, from, until),
        }
        roll.later.sort_unstable_by(|one, other| other.cmp(one));
        self.rolls[campaign] = roll;
    }

    /// Counts those on the roll of a mobilisation on its first day.
    fn count_roll(&mut self, common: &Common<'_>, first: Offset, roll: &Roll) {
        self.tally.count_more_ahead(first, Flow::MobilisationRoll, roll.drawn_up as u32);
        if common.settings.strata.is_empty() {
            return;
        }
        let rows = roll.ready.iter().map(|(_, row)| *row).chain(roll.later.iter().map(|(_, _, row)| *row));
        let mut by_stratum = std::collections::BTreeMap::<u16, u32>::new();
        for row in rows {
            *by_stratum.entry(self.stratum_of(common, row)).or_default() += 1;
        }
        for (stratum, mut some) in by_stratum {
            while some > 0 {
                let part = some.min(i16::MAX as u32);
                self.tally.observe(first, stratum, Flow::MobilisationRoll as usize, part as i16);
                some -= part;
            }
        }
    }

    /// The keyed draw by which a person stands on the roll; in a mobilisation after the order of its categories, `None` if he is of none.
    fn order_of_calling(&self, common: &Common<'_>, setting: &CampaignSetting, row: u32, draw: u32) -> Option<u32> {
        let Some(mobilisation) = common.order_of_calling(setting.notice) else { return Some(draw) };
        let person = self.people[row as usize];
        mobilisation.order(person, person.record(self.standings[row as usize].mended), common.first_day(), draw)
    }

    /// For each of these rows of one birth year the words of selection and of the day of issue, as far as the pace asks for them.
    fn draw_words(
        &self,
        common: &Common<'_>,
        setting: &CampaignSetting,
        campaign: usize,
        rows: std::ops::Range<u32>,
        words: &mut Vec<[u32; 2]>,
    ) {
        let wanted = match setting.pace {
            PaceSetting::UniformDay => [false, true],
            PaceSetting::Share(_) => [true, true],
            PaceSetting::PerDecreed(..) => [true, false],
        };
        words.clear();
        words.resize(rows.len(), [0; 2]);
        let mut blocks = [[0; lanes::AT_ONCE]; 4];
        let (mut row, end) = (rows.start, rows.end);
        while row < end {
            // As many as follow each other in identity.
            let stretch = usize::from(self.stretch_of(row));
            let next = self.stretches.get(stretch + 1).map_or(end, |next| next.row).min(end);
            let some = (next - row).min(lanes::AT_ONCE as u32);
            let id = self.id_in(stretch as u16, row);
            let out = &mut words[(row - rows.start) as usize..][..some as usize];
            for (place, decision) in [Decision::Selection, Decision::IssueDay].into_iter().enumerate() {
                if wanted[place] {
                    let key = DrawKey::of_response(id, decision, common.matter_keys[campaign]);
                    common.draws.words_of_neighbours(key, some as usize, &mut blocks);
                    out.iter_mut().zip(&blocks[0]).for_each(|(words, word)| words[place] = *word);
                }
            }
            row += some;
        }
    }

    /// The days of the window on which everybody born in the year of these rows is of the ages in question, where they are the same for all.
    fn window_of_cohort(&self, window: &Window, rows: std::ops::Range<u32>) -> Option<(Offset, Offset)> {
        let (year, _, _) = self.people.get(rows.start as usize)?.born().to_ymd();
        let days = |month, day| window.days_of(Day::from_ymd(year, month, day)?);
        days(1, 1).filter(|first| days(12, 31) == Some(*first))
    }

    /// The first day of the window on which the register shows a person as one of the selection; `None` if there is none. `whole` if known
    /// of his whole birth year.
    fn first_day(
        &self,
        common: &Common<'_>,
        setting: &CampaignSetting,
        window: &Window,
        row: u32,
        whole: Option<(Offset, Offset)>,
    ) -> Option<Offset> {
        if let (Some((first, _)), Selection::Everyone { .. }) = (whole, &setting.selection) {
            return Some(first);
        }
        let at = row as usize;
        let person = self.people[at];
        let (first, last) = whole.or_else(|| window.days_of(person.born()))?;
        let record = person.record(self.standings[at].mended);
        match setting.selection {
            Selection::Everyone { .. } => Some(first),
            Selection::OnRecord { .. } => record.is_on_record().then_some(first),
            Selection::RecordedReservists { .. } => {
                let mobilisation = common.settings.mobilisation.as_ref();
                let frees_students = mobilisation.is_some_and(|setting| setting.frees.contains(&Freeing::Student));
                let is_freed = frees_students && record.is_student(common.day(first));
                (record.is_on_record() && record.is_reservist() && !is_freed).then_some(first)
            }
            Selection::RecordedLiable { .. } => {
                if !record.is_on_record() || record.is_exempt() || record.has_served() {
                    return None;
                }
                if !record.has_deferment(common.day(first)) {
                    return Some(first);
                }
                // A recorded deferment for study runs out with the studies; others last.
                let free = person.truth().study_until()?.plus_days(1);
                let first = common.settings.horizon.offset(free).filter(|day| (first..=last).contains(day))?;
                (!record.has_deferment(common.day(first))).then_some(first)
            }
        }
    }

    /// Forms today's notices of every campaign.
    pub fn issue_notices(&mut self, common: &Common<'_>) {
        self.tally.reach(self.today);
        for campaign in 0..common.settings.campaigns.len() {
            let setting = &common.settings.campaigns[campaign];
            let from = setting.from[usize::from(self.region)].max(common.settings.first);
            if self.today == from && setting.decreed.is_none() {
                self.draw_up_roll(common, campaign);
            }
            if !(from..=setting.until).contains(&self.today) {
                continue;
            }
            if !self.rolls[campaign].is_done() {
                self.rolls[campaign].admit_later(self.today);
                self.issue_of(common, campaign, self.today - from);
            } else if self.rolls[campaign].is_open() {
                // Nobody is left to be taken, so nobody else would have been left without.
                self.places.keep_selection(self.today, campaign, Line::Everybody);
            }
        }
    }

    fn issue_of(&mut self, common: &Common<'_>, campaign: usize, day_of_season: u16) {
        let setting = &common.settings.campaigns[campaign];
        let mut quota = match &setting.pace {
            PaceSetting::UniformDay | PaceSetting::Share(_) => u64::MAX,
            PaceSetting::PerDecreed(notices, _) => self.rolls[campaign].owed_today(day_of_season, *notices),
        };
        let by_day = matches!(setting.pace, PaceSetting::UniformDay | PaceSetting::Share(_));
        let told = if by_day { None } else { self.places.selection(self.today, campaign) };
        let (mut last, mut taken) = (None, 0);
        let (mut words, each) = (Vec::new(), common.ahead.decisions().len());
        while quota > 0 || told.is_some() {
            let at_most = if told.is_some() { u64::MAX } else { quota }.min(lanes::AT_ONCE as u64) as usize;
            let is_called = |one: &(u32, u32)| {
                (!by_day || one.0 <= u32::from(self.today)) && told.is_none_or(|line| line.admits(one))
            };
            let called = self.next_of_roll(campaign, at_most, is_called);
            if called.is_empty() {
                break;
            }
            self.rolls[campaign].shorten(called.len());
            let ids: Vec<PersonId> = called.iter().map(|one| self.id_in(one.stretch, one.row)).collect();
            self.draw_ahead(common, campaign, &ids, &mut words);
            for (place, one) in called.iter().enumerate() {
                (last, taken) = (Some((one.draw_or_day, one.row)), taken + 1);
                if self.is_selected(common, &setting.selection, one.row) {
                    self.issue(common, campaign, *one, ids[place], &words[place * each..][..each]);
                    quota = quota.saturating_sub(1);
                }
            }
        }
        if !by_day {
            let line = last.map_or(Line::Nobody, Line::UpTo);
            self.places.keep_selection(self.today, campaign, if quota > 0 { Line::Everybody } else { line });
        }
        if let (Some((draw, _)), false) = (last, by_day) {
            let (day, left) = (common.run_day(self.today) as u16, self.rolls[campaign].ready.len() as u32);
            let (office, campaign) = (Office::Selection, campaign as u8);
            self.cut_offs.push(CutOff { day, office, campaign, entered: day, draw, taken, left });
        }
    }

    /// The next of a roll, at most so many and as long as they are called.
    fn next_of_roll(&self, campaign: usize, at_most: usize, is_called: impl Fn(&(u32, u32)) -> bool) -> Vec<Called> {
        let mut stretch = 0;
        let next = self.rolls[campaign].ready.iter().rev().take(at_most).take_while(|one| is_called(one));
        next.map(|&(draw_or_day, row)| {
            stretch = self.stretch_from(stretch, row);
            Called { draw_or_day, row, stretch }
        })
        .collect()
    }

    /// Stretch of a row: where rows ascend, the one before or soon after it.
    fn stretch_from(&self, before: u16, row: u32) -> u16 {
        let later = self.stretches.get(usize::from(before)..).unwrap_or_default();
        match later.iter().position(|stretch| stretch.row > row) {
            Some(0) => self.stretch_of(row),
            Some(steps) => before + steps as u16 - 1,
            None => (self.stretches.len() - 1) as u16,
        }
    }

    /// Forms one notice: a matter opens, and the acts of every channel that applies go on the agenda. `words` is what was drawn ahead.
    fn issue(&mut self, common: &Common<'_>, campaign: usize, called: Called, id: PersonId, words: &[u32]) {
        let Called { row, stretch, .. } = called;
        let setting = &common.settings.campaigns[campaign];
        let law = usize::from(common.law_on[common.run_day(self.today)]);
        let Some(program) = common.laws.program_of(law, setting.notice) else { return };
        let key = DrawKey::of_response(id, Decision::AppearanceLead, common.matter_keys[campaign]);
        let appearance = self.after(common.wait(key, &setting.lead)).min(common.settings.horizon.days - 1);
        let slot = self.matters.take(Header {
            row,
            next: NONE,
            late_used: 0,
            late_from: self.today,
            seen: UNSET,
            opened: self.today,
            appearance,
            program,
            campaign: campaign as u8,
            generation: 0,
            late_version: 0,
            person_marks: 0,
            flags: if self.is_sampled(common, id) { flag::SAMPLED } else { 0 },
            stretch,
            served: UNSET,
        });
        self.matters.set_words(slot, words);
        if !common.settings.strata.is_empty() {
            self.matters.set_stratum(slot, common.settings.strata.code(self.people[row as usize]));
        }
        self.rolls[campaign].issued += 1;
        self.link(row, slot);
        if !self.open_matter(common, slot) {
            self.unlink(row, slot);
            self.give_back(slot);
            return;
        }
        self.matters.header_mut(slot).keep_mark(mark::SUMMONED);
        self.count_of(slot, Flow::Issued);
        if common.settings.campaigns[campaign].notice == NoticeKind::DraftNotice {
            self.tally.count(Flow::IssuedToDraft);
            // Today's counts ahead have been made.
            if appearance > self.today {
                self.tally.count_ahead(appearance, Flow::DatesCome);
            } else {
                self.tally.count(Flow::DatesCome);
            }
        }
        self.raise(common, slot, Event::Issued, Cause::Assumption(Assumption::Campaign));
        self.close_if_over(common, slot);
        // A law may end a matter with the very notice: nothing of it is brought to anybody.
        if self.matters.header(slot).row != NONE {
            self.start_channels(common, slot, row);
        }
    }

    fn start_channels(&mut self, common: &Common<'_>, slot: u32, row: u32) {
        let (mut is_tried, mut barred) = (false, None);
        for (place, channel) in common.settings.channels.iter().enumerate() {
            let in_use =
                (channel.from..=channel.until).contains(&self.today) && channel.regions[usize::from(self.region)];
            if !in_use {
                continue;
            }
            let alternative = channel.kind as u8;
            let is_used = || {
                let key = self.key(common, slot, Decision::ChannelUsed).alternative(alternative);
                common.hits(key, channel.used)
            };
            if channel.used != Probability::ALWAYS && !is_used() {
                continue;
            }
            if !self.applies(channel.kind, row) {
                barred = barred.or(Some(channel.kind));
                continue;
            }
            is_tried = true;
            let days = match &channel.act {
                Wait::Fixed(days) => *days,
                drawn => common.wait(self.key(common, slot, Decision::ActDelay).alternative(alternative), drawn),
            };
            let (kind, payload) = match channel.kind {
                ChannelKind::InHand => (Kind::Visit, (place as u16) << 8),
                ChannelKind::Employer => (Kind::Send, place as u16),
                ChannelKind::Post => (Kind::Post, place as u16),
                ChannelKind::Account => (Kind::PlaceInAccount, 0),
                ChannelKind::Register => (Kind::Place, 0),
                ChannelKind::Published => (Kind::Place, place as u16 + 1),
            };
            self.put(self.after(days), kind, slot, payload);
        }
        if let (false, Some(kind)) = (is_tried, barred) {
            self.cannot_try(slot, kind);
        }
    }
}

/// Somebody whom a campaign takes next.
#[derive(Clone, Copy)]
struct Called {
    draw_or_day: u32,
    row: u32,
    stretch: u16,
}

/// Sorts (day, row), rows ascending, by day and row, the last one first.
fn by_day_descending(list: &[(u32, u32)], from: Offset, until: Offset) -> Vec<(u32, u32)> {
    let mut places = vec![0_usize; usize::from(until - from) + 2];
    let place_of = |day: u32| usize::from(until) - day as usize;
    list.iter().for_each(|(day, _)| places[place_of(*day) + 1] += 1);
    for place in 1..places.len() {
        places[place] += places[place - 1];
    }
    let mut sorted = vec![(0, 0); list.len()];
    for (day, row) in list.iter().rev() {
        let place = &mut places[place_of(*day)];
        sorted[*place] = (*day, *row);
        *place += 1;
    }
    sorted
}

/// Weight of each day of the season and all later ones: office days only; by the ramp, or all the same.
fn weights_left(common: &Common<'_>, setting: &CampaignSetting, from: Offset, until: Offset) -> Vec<u64> {
    let mut left = vec![0; usize::from(until - from) + 1];
    let mut sum = 0;
    for day in (0..left.len()).rev() {
        if common.settings.office_days[common.run_day(from) + day] {
            sum += match &setting.pace {
                PaceSetting::PerDecreed(_, weights) => u64::from(weights.get(day).copied().unwrap_or(0)),
                PaceSetting::UniformDay | PaceSetting::Share(_) => 1,
            };
        }
        left[day] = sum;
    }
    left
}

/// The office day of a season, from day `first` of it on, that a word stands for, each as likely as another; `None` if no office works any more.
/// It depends on nobody else on the roll.
fn office_day(weights_left: &[u64], first: Offset, word: u32) -> Option<Offset> {
    let left = *weights_left.get(usize::from(first))?;
    if left == 0 {
        return None;
    }
    let passed = u64::from(scaled_below(word, left as u32));
    Some(weights_left.partition_point(|weight| *weight >= left - passed) as Offset - 1)
}

/// For each day of a season the latest birth that is old enough and the latest that is too old.
struct Window {
    from: Offset,
    old_enough: Vec<Day>,
    too_old: Vec<Day>,
}

impl Window {
    fn new(common: &Common<'_>, setting: &CampaignSetting, from: Offset, until: Offset) -> Window {
        let latest = |years: u8| (from..=until).map(|day| latest_birth(common.day(day), years)).collect();
        Window { from, old_enough: latest(setting.ages[0]), too_old: latest(setting.ages[1].saturating_add(1)) }
    }

    /// First and last day of the window on which one born on this day is of the ages in question.
    fn days_of(&self, born: Day) -> Option<(Offset, Offset)> {
        let first = self.old_enough.partition_point(|latest| *latest < born);
        let end = self.too_old.partition_point(|latest| *latest < born);
        (first < end).then(|| (self.from + first as Offset, self.from + end as Offset - 1))
    }
}

/// The latest day of birth of those who have completed so many years on a day.
fn latest_birth(day: Day, years: u8) -> Day {
    let (year, month, day_of_month) = day.to_ymd();
    let year = year - i32::from(years);
    // One born on 29 February completes a year on 1 March of a common year.
    Day::from_ymd(year, month, day_of_month).or_else(|| Day::from_ymd(year, 2, 28)).unwrap_or(Day::MIN)
}
