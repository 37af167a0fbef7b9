//! What the modules share: reading the texts that lie beside them, and holding output against a file.

use callup_law::diagnostic::Source;
use callup_law::holidays::{self, Holidays};
use std::path::{Path, PathBuf};

/// A folder beside these tests.
pub fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it").join(name)
}

/// The law texts of a folder, in the order of their names; the name that findings print is the bare file name.
pub fn laws(name: &str) -> Vec<Source> {
    let listed = std::fs::read_dir(folder(name)).expect("the folder lies beside the tests");
    let mut paths: Vec<PathBuf> = listed.map(|entry| entry.expect("a readable folder").path()).collect();
    paths.retain(|path| path.to_string_lossy().ends_with(".law.md"));
    paths.sort();
    paths.iter().map(|path| law(path)).collect()
}

/// Every file below `laws/` whose name ends so, in the order of its path; the name that findings print is the path below `laws/`.
pub fn shipped(ending: &str) -> Vec<Source> {
    let root = folder("../../../../laws");
    let (mut open, mut paths) = (vec![root.clone()], Vec::new());
    while let Some(path) = open.pop() {
        if path.is_dir() {
            let listed = std::fs::read_dir(&path).expect("a readable folder");
            open.extend(listed.map(|entry| entry.expect("a readable entry").path()));
        } else if path.to_string_lossy().ends_with(ending) {
            paths.push(path);
        }
    }
    paths.sort();
    let name = |path: &Path| path.strip_prefix(&root).expect("below the root").to_string_lossy().into_owned();
    paths.iter().map(|path| Source { name: name(path), ..law(path) }).collect()
}

/// The holiday files beside the laws of these tests and those that ship.
pub fn holidays() -> Vec<Holidays> {
    let listed = std::fs::read_dir(folder("good")).expect("the folder lies beside the tests");
    let mut paths: Vec<PathBuf> = listed.map(|entry| entry.expect("a readable folder").path()).collect();
    paths.retain(|path| path.to_string_lossy().ends_with(holidays::ENDING));
    paths.sort();
    let texts = paths.iter().map(|path| law(path)).chain(shipped(holidays::ENDING));
    texts.map(|text| holidays::read(&text, 0).expect("a holiday file without an error")).collect()
}

/// One law text.
pub fn law(path: &Path) -> Source {
    let name = path.file_name().expect("a file").to_string_lossy().into_owned();
    Source { name, text: std::fs::read_to_string(path).expect("a readable text") }
}

/// Holds `actual` against the file. If they differ, the new text is written beside it as `NAME.new`: read it, and move it over the old
/// one if it is right. Returns whether they agree.
pub fn agrees(path: &Path, actual: &str) -> bool {
    let mut new = path.as_os_str().to_owned();
    new.push(".new");
    if std::fs::read_to_string(path).is_ok_and(|expected| expected == actual) {
        let _ = std::fs::remove_file(&new);
        return true;
    }
    std::fs::write(&new, actual).expect("a writable folder");
    eprintln!("{} differs; see {}", path.display(), Path::new(&new).display());
    false
}
