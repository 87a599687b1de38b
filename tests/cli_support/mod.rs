//! Running the program as a whole, in a folder of its own.
#![allow(dead_code)] // Each test file uses a part of it.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Two short documents that agree on one fact, with some more facts each.
pub const TWO: &str = concat!(
    r#"{"document":{"id":"a-1","url":"https://example.org/1","title":"A pact in San Salvador","publisher":"Example Courier","published":"2025-07-17","language":"en","text":"The Pakistan Crypto Council and the Bitcoin Office of El Salvador signed a letter of intent on 16 July 2025. El Salvador made bitcoin legal tender in September 2021. It holds more than 6,200 BTC.","extractor":{"name":"by hand","version":"1"}},"#,
    r#""entities":[{"id":"e1","name":"Pakistan Crypto Council","type":"agency"},{"id":"e2","name":"Bitcoin Office","type":"agency","country":"sv"},{"id":"e3","name":"El Salvador","type":"country"}],"#,
    r#""claims":[{"frame":"agreement","roles":{"party":[{"entity":"e1"},{"entity":"e2"}],"instrument":[{"concept":"letter-of-intent"}],"date":[{"date":"2025-07-16"}]},"confidence":0.9,"evidence":[{"quote":"signed a letter of intent on 16 July 2025","lexical_unit":"SIGN: sign","pattern":"agreement/signing","steps":[{"words":"the Bitcoin Office","read_as":"Bitcoin Office","rule":"head"}]}]},"#,
    r#"{"frame":"legal-tender","roles":{"jurisdiction":[{"entity":"e3"}],"asset":[{"concept":"bitcoin"}],"action":[{"concept":"adopted"}],"date":[{"date":"2021-09"}]},"evidence":[{"quote":"made bitcoin legal tender"}]},"#,
    r#"{"frame":"holding","roles":{"holder":[{"entity":"e3"}],"asset":[{"concept":"bitcoin"}],"quantity":[{"number":6200,"unit":"BTC","bound":"at-least"}]},"evidence":[{"quote":"holds more than 6,200 BTC"}]}]}"#,
    "\n",
    r#"{"document":{"id":"b-1","title":"Un acuerdo","publisher":"Diario Ejemplo","published":"2025-07-18","language":"es","text":"El Pakistan Crypto Council y la Bitcoin Office firmaron en julio una carta de intención. El Salvador quizá cree una reserva.","extractor":{"name":"by hand","version":"1"}},"#,
    r#""entities":[{"id":"e1","name":"Pakistan Crypto Council","type":"agency"},{"id":"e2","name":"Bitcoin Office","type":"agency","country":"sv"},{"id":"e3","name":"El Salvador","type":"country"}],"#,
    r#""claims":[{"frame":"agreement","roles":{"party":[{"entity":"e1"},{"entity":"e2"}],"instrument":[{"concept":"letter-of-intent"}],"date":[{"date":"2025-07"}]},"evidence":[{"quote":"firmaron en julio una carta de intención"}]},"#,
    r#"{"frame":"reserve","roles":{"holder":[{"entity":"e3"}]},"modality":"possible","evidence":[{"quote":"El Salvador quizá cree una reserva"}]}]}"#,
    "\n",
);

/// A folder to work in.
pub struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    pub fn new() -> Place {
        Place { folder: tempfile::tempdir().unwrap() }
    }

    /// With [`TWO`] in its store.
    pub fn with_two() -> Place {
        let place = Place::new();
        place.write("two.jsonl", TWO);
        let done = place.run(&["load", "two.jsonl"]);
        assert_eq!(done.code, 0, "{}", done.err);
        place
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
        command.args(arguments).current_dir(self.path()).env_remove("CHANCERY_STORE").env_remove("CLICOLOR_FORCE");
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Done {
        Done::of(self.command(arguments).stdin(Stdio::null()).output().unwrap())
    }

    /// With something on standard input.
    pub fn feed(&self, arguments: &[&str], input: impl AsRef<[u8]>) -> Done {
        let piped = Stdio::piped;
        let mut child = self.command(arguments).stdin(piped()).stdout(piped()).stderr(piped()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.as_ref().to_vec();
        let feeder = std::thread::spawn(move || _ = stdin.write_all(&input));
        let done = Done::of(child.wait_with_output().unwrap());
        feeder.join().unwrap();
        done
    }

    /// All files of the current generation, by name.
    pub fn generation(&self) -> std::collections::BTreeMap<String, Vec<u8>> {
        let current = std::fs::read_to_string(self.path().join("kg/current")).unwrap();
        let folder = self.path().join("kg/generations").join(current.trim());
        let entries = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap());
        entries
            .filter(|e| e.file_type().unwrap().is_file())
            .map(|e| (e.file_name().into_string().unwrap(), std::fs::read(e.path()).unwrap()))
            .collect()
    }
}

/// What a run came to.
#[derive(Debug)]
pub struct Done {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Done {
    fn of(output: Output) -> Done {
        Done {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}
