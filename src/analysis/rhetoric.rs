//! What code finds of rhetoric beside its phrases: words and sentences that come again, and what a
//! sentence looks like: a cry, a question, its length.

use std::collections::{HashMap, HashSet};

use super::Cue;
use super::claim::{question_mark, step};
use super::cues::{Reading, coded_cue, is_figure};
use crate::lexicon::{Lexicon, RuleId};
use crate::text::span::StatementText;
use crate::text::{Span, Word};

/// Words of a run that counts when it comes again.
const RUN: usize = 3;
/// How often a run must come.
const OFTEN: u32 = 3;
/// Letters from which a word tells a subject; shorter ones mostly only build sentences.
const TELLING: usize = 4;
/// Most words of a sentence that is a slogan when it comes again.
const SLOGAN: usize = 10;
/// Most words of a quotation by which a speaker only keeps a term at a distance.
const TERM: usize = 3;
/// Below how many words, names not counted, a sentence is short, brief, middling; others are long.
const LENGTHS: [usize; 3] = [6, 12, 20];

/// The rules that find by code.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    repetition: Option<RuleId>,
    slogan: Option<RuleId>,
    /// Greetings and thanks, which come again and are no slogans.
    courtesy: Option<RuleId>,
    cry: Option<RuleId>,
    question: Option<RuleId>,
    term: Option<RuleId>,
    /// By [`LENGTHS`].
    lengths: [Option<RuleId>; 3],
    /// That of a run of words in which none tells another technique.
    pub run: Option<RuleId>,
}

impl Rules {
    /// Looks them up.
    pub fn of(lexicon: &Lexicon) -> Self {
        Self {
            repetition: lexicon.rule_named("repetition"),
            slogan: lexicon.rule_named("slogans"),
            courtesy: lexicon.rule_named("claim.courtesy"),
            cry: lexicon.rule_named("background.cry"),
            question: lexicon.rule_named("background.question"),
            term: lexicon.rule_named("background.quoted"),
            lengths: ["background.short", "background.brief", "background.middling"]
                .map(|id| lexicon.rule_named(id)),
            run: lexicon.rule_named("loaded_language.wording"),
        }
    }
}

/// What comes again within one statement, told by the hash of its folded words: a text may have as
/// many runs as words, and none is copied to be counted.
#[derive(Clone, Debug, Default)]
pub struct Repeated {
    /// Runs of [`RUN`] words, two of them telling, that come at least [`OFTEN`] times in different
    /// sentences.
    runs: HashSet<u64>,
    /// Short sentences that come at least twice and could be slogans.
    sentences: HashSet<u64>,
}

/// In how many sentences something came, and the last of them.
type Seen = HashMap<u64, (u32, usize)>;

impl Repeated {
    /// Counts over the sentences of one statement.
    pub fn of(readings: &[Reading]) -> Self {
        let (mut runs, mut sentences) = (Seen::new(), Seen::new());
        for (at, reading) in readings.iter().enumerate() {
            for run in reading.words.windows(RUN).filter_map(|window| run(reading, window)) {
                see(&mut runs, run, at);
            }
            if could_be_slogan(reading) {
                see(&mut sentences, hash(&reading.words), at);
            }
        }
        let often = |seen: Seen, least: u32| {
            seen.into_iter().filter(|(_, (count, _))| *count >= least).map(|(hash, _)| hash).collect()
        };
        Self { runs: often(runs, OFTEN), sentences: often(sentences, 2) }
    }
}

fn see(seen: &mut Seen, hash: u64, sentence: usize) {
    let (count, last) = seen.entry(hash).or_insert((0, usize::MAX));
    if *last != sentence {
        (*count, *last) = (*count + 1, sentence);
    }
}

/// FNV-1a (Fowler, Noll and Vo) over the words: the same in every run and on every machine.
fn hash<T>(words: &[Word<T>]) -> u64 {
    let bytes = words.iter().flat_map(|word| word.folded.bytes().chain([b' ']));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Whether a sentence could be a slogan: short, with two words that tell a subject or a long one, and
/// neither a question nor in brackets, as stage directions are.
fn could_be_slogan(reading: &Reading) -> bool {
    let text = reading.span.of(reading.text).trim_end();
    let letters = |word: &Word<StatementText>| word.folded.chars().count();
    let with = |least: usize| reading.words.iter().filter(|word| letters(word) >= least).count();
    let telling = with(TELLING) >= 2 || with(TELLING + 2) >= 1;
    telling && reading.words.len() <= SLOGAN && !text.ends_with('?') && !text.starts_with(['(', '['])
}

/// Adds what is found in a sentence to `cues`, which has what its phrases found.
pub fn find(reading: &Reading, lexicon: &Lexicon, rules: Rules, repeated: &Repeated, cues: &mut Vec<Cue>) {
    look(reading, lexicon, rules, cues);
    again(reading, lexicon, rules, repeated, cues);
}

/// What the sentence looks like.
fn look(reading: &Reading, lexicon: &Lexicon, rules: Rules, cues: &mut Vec<Cue>) {
    let mut add = |rule: Option<RuleId>, span: Option<Span>| {
        cues.extend(rule.zip(span).map(|(rule, span)| coded_cue(lexicon, rule, span)));
    };
    add(rules.cry, cry(reading));
    add(rules.question, question_mark(reading));
    add(rules.term, quoted_term(reading));
    add(step(reading, &LENGTHS).and_then(|step| rules.lengths[step]), Some(reading.span));
}

/// The first exclamation mark that the speaker makes.
fn cry(reading: &Reading) -> Option<Span> {
    let marks = reading.sentence().match_indices(['!', '！']);
    let spans =
        marks.map(|(at, mark)| Span::new(reading.span.start + at, reading.span.start + at + mark.len()));
    spans.into_iter().find(|span| !reading.is_quoted(*span))
}

/// The first quotation of so few words that it is a term; one of figures is none.
fn quoted_term(reading: &Reading) -> Option<Span> {
    let is_term = |quoted: &&Span| {
        let first = reading.words.partition_point(|word| word.span.start < quoted.start);
        let inside = reading.words[first..].iter().take_while(|word| word.span.end <= quoted.end);
        let words: Vec<_> = inside.take(TERM + 1).collect();
        (1..=TERM).contains(&words.len()) && words.iter().all(|word| !is_figure(reading, word))
    };
    reading.quoted.iter().find(is_term).copied()
}

/// What comes again.
fn again(reading: &Reading, lexicon: &Lexicon, rules: Rules, repeated: &Repeated, cues: &mut Vec<Cue>) {
    let is_courtesy = |cues: &[Cue]| cues.iter().any(|cue| Some(cue.rule) == rules.courtesy);
    if let Some(rule) = rules.slogan
        && !repeated.sentences.is_empty()
        && repeated.sentences.contains(&hash(&reading.words))
        && !is_courtesy(cues)
    {
        cues.push(coded_cue(lexicon, rule, reading.span));
        return;
    }
    let Some(rule) = rules.repetition.filter(|_| !repeated.runs.is_empty()) else { return };
    let mut open: Option<Span> = None;
    for (at, window) in reading.words.windows(RUN).enumerate() {
        if !run(reading, window).is_some_and(|run| repeated.runs.contains(&run)) {
            continue;
        }
        let span = reading.span_of(&(at..at + RUN));
        match &mut open {
            // Runs that overlap are one.
            Some(last) if last.overlaps(&span) => *last = last.cover(&span),
            _ => cues.extend(open.replace(span).map(|span| coded_cue(lexicon, rule, span))),
        }
    }
    cues.extend(open.map(|span| coded_cue(lexicon, rule, span)));
}

/// The hash of a run, if it is one that tells: two of its words do, and they are not names only.
fn run(reading: &Reading, window: &[Word<StatementText>]) -> Option<u64> {
    let (mut all, mut names) = (0, 0);
    for word in window.iter().filter(|word| word.folded.chars().count() >= TELLING) {
        all += 1;
        names += usize::from(word.span.of(reading.text).starts_with(char::is_uppercase));
    }
    (all >= 2 && names < all).then(|| hash(window))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Weights;
    use crate::analysis::cues::{Coded, cues};
    use crate::lexicon::check::marked;

    /// Each sentence on a line, with what comes again in braces.
    #[track_caller]
    fn check(expected: &str) {
        let text = expected.replace(['{', '}'], "");
        let lexicon = Lexicon::built_in();
        let mut at = 0;
        let mut readings = Vec::new();
        for line in text.split_inclusive('\n') {
            readings.push(Reading::new(&text, Span::new(at, at + line.trim_end().len())));
            at += line.len();
        }
        let (repeated, coded) = (Repeated::of(&readings), Coded::of(&lexicon));
        let by_code = [coded.rhetoric.repetition, coded.rhetoric.slogan];
        let weights = Weights::built_in();
        let mut found = Vec::new();
        for reading in &readings {
            let all = cues(reading, &lexicon, &weights, &coded, &repeated);
            found.extend(all.into_iter().filter(|cue| by_code.contains(&Some(cue.rule))));
        }
        let spans: Vec<_> = found.iter().map(|cue| cue.span.range()).collect();
        assert_eq!(marked(&text, &spans), expected);
    }

    #[test]
    fn a_run_that_comes_three_times_is_repetition() {
        check(
            "We want {a just peace} now.\nOnly {a just peace} will last.\nGive us {a just peace} or nothing.\nPeace is just.",
        );
        check("We want a just peace now.\nOnly a just peace will last.");
        check("We thank the United Nations.\nHere the United Nations met.\nAsk the United Nations.");
        check("This is one of the ships.\nHe is one of the men.\nIt is one of the days.");
    }

    #[test]
    fn a_sentence_tells_by_its_look() {
        let look = |text: &str| {
            let lexicon = Lexicon::built_in();
            let mut cues = Vec::new();
            let reading = Reading::new(text, Span::new(0, text.len()));
            super::look(&reading, &lexicon, Rules::of(&lexicon), &mut cues);
            let ids: Vec<&str> = cues.iter().map(|cue| lexicon.rule(cue.rule).id.as_str()).collect();
            ids.join(" ")
        };
        assert_eq!(look("Never again!"), "background.cry background.short");
        assert_eq!(
            look("Who shouted “never!” at all of them then?"),
            "background.question background.quoted background.brief"
        );
        assert_eq!(look("我们不会接受。"), "");
        assert_eq!(look("Their “free and fair” vote was neither."), "background.quoted background.brief");
        assert_eq!(look("He said “we shall not go home yet” and left."), "background.brief");
        assert_eq!(look("The code was “30 14” all that long and cold winter."), "background.brief");
    }

    #[test]
    fn a_short_sentence_that_comes_again_is_a_slogan() {
        check("{The sea remembers.}\nIt was night.\n{The sea remembers.}");
        for none in [
            "Thank you, Madam President.",
            "What happened there?",
            "(Pause for interpretation.)",
            "We have to.",
        ] {
            check(&format!("{none}\nIt was night.\n{none}"));
        }
    }
}
