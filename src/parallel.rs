//! Layer 0: the same work on many things at once, for what a reader waits for.

use std::num::NonZero;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Asked once: the answer takes the system as long as opening some files.
static PROCESSORS: LazyLock<usize> =
    LazyLock::new(|| thread::available_parallelism().map_or(1, NonZero::get));

/// How many things can be worked on at once.
pub fn processors() -> usize {
    *PROCESSORS
}

/// What `work` makes of each of `items`, in their order; the work is shared out among the processors.
///
/// A panic in `work` goes on in the caller.
pub fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(usize, &T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let share = || {
        let take = || next.fetch_add(1, Ordering::Relaxed);
        let taken = std::iter::repeat_with(take).map_while(|index| Some((index, items.get(index)?)));
        taken.map(|(index, item)| (index, work(index, item))).collect::<Vec<_>>()
    };
    let others = items.len().min(*PROCESSORS).saturating_sub(1);
    let mut done = thread::scope(|scope| {
        let shares: Vec<_> = (0..others).map(|_| scope.spawn(share)).collect();
        let mut done = share();
        for share in shares {
            done.extend(share.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        done
    });
    done.sort_unstable_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, made)| made).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_in_order_of_the_items() {
        let items: Vec<usize> = (0..1000).collect();
        assert_eq!(map(&items, |index, item| index + item), (0..2000).step_by(2).collect::<Vec<_>>());
        assert!(map(&[] as &[u8], |_, byte| *byte).is_empty());
    }

    #[test]
    #[should_panic(expected = "item 7")]
    fn a_panic_goes_on() {
        map(&[1, 7, 3], |_, item| assert!(*item != 7, "item 7"));
    }
}
