use crate::frame::{Frame, Frames};
use crate::lexicon::Lexicon;
use crate::lexicon::compiled::preposition;
use crate::model::{Modality, Polarity};

/// A place of a construction: the roles that may fill it (the first that fits does) and the classes that its head
/// must be of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Slot {
    pub roles: Vec<String>,
    pub classes: Vec<u16>,
}

/// A slot behind a preposition; `mask` 0 stands for any function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrepositionSlot {
    pub mask: u32,
    pub slot: Slot,
    pub optional: bool,
}

/// A construction of data/frames, parsed and bound to the numbers of its classes.
#[derive(Debug, Clone)]
pub struct Pattern {
    /// `frame/name`.
    pub name: String,
    pub frame: usize,
    pub anchors: Vec<u16>,
    /// The copula is an anchor too.
    pub copula: bool,
    pub subject: Option<Slot>,
    pub object: Option<Slot>,
    pub prepositions: Vec<PrepositionSlot>,
    pub set: Vec<(String, String)>,
    pub modality: Option<Modality>,
    pub polarity: Option<Polarity>,
    /// (role, at least how many values)
    pub need: Vec<(String, usize)>,
    pub confidence: u8,
}

/// Why a pattern can't be used.
#[derive(Debug, Clone, thiserror::Error, PartialEq, Eq)]
pub enum PatternError {
    #[error("there is no class \"{0}\" in data/classes.toml")]
    Class(String),
    #[error("the frame has no role \"{0}\"")]
    Role(String),
    #[error("\"{0}\" has no class in capitals that it hangs on")]
    NoAnchor(String),
    #[error("\"{0}\" is neither a class, a preposition class, a {{role}} nor a [bracket]")]
    Word(String),
}

fn slot(text: &str, frame: &Frame, lexicon: &Lexicon) -> Result<Slot, PatternError> {
    let inner = text.trim_start_matches('{').trim_end_matches('}');
    let (roles, classes) = inner.split_once(':').unwrap_or((inner, ""));
    let mut out = Slot::default();
    for role in roles.split('|').filter(|r| !r.is_empty()) {
        if !frame.roles.contains_key(role) {
            return Err(PatternError::Role(role.to_string()));
        }
        out.roles.push(role.to_string());
    }
    for class in classes.split('|').filter(|c| !c.is_empty()) {
        // A role's name among the classes ("{:PROGRAMME|amount}") means: or what fills that role.
        if frame.roles.contains_key(class) {
            out.roles.push(class.to_string());
        } else {
            out.classes.push(lexicon.class(class).ok_or_else(|| PatternError::Class(class.to_string()))?);
        }
    }
    Ok(out)
}

fn mask(word: &str) -> Option<u32> {
    let mut bits = 0;
    for part in word.split('|') {
        match part {
            "ANY" => return Some(0),
            // "OUT OF" is written OUT in patterns; the rest of the word lists treats it as FROM.
            "OUT" => bits |= preposition("FROM")?,
            part => bits |= preposition(part)?,
        }
    }
    Some(bits)
}

impl Pattern {
    /// Parses one construction.
    ///
    /// # Errors
    /// A class, role or word that isn't known.
    pub fn parse(frames: &Frames, frame_index: usize, name: &str, lexicon: &Lexicon) -> Result<Pattern, PatternError> {
        let Some(frame) = frames.iter().nth(frame_index) else { return Err(PatternError::Word(name.to_string())) };
        let construction = &frame.constructions[name];
        let text = &construction.pattern;
        let mut out = Pattern {
            name: format!("{}/{name}", frame.name),
            frame: frame_index,
            anchors: Vec::new(),
            copula: false,
            subject: None,
            object: None,
            prepositions: Vec::new(),
            set: construction.set.iter().map(|(k, v)| (k.clone(), v.clone())).collect(),
            modality: construction.modality,
            polarity: construction.polarity,
            need: Vec::new(),
            confidence: construction.confidence,
        };
        for need in &construction.need {
            let (role, count) = need.split_once('+').map_or((need.as_str(), 1), |(r, n)| (r, n.parse().unwrap_or(1)));
            if !frame.roles.contains_key(role) {
                return Err(PatternError::Role(role.to_string()));
            }
            out.need.push((role.to_string(), count));
        }
        for role in out.set.iter().map(|(r, _)| r) {
            if !frame.roles.contains_key(role) {
                return Err(PatternError::Role(role.clone()));
            }
        }
        let spaced = text.replace('[', " [ ").replace(']', " ] ");
        let (mut optional, mut pending, mut anchored) = (false, None, false);
        for word in spaced.split_whitespace() {
            match word {
                "[" => optional = true,
                "]" => (optional, pending) = (false, None),
                word if word.starts_with('{') => {
                    let slot = slot(word, frame, lexicon)?;
                    if let Some(mask) = pending.take() {
                        out.prepositions.push(PrepositionSlot { mask, slot, optional });
                    } else if !anchored {
                        out.subject = Some(slot);
                    } else if out.object.is_none() {
                        out.object = Some(slot);
                    } else {
                        out.prepositions.push(PrepositionSlot { mask: 0, slot, optional });
                    }
                }
                word if anchored => pending = Some(mask(word).ok_or_else(|| PatternError::Word(word.to_string()))?),
                word => {
                    for class in word.split('|') {
                        if class == "BE" {
                            out.copula = true;
                        } else {
                            out.anchors
                                .push(lexicon.class(class).ok_or_else(|| PatternError::Class(class.to_string()))?);
                        }
                    }
                    anchored = true;
                }
            }
        }
        if !anchored {
            return Err(PatternError::NoAnchor(text.clone()));
        }
        Ok(out)
    }
}
