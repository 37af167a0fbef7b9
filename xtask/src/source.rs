//! The project's own files as text: which there are, their heads, their functions, their imports.
//!
//! It reads; the rules stand in `tidy.rs`.

use std::fs;
use std::path::{Path, PathBuf};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// A Rust file of the project.
pub struct RustFile {
    /// Path from the root, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Every Rust file that git would track below `crates/` and `xtask/`, sorted.
pub fn rust_files(root: &Path) -> Result<Vec<RustFile>, String> {
    let mut paths = Vec::new();
    for folder in ["crates", "xtask"] {
        walk(&root.join(folder), "rs", &mut paths)?;
    }
    paths.sort();
    paths.iter().map(|path| Ok(RustFile { path: relative(root, path), text: read(path)? })).collect()
}

/// Every file with this ending below a folder, sorted.
pub fn files(root: &Path, folder: &str, ending: &str) -> Result<Vec<PathBuf>, String> {
    let mut paths = Vec::new();
    walk(&root.join(folder), ending, &mut paths)?;
    paths.sort();
    Ok(paths)
}

/// The text of a file, or what went wrong.
pub fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

/// Path from the root, with `/`.
pub fn relative(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

fn walk(folder: &Path, ending: &str, out: &mut Vec<PathBuf>) -> Result<(), String> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(()) };
    for entry in entries {
        let path = entry.map_err(|error| format!("cannot list {}: {error}", folder.display()))?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if path.is_dir() {
            if name != "target" && !name.starts_with('.') {
                walk(&path, ending, out)?;
            }
        } else if path.extension().is_some_and(|found| found == ending) {
            out.push(path);
        }
    }
    Ok(())
}

impl RustFile {
    /// Whether the file holds tests, benchmarks or examples rather than the program.
    pub fn is_test(&self) -> bool {
        self.path.contains("/tests/") || self.path.ends_with("/tests.rs") || self.path.contains("/benches/")
    }

    /// The first sentence of the file's head (`//!`), without its full stop; `None` where there is no head.
    pub fn head(&self) -> Option<String> {
        let lines: Vec<&str> =
            self.text.lines().take_while(|line| line.starts_with("//!")).map(|line| line[3..].trim()).collect();
        let paragraph = lines.iter().take_while(|line| !line.is_empty()).copied().collect::<Vec<_>>().join(" ");
        let sentence = paragraph.split(". ").next().unwrap_or_default().trim_end_matches('.').to_string();
        (!sentence.is_empty()).then_some(sentence)
    }

    /// Functions as (name, first line, number of lines).
    pub fn functions(&self) -> Result<Vec<(String, usize, usize)>, String> {
        let file = syn::parse_file(&self.text).map_err(|error| format!("{}: {error}", self.path))?;
        let mut found = Functions(Vec::new());
        found.visit_file(&file);
        Ok(found.0)
    }
}

struct Functions(Vec<(String, usize, usize)>);

impl Functions {
    fn note(&mut self, signature: &syn::Signature, body: &syn::Block) {
        let (first, last) = (signature.span().start().line, body.span().end().line);
        self.0.push((signature.ident.to_string(), first, last + 1 - first));
    }
}

impl<'ast> Visit<'ast> for Functions {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.note(&item.sig, &item.block);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.note(&item.sig, &item.block);
        visit::visit_impl_item_fn(self, item);
    }
}
