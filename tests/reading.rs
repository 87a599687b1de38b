//! Reading through the public interface: formats, identities, bad input, passages.

use chancery::data::Data;
use chancery::document::{MOST_BYTES, Note, RawArticle, ReadError, Reader};
use chancery::model::{Document, PassageKind};
use proptest::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex};

static READER: LazyLock<Reader> = LazyLock::new(|| Reader::new(&Data::embedded()).unwrap());

const BODY: &str = "The central bank has signed a memorandum with the regulator. It covers the licensing of exchanges and \
                    the supervision of stablecoins, and it will run for five years from the day on which both have signed it.";

struct Folder(tempfile::TempDir);

impl Folder {
    fn new(files: &[(&str, &[u8])]) -> Folder {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, content).unwrap();
        }
        Folder(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn read(&self) -> Vec<Result<Document, ReadError>> {
        READER.read(&[self.0.path().to_path_buf()]).collect()
    }

    /// Errors as a person reads them, the folder's own path left out.
    fn shown(&self, error: &ReadError) -> String {
        error.to_string().replace(&format!("{}/", self.0.path().display()), "")
    }
}

/// The one error of the one file.
fn error(name: &str, content: &[u8]) -> String {
    let folder = Folder::new(&[(name, content)]);
    let read = folder.read();
    assert_eq!(read.len(), 1, "{name}");
    folder.shown(read[0].as_ref().unwrap_err())
}

fn document(raw: RawArticle) -> Document {
    READER.document(raw, "test").unwrap()
}

fn of(kind: PassageKind, document: &Document) -> Vec<&str> {
    document.passages.iter().filter(|p| p.kind == kind).map(|p| &document.full[p.bytes.clone()]).collect()
}

fn page(language: &str, title: &str, text: &str) -> Document {
    document(RawArticle {
        language: Some(language.into()),
        title: Some(title.into()),
        text: Some(text.into()),
        ..RawArticle::default()
    })
}

#[test]
fn every_format_gives_the_same_document() {
    let json = format!(r#"{{"id":"a-1","language":"en","title":"A pact","published":"2025-07-16","text":"{BODY}"}}"#);
    let table = format!("id,language,title,published,text\na-1,en,A pact,2025-07-16,\"{BODY}\"\n");
    let matter = format!("---\nid: a-1\nlanguage: en\ntitle: A pact\ndate: 2025-07-16\n---\n\n{BODY}\n");
    let list = format!("[\n{json}\n]");
    let lines = format!("{json}\n");
    let pages = format!(
        "<!doctype html><html lang=en><head><title>Site</title><meta property=og:title content='A pact'>\
         <meta property=article:published_time content=2025-07-16T10:00:00Z></head><body><article><p>{BODY}</p></article>"
    );
    for (name, content) in [
        ("a.json", &json),
        ("b.json", &list),
        ("c.jsonl", &lines),
        ("d.csv", &table),
        ("e.md", &matter),
        ("f.html", &pages),
    ] {
        let folder = Folder::new(&[(name, content.as_bytes())]);
        let read = folder.read();
        let document = read[0].as_ref().unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(document.full, format!("A pact\n\n{BODY}"), "{name}");
        assert_eq!(document.body(), BODY, "{name}");
        assert_eq!(document.meta.published.as_deref(), Some("2025-07-16"), "{name}");
        assert_eq!(document.meta.language, "en", "{name}");
        if name != "f.html" {
            assert_eq!(document.meta.id, "a-1", "{name}");
        }
    }
}

#[test]
fn the_scraped_page_is_kept_to_the_letter_and_its_chrome_says_what_it_is() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/squeezed-nl.txt");
    let written = std::fs::read_to_string(&file).unwrap();
    let document = READER.read(&[file]).next().unwrap().unwrap();
    assert_eq!(document.body(), written);
    assert_eq!(document.meta.published.as_deref(), Some("2025-11-03"));
    assert_eq!(document.meta.publisher.as_deref(), Some("Muntblad.nl"));
    assert_eq!(document.meta.author.as_deref(), Some("Fenna Oosterhuis"));
    assert_eq!(document.meta.title, "Kenia krijgt een cryptowet");
    assert_eq!(document.meta.language, "nl");
    assert!(document.meta.id.starts_with("sha256-") && document.meta.id.len() == 23);
    assert_eq!(
        of(PassageKind::Chrome, &document),
        [
            "date 2025-11-03 Check onze Discord!",
            "— Nairobi Wire (@nairobiwire) October 16, 2025",
            "Het bericht Kenia krijgt een cryptowet is geschreven door Fenna Oosterhuis en verscheen als eerst op Muntblad.nl."
        ]
    );
    assert_eq!(of(PassageKind::Repeated, &document).len(), 1);
    let post = document.passages.iter().find(|p| p.kind == PassageKind::Quotation).unwrap();
    assert_eq!((post.author.as_deref(), post.language.as_str()), (Some("Nairobi Wire"), "en"));
    assert!(document.full[post.bytes.clone()].starts_with("Kenya's president just signed"));
}

#[test]
fn identities() {
    let raw = |id: Option<&str>, url: Option<&str>, text: &str| RawArticle {
        id: id.map(str::to_string),
        url: url.map(str::to_string),
        text: Some(text.to_string()),
        ..RawArticle::default()
    };
    assert_eq!(document(raw(Some("x"), Some("https://a.example/b"), BODY)).meta.id, "x");
    assert_eq!(document(raw(None, Some("https://a.example/b"), BODY)).meta.id, "https://a.example/b");
    let hashed = document(raw(None, None, BODY)).meta;
    assert_eq!(hashed.id, format!("sha256-{}", &hashed.sha256.unwrap()[..16]));
    assert!(document(raw(Some(" "), None, BODY)).meta.id.starts_with("sha256-"));
}

#[test]
fn the_same_id_twice() {
    let line = |text: &str| format!("{{\"id\":\"x\",\"text\":\"{text}\"}}\n");
    let other = BODY.replace("five", "six");
    let folder = Folder::new(&[
        ("a.jsonl", (line(BODY) + &line(BODY)).as_bytes()),
        ("b.jsonl", (line(&other) + &line(BODY)).as_bytes()),
    ]);
    let read = folder.read();
    assert_eq!(read.len(), 2);
    assert!(read[0].is_ok());
    let error = folder.shown(read[1].as_ref().unwrap_err());
    assert!(error.starts_with("b.jsonl:1: the id \"x\" stands already at "), "{error}");
    assert!(error.contains("a.jsonl:1, with another text"), "{error}");
}

#[test]
fn bad_files_say_what_where_and_what_to_do() {
    for (name, content, start, hint) in [
        ("a.txt", b"".as_slice(), "a.txt: the file is empty", "needs a text"),
        ("a.txt", b" \n\n", "a.txt: the file is empty", "needs a text"),
        ("a.txt", b"\x7fELF\x02\x01\x00\x00abc", "a.txt: binary data", "convert it"),
        ("a.pdf", b"%PDF-1.7 ...", "a.pdf: a PDF is not read", "pdftotext -enc UTF-8 "),
        ("a.txt", b"%PDF-1.7 ...", "a.txt: a PDF is not read", "pdftotext"),
        ("a.docx", b"PK\x03\x04...", "a.docx: a word processor's file", "pandoc -t plain"),
        ("a.doc", b"\xD0\xCF\x11\xE0\xA1", "a.doc: an old Word file", "soffice"),
        ("a.txt", b"caf\xC3\xA9\nna\xEFve\n", "a.txt:2: byte 0xEF is not UTF-8", "save the file as UTF-8"),
        ("a.html", b"<html><body><nav>Home</nav><p>Hi.</p>", "a.html: no article found", "save its text"),
        ("a.json", b"{\"title\":\"x\"}", "a.json: the record has no text", "`text`"),
        ("a.md", b"---\ntitle: x\nbroken\n---\nText", "a.md:3, column 1: no `key: value`", "correct"),
        ("a.csv", b"id,title\n1,x\n", "a.csv:1, column 1: no column `text`", "correct"),
    ] {
        let message = error(name, content);
        assert!(message.starts_with(start), "{message}");
        assert!(message.contains(hint), "{message}");
    }
}

#[test]
fn a_broken_line_says_line_and_column_and_the_rest_is_read() {
    let good = |n: usize| format!("{{\"id\":\"{n}\",\"text\":\"{BODY}\"}}\n");
    let mut lines: String = (1..=6).map(good).collect();
    lines += "{\"id\":\"7\",\"text\":\"x\n";
    lines += &good(8);
    let folder = Folder::new(&[("a.jsonl", lines.as_bytes())]);
    let read = folder.read();
    assert_eq!(read.iter().filter(|r| r.is_ok()).count(), 7);
    let message = folder.shown(read[6].as_ref().unwrap_err());
    assert!(message.starts_with("a.jsonl:7, column 19: EOF while parsing a string"), "{message}");
}

#[test]
fn fifty_megabytes_of_one_line() {
    let line = vec![b'a'; 50 << 20];
    let folder = Folder::new(&[("a.txt", &line), ("b.jsonl", &line), ("c.txt", BODY.as_bytes())]);
    let read = folder.read();
    assert_eq!(read.len(), 3);
    assert!(folder.shown(read[0].as_ref().unwrap_err()).starts_with("a.txt: 50 MB are too long"));
    assert!(folder.shown(read[1].as_ref().unwrap_err()).starts_with("b.jsonl:1: 50 MB are too long"));
    assert!(read[2].is_ok());
    let long = RawArticle { text: Some("a ".repeat(MOST_BYTES)), ..RawArticle::default() };
    assert!(matches!(READER.document(long, "x"), Err(ReadError::TooLong { .. })));
}

#[test]
fn languages_that_are_not_read() {
    let italian = "La banca centrale ha vietato agli istituti di credito qualsiasi operazione in criptovalute. Il governo ha \
                   annunciato una nuova legge sulle piattaforme di scambio, che entrerà in vigore il primo gennaio.";
    let message = error("a.txt", italian.as_bytes());
    assert!(message.starts_with("a.txt: the text is in Italian, which is not read here"), "{message}");
    assert!(message.contains("de, en, es, fr, nl, pt"), "{message}");
    let stated = RawArticle { language: Some("pl".into()), text: Some(BODY.into()), ..RawArticle::default() };
    assert!(READER.document(stated, "x").unwrap_err().to_string().starts_with("x: the text is in \"pl\""));
    let polish = "Bank centralny podpisał porozumienie z organem nadzoru. Obejmuje ono licencjonowanie giełd oraz nadzór nad \
                  stablecoinami i będzie obowiązywać przez pięć lat od dnia, w którym obie strony je podpisały w Warszawie, \
                  poinformował rzecznik ministerstwa finansów podczas konferencji prasowej.";
    assert!(READER.document(RawArticle { text: Some(polish.into()), ..RawArticle::default() }, "x").is_err());
    let wrong = RawArticle { language: Some("nl-NL".into()), text: Some(BODY.repeat(3)), ..RawArticle::default() };
    assert_eq!(document(wrong).meta.language, "en");
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_in_a_folder_of_good_ones() {
    let folder = Folder::new(&[("a.txt", BODY.as_bytes()), ("c.txt", b"x")]);
    // A link to nothing cannot be read by anybody, whatever the rights of who runs the tests.
    std::os::unix::fs::symlink(folder.path("nowhere"), folder.path("b.txt")).unwrap();
    std::fs::write(folder.path("c.txt"), BODY.replace("five", "six")).unwrap();
    let read = folder.read();
    assert_eq!(read.iter().map(Result::is_ok).collect::<Vec<_>>(), [true, false, true]);
    assert!(folder.shown(read[1].as_ref().unwrap_err()).starts_with("b.txt: there is no such file"));
    let none: Vec<_> = READER.read(&[PathBuf::from("/no/such/folder")]).collect();
    assert!(matches!(none[0], Err(ReadError::Missing { .. })));
}

#[test]
fn folders_are_read_in_order_and_other_files_are_noted() {
    let text = |n: &str| BODY.replace("five", n);
    let folder = Folder::new(&[
        ("b/z.txt", text("six").as_bytes()),
        ("a.txt", text("seven").as_bytes()),
        ("picture.png", b"\x89PNG"),
        (".hidden.txt", text("eight").as_bytes()),
        ("b/a.md", text("nine").as_bytes()),
    ]);
    let notes = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&notes);
    let reader = Reader::new(&Data::embedded()).unwrap().with_notes(move |n| kept.lock().unwrap().push(n.clone()));
    let inputs = [folder.0.path().to_path_buf()];
    let places: Vec<String> = reader.read(&inputs).map(|d| d.unwrap().place).collect();
    let names: Vec<&str> = places.iter().map(|p| p.rsplit('/').next().unwrap()).collect();
    assert_eq!(names, ["a.txt", "a.md", "z.txt"]);
    assert_eq!(Reader::count(&inputs), 3);
    let notes = notes.lock().unwrap();
    assert_eq!(
        notes.iter().filter(|n| matches!(n, Note::Skipped { place } if place.ends_with("picture.png"))).count(),
        1
    );
    assert_eq!(notes.iter().filter(|n| matches!(n, Note::NoDate { .. })).count(), 3);
}

#[test]
fn dates_are_normalised_or_noted() {
    let dated =
        |date: &str| RawArticle { published: Some(date.into()), text: Some(BODY.into()), ..RawArticle::default() };
    assert_eq!(document(dated("Wed, 16 Jul 2025 23:30:00 -0500")).meta.published.as_deref(), Some("2025-07-16"));
    assert_eq!(document(dated("2025-07-16T23:30:00-05:00")).meta.published.as_deref(), Some("2025-07-16"));
    assert_eq!(document(dated("some day")).meta.published, None);
}

#[test]
fn chrome_of_a_squeezed_page() {
    let text = "Home | Markets | Policy Share Tweet Print 3 min read Nov. 26, 2025, 7:42 a.m. ET The ministry has signed a \
                memorandum with the exchange. Read also: What a stablecoin is and what it is not The governor welcomed it. \
                ADVERTISEMENT Get a wallet in three clicks. Sen. Jane Doe called it a risk. The bank's seat in Accra. Photo: \
                Reuters Join our Discord! Nothing here is investment advice. © 2025 Granite Ledger. By Dana Whitlock";
    let document = page("en", "A pact", text);
    assert_eq!(
        of(PassageKind::Body, &document),
        [
            "The ministry has signed a memorandum with the exchange.",
            "The governor welcomed it.",
            "Sen. Jane Doe called it a risk."
        ]
    );
    assert_eq!(of(PassageKind::Caption, &document), ["The bank's seat in Accra. Photo: Reuters"]);
}

#[test]
fn what_only_looks_like_chrome_is_read() {
    for (language, sentence) in [
        ("en", "By December last year the authority had licensed 248 firms, and the share of the banks fell."),
        ("en", "The ministry published on Friday a bill that would tax the home mining of bitcoin."),
        ("en", "Published on 3 July 2024, the rules say who may trade and who has to ask for a licence."),
        ("es", "Publicado el 9 de marzo de 2018, el decreto dice quién puede operar con criptoactivos."),
        ("nl", "Door de nieuwe wet moeten beurzen een vergunning hebben, aldus het ministerie van Financiën."),
        ("de", "Von der Regelung sind Börsen betroffen, die eine Zulassung der Aufsicht haben, teilte das Amt mit."),
        ("es", "Por la nueva ley las plataformas deben pedir una licencia, según publicó el Banco Central."),
        ("fr", "Par cette loi, la banque centrale a publié les règles que les plateformes doivent suivre."),
        ("pt", "Por decisão do Banco Central, as corretoras terão de pedir licença até ao fim do ano."),
    ] {
        let document = page(language, "", &format!("{sentence}\n\n{sentence} {sentence}"));
        assert_eq!(of(PassageKind::Body, &document)[0], sentence, "{language}");
        assert!(of(PassageKind::Chrome, &document).is_empty(), "{language}: {:?}", document.passages);
    }
}

#[test]
fn a_long_name_again_is_no_repetition() {
    let name = "the Securities and Exchange Commission of the Republic of the Philippines";
    let text = format!("On Monday {name} fined two exchanges. Then {name} warned the public about both of them.");
    assert!(of(PassageKind::Repeated, &page("en", "", &text)).is_empty());
    let twice = format!("{text} A third said nothing. {text}");
    assert_eq!(of(PassageKind::Repeated, &page("en", "", &twice)), [text]);
}

#[test]
fn posts_before_and_after_their_handles() {
    for (text, quoted, author) in [
        (
            "The bank agreed.\n\n\"A first.\" — Latam Watch (@latamwatch) July 30, 2025\n\nMore.",
            "\"A first.\"",
            "Latam Watch",
        ),
        ("The bank agreed.\n\n\"A tie.\" — @madridsats\n\nMore.", "\"A tie.\"", "madridsats"),
        ("The bank agreed.\n\n@coinwatch: \"Three bills.\" — July 18, 2025\n\nMore.", "\"Three bills.\"", "coinwatch"),
        (
            "It ended. Kate Ray @kateray · Oct 23 So grateful today. 12.4K Reposts 98K Likes It went on.",
            "So grateful today.",
            "Kate Ray",
        ),
    ] {
        let document = page("en", "", text);
        assert_eq!(of(PassageKind::Quotation, &document), [quoted], "{text}");
        let post = document.passages.iter().find(|p| p.kind == PassageKind::Quotation).unwrap();
        assert_eq!(post.author.as_deref(), Some(author), "{text}");
    }
    let mail = page("en", "", "Write to the desk at press@bank.example about it, the bank said.");
    assert!(of(PassageKind::Quotation, &mail).is_empty());
}

/// What must hold for the passages of any text.
fn check(title: &str, text: &str, language: &str) -> Result<(), TestCaseError> {
    let raw = RawArticle {
        language: Some(language.into()),
        title: Some(title.into()),
        text: Some(text.into()),
        ..RawArticle::default()
    };
    let Ok(document) = READER.document(raw, "property") else { return Ok(()) };
    prop_assert_eq!(document.body(), text);
    let mut at = 0;
    for passage in &document.passages {
        prop_assert!(passage.bytes.start >= at && passage.bytes.start < passage.bytes.end);
        prop_assert!(
            document.full.is_char_boundary(passage.bytes.start) && document.full.is_char_boundary(passage.bytes.end)
        );
        prop_assert!(document.full[at..passage.bytes.start].trim().is_empty());
        prop_assert!(passage.kind != PassageKind::Headline || passage.bytes.end <= document.meta.title.len());
        at = passage.bytes.end;
    }
    prop_assert!(document.full[at..].trim().is_empty());
    Ok(())
}

proptest! {
    #[test]
    fn passages_cover_any_text(title in "\\PC{0,40}", text in "(?s).{1,300}") {
        check(&title, &text, "nl")?;
    }

    #[test]
    fn passages_cover_anything_like_a_page(
        parts in prop::collection::vec(prop::sample::select(&[
            "Lees ook:", "Read also", "©", "2025", "@abc", "(@abc)", "— ", "\"", "”", "«", "»", "[", "]", "(", ")", " | ", " · ", "++", ">>",
            "▲", "👉", "\n\n", "\n", ". ", "! ", "?", "…", "Foto: archief", "Door ", "Jan Jansen", "El Salvador", "de bank", "tekende",
            "Het bericht", "is geschreven door", "en verscheen als eerst op", "3 min", "Share", "Tweet", "\u{a0}", "\u{301}", "ﬁ", "İ", "ẞ", "31 juli 2025 09:14",
            "ADVERTENTIE", "Meest gelezen", "1.", "the quick brown fox jumps over the lazy dog", "12.4K Reposts", ":", ",", "\r\n\r\n", "\u{2028}",
        ][..]), 0..60),
        spaced in any::<bool>(),
    ) {
        check("De bank tekende in San Salvador", &parts.join(if spaced { " " } else { "" }), "nl")?;
    }

    #[test]
    fn reading_bytes_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..400), kind in 0..7usize) {
        let name = ["a.txt", "a.md", "a.html", "a.json", "a.jsonl", "a.csv", "a"][kind];
        let folder = Folder::new(&[(name, &bytes)]);
        for read in READER.read(&[folder.path(name)]) {
            if let Err(error) = read {
                prop_assert!(error.to_string().contains(name));
            }
        }
    }
}
