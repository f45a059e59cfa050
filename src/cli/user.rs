use std::io::{IsTerminal as _, Read as _};
use std::sync::Arc;

use clap::Subcommand;

use super::Failure;
use crate::app::{clock, secret};
use crate::config::Config;
use crate::domain::{BuiltInRole, UnknownWord};
use crate::services::{self, NewPerson, passwords};
use crate::store::{AfterCommit, Db, Effects, migrations};

#[derive(Subcommand)]
pub enum Command {
    /// Add somebody; the password is read from standard input, or made and printed
    Add {
        #[arg(long)]
        email: String,
        #[arg(long)]
        name: String,
        /// owner, business_manager, project_manager, sales_person or field_employee
        #[arg(long, value_parser = role)]
        role: BuiltInRole,
        /// The company's name, if nobody is here yet: the first person founds it
        #[arg(long, default_value = "My company")]
        company: String,
        /// And its time zone, as America/Denver
        #[arg(long, default_value = "UTC")]
        time_zone: String,
    },
}

pub fn run(command: Command, config: &Config) -> Result<(), Failure> {
    let Command::Add { email, name, role, company, time_zone } = command;
    migrations::migrate(&config.database)?;
    let given = password_from_input()?;
    let password = given.clone().unwrap_or_else(|| secret(20));
    passwords::check(&password, &[&email, &name])?;
    let password_hash = passwords::hash(&password)?;
    let now = clock()();
    let db = Db::open(&config.database, Arc::new(NobodyListens))?;
    let founded = db.write(|tx| {
        let founded = services::found_if_none(tx, &company, &time_zone, now)?;
        let new = NewPerson { name: &name, email: &email, password_hash: &password_hash, role };
        services::add_user(tx, &new, now)?;
        Ok::<_, services::Error>(founded)
    })?;
    if founded {
        println!("{} is founded, with the time zone {time_zone}.", company.trim());
    }
    println!("{} is here now, as {}.", name.trim(), role.name());
    if given.is_none() {
        println!("Password: {password}");
    }
    Ok(())
}

/// As stored, or as people write it: "Sales Person".
fn role(text: &str) -> Result<BuiltInRole, UnknownWord> {
    text.trim().to_lowercase().replace([' ', '-'], "_").parse()
}

/// Piped in, so that it stands in no list of processes. None at a terminal, or when nothing was piped.
fn password_from_input() -> Result<Option<String>, Failure> {
    let mut input = std::io::stdin();
    if input.is_terminal() {
        return Ok(None);
    }
    let mut text = String::new();
    input.read_to_string(&mut text)?;
    let password = text.trim_end_matches(['\r', '\n']);
    Ok((!password.is_empty()).then(|| password.to_owned()))
}

/// A command ends after its commit: nobody is listening.
pub struct NobodyListens;

impl AfterCommit for NobodyListens {
    fn committed(&self, _: Effects) {}
}
