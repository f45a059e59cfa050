use proptest::prelude::*;

use super::*;

fn fields() -> MergeFields {
    MergeFields::new([("sales_person", "Closer")])
}

fn template(text: &str) -> MergeTemplate {
    MergeTemplate::parse(text, &fields()).unwrap()
}

fn errors(text: &str) -> Vec<String> {
    MergeTemplate::parse(text, &fields()).unwrap_err().iter().map(MergeError::to_string).collect()
}

fn values(pairs: &[(&str, &str)]) -> MergeValues {
    let mut values = MergeValues::default();
    pairs.iter().for_each(|(field, value)| values.set(field, value));
    values
}

fn rendered(text: &str, pairs: &[(&str, &str)]) -> String {
    template(text).render(&values(pairs)).text
}

#[test]
fn fields_become_values_and_else_their_fallback() {
    let anna = [("client.first_name", "Anna"), ("company.name", "Summit Ridge")];
    for (text, filled) in [
        ("Hi {{client.first_name}}, {{company.name}} here.", "Hi Anna, Summit Ridge here."),
        ("Hi {{ client.first_name | there }}", "Hi Anna"),
        ("Hi {{Client.First_Name}}", "Hi Anna"),
        ("Hi {{client.last_name| dear neighbour }}.", "Hi dear neighbour."),
        ("{{client.first_name}}{{company.name}}", "AnnaSummit Ridge"),
        ("No field, { single } braces and a }} stray", "No field, { single } braces and a }} stray"),
        ("", ""),
    ] {
        assert_eq!(rendered(text, &anna), filled, "{text}");
    }
}

#[test]
fn what_has_neither_value_nor_fallback_is_missing_once() {
    let text =
        "{{client.first_name}} {{appointment.date}} {{client.first_name}} {{sender.name|}} {{client.company|you}}";
    let missing = template(text).render(&values(&[])).missing;
    assert_eq!(missing, ["client.first_name", "appointment.date"], "an empty fallback says that nothing is fine");
}

#[test]
fn around_a_gap_blanks_and_marks_are_tidied() {
    for (text, tidy) in [
        ("Hi {{client.first_name}}, how are you?", "Hi, how are you?"),
        ("Hi {{client.first_name}} {{client.last_name}}, how", "Hi, how"),
        ("Hi {{client.first_name}}! Great", "Hi! Great"),
        ("See you {{appointment.date}} at noon", "See you at noon"),
        ("See you, {{client.first_name}}, at noon", "See you, at noon"),
        ("Call us: {{client.phone}}.", "Call us."),
        ("{{client.first_name}}, we are here", "we are here"),
        ("{{client.first_name}} we are here", "we are here"),
        ("Hi\n{{client.first_name}}: news", "Hi\nnews"),
        ("Thanks, {{sender.first_name}}", "Thanks,"),
        ("Thanks {{sender.first_name}}\nBye", "Thanks\nBye"),
        ("{{sender.name}}\n{{client.name}}\nBye", "\n\nBye"),
        ("Ask {{sales_person.first_name}} ({{sales_person.name}}) then", "Ask then"),
        ("Ask us ( {{sales_person.name}} ).", "Ask us."),
        ("(a, {{client.name}})", "(a)"),
        ("Hi,{{client.name}} you", "Hi, you"),
        ("one{{client.name}}two", "onetwo"),
        ("one{{client.name}} {{client.company}}two", "one two"),
        ("Two  blanks , stay", "Two  blanks , stay"),
        ("{{client.name}}", ""),
    ] {
        assert_eq!(rendered(text, &[]), tidy, "{text}");
    }
}

#[test]
fn a_value_is_one_line_without_double_blanks_or_double_braces() {
    assert_eq!(
        rendered("At {{client.address}}.", &[("client.address", " 12  Elm St\r\n\n Arvada ")]),
        "At 12 Elm St, Arvada."
    );
    assert_eq!(rendered("{{client.name}}{{client.name}}", &[("client.name", "{{{")]), "{");
    assert_eq!(values(&[("client.name", " \n\t")]).get("client.name"), None);
}

#[test]
fn who_writes_is_told_what_is_wrong_and_what_was_meant() {
    for (text, words) in [
        ("{{client.firstname}}", "“client.firstname” is not a field. Did you mean {{client.first_name}}?"),
        ("{{salesperson.name|x}}", "“salesperson.name” is not a field. Did you mean {{sales_person.name}}?"),
        ("{{closer.name}}", "“closer.name” is not a field. Did you mean {{sales_person.name}}?"),
        ("{{zzz}}", "“zzz” is not a field. Choose one from the list of fields."),
        (
            "Hi {{client.name, you",
            "The field that begins with “{{client.name, you” is not closed. Put }} after its name.",
        ),
        ("{{ }}", "{{ }} names no field. Write one between the braces, like {{client.first_name}}."),
        ("{{|there}}", "{{ }} names no field. Write one between the braces, like {{client.first_name}}."),
    ] {
        assert_eq!(errors(text), [words], "{text}");
    }
}

#[test]
fn all_errors_are_told_at_once() {
    let told = errors("{{client.name {{nobody.x}} and {{}}");
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told[0].contains("“{{client.name” is not closed"), "{told:?}");
    assert!(told[1].contains("nobody.x"), "{told:?}");
    assert!(errors(&format!("{{{{{}}}}}", "x".repeat(10_000)))[0].len() < 200);
}

#[test]
fn a_position_has_a_word_of_its_own() {
    let taken = ["sales_person".to_owned()];
    for (name, word) in [
        ("Project Manager", "project_manager"),
        ("  Crew-Lead (A) ", "crew_lead_a"),
        ("Sales person", "sales_person_2"),
        ("Client", "client_2"),
        ("Bauführer", "baufuhrer"),
        ("!!", "position_7"),
    ] {
        assert_eq!(merge_name(7, name, &taken), word, "{name}");
    }
}

#[test]
fn a_field_that_nobody_filled_in_is_found() {
    assert_eq!(unfilled_field("Hi {{client.first_name|x}}, {{b}}"), Some("{{client.first_name|x}}"));
    assert_eq!(unfilled_field("Hi {{ you and }"), None);
    assert_eq!(unfilled_field("}} {{"), None);
}

/// Templates that parse: words without double blanks or braces, between fields.
fn written() -> impl Strategy<Value = String> {
    let words = "[a-z,.;:!?()é\n{]{0,3}( [a-z,.;:!?()\n]{1,3}){0,3} ?".prop_map(|words| words.replace('{', "("));
    let field = prop::sample::select(vec!["client.name", "client.phone", "sender.name", "sales_person.name"]);
    let fallback =
        prop::option::of("[a-z ]{0,5}".prop_map(|words| words.split_whitespace().collect::<Vec<_>>().join(" ")));
    let part = (words, field, fallback).prop_map(|(words, field, fallback)| match fallback {
        Some(fallback) => format!("{words}{{{{{field}|{fallback}}}}}"),
        None => format!("{words}{{{{{field}}}}}"),
    });
    prop::collection::vec(part, 0..5).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn filling_in_never_makes_a_double_blank(text in written(), name in ".{0,12}", phone in "[ 0-9{]{0,5}") {
        prop_assume!(!text.contains("  "));
        let text = template(&text).render(&values(&[("client.name", &name), ("client.phone", &phone)])).text;
        prop_assert!(!text.contains("  "), "{text:?}");
        prop_assert!(!text.contains("{{"), "{text:?}");
    }

    #[test]
    fn no_text_makes_it_panic(text in "(\\{|\\}|\\||client\\.name|[ ,\n]|.){0,40}", name in any::<String>()) {
        match MergeTemplate::parse(&text, &fields()) {
            Ok(template) => prop_assert!(!template.render(&values(&[("client.name", &name)])).text.contains("{{")),
            Err(errors) => prop_assert!(errors.iter().all(|error| !error.to_string().is_empty())),
        }
    }

    #[test]
    fn a_text_without_fields_is_left_as_it_is(text in "[^{]*") {
        prop_assert_eq!(rendered(&text, &[]), text);
    }
}
