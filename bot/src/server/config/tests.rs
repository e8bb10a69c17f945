//! Configurations, and what is said about them.

use super::setting::SETTINGS;
use super::{Config, Inputs};
use crate::server::log;
use adrule_policy::report::Severity;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

const KEY: &str = include_str!("../../../tests/fake/not-a-secret.pem");

/// A folder, gone with this value, and what is said in it.
struct Said {
    folder: PathBuf,
    inputs: Inputs,
}

impl Said {
    fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("adrule-config-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let mut inputs = Inputs::default();
        inputs.flags.insert("setup-file".into(), folder.join("app.yaml").display().to_string());
        Self { folder, inputs }
    }

    fn file(mut self, text: &str) -> Self {
        self.write("server.yaml", text);
        self.inputs.file = Some(self.folder.join("server.yaml"));
        self
    }

    fn write(&self, name: &str, text: &str) -> String {
        let path = self.folder.join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    }

    fn with(mut self, variable: &str, value: &str) -> Self {
        self.inputs.variables.insert(variable.into(), value.into());
        self
    }

    fn flag(mut self, name: &str, value: &str) -> Self {
        self.inputs.flags.insert(name.into(), value.into());
        self
    }

    fn app(self) -> Self {
        self.with("ADRULE_APP_ID", "17").with("ADRULE_PRIVATE_KEY", KEY).with("ADRULE_WEBHOOK_SECRET", "hush-hush")
    }

    fn load(&self) -> Config {
        Config::load(&self.inputs).unwrap_or_else(|problems| panic!("{problems}"))
    }

    /// What is wrong, without the folder's name.
    fn wrong(&self) -> String {
        let said = Config::load(&self.inputs).err().map(|problems| problems.to_string()).unwrap_or_default();
        said.replace(&format!("{}/", self.folder.display()), "")
    }
}

impl Drop for Said {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

#[test]
fn nothing_said_is_a_server_to_be_set_up() {
    let said = Said::new();
    let config = said.load();
    assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
    assert!(config.credentials.is_none() && config.operator.token.is_none() && config.otlp.is_none());
    assert_eq!(config.web, "https://github.com");
    assert_eq!((config.workers, config.drain.as_secs(), config.log_format), (4, 25, log::Format::Text));
    assert_eq!(config.database.reveal(), "adrule.db");
}

/// The defaults in the table are those that are taken.
#[test]
fn every_default_can_be_said() {
    for setting in SETTINGS.iter().filter(|setting| !setting.default.is_empty()) {
        Said::new().flag(setting.name, setting.default).load();
    }
}

#[test]
fn flags_come_before_the_environment_and_that_before_the_file() {
    let said = Said::new().file("listen: 1.1.1.1:1\nworkers: 2\ndrain: 3s\n");
    assert_eq!(said.load().listen.to_string(), "1.1.1.1:1");
    let said = said.with("ADRULE_LISTEN", "2.2.2.2:2").with("ADRULE_WORKERS", "3");
    let config = said.load();
    assert_eq!((config.listen.to_string().as_str(), config.workers, config.drain.as_secs()), ("2.2.2.2:2", 3, 3));
    let config = said.flag("listen", "3.3.3.3:3").load();
    assert_eq!((config.listen.to_string().as_str(), config.workers), ("3.3.3.3:3", 3));
}

#[test]
fn secrets_come_from_files_too_and_from_the_file_beside_them() {
    let said = Said::new();
    let (key, secret) = (said.write("key.pem", KEY), said.write("secret", "hush-hush\n"));
    let said = said.with("ADRULE_APP_ID", "17").with("ADRULE_PRIVATE_KEY_FILE", &key);
    let config = said.with("ADRULE_WEBHOOK_SECRET_FILE", &secret).load();
    let credentials = config.credentials.as_ref().unwrap();
    assert_eq!((credentials.app.as_str(), credentials.texts()[0].as_str()), ("17", "hush-hush"));
    assert!(config.files.contains(&key.into()) && config.files.contains(&secret.into()));

    // A relative path in the file begins at the file.
    let said = Said::new();
    said.write("key.pem", KEY);
    let said = said.file("app-id: 17\nprivate-key-file: key.pem\nwebhook-secret: a\nwebhook-secret-previous: b\n");
    let secrets = said.load().credentials.unwrap();
    assert_eq!(secrets.texts()[..2], ["a", "b"]);
}

#[test]
fn variables_of_others_are_read_where_ours_are_not_set() {
    let said =
        Said::new().with("DATABASE_URL", "postgres://u:p@db/adrule").with("GITHUB_API_URL", "https://g.example/api/v3");
    let said = said.app();
    let config = said.load();
    assert_eq!(config.database.reveal(), "postgres://u:p@db/adrule");
    let graphql = config.credentials.unwrap().place.graphql;
    assert_eq!((config.web.as_str(), graphql.as_str()), ("https://g.example", "https://g.example/api/graphql"));
    assert_eq!(said.with("ADRULE_DATABASE", "here.db").load().database.reveal(), "here.db");
}

#[test]
fn what_the_setup_kept_counts_least() {
    let said = Said::new();
    said.write(
        "app.yaml",
        &format!("app-id: 9\nwebhook-secret: kept\nprivate-key: |\n  {}\n", KEY.trim().replace('\n', "\n  ")),
    );
    assert_eq!(said.load().credentials.unwrap().app, "9");
    assert_eq!(said.app().load().credentials.unwrap().app, "17");
}

#[test]
fn mistakes_come_all_at_once_with_what_to_do() {
    let said = Said::new()
        .file("lisen: 0.0.0.0:80\nworkers: many\nworkers: 3\ndrain: 25\nlog-format: [a]\ndatabase: {}\nzzzzzzzzzz: 1\n")
        .with("ADRULE_APP_ID", "my-app")
        .with("ADRULE_PRIVATE_KEY", "canary")
        .with("ADRULE_WEBHOOK_SECRET", "canary")
        .with("ADRULE_PUBLIC_URL", "adrule.example.com")
        .with("ADRULE_OPERATOR_TOKEN", "canary")
        .with("GITHUB_API_URL", "http://git.example.com/api/v3")
        .flag("listen", "8080")
        .flag("log", "=nonsense=")
        .flag("operator-proxies", "10.0.0.0/33")
        .flag("operator-header", "not a header");
    insta::assert_snapshot!(said.wrong());
    assert!(!said.wrong().contains("canary"));
}

#[test]
fn an_app_in_part_is_a_mistake() {
    insta::assert_snapshot!(Said::new().with("ADRULE_APP_ID", "17").wrong(), @r"
    the configuration cannot be used:
      the App is stated in part only: `private-key` and `webhook-secret` are missing
        Set ADRULE_PRIVATE_KEY_FILE and ADRULE_WEBHOOK_SECRET_FILE. Or state nothing of it, and set the App up in the browser.
    ");
}

#[test]
fn files_that_cannot_be_read_are_named() {
    let said =
        Said::new().app().with("ADRULE_WEBHOOK_SECRET", "").with("ADRULE_WEBHOOK_SECRET_FILE", "/nowhere/secret");
    insta::assert_snapshot!(said.wrong(), @r"
    the configuration cannot be used:
      ADRULE_WEBHOOK_SECRET_FILE: /nowhere/secret cannot be read: No such file or directory (os error 2)
        Name a file that exists and that the server's user may read.
    ");
    let said = Said::new();
    let empty = said.write("empty", "\n");
    let said = said.app().with("ADRULE_WEBHOOK_SECRET", "").with("ADRULE_WEBHOOK_SECRET_FILE", &empty);
    insta::assert_snapshot!(said.wrong(), @r"
    the configuration cannot be used:
      ADRULE_WEBHOOK_SECRET_FILE: empty is empty
        Write the webhook secret into it.
    ");
    let said = Said::new().file("webhook-secret: a\nwebhook-secret-file: b\n");
    insta::assert_snapshot!(said.wrong(), @r"
    the configuration cannot be used:
      server.yaml:1:17: `webhook-secret` is stated twice, here and by server.yaml:2:22
        Leave one of the two off.
    ");
    let mut said = Said::new();
    said.inputs.file = Some("/nowhere/server.yaml".into());
    insta::assert_snapshot!(said.wrong(), @r"
    the configuration cannot be used:
      /nowhere/server.yaml cannot be read: No such file or directory (os error 2)
        Name a file that exists and that the server's user may read.
    ");
}

#[test]
fn a_password_is_no_flag() {
    let said = Said::new().flag("database", "postgres://adrule:canary@db/adrule");
    insta::assert_snapshot!(said.wrong(), @r"
    the configuration cannot be used:
      --database: there is a password in it, and everybody on the machine can see flags
        State it as ADRULE_DATABASE, or in a file named by ADRULE_DATABASE_FILE.
    ");
    Said::new().flag("database", "postgres://adrule@db/adrule").load();
    assert!(Said::new().flag("database", "mysql://db/adrule").wrong().contains("`mysql`"));
}

#[test]
fn what_nobody_reads_is_said_once_it_looks_mistyped() {
    let said = Said::new().with("ADRULE_WEBHOOK_SECERT", "a").with("ADRULE_SERVICE_HOST", "10.0.0.1");
    assert_eq!(said.load().notices, ["ADRULE_WEBHOOK_SECERT is not read; ADRULE_WEBHOOK_SECRET would be"]);
}

#[cfg(unix)]
#[test]
fn a_secret_that_all_may_read_is_worth_a_word() {
    use std::os::unix::fs::PermissionsExt as _;
    let said = Said::new();
    let file = said.write("secret", "hush-hush");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    let said = said.app().with("ADRULE_WEBHOOK_SECRET", "").with("ADRULE_WEBHOOK_SECRET_FILE", &file);
    let said_of = said.load().notices;
    assert!(said_of[0].contains("can be read by every user"), "{said_of:?}");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    assert!(said.load().notices.is_empty());
}

#[test]
fn what_is_made_of_a_verdict_can_be_set() {
    let judging = Said::new().load().judging;
    assert_eq!((judging.fail_on, judging.always, judging.suggestions), (Some(Severity::Error), false, true));
    let judging = Said::new().file("fail-on: never\ncomment: always\nsuggestions: false\n").load().judging;
    assert_eq!((judging.fail_on, judging.always, judging.suggestions), (None, true, false));
    let said = Said::new().file("fail-on: high\ncomment: never\n").with("ADRULE_SUGGESTIONS", "no");
    insta::assert_snapshot!(said.wrong(), @"
    the configuration cannot be used, for 3 reasons:
      ADRULE_SUGGESTIONS: `no` is not `true` or `false`
        Write it as in `true`.
      server.yaml:1:10: `high` is not `error`, `warning`, `info` or `never`
        Write it as in `error`.
      server.yaml:2:10: `never` is not `auto` or `always`
        Write it as in `auto`.
    ");
}

/// Names are unique, and no variable is read for two settings.
#[test]
fn no_two_settings_share_a_name() {
    let mut seen = BTreeMap::new();
    for setting in SETTINGS {
        let names = [Some(setting.variable()), setting.file_variable()].into_iter().flatten();
        for name in names.chain(setting.others.iter().map(|other| (*other).to_owned())) {
            assert_eq!(seen.insert(name.clone(), setting.name), None, "{name}");
        }
    }
}

#[test]
fn the_book_lists_every_setting() {
    let mut table = "| setting | variable | default | meaning |\n| --- | --- | --- | --- |\n".to_owned();
    for setting in SETTINGS {
        let others = setting.others.iter().map(|other| format!(", `{other}`")).collect::<String>();
        let name = match (setting.has_flag(), setting.file) {
            (true, None) => format!("`{}`", setting.name),
            (true, Some(file)) => format!("`{}`, `{file}`", setting.name),
            (false, Some(file)) => format!("`{}` (no flag), `{file}`", setting.name),
            (false, None) => panic!("{} cannot be set by a flag", setting.name),
        };
        let default = if setting.default.is_empty() { String::new() } else { format!("`{}`", setting.default) };
        let (variable, meaning) = (setting.variable(), setting.meaning);
        table += &format!("| {name} | `{variable}`{others} | {default} | {meaning} |\n");
    }
    crate::server::book::holds("app.md", "settings", &table);
}
