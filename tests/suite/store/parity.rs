use std::collections::BTreeSet;
use std::sync::Arc;

use crewline::store::{AfterCommit, DatabaseUrl, Db, Effects, Unique, migrations};

use crate::support::app::{Backend, TestApp, for_both};
use crate::support::company::Company;
use crate::support::rows;

for_both!(migrating_again_changes_nothing, the_constraints_that_have_words_exist);

/// Our tables: without Diesel's own and those of SQLite's search.
const OURS: &str = "m.type = 'table' and m.name not like 'sqlite_%' and m.name not like '!_!_%' escape '!' \
                    and m.name not like '%!_search%' escape '!'";

#[tokio::test]
async fn tables_and_columns_are_the_same() {
    let sqlite = lines(
        Backend::Sqlite,
        &format!(
            "select m.name || '.' || c.name || case c.\"notnull\" when 1 then '' else ' null' end || ' ' || lower(c.type) \
             as line from sqlite_master m, pragma_table_info(m.name) c where {OURS}"
        ),
    );
    let postgres = lines(
        Backend::Postgres,
        "select table_name || '.' || column_name || case is_nullable when 'NO' then '' else ' null' end || ' ' || \
         data_type as line from information_schema.columns where table_schema = 'public' and table_name not like '\\_\\_%'",
    );
    assert!(sqlite.len() > 100, "{sqlite:#?}");
    same(plain_types(sqlite), plain_types(postgres));
}

/// Ids are `integer` to SQLite, which fits what PostgreSQL calls `bigint`.
fn plain_types(lines: BTreeSet<String>) -> BTreeSet<String> {
    let plain =
        |line: String| line.replace(" integer", " bigint").replace(" timestamp without time zone", " timestamp");
    lines.into_iter().map(plain).collect()
}

#[tokio::test]
async fn indexes_are_the_same() {
    let sqlite = lines(
        Backend::Sqlite,
        "select i.tbl_name || '.' || i.name || case l.\"unique\" when 1 then ' unique' else '' end \
         || case l.partial when 1 then ' partial' else '' end || ' (' || \
         (select group_concat(c.name, ', ') from pragma_index_info(i.name) c) || ')' as line \
         from sqlite_master i, pragma_index_list(i.tbl_name) l where i.type = 'index' and i.sql is not null and l.name = i.name",
    );
    let postgres = lines(
        Backend::Postgres,
        "select t.relname || '.' || i.relname || case when x.indisunique then ' unique' else '' end \
         || case when x.indpred is null then '' else ' partial' end || ' (' || \
         (select string_agg(a.attname::text, ', ' order by k.n) from unnest(x.indkey) with ordinality k(att, n) \
          join pg_attribute a on a.attrelid = t.oid and a.attnum = k.att) || ')' as line \
         from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid \
         where t.relnamespace = 'public'::regnamespace and i.relname not like '%\\_search\\_idx' \
         and not exists (select 1 from pg_constraint c where c.conindid = i.oid and c.contype in ('p', 'u'))",
    );
    assert!(sqlite.len() > 10, "{sqlite:#?}");
    same(sqlite, postgres);
}

#[tokio::test]
async fn foreign_keys_are_the_same() {
    let sqlite = lines(
        Backend::Sqlite,
        &format!(
            "select m.name || '.' || k.\"from\" || ' -> ' || k.\"table\" || ' ' || lower(k.on_delete) as line \
             from sqlite_master m, pragma_foreign_key_list(m.name) k where {OURS}"
        ),
    );
    let postgres = lines(
        Backend::Postgres,
        "select c.conrelid::regclass::text || '.' || a.attname || ' -> ' || c.confrelid::regclass::text || ' ' || \
         case c.confdeltype when 'a' then 'no action' when 'c' then 'cascade' when 'n' then 'set null' else '?' end as line \
         from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1] where c.contype = 'f'",
    );
    assert!(sqlite.len() > 15, "{sqlite:#?}");
    same(sqlite, postgres);
}

#[tokio::test]
async fn constraints_have_the_same_names() {
    let tables =
        lines(Backend::Sqlite, &format!("select m.name || ' ' || m.sql as line from sqlite_master m where {OURS}"));
    let mut sqlite = BTreeSet::new();
    for table in &tables {
        let name = table.split(' ').next().expect("a table has a name");
        let words: Vec<&str> = table.split_whitespace().collect();
        let constraints = words.windows(2).filter(|pair| pair[0].eq_ignore_ascii_case("constraint"));
        sqlite.extend(constraints.map(|pair| format!("{name}.{}", pair[1])));
    }
    let postgres = lines(
        Backend::Postgres,
        "select c.conrelid::regclass::text || '.' || c.conname as line from pg_constraint c \
         where c.connamespace = 'public'::regnamespace and c.contype in ('p', 'u', 'f', 'c') and c.conname not like '\\_\\_%'",
    );
    assert!(sqlite.len() > 40, "{sqlite:#?}");
    same(sqlite, postgres);
}

async fn the_constraints_that_have_words_exist(backend: Backend) {
    let named = match backend {
        Backend::Sqlite => lines(backend, "select sql as line from sqlite_master where sql is not null"),
        Backend::Postgres => lines(backend, "select conname::text as line from pg_constraint where contype = 'u'"),
    };
    for constraint in Unique::ALL {
        assert!(named.iter().any(|line| line.contains(constraint.name())), "{}", constraint.name());
    }
    let app = TestApp::start(backend).await;
    let now = app.now();
    let error = app.db().write(|tx| {
        let role_id = crewline::store::roles::built_in(tx, crewline::domain::BuiltInRole::Owner)?;
        let again = crewline::store::users::NewUser {
            name: "Another",
            email: " OWNER@crew.example",
            password_hash: "x",
            role_id,
        };
        crewline::store::users::insert(tx, &again, now)
    });
    assert!(error.expect_err("the address is taken").violates(Unique::UserEmail));
}

async fn migrating_again_changes_nothing(backend: Backend) {
    let company = Company::bare(backend);
    let url: DatabaseUrl = company.database_url().parse().expect("an address of a database");
    let pending = migrations::pending(&url).expect("it answers");
    assert!(pending.len() >= 6, "{pending:?}");
    let at_once: Vec<_> =
        (0..3).map(|_| url.clone()).map(|url| std::thread::spawn(move || migrations::migrate(&url))).collect();
    let ran: usize =
        at_once.into_iter().map(|one| one.join().expect("no panic").expect("the migrations run").len()).sum();
    assert_eq!(ran, pending.len(), "each once, though three began at once");
    assert!(migrations::pending(&url).expect("it answers").is_empty());
    assert!(migrations::migrate(&url).expect("it answers").is_empty());
}

fn lines(backend: Backend, sql: &str) -> BTreeSet<String> {
    struct Nobody;
    impl AfterCommit for Nobody {
        fn committed(&self, _: Effects) {}
    }
    let company = Company::empty(backend);
    let url: DatabaseUrl = company.database_url().parse().expect("an address of a database");
    let db = Db::open(&url, Arc::new(Nobody)).expect("it opens");
    db.read(|c| rows::lines(c, sql)).expect("it can be asked").into_iter().collect()
}

fn same(sqlite: BTreeSet<String>, postgres: BTreeSet<String>) {
    let only = |one: &BTreeSet<String>, other: &BTreeSet<String>| one.difference(other).cloned().collect::<Vec<_>>();
    assert_eq!(only(&sqlite, &postgres), Vec::<String>::new(), "only on SQLite");
    assert_eq!(only(&postgres, &sqlite), Vec::<String>::new(), "only on PostgreSQL");
}
