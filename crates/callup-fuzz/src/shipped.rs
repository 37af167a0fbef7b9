//! The shipped laws, scenarios, tables and figures, read once: what hostile input is laid beside.

use callup::data::Data;
use callup::input::tables::{read_tables, region_codes};
use callup_law::compile;
use callup_law::diagnostic::Source;
use callup_law::rulebook::Rulebook;
use std::sync::LazyLock;

/// The data of the repository as the program carries it.
pub static DATA: LazyLock<Data> = LazyLock::new(Data::embedded);

/// The shipped laws, in the order of their names.
pub static BOOKS: LazyLock<Vec<Rulebook>> = LazyLock::new(|| {
    let compiled = compile(&files("laws", ".law.md"));
    assert!(!compiled.rulebooks.is_empty(), "the shipped laws compile");
    compiled.rulebooks
});

/// ISO codes of the regions of the shipped tables.
pub static REGIONS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let read = read_tables("ru", 2023, &|name| DATA.peek(name).ok());
    region_codes(&read.tables)
});

/// Every shipped file under a folder whose name ends so, with its text.
#[must_use]
pub fn files(under: &str, ending: &str) -> Vec<Source> {
    let names = DATA.list(under, ending).expect("embedded data can be listed");
    names.iter().map(|name| DATA.peek(name).expect("it was listed")).collect()
}
