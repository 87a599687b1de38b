use crate::data::{Data, DataError};
use serde::Deserialize;
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What two spellings of one name may differ in: data/names.toml.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameRules {
    #[serde(rename = "schema", default)]
    _schema: i64,
    articles: BTreeSet<String>,
    possessives: Vec<String>,
    legal_forms: BTreeSet<String>,
    titles: BTreeSet<String>,
    small: BTreeSet<String>,
}

impl NameRules {
    /// # Errors
    /// A file that is not of that form, with its line.
    pub fn load(data: &Data) -> Result<NameRules, DataError> {
        let mut rules: NameRules = data.parse("names.toml")?;
        for set in [&mut rules.articles, &mut rules.legal_forms, &mut rules.titles, &mut rules.small] {
            *set = set.iter().map(|word| fold(word)).collect();
        }
        Ok(rules)
    }

    /// The words of a name for comparing: lower case, without accents, punctuation, possessive ending, legal form and
    /// leading articles. Never empty for a name that has a letter or digit.
    pub fn words(&self, name: &str) -> Vec<String> {
        let plain: Vec<&str> = name.split_whitespace().map(|word| self.without_possessive(word)).collect();
        let folded = fold(&plain.join(" "));
        let mut words: Vec<String> = Vec::new();
        for word in folded.split(|c: char| !(c.is_alphanumeric() || c == '.' || c == '&')) {
            // "U.S." is one word, "S.A." too; a full stop elsewhere ends a word.
            let joined = word.split('.').all(|part| part.chars().count() <= 1);
            if joined {
                words.push(word.chars().filter(|c| *c != '.').collect());
            } else {
                words.extend(word.split('.').map(str::to_string));
            }
        }
        words.retain(|w| !w.is_empty());
        while words.len() > 1 && words.first().is_some_and(|w| self.articles.contains(w)) {
            words.remove(0);
        }
        while words.len() > 1 && words.last().is_some_and(|w| self.legal_forms.contains(w)) {
            words.pop();
        }
        words
    }

    fn without_possessive<'w>(&self, word: &'w str) -> &'w str {
        for end in &self.possessives {
            if let Some(rest) = word.strip_suffix(end.as_str())
                && !rest.is_empty()
            {
                // "Texas'" keeps its s: the ending is what follows it.
                return if end.starts_with('s') { &word[..rest.len() + 1] } else { rest };
            }
        }
        word
    }

    /// [`NameRules::words`] of a person's name, without titles.
    pub fn person(&self, name: &str) -> Vec<String> {
        let mut words = self.words(name);
        while words.len() > 1 && words.first().is_some_and(|w| self.titles.contains(w)) {
            words.remove(0);
        }
        words
    }

    /// Whether a word, as [`NameRules::words`] gives it, is one that acronyms leave out, or an ampersand.
    pub fn is_small(&self, word: &str) -> bool {
        word == "&" || self.small.contains(word)
    }

    /// One text for comparing.
    pub fn key(&self, name: &str) -> String {
        self.words(name).join(" ")
    }

    /// The first letters of a name's words, small words left out: what its acronym would be.
    pub fn initials(&self, name: &str) -> String {
        let words = self.words(name);
        words.iter().filter(|w| !self.is_small(w)).filter_map(|w| w.chars().next()).collect()
    }
}

/// Lower case, without accents, compatibility forms made plain.
pub fn fold(text: &str) -> String {
    text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).flat_map(plain).collect()
}

/// Letters that carry a stroke or are joined, which decomposition leaves alone.
fn plain(c: char) -> impl Iterator<Item = char> {
    let text: &[char] = match c {
        'ß' => &['s', 's'],
        'æ' => &['a', 'e'],
        'œ' => &['o', 'e'],
        'ø' => &['o'],
        'ł' => &['l'],
        'đ' | 'ð' => &['d'],
        'ı' => &['i'],
        'þ' => &['t', 'h'],
        '’' | 'ʼ' | '‘' => &['\''],
        _ => return [Some(c), None].into_iter().flatten(),
    };
    [text.first().copied(), text.get(1).copied()].into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_one_key() {
        let rules = NameRules::load(&Data::embedded()).unwrap();
        for (a, b) in [
            ("The United States", "united states"),
            ("U.S.", "US"),
            ("Pakistan’s", "Pakistan"),
            ("Ethena GmbH", "Ethena"),
            ("Nuñez", "NUNEZ"),
            ("Strauß", "Strauss"),
            ("Coinbase, Inc.", "Coinbase"),
        ] {
            assert_eq!(rules.key(a), rules.key(b), "{a} / {b}");
        }
        for (a, b) in [("Bank of Ghana", "Bank of Guinea"), ("SEC", "SECP"), ("C&A", "CA")] {
            assert_ne!(rules.key(a), rules.key(b), "{a} / {b}");
        }
        assert_eq!(rules.initials("Pakistan Virtual Assets Regulatory Authority"), "pvara");
        assert_eq!(rules.initials("Comisión para el Mercado Financiero"), "cmf");
        assert_eq!(rules.person("Sr. Nayib Bukele"), ["nayib", "bukele"]);
        assert_eq!(rules.key("The"), "the");
    }
}
