//! The program as a script calls it: what goes to standard output, what to standard error, and which
//! exit code tells how it went.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;

const STATEMENT: &str = "Good evening.\n\nThe ship sank the Merrow cable on 3 May.";

struct Told {
    code: Option<i32>,
    out: String,
    errors: String,
}

/// A folder with one readable file, `a.txt`, that is also the user's home.
fn home() -> TempDir {
    let home = tempfile::tempdir().expect("a folder can be made");
    fs::write(home.path().join("a.txt"), STATEMENT).expect("a file can be written");
    home
}

/// The program in `home`, with arguments parted by spaces and `input` on standard input.
fn run(home: &Path, arguments: &str, input: &str) -> Told {
    let mut program = Command::new(env!("CARGO_BIN_EXE_visavis"));
    program.args(arguments.split_whitespace()).env_clear().env("HOME", home).current_dir(home);
    let output = program.write_stdin(input).output().expect("the program starts");
    Told {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).expect("it prints UTF-8"),
        errors: String::from_utf8(output.stderr).expect("it prints UTF-8"),
    }
}

#[track_caller]
fn check(arguments: &str, code: i32, out: &str, errors: &str) {
    let told = run(home().path(), arguments, STATEMENT);
    assert_eq!(told.code, Some(code), "{}", told.errors);
    assert!(told.out.contains(out), "no “{out}” in {}", told.out);
    assert!(told.errors.contains(errors), "no “{errors}” in {}", told.errors);
    assert_eq!(told.out.is_empty(), out.is_empty(), "{}", told.out);
    assert_eq!(told.errors.is_empty(), errors.is_empty(), "{}", told.errors);
}

#[test]
fn results_go_to_standard_output() {
    check("analyze a.txt", 0, "\"path\":\"a.txt\"", "");
    check("analyze a.txt --format md", 0, "Merrow cable", "");
    check("analyze a.txt --signs", 0, "to_sentence\trelation\tsum\tlikely\tlikeness", "");
    check("analyze -", 0, "\"path\":\"-\"", "");
    check("a.txt --plain", 0, "Merrow cable", "");
    check("--demo 2 --plain", 0, "Ostergaal", "");
    check("ledger a.txt", 0, "# Ledger", "");
    check("ledger a.txt --format csv", 0, "doc,speaker,sentence,score,claim,verdict,band", "");
    check("sessions", 0, "", "no session");
    check("lexicon check", 0, "0 wrong", "");
    check("find --against cable --library a.txt", 0, "Merrow cable", "");
    check("--help", 0, "Exit codes: 0 done", "");
}

#[test]
fn answers_are_split_by_their_questions_if_asked_for() {
    let briefing = "MS. HALE: Good day.\n\nQ    Yours?\n\nMS. HALE: No.\n\nQ    Sure?\n\nMS. HALE: Yes.\n";
    let statements = |arguments: &str| {
        let told = run(home().path(), arguments, briefing);
        (told.out.matches("\"speaker\":\"Hale\"").count(), told.out.matches("\"question\":{").count())
    };
    assert_eq!(statements("analyze - --as transcript"), (1, 2));
    assert_eq!(statements("analyze - --as transcript --split questions"), (3, 2));
    let told = run(home().path(), "- --as transcript --plain", briefing);
    assert!(told.out.contains("Q asks: Sure?\n3. Yes."), "{}", told.out);
}

#[test]
fn settings_keys_and_the_manual_are_printed() {
    check("config dump", 0, "theme = \"auto\"\n", "");
    check("config dump keys", 0, "\"g g\" = \"first_sentence\"\n", "");
    check("--dump-keys", 0, "\"g g\" = \"first_sentence\"\n", "");
    check("config dump keys --markdown", 0, "| `gg` `Home` | go to the first sentence |\n", "");
    check("config dump theme --name night", 0, "ground = \"#", "");
    check("config dump theme --name nigth", 2, "", "no built-in theme \"nigth\"");
    check("config check", 0, "0 wrong", "");
    for shell in ["bash", "zsh", "fish"] {
        check(&format!("completions {shell}"), 0, "visavis", "");
    }
    check("man", 0, ".SH \"VISAVIS ANALYZE\"", "");
}

#[test]
fn all_mistakes_of_all_files_are_told_together() {
    let home = home();
    let folder = home.path().join(".config/visavis");
    fs::create_dir_all(folder.join("themes")).expect("a folder can be made");
    for (name, text) in [
        ("config.toml", "theme = \"nigth\"\n"),
        ("keys.toml", "[browse]\nx = \"und\"\nj = false\n"),
        ("themes/mine.toml", "base = \"dark\"\nnote = \"gren\"\n"),
    ] {
        fs::write(folder.join(name), text).expect("a file can be written");
    }
    let told = run(home.path(), "config check", "");
    assert_eq!(told.code, Some(1));
    for mistake in [
        "config.toml:1:9: there is no theme `nigth`",
        "keys.toml:2:5: unknown action `und`; did you mean `undo`?",
        "themes/mine.toml:2:9: unknown word `gren`; did you mean `green`?",
        "3 files in",
        ", 3 wrong",
    ] {
        assert!(told.out.contains(mistake), "no “{mistake}” in {}", told.out);
    }
    fs::write(folder.join("keys.toml"), "[browse]\nx = \"undo\"\nj = false\n").expect("it can be written");
    let keys = run(home.path(), "--dump-keys", "").out;
    assert!(keys.contains("\"x\" = \"undo\"") && !keys.contains("\"j\" = \"next_sentence\""), "{keys}");
}

#[test]
fn a_file_that_cannot_be_read_is_named_and_the_others_open() {
    check("analyze gone.txt a.txt", 1, "\"path\":\"a.txt\"", "gone.txt: ");
    check("gone.txt a.txt --plain", 1, "Merrow cable", "gone.txt: ");
    check("analyze gone.txt", 2, "", "gone.txt: ");
    check("analyze .", 0, "\"path\":\"./a.txt\"", "");
}

#[test]
fn wrong_usage_says_what_would_be_right() {
    check("analyze", 2, "", "Usage: visavis analyze");
    check("analyze a.txt --as poem", 2, "", "[possible values: auto, statement, article, transcript]");
    check("--demo 3 --plain", 2, "", "only 1 and 2");
    check("a.txt", 2, "", "--plain gives plain lines");
    check("notes --session none", 2, "", "none");
}

#[test]
fn nothing_is_written_by_reading() {
    let home = home();
    run(home.path(), "a.txt --plain", "");
    run(home.path(), "analyze a.txt", "");
    let files = fs::read_dir(home.path()).expect("the folder can be listed").count();
    assert_eq!(files, 1);
}

#[test]
fn a_library_answers_a_statement_and_many() {
    let home = home();
    let library = "{\"id\":7,\"text\":\"No ship of ours sank the cable.\"}\n{\"id\":\"h\",\"text\":\"The harvest was good.\"}\n";
    fs::write(home.path().join("l.jsonl"), library).expect("a file can be written");
    fs::write(home.path().join("q.jsonl"), "{\"id\":1,\"text\":\"A ship sank the cable.\"}\n")
        .expect("a file can be written");
    let told = run(home.path(), "find --queries q.jsonl --library l.jsonl --format json", "");
    assert!(
        told.out.starts_with("{\"id\":1,\"hits\":[{\"id\":\"7\",\"score\":"),
        "{}{}",
        told.out,
        told.errors
    );
    assert_eq!((told.code, told.out.lines().count()), (Some(0), 1));
    let told = run(home.path(), "find --against a.txt --library l.jsonl", "");
    assert!(told.out.contains("No ship of ours sank the cable."), "{}", told.out);
    assert_eq!((told.code, told.errors.as_str()), (Some(0), ""));
    let told = run(home.path(), "find --against ship --library gone", "");
    assert_eq!(told.code, Some(2), "{}", told.out);
    assert!(told.errors.contains("gone: "), "{}", told.errors);
}

#[test]
fn versions_are_compared() {
    let home = home();
    fs::write(home.path().join("b.txt"), STATEMENT.replace("sank", "allegedly sank")).expect("written");
    let told = run(home.path(), "compare a.txt b.txt", "");
    assert!(told.out.contains("softened  The ship {+allegedly+} sank"), "{}{}", told.out, told.errors);
    assert_eq!(told.code, Some(0));
    assert_eq!(run(home.path(), "compare a.txt gone.txt", "").code, Some(2));
}

#[test]
#[cfg(unix)]
fn a_file_name_cannot_act_on_the_terminal() {
    let told = run(home().path(), "analyze \u{1b}[2Jgone\u{9b}", "");
    assert!(told.errors.contains("gone"), "{}", told.errors);
    assert!(!told.errors.trim_end().contains(char::is_control), "{:?}", told.errors);
}

/// A home with the session `b` of one document, in which these things were done.
fn home_with_session(acts: &[&str]) -> TempDir {
    let home = home();
    let sessions = home.path().join(".local/share/visavis/sessions");
    fs::create_dir_all(&sessions).expect("a folder can be made");
    let opened = r#""event":"opened","path":"b.txt","sha256":"00","format":"text","title":null,"date":null,"kind":"statement","text":"The cable broke. It was ours. We mend it.""#;
    let created = r#"{"format":"visavis-session","version":1,"created":"2026-01-01T00:00:00Z"}"#;
    let acts = std::iter::once(&opened).chain(acts).enumerate();
    let events =
        acts.map(|(id, act)| format!("{{\"id\":\"{}\",\"time\":\"2026-01-01T00:00:00Z\",{act}}}\n", id + 1));
    let journal = format!("{created}\n{}", events.collect::<String>());
    fs::write(sessions.join("b.visavis"), journal).expect("a file can be written");
    home
}

const OURS: &str = r#"{"document":"00","quote":{"exact":"It was ours."},"position":{"start":17,"end":29}}"#;

#[test]
fn a_mended_attribution_is_there_when_the_session_is_read_again() {
    let home = home_with_session(&[
        &format!(r#""event":"note","anchor":{OURS},"text":"who?""#),
        &format!(r#""event":"attribution_mended","words":{OURS},"to":{{"name":"Lund"}}"#),
    ]);
    let told = run(home.path(), "notes --session b --format json", "");
    assert!(told.out.contains("\"speaker\":\"Lund\""), "{} {}", told.out, told.errors);
    assert!(told.out.contains("\"sentence\":1,\"quote\":\"It was ours.\""), "{}", told.out);
}

#[test]
fn plain_lines_tell_what_the_reader_did() {
    let all = r#"{"document":"00","quote":{"exact":"The cable broke. It was ours. We mend it."},"position":{"start":0,"end":41}}"#;
    let word = r#"{"document":"00","quote":{"exact":"cable"},"position":{"start":4,"end":9}}"#;
    let gone = r#"{"document":"00","quote":{"exact":"The mast fell."},"position":{"start":90,"end":104}}"#;
    let home = home_with_session(&[
        &format!(r#""event":"note","anchor":{OURS},"text":"whose,\nthen?""#),
        &format!(r#""event":"verdict","anchor":{OURS},"verdict":"disputed""#),
        &format!(r#""event":"note","anchor":{word},"text":"which one?""#),
        &format!(r#""event":"note","anchor":{all},"text":"short""#),
        &format!(r#""event":"note","anchor":{gone},"text":"where?""#),
        &format!(r#""event":"read","anchor":{OURS},"read":true"#),
    ]);
    for arguments in ["--plain --session b", "--plain --continue"] {
        let told = run(home.path(), arguments, "");
        assert_eq!(told.code, Some(0), "{}", told.errors);
        let lines: Vec<&str> = told.out.lines().collect();
        for line in [
            "   note on all of it: short",
            "   note on “cable”: which one?",
            "   verdict: disputed",
            "   note: whose, then?",
            "   read",
            "   note on “The mast fell.”: where?",
        ] {
            assert!(lines.contains(&line), "no “{line}” in {}", told.out);
        }
    }
    assert_eq!(run(home.path(), "--plain --session none", "").code, Some(2));
}

#[test]
fn a_library_named_in_the_settings_needs_no_flag() {
    let home = home();
    check("find --against cable", 2, "", "no library is named");
    let config = home.path().join(".config/visavis");
    fs::create_dir_all(&config).expect("a folder can be made");
    fs::write(config.join("config.toml"), "library = \"~/a.txt\"\n").expect("it is written");
    let told = run(home.path(), "find --against cable", "");
    assert!(told.out.contains("Merrow cable"), "{} {}", told.out, told.errors);
    assert!(run(home.path(), "config dump", "").out.contains("/a.txt\"\n"));
}
