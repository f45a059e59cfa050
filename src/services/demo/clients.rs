use chrono::{NaiveDateTime, TimeDelta};

use super::company::Founded;
use super::people::Person;
use super::script::unreadable;
use crate::domain::fold;
use crate::store::clients::{self, NewClient};
use crate::store::{Stored, Writer};

const CLIENTS: &str = include_str!("clients.txt");

/// A client record as it is written down. Empty words are absent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record {
    pub first_name: &'static str,
    pub last_name: &'static str,
    pub mobile: &'static str,
    pub home: &'static str,
    pub address: &'static str,
    pub lead_status: &'static str,
    /// Who holds each of the positions that a company begins with, in their order.
    pub holders: [Option<Person>; 3],
    pub notes: &'static str,
}

impl Record {
    fn email(&self) -> String {
        let name = format!("{}.{}", self.first_name, self.last_name.split(' ').next_back().unwrap_or_default());
        let plain = fold(&name).chars().filter(|c| c.is_ascii_alphanumeric() || *c == '.').collect::<String>();
        format!("{plain}@mail.example")
    }
}

pub(super) fn records() -> Stored<Vec<Record>> {
    let rows = CLIENTS.lines().filter(|line| !line.starts_with('#'));
    rows.map(|row| record(row).ok_or_else(|| unreadable(row))).collect()
}

fn record(row: &'static str) -> Option<Record> {
    let columns: Vec<&'static str> = row.split('|').map(str::trim).collect();
    let [first_name, last_name, mobile, home, address, lead_status, sales, projects, crew, notes] =
        columns.try_into().ok()?;
    let holders = [sales, projects, crew].map(Person::named);
    Some(Record { first_name, last_name, mobile, home, address, lead_status, holders, notes })
}

pub(super) fn enter(tx: &mut Writer<'_>, company: &Founded, records: &[Record], now: NaiveDateTime) -> Stored<()> {
    for (days, record) in (120..).zip(records) {
        let status = company.lead_statuses.iter().find(|(name, _)| *name == record.lead_status);
        let (_, lead_status_id) = status.ok_or_else(|| unreadable(record.lead_status))?;
        let new = NewClient {
            first_name: record.first_name,
            last_name: record.last_name,
            email: &record.email(),
            address: record.address,
            lead_status_id: *lead_status_id,
            notes: record.notes,
        };
        let id = clients::insert(tx, &new, now - TimeDelta::days(days))?;
        for (kind, phone) in [("mobile", record.mobile), ("home", record.home)] {
            if !phone.is_empty() {
                clients::add_phone(tx, id, kind, phone)?;
            }
        }
        for (position, holder) in company.positions.iter().zip(record.holders) {
            if let Some(user) = holder.and_then(|person| company.user(person)) {
                clients::hold_position(tx, id, *position, user)?;
            }
        }
    }
    Ok(())
}
