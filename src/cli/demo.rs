use std::path::PathBuf;
use std::sync::Arc;

use super::user::NobodyListens;
use super::{Failure, serve};
use crate::app::{clock, secret};
use crate::config::Config;
use crate::domain::GatewayKind;
use crate::services::{demo, passwords};
use crate::store::{DatabaseUrl, Db, StoreError, migrations, users};

/// Its own folder and database, unless the environment names others.
pub fn run(password: Option<String>) -> Result<(), Failure> {
    let mut config = Config::from_environment()?;
    if std::env::var_os("CREWLINE_DATA_DIR").is_none() {
        config.data_dir = PathBuf::from("data/demo");
    }
    if std::env::var_os("DATABASE_URL").is_none() {
        config.database = DatabaseUrl::Sqlite(config.data_dir.join("crewline.db"));
    }
    let password = password.unwrap_or_else(|| secret(16));
    load(&config, &password)?;
    serve::serve(&config, |app| {
        println!("Summit Ridge Roofing, the demo company, is at {}", app.site.public_url);
        for user in demo::USERS {
            println!("  {:<34} {}", user.email, user.role.name());
        }
        println!("Password of everybody: {password}");
    })
}

/// Loads the demo company into an empty database, or gives the one that is there the new password.
fn load(config: &Config, password: &str) -> Result<(), Failure> {
    migrations::migrate(&config.database)?;
    let db = Db::open(&config.database, Arc::new(NobodyListens))?;
    let hash = passwords::hash(password)?;
    let (is_demo, is_empty) = db.read(|c| Ok::<_, StoreError>((demo::is_demo(c)?, !users::any(c)?)))?;
    if !is_demo && !is_empty {
        return Err(
            "This database holds other data, so the demo company was not loaded. Name an empty one with DATABASE_URL."
                .into(),
        );
    }
    let now = clock()();
    db.write(|tx| {
        if is_demo {
            demo::set_passwords(tx, &hash)
        } else {
            demo::load_demo_company(tx, &hash, GatewayKind::Simulator, now)
        }
    })?;
    Ok(())
}
