//! What has happened in a call so far.

use std::mem;
use std::sync::{Arc, Mutex, PoisonError};

use super::limits::Arrived;

/// The record of a call. It is outside of the futures that do the work, because a time limit may end them.
#[derive(Default)]
pub(crate) struct CallRecord {
    /// How many attempts have been started. Redirects belong to their attempt.
    pub(crate) attempts: u32,
    /// The URL that the last response came from, after redirects.
    pub(crate) url: Option<String>,
    /// The response that is being read.
    pub(super) arrived: Arrived,
}

impl CallRecord {
    /// Adds what has happened below the layers.
    fn add(&mut self, other: Self) {
        let Self { attempts, url, arrived } = other;
        self.attempts += attempts;
        self.url = url;
        self.arrived = arrived;
    }
}

/// A record that both sides of the layers have access to.
#[derive(Clone, Default)]
pub(super) struct SharedRecord(Arc<Mutex<CallRecord>>);

impl SharedRecord {
    /// Returns a record for the side that sends. It is added to this one when it is dropped, however that happens.
    pub(super) fn begin(self) -> PartialRecord {
        PartialRecord { record: CallRecord::default(), shared: self }
    }

    fn with<T>(&self, change: impl FnOnce(&mut CallRecord) -> T) -> T {
        // Nothing panics while it is locked.
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The part of a record that is made below the layers.
pub(super) struct PartialRecord {
    pub(super) record: CallRecord,
    shared: SharedRecord,
}

impl Drop for PartialRecord {
    fn drop(&mut self) {
        let record = mem::take(&mut self.record);
        self.shared.with(|shared| shared.add(record));
    }
}

/// Moves the shared record into that of the call when it is dropped.
pub(super) struct Collected<'a> {
    pub(super) record: &'a mut CallRecord,
    pub(super) shared: SharedRecord,
}

impl Drop for Collected<'_> {
    fn drop(&mut self) {
        let shared = self.shared.with(mem::take);
        self.record.add(shared);
    }
}
