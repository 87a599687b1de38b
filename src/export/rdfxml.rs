use super::{Export, ExportError, Input, Options, rdf};
use oxigraph::io::RdfFormat;
use std::io::Write;

/// The union of the graphs, for programs that read nothing else.
pub struct RdfXml;

impl Export for RdfXml {
    fn name(&self) -> &'static str {
        "rdfxml"
    }

    fn extension(&self) -> &'static str {
        "rdf"
    }

    fn description(&self) -> &'static str {
        "RDF/XML: the union of the graphs, with the evidence, for older programs"
    }

    fn write(&self, input: &Input, _: &Options, out: &mut dyn Write) -> Result<(), ExportError> {
        let quads = rdf::for_xml(rdf::sorted(rdf::union(rdf::quads(input)?), input.base));
        rdf::serialize(RdfFormat::RdfXml, input.base, &quads, out)?;
        out.write_all(b"\n")?;
        Ok(())
    }
}
