//! The check of results such as `Option<Text>`, which are `None` by their status only.

use super::result::ResultProbe;
use crate::response::Response;
use crate::response::binary::Binary;
use crate::response::text::Text;
#[cfg(feature = "stream")]
use crate::stream::{byte_stream::ByteStream, event_stream::EventStream, json_lines::JsonLines};

/// `[generic parameters] Type`: the types without a form that means `None`, unlike `null` in JSON.
macro_rules! require_none {
    ($([$($parameter:ident),*] $type:ident $(<$argument:ident>)?;)*) => {$(
        require_none!(@ [$($parameter),*] Option<$type $(<$argument>)?>, $type);
        require_none!(@ [$($parameter),*] Response<Option<$type $(<$argument>)?>>, $type);
    )*};
    (@ [$($parameter:ident),*] $whole:ty, $type:ident) => {
        impl<$($parameter,)* E> ResultProbe<Result<$whole, E>> {
            /// Why the result type requires `none(…)`.
            pub const REQUIRES_NONE: Option<&'static str> = Some(concat!(
                "`Option<", stringify!($type), ">` requires `none(…)`, the statuses that mean `None`\n",
                "help: write `none(404)` after the path, or return `", stringify!($type), "`"
            ));
        }
    };
}

require_none! {
    [] Text;
    [] Binary;
}

#[cfg(feature = "stream")]
require_none! {
    [] ByteStream;
    [T] JsonLines<T>;
    [T] EventStream<T>;
}
