//! The program: hands the command line to the library and turns errors into one line.

use std::process::ExitCode;

fn main() -> ExitCode {
    visavis::cli::run(std::env::args_os()).unwrap_or_else(|error| {
        use std::io::Write as _;
        let _ = writeln!(std::io::stderr(), "visavis: {error:#}");
        ExitCode::from(2)
    })
}
