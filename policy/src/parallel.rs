//! Work on many files with a few threads.

use std::hint::black_box;

/// Bytes that a thread's heap is made ready for at a time. The GNU allocator otherwise grows the heap of every thread but
/// the first by a page or two, each time with a call that changes the process's map of memory: thousands of them where a
/// thousand documents are read. Memory that is not used afterwards costs nothing.
const ROOM: usize = 4 << 20;

/// Items between two looks at whether there is still room.
const STEP: usize = 32;

/// Maps over a list with up to so many threads, this one among them; the order is kept.
pub fn map<T: Sync, R: Send>(items: &[T], threads: usize, work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let size = items.len().div_ceil(threads.max(1)).max(1);
    if items.len() <= size {
        return items.iter().map(work).collect();
    }
    // A block as large as this one is given back to the system, after which smaller ones come from the heap.
    make_room(2 * ROOM);
    let (own, others) = items.split_at(size);
    let work = &work;
    std::thread::scope(|scope| {
        let handles: Vec<_> = others.chunks(size).map(|chunk| scope.spawn(move || part(chunk, work))).collect();
        let mut all = Vec::with_capacity(items.len());
        all.extend(own.iter().map(work));
        for handle in handles {
            // A part of the files must not be taken for all of them.
            all.extend(handle.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        all
    })
}

fn part<T, R>(items: &[T], work: impl Fn(&T) -> R) -> Vec<R> {
    let mut done = Vec::with_capacity(items.len());
    for items in items.chunks(STEP) {
        make_room(ROOM);
        done.extend(items.iter().map(&work));
    }
    done
}

/// Takes a block of memory and gives it back untouched.
fn make_room(bytes: usize) {
    drop(black_box(Vec::<u8>::with_capacity(bytes)));
}

#[cfg(test)]
mod tests {
    use super::map;

    #[test]
    fn every_item_is_worked_on_once_and_in_order() {
        for count in [0, 1, 2, 3, 31, 32, 33, 100] {
            let items: Vec<usize> = (0..count).collect();
            for threads in [0, 1, 2, 3, 8, 200] {
                let doubled = map(&items, threads, |item| item * 2);
                assert_eq!(doubled, items.iter().map(|item| item * 2).collect::<Vec<_>>(), "{count} {threads}");
            }
        }
    }

    #[test]
    fn a_panic_of_any_thread_is_not_swallowed() {
        let items: Vec<usize> = (0..10).collect();
        for bad in [0, 9] {
            let run = || map(&items, 2, |item| assert!(*item != bad));
            assert!(std::panic::catch_unwind(run).is_err(), "{bad}");
        }
    }
}
