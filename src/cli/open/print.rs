//! `visavis --plain`: what the screen shows, as lines for a screen reader or a pipe.

use std::io::{self, BufWriter, Write as _};

use super::super::notes::Kept;
use super::super::{DONE, NOTHING_DONE, SOME_FAILED, complain, folder, user_lexicon};
use super::{Documents, Open, from_files};
use crate::analysis::{Weights, analyze};
use crate::corpus::Corpus;
use crate::lexicon::{Speech, abbreviations};
use crate::report::plain::{self, Own};
use crate::session::{Placer, Session, decided};

/// The reading as plain lines on standard output, with what the session that is named holds.
pub fn print(arguments: &Open) -> anyhow::Result<u8> {
    let named = arguments.session.is_some() || arguments.continued;
    let kept = if named { Some(Kept::open(arguments.session.as_deref())?) } else { None };
    if let Some(kept) = &kept {
        kept.tell_notices();
    }
    let mut failed = false;
    let corpus = match &kept {
        Some(kept) if arguments.files.is_empty() => &kept.corpus,
        _ => {
            let documents = documents(arguments)?;
            documents.notices.iter().for_each(|notice| complain(notice));
            if documents.all.is_empty() {
                return Ok(NOTHING_DONE);
            }
            failed = documents.failed;
            let reading = arguments.reading.reading();
            &Corpus::read_as(documents.all, reading, Speech::built_in(), abbreviations())
        }
    };
    let session = kept.as_ref().map_or_else(Session::default, |kept| kept.session.clone());
    let placer = Placer::new(corpus, session.earlier.iter().chain(&session.documents));
    let (lexicon, weights) = (user_lexicon(), Weights::built_in());
    let analysis = analyze(corpus, &lexicon, &weights, 1);
    let analysis = analysis.decided(corpus, &lexicon, &weights, &decided(corpus, &session, &placer));
    let mut out = BufWriter::new(io::stdout().lock());
    plain::write(&mut out, corpus, &analysis, &weights.thresholds, &Own::of(corpus, &session, &placer))?;
    out.flush()?;
    Ok(if failed { SOME_FAILED } else { DONE })
}

/// The files that are named, else a demonstration.
fn documents(arguments: &Open) -> anyhow::Result<Documents> {
    if !arguments.files.is_empty() {
        return Ok(from_files(folder::named(&arguments.files), &arguments.reading));
    }
    Documents::of_demonstration(arguments.demo.unwrap_or(1), arguments.reading.reading())
}
