use chrono::{NaiveDateTime, TimeDelta};

use super::company::Founded;
use super::history;
use super::people::Person;
use super::script::unreadable;
use crate::domain::{PhoneKind, fold};
use crate::store::client_phones::{self, ClientPhone};
use crate::store::clients::{self, Fields};
use crate::store::{Stored, Writer, client_positions};

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
    pub company: &'static str,
    pub lead_source: &'static str,
    /// Days from today, and the hour in UTC.
    pub appointment: Option<(i64, u32)>,
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
    let [first_name, last_name, mobile, home, address, lead_status, sales, projects, crew, notes, company, source, at] =
        columns.try_into().ok()?;
    let appointment = match at.split_once('@') {
        Some((days, hour)) => Some((days.parse().ok()?, hour.parse().ok()?)),
        None => None,
    };
    Some(Record {
        first_name,
        last_name,
        mobile,
        home,
        address,
        lead_status,
        holders: [sales, projects, crew].map(Person::named),
        notes,
        company,
        lead_source: source,
        appointment,
    })
}

pub(super) fn enter(tx: &mut Writer<'_>, company: &Founded, records: &[Record], now: NaiveDateTime) -> Stored<()> {
    for (days, record) in (120..).zip(records) {
        let status = company.lead_statuses.iter().find(|(name, _)| *name == record.lead_status);
        let (_, lead_status_id) = status.ok_or_else(|| unreadable(record.lead_status))?;
        let new = Fields {
            first_name: record.first_name.to_owned(),
            last_name: record.last_name.to_owned(),
            email: record.email(),
            address: record.address.to_owned(),
            company: record.company.to_owned(),
            lead_status_id: *lead_status_id,
            lead_source: record.lead_source.to_owned(),
            appointment_at: record
                .appointment
                .and_then(|(days, hour)| (now.date() + TimeDelta::days(days)).and_hms_opt(hour, 0, 0)),
            notes: record.notes.to_owned(),
            ..Fields::default()
        };
        let since = now - TimeDelta::days(days);
        let id = clients::insert(tx, &new, since)?;
        let phones = [(PhoneKind::Mobile, record.mobile), (PhoneKind::Home, record.home)];
        let phones = phones.into_iter().filter(|(_, phone)| !phone.is_empty()).map(|(kind, phone)| ClientPhone {
            kind,
            phone: phone.to_owned(),
            texting: phone == record.mobile || record.mobile.is_empty(),
        });
        client_phones::replace(tx, id, &phones.collect::<Vec<_>>())?;
        for (position, holder) in company.positions.iter().zip(record.holders) {
            if let Some(user) = holder.and_then(|person| company.user(person)) {
                client_positions::hold(tx, id, *position, user)?;
            }
        }
        history::tell(tx, company, record, id, since)?;
    }
    Ok(())
}
