//! Strata: by which ages and groups indicators are split, and the small code that says in which of them a person is.
//!
//! A stratum is what is true of a person on the first day of a run, so that no law changes who is in it and every person is in exactly one
//! band and on one side of each group throughout. This file knows no law, no day of a run and no counter.

use crate::people::{Attribute, Person, ReadingClass};
use callup_law::calendar::Day;

/// Code of a person of whom no strata are kept.
pub const NO_STRATUM: u16 = u16::MAX;

/// Most age bands.
pub const BANDS_MAX: usize = 60;

/// Declares the groups by which people can be split.
macro_rules! groups {
    ($($variant:ident = $word:literal : $meaning:literal,)+) => {
        /// A yes or no of a person by which indicators can be split.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Group { $(#[doc = $meaning] $variant,)+ }

        impl Group {
            /// All, in order.
            pub const ALL: &'static [Group] = &[$(Group::$variant,)+];
            /// How scenarios and outputs name it.
            #[must_use]
            pub const fn word(self) -> &'static str { match self { $(Group::$variant => $word,)+ } }
            /// Who is in it, in one sentence.
            #[must_use]
            pub const fn meaning(self) -> &'static str { match self { $(Group::$variant => $meaning,)+ } }
        }
    };
}

groups! {
    AddressStable = "address_stable": "Lives at the address at which he is registered.",
    PortalAccount = "portal_account": "Has an account on the state portal.",
    PortalReader = "portal_reader": "Has an account on the state portal and reads it at least about monthly.",
    Student = "student": "Studies full time on the first day.",
    Works = "works": "Works.",
    Reservist = "reservist": "Is in the reserve.",
    NeedsDriving = "needs_driving": "His main income needs driving.",
}

impl Group {
    /// Whether a person is in it on a day, in truth.
    #[must_use]
    pub fn holds(self, person: Person, day: Day) -> bool {
        let truth = person.truth();
        match self {
            Group::AddressStable => truth.lives_at_registered_address(),
            Group::PortalAccount => truth.has(Attribute::Account),
            Group::PortalReader => truth.reading() != ReadingClass::Never,
            Group::Student => truth.is_student(day),
            Group::Works => truth.has(Attribute::Works),
            Group::Reservist => truth.is_reservist(),
            Group::NeedsDriving => truth.has(Attribute::NeedsDriving),
        }
    }
}

/// By what indicators are split, as a scenario says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StrataChoice {
    /// First completed age of each band, ascending; a band ends where the next begins, the last has no end. Empty for no bands.
    pub age_bands_from: Vec<u8>,
    /// Groups, each once.
    pub groups: Vec<Group>,
}

/// One stratum: a band of ages, or one side of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stratum {
    /// `age`, or the word of the group.
    pub kind: &'static str,
    /// The band as `18_20` (the last one as `31_up`), or `yes` and `no`.
    pub name: String,
}

/// The strata of a run, with what is needed to find a person's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strata {
    day: Day,
    /// For each band but the first the latest day of birth of those old enough for it.
    latest_births: Vec<Day>,
    bands: usize,
    groups: Vec<Group>,
    list: Vec<Stratum>,
}

impl Strata {
    /// The strata of a choice, as people are on a day.
    #[must_use]
    pub fn new(choice: &StrataChoice, day: Day) -> Strata {
        let from = &choice.age_bands_from;
        let mut list: Vec<Stratum> =
            (0..from.len()).map(|band| Stratum { kind: "age", name: band_name(from, band) }).collect();
        for group in &choice.groups {
            list.extend(["no", "yes"].map(|side| Stratum { kind: group.word(), name: side.into() }));
        }
        let latest_births = from.iter().skip(1).map(|age| latest_birth(day, *age)).collect();
        Strata { day, latest_births, bands: from.len(), groups: choice.groups.clone(), list }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// All strata: bands by age, then of each group who is not in it and who is.
    #[must_use]
    pub fn list(&self) -> &[Stratum] {
        &self.list
    }

    /// The code of a person: his band, then a bit a group. [`NO_STRATUM`] where there are no strata.
    #[must_use]
    pub fn code(&self, person: Person) -> u16 {
        if self.list.is_empty() {
            return NO_STRATUM;
        }
        let born = person.born();
        let band = self.latest_births.iter().take_while(|latest| born <= **latest).count() as u16;
        let bit = |(place, group): (usize, &Group)| u16::from(group.holds(person, self.day)) << place;
        self.groups.iter().enumerate().map(bit).fold(band << Group::ALL.len(), |code, bit| code | bit)
    }

    /// Places in [`Strata::list`] of the strata of a code.
    pub fn places(&self, code: u16) -> impl Iterator<Item = usize> + '_ {
        let is_coded = code != NO_STRATUM;
        let band = (is_coded && self.bands > 0).then_some(usize::from(code >> Group::ALL.len()));
        let sides = (0..self.groups.len()).map(move |place| self.bands + 2 * place + usize::from(code >> place & 1));
        band.into_iter().chain(sides.filter(move |_| is_coded))
    }
}

fn band_name(from: &[u8], band: usize) -> String {
    from.get(band + 1).map_or_else(|| format!("{}_up", from[band]), |next| format!("{}_{}", from[band], next - 1))
}

/// The latest day of birth of those who have completed so many years on a day.
fn latest_birth(day: Day, years: u8) -> Day {
    let (year, month, day_of_month) = day.to_ymd();
    let year = year - i32::from(years);
    // One born on 29 February completes a year on 1 March of a common year.
    Day::from_ymd(year, month, day_of_month).or_else(|| Day::from_ymd(year, 2, 28)).unwrap_or(Day::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::{Attributes, Fitness, RecordErrors};

    fn person(born: &str, holds: &[Attribute]) -> Person {
        let blank = Attributes::new(Fitness::Fit, ReadingClass::Weekly);
        let attributes = holds.iter().fold(blank, |attributes, one| attributes.with(*one, true));
        Person::new(Day::parse(born).expect("a day"), None, attributes, RecordErrors::NONE)
    }

    fn names(strata: &Strata, person: Person) -> Vec<String> {
        let name = |place: usize| format!("{}={}", strata.list()[place].kind, strata.list()[place].name);
        strata.places(strata.code(person)).map(name).collect()
    }

    #[test]
    fn a_person_is_in_one_band_and_on_one_side_of_each_group() {
        let choice =
            StrataChoice { age_bands_from: vec![16, 18, 27], groups: vec![Group::PortalReader, Group::AddressStable] };
        let strata = Strata::new(&choice, Day::parse("2023-04-14").expect("a day"));
        let reader = [Attribute::Account];
        assert_eq!(
            names(&strata, person("2005-04-14", &reader)),
            ["age=18_26", "portal_reader=yes", "address_stable=no"]
        );
        // A day short of eighteen; an account is needed to read.
        let home = [Attribute::AtAddress];
        assert_eq!(
            names(&strata, person("2005-04-15", &home)),
            ["age=16_17", "portal_reader=no", "address_stable=yes"]
        );
        assert_eq!(names(&strata, person("1950-01-01", &[]))[0], "age=27_up");
    }

    #[test]
    fn without_a_choice_nobody_has_a_stratum() {
        let strata = Strata::new(&StrataChoice::default(), Day::parse("2023-01-01").expect("a day"));
        assert!(strata.is_empty());
        let code = strata.code(person("2000-01-01", &[]));
        assert_eq!((code, strata.places(code).count()), (NO_STRATUM, 0));
    }

    #[test]
    fn codes_fit() {
        assert!(BANDS_MAX << Group::ALL.len() < usize::from(NO_STRATUM));
    }
}
