use super::Failure;
use crate::config::Config;
use crate::store::migrations;

pub fn run(config: &Config) -> Result<(), Failure> {
    let pending = migrations::pending(&config.database)?;
    println!("The configuration can be used.");
    println!("  listens on   {}", config.bind);
    println!("  public at    {}", config.public_url);
    println!("  data folder  {}", config.data_dir.display());
    println!("  Twilio       {}", if config.twilio.is_some() { "configured" } else { "not configured" });
    println!(
        "  migrations   {}",
        if pending.is_empty() { "up to date".to_owned() } else { format!("pending: {}", pending.join(", ")) }
    );
    if config.public_url.scheme() == "http" && config.public_url.host_str() != Some("localhost") {
        println!("Browsers allow push only under https or on localhost: put a proxy with a certificate in front.");
    }
    Ok(())
}
