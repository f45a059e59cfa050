//! What a person sees, and waits for.

use serde_json::json;

use super::super::{PATIENCE, within};
use super::Browser;

impl Browser {
    /// What the field holds now.
    pub async fn value_of(&self, label: &str) -> String {
        self.on("field", label, async |field| field.value().await).await.unwrap_or_default()
    }

    /// Waits until the page shows this text.
    pub async fn sees(&self, text: &str) {
        if within(PATIENCE, async || self.text().await.contains(text).then_some(())).await.is_none() {
            self.give_up(&format!("never saw \"{text}\"")).await;
        }
    }

    /// Waits until the page no longer shows this text. Say first that it was there, or where it would be.
    pub async fn does_not_see(&self, text: &str) {
        if within(PATIENCE, async || (!self.text().await.contains(text)).then_some(())).await.is_none() {
            self.give_up(&format!("still sees \"{text}\"")).await;
        }
    }

    /// Waits until there is a `link`, `button`, `field` or `region` of this name.
    pub async fn sees_a(&self, role: &str, name: &str) {
        self.on(role, name, async |_| Ok(())).await;
    }

    /// Waits until there is none.
    pub async fn sees_no(&self, role: &str, name: &str) {
        let gone = within(PATIENCE, async || self.find(role, name).await.ok()?.is_none().then_some(())).await;
        if gone.is_none() {
            self.give_up(&format!("still sees the {role} \"{name}\"")).await;
        }
    }

    /// The text inside the region of this name.
    pub async fn text_in(&self, region: &str) -> String {
        tidy(&self.on("region", region, async |region| region.text().await).await)
    }

    /// All that the page shows, white space as one space.
    pub async fn text(&self) -> String {
        match self.driver.execute("return document.body?.innerText ?? ''", vec![]).await {
            Ok(text) => tidy(text.json().as_str().unwrap_or_default()),
            // Between two pages there is none
            Err(_) => String::new(),
        }
    }

    /// Attributes of every element that matches a selector of product.md §6, for what is promised as markup.
    pub async fn attributes(&self, selector: &str, attribute: &str) -> Vec<String> {
        let script = "return [...document.querySelectorAll(arguments[0])].map(e => e.getAttribute(arguments[1]) ?? '')";
        let found = self.driver.execute(script, vec![json!(selector), json!(attribute)]).await.expect("a selector");
        found.convert().expect("a list of texts")
    }

    pub async fn arrives_at(&self, path: &str) {
        let arrived = within(PATIENCE, async || (self.path().await == path).then_some(())).await;
        if arrived.is_none() {
            self.give_up(&format!("never arrived at {path}")).await;
        }
    }
}

fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
