//! The part of a serializer that takes nothing, in one line a method.

/// `fault => method(argument types) -> AssociatedType;`
macro_rules! unsupported {
    ($($fault:expr => $method:ident($($type:ty),*) $(-> $compound:ident)?;)*) => {$(
        fn $method(self $(, _: $type)*) -> Result<unsupported!(@ $($compound)?), Self::Error> {
            Err($fault)
        }
    )*};
    (@) => { () };
    (@ $compound:ident) => { Self::$compound };
}

pub(super) use unsupported;
