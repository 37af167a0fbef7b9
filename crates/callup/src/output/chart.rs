//! Static SVG charts: lines over the days of a run, bars over lengths. Drawn by the plotting library with whole pixels only.
//!
//! A chart is legible in print without colour: lines differ in dashes too, and the page sets a table beside each. Nothing here knows a page.

use super::series::Series;
use callup_law::calendar::Day;
use plotters::prelude::*;
use std::ops::Range;

/// Size of a chart, pixels of its own; the page scales it.
const SIZE: (u32, u32) = (760, 320);
/// Height of letters.
const LETTERS: u32 = 13;
/// Months of ticks at most, so that their names do not touch.
const TICKS_MAX: usize = 14;

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pen {
    /// Red, green, blue. The four below can be told apart by people who do not see all colours (Okabe and Ito, 2008).
    pub colour: (u8, u8, u8),
    /// Length of a dash and of a gap, pixels; no gap for an unbroken line.
    pub dash: (i32, i32),
}

/// Pens in the order in which lines take them.
pub const PENS: [Pen; 4] = [
    Pen { colour: (0, 90, 160), dash: (1, 0) },
    Pen { colour: (200, 80, 0), dash: (10, 4) },
    Pen { colour: (150, 50, 110), dash: (3, 3) },
    Pen { colour: (60, 60, 60), dash: (14, 8) },
];

/// What stands around a chart.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// Title of the vertical axis, with its unit.
    pub values: &'a str,
    /// Title of the horizontal axis.
    pub steps: &'a str,
}

/// Lines over the days of a run that begins on `start`, one pen each.
#[must_use]
pub fn lines(frame: &Frame<'_>, start: Day, series: &[Series]) -> String {
    let last = series.iter().flat_map(|one| one.points.iter()).map(|point| i32::from(point.0)).max().unwrap_or(0);
    let ticks = month_ticks(start, last);
    let top = series.iter().map(Series::max).max().unwrap_or(0);
    let label = |day: &i32| month_word(start.plus_days(*day));
    let days = (0..last.max(1)).with_key_points(ticks);
    draw(|area| {
        let mut chart = context(area).build_cartesian_2d(days, value_range(top))?;
        chart
            .configure_mesh()
            .disable_x_mesh()
            .light_line_style(TRANSPARENT)
            .x_label_formatter(&label)
            .y_label_formatter(&|value| grouped(*value))
            .x_desc(frame.steps)
            .y_desc(frame.values)
            .label_style(("sans-serif", LETTERS))
            .axis_desc_style(("sans-serif", LETTERS))
            .draw()?;
        for (one, pen) in series.iter().zip(PENS.iter().cycle()) {
            let points = one.points.iter().map(|point| (i32::from(point.0), point.1 as f64));
            let style = colour(*pen).stroke_width(2);
            if pen.dash.1 == 0 {
                chart.draw_series(LineSeries::new(points, style))?;
            } else {
                chart.draw_series(DashedLineSeries::new(points, pen.dash.0 as u32, pen.dash.1 as u32, style))?;
            }
        }
        Ok(())
    })
}

/// Bars over lengths: each bar counts what lasted from its first day (given) for `width_days`.
#[must_use]
pub fn bars(frame: &Frame<'_>, bars: &[(u32, u64)], width_days: u32) -> String {
    let end = bars.last().map_or(width_days, |bar| bar.0 + width_days);
    let top = bars.iter().map(|bar| bar.1).max().unwrap_or(0);
    draw(|area| {
        let mut chart = context(area).build_cartesian_2d(0_u32..end, value_range(top))?;
        chart
            .configure_mesh()
            .disable_x_mesh()
            .light_line_style(TRANSPARENT)
            .y_label_formatter(&|value| grouped(*value))
            .x_desc(frame.steps)
            .y_desc(frame.values)
            .label_style(("sans-serif", LETTERS))
            .axis_desc_style(("sans-serif", LETTERS))
            .draw()?;
        let fill = colour(PENS[0]).filled();
        chart.draw_series(bars.iter().map(|(first, count)| {
            let mut bar = Rectangle::new([(*first, 0.0), (first + width_days, *count as f64)], fill);
            bar.set_margin(0, 0, 1, 1);
            bar
        }))?;
        Ok(())
    })
}

type Area<'s> = DrawingArea<SVGBackend<'s>, plotters::coord::Shift>;
type DrawError = DrawingAreaErrorKind<std::io::Error>;

fn draw(paint: impl FnOnce(&Area<'_>) -> Result<(), DrawError>) -> String {
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, SIZE).into_drawing_area();
        // A chart goes into a text in memory, where nothing can be refused.
        area.fill(&WHITE).and_then(|()| paint(&area)).and_then(|()| area.present()).expect("memory takes every chart");
    }
    svg
}

fn context<'a, 's>(area: &'a Area<'s>) -> ChartBuilder<'a, 's, SVGBackend<'s>> {
    let mut builder = ChartBuilder::on(area);
    builder.margin(8).margin_right(20).x_label_area_size(44).y_label_area_size(86);
    builder
}

fn colour(pen: Pen) -> RGBColor {
    RGBColor(pen.colour.0, pen.colour.1, pen.colour.2)
}

fn value_range(top: u64) -> Range<f64> {
    // A little air above the highest line, and a range at all where everything is 0.
    0.0..(top as f64 * 1.05).max(1.0)
}

/// Days of the run on which a month begins, thinned until their names fit.
fn month_ticks(start: Day, last: i32) -> Vec<i32> {
    let firsts: Vec<i32> = (0..=last).filter(|day| start.plus_days(*day).to_ymd().2 == 1).collect();
    let step = firsts.len().div_ceil(TICKS_MAX).max(1);
    if firsts.is_empty() { vec![0, last] } else { firsts.into_iter().step_by(step).collect() }
}

/// `Mar`, or with the year in January; the whole date where it is not the first of a month.
fn month_word(day: Day) -> String {
    const WORDS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (year, month, of_month) = day.to_ymd();
    match (WORDS.get(month as usize - 1), month, of_month) {
        (Some(word), 1, 1) => format!("{word} {year}"),
        (Some(word), _, 1) => (*word).to_owned(),
        _ => day.to_string(),
    }
}

fn grouped(value: f64) -> String {
    super::words::grouped(value.max(0.0).round() as u64)
}

#[cfg(test)]
mod tests;
