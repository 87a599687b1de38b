use super::{Export, ExportError, Input, Options};
use crate::data::Data;
use std::io::Write;

/// What the graph's own classes and properties mean.
pub struct Ontology;

impl Export for Ontology {
    fn name(&self) -> &'static str {
        "ontology"
    }

    fn extension(&self) -> &'static str {
        "ttl"
    }

    fn description(&self) -> &'static str {
        "the ontology as Turtle: what the classes and properties of the graph mean"
    }

    fn write(&self, input: &Input, _: &Options, out: &mut dyn Write) -> Result<(), ExportError> {
        let data = Data::embedded();
        let header = data.text("ontology/header.ttl").unwrap_or_default();
        let turtle = crate::rdf::ontology(input.frames, header).and_then(|t| crate::rdf::ontology_turtle(&t))?;
        out.write_all(turtle.as_bytes())?;
        Ok(())
    }
}
