use crate::graph::{Sort, Status};
use crate::model::Kind;

/// Ink of what is to be there without being looked at; 4.8 to 1 on white.
pub const FAINT: &str = "#6B7280";

/// Nodes that are drawn alike, in the order of the legend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    Country,
    Body,
    Person,
    Company,
    Asset,
    Law,
    Product,
    Other,
    Words,
    /// A fact of three or more equal participants.
    Fact,
    /// A country with the things in it.
    Cluster,
    Document,
    Claim,
    /// A fact with all that it says, in a timeline or at the end of its provenance.
    Card,
}

/// The outline of a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Rounded,
    Square,
    Oval,
    Hexagon,
    /// A sheet with a folded corner.
    Note,
    Dashed,
    /// No outline.
    Bare,
}

/// How a box is drawn. Colours are tints of Okabe and Ito's palette, which the colour-blind tell apart; shape says the
/// same as colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    pub shape: Shape,
    pub fill: &'static str,
    pub line: &'static str,
    pub ink: &'static str,
    /// Of what stands below the name.
    pub faint: &'static str,
    pub is_strong: bool,
    pub is_slanted: bool,
    /// Whether its text begins at the left instead of standing in the middle.
    pub is_left: bool,
    /// Columns in a line of the text.
    pub width: usize,
    /// Empty where the legend can do without.
    pub legend: &'static str,
}

const USUAL: Look = Look {
    shape: Shape::Rounded,
    fill: "#FFFFFF",
    line: "#6B7280",
    ink: "#1F2933",
    faint: "#4B5563",
    is_strong: false,
    is_slanted: false,
    is_left: false,
    width: 20,
    legend: "",
};

impl Group {
    pub(super) fn of(sort: Sort) -> Group {
        match sort {
            Sort::Concept | Sort::Thing(Kind::Asset) => Group::Asset,
            Sort::Fact => Group::Fact,
            Sort::Words | Sort::Thing(Kind::Description) => Group::Words,
            Sort::Thing(kind) => match kind {
                Kind::Country | Kind::Territory | Kind::City | Kind::Union => Group::Country,
                Kind::Person => Group::Person,
                Kind::Company | Kind::Organisation | Kind::Party => Group::Company,
                Kind::Law | Kind::List => Group::Law,
                Kind::Product => Group::Product,
                kind if kind.is_authority() => Group::Body,
                _ => Group::Other,
            },
        }
    }

    /// How it is drawn.
    pub fn look(self) -> Look {
        match self {
            Group::Country => Look {
                fill: "#0B4F8A",
                line: "#0B4F8A",
                ink: "#FFFFFF",
                faint: "#C7DCF0",
                is_strong: true,
                legend: "country or place",
                ..USUAL
            },
            Group::Body => Look { fill: "#DCECF8", line: "#0072B2", ink: "#12304A", legend: "public body", ..USUAL },
            Group::Person => Look {
                shape: Shape::Oval,
                fill: "#FFF7D1",
                line: "#B59A00",
                ink: "#3D3500",
                width: 18,
                legend: "person",
                ..USUAL
            },
            Group::Company => Look {
                shape: Shape::Square,
                fill: "#D9F0E6",
                line: "#00805E",
                ink: "#0B3B2E",
                legend: "company or organisation",
                ..USUAL
            },
            Group::Asset => Look {
                shape: Shape::Hexagon,
                fill: "#FFE3B3",
                line: "#C77700",
                ink: "#4A2C00",
                is_strong: true,
                width: 16,
                legend: "asset or topic",
                ..USUAL
            },
            Group::Law => Look {
                shape: Shape::Note,
                fill: "#F8E3EE",
                line: "#A8437F",
                ink: "#4A1436",
                legend: "law or list",
                ..USUAL
            },
            Group::Product => Look { shape: Shape::Square, fill: "#ECECEF", legend: "product", ..USUAL },
            Group::Other => Look { shape: Shape::Dashed, legend: "of unknown kind", ..USUAL },
            Group::Words => Look { shape: Shape::Bare, ink: "#4B5563", is_slanted: true, width: 24, ..USUAL },
            Group::Fact => Look { shape: Shape::Oval, width: 16, ..USUAL },
            Group::Cluster => Look { fill: "#F5F8FB", line: "#0B4F8A", is_left: true, width: 30, ..USUAL },
            Group::Document => {
                Look { shape: Shape::Note, fill: "#F3F4F6", is_left: true, width: 30, legend: "document", ..USUAL }
            }
            Group::Claim => Look {
                shape: Shape::Square,
                fill: "#FFF7D1",
                line: "#B59A00",
                ink: "#3D3500",
                faint: "#6B5D00",
                is_left: true,
                width: 46,
                legend: "claim, with its quote",
                ..USUAL
            },
            Group::Card => Look {
                fill: "#DCECF8",
                line: "#0072B2",
                ink: "#12304A",
                faint: "#3F5A73",
                is_left: true,
                width: 34,
                legend: "fact",
                ..USUAL
            },
        }
    }
}

/// How a line is drawn, and what the legend says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stroke {
    pub ink: &'static str,
    /// Of its label.
    pub label: &'static str,
    /// Lengths of dash and gap; none means an unbroken line.
    pub dashes: Option<[u8; 2]>,
    pub legend: &'static str,
}

/// The line of a status.
pub fn stroke(status: Status) -> Stroke {
    let (ink, label) = ("#4B5563", "#1F2933");
    let (pale, faint) = ("#B6BCC6", FAINT);
    match status {
        Status::Actual => Stroke { ink, label, dashes: None, legend: "actual" },
        Status::Planned => Stroke { ink, label, dashes: Some([6, 4]), legend: "planned" },
        Status::Possible => Stroke { ink, label, dashes: Some([2, 3]), legend: "considered" },
        Status::Ended => Stroke { ink: pale, label: faint, dashes: None, legend: "ended" },
        Status::Negated => Stroke { ink: pale, label: faint, dashes: Some([6, 4]), legend: "denied" },
    }
}
