//! The data of a comparison's page: what each world differs by, over time, by region and group; which clause did it; whose lives part.
//!
//! It is read off the comparison, as its tables are.

use super::regions;
use crate::output::comparison::{Compared, FIRST, clauses, figures, steps};
use crate::output::receipt::{FILE_NAME, inputs};
use crate::output::tables::{expanded, person_name, region_codes};
use crate::prepare::{law_names, short_name};
use callup_law::diff::diff;
use callup_sim::IndicatorRow;
use callup_sim::compare::diverge::Divergence;
use callup_sim::compare::paired::Quantity;
use callup_sim::district::mark;
use callup_sim::indicators::registry::INDICATORS;
use callup_sim::random::PersonId;
use callup_sim::restricted::Manner;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// Persons that the page names; all others are asked for.
const LIVES: usize = 60;

/// Clauses of one world that the page names; the table has all.
const CLAUSES: usize = 200;

/// The data.
#[must_use]
pub fn comparison(all: &Compared<'_>) -> Value {
    let first = &all.worlds.prepared[0];
    let scenario = &first.scenario;
    json!({
        "kind": "comparison",
        "id": format!("compare-{}", &all.worlds.identity[..8]),
        "identity": all.worlds.identity,
        "title": all.worlds.names.join(" against "),
        "version": env!("CARGO_PKG_VERSION"),
        "scenario": scenario.name,
        "start": scenario.start.to_string(),
        "length_days": scenario.days,
        "scale": scenario.scale,
        "seed": scenario.seed,
        "replicates": all.replicates.len(),
        "worlds": worlds(all),
        "regions": regions(first),
        "persons": figures(all),
        "days": days(all),
        "became": became(all),
        "weekly": weekly(all),
        "by_region": by_region(all),
        "by_group": by_group(all),
        "clauses": clauses_of(all),
        "steps": steps(all),
        "noise": noise(all),
        "diff": law_diff(all),
        "lives_sample": all.sample.iter().map(|person| person_name(*person)).collect::<Vec<_>>(),
        "lives": all.lives,
        "provenance": provenance(all),
    })
}

fn worlds(all: &Compared<'_>) -> Value {
    let line = |(place, name): (usize, &String)| {
        let prepared = &all.worlds.prepared[place];
        let parted = place.checked_sub(1).map_or(0, |pair| all.comparison.pairs[pair].diverged.len() as u64);
        json!({
            "name": name, "title": prepared.books.last().map(|book| &book.title), "scenario": prepared.scenario.name,
            "laws": law_names(prepared), "answers": prepared.scenario.answers,
            "lives_that_part": parted, "lives_that_part_expanded": expanded(parted, all.scale()),
        })
    };
    all.worlds.names.iter().enumerate().map(line).collect()
}

/// Person-days, as in the table; everybody everywhere.
fn days(all: &Compared<'_>) -> Value {
    let line = |(world, pair): (usize, usize)| {
        Manner::ALL.iter().map(move |manner| {
            let cell = all.comparison.pairs[pair].days.cell(*manner, None, None);
            json!({
                "world": all.worlds.names[world], "manner": manner.word(), "definition": manner.meaning(),
                "days_first": cell.days_first, "days_other": cell.days_other,
                "persons_fewer": cell.persons_fewer, "days_fewer": cell.days_fewer,
                "persons_more": cell.persons_more, "days_more": cell.days_more,
            })
        })
    };
    all.others().flat_map(line).collect()
}

/// What is true, in the other world, of those of whom something is true in the first.
fn became(all: &Compared<'_>) -> Value {
    let told = || mark::NAMED.iter().enumerate().filter(|(_, named)| FIRST.contains(&named.1));
    let mut rows = Vec::new();
    for (world, pair) in all.others() {
        for (from, (_, in_first, _)) in told() {
            for (to, (_, in_other, _)) in told() {
                let persons = all.comparison.pairs[pair].persons.also(from, to);
                if persons > 0 {
                    let world = &all.worlds.names[world];
                    rows.push(
                        json!({ "world": world, "in_first": in_first, "in_other": in_other, "persons": persons }),
                    );
                }
            }
        }
    }
    Value::Array(rows)
}

/// Name of an indicator, with the measure that it is of.
fn series_name(row: &IndicatorRow) -> String {
    row.measure.map_or_else(|| row.name.to_owned(), |measure| format!("{}.{}", row.name, measure.word()))
}

/// The weekly indicators of the nation in every world, at scale 1.
fn weekly(all: &Compared<'_>) -> Value {
    let worlds = all.worlds.names.len();
    let of_nation = |world: usize| {
        all.comparison.outcomes[world].weekly.iter().filter(|row| (row.region, row.stratum) == (None, None))
    };
    let mut days: Vec<u16> = (0..worlds).flat_map(of_nation).filter_map(|row| row.day).collect();
    days.sort_unstable();
    days.dedup();
    let mut series: BTreeMap<String, (&str, Vec<Vec<u64>>)> = BTreeMap::new();
    for world in 0..worlds {
        for row in of_nation(world) {
            let Some(week) = row.day.and_then(|day| days.binary_search(&day).ok()) else { continue };
            let own = series.entry(series_name(row)).or_insert_with(|| (row.name, vec![vec![0; days.len()]; worlds]));
            own.1[world][week] = expanded(row.value, all.scale());
        }
    }
    let start = all.worlds.prepared[0].scenario.start;
    let dates: Vec<String> = days.iter().map(|day| start.plus_days((*day).into()).to_string()).collect();
    let line = |(id, (name, values)): (&String, &(&str, Vec<Vec<u64>>))| {
        let about = INDICATORS.iter().find(|one| one.id == *name);
        let (unit, definition) = about.map_or(("", ""), |one| (one.unit, one.definition));
        json!({ "id": id, "unit": unit, "definition": definition, "worlds": values })
    };
    json!({ "dates": dates, "series": series.iter().map(line).collect::<Vec<_>>() })
}

/// A row for each place in which somebody fares otherwise, as in the table.
fn cuts(all: &Compared<'_>, places: usize, of: &dyn Fn(usize) -> (Option<usize>, Option<usize>, Value)) -> Value {
    let mut rows = Vec::new();
    for (world, pair) in all.others() {
        for (quantity, named) in Quantity::all().iter().enumerate() {
            for place in 0..places {
                let (region, stratum, mut row) = of(place);
                let cell = all.comparison.pairs[pair].persons.cell(quantity, region, stratum);
                if cell.first_only + cell.other_only == 0 {
                    continue;
                }
                row["world"] = json!(all.worlds.names[world]);
                row["quantity"] = json!(named.name);
                row["both"] = json!(cell.both);
                row["first_only"] = json!(cell.first_only);
                row["other_only"] = json!(cell.other_only);
                row["neither"] = json!(cell.neither);
                rows.push(row);
            }
        }
    }
    Value::Array(rows)
}

fn by_region(all: &Compared<'_>) -> Value {
    let codes = region_codes(&all.worlds.prepared[0]);
    cuts(all, codes.len(), &|place| (Some(place), None, json!({ "region": codes[place] })))
}

fn by_group(all: &Compared<'_>) -> Value {
    let strata = &all.comparison.outcomes[0].strata;
    let row = |place: usize| {
        let stratum = &strata[place];
        // The page calls a group by its kind and its name.
        (None, Some(place), json!({ "stratum_kind": stratum.kind, "stratum": stratum.name }))
    };
    cuts(all, strata.len(), &row)
}

fn clauses_of(all: &Compared<'_>) -> Value {
    let found = clauses(all);
    let of = |world: usize| {
        let own = found.iter().filter(move |one| one.world == all.worlds.names[world]).take(CLAUSES);
        own.map(|one| json!(one)).collect::<Vec<_>>()
    };
    all.others().flat_map(|(world, _)| of(world)).collect()
}

fn noise(all: &Compared<'_>) -> Value {
    let text = if all.replicates.len() > 1 {
        "The difference is the mean over the replicates; within noise is one of less than two standard errors."
    } else {
        "Of one pair of runs the noise is judged by those who differ: within noise is a difference of less than twice the square root of their number. More replicates say more."
    };
    json!({ "text": text, "replicates": all.replicates.len() })
}

/// What the law that is in force last says otherwise than that of the first world; none where they are one, or cannot be told side by side.
fn law_diff(all: &Compared<'_>) -> Value {
    let last = |place: usize| all.worlds.prepared[place].books.last();
    let (Some(first), Some(other)) = (last(0), last(1)) else { return Value::Null };
    if first == other { Value::Null } else { diff(first, other).map_or(Value::Null, |diff| json!(diff)) }
}

/// Persons of each world whose life parts, by lot: first of those who were restricted on a notice that they did not know of, in one world alone.
#[must_use]
pub fn sampled(all: &Compared<'_>) -> Vec<PersonId> {
    let unseen = mark::NAMED.iter().find(|(_, name, _)| *name == "restricted_unseen").map_or(0, |named| named.0);
    let others = all.others().count().max(1);
    let seed = all.worlds.prepared[0].scenario.seed;
    let of_pair = |(_, pair): (usize, usize)| {
        let parted = &all.comparison.pairs[pair].diverged;
        let is_telling = |one: &Divergence| (one.only_first | one.only_other) & unseen != 0;
        let (telling, rest): (Vec<&Divergence>, Vec<&Divergence>) = parted.iter().partition(|one| is_telling(one));
        let drawn = [telling, rest].map(|some| by_lot(seed, some.iter().map(|one| one.person).collect()));
        drawn.into_iter().flatten().take(LIVES.div_ceil(others)).collect::<Vec<_>>()
    };
    // Those of the worlds in turn, so that the first ones are of all.
    let of_pairs: Vec<Vec<PersonId>> = all.others().map(of_pair).collect();
    let mut list: Vec<PersonId> = Vec::new();
    for place in 0..LIVES {
        for person in of_pairs.iter().filter_map(|persons| persons.get(place)) {
            if !list.contains(person) {
                list.push(*person);
            }
        }
    }
    list
}

/// In the order of a lot that follows from the seed and the person alone; as many as the page could name.
fn by_lot(seed: u64, persons: Vec<PersonId>) -> Vec<PersonId> {
    let lot = |person: &PersonId| {
        let digest = Sha256::digest(format!("{seed} {}", person_name(*person)));
        u64::from_be_bytes(*digest.first_chunk().expect("a SHA-256 has 32 bytes"))
    };
    let mut drawn: Vec<(u64, PersonId)> = persons.into_iter().map(|person| (lot(&person), person)).collect();
    if drawn.len() > LIVES {
        drawn.select_nth_unstable(LIVES);
        drawn.truncate(LIVES);
    }
    drawn.sort_unstable();
    drawn.into_iter().map(|(_, person)| person).collect()
}

fn provenance(all: &Compared<'_>) -> Value {
    let asked = &all.worlds.asked;
    let scenario = &all.worlds.prepared[0].scenario;
    let mut command = format!("callup compare {}", asked.worlds.join(" "));
    command += &format!(
        " --scenario {} --scale {} --seed {} --days {} --replicates {}",
        short_name(&asked.scenario),
        scenario.scale,
        scenario.seed,
        scenario.days,
        asked.replicates
    );
    if let Some(from) = &asked.from {
        command += &format!(" --from {from}");
    }
    for (switch, answer) in &asked.answers {
        command += &format!(" --answer {switch}={answer}");
    }
    if asked.attribute {
        command += " --attribute";
    }
    let files: Value = all
        .worlds
        .prepared
        .iter()
        .flat_map(inputs)
        .map(|input| json!({ "path": input.name, "bytes": input.bytes, "sha256": input.sha256 }))
        .collect();
    json!({ "command": command, "inputs": files, "receipt": FILE_NAME, "sources": crate::SOURCES_SHA256 })
}

#[cfg(test)]
mod tests {
    use super::{LIVES, by_lot};
    use callup_sim::random::PersonId;

    #[test]
    fn a_lot_knows_the_seed_and_the_person_and_no_order() {
        let persons: Vec<PersonId> = (0..500).map(|serial| PersonId::new(45, 1999, serial)).collect();
        let drawn = by_lot(7, persons.clone());
        assert_eq!(drawn.len(), LIVES);
        assert_eq!(by_lot(7, persons.iter().rev().copied().collect()), drawn);
        assert_ne!(by_lot(8, persons.clone()), drawn);
        // Who is drawn of all is drawn, in the same order, of those drawn.
        assert_eq!(by_lot(7, drawn.clone()), drawn);
        assert_eq!(by_lot(7, persons[..3].to_vec()).len(), 3);
    }
}
