//! Identity of texts and of data files.

use sha2::{Digest, Sha256};

/// SHA-256 in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    let nibbles = Sha256::digest(bytes).into_iter().flat_map(|byte| [byte >> 4, byte & 15]);
    nibbles.map(|n| char::from(b"0123456789abcdef"[usize::from(n)])).collect()
}
