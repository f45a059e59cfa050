//! What a person does.

use serde_json::json;
use thirtyfour::prelude::*;

use super::Browser;

impl Browser {
    pub async fn click_link(&self, name: &str) {
        self.on("link", name, async |link| link.click().await).await;
    }

    pub async fn click_button(&self, name: &str) {
        self.on("button", name, async |button| button.click().await).await;
    }

    /// Rests the pointer on it.
    pub async fn hover_button(&self, name: &str) {
        self.on("button", name, async |button| {
            self.driver.action_chain().move_to_element_center(&button).perform().await
        })
        .await;
    }

    /// Replaces what the field holds. Any character goes, also emoji (which WebDriver's own typing refuses).
    pub async fn fill(&self, label: &str, text: &str) {
        self.on("field", label, async |field| {
            if text.is_empty() {
                return field.clear().await;
            }
            self.driver.execute("arguments[0].focus(); arguments[0].select()", vec![field.to_json()?]).await?;
            self.try_devtools("Input.insertText", json!({ "text": text })).await
        })
        .await;
    }

    /// Presses keys in a field, one held while the next is pressed: `&[Key::Control, Key::Enter]`.
    pub async fn press_in(&self, label: &str, keys: &[Key]) {
        self.on("field", label, async |field| field.send_keys(keys.iter().map(Key::value).collect::<String>()).await)
            .await;
    }

    /// Chooses one of several, or ticks a box.
    pub async fn tick(&self, label: &str) {
        self.on("field", label, async |field| field.click().await).await;
    }

    /// Picks the option with this text in a select.
    pub async fn choose(&self, label: &str, option: &str) {
        self.on("field", label, async |field| {
            let options = field.find_all(By::Tag("option")).await?;
            for candidate in options {
                if candidate.text().await?.trim().starts_with(option) {
                    return candidate.click().await;
                }
            }
            Err(WebDriverError::NotFound(option.to_owned(), label.to_owned()))
        })
        .await;
    }
}
