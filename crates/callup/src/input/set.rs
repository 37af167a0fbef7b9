//! `[set]`: single numbers of the scenarios that one extends, named by their paths, so that a sibling that differs in one number says only that.
//!
//! Works on the tree before anything is taken from it; what a number means, and in what range it lies, is asked of it afterwards as of every other.

use super::document::{Entry, Node, Value, finding, keep};
use callup_law::diagnostic::{Diagnostic, Span, nearest};

/// Takes `[set]` out of a tree: paths and what they are set to.
pub fn take_set(tree: &mut Node, findings: &mut Vec<Diagnostic>) -> Vec<Entry> {
    let Value::Table(entries) = &mut tree.value else { return Vec::new() };
    let Some(place) = entries.iter().position(|entry| entry.key == "set") else { return Vec::new() };
    let Entry { node, .. } = entries.remove(place);
    match node.value {
        Value::Table(set) => set,
        other => {
            let message = format!("`set` must be a table of paths, not {}", other.kind());
            keep(findings, finding("S006", node.span, message, Vec::new()));
            Vec::new()
        }
    }
}

/// Sets one number, or says why there is none of this path (`S034`) or what it lacks (`S006`, `S009`).
pub fn apply(tree: &mut Node, set: Entry, findings: &mut Vec<Diagnostic>) {
    let Entry { key, key_span, node } = set;
    let Value::Table(new) = node.value else {
        let message = format!("`set.\"{key}\"` must be a table with a value and its reason, not {}", node.value.kind());
        let help = vec!["write `{ value = 0.5, assumption = \"why\" }`".to_owned()];
        return keep(findings, finding("S006", node.span, message, help));
    };
    if let Err((code, message, help)) = put(tree, &key, (new, node.span)) {
        keep(findings, finding(code, key_span, message, help));
    }
}

/// The code of what is wrong, what it is, and what helps.
type Lost = (&'static str, String, Vec<String>);

fn put(tree: &mut Node, path: &str, (new, span): (Vec<Entry>, Span)) -> Result<(), Lost> {
    let (above, last) = path.rsplit_once('.').unwrap_or(("", path));
    let mut node = tree;
    for step in above.split('.').filter(|step| !step.is_empty()) {
        node = below(node, step, path)?;
    }
    if is_banded(node) {
        return put_band(node, last, path, (new, span));
    }
    let target = below(node, last, path)?;
    let Value::Table(old) = &mut target.value else { return Err(no_number(path)) };
    if !is_number(old) {
        return Err(no_number(path));
    }
    // A new basis takes the place of the old one, and a new kind of waiting time that of the old kind; a range that is not given stays.
    let stays = |entry: &Entry| matches!(entry.key.as_str(), "low" | "high" | "value") && !has(&new, &entry.key);
    old.retain(stays);
    if !new.iter().any(|entry| entry.key == "value") {
        old.clear();
    }
    old.extend(new);
    target.span = span;
    Ok(())
}

fn has(entries: &[Entry], key: &str) -> bool {
    entries.iter().any(|entry| entry.key == key)
}

/// Whether a table is one number or one waiting time with its basis.
fn is_number(entries: &[Entry]) -> bool {
    ["value", "days", "from_days", "days_and_weights"].iter().any(|key| has(entries, key))
}

fn is_banded(node: &Node) -> bool {
    matches!(&node.value, Value::Table(entries) if has(entries, "bands"))
}

fn no_number(path: &str) -> Lost {
    let help = "`[set]` changes parameters and waiting times; the receipt of a run lists their paths";
    ("S034", format!("`{path}` is no parameter"), vec![help.to_owned()])
}

/// The node of a table by its key, of a list of tables by the name that one bears or by its place.
fn below<'t>(node: &'t mut Node, step: &str, path: &str) -> Result<&'t mut Node, Lost> {
    let names: Vec<String> = match &node.value {
        Value::Table(entries) => entries.iter().map(|entry| entry.key.clone()).collect(),
        // What bears no name goes by its place, as its path does.
        Value::List(items) => {
            let name = |(place, item): (usize, &Node)| name_of(item).map_or_else(|| place.to_string(), str::to_owned);
            items.iter().enumerate().map(name).collect()
        }
        _ => return Err(no_number(path)),
    };
    let Some(place) = names.iter().position(|name| name == step) else {
        let near = nearest(step, names.iter().map(String::as_str));
        let help = near.map(|near| format!("did you mean `{near}`?"));
        return Err(("S034", format!("`{path}` leads nowhere: there is no `{step}`"), help.into_iter().collect()));
    };
    match &mut node.value {
        Value::Table(entries) => Ok(&mut entries[place].node),
        Value::List(items) => Ok(&mut items[place]),
        _ => Err(no_number(path)),
    }
}

/// By what a table of a list is named: the first of the keys that name such tables; a channel of a contract has no name but its kind.
fn name_of(item: &Node) -> Option<&str> {
    let Value::Table(entries) = &item.value else { return None };
    let named = |key: &&str| entries.iter().find(|entry| entry.key == **key);
    let entry = ["name", "act", "id", "kind"].iter().find_map(named)?;
    if let Value::Text(name) = &entry.node.value { Some(name) } else { None }
}

/// Sets the value, and the range if it is given, of one band of a share by age. The table has one basis: the reason for the band is added to it.
fn put_band(node: &mut Node, band: &str, path: &str, (new, span): (Vec<Entry>, Span)) -> Result<(), Lost> {
    let Value::Table(entries) = &mut node.value else { return Err(no_number(path)) };
    let rows = entries.iter_mut().find(|entry| entry.key == "bands");
    let Some(Value::List(rows)) = rows.map(|entry| &mut entry.node.value) else { return Err(no_number(path)) };
    let row = rows.iter_mut().find(|row| ages_of(row).as_deref() == Some(band));
    let Some(Value::List(cells)) = row.map(|row| &mut row.value) else {
        return Err(("S034", format!("`{path}` leads nowhere: there is no band `{band}`"), Vec::new()));
    };
    for (place, key) in [(2, "value"), (3, "low"), (4, "high")] {
        if let (Some(cell), Some(entry)) = (cells.get_mut(place), new.iter().find(|entry| entry.key == key)) {
            *cell = Node { span, ..entry.node.clone() };
        }
    }
    let reason = new.iter().find(|entry| matches!(entry.key.as_str(), "source" | "assumption"));
    let Some(Entry { node: Node { value: Value::Text(reason), .. }, .. }) = reason else {
        let help = vec!["add `source = \"where it was read\"` or `assumption = \"why this value\"`".to_owned()];
        return Err(("S009", format!("`{path}` says neither its `source` nor an `assumption`"), help));
    };
    let basis = entries.iter_mut().find(|entry| matches!(entry.key.as_str(), "source" | "assumption"));
    if let Some(Entry { key, node: Node { value: Value::Text(old), .. }, .. }) = basis {
        *old = format!("{old}; ages {}: {reason}", band.replace('_', " to "));
        // With one number assumed the table rests on an assumption.
        "assumption".clone_into(key);
    }
    Ok(())
}

/// First and last age of a band, as paths write them.
fn ages_of(row: &Node) -> Option<String> {
    let Value::List(cells) = &row.value else { return None };
    let age = |cell: &Node| if let Value::Integer(age) = cell.value { Some(age) } else { None };
    Some(format!("{}_{}", age(cells.first()?)?, age(cells.get(1)?)?))
}
