//! Work spread over threads whose results come out in the order of its input.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread;

/// How many items may be on their way for each thread: enough to keep all busy beside a slow one, few enough that
/// memory doesn't depend on the length of the input.
const AHEAD: usize = 4;

/// Calls `work` on each item on some threads and `sink` on each result on this one, in the order of the items, as soon
/// as it is there. Items are made on a thread of their own, one after the other, and never far ahead of the sink.
///
/// # Errors
/// The first error of `sink`; no further item is asked for then.
///
/// ```
/// let mut squares = Vec::new();
/// chancery::parallel::ordered(3, || 0..5, |n| n * n, |n| { squares.push(n); Ok::<(), ()>(()) }).unwrap();
/// assert_eq!(squares, [0, 1, 4, 9, 16]);
/// ```
pub fn ordered<I, T, U, E>(
    threads: usize,
    items: impl FnOnce() -> I + Send,
    work: impl Fn(T) -> U + Sync,
    mut sink: impl FnMut(U) -> Result<(), E>,
) -> Result<(), E>
where
    I: Iterator<Item = T>,
    T: Send,
    U: Send,
{
    let threads = threads.max(1);
    let room = threads * AHEAD;
    thread::scope(|scope| {
        let (permit, permits) = sync_channel::<()>(room);
        for _ in 0..room {
            let _ = permit.send(());
        }
        let (job, jobs) = sync_channel::<(usize, T)>(room);
        let (result, results) = channel::<(usize, thread::Result<U>)>();
        scope.spawn(move || feed(items(), &permits, &job));
        let jobs = std::sync::Arc::new(Mutex::new(jobs));
        for _ in 0..threads {
            let (jobs, result, work) = (jobs.clone(), result.clone(), &work);
            scope.spawn(move || labour(&jobs, &result, work));
        }
        drop((result, jobs));
        let mut waiting: BTreeMap<usize, U> = BTreeMap::new();
        let mut next = 0;
        for (number, value) in results {
            // A panic is this thread's too: waiting for the result of that item would never end.
            waiting.insert(number, value.unwrap_or_else(|panic| resume_unwind(panic)));
            while let Some(value) = waiting.remove(&next) {
                next += 1;
                sink(value)?;
                // The feeder may have come to its end already.
                let _ = permit.try_send(());
            }
        }
        Ok(())
    })
}

fn feed<T>(items: impl Iterator<Item = T>, permits: &Receiver<()>, job: &SyncSender<(usize, T)>) {
    for (number, item) in items.enumerate() {
        if permits.recv().is_err() || job.send((number, item)).is_err() {
            return;
        }
    }
}

fn labour<T, U>(
    jobs: &Mutex<Receiver<(usize, T)>>,
    result: &Sender<(usize, thread::Result<U>)>,
    work: &(impl Fn(T) -> U + Sync),
) {
    loop {
        // Nothing panics while it holds the lock.
        let job = jobs.lock().unwrap_or_else(|e| e.into_inner()).recv();
        let Ok((number, item)) = job else { return };
        // What the panic may have left half done is not looked at any more.
        let value = catch_unwind(AssertUnwindSafe(|| work(item)));
        if result.send((number, value)).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    #[test]
    fn order_is_kept_and_items_are_not_made_far_ahead() {
        let (made, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let mut seen = 0;
        let items = || (0..200).inspect(|_| _ = made.fetch_add(1, Ordering::SeqCst));
        let slow_first = |n: usize| {
            if n == 0 {
                thread::sleep(Duration::from_millis(30));
            }
            n
        };
        let result: Result<(), ()> = ordered(4, items, slow_first, |n| {
            assert_eq!(n, seen);
            seen += 1;
            most.fetch_max(made.load(Ordering::SeqCst) - n, Ordering::SeqCst);
            Ok(())
        });
        assert_eq!((result, seen), (Ok(()), 200));
        assert!(most.load(Ordering::SeqCst) <= 4 * AHEAD + 2);
    }

    #[test]
    #[should_panic(expected = "item 50")]
    fn a_panic_of_a_worker_is_passed_on() {
        let work = |n: usize| if n == 50 { panic!("item {n}") } else { n };
        let _ = ordered(3, || 0..1000, work, |_| Ok::<(), ()>(()));
    }

    #[test]
    fn an_error_of_the_sink_ends_it() {
        let result = ordered(2, || 0.., |n: u64| n, |n| if n < 10 { Ok(()) } else { Err(n) });
        assert_eq!(result, Err(10));
    }
}
