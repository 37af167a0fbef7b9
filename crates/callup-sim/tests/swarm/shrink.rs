//! A smaller world that fails in the same way: one part after another is left out and stays out if the failure stays.

use crate::further;
use crate::judge::judge;
use crate::trim::Trim;
use crate::world::PARTS;

/// The smallest world found, and how it fails.
pub fn smaller(seed: u64, trim: &Trim, why: &str) -> (Trim, String) {
    let (mut best, mut told) = (trim.clone(), why.to_owned());
    loop {
        let before = best.clone();
        for candidate in candidates(&best) {
            if let Err(other) = judge(seed, &candidate)
                && kind(&other) == kind(why)
            {
                (best, told) = (candidate, other);
            }
        }
        if best == before {
            return (best, told);
        }
    }
}

/// A failure without its numbers: the same assertion for another day or man is the same failure.
fn kind(why: &str) -> String {
    why.lines().next().unwrap_or_default().chars().filter(|letter| !letter.is_ascii_digit()).take(60).collect()
}

fn candidates(trim: &Trim) -> Vec<Trim> {
    let mut list = Vec::new();
    let with = |change: &dyn Fn(&mut Trim)| {
        let mut changed = trim.clone();
        change(&mut changed);
        changed
    };
    let fewer = |now: Option<u64>, most: u64| -> Vec<u64> {
        let now = now.unwrap_or(most);
        [now / 2, now * 3 / 4, now.saturating_sub(1)].into_iter().filter(|less| *less < now && *less > 0).collect()
    };
    for part in PARTS.iter().chain(further::PARTS).filter(|part| !trim.drops(part)) {
        let gone = || std::iter::once((*part).to_owned());
        list.push(with(&|trim| trim.without.extend(gone())));
    }
    for less in fewer(trim.laws.map(|laws| laws as u64), 4) {
        list.push(with(&|trim| trim.laws = Some(less as usize)));
    }
    for less in fewer(trim.regions.map(|regions| regions as u64), 5) {
        list.push(with(&|trim| trim.regions = Some(less as usize)));
    }
    for less in fewer(trim.days.map(u64::from), 731) {
        list.push(with(&|trim| trim.days = Some(less as u16)));
    }
    for less in fewer(trim.each.map(u64::from), 5) {
        list.push(with(&|trim| trim.each = Some(less as u32)));
    }
    for less in fewer(trim.years.map(|years| years as u64), 49) {
        list.push(with(&|trim| trim.years = Some(less as usize)));
    }
    list
}
