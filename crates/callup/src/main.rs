//! The program: everything is in the library.

fn main() -> std::process::ExitCode {
    std::process::ExitCode::from(callup::cli::main() as u8)
}
