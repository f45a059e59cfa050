use serde::{Deserialize, Deserializer};

/// A whole number however it is written: `2` or `"2"`; anything else is none.
///
/// The dialect itself is of two minds, and an oddly written side fact must not cost us the fact that a text
/// was taken.
pub(super) fn lenient<'de, D: Deserializer<'de>>(written: D) -> Result<Option<u32>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Number(u32),
        Text(String),
        Other(serde::de::IgnoredAny),
    }
    Ok(match Written::deserialize(written)? {
        Written::Number(number) => Some(number),
        Written::Text(text) => text.trim().parse().ok(),
        Written::Other(_) => None,
    })
}
