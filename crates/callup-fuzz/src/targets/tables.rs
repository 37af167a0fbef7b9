//! Population tables: read with their sources, and people laid out by whatever is let through.

use super::assert_sound;
use crate::pack;
use crate::shipped::DATA;
use callup::data::sha256_hex;
use callup::input::tables::read_tables;
use callup_law::diagnostic::Source;
use callup_sim::margins::Margins;
use callup_sim::synthesize::{SynthesisPlan, lay_out};

/// People for each real one in the layouts made here. Nobody is drawn, so that all of them take milliseconds too.
const SCALES: [f64; 2] = [1e-5, 1.0];

/// Any texts as the tables of a country. A table that is not among them is the shipped one; the digests in `SOURCES.toml` are
/// mended, or no changed table would ever be looked at.
pub fn tables(data: &[u8]) {
    let Some(texts) = pack::texts(data) else { return };
    let given = |name: &str| -> Option<Source> {
        let file = name.rsplit('/').next().unwrap_or(name);
        let own = texts.iter().find(|source| source.name == file);
        own.map(|source| Source { name: name.to_owned(), text: source.text.clone() }).or_else(|| DATA.peek(name).ok())
    };
    let text_of = |name: &str| {
        let mut source = given(name)?;
        if name.ends_with("SOURCES.toml") {
            source.text = mended(source.text, &given);
        }
        Some(source)
    };
    for year in [2023, 0, u16::MAX] {
        let read = read_tables("ru", year, &text_of);
        assert_sound(&read.findings, &read.sources);
        assert_eq!(read.margins.is_none(), !read.findings.is_empty(), "margins without a finding, none with one");
        let _ = read.tables.nearest_reference_year(year);
        for (margins, scale) in read.margins.iter().flat_map(|margins| SCALES.map(|scale| (margins, scale))) {
            lay(margins, scale);
        }
    }
}

fn lay(margins: &Margins, scale: f64) {
    let plan = SynthesisPlan { scale, inhabitants_per_district: 89_000.0, seed: 1 };
    if let Ok((layout, report)) = lay_out(margins, plan) {
        assert_eq!(layout.len(), report.synthesised_men, "the report counts the men of the layout");
        assert_eq!(layout.regions().len(), margins.regions.len(), "every region is laid out");
        assert!(report.fitted_men.is_finite(), "men are counted by a number");
    }
}

/// The digests of the shipped tables replaced by those of the texts that stand in for them.
fn mended(sources: String, given: &dyn Fn(&str) -> Option<Source>) -> String {
    let names = DATA.list("tables/ru", ".csv").expect("embedded data can be listed");
    names.iter().fold(sources, |text, name| {
        let old = DATA.peek(name).expect("it was listed");
        let new = given(name).expect("there is at least the shipped one");
        text.replace(&sha256_hex(old.text.as_bytes()), &sha256_hex(new.text.as_bytes()))
    })
}
