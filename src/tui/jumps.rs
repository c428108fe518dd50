//! Where jumps came from, to go back and forth; and which answer the counterpart key goes to next.

use crate::corpus::SentenceId;

/// Jumps kept.
const MOST: usize = 100;

/// Where jumps came from.
#[derive(Debug, Default)]
pub struct Jumps {
    back: Vec<SentenceId>,
    forward: Vec<SentenceId>,
    /// The sentence whose answers are visited, where the last visit led, and which answer it was.
    pub chase: Option<(SentenceId, SentenceId, usize)>,
}

impl Jumps {
    /// Remembers that a jump starts at `from`.
    pub fn leave(&mut self, from: SentenceId) {
        self.forward.clear();
        if self.back.last() != Some(&from) {
            self.back.push(from);
        }
        if self.back.len() > MOST {
            self.back.remove(0);
        }
    }

    /// Gives all places the id that `new` says; one that is gone is forgotten.
    pub fn renumber(&mut self, new: impl Fn(SentenceId) -> Option<SentenceId>) {
        for places in [&mut self.back, &mut self.forward] {
            *places = places.iter().filter_map(|id| new(*id)).collect();
        }
        self.chase = None;
    }

    /// The place to go back to from `here`.
    pub fn back(&mut self, here: SentenceId) -> Option<SentenceId> {
        step(&mut self.back, &mut self.forward, here)
    }

    /// The place to go forward to from `here`.
    pub fn forward(&mut self, here: SentenceId) -> Option<SentenceId> {
        step(&mut self.forward, &mut self.back, here)
    }

    /// Whether the last jump led to `here` along links, so that it may be gone on with.
    pub fn leads_on_from(&self, here: SentenceId) -> bool {
        self.chase.is_some_and(|(_, landed, _)| landed == here)
    }

    /// Whether there is a place to go back to.
    pub fn can_go_back(&self) -> bool {
        !self.back.is_empty()
    }

    /// Whether there is a place to go forward to.
    pub fn can_go_forward(&self) -> bool {
        !self.forward.is_empty()
    }
}

fn step(from: &mut Vec<SentenceId>, to: &mut Vec<SentenceId>, here: SentenceId) -> Option<SentenceId> {
    let mut target = from.pop()?;
    if target == here {
        target = from.pop().unwrap_or(target);
    }
    to.push(here);
    Some(target)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_and_forth() {
        let [a, b, c] = [1, 2, 3].map(SentenceId);
        let mut jumps = Jumps::default();
        jumps.leave(a);
        jumps.leave(b);
        assert_eq!(jumps.back(c), Some(b));
        assert_eq!(jumps.back(b), Some(a));
        assert_eq!(jumps.back(a), None);
        assert_eq!(jumps.forward(a), Some(b));
        assert_eq!(jumps.forward(b), Some(c));
        assert_eq!(jumps.forward(c), None);
        jumps.leave(c);
        assert!(!jumps.can_go_forward());
    }
}
