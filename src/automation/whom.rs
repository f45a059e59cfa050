use std::collections::BTreeMap;

use crate::domain::{Assignee, PositionId, UserId, WhyNot};

/// What becomes of one of those whom a step is to assign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Assigned(UserId),
    Skipped {
        assignee: Assignee,
        /// Nobody, where the position is empty.
        user: Option<UserId>,
        why: WhyNot,
    },
}

/// Whom an accepted text assigns, in the order they are configured, nobody twice. `hindrance` says why somebody cannot be
/// assigned.
pub fn whom(
    assignees: &[Assignee],
    holders: &BTreeMap<PositionId, UserId>,
    assigned: &[UserId],
    hindrance: impl Fn(UserId) -> Option<WhyNot>,
) -> Vec<Outcome> {
    let mut outcomes: Vec<Outcome> = Vec::new();
    for &assignee in assignees {
        let user = match assignee {
            Assignee::Position(position) => holders.get(&position).copied(),
            Assignee::User(user) => Some(user),
        };
        let Some(user) = user else {
            outcomes.push(Outcome::Skipped { assignee, user: None, why: WhyNot::PositionEmpty });
            continue;
        };
        if outcomes.contains(&Outcome::Assigned(user)) {
            continue;
        }
        let why = hindrance(user).or(assigned.contains(&user).then_some(WhyNot::AlreadyAssigned));
        outcomes.push(match why {
            Some(why) => Outcome::Skipped { assignee, user: Some(user), why },
            None => Outcome::Assigned(user),
        });
    }
    outcomes
}

#[cfg(test)]
mod tests {
    use super::*;
    use Assignee::{Position, User};
    use Outcome::{Assigned, Skipped};

    const SALES: PositionId = 1;
    const EVE: UserId = 10;
    const MICHAEL: UserId = 11;
    const GONE: UserId = 12;

    #[test]
    fn positions_and_people_are_assigned_together_and_who_cannot_be_is_told_apart() {
        let hindrance = |user| (user == GONE).then_some(WhyNot::PersonInactive);
        let held = BTreeMap::from([(SALES, EVE)]);
        let skipped = |assignee, user, why| Skipped { assignee, user, why };
        for (name, wanted, holders, assigned, outcome) in [
            ("nobody configured", vec![], held.clone(), vec![], vec![]),
            (
                "the holder and somebody by name",
                vec![Position(SALES), User(MICHAEL)],
                held.clone(),
                vec![],
                vec![Assigned(EVE), Assigned(MICHAEL)],
            ),
            (
                "an empty position, and the other all the same",
                vec![Position(SALES), User(MICHAEL)],
                BTreeMap::new(),
                vec![],
                vec![skipped(Position(SALES), None, WhyNot::PositionEmpty), Assigned(MICHAEL)],
            ),
            ("one person twice", vec![Position(SALES), User(EVE)], held.clone(), vec![], vec![Assigned(EVE)]),
            (
                "somebody who left",
                vec![User(GONE), User(MICHAEL)],
                held.clone(),
                vec![],
                vec![skipped(User(GONE), Some(GONE), WhyNot::PersonInactive), Assigned(MICHAEL)],
            ),
            (
                "somebody who is there already",
                vec![User(MICHAEL)],
                held,
                vec![MICHAEL],
                vec![skipped(User(MICHAEL), Some(MICHAEL), WhyNot::AlreadyAssigned)],
            ),
        ] {
            assert_eq!(whom(&wanted, &holders, &assigned, hindrance), outcome, "{name}");
        }
    }
}
