//! Numbers as people read them.
//!
//! One way of writing for terminal and page, so that the two never differ.

/// A count in groups of three digits.
#[must_use]
pub fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A share in per cent with one decimal.
#[must_use]
pub fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::{grouped, percent};

    #[test]
    fn digits_stand_in_threes() {
        assert_eq!([0, 999, 1_000, 45_123_456].map(grouped), ["0", "999", "1,000", "45,123,456"]);
        assert_eq!(percent(0.2505), "25.1 %");
    }
}
