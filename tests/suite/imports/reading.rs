use super::{upload, uploaded};
use crate::support::app::{Backend, TestApp, for_both};

for_both!(odd_files_are_read_or_refused_with_a_sentence);

async fn odd_files_are_read_or_refused_with_a_sentence(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain("Name;Phone\nZoë;5".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let megabyte = format!("Name,Notes\nAnn,{}", "x".repeat(1_000_000));
    for (what, bytes, sees) in [
        ("UTF-8 with its mark", "\u{FEFF}Name,Phone\nZoë,5".as_bytes(), "Zoë"),
        ("UTF-16 and semicolons", &utf16, "Zoë"),
        ("Windows-1252", b"Name,Phone\nZo\xEB,5", "Zoë"),
        ("a line end in quotes", b"Name,Notes\nAnn,\"one\ntwo\"", "one two"),
        ("one column", b"Name\nAnn", "Ann"),
        ("NUL", b"Name,Notes\nAn\0n,x", "Ann"),
        ("a cell of a megabyte", megabyte.as_bytes(), "xxx"),
        ("two columns of one name", b"Phone,Phone,Name\n1,2,Ann", "Phone"),
        ("markup", b"<b>Name,Notes\n<script>alert(1)</script>,x", "<script>alert(1)</script>"),
    ] {
        let answered = upload(&owner, "leads.csv", bytes).await;
        assert_eq!(answered.status, 303, "{what}: {}", answered.text());
        let page = owner.get(&answered.location.expect("a page")).await;
        assert_eq!(page.status, 200, "{what}");
        assert!(page.text().contains(sees), "{what}: {}", page.text());
        assert!(!page.body.contains("<script>alert"), "{what}");
    }
    let before = app.count("imports");
    assert!(before > 5);
    let wide = vec!["column"; 300].join(",");
    for (what, bytes, why) in [
        ("nothing", &b""[..], "The file is empty"),
        ("a header", b"Name,Phone\n", "no rows below it"),
        ("300 columns", wide.as_bytes(), "300 columns; at most 100"),
        ("a spreadsheet", b"PK\x03\x04\x00\x00", "not a CSV file"),
        ("17 MB", &vec![b'x'; 17 * 1024 * 1024], "larger than 16 MB"),
    ] {
        let answered = upload(&owner, "leads.csv", bytes).await;
        assert_eq!(answered.status, 422, "{what}");
        assert!(answered.texts("[role=alert]")[0].contains(why), "{what}: {}", answered.text());
    }
    assert_eq!(app.count("imports"), before, "nothing of these is kept");
    let no_file = owner.post_form("/clients/imports", &[("file", "x")]).await;
    assert_eq!(no_file.status, 400);
    let unnamed = upload(&owner, "", b"").await;
    assert!(unnamed.texts("[role=alert]")[0].contains("Choose a file"), "{}", unnamed.text());
}

#[tokio::test]
async fn the_list_shows_the_newest_first_and_pages() {
    let app = TestApp::start(Backend::Sqlite).await;
    let owner = app.sign_in(app.owner()).await;
    let empty = owner.get("/clients/imports").await;
    assert!(empty.text().contains("Nothing was imported yet"));
    assert_eq!(empty.attributes("input[type=file]", "name"), ["file"]);
    for _ in 0..27 {
        uploaded(&owner, "Name\nAnn\n").await;
    }
    let first = owner.get("/clients/imports").await;
    let links = first.attributes(".import-line > a", "href");
    assert_eq!((links.len(), links[0].as_str()), (25, "/clients/imports/27"));
    assert!(first.text().contains("Waits for its columns") && first.text().contains("Olivia Owner"));
    let next = first.attributes("a[rel=next]", "href");
    let second = owner.get(&next[0]).await;
    assert_eq!(second.attributes(".import-line > a", "href"), ["/clients/imports/2", "/clients/imports/1"]);
    assert!(second.attributes("a[rel=next]", "href").is_empty());
}
