use askama::Template;

/// What of a page is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'a> {
    Whole,
    /// The element with this id is about to be replaced.
    Of(&'a str),
}

/// A page that can also answer with the one of its parts that is being replaced.
///
/// The parts are blocks of the page's own template, so a part never differs from the page.
pub trait PageParts: Template {
    /// The part that replaces the element with the id `target`.
    fn part(&self, target: &str) -> askama::Result<String>;

    fn draw(&self, wanted: Part<'_>) -> askama::Result<String> {
        match wanted {
            Part::Whole => self.render(),
            Part::Of(target) => self.part(target),
        }
    }
}
