use chrono::{FixedOffset, NaiveDate, NaiveDateTime, Offset as _, TimeZone as _};
use chrono_tz::{TZ_VARIANTS, Tz};

/// Where most companies and clients are.
const UNITED_STATES: [Tz; 7] = [
    Tz::America__New_York,
    Tz::America__Chicago,
    Tz::America__Denver,
    Tz::America__Phoenix,
    Tz::America__Los_Angeles,
    Tz::America__Anchorage,
    Tz::Pacific__Honolulu,
];

/// Some of the time zones, under a heading. Each zone is in one group only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZoneGroup {
    pub label: String,
    /// IANA names, each with whether it is chosen.
    pub zones: Vec<(&'static str, bool)>,
}

/// All time zones, those near a place first, then by region. A place whose name is unknown has none near it.
pub fn zone_groups(place: &str, chosen: &str) -> Vec<ZoneGroup> {
    let near = near(place);
    let mut named = vec![("Near you".to_owned(), near.clone())];
    let us = UNITED_STATES.into_iter().filter(|zone| !near.contains(zone));
    named.push(("United States".to_owned(), us.collect()));
    let is_above = |zone: &Tz| near.contains(zone) || UNITED_STATES.contains(zone);
    let mut others: Vec<Tz> = TZ_VARIANTS.iter().copied().filter(|zone| !is_above(zone)).collect();
    others.sort_by_key(|zone| (region(*zone).is_none(), zone.name()));
    for zone in others {
        let label = region(zone).unwrap_or("Others");
        match named.last_mut() {
            Some((last, zones)) if last == label => zones.push(zone),
            _ => named.push((label.to_owned(), vec![zone])),
        }
    }
    let group = |(label, zones): (String, Vec<Tz>)| ZoneGroup {
        label,
        zones: zones.into_iter().map(|zone| (zone.name(), zone.name() == chosen)).collect(),
    };
    named.into_iter().filter(|(_, zones)| !zones.is_empty()).map(group).collect()
}

/// The place's own, then those of its part of the world with the same clock; in the United States all of theirs.
fn near(place: &str) -> Vec<Tz> {
    let Ok(own) = place.parse::<Tz>() else { return Vec::new() };
    let mut near = vec![own];
    if UNITED_STATES.contains(&own) {
        near.extend(UNITED_STATES.into_iter().filter(|zone| *zone != own));
    } else if region(own).is_some() {
        let alike = |zone: &Tz| *zone != own && region(*zone) == region(own) && clock(*zone) == clock(own);
        near.extend(TZ_VARIANTS.iter().copied().filter(alike));
    }
    near
}

/// "America" of America/Denver; none of UTC.
fn region(zone: Tz) -> Option<&'static str> {
    zone.name().split_once('/').map(|(region, _)| region)
}

/// What it shows in winter and in summer.
fn clock(zone: Tz) -> [FixedOffset; 2] {
    [1, 7].map(|month| {
        let day = NaiveDate::from_ymd_opt(2026, month, 1).map(NaiveDateTime::from).unwrap_or_default();
        zone.offset_from_utc_datetime(&day).fix()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(group: &ZoneGroup) -> Vec<&str> {
        group.zones.iter().map(|(name, _)| *name).collect()
    }

    #[test]
    fn every_zone_is_offered_once_and_the_chosen_one_is_marked() {
        for place in ["America/Denver", "Europe/Berlin", "UTC", "Mars/Olympus"] {
            let groups = zone_groups(place, "Asia/Tokyo");
            let mut all: Vec<&str> = groups.iter().flat_map(names).collect();
            assert_eq!(all.len(), TZ_VARIANTS.len(), "{place}");
            all.sort_unstable();
            all.dedup();
            assert_eq!(all.len(), TZ_VARIANTS.len(), "{place}");
            let marked: Vec<_> = groups.iter().flat_map(|group| &group.zones).filter(|(_, chosen)| *chosen).collect();
            assert_eq!(marked, [&("Asia/Tokyo", true)], "{place}");
            assert!(groups.iter().all(|group| !group.zones.is_empty()), "{place}");
        }
    }

    #[test]
    fn the_near_ones_come_first() {
        let denver = zone_groups("America/Denver", "");
        assert_eq!(names(&denver[0])[..3], ["America/Denver", "America/New_York", "America/Chicago"]);
        assert_eq!((denver[0].label.as_str(), denver[1].label.as_str()), ("Near you", "Africa"));
        let berlin = zone_groups("Europe/Berlin", "");
        assert_eq!(names(&berlin[0])[0], "Europe/Berlin");
        assert!(names(&berlin[0]).contains(&"Europe/Paris") && !names(&berlin[0]).contains(&"Europe/London"));
        assert_eq!(names(&berlin[1])[0], "America/New_York");
        let nowhere = zone_groups("Mars/Olympus", "");
        assert_eq!(nowhere[0].label, "United States");
    }

    #[test]
    fn regions_follow_by_name_and_what_has_none_comes_last() {
        let labels: Vec<String> = zone_groups("America/Denver", "").into_iter().map(|group| group.label).collect();
        assert!(labels[1..labels.len() - 1].is_sorted(), "{labels:?}");
        assert_eq!(labels.last().unwrap(), "Others");
    }
}
