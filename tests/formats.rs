//! Files of every format, made here, opened by the real program.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

/// What the program says of one file: its report, and its talk.
fn analyze(name: &str, bytes: &[u8], arguments: &[&str]) -> (Option<Value>, String) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join(name);
    fs::write(&path, bytes).expect("a file can be written");
    run(&path, arguments)
}

fn run(path: &Path, arguments: &[&str]) -> (Option<Value>, String) {
    let mut command = Command::cargo_bin("visavis").expect("it is built");
    // Without `pdftotext`, so that every machine reads the same.
    let output =
        command.arg("analyze").arg(path).args(arguments).env("PATH", "").output().expect("it starts");
    let report = serde_json::from_slice(&output.stdout).ok();
    (report, String::from_utf8_lossy(&output.stderr).into_owned())
}

/// The sentences of all statements, one a line.
fn sentences(report: &Value) -> String {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let mut all = Vec::new();
    for statement in list(&report["statements"]) {
        let text: Vec<char> = statement["text"].as_str().unwrap_or_default().chars().collect();
        for sentence in list(&statement["sentences"]) {
            let at = |end: &str| sentence[end].as_u64().unwrap_or_default() as usize;
            all.push(text[at("start")..at("end")].iter().collect::<String>());
        }
    }
    all.join("\n")
}

fn check(name: &str, bytes: &[u8], format: &str, expected: &str) {
    let (report, talk) = analyze(name, bytes, &[]);
    let report = report.unwrap_or_else(|| panic!("{name} is refused: {talk}"));
    assert_eq!(report["documents"][0]["format"], format, "{name}");
    assert_eq!(sentences(&report), expected, "{name}");
}

fn refused(name: &str, bytes: &[u8], expected: &str) {
    let (report, talk) = analyze(name, bytes, &[]);
    assert!(report.is_none(), "{name} is read");
    assert!(talk.contains(name) && talk.contains(expected) && talk.lines().count() == 1, "{talk}");
}

/// A PDF whose pages show these lines, `font` being the dictionary of its font.
fn pdf(pages: &[&[&str]], font: &str) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len()).map(|page| format!("{} 0 R", 4 + 2 * page)).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Kids[{}]/Count {}>>", kids.join(" "), pages.len()),
        font.to_owned(),
    ];
    for (page, lines) in pages.iter().enumerate() {
        let shown: Vec<String> = lines.iter().map(|line| format!("({line}) Tj T*")).collect();
        let content = format!("BT /F 12 Tf 72 720 Td 14 TL {} ET", shown.join(" "));
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {} 0 R/Resources<</Font<</F 3 0 R>>>>>>",
            5 + 2 * page
        ));
        objects.push(format!("<</Length {}>>stream\n{content}\nendstream", content.len()));
    }
    let mut file = "%PDF-1.4\n".to_owned();
    let mut places = String::new();
    for (at, object) in objects.iter().enumerate() {
        places += &[&format!("{:010}", file.len()), " 00000 n \n"].concat();
        file += &[&(at + 1).to_string(), " 0 obj\n", object, "\nendobj\n"].concat();
    }
    let (table, count) = (file.len().to_string(), (objects.len() + 1).to_string());
    let rows = ["xref\n0 ", &count, "\n0000000000 65535 f \n", &places].concat();
    let end = ["trailer\n<</Size ", &count, "/Root 1 0 R>>\nstartxref\n", &table, "\n%%EOF\n"].concat();
    (file + &rows + &end).into_bytes()
}

const HELVETICA: &str = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>";

#[test]
fn a_pdf_is_read_without_running_heads_and_with_whole_words() {
    let pages: [&[&str]; 3] = [
        &[
            "Ministry of the Sea",
            "The ministry rejects the groundless accu-",
            "sation that was made in the",
            "1",
        ],
        &["Ministry of the Sea", "assembly on Monday. It has", "no basis.", "2"],
        &["Ministry of the Sea", "We call for evidence that anybody can read.", "3"],
    ];
    check(
        "sea.pdf",
        &pdf(&pages, HELVETICA),
        "pdf",
        "The ministry rejects the groundless accusation that was made in the assembly on Monday.\n\
         It has no basis.\n\
         We call for evidence that anybody can read.",
    );
}

#[test]
fn a_pdf_without_text_is_refused_with_the_reason() {
    refused("scan.pdf", &pdf(&[&["1"], &["2"]], HELVETICA), "hardly any text on its 2 pages (scanned?)");
    let garbage = "0QW4x 7ER#t5 8UIq9p 6ASz3d JK%vL2z 1XCb8v PM;QW:0 4Yn3T 5Gh7Q";
    refused("odd.pdf", &pdf(&[&[garbage, garbage]], HELVETICA), "whose text is garbage");
    refused("cut.pdf", b"%PDF-1.4\n1 0 obj", "that is damaged");
}

#[test]
fn documents_of_text_are_read() {
    check(
        "a.rtf",
        b"{\\rtf1\\ansi We deny it.\\par It is not so.\\par}",
        "rtf",
        "We deny it.\nIt is not so.",
    );
    check(
        "a.eml",
        b"From: Marit Ostergaal <press@sea.example>\r\nSubject: On cables\r\n\r\nWe deny it.\r\n",
        "eml",
        "We deny it.",
    );
    check("a.jsonl", b"{\"speaker\": \"Vrasky\", \"text\": \"We deny it.\"}\n", "jsonl", "We deny it.");
    check("a.htm", b"<html><nav>Home</nav><p>We deny it.</html>", "html", "We deny it.");
    check("a.pdf", b"We deny it.", "text", "We deny it.");
}

#[test]
fn the_encoding_that_is_told_is_obeyed() {
    let (report, _) = analyze("a.txt", b"\xCD\xE5\xF2.", &["--encoding", "windows-1251"]);
    let report = report.expect("it is read");
    assert_eq!(sentences(&report), "Нет.");
    assert_eq!(report["documents"][0]["encoding"], "windows-1251");
    let (report, talk) = analyze("a.txt", b"No.", &["--encoding", "utf-9"]);
    assert!(report.is_none() && talk.contains("gb18030"), "{talk}");
}

#[test]
fn a_folder_gives_its_readable_files() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    for (name, bytes) in
        [("a.txt", &b"We deny it."[..]), ("b.png", b"\x89PNG\r\n\x1A\n"), ("._a.txt", b"\0\x05\x16\x07")]
    {
        fs::write(folder.path().join(name), bytes).expect("a file can be written");
    }
    let (report, talk) = run(folder.path(), &[]);
    assert_eq!(sentences(&report.expect("one can be read")), "We deny it.");
    assert!(talk.contains("passed over: 1 hidden") && talk.contains("b.png: a picture (PNG)"), "{talk}");
}
