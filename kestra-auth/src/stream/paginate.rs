//! Lists that are split into pages.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

/// Returns the items of a list that is split into pages. A page is fetched when its first item is needed.
///
/// `fetch` takes the position of a page (a [`Link`](crate::Link), a number or a cursor) and returns its items and the
/// position of the next page. The stream ends after a page without a next one, or with the first error.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), kestra_auth::Error> {
/// use kestra_auth::{Error, paginate};
///
/// let mut items = paginate(1, async |page| {
///     let items = vec![page * 10, page * 10 + 1];
///     Ok::<_, Error>((items, (page < 3).then_some(page + 1)))
/// });
/// let mut all = Vec::new();
/// while let Some(item) = items.next().await {
///     all.push(item?);
/// }
/// assert_eq!(all, [10, 11, 20, 21, 30, 31]);
/// # Ok(())
/// # }
/// ```
pub fn paginate<P, T, E, F, R>(first: P, fetch: F) -> Paginate<P, T, E, F, R>
where
    F: FnMut(P) -> R,
    R: Future<Output = Result<(Vec<T>, Option<P>), E>>,
{
    Paginate { next: Some(first), fetch, fetching: None, items: VecDeque::new(), error: PhantomData }
}

/// The stream that [`paginate`] returns.
pub struct Paginate<P, T, E, F, R> {
    next: Option<P>,
    fetch: F,
    fetching: Option<Pin<Box<R>>>,
    items: VecDeque<T>,
    error: PhantomData<fn() -> E>,
}

impl<P, T, E, F, R> Paginate<P, T, E, F, R>
where
    F: FnMut(P) -> R,
    R: Future<Output = Result<(Vec<T>, Option<P>), E>>,
{
    /// Returns the next item, or `None` at the end.
    pub async fn next(&mut self) -> Option<Result<T, E>> {
        poll_fn(|cx| self.poll_item(cx)).await
    }

    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, E>>> {
        loop {
            if let Some(item) = self.items.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            let fetching = match (&mut self.fetching, self.next.take()) {
                (Some(fetching), _) => fetching,
                (None, Some(page)) => self.fetching.insert(Box::pin((self.fetch)(page))),
                (None, None) => return Poll::Ready(None),
            };
            let page = ready!(fetching.as_mut().poll(cx));
            self.fetching = None;
            match page {
                Ok((items, next)) => {
                    self.items = items.into();
                    self.next = next;
                }
                Err(error) => return Poll::Ready(Some(Err(error))),
            }
        }
    }
}

impl<P, T, E, F, R> Stream for Paginate<P, T, E, F, R>
where
    F: FnMut(P) -> R,
    R: Future<Output = Result<(Vec<T>, Option<P>), E>>,
{
    type Item = Result<T, E>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(cx)
    }
}

/// What is pinned is boxed.
impl<P, T, E, F, R> Unpin for Paginate<P, T, E, F, R> {}

impl<P, T, E, F, R> fmt::Debug for Paginate<P, T, E, F, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Paginate").finish_non_exhaustive()
    }
}
