//! What is computed of a document and kept with it. The modules that compute it know the document, which therefore does
//! not know them: each has a value of its own here, by its type.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

#[derive(Default)]
pub(super) struct Memo(Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>);

impl Memo {
    /// Returns the value of a type, which is created when it is first asked for.
    pub(super) fn get<T: Any + Send + Sync>(&self, create: impl FnOnce() -> T) -> Arc<T> {
        // A panic while the lock was held leaves the map as it was.
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = known().get(&TypeId::of::<T>()).cloned();
        if let Some(Ok(found)) = found.map(Arc::downcast) {
            return found;
        }
        // Without the lock, because creating one value may ask for others.
        let created = Arc::new(create());
        known().insert(TypeId::of::<T>(), created.clone());
        created
    }
}
