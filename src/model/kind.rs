use serde::{Deserialize, Serialize};

/// What sort of thing an entity is. The gazetteer, the frames' role fillers and the ontology share this list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Country,
    Territory,
    City,
    Union,
    Institution,
    CentralBank,
    Ministry,
    Regulator,
    Parliament,
    Court,
    Police,
    Government,
    Agency,
    Party,
    Company,
    Organisation,
    Person,
    Asset,
    Law,
    List,
    Product,
    /// A description, not a name: a role is filled with its words, and no node is made of it.
    Description,
    /// Named, but of what sort the text does not say.
    Unknown,
}

impl Kind {
    /// Every kind, in the order of declaration.
    pub const ALL: [Kind; 23] = [
        Kind::Country,
        Kind::Territory,
        Kind::City,
        Kind::Union,
        Kind::Institution,
        Kind::CentralBank,
        Kind::Ministry,
        Kind::Regulator,
        Kind::Parliament,
        Kind::Court,
        Kind::Police,
        Kind::Government,
        Kind::Agency,
        Kind::Party,
        Kind::Company,
        Kind::Organisation,
        Kind::Person,
        Kind::Asset,
        Kind::Law,
        Kind::List,
        Kind::Product,
        Kind::Description,
        Kind::Unknown,
    ];

    /// The name used in data files and in the claims document: `central-bank`.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Country => "country",
            Kind::Territory => "territory",
            Kind::City => "city",
            Kind::Union => "union",
            Kind::Institution => "institution",
            Kind::CentralBank => "central-bank",
            Kind::Ministry => "ministry",
            Kind::Regulator => "regulator",
            Kind::Parliament => "parliament",
            Kind::Court => "court",
            Kind::Police => "police",
            Kind::Government => "government",
            Kind::Agency => "agency",
            Kind::Party => "party",
            Kind::Company => "company",
            Kind::Organisation => "organisation",
            Kind::Person => "person",
            Kind::Asset => "asset",
            Kind::Law => "law",
            Kind::List => "list",
            Kind::Product => "product",
            Kind::Description => "description",
            Kind::Unknown => "unknown",
        }
    }

    /// The kind of that name, if there is one.
    pub fn from_name(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|k| k.name() == name)
    }

    /// Countries, territories and unions: what has laws of its own.
    pub fn is_jurisdiction(self) -> bool {
        matches!(self, Kind::Country | Kind::Territory | Kind::Union)
    }

    /// Bodies that hold public power.
    pub fn is_authority(self) -> bool {
        matches!(
            self,
            Kind::CentralBank
                | Kind::Ministry
                | Kind::Regulator
                | Kind::Parliament
                | Kind::Court
                | Kind::Police
                | Kind::Government
                | Kind::Agency
                | Kind::Institution
                | Kind::Union
        )
    }
}
