//! Random changes of a text that keep most of its structure: lines, words and numbers moved, doubled, dropped or replaced.
//!
//! Bytes changed blindly are refused by the first reader; these reach what stands behind it. One number makes one series of changes.

use crate::random_law::Stream;

/// Lines and words that changes draw on.
pub struct Material {
    lines: Vec<String>,
    words: Vec<String>,
}

impl Material {
    /// Lines of some texts, and words.
    #[must_use]
    pub fn new<'t>(texts: impl Iterator<Item = &'t str>, words: Vec<String>) -> Material {
        let mut lines: Vec<String> = texts.flat_map(|text| text.split_inclusive('\n')).map(str::to_owned).collect();
        lines.sort();
        lines.dedup();
        lines.push(String::from("\n"));
        let words = if words.is_empty() { vec![String::from("0")] } else { words };
        Material { lines, words }
    }
}

/// The text after one to four changes.
#[must_use]
pub fn changed(text: &str, material: &Material, stream: &mut Stream) -> String {
    (0..1 + stream.below(4)).fold(text.to_owned(), |text, _| once(&text, material, stream))
}

fn once(text: &str, material: &Material, stream: &mut Stream) -> String {
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    if lines.is_empty() {
        lines.push(String::from("\n"));
    }
    let place = stream.below(lines.len());
    match stream.below(12) {
        0 => drop(lines.remove(place)),
        1 => lines.insert(place, lines[place].clone()),
        2 => {
            let other = stream.below(lines.len());
            lines.swap(place, other);
        }
        3 => lines.insert(place, some_line(material, stream)),
        4 => lines[place] = some_line(material, stream),
        5 => move_block(&mut lines, place, stream),
        6 | 7 => lines[place] = other_number(&lines[place], stream),
        8 | 9 => lines[place] = other_word(&lines[place], material, stream),
        10 => lines[place] = swapped_words(&lines[place], stream),
        _ => lines[place] = letter_changed(&lines[place], stream),
    }
    lines.concat()
}

fn some_line(material: &Material, stream: &mut Stream) -> String {
    material.lines[stream.below(material.lines.len())].clone()
}

/// Some lines together to another place, or doubled there.
fn move_block(lines: &mut Vec<String>, place: usize, stream: &mut Stream) {
    let end = (place + 1 + stream.below(8)).min(lines.len());
    let block: Vec<String> =
        if stream.one_in(2) { lines[place..end].to_vec() } else { lines.drain(place..end).collect() };
    let target = stream.below(lines.len() + 1);
    lines.splice(target..target, block);
}

/// Places of the runs of characters of one kind, as ranges of bytes.
fn runs(line: &str, belongs: fn(char) -> bool) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (at, letter) in line.char_indices().filter(|(_, letter)| belongs(*letter)) {
        match found.last_mut() {
            Some(run) if run.1 == at => run.1 = at + letter.len_utf8(),
            _ => found.push((at, at + letter.len_utf8())),
        }
    }
    found
}

fn replaced(line: &str, run: (usize, usize), with: &str) -> String {
    format!("{}{with}{}", &line[..run.0], &line[run.1..])
}

fn other_number(line: &str, stream: &mut Stream) -> String {
    let found = runs(line, |letter| letter.is_ascii_digit());
    if found.is_empty() {
        return line.to_owned();
    }
    let run = found[stream.below(found.len())];
    let old: u64 = line[run.0..run.1].parse().unwrap_or(0);
    let width = run.1 - run.0;
    let new = match stream.below(9) {
        0 => 0,
        1 => old.wrapping_add(1),
        2 => old.saturating_sub(1),
        3 => old.saturating_mul(10),
        4 => 1,
        5 => stream.next_number() % 100,
        6 => stream.next_number() % 4000,
        7 => u64::MAX >> stream.below(60),
        _ => stream.next_number() >> stream.below(64),
    };
    // A date keeps its width half of the time, or it would never be one again.
    if stream.one_in(2) {
        replaced(line, run, &format!("{new:0width$}"))
    } else {
        replaced(line, run, &new.to_string())
    }
}

fn is_of_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "_-.".contains(letter)
}

fn other_word(line: &str, material: &Material, stream: &mut Stream) -> String {
    let word = material.words[stream.below(material.words.len())].clone();
    let found = runs(line, is_of_word);
    if found.is_empty() {
        return format!("{word}{line}");
    }
    replaced(line, found[stream.below(found.len())], &word)
}

fn swapped_words(line: &str, stream: &mut Stream) -> String {
    let found = runs(line, is_of_word);
    if found.len() < 2 {
        return line.to_owned();
    }
    let first = stream.below(found.len() - 1);
    let second = first + 1 + stream.below(found.len() - 1 - first);
    let (one, other) = (found[first], found[second]);
    format!(
        "{}{}{}{}{}",
        &line[..one.0],
        &line[other.0..other.1],
        &line[one.1..other.0],
        &line[one.0..one.1],
        &line[other.1..]
    )
}

fn letter_changed(line: &str, stream: &mut Stream) -> String {
    const LETTERS: &[&str] =
        &["", " ", "  ", "\"", ":", ";", ",", "|", "=", "[", "]", "{", "}", "(", ")", "#", "-", "\u{0}", "é", "\n"];
    let places: Vec<(usize, char)> = line.char_indices().collect();
    if places.is_empty() {
        return line.to_owned();
    }
    let (at, letter) = places[stream.below(places.len())];
    replaced(line, (at, at + letter.len_utf8()), stream.pick(LETTERS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_makes_one_change_and_several_make_several() {
        let text = "rule a (1) \"x\":\n  when placed\n  b: c -> d\n";
        let words = ["opened", "3", "2024-02-29"].map(str::to_owned).to_vec();
        let material = Material::new([text].into_iter(), words);
        let of = |seed| changed(text, &material, &mut Stream(seed));
        assert_eq!(of(3), of(3));
        let made: std::collections::BTreeSet<String> = (0..200).map(of).collect();
        assert!(made.len() > 120, "only {} different texts of 200", made.len());
    }
}
