use crate::graph::Sort;
use crate::model::Kind;

/// Of what is to be there without being looked at.
pub(super) const FAINT: &str = "#6B7280";

pub(super) const DEFAULTS: &str = r##"  graph [rankdir=LR nodesep=0.3 ranksep=0.9 pad=0.3 splines=true outputorder=edgesfirst bgcolor=white labelloc=b labeljust=l fontname="Helvetica,Arial,sans-serif" fontsize=10]
  node [fontname="Helvetica,Arial,sans-serif" margin="0.14,0.08" height=0.4 penwidth=1.2]
  edge [fontname="Helvetica,Arial,sans-serif" fontsize=9 arrowsize=0.7]
"##;

/// Sorts of nodes that are drawn alike, in the order of the legend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    Country,
    Body,
    Person,
    Company,
    Asset,
    Law,
    Product,
    Other,
    Words,
    Fact,
}

/// How a node is drawn. Colours are tints of Okabe and Ito's palette; shape says the same as colour.
pub(super) struct Look {
    pub(super) attributes: &'static str,
    pub(super) fill: &'static str,
    pub(super) line: &'static str,
    pub(super) ink: &'static str,
    /// Of what stands below the name.
    pub(super) faint: &'static str,
    pub(super) corner: &'static str,
    pub(super) bold: bool,
    pub(super) italic: bool,
    /// Letters in a line of the label.
    pub(super) width: usize,
    /// Empty where the legend can do without.
    pub(super) legend: &'static str,
}

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

    pub(super) fn look(self) -> Look {
        let usual = Look {
            attributes: "",
            fill: "white",
            line: "#6B7280",
            ink: "#1F2933",
            faint: FAINT,
            corner: "rounded",
            bold: false,
            italic: false,
            width: 20,
            legend: "",
        };
        match self {
            Group::Country => Look {
                attributes: r##"shape=box style="rounded,filled" fillcolor="#0B4F8A" color="#0B4F8A" fontcolor=white"##,
                fill: "#0B4F8A",
                line: "#0B4F8A",
                ink: "white",
                faint: "#C7DCF0",
                bold: true,
                legend: "country or place",
                ..usual
            },
            Group::Body => Look {
                attributes: r##"shape=box style="rounded,filled" fillcolor="#DCECF8" color="#0072B2" fontcolor="#12304A""##,
                fill: "#DCECF8",
                line: "#0072B2",
                ink: "#12304A",
                legend: "public body",
                ..usual
            },
            Group::Person => Look {
                attributes: r##"shape=ellipse style=filled fillcolor="#FFF7D1" color="#B59A00" fontcolor="#3D3500" margin="0.06,0.04""##,
                fill: "#FFF7D1",
                line: "#B59A00",
                ink: "#3D3500",
                width: 14,
                legend: "person",
                ..usual
            },
            Group::Company => Look {
                attributes: r##"shape=box style=filled fillcolor="#D9F0E6" color="#00805E" fontcolor="#0B3B2E""##,
                fill: "#D9F0E6",
                line: "#00805E",
                ink: "#0B3B2E",
                corner: "",
                legend: "company or organisation",
                ..usual
            },
            Group::Asset => Look {
                attributes: r##"shape=hexagon style=filled fillcolor="#FFE3B3" color="#C77700" fontcolor="#4A2C00" margin="0.04,0.04""##,
                fill: "#FFE3B3",
                line: "#C77700",
                ink: "#4A2C00",
                bold: true,
                width: 14,
                legend: "asset or topic",
                ..usual
            },
            Group::Law => Look {
                attributes: r##"shape=note style=filled fillcolor="#F8E3EE" color="#A8437F" fontcolor="#4A1436""##,
                fill: "#F8E3EE",
                line: "#A8437F",
                ink: "#4A1436",
                corner: "",
                legend: "law or list",
                ..usual
            },
            Group::Product => Look {
                attributes: r##"shape=tab style=filled fillcolor="#ECECEF" color="#6B7280" fontcolor="#1F2933""##,
                fill: "#ECECEF",
                corner: "",
                legend: "product",
                ..usual
            },
            Group::Other => Look {
                attributes: r##"shape=box style="rounded,dashed" color="#6B7280" fontcolor="#1F2933""##,
                legend: "of unknown kind",
                ..usual
            },
            Group::Words => Look {
                attributes: r##"shape=plaintext fontsize=10 fontcolor="#4B5563" margin="0.04,0.02" height=0.2"##,
                italic: true,
                width: 24,
                ..usual
            },
            Group::Fact => Look {
                attributes: r##"shape=ellipse style=filled fillcolor=white color="#4B5563" fontcolor="#1F2933" fontsize=9 margin="0.02,0.02" height=0.2"##,
                width: 14,
                ..usual
            },
        }
    }
}
