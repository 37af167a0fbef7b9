//! Places that offices give, day by day: kept of one district so that the same district under another law can give the very same.
//!
//! Where a place is short, whoever takes one leaves another without. To tell what a law does to a person himself from what it does to him
//! through others, a district can be told where the line stood under another law: who stands before it has a place, whoever else does. This file knows no
//! law and no person.

use crate::lists::WAYS;
use callup_law::program::Offset;

/// How far an office came on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line<P> {
    /// Nobody got a place.
    Nobody,
    /// Everybody up to this place got one.
    UpTo(P),
    /// Nobody was left without.
    Everybody,
}

impl<P: Ord> Line<P> {
    /// Whether a place is before the line.
    pub fn admits(&self, place: &P) -> bool {
        match self {
            Line::Nobody => false,
            Line::UpTo(last) => place <= last,
            Line::Everybody => true,
        }
    }
}

/// A place in the queue of a commission: campaign, day of entry, keyed draw, row.
pub type QueuePlace = (u8, Offset, u32, u32);

/// A place on the roll of a campaign: keyed draw, row.
pub type RollPlace = (u32, u32);

/// A place at a desk: day on which he is ready, keyed draw, row.
pub type DeskPlace = (Offset, u32, u32);

/// Where a district stands to its lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Places {
    /// It draws its own and nobody asks for them.
    #[default]
    Own,
    /// It draws its own and keeps them.
    Kept(Lines),
    /// It is told them.
    Told(Lines),
}

/// The lines of some days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    commission: Vec<(Offset, Line<QueuePlace>)>,
    calls: Vec<(Offset, usize, Line<QueuePlace>)>,
    selection: Vec<(Offset, usize, Line<RollPlace>)>,
    searches: Vec<(Offset, usize, [u64; 2])>,
    desks: Vec<(Offset, usize, Line<DeskPlace>)>,
}

impl Places {
    /// Whether lines are told.
    #[must_use]
    pub const fn are_told(&self) -> bool {
        matches!(self, Places::Told(_))
    }

    /// The line of the commission, if it is told. A day on which it did not sit has none: nobody got a place.
    #[must_use]
    pub fn commission(&self, day: Offset) -> Option<Line<QueuePlace>> {
        let Places::Told(lines) = self else { return None };
        let found = lines.commission.iter().find(|(of, _)| *of == day);
        Some(found.map_or(Line::Nobody, |(_, line)| *line))
    }

    /// The line of those who could be called up for a decreed number, if it is told.
    #[must_use]
    pub fn calls(&self, day: Offset, campaign: usize) -> Option<Line<QueuePlace>> {
        let Places::Told(lines) = self else { return None };
        let found = lines.calls.iter().find(|(of, whose, _)| (*of, *whose) == (day, campaign));
        Some(found.map_or(Line::Nobody, |(_, _, line)| *line))
    }

    /// The line of the selection of a campaign, if it is told.
    #[must_use]
    pub fn selection(&self, day: Offset, campaign: usize) -> Option<Line<RollPlace>> {
        let Places::Told(lines) = self else { return None };
        let found = lines.selection.iter().find(|(of, whose, _)| (*of, *whose) == (day, campaign));
        Some(found.map_or(Line::Nobody, |(_, _, line)| *line))
    }

    /// The hazards that passed by a way of searching, of being found and of being taken for somebody else, if they are told.
    #[must_use]
    pub fn search(&self, day: Offset, way: usize) -> Option<[u64; 2]> {
        let Places::Told(lines) = self else { return None };
        let found = lines.searches.iter().find(|(of, whose, _)| (*of, *whose) == (day, way));
        Some(found.map_or([0; 2], |(_, _, hazards)| *hazards))
    }

    /// The line of a desk, if it is told. A day on which it decided nothing has none: nobody got a decision.
    #[must_use]
    pub fn desk(&self, day: Offset, desk: usize) -> Option<Line<DeskPlace>> {
        let Places::Told(lines) = self else { return None };
        let found = lines.desks.iter().find(|(of, whose, _)| (*of, *whose) == (day, desk));
        Some(found.map_or(Line::Nobody, |(_, _, line)| *line))
    }

    /// Whether somebody asks how far desks come, or tells it.
    #[must_use]
    pub const fn are_asked_for(&self) -> bool {
        !matches!(self, Places::Own)
    }

    /// A desk has decided on those of a day.
    pub fn keep_desk(&mut self, day: Offset, desk: usize, line: Line<DeskPlace>) {
        if let Places::Kept(lines) = self {
            lines.desks.push((day, desk, line));
        }
    }

    /// The commission has sat.
    pub fn keep_commission(&mut self, day: Offset, line: Line<QueuePlace>) {
        if let Places::Kept(lines) = self {
            lines.commission.push((day, line));
        }
    }

    /// A commission has called up those of a day.
    pub fn keep_calls(&mut self, day: Offset, campaign: usize, line: Line<QueuePlace>) {
        if let Places::Kept(lines) = self {
            lines.calls.push((day, campaign, line));
        }
    }

    /// A campaign has taken those of a day.
    pub fn keep_selection(&mut self, day: Offset, campaign: usize, line: Line<RollPlace>) {
        if let Places::Kept(lines) = self {
            lines.selection.push((day, campaign, line));
        }
    }

    /// A way of searching has looked for a day.
    pub fn keep_search(&mut self, day: Offset, way: usize, hazards: [u64; 2]) {
        debug_assert!(way < WAYS, "a way of searching that there is");
        if let Places::Kept(lines) = self {
            lines.searches.push((day, way, hazards));
        }
    }

    /// The lines kept, which are then kept no longer.
    pub fn take(&mut self) -> Lines {
        match self {
            Places::Kept(lines) => std::mem::take(lines),
            Places::Own | Places::Told(_) => Lines::default(),
        }
    }
}
