//! The rules of the house (`src/docs/`), held by a program: who may know whom, what may stand where, how long a file
//! may be. Each rule says why it is there; each can fail, and its own tests show how.

#[cfg(test)]
#[path = "architecture/floors.rs"]
mod floors;
#[cfg(test)]
#[path = "architecture/house.rs"]
mod house;
#[cfg(test)]
#[path = "architecture/places.rs"]
mod places;
#[cfg(test)]
#[path = "architecture/rust_text.rs"]
mod rust_text;
#[cfg(test)]
#[path = "architecture/shape.rs"]
mod shape;
#[cfg(test)]
#[path = "architecture/templates.rs"]
mod templates;
#[cfg(test)]
#[path = "architecture/tree.rs"]
mod tree;
