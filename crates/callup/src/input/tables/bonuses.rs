//! The table of bonuses paid on contracts, `contract_bonuses.csv`: by region and date, where a country has it.

use super::{Reader, Row, Sheet};
use callup_law::calendar::Day;
use callup_sim::scenario::contract::{Bonus, BonusKind};

/// File of the table; a country may have none.
pub const BONUSES: &str = "contract_bonuses.csv";
/// Its columns.
pub(super) const COLUMNS: [&str; 5] = ["iso_code", "from", "kind", "roubles", "confidence"];

impl Reader {
    /// The rows that could be read.
    pub(super) fn bonuses(&mut self, sheet: &Sheet) -> Vec<Bonus> {
        let mut bonuses = Vec::new();
        for (span, record) in &sheet.rows {
            let mut row = Row { reader: self, header: &sheet.header, span: *span, record };
            row.confidence();
            bonuses.extend(row.bonus());
        }
        bonuses
    }
}

impl Row<'_> {
    fn bonus(&mut self) -> Option<Bonus> {
        let (from, roubles) = (self.day("from"), self.number("roubles"));
        let kind = match self.text("kind")?.as_str() {
            "federal" => Some(BonusKind::Federal),
            "average" => Some(BonusKind::Average),
            "regional" => Some(BonusKind::Regional),
            other => {
                self.refuse("kind", other, "`federal`, `average` or `regional`");
                None
            }
        };
        Some(Bonus { kind: kind?, region: self.text("iso_code")?, from: from?, roubles: roubles? })
    }

    fn day(&mut self, column: &str) -> Option<Day> {
        let cell = self.text(column)?;
        let day = Day::try_from(cell.clone()).ok();
        if day.is_none() {
            self.refuse(column, &cell, "a date such as 2023-04-14");
        }
        day
    }
}
