use super::{Export, ExportError, Input, Options, rdf};
use std::io::Write;

/// The whole graph, sorted: the form to compare by.
pub struct NQuads;

impl Export for NQuads {
    fn name(&self) -> &'static str {
        "nquads"
    }

    fn extension(&self) -> &'static str {
        "nq"
    }

    fn description(&self) -> &'static str {
        "N-Quads, sorted: the whole graph, a statement a line; the reference form"
    }

    fn write(&self, input: &Input, _: &Options, out: &mut dyn Write) -> Result<(), ExportError> {
        out.write_all(crate::rdf::nquads_sorted(&rdf::quads(input)?).as_bytes())?;
        Ok(())
    }
}
