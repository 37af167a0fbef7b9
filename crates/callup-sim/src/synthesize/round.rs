//! Controlled rounding: a table of real numbers to whole ones, with given whole totals of rows and columns.
//!
//! Each cell goes to a neighbouring whole number. Which of them go up is a flow from rows to columns, found by augmenting paths, so totals that can
//! both hold do hold. This file knows nothing of people.

use std::collections::VecDeque;

/// A rounded table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rounded {
    /// Whole numbers, as the table.
    pub counts: Vec<Vec<u32>>,
    /// Cells that had to leave their two neighbouring whole numbers.
    pub cells_moved_further: u32,
    /// Units by which totals of rows still fall short (and columns likewise).
    pub missing: u32,
}

/// Whole numbers near these with this sum: all are rounded down, then the largest remainders go up (the first of equals first).
///
/// If the sum is out of reach (it differs from that of the numbers by their count or more) it is met as nearly as adding one to each allows.
#[must_use]
pub fn apportion(numbers: &[f64], sum: u32) -> Vec<u32> {
    let mut whole: Vec<u32> = numbers.iter().map(|number| *number as u32).collect();
    let given: u32 = whole.iter().sum();
    let mut order: Vec<usize> = (0..numbers.len()).collect();
    let remainder = |at: usize| numbers[at] - f64::from(numbers[at] as u32);
    order.sort_by(|&one, &other| remainder(other).total_cmp(&remainder(one)).then(one.cmp(&other)));
    order.iter().take(sum.saturating_sub(given) as usize).for_each(|&at| whole[at] += 1);
    whole
}

/// Rounds a table to these totals of rows and columns, which must have the same sum.
#[must_use]
pub fn round_table(cells: &[Vec<f64>], rows: &[u32], columns: &[u32]) -> Rounded {
    let mut flow = Flow::start(cells, rows, columns);
    flow.fill_greedily(cells);
    flow.augment();
    let cells_moved_further = flow.force();
    let missing = flow.need_row.iter().sum();
    Rounded { counts: flow.counts, cells_moved_further, missing }
}

/// Units still to place, and where they may go.
struct Flow {
    counts: Vec<Vec<u32>>,
    /// Whether a cell has been rounded up. A whole cell (remainder 0) may not be, except by force.
    up: Vec<Vec<bool>>,
    may_go_up: Vec<Vec<bool>>,
    need_row: Vec<u32>,
    need_column: Vec<u32>,
}

impl Flow {
    fn start(cells: &[Vec<f64>], rows: &[u32], columns: &[u32]) -> Flow {
        let counts: Vec<Vec<u32>> = cells.iter().map(|row| row.iter().map(|cell| *cell as u32).collect()).collect();
        let up = counts.iter().map(|row| vec![false; row.len()]).collect();
        let may_go_up =
            cells.iter().map(|row| row.iter().map(|cell| *cell > f64::from(*cell as u32)).collect()).collect();
        let need_row = counts.iter().zip(rows).map(|(row, &total)| total.saturating_sub(row.iter().sum())).collect();
        let in_column = |column: usize| counts.iter().map(|row| row[column]).sum::<u32>();
        let need_column = columns.iter().enumerate().map(|(at, &total)| total.saturating_sub(in_column(at))).collect();
        Flow { counts, up, may_go_up, need_row, need_column }
    }

    /// Largest remainders first, as far as both totals have room.
    fn fill_greedily(&mut self, cells: &[Vec<f64>]) {
        let mut order: Vec<(f64, usize, usize)> = Vec::new();
        for (row, numbers) in cells.iter().enumerate() {
            order
                .extend(numbers.iter().enumerate().map(|(column, cell)| (cell - f64::from(*cell as u32), row, column)));
        }
        order.sort_by(|one, other| other.0.total_cmp(&one.0).then((one.1, one.2).cmp(&(other.1, other.2))));
        for (_, row, column) in order {
            if self.may_go_up[row][column] && self.need_row[row] > 0 && self.need_column[column] > 0 {
                self.place(row, column);
                self.need_row[row] -= 1;
                self.need_column[column] -= 1;
            }
        }
    }

    fn place(&mut self, row: usize, column: usize) {
        self.up[row][column] = true;
        self.counts[row][column] += 1;
    }

    fn take_back(&mut self, row: usize, column: usize) {
        self.up[row][column] = false;
        self.counts[row][column] -= 1;
    }

    /// Moves units along paths row, column, row, ... until no row in need can reach a column in need.
    fn augment(&mut self) {
        while let Some(path) = self.path() {
            let last = path.len() - 1;
            self.need_row[path[0].0] -= 1;
            self.need_column[path[last].1] -= 1;
            for (step, &(row, column)) in path.iter().enumerate() {
                if step > 0 {
                    self.take_back(row, path[step - 1].1);
                }
                self.place(row, column);
            }
        }
    }

    /// Shortest path from a row in need to a column in need: each step rounds (row, column) up, the next row gives up the column of the step before.
    fn path(&self) -> Option<Vec<(usize, usize)>> {
        let mut row_from: Vec<Option<usize>> = vec![None; self.need_row.len()];
        let mut column_from: Vec<Option<usize>> = vec![None; self.need_column.len()];
        let mut queue: VecDeque<usize> = (0..self.need_row.len()).filter(|&row| self.need_row[row] > 0).collect();
        let mut seen: Vec<bool> = self.need_row.iter().map(|need| *need > 0).collect();
        while let Some(row) = queue.pop_front() {
            for column in 0..self.need_column.len() {
                if column_from[column].is_some() || self.up[row][column] || !self.may_go_up[row][column] {
                    continue;
                }
                column_from[column] = Some(row);
                if self.need_column[column] > 0 {
                    return Some(trace(column, &row_from, &column_from));
                }
                for next in (0..seen.len()).filter(|&next| self.up[next][column]) {
                    if !std::mem::replace(&mut seen[next], true) {
                        row_from[next] = Some(column);
                        queue.push_back(next);
                    }
                }
            }
        }
        None
    }

    /// What no path can place goes wherever row and column both still need it. Returns how many cells that moved.
    fn force(&mut self) -> u32 {
        let mut moved = 0;
        for row in 0..self.need_row.len() {
            for column in 0..self.need_column.len() {
                let units = self.need_row[row].min(self.need_column[column]);
                self.counts[row][column] += units;
                self.need_row[row] -= units;
                self.need_column[column] -= units;
                moved += u32::from(units > 0);
            }
        }
        moved
    }
}

fn trace(end: usize, row_from: &[Option<usize>], column_from: &[Option<usize>]) -> Vec<(usize, usize)> {
    let (mut path, mut column) = (Vec::new(), Some(end));
    while let Some((at, row)) = column.and_then(|at| column_from[at].map(|row| (at, row))) {
        path.push((row, at));
        column = row_from[row];
    }
    path.reverse();
    path
}
