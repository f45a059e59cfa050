use super::Failure;
use crate::config::Config;
use crate::store::migrations;

pub fn run(config: &Config) -> Result<(), Failure> {
    let ran = migrations::migrate(&config.database)?;
    for name in &ran {
        println!("ran {name}");
    }
    println!("{}", if ran.is_empty() { "The database was up to date." } else { "The database is up to date." });
    Ok(())
}
