use std::{fs, path::Path};

use askama::Template;
use scraper::{Html, Selector};

use super::conversations::*;
use super::*;
use crate::domain::{ConversationFilter, ConversationView, DeliveryStatus, Direction};

#[test]
fn templates_hold_no_script_no_style_and_no_trigger_filter() {
    let mut read = 0;
    each_template(&Path::new(env!("CARGO_MANIFEST_DIR")).join("templates"), &mut |path, text| {
        read += 1;
        for banned in ["hx-on", "js:", "javascript:", " style=", "<style", "|safe", "onclick"] {
            assert!(!text.contains(banned), "{} holds {banned}", path.display());
        }
        for trigger in text.split("hx-trigger=\"").skip(1) {
            let spec = trigger.split('"').next().unwrap_or_default();
            assert!(!spec.contains('['), "{} filters a trigger", path.display());
        }
        for script in text.split("<script").skip(1) {
            let tag = script.split('>').next().unwrap_or_default();
            assert!(tag.contains("src="), "{} has an inline script", path.display());
        }
    });
    assert!(read > 30, "only {read} templates were found");
}

#[test]
fn a_row_is_one_link_named_by_the_client_first() {
    let page = Html::parse_document(&inbox().render().unwrap());
    let links: Vec<_> = page.select(&css("li.row a")).collect();
    assert_eq!(links.len(), 1);
    assert_eq!(links[0].attr("href"), Some("/conversations/7"));
    assert!(words(&links[0]).starts_with("Karen <Fields>"));
}

#[test]
fn the_toggle_says_which_half_is_chosen_and_is_gone_without_the_right() {
    let page = Html::parse_document(&inbox().render().unwrap());
    let chosen: Vec<_> = page.select(&css(".toggle a[aria-current]")).collect();
    assert_eq!(words(&chosen[0]), "All");

    let mut inbox = inbox();
    inbox.list.may_toggle = false;
    let page = Html::parse_document(&inbox.render().unwrap());
    assert_eq!(page.select(&css(".toggle")).count(), 0);
}

#[test]
fn chips_remove_and_the_picker_offers_only_whom_one_may_pick() {
    let page = Html::parse_document(&thread_page().render().unwrap());
    let region = page.select(&css("section[aria-labelledby=assigned-label]")).next().unwrap();
    let remove = region.select(&css("button[aria-label=\"Remove Michael Scott\"]")).next();
    assert!(remove.is_some());

    let offers: Vec<_> = page
        .select(&css("form[action=\"/conversations/7/assignments\"] button[name=user_id]"))
        .map(|button| (button.attr("value").unwrap().to_owned(), words(&button)))
        .collect();
    assert_eq!(offers.len(), 1);
    assert_eq!(offers[0].0, "2");
    assert!(offers[0].1.contains("Alice Moreno"));
    assert!(page.html().contains("No access to SMS Conversations"));
}

#[test]
fn a_text_says_its_direction_its_status_and_what_to_do_when_it_failed() {
    let page = Html::parse_document(&thread_page().render().unwrap());
    let text = page.select(&css("article[data-message-id=\"3\"]")).next().unwrap();
    assert_eq!(text.attr("data-direction"), Some("out"));
    assert_eq!(text.attr("data-status"), Some("undelivered"));
    assert!(words(&text).contains("Call instead."));
}

#[test]
fn each_part_of_a_page_is_drawn_alone() {
    let inbox = inbox();
    for (target, has) in
        [("list", "id=\"list\""), ("more-rows", "id=\"row-7\""), ("conversation", "No conversation open")]
    {
        let part = inbox.part(target).unwrap();
        assert!(part.contains(has), "{target}: {part}");
        assert!(!part.contains("<html"));
    }
    let page = thread_page();
    assert!(page.part("older-texts").unwrap().trim_start().starts_with("<li"));
    assert!(page.part("conversation").unwrap().contains("id=\"composer\""));
}

fn each_template(folder: &Path, look: &mut impl FnMut(&Path, &str)) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            each_template(&path, look);
        } else {
            look(&path, &fs::read_to_string(&path).unwrap());
        }
    }
}

fn css(selector: &str) -> Selector {
    Selector::parse(selector).unwrap()
}

fn words(element: &scraper::ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn shell() -> Shell {
    Shell {
        company_name: "Summit Ridge".into(),
        user: Face::new(1, "Dana Reyes"),
        role_name: "Owner".into(),
        section: Section::Conversations,
        shows_conversations: true,
        shows_clients: true,
        shows_simulator: false,
        settings: SettingsMenu::default(),
        bell: Bell::of(2),
        toast: None,
        assets: "1".into(),
    }
}

fn list() -> List {
    List {
        query: ListQuery { view: ConversationView::All, filter: Some(ConversationFilter::Open), q: String::new() },
        may_toggle: true,
        may_write: true,
        rows: vec![Row {
            id: 7,
            title: "Karen <Fields>".into(),
            preview: "Thanks".into(),
            preview_by: None,
            time: TimeLabel::default(),
            unread: true,
            assigned: vec![Face::new(3, "Michael Scott")],
            closed: false,
            blocked: false,
            attention: None,
            selected: false,
        }],
        next_cursor: Some("c".into()),
    }
}

fn inbox() -> ConversationsPage {
    ConversationsPage { shell: shell(), list: list() }
}

fn thread_page() -> ConversationPage {
    let text = Message {
        log: None,
        id: 3,
        direction: Direction::Out,
        status: DeliveryStatus::Undelivered,
        body: "Hello".into(),
        sender: None,
        time: TimeLabel::default(),
        media: vec![],
        failure: Some(Failure { what: "This is a landline.".into(), next: "Call instead.".into() }),
        flag: None,
    };
    let thread = Thread {
        id: 7,
        record: None,
        title: "Karen Fields".into(),
        client: Some(4),
        phone: None,
        our_number: "Main line".into(),
        assigned: Assigned {
            chips: vec![Chip {
                face: Face::new(3, "Michael Scott"),
                may_remove: true,
                note: String::new(),
                silent: None,
            }],
            may_assign: true,
            candidates: vec![Candidate { face: Face::new(2, "Alice Moreno"), note: "Business Manager".into() }],
            unpickable: vec![Unpickable {
                face: Face::new(6, "Carl Field"),
                reason: "No access to SMS Conversations".into(),
            }],
        },
        closed: false,
        may_close: true,
        blocked: false,
        may_block: true,
        linking: Linking::default(),
        entries: vec![Entry::Message(Box::new(text))],
        older: Some("/conversations/7?before=c".into()),
        refresh: "/conversations/7".into(),
        composer: Composer { state: ComposerState::Open, warning: None, body: String::new(), error: None },
        error: None,
    };
    ConversationPage { shell: shell(), list: list(), thread, card: Card::default() }
}
