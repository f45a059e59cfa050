//! Reading what stands behind the question mark. Addresses come from bookmarks, scripts and hands: what is odd about
//! one is no reason to refuse the page.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::ops::Deref;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use serde::de::DeserializeOwned;
use url::form_urlencoded;

/// The query string as a `T`. Of a name that stands there twice the last value counts, names that nobody asked for are
/// passed over, and what cannot be read is as if it were not there.
#[derive(Debug, Clone, Default)]
pub struct Query<T>(pub T);

impl<T> Query<T> {
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> Deref for Query<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: DeserializeOwned + Default + 'static> FromRequest for Query<T> {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        ready(Ok(Self(read(request.query_string()))))
    }
}

fn read<T: DeserializeOwned + Default>(query: &str) -> T {
    let mut last = std::collections::BTreeMap::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        // NUL: no person types it, and PostgreSQL cannot keep it
        last.insert(name, value.replace('\0', ""));
    }
    let once = form_urlencoded::Serializer::new(String::new()).extend_pairs(last).finish();
    serde_urlencoded::from_str(&once).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Default, PartialEq, Eq, Deserialize)]
    struct Asked {
        #[serde(default)]
        q: String,
        before: Option<i64>,
    }

    fn asked(q: &str, before: Option<i64>) -> Asked {
        Asked { q: q.to_owned(), before }
    }

    #[test]
    fn of_a_name_that_stands_there_twice_the_last_value_counts() {
        assert_eq!(read::<Asked>("q=a&before=3&q=b%20c"), asked("b c", Some(3)));
    }

    #[test]
    fn what_is_odd_is_passed_over() {
        for (query, read_as) in [
            ("", asked("", None)),
            ("&&=&q", asked("", None)),
            ("q=a%00b&other=1", asked("ab", None)),
            ("q=%FF", asked("\u{FFFD}", None)),
            ("before=soon", asked("", None)),
        ] {
            assert_eq!(read::<Asked>(query), read_as, "{query}");
        }
    }
}
