//! Writes the seeds and the dictionary of every fuzz target into a folder: `fuzz-seeds FOLDER`. What is there already stays.

use callup_fuzz::{seeds, targets::TARGETS};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(folder) = std::env::args().nth(1).map(PathBuf::from) else {
        eprintln!("usage: fuzz-seeds FOLDER");
        return ExitCode::from(2);
    };
    match TARGETS.iter().try_for_each(|(name, _)| write(&folder, name)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot write the seeds into {}: {error}", folder.display());
            ExitCode::FAILURE
        }
    }
}

fn write(folder: &Path, target: &str) -> io::Result<()> {
    let corpus = folder.join("corpus").join(target);
    fs::create_dir_all(&corpus)?;
    for (number, seed) in seeds::bytes_of(target).iter().enumerate() {
        fs::write(corpus.join(format!("seed-{number:03}")), seed)?;
    }
    let words = seeds::words(target).iter().filter(|word| word.len() < 60).map(|word| entry(word)).collect::<String>();
    fs::write(folder.join(format!("{target}.dict")), words)
}

/// A line of a dictionary as the fuzzer reads it: bytes outside plain ASCII, quotes and backslashes as hexadecimal digits.
fn entry(word: &str) -> String {
    let byte = |byte: u8| {
        let plain = byte.is_ascii_graphic() && byte != b'"' && byte != b'\\';
        if plain { char::from(byte).to_string() } else { format!("\\x{byte:02x}") }
    };
    format!("\"{}\"\n", word.bytes().map(byte).collect::<String>())
}
