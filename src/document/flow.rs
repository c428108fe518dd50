//! The running text read from a source, and the way back to it.

use crate::text::{FlowSpan, SourceSpan, SpanIn};

/// A paragraph, heading or list item of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its readable pieces in order.
    pub runs: Vec<Run>,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading or title.
    Heading,
    /// A paragraph.
    Paragraph,
    /// An item of a list.
    Item,
    /// A paragraph set off as a quotation.
    Quotation,
}

/// A piece of the source and how it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Where it stands.
    pub source: SourceSpan,
    /// How it is shown.
    pub shown: Shown,
}

/// How a run is shown in the flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// As it stands.
    AsIs,
    /// As this one character: a line end joined to a space, an entity decoded.
    As(char),
}

/// What is read of a document, with the way back to its source.
#[derive(Clone, Debug, Default)]
pub struct Flow {
    /// Blocks parted by [`Flow::PARTED`].
    pub text: String,
    /// Where each block stands in `text`, in order.
    pub blocks: Vec<(FlowSpan, BlockKind)>,
    map: SourceMap<crate::text::span::FlowText>,
}

impl Flow {
    /// What parts two blocks.
    pub const PARTED: &str = "\n\n";

    /// The flow of `blocks` over `source`; blocks without text are left out.
    pub fn new(source: &str, blocks: Vec<Block>) -> Self {
        let mut flow = Self::default();
        for block in blocks {
            if block.runs.iter().all(|run| run.source.of(source).trim().is_empty()) {
                continue;
            }
            if !flow.text.is_empty() {
                flow.text.push_str(Self::PARTED);
            }
            let start = flow.text.len();
            for run in block.runs {
                flow.map.push(flow.text.len(), run);
                match run.shown {
                    Shown::AsIs => flow.text.push_str(run.source.of(source)),
                    Shown::As(c) => flow.text.push(c),
                }
            }
            flow.blocks.push((FlowSpan::new(start, flow.text.len()), block.kind));
        }
        flow
    }

    /// The stretch of the source from which `span` was read.
    pub fn to_source(&self, span: FlowSpan) -> SourceSpan {
        self.map.to_source(span)
    }

    /// The pieces of the source from which `span` was read, in order, each with its place in it
    /// relative to `span.start`.
    pub fn pieces(&self, span: FlowSpan) -> impl Iterator<Item = (usize, Run)> + '_ {
        self.map.pieces(span)
    }
}

/// The way from a text made of runs back to its source.
#[derive(Clone, Debug, Default)]
pub struct SourceMap<T> {
    /// Where each run starts in the text, ascending.
    runs: Vec<(usize, Run)>,
    text: std::marker::PhantomData<T>,
}

impl<T: Copy> SourceMap<T> {
    /// Adds a run that starts at byte `at` of the text; runs come in order.
    pub fn push(&mut self, at: usize, run: Run) {
        debug_assert!(self.runs.last().is_none_or(|(last, _)| *last <= at));
        self.runs.push((at, run));
    }

    /// The stretch of the source that `span` covers; empty at 0 if there are no runs.
    pub fn to_source(&self, span: SpanIn<T>) -> SourceSpan {
        let start = self.start_of(span.start);
        let end = if span.is_empty() { start } else { self.end_of(span.end) };
        SourceSpan::new(start, end)
    }

    /// The runs under `span`, cut to it, each with its place relative to `span.start`.
    pub fn pieces(&self, span: SpanIn<T>) -> impl Iterator<Item = (usize, Run)> + '_ {
        let first = self.runs.partition_point(|(at, _)| *at <= span.start).saturating_sub(1);
        self.runs[first.min(self.runs.len())..].iter().take_while(move |(at, _)| *at < span.end).filter_map(
            move |(at, run)| {
                let shown = SpanIn::<T>::new(*at, at + length(*run)).clip(&span)?;
                let source = match run.shown {
                    Shown::AsIs => {
                        let start = run.source.start + shown.start - at;
                        SourceSpan::new(start, start + shown.len())
                    }
                    Shown::As(_) => run.source,
                };
                Some((shown.start - span.start, Run { source, shown: run.shown }))
            },
        )
    }

    fn start_of(&self, at: usize) -> usize {
        let next = self.runs.partition_point(|(start, _)| *start <= at);
        let Some((start, run)) = next.checked_sub(1).and_then(|i| self.runs.get(i)) else {
            return self.runs.first().map_or(0, |(_, run)| run.source.start);
        };
        if at >= start + length(*run) {
            return self.runs.get(next).map_or(run.source.end, |(_, run)| run.source.start);
        }
        match run.shown {
            Shown::AsIs => run.source.start + at - start,
            Shown::As(_) => run.source.start,
        }
    }

    fn end_of(&self, at: usize) -> usize {
        let next = self.runs.partition_point(|(start, _)| *start < at);
        let Some((start, run)) = next.checked_sub(1).and_then(|i| self.runs.get(i)) else { return 0 };
        match run.shown {
            Shown::AsIs => (run.source.start + at - start).min(run.source.end),
            Shown::As(_) => run.source.end,
        }
    }
}

/// Bytes that a run takes in the text.
fn length(run: Run) -> usize {
    match run.shown {
        Shown::AsIs => run.source.len(),
        Shown::As(c) => c.len_utf8(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A flow of one paragraph from the non-blank lines of `source`.
    fn joined(source: &str) -> Flow {
        let mut runs = Vec::new();
        let mut at = 0;
        for line in source.split_inclusive('\n') {
            let kept = line.trim_end();
            runs.push(Run { source: SourceSpan::new(at, at + kept.len()), shown: Shown::AsIs });
            if kept.len() < line.len() {
                runs.push(Run {
                    source: SourceSpan::new(at + kept.len(), at + line.len()),
                    shown: Shown::As(' '),
                });
            }
            at += line.len();
        }
        Flow::new(source, vec![Block { kind: BlockKind::Paragraph, runs }])
    }

    #[test]
    fn a_joined_line_end_leads_back_to_its_source() {
        let source = "long \r\nwords é\nend";
        let flow = joined(source);
        assert_eq!(flow.text, "long words é end");
        let at = flow.text.find("words é").expect("it is there");
        let span = FlowSpan::new(at, at + "words é".len());
        assert_eq!(flow.to_source(span).of(source), "words é");
        assert_eq!(flow.to_source(FlowSpan::new(0, flow.text.len())).of(source), source);
        assert_eq!(
            flow.pieces(FlowSpan::new(2, 8)).map(|(at, r)| (at, r.source.of(source))).collect::<Vec<_>>(),
            [(0, "ng"), (2, " \r\n"), (3, "wor")]
        );
    }
}
