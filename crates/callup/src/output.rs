//! What a run leaves behind: Parquet tables, a report for people, and a receipt. Each file is made from the outcome alone.

pub mod chart;
pub mod comparison;
pub mod coverage;
pub mod difference;
pub mod environment;
pub mod headline;
pub mod ledgers;
pub mod long;
pub mod page;
pub mod page_data;
pub mod quotas;
pub mod receipt;
pub mod replicates;
pub mod report;
pub mod series;
pub mod sums;
pub mod table;
pub mod tables;
pub mod words;

use crate::prepare::Prepared;
use callup_sim::Outcome;
use callup_sim::synthesize::FitReport;
use headline::HeadlineLine;
use replicates::Replicates;

/// All that the files of a run are made from.
#[derive(Clone, Copy, Debug)]
pub struct Made<'m> {
    /// What was run.
    pub prepared: &'m Prepared,
    /// How well the people fit the tables.
    pub fit: &'m FitReport,
    /// What came of it.
    pub outcome: &'m Outcome,
    /// The twelve lines.
    pub headline: &'m [HeadlineLine],
    /// The same with other chance.
    pub replicates: &'m Replicates,
}

/// A file of a run folder, when there is one, and how its bytes are made. None of them knows a clock or the number of threads.
#[derive(Clone, Copy, Debug)]
pub struct FileMaker {
    /// Name.
    pub name: &'static str,
    /// Whether this run has it.
    pub is_wanted: fn(Made<'_>) -> bool,
    /// Makes the bytes.
    pub make: fn(Made<'_>) -> Vec<u8>,
}

impl FileMaker {
    /// A file that every run has.
    const fn always(name: &'static str, make: fn(Made<'_>) -> Vec<u8>) -> FileMaker {
        FileMaker { name, is_wanted: |_| true, make }
    }
}

/// Every file of a run but the receipt, in the order in which they are written.
pub const FILES: [FileMaker; 9] = [
    FileMaker::always("daily.parquet", |made| tables::daily(made.prepared, made.outcome).to_parquet()),
    FileMaker::always("indicators.parquet", |made| long::indicators(made.prepared, made.outcome).to_parquet()),
    FileMaker::always("histories.parquet", |made| tables::histories(made.prepared, made.outcome).to_parquet()),
    FileMaker::always(coverage::FILE_NAME, |made| coverage::table(made.prepared, made.outcome).to_parquet()),
    FileMaker::always(environment::FILE_NAME, |made| environment::to_parquet(made.prepared, made.outcome)),
    FileMaker::always(ledgers::FILE_NAME, |made| ledgers::table(made.prepared, made.outcome).to_parquet()),
    FileMaker::always(quotas::FILE_NAME, |made| quotas::table(made.prepared, made.outcome).to_parquet()),
    FileMaker {
        name: replicates::FILE_NAME,
        is_wanted: |made| made.replicates.several().is_some(),
        make: |made| replicates::table(made).to_parquet(),
    },
    FileMaker::always("report.html", report::report),
];
