//! Where each sentence of the visible columns stands: rows counted from the top of the text.
//!
//! A statement is measured once for a width; then any row is found by halving, so that a frame costs
//! what is on the screen and not what is in the text.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::align::Padding;
use super::wrap;
use crate::corpus::{Corpus, Question, SentenceId, StatementId};
use crate::document::Flow;
use crate::text::one_line;

/// Rows that a question takes at most.
const MOST_ASKED: usize = 2;
/// Rows between two places that are kept within a long sentence.
const STRIDE: usize = 64;

/// A statement measured for one width.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Which statement.
    pub statement: StatementId,
    /// Cells of its text.
    pub width: usize,
    /// Rows added so that linked sentences are level.
    pub padding: Padding,
    /// The filter it was measured for.
    pub filter: u64,
    /// Whether it was measured with the questions that it answers.
    pub questions_shown: bool,
    first: SentenceId,
    /// The unpadded row of each sentence, and one past the last row.
    tops: Vec<usize>,
    /// Rows of each sentence; none of one that is left out.
    heights: Vec<u32>,
    wrapped: Rc<Wrapped>,
    /// For a sentence that begins an answer the rows of the question above it.
    questions: BTreeMap<usize, Vec<String>>,
}

/// The sentences of a statement wrapped for one width, whatever is shown of them.
#[derive(Debug, Default)]
pub struct Wrapped {
    heights: Vec<u32>,
    /// For a sentence of many rows the bytes at which every [`STRIDE`]th row starts.
    strides: BTreeMap<usize, Vec<usize>>,
}

impl Wrapped {
    fn of(corpus: &Corpus, statement: StatementId, width: usize) -> Self {
        let mut wrapped = Self::default();
        for id in corpus.sentences_of(statement) {
            wrapped.add(corpus.text(id), width);
        }
        wrapped
    }

    fn add(&mut self, text: &str, width: usize) {
        let mut height = 0;
        let mut starts = Vec::new();
        for row in wrap::rows(text, width) {
            if height % STRIDE == 0 {
                starts.push(row.start);
            }
            height += 1;
        }
        if height > STRIDE {
            self.strides.insert(self.heights.len(), starts);
        }
        self.heights.push(height as u32);
    }
}

impl Sheet {
    /// The sheet as it was measured for one filter.
    #[must_use]
    pub fn for_filter(self, filter: u64) -> Self {
        Self { filter, ..self }
    }

    /// Measures a statement for `width` cells, with the `questions` that it answers if these are shown.
    /// A sentence that `shows` refuses takes no row; a blank one stands where some were left out. What
    /// is already `wrapped` for this width is taken over.
    pub fn measure(
        corpus: &Corpus,
        (statement, width): (StatementId, usize),
        questions: bool,
        shows: impl Fn(SentenceId) -> bool,
        wrapped: Option<Rc<Wrapped>>,
    ) -> Self {
        let wrapped = wrapped.unwrap_or_else(|| Rc::new(Wrapped::of(corpus, statement, width)));
        let ids = corpus.sentences_of(statement);
        let mut sheet = Self {
            statement,
            width,
            padding: Padding::default(),
            filter: 0,
            questions_shown: questions,
            first: corpus.sentences_of(statement).next().unwrap_or(SentenceId(0)),
            tops: Vec::with_capacity(ids.len() + 1),
            heights: Vec::with_capacity(ids.len()),
            wrapped: Rc::clone(&wrapped),
            questions: BTreeMap::new(),
        };
        let (mut row, mut left_out) = (0, false);
        for (id, height) in ids.zip(&wrapped.heights) {
            if !shows(id) {
                sheet.tops.push(row);
                sheet.heights.push(0);
                left_out = true;
                continue;
            }
            let parted = std::mem::take(&mut left_out) && row > 0;
            row += usize::from(parted || starts_paragraph(corpus, id));
            if let Some(question) = corpus.question_to(id).filter(|_| questions) {
                let rows = question_rows(question, width);
                row += rows.len();
                sheet.questions.insert(sheet.heights.len(), rows);
            }
            sheet.tops.push(row);
            sheet.heights.push(*height);
            row += *height as usize;
        }
        sheet.tops.push(row);
        sheet
    }

    /// Its sentences, wrapped for its width.
    pub fn wrapped(&self) -> Rc<Wrapped> {
        Rc::clone(&self.wrapped)
    }

    /// How many sentences it has.
    pub fn len(&self) -> usize {
        self.heights.len()
    }

    /// Whether it has no sentence.
    pub fn is_empty(&self) -> bool {
        self.heights.is_empty()
    }

    /// The sentence with this number.
    pub fn sentence(&self, number: usize) -> SentenceId {
        SentenceId(self.first.0 + number as u32)
    }

    /// The row on which a sentence starts before padding.
    pub fn unpadded(&self, number: usize) -> usize {
        self.tops[number.min(self.len())]
    }

    /// The row on which a sentence starts.
    pub fn row(&self, number: usize) -> usize {
        self.unpadded(number) + self.padding.above(number)
    }

    /// How many rows a sentence takes.
    pub fn height(&self, number: usize) -> usize {
        self.heights.get(number).map_or(0, |height| *height as usize)
    }

    /// The rows of the question above a sentence; none if it does not begin an answer.
    pub fn question(&self, number: usize) -> &[String] {
        self.questions.get(&number).map_or(&[], Vec::as_slice)
    }

    /// One past the last row of a sentence.
    pub fn end(&self, number: usize) -> usize {
        self.row(number) + self.height(number)
    }

    /// All rows.
    pub fn rows(&self) -> usize {
        self.len().checked_sub(1).map_or(0, |last| self.end(last))
    }

    /// The last sentence shown that starts at or above `row`; the first shown if there is none.
    pub fn at(&self, row: usize) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.row(middle) <= row { low = middle + 1 } else { high = middle }
        }
        let last = low.saturating_sub(1);
        let shown = |number: &usize| self.height(*number) > 0;
        (0..=last).rev().find(shown).or_else(|| (last..self.len()).find(shown)).unwrap_or(last)
    }

    /// The sentence `by` shown ones below (or above, if negative) `number`: fewer if there are not so
    /// many.
    pub fn step(&self, number: usize, by: isize) -> usize {
        let shown = |number: &usize| self.height(*number) > 0;
        let most = by.unsigned_abs();
        let reached = if by > 0 {
            (number + 1..self.len()).filter(shown).take(most).last()
        } else {
            (0..number).rev().filter(shown).take(most).last()
        };
        reached.unwrap_or(number)
    }

    /// The rows of a sentence from its row `skip` on, as bytes of its text.
    pub fn rows_of<'t>(
        &self,
        number: usize,
        text: &'t str,
        skip: usize,
    ) -> impl Iterator<Item = std::ops::Range<usize>> + use<'t> {
        let stride = self.wrapped.strides.get(&number).and_then(|starts| starts.get(skip / STRIDE));
        let (start, skip) = stride.map_or((0, skip), |start| (*start, skip % STRIDE));
        wrap::rows_from(text, self.width, start).skip(skip)
    }
}

/// A question in at most [`MOST_ASKED`] rows: who asks, and how the words begin.
fn question_rows(question: Question<'_>, width: usize) -> Vec<String> {
    let told = format!("{}: {}", question.asker, one_line(question.words));
    let mut rows: Vec<String> =
        wrap::rows(&told, width).take(MOST_ASKED + 1).map(|row| told[row].to_owned()).collect();
    if rows.len() > MOST_ASKED {
        rows.truncate(MOST_ASKED);
        if let Some(last) = rows.last_mut() {
            *last = wrap::shortened(&format!("{last} …"), width);
        }
    }
    rows
}

/// Whether a blank row parts the sentence from the one before.
pub fn starts_paragraph(corpus: &Corpus, id: SentenceId) -> bool {
    let sentence = corpus.sentence(id);
    let Some(before) = id.0.checked_sub(1).map(|before| corpus.sentence(SentenceId(before))) else {
        return false;
    };
    let text = &corpus.statement(sentence.statement).text;
    before.statement == sentence.statement
        && text.get(before.span.end..sentence.span.start).is_some_and(|gap| gap.contains(Flow::PARTED))
}
