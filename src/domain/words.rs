/// Declares an enum whose every value is one word, the same in the database, in forms and in JSON.
///
/// Gives `ALL` in the order written, `as_str`, `Display`, `FromStr` and serde.
macro_rules! text_enum {
    ($(#[$about:meta])* pub enum $name:ident { $($(#[$note:meta])* $value:ident = $word:literal),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$note])* $value),+ }

        impl $name {
            /// Every value, in the order of their declaration.
            pub const ALL: &'static [Self] = &[$(Self::$value),+];

            /// The word that is stored and sent.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$value => $word),+ }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::domain::UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word {
                    $($word => Ok(Self::$value),)+
                    _ => Err($crate::domain::UnknownWord::new(word, &[$($word),+])),
                }
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                <String as ::serde::Deserialize>::deserialize(from)?
                    .parse()
                    .map_err(::serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use text_enum;

/// A word that is not in the set it was looked up in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{word}” is not known here; choose one of: {known}")]
pub struct UnknownWord {
    word: String,
    known: String,
}

impl UnknownWord {
    /// The word is cut after 40 characters: it may be anything that somebody sent.
    pub(crate) fn new(word: &str, known: &[&str]) -> Self {
        Self { word: word.chars().take(40).collect(), known: known.join(", ") }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::{DeliveryStatus, SmsDashboard};

    #[test]
    fn every_value_survives_the_way_through_text_and_json() {
        for &status in DeliveryStatus::ALL {
            assert_eq!(status.as_str().parse(), Ok(status));
            let json = serde_json::to_string(&status).unwrap();
            assert_eq!(json, format!("\"{status}\""));
            assert_eq!(serde_json::from_str::<DeliveryStatus>(&json).unwrap(), status);
        }
    }

    #[test]
    fn an_unknown_word_names_the_known_ones() {
        let error = "some".parse::<SmsDashboard>().unwrap_err();
        assert_eq!(error.to_string(), "“some” is not known here; choose one of: all, assigned, none");
    }

    #[test]
    fn an_endless_unknown_word_is_cut() {
        let error = "x".repeat(10_000).parse::<SmsDashboard>().unwrap_err();
        assert!(error.to_string().len() < 150);
    }

    #[test]
    fn words_are_matched_to_the_letter() {
        assert!("All".parse::<SmsDashboard>().is_err());
        assert!(" all".parse::<SmsDashboard>().is_err());
    }
}
