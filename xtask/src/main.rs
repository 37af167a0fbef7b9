//! The names of the project's commands.

fn main() {}
