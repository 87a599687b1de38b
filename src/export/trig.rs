use super::{Export, ExportError, Input, Options, rdf};
use oxigraph::io::RdfFormat;
use std::io::Write;

/// The whole graph, each document a named graph.
pub struct TriG;

impl Export for TriG {
    fn name(&self) -> &'static str {
        "trig"
    }

    fn extension(&self) -> &'static str {
        "trig"
    }

    fn description(&self) -> &'static str {
        "TriG: the whole graph with each document as a named graph, to be read by people"
    }

    fn write(&self, input: &Input, _: &Options, out: &mut dyn Write) -> Result<(), ExportError> {
        rdf::serialize(RdfFormat::TriG, input.base, &rdf::sorted(rdf::quads(input)?, input.base), out)
    }
}
