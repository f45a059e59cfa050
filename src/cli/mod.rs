//! The command line: one file per command.

mod check_config;
mod demo;
mod migrate;
mod serve;
mod terminal;
mod user;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::Config;

/// A shared SMS inbox: who sees a conversation, who is told, who is responsible.
#[derive(Parser)]
#[command(name = "crewline", version)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the inbox (also what happens without a command)
    Serve,
    /// Serve the demo company, on its own database unless told otherwise
    Demo {
        /// The password of all demo users; made for this run if not given
        #[arg(long)]
        password: Option<String>,
    },
    /// Bring the database up to date
    Migrate,
    /// Read the configuration and say what is wrong with it
    CheckConfig,
    /// Users
    #[command(subcommand)]
    User(user::Command),
}

/// What a command says when it cannot go on.
type Failure = Box<dyn std::error::Error>;

pub fn run() -> ExitCode {
    let cli = Cli::parse();
    terminal::start_logging();
    let done = match cli.command.unwrap_or(Command::Serve) {
        Command::Serve => configured(serve::run),
        Command::Demo { password } => demo::run(password),
        Command::Migrate => configured(migrate::run),
        Command::CheckConfig => configured(check_config::run),
        Command::User(command) => configured(|config| user::run(command, config)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

fn configured(run: impl FnOnce(&Config) -> Result<(), Failure>) -> Result<(), Failure> {
    run(&Config::from_environment()?)
}
