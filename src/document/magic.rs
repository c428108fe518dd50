//! Refuses what is no text, or no text yet, by its first bytes, and says what it is.
//!
//! A name that lies is forgiven: plain text called `.docx` or `.pdf` is text.

/// Why a file that begins with `bytes` is not read.
pub fn refusal(bytes: &[u8]) -> Option<String> {
    if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Some("an old or locked Office document: save it as .docx, without a password".to_owned());
    }
    binary(bytes).map(|name| format!("{name}, not text"))
}

/// First bytes of what is surely binary, with its name.
const BINARY: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n\x1A\n", "a picture (PNG)"),
    (b"\xFF\xD8\xFF", "a picture (JPEG)"),
    (b"GIF87a", "a picture (GIF)"),
    (b"GIF89a", "a picture (GIF)"),
    (b"II*\0", "a picture (TIFF)"),
    (b"MM\0*", "a picture (TIFF)"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"\x1F\x8B", "a compressed file (gzip)"),
    (b"\xFD7zXZ\0", "a compressed file (xz)"),
    (b"\x28\xB5\x2F\xFD", "a compressed file (zstd)"),
    (b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive"),
    (b"Rar!\x1A\x07", "a RAR archive"),
    (b"\x7FELF", "a program (ELF)"),
    (b"MZ\x90\0", "a program (Windows)"),
    (b"\xCF\xFA\xED\xFE", "a program (macOS)"),
    (b"\xCA\xFE\xBA\xBE", "a program (Java or macOS)"),
    (b"\0asm", "a program (WebAssembly)"),
    (b"SQLite format 3\0", "a database (SQLite)"),
    (b"OggS", "a recording (Ogg)"),
    (b"ID3\x03", "a recording (MP3)"),
    (b"ID3\x04", "a recording (MP3)"),
    (b"\0\x05\x16\x07", "a resource fork (macOS)"),
    (b"\xFF\xFE\0\0", "UTF-32 or binary data"),
];

fn binary(bytes: &[u8]) -> Option<&'static str> {
    BINARY.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: Option<&str>) {
        assert_eq!(refusal(bytes).as_deref(), expected, "{:?}", String::from_utf8_lossy(bytes));
    }

    #[test]
    fn first_bytes_decide() {
        check(b"PK\x03\x04....photo.jpg", Some("a ZIP archive, not text"));
        check(b"\x89PNG\r\n\x1A\n", Some("a picture (PNG), not text"));
        check(b"The ministry denied it.", None);
        check(b"", None);
    }
}
