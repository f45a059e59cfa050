use std::net::TcpListener;

use tokio::signal::unix::{SignalKind, signal};

use super::Failure;
use crate::app::{App, clock};
use crate::config::Config;

pub fn run(config: &Config) -> Result<(), Failure> {
    serve(config, |app| match app.site.setup_token.link(&app.site.public_url) {
        Some(link) => println!("Crewline is empty. Set it up at:\n  {link}"),
        None => println!("Crewline serves {}", app.site.public_url),
    })
}

/// Serves until SIGINT or SIGTERM; `ready` is called when the parts are put together.
pub fn serve(config: &Config, ready: impl FnOnce(&App)) -> Result<(), Failure> {
    let listener = TcpListener::bind(config.bind).map_err(|error| {
        format!("{} cannot be listened on: {error}. Choose another with CREWLINE_BIND.", config.bind)
    })?;
    let app = App::build(config, listener, clock())?;
    ready(&app);
    app.block_on(told_to_stop())?;
    Ok(())
}

async fn told_to_stop() {
    let (Ok(mut interrupt), Ok(mut terminate)) = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
    else {
        tracing::error!("signals cannot be listened for; stop the process by force");
        return std::future::pending().await;
    };
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    tracing::info!("stopping");
}
