/// Why a file, or a record in one, gave no document. Every message names the place (file, and line where there is
/// one), what is wrong and what to do; the iterator that gave it goes on with the rest.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error("{place}: there is no such file or folder; check the path")]
    Missing { place: String },
    #[error("{place}: cannot be read: {source}; check its permissions")]
    Io {
        place: String,
        #[source]
        source: std::io::Error,
    },
    #[error(
        "{place}: not a kind of file that is read here; give .txt, .md, .html, .json, .jsonl or .csv, or rename it to what it is"
    )]
    Format { place: String },
    #[error("{place}: the file is empty; an article needs a text")]
    Empty { place: String },
    #[error("{place}: binary data, not a text; convert it to text first")]
    Binary { place: String },
    /// `command` is one line that turns the file into text.
    #[error("{place}: {what} is not read directly; turn it into text first with: {command}")]
    Refused { place: String, what: &'static str, command: String },
    #[error("{place}: {what}; save the file as UTF-8")]
    Encoding { place: String, what: String },
    /// JSON, CSV or front matter that breaks its own rules; `place` has the line.
    #[error("{place}, column {column}: {what}; correct the record")]
    Syntax { place: String, column: usize, what: String },
    #[error("{place}: the record has no text; fill its field `text`")]
    NoText { place: String },
    #[error("{place}: no article found in the page; save its text as .txt, or give a page with paragraphs")]
    NoArticle { place: String },
    #[error(
        "{place}: {megabytes} MB are too long for one article (at most {most} MB); divide it, one article a file or a line",
        most = super::MOST_BYTES >> 20
    )]
    TooLong { place: String, megabytes: u64 },
    #[error(
        "{place}: the text is in {language}, which is not read here; languages: {supported} (state it in the field `language` if this is wrong)"
    )]
    Language { place: String, language: String, supported: String },
    #[error(
        "{place}: the id \"{id}\" stands already at {first}, with another text; give each article its own id or remove one of the two"
    )]
    Duplicate { place: String, id: String, first: String },
}
