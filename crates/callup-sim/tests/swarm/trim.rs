//! What is left out of a world to make it smaller: fewer days, fewer people, or a part of the scenario gone. Written as one word.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// What is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trim {
    /// Most days.
    pub days: Option<u16>,
    /// Most people in each birth year of a district.
    pub each: Option<u32>,
    /// Most birth years.
    pub years: Option<usize>,
    /// Most regions.
    pub regions: Option<usize>,
    /// Most laws.
    pub laws: Option<usize>,
    /// Parts of the scenario that are gone or plain.
    pub without: BTreeSet<String>,
}

impl Trim {
    /// Whether a part is gone.
    pub fn drops(&self, part: &str) -> bool {
        self.without.contains(part)
    }
}

impl fmt::Display for Trim {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let numbers = [
            ("days", self.days.map(u64::from)),
            ("each", self.each.map(u64::from)),
            ("years", self.years.map(|years| years as u64)),
            ("regions", self.regions.map(|regions| regions as u64)),
            ("laws", self.laws.map(|laws| laws as u64)),
        ];
        let numbers = numbers.into_iter().filter_map(|(name, most)| most.map(|most| format!("{name}={most}")));
        let words: Vec<String> = numbers.chain(self.without.iter().cloned()).collect();
        out.write_str(&words.join(","))
    }
}

impl FromStr for Trim {
    type Err = String;

    fn from_str(text: &str) -> Result<Trim, String> {
        let mut trim = Trim::default();
        for word in text.split(',').filter(|word| !word.is_empty()) {
            let Some((name, most)) = word.split_once('=') else {
                trim.without.insert(word.to_owned());
                continue;
            };
            let most: u16 = most.parse().map_err(|_| format!("--trim: `{word}` has no number"))?;
            match name {
                "days" => trim.days = Some(most),
                "each" => trim.each = Some(most.into()),
                "years" => trim.years = Some(most.into()),
                "regions" => trim.regions = Some(most.into()),
                "laws" => trim.laws = Some(most.into()),
                _ => return Err(format!("--trim: there is no `{name}`")),
            }
        }
        Ok(trim)
    }
}
