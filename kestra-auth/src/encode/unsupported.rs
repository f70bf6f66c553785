//! A macro for the methods of a serializer that only return an error, one line each.

/// `error => method(argument types) -> AssociatedType;`
macro_rules! unsupported {
    ($($error:expr => $method:ident($($type:ty),*) $(-> $compound:ident)?;)*) => {$(
        fn $method(self $(, _: $type)*) -> Result<unsupported!(@ $($compound)?), Self::Error> {
            Err($error)
        }
    )*};
    (@) => { () };
    (@ $compound:ident) => { Self::$compound };
}

pub(super) use unsupported;
