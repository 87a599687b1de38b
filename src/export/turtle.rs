use super::{Export, ExportError, Input, Options, rdf};
use oxigraph::io::RdfFormat;
use std::io::Write;

/// The union of the graphs.
pub struct Turtle;

impl Export for Turtle {
    fn name(&self) -> &'static str {
        "turtle"
    }

    fn extension(&self) -> &'static str {
        "ttl"
    }

    fn description(&self) -> &'static str {
        "Turtle: the union of the graphs, with the evidence, to be read by people"
    }

    fn write(&self, input: &Input, _: &Options, out: &mut dyn Write) -> Result<(), ExportError> {
        let quads = rdf::sorted(rdf::union(rdf::quads(input)?), input.base);
        rdf::serialize(RdfFormat::Turtle, input.base, &quads, out)
    }
}
