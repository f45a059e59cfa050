//! What needs no database: reading, guessing, cells.

use chrono_tz::America::Denver;
use proptest::prelude::*;

use super::*;
use crate::domain::{PhoneKind, restored_cell};
use crate::store::positions::Position;

fn rows(text: &[u8]) -> Vec<Vec<String>> {
    let table = read(text).unwrap();
    [table.header].into_iter().chain(table.rows.into_iter().map(|(_, cells)| cells)).collect()
}

fn expected() -> Vec<Vec<String>> {
    [["Name", "Phone"], ["José Ångström", "555"]].map(|row| row.map(str::to_owned).to_vec()).to_vec()
}

#[test]
fn the_same_file_is_read_in_whatever_encoding_it_was_saved() {
    let text = "Name,Phone\nJosé Ångström,555\n";
    let utf16 = |bytes: fn(u16) -> [u8; 2], mark: [u8; 2]| {
        mark.into_iter().chain(text.encode_utf16().flat_map(bytes)).collect::<Vec<u8>>()
    };
    let (windows, ..) = encoding_rs::WINDOWS_1252.encode(text);
    for (what, bytes) in [
        ("UTF-8", text.as_bytes().to_vec()),
        ("UTF-8 with its mark", format!("\u{FEFF}{text}").into_bytes()),
        ("UTF-16 LE", utf16(u16::to_le_bytes, [0xFF, 0xFE])),
        ("UTF-16 BE", utf16(u16::to_be_bytes, [0xFE, 0xFF])),
        ("Windows-1252", windows.into_owned()),
        ("Windows line ends", text.replace('\n', "\r\n").into_bytes()),
        ("old Mac line ends", text.replace('\n', "\r").into_bytes()),
        ("semicolons", text.replace(',', ";").into_bytes()),
        ("tabs", text.replace(',', "\t").into_bytes()),
        ("NUL", text.replace("José", "Jo\0sé").into_bytes()),
        ("no last line end", text.trim_end().as_bytes().to_vec()),
        ("empty lines", text.replace('\n', "\n\n , \n").into_bytes()),
    ] {
        assert_eq!(rows(&bytes), expected(), "{what}");
    }
}

#[test]
fn quotes_hold_separators_quotes_and_line_ends() {
    let table = read(b"Name,Notes\n\"Fields, Karen\",\"He said \"\"hi\"\"\r\nand left\"\n\nBo,x\n").unwrap();
    assert_eq!(table.rows[0].1, ["Fields, Karen", "He said \"hi\"\nand left"]);
    let lines: Vec<i64> = table.rows.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [2, 5], "as a text editor counts");
}

#[test]
fn a_semicolon_in_an_address_does_not_make_a_file_of_semicolons() {
    let table = read(b"Name,Address\nA,\"1 Main; 2nd floor\"\nB,x;y;z\n").unwrap();
    assert_eq!(table.header, ["Name", "Address"]);
    assert_eq!(read(b"Phone\n5550101\n").unwrap().header, ["Phone"], "one column is a file too");
}

#[test]
fn rows_that_are_too_long_or_too_short_are_kept_for_a_person_to_see() {
    let table = read(b"A,B\n1\n1,2,3\n1,2,,\n").unwrap();
    let lengths: Vec<usize> = table.rows.iter().map(|(_, cells)| cells.len()).collect();
    assert_eq!(lengths, [1, 3, 2]);
}

#[test]
fn what_is_no_file_of_clients_is_refused_with_a_sentence() {
    let wide = vec!["column"; 300].join(",");
    let many = format!("A\n{}", "x\n".repeat(50_001));
    let large = vec![b'x'; LARGEST_FILE + 1];
    for (bytes, why) in [
        (&b""[..], Unreadable::Empty),
        (b"\xEF\xBB\xBF", Unreadable::Empty),
        (b"\n\n  \n", Unreadable::Empty),
        (b"Name,Phone\n", Unreadable::OnlyHeader),
        (b"PK\x03\x04 a spreadsheet", Unreadable::NoText),
        (b"\x01\x02\x03\x04\x05\x06", Unreadable::NoText),
        (b"<!DOCTYPE html><table>", Unreadable::NoText),
        (wide.as_bytes(), Unreadable::TooManyColumns(300)),
        (many.as_bytes(), Unreadable::TooManyRows),
        (&large, Unreadable::TooLarge),
    ] {
        assert_eq!(read(bytes).unwrap_err(), why);
    }
    assert_eq!(read(format!("A\n{}", "x\n".repeat(50_000)).as_bytes()).unwrap().rows.len(), 50_000);
}

#[test]
fn columns_are_guessed_by_what_people_call_them() {
    let positions = [Position { id: 7, name: "Sales Person".to_owned(), ordinal: 0, merge_name: String::new() }];
    for (name, target) in [
        ("First Name", Target::FirstName),
        ("LAST_NAME", Target::LastName),
        ("E-Mail Address", Target::Email),
        ("Cell #", Target::Phone(PhoneKind::Mobile)),
        ("Work phone", Target::Phone(PhoneKind::Office)),
        ("Zip code", Target::Address),
        ("Salesperson", Target::Position(7)),
        ("Birthday", Target::Ignore),
        ("", Target::Ignore),
    ] {
        assert_eq!(guess(&[name.to_owned()], &positions), [target], "{name}");
    }
    let twice = ["Name", "Email", "email", "Phone", "Phone"].map(str::to_owned);
    let phone = Target::Phone(PhoneKind::Mobile);
    assert_eq!(guess(&twice, &[]), [Target::FullName, Target::Email, Target::Ignore, phone, phone]);
}

#[test]
fn a_target_survives_the_way_through_a_form() {
    let positions = [Position { id: 7, name: "Sales Person".to_owned(), ordinal: 0, merge_name: String::new() }];
    let choices = Target::choices(&positions);
    assert_eq!(choices.len(), 17);
    for (target, _) in choices {
        assert_eq!(target.to_string().parse(), Ok(target));
    }
    assert!("position:x".parse::<Target>().is_err() && "owner".parse::<Target>().is_err());
}

#[test]
fn moments_are_read_as_people_write_them_and_in_the_companys_zone() {
    for text in [
        "2026-03-31T14:30:00-06:00",
        "2026-03-31T20:30:00Z",
        "2026-03-31 14:30",
        "2026-03-31 14:30:00",
        "3/31/2026 2:30 PM",
        "03/31/26 2:30pm",
        "31.03.2026 14:30",
        "Mar 31, 2026 2:30 PM",
    ] {
        let moment = when::parse(text, Denver).map(|at| at.to_string());
        assert_eq!(moment.as_deref(), Some("2026-03-31 20:30:00"), "{text}");
    }
    assert_eq!(when::parse("2026-03-31", Denver).unwrap().to_string(), "2026-03-31 15:00:00", "nine in the morning");
    assert_eq!(
        when::parse("2026-03-08 02:30", Denver).unwrap().to_string(),
        "2026-03-08 09:30:00",
        "skipped in spring"
    );
    for text in ["", "soon", "2026-13-01", "31/31/2026", "0001-01-01"] {
        assert_eq!(when::parse(text, Denver), None, "{text}");
    }
}

proptest! {
    #[test]
    fn whatever_comes_is_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(table) = read(&bytes) {
            prop_assert!(!table.header.is_empty() && !table.rows.is_empty());
            prop_assert!(table.rows.iter().all(|(_, cells)| cells.iter().all(|cell| !cell.contains('\0'))));
            prop_assert!(table.rows.is_sorted_by(|(one, _), (other, _)| one < other));
        }
    }

    #[test]
    fn what_is_written_is_read_back(cells in prop::collection::vec("[a-z,;\"'=+@ \n\t-]{0,12}[a-z]", 2..6)) {
        let header: Vec<String> = (0..cells.len()).map(|at| format!("c{at}")).collect();
        let file = [line(&header), line(&cells)].concat();
        let table = read(&file).unwrap();
        let back: Vec<&str> = table.rows[0].1.iter().map(|cell| restored_cell(cell)).collect();
        prop_assert_eq!(back, cells);
    }

    #[test]
    fn a_guess_does_not_depend_on_case_or_signs(name in "[a-zA-Z _-]{0,20}") {
        let loud = format!(" {} ", name.to_uppercase().replace(' ', "_"));
        prop_assert_eq!(guess(&[name], &[]), guess(&[loud], &[]));
    }
}
