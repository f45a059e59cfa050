use super::text_enum;

text_enum! {
    /// One place nearer to the beginning of a list, or to its end.
    pub enum Shift {
        Up = "up",
        Down = "down",
    }
}

impl Shift {
    /// The list with this id one place further; as it was where there is no such place, or no such id.
    pub fn applied(self, mut ids: Vec<i64>, id: i64) -> Vec<i64> {
        let from = ids.iter().position(|other| *other == id);
        let to = from.and_then(|from| match self {
            Self::Up => from.checked_sub(1),
            Self::Down => Some(from + 1).filter(|to| *to < ids.len()),
        });
        if let (Some(from), Some(to)) = (from, to) {
            ids.swap(from, to);
        }
        ids
    }
}

#[cfg(test)]
mod tests {
    use super::Shift;

    #[test]
    fn a_step_swaps_with_the_neighbour_and_ends_at_the_ends() {
        for (shift, id, list) in [
            (Shift::Up, 2, [2, 1, 3]),
            (Shift::Down, 2, [1, 3, 2]),
            (Shift::Up, 1, [1, 2, 3]),
            (Shift::Down, 3, [1, 2, 3]),
            (Shift::Up, 9, [1, 2, 3]),
        ] {
            assert_eq!(shift.applied(vec![1, 2, 3], id), list, "{id} {shift}");
        }
    }
}
