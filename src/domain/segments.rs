use unicode_segmentation::UnicodeSegmentation;

use super::gsm7;

/// The alphabet that a text travels in: the small one if it has all characters, else UTF-16.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    Gsm7,
    Ucs2,
}

impl Encoding {
    /// Units that fit into a text of one part: 140 bytes.
    const fn alone(self) -> usize {
        match self {
            Self::Gsm7 => 160,
            Self::Ucs2 => 70,
        }
    }

    /// Units that fit into each of several parts, beside the 6-byte header that joins them.
    const fn in_a_part(self) -> usize {
        match self {
            Self::Gsm7 => 153,
            Self::Ucs2 => 67,
        }
    }
}

/// What a text costs to send.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Segments {
    pub encoding: Encoding,
    /// Septets in GSM-7, UTF-16 code units in UCS-2.
    pub units: usize,
    /// Parts the text is sent in, each charged as one text. None for an empty text.
    pub count: usize,
    /// Units that still fit before another part is needed.
    pub left_in_part: usize,
}

/// Counts the parts of a text as Twilio charges them: nothing that people see as one character straddles two parts.
pub fn segments(text: &str) -> Segments {
    let encoding = if text.chars().all(|c| gsm7::septets(c).is_some()) { Encoding::Gsm7 } else { Encoding::Ucs2 };
    let cost = |c: char| match encoding {
        Encoding::Gsm7 => gsm7::septets(c).unwrap_or(1),
        Encoding::Ucs2 => c.len_utf16(),
    };
    let units = text.chars().map(cost).sum();
    let (count, filled, room) = if units <= encoding.alone() {
        (usize::from(units > 0), units, encoding.alone())
    } else {
        let room = encoding.in_a_part();
        let clusters = text.graphemes(true).map(|cluster| cluster.chars().map(cost).collect::<Vec<_>>());
        let (count, filled) = fill_parts(clusters.flat_map(|cluster| indivisible(cluster, room)), room);
        (count, filled, room)
    };
    Segments { encoding, units, count, left_in_part: room.saturating_sub(filled) }
}

/// A cluster is one piece, unless no part could hold it.
fn indivisible(cluster: Vec<usize>, room: usize) -> Vec<usize> {
    let whole = cluster.iter().sum();
    if whole <= room { vec![whole] } else { cluster }
}

/// How many parts the pieces take, and how full the last one is.
fn fill_parts(costs: impl Iterator<Item = usize>, room: usize) -> (usize, usize) {
    costs.fold(
        (1, 0),
        |(count, filled), cost| {
            if filled + cost > room { (count + 1, cost) } else { (count, filled + cost) }
        },
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Encoding::*, *};

    fn counted(text: &str) -> (Encoding, usize, usize, usize) {
        let Segments { encoding, units, count, left_in_part } = segments(text);
        (encoding, units, count, left_in_part)
    }

    #[test]
    fn parts_are_counted_as_carriers_do() {
        for (text, expected) in [
            (String::new(), (Gsm7, 0, 0, 160)),
            ("a".to_owned(), (Gsm7, 1, 1, 159)),
            ("a".repeat(160), (Gsm7, 160, 1, 0)),
            ("a".repeat(161), (Gsm7, 161, 2, 145)),
            ("a".repeat(306), (Gsm7, 306, 2, 0)),
            ("a".repeat(307), (Gsm7, 307, 3, 152)),
            ("€".repeat(80), (Gsm7, 160, 1, 0)),
            ("Ç".repeat(160), (Gsm7, 160, 1, 0)),
            ("ç".repeat(70), (Ucs2, 70, 1, 0)),
            ("ç".repeat(71), (Ucs2, 71, 2, 63)),
            ("ç".repeat(134), (Ucs2, 134, 2, 0)),
            ("ç".repeat(135), (Ucs2, 135, 3, 66)),
            ("😀".repeat(35), (Ucs2, 70, 1, 0)),
            // In the large alphabet an extension character is one unit again.
            ("€ç".to_owned(), (Ucs2, 2, 1, 68)),
            ("😀".repeat(1600), (Ucs2, 3200, 49, 35)),
        ] {
            assert_eq!(counted(&text), expected, "{text:.20}…");
        }
    }

    #[test]
    fn an_extension_character_moves_to_the_next_part_whole() {
        // 152 + € would put the escape code last in part one.
        let text = format!("{}€{}", "a".repeat(152), "a".repeat(10));
        assert_eq!(counted(&text), (Gsm7, 164, 2, 141));
        // Each part holds 76 of them and one unit stays empty.
        assert_eq!(counted(&"€".repeat(153)), (Gsm7, 306, 3, 151));
    }

    #[test]
    fn a_surrogate_pair_moves_to_the_next_part_whole() {
        assert_eq!(counted(&"😀".repeat(36)), (Ucs2, 72, 2, 61));
        assert_eq!(counted(&"😀".repeat(67)), (Ucs2, 134, 3, 65));
    }

    #[test]
    fn what_people_see_as_one_character_moves_to_the_next_part_whole() {
        let family = "👨\u{200d}👩\u{200d}👧";
        assert_eq!(counted(&family.repeat(9)), (Ucs2, 72, 2, 59));
        let accented = "q\u{301}".repeat(36);
        assert_eq!(counted(&accented), (Ucs2, 72, 2, 61));
    }

    #[test]
    fn a_heap_of_accents_that_no_part_holds_is_cut() {
        let heap = format!("a{}", "\u{301}".repeat(200));
        assert_eq!(counted(&heap), (Ucs2, 201, 3, 0));
    }

    proptest! {
        #[test]
        fn the_parts_hold_the_text_and_not_one_part_more(text in "[a-zA-Z €\\[\\]ç😀]{0,400}") {
            let s = segments(&text);
            prop_assert_eq!(s.count == 0, text.is_empty());
            if s.count > 1 {
                let room = s.encoding.in_a_part();
                prop_assert!(s.units > s.encoding.alone());
                prop_assert!(s.count * room >= s.units + s.left_in_part);
                // At most one unit stays empty in each full part.
                prop_assert!((s.count - 1) * (room - 1) + room - s.left_in_part <= s.units);
            } else {
                prop_assert_eq!(s.units + s.left_in_part, s.encoding.alone());
            }
        }

        #[test]
        fn a_longer_text_never_takes_fewer_parts(text in any::<String>(), more in any::<char>()) {
            let longer = format!("{text}{more}");
            prop_assert!(segments(&longer).count >= segments(&text).count);
        }
    }
}
