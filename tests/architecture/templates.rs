//! What the content security policy forbids, so that no page needs an exception from it.

use crate::house::{Breach, House, finds, hold};

#[test]
fn templates_hold_no_code_and_no_style() {
    hold(
        inline,
        "Pages are served under `script-src 'self'; style-src 'self'`: code stands in static/*.js, style in \
        static/*.css, and what breaks that breaks in the browser, silently.",
    );
}

#[test]
fn triggers_have_no_filters() {
    hold(
        trigger_filters,
        "An hx-trigger filter is evaluated as code, which the policy forbids: put the topic into the \
        event's name.",
    );
}

fn inline(house: &House) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for file in house.under("templates/", &[".html"]) {
        let text = without_comments(&file.text);
        for (number, line) in text.lines().enumerate() {
            let found = attributes(line).filter(|name| {
                *name == "style" || name.starts_with("hx-on") || (name.starts_with("on") && name.len() > 2)
            });
            breaches.extend(found.map(|name| file.breach(number + 1, format!("the attribute {name}="))));
            let code = ["\"js:", "'js:", "javascript:", "<style"].into_iter().find(|code| line.contains(code));
            breaches.extend(code.map(|code| file.breach(number + 1, code)));
        }
        for (at, _) in text.match_indices("<script") {
            let inside = text[at..].split_once('>').map_or("", |(_, after)| after);
            let inside = inside.split("</script").next().unwrap_or_default();
            if !inside.trim().is_empty() {
                breaches.push(file.breach(line_of(&text, at), "a script with content"));
            }
        }
    }
    breaches
}

fn trigger_filters(house: &House) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for file in house.under("templates/", &[".html"]) {
        for (at, name) in file.text.match_indices("hx-trigger=") {
            let value = &file.text[at + name.len()..];
            let quote = value.chars().next().unwrap_or('"');
            let value = value[1.min(value.len())..].split(quote).next().unwrap_or_default();
            if value.contains('[') {
                breaches.push(file.breach(line_of(&file.text, at), value));
            }
        }
    }
    breaches
}

/// Names before a `=`, where a tag may have them: after white space.
fn attributes(line: &str) -> impl Iterator<Item = &str> {
    let before_equals = line.match_indices('=').map(|(at, _)| &line[..at]);
    before_equals.filter_map(|before| {
        let name = before.rsplit(|c: char| c.is_whitespace() || "\"'{}<>".contains(c)).next().unwrap_or_default();
        let after_space = before[..before.len() - name.len()].ends_with(char::is_whitespace);
        // At the start of a line, a tag goes on
        (!name.is_empty() && (after_space || name.len() == before.len())).then_some(name)
    })
}

/// Askama's comments become spaces; lines stay.
fn without_comments(text: &str) -> String {
    let mut result = text.to_owned();
    while let Some(start) = result.find("{#") {
        let end = result[start..].find("#}").map_or(result.len(), |at| start + at + 2);
        let blank: String = result[start..end].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
        result.replace_range(start..end, &blank);
    }
    result
}

fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

#[test]
fn code_and_style_in_a_template_are_found() {
    let page = "{# style=\"x\" #}<p\n style=\"color:red\">\n<a onclick=\"x()\" hx-on:click=\"y\">\n<b hx-vals='js:{}'>\n\
        <script src=\"/a.js\" defer></script><script>alert()</script>";
    assert_eq!(
        finds(inline, &[("templates/a.html", page)]),
        [
            "templates/a.html:2: the attribute style=",
            "templates/a.html:3: the attribute onclick=",
            "templates/a.html:3: the attribute hx-on:click=",
            "templates/a.html:4: 'js:",
            "templates/a.html:5: a script with content",
        ]
    );
    let clean = "<a class=\"on\" data-style=\"x\" href=\"?onward=1\">{% if one == 1 %}style{% endif %}</a>";
    assert!(finds(inline, &[("templates/b.html", clean)]).is_empty());
}

#[test]
fn a_trigger_filter_is_found() {
    let page = "<p hx-trigger=\"conversations from:body\">\n<p hx-trigger=\"click[ctrlKey]\">";
    assert_eq!(finds(trigger_filters, &[("templates/a.html", page)]), ["templates/a.html:2: click[ctrlKey]"]);
}
