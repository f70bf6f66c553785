//! What a result is if its values are not known: a list of values of another crate is still a list.
//!
//! What is hard here is that [`TypeProbe`](super::shape::TypeProbe) knows a container only together with its values. The
//! containers therefore have a probe of their own.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::marker::PhantomData;

use super::shape::Shape;
use crate::response::Response;
use crate::response::json::Json;

/// Looks up whether a return type is a container at compile time.
#[derive(Debug)]
pub struct ContainerProbe<T: ?Sized>(PhantomData<T>);

/// What holds for every type.
pub trait AnyContainer {
    /// What the type is.
    const CONTAINER: Shape = Shape::Unknown;
}

impl<T: ?Sized> AnyContainer for ContainerProbe<T> {}

/// `[generic parameters] Type => shape;`, also inside of the types around results.
macro_rules! containers {
    ($([$($parameter:ident),*] $type:ty => $shape:ident;)*) => {$(
        containers!(@ [$($parameter),*] $shape: $type, Option<$type>, Json<$type>, Option<Json<$type>>);
        containers!(@ [$($parameter),*] $shape: Response<$type>, Response<Option<$type>>, Response<Json<$type>>);
    )*};
    (@ $parameters:tt $shape:ident: $($type:ty),*) => {$(
        containers!(@impl $parameters $shape: $type);
    )*};
    (@impl [$($parameter:ident),*] $shape:ident: $type:ty) => {
        impl<$($parameter,)* E> ContainerProbe<Result<$type, E>> {
            /// What the type is.
            pub const CONTAINER: Shape = Shape::$shape(&Shape::Unknown);
        }
    };
}

containers! {
    [T] Vec<T> => List;
    [T] VecDeque<T> => List;
    [T] BTreeSet<T> => List;
    [T, S] HashSet<T, S> => List;
    [K, T] BTreeMap<K, T> => Map;
    [K, T, S] HashMap<K, T, S> => Map;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A type of another crate.
    struct Foreign {
        _size: u8,
    }

    #[test]
    fn containers_of_unknown_values_are_known() {
        const LISTS: [Shape; 4] = [
            ContainerProbe::<Result<Vec<Foreign>, ()>>::CONTAINER,
            ContainerProbe::<Result<Response<HashSet<Foreign>>, ()>>::CONTAINER,
            ContainerProbe::<Result<Option<Json<Vec<Foreign>>>, ()>>::CONTAINER,
            ContainerProbe::<Result<Response<Option<Vec<Foreign>>>, ()>>::CONTAINER,
        ];
        assert!(LISTS.iter().all(|shape| matches!(shape, Shape::List(Shape::Unknown))));
        let map = ContainerProbe::<Result<Response<BTreeMap<String, Foreign>>, ()>>::CONTAINER;
        assert!(matches!(map, Shape::Map(Shape::Unknown)));
        let unknown = ContainerProbe::<Result<Foreign, ()>>::CONTAINER;
        assert!(matches!(unknown, Shape::Unknown));
        assert!(matches!(Shape::Unit.or(map), Shape::Unit) && matches!(Shape::Unknown.or(map), Shape::Map(_)));
    }
}
