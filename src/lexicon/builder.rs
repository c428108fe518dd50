//! Lays files over one another and compiles what they say together into a [`Lexicon`].

use std::borrow::Cow;
use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use super::file::{self, Entry, Mistake};
use super::matcher::Gathered;
use super::wording::{self, Section, Wording};
use super::{CueKind, Lexicon, Meaning, Rule, RuleId};
use crate::text::digest::hexadecimal;

/// The lane of negations; those of cues are their kinds'.
pub const NEGATIONS: usize = 3;

/// Lays files over one another.
#[derive(Default)]
pub struct Builder<'f> {
    /// In order of first appearance; each with the file it was last defined in.
    entries: Vec<(Source<'f>, Entry)>,
    places: BTreeMap<String, usize>,
    /// Fitted weights by rule, each as the last file with that rule has them.
    wordings: BTreeMap<&'f str, Vec<Laid<'f>>>,
    mistakes: Vec<Mistake>,
    digest: Sha256,
}

/// Fitted weights of a rule: the file, its text as it is kept, and which part of it.
type Laid<'f> = (Source<'f>, Cow<'static, str>, Section<'f>);

#[derive(Clone, Copy)]
struct Source<'f> {
    file: &'f str,
    text: &'f str,
    /// Files are laid in this order.
    layer: usize,
}

impl<'f> Builder<'f> {
    /// `kept` is `text` in the form in which it outlives the builder.
    pub fn lay(&mut self, file: &'f str, text: &'f str, kept: Cow<'static, str>) {
        self.digest.update(text.as_bytes());
        let layer = self.entries.iter().map(|(source, _)| source.layer + 1).max().unwrap_or(0);
        let source = Source { file, text, layer };
        if wording::is_file(file) {
            return self.lay_wording(source, kept);
        }
        match file::read(file, text) {
            Ok(entries) => entries.into_iter().for_each(|entry| self.place(source, entry)),
            Err(mistakes) => self.mistakes.extend(mistakes),
        }
    }

    fn lay_wording(&mut self, source: Source<'f>, kept: Cow<'static, str>) {
        // A test checks those that are built in: nobody waits for that at every start.
        if matches!(kept, Cow::Owned(_))
            && let Err(mistakes) = wording::check(source.file, source.text)
        {
            self.mistakes.extend(mistakes);
            return;
        }
        for (section, kept) in wording::sections(source.text).into_iter().zip(std::iter::repeat(kept)) {
            let known = self.wordings.entry(section.rule).or_default();
            if !section.over {
                // A file may have two parts of one rule; a file of the same name is another.
                known.retain(|(from, ..)| std::ptr::eq(from.text, source.text));
            }
            known.push((source, kept, section));
        }
    }

    /// The fitted weights; a mistake for each rule that no file has.
    fn wording(&self, rules: &[Rule]) -> Result<Wording, Vec<Mistake>> {
        let (mut weighted, mut mistakes) = (Wording::default(), Vec::new());
        let all = self.wordings.iter().flat_map(|(id, laid)| laid.iter().map(move |laid| (id, laid)));
        for (id, (source, kept, section)) in all {
            if let Some(place) = rules.iter().position(|rule| rule.id == *id) {
                weighted.add(RuleId(place as u16), kept.clone(), section);
            } else {
                let message = format!("no rule is called `{id}`");
                mistakes.push(Mistake::new(source.file, source.text, section.at, message));
            }
        }
        if mistakes.is_empty() { Ok(weighted) } else { Err(mistakes) }
    }

    fn place(&mut self, source: Source<'f>, entry: Entry) {
        if let Err(message) = lane_of(&entry) {
            self.mistakes.push(Mistake::new(source.file, source.text, entry.at, message));
            return;
        }
        match self.places.get(&entry.id) {
            Some(&place) if self.entries[place].0.layer == source.layer => {
                let message = format!("`{}` is here a second time: ids are unique", entry.id);
                self.mistakes.push(Mistake::new(source.file, source.text, entry.at, message));
            }
            Some(&place) => self.entries[place] = (source, entry),
            None => {
                self.places.insert(entry.id.clone(), self.entries.len());
                self.entries.push((source, entry));
            }
        }
    }

    pub fn finish(self) -> Result<Lexicon, Vec<Mistake>> {
        let mut rules = Vec::new();
        let mut phrases: Vec<Meaning> = Vec::new();
        let mut gathered = Gathered::default();
        // Later layers add their phrases last, so that they win; rules keep their place.
        let mut order: Vec<usize> = (0..self.entries.len()).collect();
        order.sort_by_key(|&place| self.entries[place].0.layer);
        let mut numbers = vec![RuleId(0); self.entries.len()];
        for (place, (_, entry)) in self.entries.iter().enumerate() {
            if lane_of(entry) != Ok(NEGATIONS) {
                numbers[place] = RuleId(rules.len() as u16);
                rules.push(rule_of(entry));
            }
        }
        for place in order {
            let entry = &self.entries[place].1;
            let lane = lane_of(entry).expect("entries without a lane are not placed");
            for weighted in &entry.phrases {
                gathered.add(&weighted.phrase, lane, phrases.len() as u32);
                phrases.push(match lane {
                    NEGATIONS => Meaning::Negation { reach: weighted.weight.max(0.0) as usize },
                    _ => Meaning::Cue { rule: numbers[place], weight: weighted.weight },
                });
            }
        }
        if !self.mistakes.is_empty() {
            return Err(self.mistakes);
        }
        let wording = self.wording(&rules)?;
        let sha256 = hexadecimal(&self.digest.finalize());
        Ok(Lexicon { rules, phrases, matcher: gathered.ready(), wording, sha256 })
    }
}

/// The lane an entry's phrases stand in.
fn lane_of(entry: &Entry) -> Result<usize, String> {
    let first = entry.id.split('.').next().unwrap_or_default();
    match (entry.technique, first) {
        (true, "claim" | "rebuttal" | "negation") | (false, "rhetoric") => Err(format!(
            "`{}`: a technique stands in [[technique]], claims and rebuttals in [[rule]]",
            entry.id
        )),
        (true, _) => Ok(CueKind::Rhetoric as usize),
        (false, "claim") => Ok(CueKind::Claim as usize),
        (false, "rebuttal") => Ok(CueKind::Rebuttal as usize),
        (false, "negation") => Ok(NEGATIONS),
        (false, _) => Err(format!(
            "`{}`: the id of a rule begins with `claim.`, `rebuttal.` or `negation.`; a technique stands in \
             [[technique]]",
            entry.id
        )),
    }
}

fn rule_of(entry: &Entry) -> Rule {
    let technique = entry.id.split('.').next().filter(|_| entry.technique);
    let kind = match lane_of(entry) {
        Ok(lane) if lane == CueKind::Claim as usize => CueKind::Claim,
        Ok(lane) if lane == CueKind::Rebuttal as usize => CueKind::Rebuttal,
        _ => CueKind::Rhetoric,
    };
    Rule {
        id: entry.id.clone(),
        kind,
        technique: technique.map(str::to_owned),
        name: entry.name.clone(),
        about: entry.about.clone(),
        source: entry.source.clone(),
        weight: entry.weight,
        background: entry.background,
        marking: entry.marking,
    }
}
