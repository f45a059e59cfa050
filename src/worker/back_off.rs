use chrono::Duration;
use rand::Rng as _;

/// 2 s, 4 s, 8 s … up to five minutes, each between half and one and a half of it, so that not everything comes back at once.
pub fn pause(attempts: i64) -> Duration {
    jittered(attempts, rand::rng().random_range(0.5..1.5))
}

fn jittered(attempts: i64, factor: f64) -> Duration {
    let doublings = u32::try_from(attempts.clamp(0, 7)).unwrap_or_default();
    let seconds = (2_u32 << doublings).min(300);
    Duration::milliseconds((f64::from(seconds) * 1_000.0 * factor) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_pause_is_longer_than_the_one_before_and_none_than_five_minutes() {
        let pauses: Vec<Duration> = (0..12).map(|attempts| jittered(attempts, 1.0)).collect();
        assert_eq!(pauses.first(), Some(&Duration::seconds(2)));
        assert!(pauses.is_sorted());
        assert!(pauses.iter().all(|pause| *pause <= Duration::minutes(5)));
    }
}
