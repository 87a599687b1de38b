use super::{Export, ExportError, Input, Options, rdf};
use oxigraph::io::{JsonLdProfileSet, RdfFormat};
use std::io::Write;

/// The whole graph as JSON.
pub struct JsonLd;

impl Export for JsonLd {
    fn name(&self) -> &'static str {
        "jsonld"
    }

    fn extension(&self) -> &'static str {
        "jsonld"
    }

    fn description(&self) -> &'static str {
        "JSON-LD: the whole graph, each document as a named graph"
    }

    fn write(&self, input: &Input, _: &Options, out: &mut dyn Write) -> Result<(), ExportError> {
        let format = RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() };
        rdf::serialize(format, input.base, &rdf::sorted(rdf::quads(input)?, input.base), out)?;
        out.write_all(b"\n")?;
        Ok(())
    }
}
