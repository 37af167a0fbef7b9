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

/// A file of a run folder and how its bytes are made. None of them knows a clock or the number of threads.
#[derive(Clone, Copy, Debug)]
pub struct FileMaker {
    /// Name.
    pub name: &'static str,
    /// Makes the bytes.
    pub make: fn(&Prepared, &FitReport, &Outcome, &[HeadlineLine]) -> Vec<u8>,
}

/// Every file of a run but the receipt, in the order in which they are written.
pub const FILES: [FileMaker; 8] = [
    FileMaker { name: "daily.parquet", make: |prepared, _, outcome, _| tables::daily(prepared, outcome).to_parquet() },
    FileMaker {
        name: "indicators.parquet",
        make: |prepared, _, outcome, _| long::indicators(prepared, outcome).to_parquet(),
    },
    FileMaker {
        name: "histories.parquet",
        make: |prepared, _, outcome, _| tables::histories(prepared, outcome).to_parquet(),
    },
    FileMaker {
        name: coverage::FILE_NAME,
        make: |prepared, _, outcome, _| coverage::table(prepared, outcome).to_parquet(),
    },
    FileMaker {
        name: environment::FILE_NAME,
        make: |prepared, _, outcome, _| environment::to_parquet(prepared, outcome),
    },
    FileMaker {
        name: ledgers::FILE_NAME,
        make: |prepared, _, outcome, _| ledgers::table(prepared, outcome).to_parquet(),
    },
    FileMaker {
        name: quotas::FILE_NAME,
        make: |prepared, _, outcome, _| quotas::table(prepared, outcome).to_parquet(),
    },
    FileMaker { name: "report.html", make: report::report },
];
