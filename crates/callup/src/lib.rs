//! The outside world: reading, output, report, command line.
