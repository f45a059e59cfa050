//! The addresses as the sources of `src/web` register them, so that none is forgotten.

use std::path::Path;

use reqwest::Method;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    pub method: Method,
    /// With `{id}` where an id stands.
    pub path: String,
}

/// In the order of paths. Hooks and static files are held by tests of their own.
pub fn routes() -> Vec<Route> {
    let mut found = Vec::new();
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web"), &mut found);
    found.retain(|route| !route.path.starts_with("/hooks/"));
    found.sort_by(|a, b| (&a.path, a.method.as_str()).cmp(&(&b.path, b.method.as_str())));
    assert!(found.len() > 30, "the sources register more than {found:?}");
    found
}

fn read(folder: &Path, found: &mut Vec<Route>) {
    for entry in std::fs::read_dir(folder).expect("it is there") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() {
            read(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = std::fs::read_to_string(&path).expect("it is text");
            found.extend(registered(text.split("#[cfg(test)]").next().unwrap_or_default()));
        }
    }
}

/// `resource("/a").route(get().to(x)).route(post().to(y))` is GET /a and POST /a.
fn registered(text: &str) -> Vec<Route> {
    let mut found = Vec::new();
    for service in text.split("resource(\"").skip(1) {
        let (path, rest) = service.split_once('"').expect("a path ends");
        for (word, method) in [("get()", Method::GET), ("post()", Method::POST)] {
            if rest.contains(&format!("route({word}")) {
                found.push(Route { method, path: path.to_owned() });
            }
        }
        assert!(rest.contains(".route("), "{path} has no method that this reads");
    }
    found
}

#[test]
fn addresses_are_read_as_they_are_registered() {
    let text = "site.service(resource(\"/a\").route(get().to(x)).route(post().to(y)))\n.service(resource(\"/b/{id}\")\n.route(post().to(z)));";
    let route = |method, path: &str| Route { method, path: path.to_owned() };
    assert_eq!(registered(text), [route(Method::GET, "/a"), route(Method::POST, "/a"), route(Method::POST, "/b/{id}")]);
}
