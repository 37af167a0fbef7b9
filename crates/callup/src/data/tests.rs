//! Reading of data: what is noted, what is refused and how it is said.

use super::{Data, ReadError, sha256_hex};
use std::fs;

#[test]
fn reading_from_a_folder_notes_the_bytes_of_the_file() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("laws")).unwrap();
    fs::write(folder.path().join("laws/b.law.md"), "\u{feff}# B\n").unwrap();
    fs::write(folder.path().join("laws/a.law.md"), "# A\n").unwrap();
    fs::write(folder.path().join("laws/notes.txt"), "x").unwrap();
    let data = Data::folder(folder.path()).unwrap();
    assert_eq!(data.list("laws", ".law.md").unwrap(), ["laws/a.law.md", "laws/b.law.md"]);
    assert_eq!(data.list("tables", ".csv").unwrap(), [""; 0]);
    assert_eq!(data.peek("laws/a.law.md").unwrap().text, "# A\n");
    assert_eq!(data.inputs(), []);
    assert_eq!(data.text("laws/b.law.md").unwrap().text, "# B\n");
    let inputs = data.inputs();
    assert_eq!(inputs.len(), 1);
    assert_eq!(inputs[0].sha256, sha256_hex("\u{feff}# B\n".as_bytes()));
}

#[test]
fn no_name_leads_out_of_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("data/scenarios")).unwrap();
    fs::write(folder.path().join("outside.toml"), "a = 1\n").unwrap();
    let data = Data::folder(&folder.path().join("data")).unwrap();
    let outside = data.text("scenarios/../../outside.toml");
    assert!(matches!(outside, Err(ReadError::Missing { .. })), "{outside:?}");
}

#[test]
fn what_is_not_a_text_is_refused_by_kind() {
    let folder = tempfile::tempdir().unwrap();
    let data = Data::embedded();
    let path = folder.path().join("x");
    assert!(matches!(data.text_at(&path), Err(ReadError::System { .. })));
    assert!(matches!(data.text_at(folder.path()), Err(ReadError::Folder { .. })));
    fs::write(&path, b"ab\xff").unwrap();
    assert!(matches!(data.text_at(&path), Err(ReadError::NotText { byte: 2, .. })));
    fs::write(&path, b"a\0b").unwrap();
    assert!(matches!(data.text_at(&path), Err(ReadError::NotText { byte: 1, .. })));
    fs::File::create(&path).unwrap().set_len(super::TEXT_BYTES_MAX + 1).unwrap();
    assert!(matches!(data.text_at(&path), Err(ReadError::TooLong { .. })));
    assert!(matches!(data.text("laws/none.law.md"), Err(ReadError::Missing { .. })));
}

#[test]
fn sha256_is_the_one_everybody_has() {
    // FIPS 180-2, appendix B.1.
    assert_eq!(sha256_hex(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
