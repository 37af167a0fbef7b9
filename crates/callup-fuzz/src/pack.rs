//! Several texts in one input: a line `%%%% NAME` begins the text of that name; what stands before the first such line has no name.
//!
//! A fuzzer sees plain bytes; scenarios that extend one another and tables with their sources need several texts.

use callup_law::diagnostic::Source;

/// How a line that begins a text starts.
const MARK: &str = "%%%% ";

/// The texts of an input, in order. Bytes that are not UTF-8 have none: readers never see them.
#[must_use]
pub fn texts(data: &[u8]) -> Option<Vec<Source>> {
    let whole = std::str::from_utf8(data).ok()?;
    let mut sources = vec![Source { name: String::new(), text: String::new() }];
    for line in whole.split_inclusive('\n') {
        match line.strip_prefix(MARK) {
            Some(name) => sources.push(Source { name: name.trim_end().to_owned(), text: String::new() }),
            None => sources.last_mut().expect("there is always one").text.push_str(line),
        }
    }
    Some(sources)
}

/// Texts as one input.
#[must_use]
pub fn packed<'t>(texts: impl IntoIterator<Item = (&'t str, &'t str)>) -> String {
    let text = |(name, text): (&str, &str)| {
        let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
        if name.is_empty() { format!("{text}{end}") } else { format!("{MARK}{name}\n{text}{end}") }
    };
    texts.into_iter().map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_out_again() {
        let given = [("", "a = 1\n"), ("b", "x\ny\n"), ("c d", "")];
        let found = texts(packed(given).as_bytes()).expect("UTF-8");
        let found: Vec<(&str, &str)> =
            found.iter().map(|source| (source.name.as_str(), source.text.as_str())).collect();
        assert_eq!(found, given);
    }
}
