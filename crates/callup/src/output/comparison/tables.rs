//! The tables of a comparison: persons and days in pairs, what became of whom, weeks side by side, parted lives, clauses, steps, replicates.
//!
//! Counts are raw, at the scale of the run, which each table names; nothing is computed here that the comparison does not hold.

use super::causes::{self, Side};
use super::{Compared, steps as steps_of};
use crate::output::table::{Table, Values};
use crate::output::tables::{ALL_REGIONS, Caused, day_of, person_name, region_codes};
use callup_sim::IndicatorRow;
use callup_sim::compare::diverge::Divergence;
use callup_sim::compare::paired::Quantity;
use callup_sim::district::mark;
use callup_sim::restricted::Manner;
use std::collections::BTreeMap;

fn new_table(all: &Compared<'_>, about: &str) -> Table {
    let metadata = vec![
        ("about", about.to_owned()),
        ("first_world", all.worlds.names[0].clone()),
        ("identity", all.worlds.identity.clone()),
        ("scale", all.scale().to_string()),
        ("people", "synthetic; drawn from published tables".to_owned()),
    ];
    Table { metadata, columns: Vec::new() }
}

/// A place in the tables: all or one region, everybody or one stratum.
type Cut = (Option<usize>, Option<usize>);

/// Everybody everywhere, each region, each stratum, and each stratum of each region.
fn cuts(all: &Compared<'_>) -> Vec<Cut> {
    let regions = all.worlds.prepared[0].margins.regions.len();
    let strata = all.comparison.outcomes[0].strata.len();
    let some = |count: usize| std::iter::once(None).chain((0..count).map(Some));
    some(regions).flat_map(|region| some(strata).map(move |stratum| (region, stratum))).collect()
}

/// The columns that name world, region and stratum of each row.
fn name_rows(all: &Compared<'_>, table: &mut Table, rows: &[(usize, Cut)]) {
    let worlds = rows.iter().map(|(world, _)| all.worlds.names[*world].clone()).collect();
    table.push("world", "word", "World that is held against the first.", Values::Text(worlds));
    let codes = region_codes(&all.worlds.prepared[0]);
    let region = |cut: &Cut| cut.0.map_or_else(|| ALL_REGIONS.to_owned(), |place| codes[place].clone());
    let regions = rows.iter().map(|(_, cut)| region(cut)).collect();
    table.push("region", "ISO 3166-2", "Region, or `all`.", Values::Text(regions));
    let strata = &all.comparison.outcomes[0].strata;
    let kinds = rows.iter().map(|(_, cut)| cut.1.map(|place| strata[place].kind.to_owned())).collect();
    table.push("stratum_kind", "word", "What the stratum is of; none for everybody.", Values::OptionalText(kinds));
    let names = rows.iter().map(|(_, cut)| cut.1.map(|place| strata[place].name.clone())).collect();
    table.push("stratum", "word", "Name of the stratum.", Values::OptionalText(names));
}

fn counts<R>(table: &mut Table, rows: &[R], name: &str, unit: &str, definition: &str, count: impl Fn(&R) -> u64) {
    table.push(name, unit, definition, Values::Counts(rows.iter().map(count).collect()));
}

fn words<R>(table: &mut Table, rows: &[R], name: &str, definition: &str, word: impl Fn(&R) -> String) {
    table.push(name, "word", definition, Values::Text(rows.iter().map(word).collect()));
}

fn some_words<R>(table: &mut Table, rows: &[R], name: &str, definition: &str, word: impl Fn(&R) -> Option<String>) {
    table.push(name, "word", definition, Values::OptionalText(rows.iter().map(word).collect()));
}

/// `persons.parquet`: of how many persons something is true in both worlds, in one alone, in neither.
pub(super) fn persons(all: &Compared<'_>) -> Table {
    let quantities = Quantity::all();
    let mut rows = Vec::new();
    for (world, pair) in all.others() {
        for (place, quantity) in quantities.iter().enumerate() {
            for cut in cuts(all) {
                let cell = all.comparison.pairs[pair].persons.cell(place, cut.0, cut.1);
                if cell.both + cell.first_only + cell.other_only > 0 {
                    rows.push(((world, cut), quantity.name, cell));
                }
            }
        }
    }
    let mut table = new_table(
        all,
        "Persons by what is true of them in two worlds; where nobody is counted in either there is no row.",
    );
    name_rows(all, &mut table, &rows.iter().map(|row| row.0).collect::<Vec<_>>());
    words(&mut table, &rows, "quantity", "What is true of the person by the end of the run.", |row| row.1.to_owned());
    counts(&mut table, &rows, "both", "persons", "Of whom it is true in both worlds.", |row| row.2.both);
    counts(&mut table, &rows, "first_only", "persons", "Of whom it is true in the first world alone.", |row| {
        row.2.first_only
    });
    counts(&mut table, &rows, "other_only", "persons", "Of whom it is true in the other world alone.", |row| {
        row.2.other_only
    });
    counts(&mut table, &rows, "neither", "persons", "Of whom it is true in neither.", |row| row.2.neither);
    table
}

/// `days.parquet`: days of restriction gained and lost.
pub(super) fn days(all: &Compared<'_>) -> Table {
    let mut rows = Vec::new();
    for (world, pair) in all.others() {
        for manner in Manner::ALL {
            for cut in cuts(all) {
                let cell = all.comparison.pairs[pair].days.cell(manner, cut.0, cut.1);
                if cell.days_first + cell.days_other > 0 {
                    rows.push(((world, cut), manner, cell));
                }
            }
        }
    }
    let mut table = new_table(
        all,
        "Days of restriction in two worlds, and who bears more or fewer; where there are none there is no row.",
    );
    name_rows(all, &mut table, &rows.iter().map(|row| row.0).collect::<Vec<_>>());
    words(&mut table, &rows, "manner", "In which manner persons are restricted.", |row| row.1.word().to_owned());
    counts(&mut table, &rows, "days_first", "person-days", "Days in the first world.", |row| row.2.days_first);
    counts(&mut table, &rows, "days_other", "person-days", "Days in the other world.", |row| row.2.days_other);
    counts(&mut table, &rows, "persons_fewer", "persons", "Persons with fewer days in the other world.", |row| {
        row.2.persons_fewer
    });
    counts(&mut table, &rows, "days_fewer", "person-days", "Days that they are spared.", |row| row.2.days_fewer);
    counts(&mut table, &rows, "persons_more", "persons", "Persons with more days in the other world.", |row| {
        row.2.persons_more
    });
    counts(&mut table, &rows, "days_more", "person-days", "Days that they bear.", |row| row.2.days_more);
    table
}

/// `became.parquet`: what is true under the other law of those of whom something is true under the first.
pub(super) fn became(all: &Compared<'_>) -> Table {
    let marks = || mark::NAMED.iter().map(|(_, name, _)| *name).enumerate();
    let mut rows = Vec::new();
    for (world, pair) in all.others() {
        for (first, of) in marks() {
            for (other, became) in marks() {
                let persons = all.comparison.pairs[pair].persons.also(first, other);
                if persons > 0 {
                    rows.push((all.worlds.names[world].clone(), of, became, persons));
                }
            }
        }
    }
    let mut table = new_table(all, "Persons of whom one thing is true in the first world and another in the other.");
    words(&mut table, &rows, "world", "World that is held against the first.", |row| row.0.clone());
    words(&mut table, &rows, "in_first", "What is true in the first world.", |row| row.1.to_owned());
    words(&mut table, &rows, "in_other", "What is true in the other.", |row| row.2.to_owned());
    counts(&mut table, &rows, "persons", "persons", "Of whom both are true.", |row| row.3);
    table
}

/// `weekly.parquet`: the indicators of every week in every world, one after the other.
pub(super) fn weekly(all: &Compared<'_>) -> Table {
    let of_world = |world: usize| {
        all.comparison.outcomes[world].weekly.iter().filter(|row| row.stratum.is_none()).map(move |row| (world, row))
    };
    let rows: Vec<(usize, &IndicatorRow)> = (0..all.worlds.names.len()).flat_map(of_world).collect();
    let prepared = &all.worlds.prepared[0];
    let codes = region_codes(prepared);
    let mut table = new_table(all, "Indicators of each week by region, a row a world.");
    words(&mut table, &rows, "world", "World.", |row| all.worlds.names[row.0].clone());
    let days = rows.iter().map(|(_, row)| row.day.map(|day| day_of(prepared, day))).collect();
    table.push("week_ends", "civil day", "Last day of the week.", Values::OptionalDays(days));
    words(&mut table, &rows, "region", "Region, or `all`.", |(_, row)| {
        row.region.map_or_else(|| ALL_REGIONS.to_owned(), |place| codes[usize::from(place)].clone())
    });
    words(&mut table, &rows, "indicator", "Indicator.", |(_, row)| row.name.to_owned());
    some_words(&mut table, &rows, "measure", "Kind of measure, if it is of one.", |(_, row)| {
        row.measure.map(|kind| kind.word().to_owned())
    });
    counts(&mut table, &rows, "value", "as the indicator says", "The count.", |(_, row)| row.value);
    let of = rows.iter().map(|(_, row)| row.of).collect();
    table.push("of", "as the indicator says", "The count that it is a part of.", Values::OptionalCounts(of));
    table
}

/// Words for many rows, each kept once.
struct Words<K> {
    places: BTreeMap<K, u16>,
    words: Vec<String>,
}

impl<K: Ord> Words<K> {
    fn new() -> Words<K> {
        Words { places: BTreeMap::new(), words: Vec::new() }
    }

    /// Place of the word for this, which is made when it is asked for the first time; there are far fewer than places.
    fn place(&mut self, of: K, word: impl FnOnce(&K) -> String) -> u16 {
        let next = self.words.len() as u16;
        *self.places.entry(of).or_insert_with_key(|of| {
            self.words.push(word(of));
            next
        })
    }

    fn column(self, places: Vec<Option<u16>>) -> Values {
        Values::Listed { words: self.words, places }
    }
}

/// `lives.parquet`: everybody whose life parts, and the first thing in which it does.
pub(super) fn lives(all: &Compared<'_>) -> Table {
    let of_pair =
        |(world, pair): (usize, usize)| all.comparison.pairs[pair].diverged.iter().map(move |one| (world, one));
    let rows: Vec<(usize, &Divergence)> = all.others().flat_map(of_pair).collect();
    let prepared = &all.worlds.prepared;
    let about = "Synthetic persons whose life in a world parts from that in the first, and where it does.";
    let mut table = new_table(all, about);
    let worlds = rows.iter().map(|row| Some(row.0 as u16)).collect();
    let names = Values::Listed { words: all.worlds.names.clone(), places: worlds };
    table.push("world", "word", "World that is held against the first.", names);
    let person = "Code of the region, year of birth and serial of a synthetic person.";
    words(&mut table, &rows, "person", person, |row| person_name(row.1.person));
    let regions = rows.iter().map(|row| Some(row.1.region)).collect();
    let codes = Values::Listed { words: region_codes(&prepared[0]), places: regions };
    table.push("region", "ISO 3166-2", "Region.", codes);
    let days = rows.iter().map(|(_, one)| day_of(&prepared[0], one.day)).collect();
    table.push("date", "civil day", "Day on which the lives part.", Values::Days(days));
    for side in [Side::First, Side::Other] {
        push_side(all, &mut table, &rows, side);
    }
    let marks: [Mark; 2] = [
        (
            super::ONLY[0],
            "What was true of him by the end in the first world and not in the other: quantities, apart by blanks.",
            |one| one.only_first,
        ),
        (super::ONLY[1], "What was true of him by the end in the other world and not in the first.", |one| {
            one.only_other
        }),
    ];
    for (name, definition, of) in marks {
        let mut known = Words::new();
        let places = rows.iter().map(|row| Some(known.place(of(row.1), |marks| marked(*marks)))).collect();
        table.push(name, "words", definition, known.column(places));
    }
    table
}

/// Name, definition and marks of a column.
type Mark = (&'static str, &'static str, fn(&Divergence) -> u32);

/// The names of marks, apart by blanks.
fn marked(marks: u32) -> String {
    let named = mark::NAMED.iter().filter(|(mark, ..)| marks & mark != 0);
    named.map(|(_, name, _)| *name).collect::<Vec<_>>().join(" ")
}

/// What is said of a cause in one column.
type Part = fn(Caused) -> Option<String>;

/// What happens on one side, and why.
fn push_side(all: &Compared<'_>, table: &mut Table, rows: &[(usize, &Divergence)], side: Side) {
    let found = |row: &(usize, &Divergence)| match side {
        Side::First => row.1.first.map(|found| (0, found)),
        Side::Other => row.1.other.map(|found| (row.0, found)),
    };
    let mut what = Words::new();
    let places = rows.iter().map(|row| {
        found(row)
            .map(|(_, (happening, _))| what.place((happening.what, happening.detail), |_| causes::words(&happening)))
    });
    let places = places.collect();
    let definition = "What happens in that world and not in the other.";
    table.push(&format!("{}_what", side.word()), "word", definition, what.column(places));
    let parts: [(&str, &str, Part); 3] = [
        ("law", "Law that causes it.", |why| why.law),
        ("article", "Article that causes it.", |why| why.article),
        ("assumption", "Choice of the scenario that causes it.", |why| why.assumption),
    ];
    for (name, definition, part) in parts {
        let mut why = Words::new();
        let place = |row| {
            let (world, (_, cause)) = found(row)?;
            let place = why.place((world, cause), |(world, cause)| {
                part(causes::why(&all.worlds.prepared[*world], *cause)).unwrap_or_default()
            });
            Some(place)
        };
        let places: Vec<Option<u16>> = rows.iter().map(place).collect();
        let has_word = |place: &u16| !why.words[usize::from(*place)].is_empty();
        let places = places.into_iter().map(|place| place.filter(has_word)).collect();
        table.push(&format!("{}_{name}", side.word()), "word", definition, why.column(places));
    }
}

/// `clauses.parquet`: how many lives each article and each choice parts.
pub(super) fn clauses(all: &Compared<'_>) -> Table {
    let rows = causes::clauses(all);
    let mut table =
        new_table(all, "Articles and choices by which lives part; a life parts once, on one side or on both.");
    words(&mut table, &rows, "world", "World that is held against the first.", |row| row.world.clone());
    words(&mut table, &rows, "side", "In which of the two something happens.", |row| row.side.word().to_owned());
    some_words(&mut table, &rows, "law", "Law.", |row| row.law.clone());
    some_words(&mut table, &rows, "article", "Article.", |row| row.article.clone());
    some_words(&mut table, &rows, "assumption", "Choice of the scenario.", |row| row.assumption.clone());
    words(&mut table, &rows, "what", "What it most often does where lives part.", |row| row.what.clone());
    counts(&mut table, &rows, "persons", "persons", "Lives that part by it.", |row| row.persons);
    table
}

/// `steps.parquet`: from the first world to the other by the law itself, by places, by feedback.
pub(super) fn steps(all: &Compared<'_>) -> Table {
    let rows = steps_of(all);
    let mut table =
        new_table(all, "Where the differences of the nation come from; the steps add up to the whole difference.");
    words(&mut table, &rows, "quantity", "Quantity, or manner of restriction.", |row| row.name.clone());
    words(&mut table, &rows, "unit", "Unit.", |row| row.unit.clone());
    counts(&mut table, &rows, "first", "as `unit` says", "In the first world.", |row| row.first);
    let steps = [
        ("direct", "Because the law says otherwise of the person himself."),
        ("displacement", "Because others take or leave places."),
        ("feedback", "Because the nation divides decreed numbers otherwise."),
    ];
    for (place, (name, definition)) in steps.into_iter().enumerate() {
        let step = |row: &super::Step| [row.direct, row.displacement, row.feedback][place];
        let values = rows.iter().map(|row| Some(step(row) as f64)).collect();
        table.push(name, "as `unit` says", definition, Values::OptionalNumbers(values));
    }
    counts(&mut table, &rows, "other", "as `unit` says", "In the other world.", |row| row.other);
    table
}

/// `replicates.parquet`: the nation's counts of every replicate.
pub(super) fn replicates(all: &Compared<'_>) -> Table {
    let mut rows = Vec::new();
    for (number, replicate) in all.replicates.iter().enumerate() {
        for (world, pair) in all.others() {
            for (quantity, cell) in Quantity::all().into_iter().zip(&replicate.cells[pair]) {
                rows.push((number as u64, all.worlds.names[world].clone(), quantity.name, *cell));
            }
        }
    }
    let mut table = new_table(all, "Counts of the nation in each replicate; the first is that of all other tables.");
    counts(
        &mut table,
        &rows,
        "replicate",
        "number",
        "Number of the replicate; its seed is that of the run plus so many.",
        |row| row.0,
    );
    words(&mut table, &rows, "world", "World that is held against the first.", |row| row.1.clone());
    words(&mut table, &rows, "quantity", "What is true of the person by the end of the run.", |row| row.2.to_owned());
    counts(&mut table, &rows, "both", "persons", "Of whom it is true in both worlds.", |row| row.3.both);
    counts(&mut table, &rows, "first_only", "persons", "Of whom it is true in the first world alone.", |row| {
        row.3.first_only
    });
    counts(&mut table, &rows, "other_only", "persons", "Of whom it is true in the other world alone.", |row| {
        row.3.other_only
    });
    table
}
