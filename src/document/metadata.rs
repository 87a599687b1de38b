//! What a page says about itself: JSON-LD first, then Open Graph, then meta elements, then what is marked up.

use super::article::RawArticle;
use super::html::{plain, select};
use scraper::Html;
use serde_json::Value;

/// The fields that the page states; text and marks stay empty.
pub(super) fn read(html: &Html) -> RawArticle {
    let mut article = RawArticle::default();
    for script in select(html, "script[type='application/ld+json']") {
        let json: String = script.text().collect();
        if let Ok(value) = serde_json::from_str::<Value>(json.trim()) {
            linked_data(&value, &mut article, 0);
        }
    }
    let meta = |names: &[&str]| {
        names.iter().find_map(|name| {
            let selector = format!("meta[property='{name}'], meta[name='{name}'], meta[itemprop='{name}']");
            select(html, &selector).find_map(|m| tidy(m.attr("content")?))
        })
    };
    let attr = |selector: &str, name: &str| select(html, selector).find_map(|e| tidy(e.attr(name)?));
    let or = |field: &mut Option<String>, other: &dyn Fn() -> Option<String>| {
        if field.is_none() {
            *field = other();
        }
    };
    or(&mut article.title, &|| meta(&["og:title", "twitter:title", "dc.title", "DC.title"]));
    or(&mut article.publisher, &|| meta(&["og:site_name", "application-name", "dc.publisher", "DC.publisher"]));
    or(&mut article.author, &|| {
        // article:author holds the address of a profile more often than a name.
        meta(&["author", "article:author", "dc.creator", "DC.creator"]).filter(|a| !a.starts_with("http"))
    });
    or(&mut article.author, &|| {
        select(html, "[rel=author], [itemprop=author]").map(plain).find(|a| !a.is_empty() && a.len() < 80)
    });
    or(&mut article.published, &|| {
        meta(&["article:published_time", "datePublished", "date", "dc.date", "DC.date", "pubdate", "publish-date"])
    });
    or(&mut article.published, &|| attr("article time[datetime], time[itemprop=datePublished]", "datetime"));
    or(&mut article.published, &|| attr("time[datetime]", "datetime"));
    or(&mut article.url, &|| attr("link[rel=canonical]", "href").filter(|u| u.starts_with("http")));
    or(&mut article.url, &|| meta(&["og:url"]).filter(|u| u.starts_with("http")));
    or(&mut article.language, &|| attr("html[lang]", "lang"));
    or(&mut article.language, &|| meta(&["og:locale", "language"]));
    article
}

/// Looks for an article in a JSON-LD value, through lists and `@graph`.
fn linked_data(value: &Value, article: &mut RawArticle, depth: usize) {
    if depth > 8 {
        return;
    }
    match value {
        Value::Array(items) => items.iter().for_each(|v| linked_data(v, article, depth + 1)),
        Value::Object(object) => {
            let is_article = |t: &str| t.ends_with("Article") || t.ends_with("Posting") || t == "Report";
            let kind = object.get("@type");
            let found = match kind {
                Some(Value::String(t)) => is_article(t),
                Some(Value::Array(ts)) => ts.iter().filter_map(Value::as_str).any(is_article),
                _ => false,
            };
            if found && article.title.is_none() {
                let text = |key: &str| object.get(key).and_then(name_of);
                article.title = text("headline").or_else(|| text("name"));
                article.author = text("author").or_else(|| text("creator"));
                article.publisher = text("publisher");
                article.published = text("datePublished").or_else(|| text("dateCreated"));
                article.language = text("inLanguage");
                article.url = ["url", "mainEntityOfPage", "@id"].iter().find_map(|k| address_of(object.get(*k)?));
            }
            if let Some(graph) = object.get("@graph") {
                linked_data(graph, article, depth + 1);
            }
        }
        _ => {}
    }
}

/// A string, or the name of an object, or those of a list, joined by commas.
fn name_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => tidy(text).filter(|t| !t.starts_with("http")),
        Value::Object(object) => object.get("name").and_then(name_of),
        Value::Array(items) => {
            let names: Vec<String> = items.iter().filter_map(name_of).collect();
            (!names.is_empty()).then(|| names.join(", "))
        }
        _ => None,
    }
}

fn address_of(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text,
        Value::Object(object) => object.get("@id")?.as_str()?,
        _ => return None,
    };
    tidy(text).filter(|t| t.starts_with("http"))
}

fn tidy(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn linked_data_goes_before_open_graph() {
        let page = r#"<html lang="nl-NL"><head><meta property="og:title" content="Site: title">
            <meta property="og:site_name" content="BlokPost"><link rel="canonical" href="https://blok.example/a">
            <script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"x"},
            {"@type":"NewsArticle","headline":"Title","datePublished":"2025-07-31T09:14:00+02:00",
             "author":[{"@type":"Person","name":"Sanne"},{"@type":"Person","name":"Joris"}]}]}</script></head></html>"#;
        let a = read(&Html::parse_document(page));
        assert_eq!(a.title.as_deref(), Some("Title"));
        assert_eq!(a.author.as_deref(), Some("Sanne, Joris"));
        assert_eq!(a.publisher.as_deref(), Some("BlokPost"));
        assert_eq!(a.published.as_deref(), Some("2025-07-31T09:14:00+02:00"));
        assert_eq!(a.url.as_deref(), Some("https://blok.example/a"));
        assert_eq!(a.language.as_deref(), Some("nl-NL"));
    }
}
