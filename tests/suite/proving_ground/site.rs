//! A page with a form, a script and a service worker, served on loopback.

use actix_web::dev::ServerHandle;
use actix_web::http::header::ContentType;
use actix_web::{App, HttpResponse, HttpServer, web};

pub struct Site {
    pub url: String,
    server: ServerHandle,
}

impl Site {
    pub fn start() -> Site {
        let app = || {
            App::new()
                .route("/", web::get().to(async || html(include_str!("page.html"))))
                .route("/page.js", web::get().to(async || script(include_str!("page.js"))))
                .route("/worker.js", web::get().to(async || script(include_str!("worker.js"))))
                .route("/labels", web::post().to(async |form: String| html(&form)))
                .route("/jars", web::get().to(async || html("<p>Here are the jars")))
        };
        let server = HttpServer::new(app).workers(1).disable_signals().bind("127.0.0.1:0").unwrap();
        let port = server.addrs()[0].port();
        let server = server.run();
        let handle = server.handle();
        tokio::spawn(server);
        // A secure context by name, which a service worker needs
        Site { url: format!("http://localhost:{port}"), server: handle }
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        drop(self.server.stop(false));
    }
}

fn html(text: &str) -> HttpResponse {
    HttpResponse::Ok().content_type(ContentType::html()).body(text.to_owned())
}

fn script(text: &'static str) -> HttpResponse {
    HttpResponse::Ok().content_type("text/javascript").body(text)
}
