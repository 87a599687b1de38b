use super::StoreError;
use super::generation::Generation;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphNameRef, NamedNodeRef, NamedOrBlankNodeRef, Quad, TermRef};
use oxigraph::sparql::{PreparedSparqlQuery, QueryEvaluationError, QueryExplanation, QueryResults};
use std::fs;
use std::sync::Arc;

/// The graph of a store, to be asked. What indexes it is nobody else's business: in memory from the sorted N-Quads, or
/// on disk in RocksDB where the program has that feature and the generation was written by it.
pub struct Graph {
    index: oxigraph::store::Store,
    /// Keeps the files in place while the index reads them.
    _generation: Option<Arc<Generation>>,
}

impl Graph {
    pub(super) fn of(generation: Arc<Generation>) -> Result<Graph, StoreError> {
        #[cfg(feature = "rocksdb")]
        if generation.path("rocksdb").is_dir() {
            let index =
                oxigraph::store::Store::open_read_only(generation.path("rocksdb")).map_err(StoreError::Index)?;
            return Ok(Graph { index, _generation: Some(generation) });
        }
        let path = generation.path("graph.nq");
        let bytes = fs::read(&path).map_err(StoreError::io(&path, "read"))?;
        let mut graph = Graph::from_nquads(&bytes).map_err(|e| match e {
            StoreError::Damaged { what, .. } => StoreError::damaged(&path, what),
            other => other,
        })?;
        graph._generation = Some(generation);
        Ok(graph)
    }

    /// A graph in memory from N-Quads as we write them: their syntax is checked, their IRIs are not once more.
    ///
    /// # Errors
    /// Something that is not N-Quads.
    pub fn from_nquads(bytes: &[u8]) -> Result<Graph, StoreError> {
        let index = oxigraph::store::Store::new().map_err(StoreError::Index)?;
        let mut loader = index.bulk_loader();
        let parser = RdfParser::from_format(RdfFormat::NQuads).lenient();
        loader.load_from_slice(parser, bytes).map_err(|e| StoreError::damaged(std::path::Path::new("graph.nq"), e))?;
        loader.commit().map_err(StoreError::Index)?;
        Ok(Graph { index, _generation: None })
    }

    /// Evaluates a query.
    ///
    /// # Errors
    /// What the evaluation runs into, such as a service that can't be called.
    pub fn answer(&self, query: PreparedSparqlQuery) -> Result<QueryResults<'static>, QueryEvaluationError> {
        query.on_store(&self.index).execute()
    }

    /// Evaluates a query, counting rows and time at each step of its plan. Both are known once the answer has been read.
    pub fn explain(
        &self,
        query: PreparedSparqlQuery,
    ) -> (Result<QueryResults<'static>, QueryEvaluationError>, QueryExplanation) {
        query.on_store(&self.index).compute_statistics().explain()
    }

    /// The quads that fit a pattern; `None` fits everything. In no order to rely on.
    ///
    /// # Errors
    /// An index that cannot be read.
    pub fn quads<'a>(
        &self,
        subject: Option<NamedOrBlankNodeRef<'a>>,
        predicate: Option<NamedNodeRef<'a>>,
        object: Option<TermRef<'a>>,
        graph: Option<GraphNameRef<'a>>,
    ) -> impl Iterator<Item = Result<Quad, StoreError>> + use<> {
        self.index.quads_for_pattern(subject, predicate, object, graph).map(|q| q.map_err(StoreError::Index))
    }

    /// How many quads there are.
    ///
    /// # Errors
    /// An index that cannot be read.
    pub fn len(&self) -> Result<usize, StoreError> {
        self.index.len().map_err(StoreError::Index)
    }

    /// Whether there is nothing in it.
    ///
    /// # Errors
    /// An index that cannot be read.
    pub fn is_empty(&self) -> Result<bool, StoreError> {
        self.index.is_empty().map_err(StoreError::Index)
    }
}

/// Writes the disk index of a generation in the making.
#[cfg(feature = "rocksdb")]
pub(super) fn write_index(path: &std::path::Path, nquads: &str) -> Result<(), StoreError> {
    let index = oxigraph::store::Store::open(path).map_err(StoreError::Index)?;
    let mut loader = index.bulk_loader();
    loader
        .load_from_slice(RdfParser::from_format(RdfFormat::NQuads).lenient(), nquads.as_bytes())
        .map_err(|e| StoreError::damaged(path, e))?;
    loader.commit().map_err(StoreError::Index)?;
    index.flush().map_err(StoreError::Index)
}
