//! `visavis completions` and `visavis man`: the command line told to shells and to `man`.

use std::io::{self, Write as _};

use clap::CommandFactory as _;
use clap_complete::Shell;

use super::{Arguments, DONE};

/// The arguments of `visavis completions`.
#[derive(Debug, clap::Args)]
pub struct Completions {
    /// For which shell.
    shell: Shell,
}

/// Prints the completions of the command line for a shell.
///
/// # Errors
/// If output fails.
pub fn completions(arguments: &Completions) -> anyhow::Result<u8> {
    // Into memory first: clap_complete ends in a panic where a pipe is closed.
    let mut page = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "visavis", &mut page);
    io::stdout().lock().write_all(&page)?;
    Ok(DONE)
}

/// Prints the manual page, with a section for each subcommand.
///
/// # Errors
/// If output fails.
pub fn man() -> anyhow::Result<u8> {
    let mut command = Arguments::command();
    command.build();
    let mut page = Vec::new();
    let manual = clap_mangen::Man::new(command.clone());
    manual.render(&mut page)?;
    for subcommand in command.get_subcommands().filter(|subcommand| !subcommand.is_hide_set()) {
        let name = format!("visavis {}", subcommand.get_name());
        let manual = clap_mangen::Man::new(subcommand.clone());
        writeln!(page, ".SH \"{}\"", name.to_uppercase())?;
        manual.render_description_section(&mut page)?;
        manual.render_options_section(&mut page)?;
    }
    io::stdout().lock().write_all(&page)?;
    Ok(DONE)
}
