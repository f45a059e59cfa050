//! Lists that are cut, and numbers that say so.

/// So many of each list are named.
pub const NAMED: usize = 10;

/// "12", and "1,000+" where counting stopped.
pub fn counted(count: usize, stopped_at: Option<usize>) -> String {
    let plus = if stopped_at.is_some_and(|stop| count >= stop) { "+" } else { "" };
    let number = if count < 1_000 { count.to_string() } else { format!("{},{:03}", count / 1_000, count % 1_000) };
    format!("{number}{plus}")
}

/// "Nobody", "1 person", "7 people", "99+ people".
pub fn people(count: usize) -> String {
    match count {
        0 => "Nobody".to_owned(),
        1 => "1 person".to_owned(),
        2..=99 => format!("{count} people"),
        _ => "99+ people".to_owned(),
    }
}

/// "Alice, Bob and Carl"; "Alice, … and 40 more".
pub fn names_in_short(names: &[&str]) -> String {
    let more = names.len().saturating_sub(NAMED);
    match names {
        _ if more > 0 => {
            let first: Vec<&str> = names.iter().take(NAMED).copied().collect();
            format!("{} and {} more", first.join(", "), counted(more, None))
        }
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => names.join(""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_says_where_counting_stopped() {
        assert_eq!(counted(7, Some(1_000)), "7");
        assert_eq!(counted(1_000, Some(1_000)), "1,000+");
        assert_eq!(counted(1_000, None), "1,000");
        assert_eq!(counted(12_045, None), "12,045");
        assert_eq!([people(0), people(1), people(99), people(100)], ["Nobody", "1 person", "99 people", "99+ people"]);
    }

    #[test]
    fn ten_are_named_and_the_others_are_counted() {
        assert_eq!(names_in_short(&[]), "");
        assert_eq!(names_in_short(&["Alice"]), "Alice");
        assert_eq!(names_in_short(&["Alice", "Bob", "Carl"]), "Alice, Bob and Carl");
        let many = ["A"; 50];
        assert!(names_in_short(&many).ends_with("A and 40 more"));
        assert_eq!(names_in_short(&many[..10]), "A, A, A, A, A, A, A, A, A and A");
    }
}
